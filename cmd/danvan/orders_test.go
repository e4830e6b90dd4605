package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStaleSocket kills the process, which leaves its socket behind: commands
// work without it, and so does the next process.
func TestStaleSocket(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	run := startRun(t, s.env...)
	run.log.wait(t, "danvan runs", 1)
	if err := run.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	run.ended()
	if _, err := os.Stat(socketPath(s.config.Data)); err != nil {
		t.Fatalf("the killed process left no socket: %v", err)
	}
	s.invited(t, "--unit", "30709", "--role", "officer")
	again := startRun(t, s.env...)
	again.log.wait(t, "danvan runs", 1)
	s.invited(t, "--unit", "30709", "--role", "officer")
	if status := again.terminated(); status != 0 {
		t.Errorf("status %d:\n%s", status, again.log)
	}
}

// TestStoreTakenByNobodyWhoListens finds the store in the hands of a process
// that takes no orders, such as another command.
func TestStoreTakenByNobodyWhoListens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	h, err := open(s.config, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { must(t, h.close()) }()
	got := runDanvan(t, s.env, "invite", "--unit", "30709", "--role", "officer")
	if got.status != 1 || !strings.Contains(got.err, "danvan: another process has the store and takes no orders") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("status %d:\n%s", got.status, got.err)
	}
}

// TestSocketPath listens beside stores with paths of every length around what
// a socket's may have, and wants a socket of its own for each.
func TestSocketPath(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", shortDir(t))
	seen := map[string]bool{}
	for length := len(dir) + 10; length < 180; length++ {
		data := filepath.Join(dir, strings.Repeat("x", length-len(dir)-len("/.db"))) + ".db"
		path := socketPath(data)
		if seen[path] {
			t.Errorf("two stores have the socket %s", path)
		}
		seen[path] = true
		if err := makeSocketFolder(path); err != nil {
			t.Error(err)
		}
		l, err := net.Listen("unix", path)
		if err != nil {
			t.Errorf("a store's path of %d bytes: %v", len(data), err)
			continue
		}
		if beside := path == data+".sock"; beside != (len(data) < 95) {
			t.Errorf("a store's path of %d bytes has its socket at %s", len(data), path)
		}
		mustClose(t, l)
	}
	long := socketPath(filepath.Join(dir, strings.Repeat("y", 150)))
	if err := os.Mkdir(filepath.Dir(long), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(long), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := makeSocketFolder(long); err == nil {
		t.Error("a folder that is open to all takes orders")
	}

	t.Chdir(dir)
	if a, b := socketPath("danvan.db"), socketPath(filepath.Join(dir, "danvan.db")); a != b {
		t.Errorf("the same store has the sockets %s and %s", a, b)
	}
}

// shortDir is a temporary folder whose path leaves room for a socket's name.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "d")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
