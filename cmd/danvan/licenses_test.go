package main

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var renew = flag.Bool("licenses", false, "renew the licenses that the program carries")

// TestLicenses wants the license of every module that the program is made of to be
// in it, and to be one that lets a province use, change and pass danvan on.
func TestLicenses(t *testing.T) {
	t.Parallel()
	const dir = "licenses"
	want := map[string][]byte{}
	add := func(module, folder string) {
		var files []string
		for _, name := range []string{"LICENSE*", "COPYING*", "NOTICE*"} {
			found, err := filepath.Glob(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, found...)
		}
		if len(files) == 0 {
			t.Errorf("%s has no license", module)
		}

		var text []byte
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Error(err)
			}
			text = append(append(text, bytes.TrimSpace(b)...), "\n"...)
		}
		want[strings.ReplaceAll(module, "/", "+")+".txt"] = text
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range slices.Compact(slices.Sorted(strings.SplitSeq(strings.TrimSpace(string(out)), "\n"))) {
		if module, folder, ok := strings.Cut(line, "\t"); ok {
			add(module, folder)
		}
	}
	add("danvan", "../..")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	add("go", strings.TrimSpace(string(root)))

	permissive := regexp.MustCompile(`Apache License|MIT License|Permission is hereby granted, free of charge|Redistribution and use in source and binary forms`)
	for name, text := range want {
		path := filepath.Join(dir, name)
		if *renew {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s is not the module's: %v; renew it by go test ./cmd/danvan -run TestLicenses -licenses", name, err)
		}
		if !permissive.Match(text) {
			t.Errorf("%s is no license that is known to permit", name)
		}
	}

	kept, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range kept {
		if want[e.Name()] == nil {
			t.Errorf("%s is of a module that is no part of the program", e.Name())
		}
	}

	got := runDanvan(t, nil, "licenses")
	for name := range want {
		if module := strings.ReplaceAll(strings.TrimSuffix(name, ".txt"), "+", "/"); !strings.Contains(got.out, "== "+module+"\n") {
			t.Errorf("%s is not printed", module)
		}
	}
}

// TestVersion says which program it is.
func TestVersion(t *testing.T) {
	t.Parallel()
	if got := runDanvan(t, nil, "version"); got.status != 0 || !strings.HasPrefix(got.out, "danvan ") || !strings.Contains(got.out, "go1.") {
		t.Errorf("status %d: %s%s", got.status, got.out, got.err)
	}
}
