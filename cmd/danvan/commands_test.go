package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHelpNamesEveryVariable wants the help of run to name each variable of
// the environment that it reads.
func TestHelpNamesEveryVariable(t *testing.T) {
	t.Parallel()
	help := runDanvan(t, nil, "run", "--help")
	if help.status != 0 {
		t.Fatalf("status %d: %s", help.status, help.err)
	}
	for _, name := range []string{
		"DANVAN_DATA", "DANVAN_MAX_SIZE", "DANVAN_TELEGRAM_TOKEN_FILE", "DANVAN_TELEGRAM_TOKEN ", "DANVAN_TELEGRAM_API", "DANVAN_WEBHOOK_URL", "DANVAN_LISTEN",
		"DANVAN_TIME_ZONE", "DANVAN_LANGUAGE", "DANVAN_LOG", "HTTPS_PROXY",
	} {
		if !strings.Contains(help.out, name) {
			t.Errorf("the help does not name %s:\n%s", name, help.out)
		}
	}
}

// TestConfigHidesSecrets puts a secret everywhere that one can be.
func TestConfigHidesSecrets(t *testing.T) {
	t.Parallel()
	const password = "hunter2-secret"
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(testToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  []string
		want string // in what is printed
	}{
		"token in the environment":          {[]string{"DANVAN_TELEGRAM_TOKEN=" + testToken}, "DANVAN_TELEGRAM_TOKEN=<redacted>"},
		"token in a file":                   {[]string{"DANVAN_TELEGRAM_TOKEN_FILE=" + file}, "DANVAN_TELEGRAM_TOKEN=<redacted>"},
		"no token":                          {nil, "DANVAN_TELEGRAM_TOKEN=(none)"},
		"password of a proxy":               {[]string{"HTTPS_PROXY=http://me:" + password + "@proxy.example:3128"}, "@proxy.example:3128"},
		"password of a proxy, in short":     {[]string{"HTTPS_PROXY=me:" + password + "@proxy.example:3128"}, "@proxy.example:3128"},
		"proxy in small letters":            {[]string{"https_proxy=http://me:" + password + "@proxy.example:3128"}, "@proxy.example:3128"},
		"proxy without a password":          {[]string{"HTTPS_PROXY=proxy.example:3128"}, "HTTPS_PROXY=http://proxy.example:3128"},
		"password of a Bot API server":      {[]string{"DANVAN_TELEGRAM_API=https://me:" + password + "@api.example"}, "@api.example"},
		"password of a webhook":             {[]string{"DANVAN_WEBHOOK_URL=https://me:" + password + "@bot.example/x"}, "@bot.example/x"},
		"an address that is none":           {[]string{"HTTPS_PROXY=http://me:" + password + "@%zz"}, ""},
		"a token where the address belongs": {[]string{"DANVAN_TELEGRAM_API=://" + testToken}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runDanvan(t, c.env, "config")
			wantQuiet(t, got.out+got.err, password)
			if !strings.Contains(got.out, c.want) || c.want != "" && got.status != 0 {
				t.Errorf("status %d, no %q in\n%s%s", got.status, c.want, got.out, got.err)
			}
		})
	}
}

// TestRefusesBadConfiguration says in one line what is wrong, without the
// secret that may be in it.
func TestRefusesBadConfiguration(t *testing.T) {
	t.Parallel()
	data := "DANVAN_DATA=" + filepath.Join(t.TempDir(), "danvan.db")
	open := filepath.Join(t.TempDir(), "token")
	if err := errors.Join(os.WriteFile(open, []byte(testToken), 0o600), os.Chmod(open, 0o644)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  []string
		want string
	}{
		"no token":                 {nil, "no token: set DANVAN_TELEGRAM_TOKEN"},
		"a token file not there":   {[]string{"DANVAN_TELEGRAM_TOKEN_FILE=/nonexistent/token"}, "read the token"},
		"a token file open to all": {[]string{"DANVAN_TELEGRAM_TOKEN_FILE=" + open}, "is open to everybody on this machine"},
		"a token of two words":     {[]string{"DANVAN_TELEGRAM_TOKEN=" + testToken + " x"}, "the token is empty or has characters"},
		"no such time zone":        {[]string{"DANVAN_TELEGRAM_TOKEN=" + testToken, "DANVAN_TIME_ZONE=Asia/Nowhere"}, "DANVAN_TIME_ZONE"},
		"a password in a bad address": {[]string{"DANVAN_TELEGRAM_TOKEN=" + testToken,
			"DANVAN_TELEGRAM_API=ftp://me:" + testToken + "@api.example"}, "is not an http or https address"},
		"no folder for the store": {[]string{"DANVAN_TELEGRAM_TOKEN=" + testToken, "DANVAN_DATA=/nonexistent/danvan.db"}, "/nonexistent/danvan.db"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runDanvan(t, append([]string{data}, c.env...), "run")
			wantQuiet(t, got.out+got.err)
			if got.status != 1 || !strings.Contains(got.err, c.want) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("status %d, want one line with %q:\n%s", got.status, c.want, got.err)
			}
		})
	}
}

// TestNoStore wants every command that works on a store refuse a path without one,
// name it, and make nothing there; init makes one, once.
func TestNoStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "elsewhere.db")
	env := []string{"DANVAN_DATA=" + path}
	table := filepath.Join(t.TempDir(), "units.csv")
	if err := os.WriteFile(table, []byte("code,name,kind,parent_code\n91,Tỉnh An Giang,province,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"import", "units", table}, {"import", "campaign", "../../bot/planfile/testdata/plan.toml"},
		{"invite", "--role", "admin"}, {"schedule", "--until", "2026-12-31"},
	} {
		got := runDanvan(t, env, args...)
		if got.status != 1 || !strings.Contains(got.err, "no store at "+path) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%v: status %d: %s", args, got.status, got.err)
		}
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("%v made a store: %v", args, err)
		}
	}

	if got := runDanvan(t, env, "init"); got.status != 0 || !strings.Contains(got.out, path) {
		t.Errorf("init: status %d: %s%s", got.status, got.out, got.err)
	}
	if got := runDanvan(t, env, "init"); got.status != 1 || !strings.Contains(got.err, "is there already") {
		t.Errorf("init again: status %d: %s%s", got.status, got.out, got.err)
	}
	if got := runDanvan(t, env, "import", "units", table); got.status != 0 {
		t.Errorf("import: status %d: %s", got.status, got.err)
	}
}
