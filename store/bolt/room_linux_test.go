package bolt_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"danvan/store"
	"danvan/store/bolt"
)

// TestNoRoom has the system refuse to let the file grow for a while: what was not
// committed is said to be so, and the store goes on when there is room. The limit
// is a whole process's, so that one of its own meets it.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	const child = "DANVAN_TEST_NO_ROOM"
	if os.Getenv(child) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNoRoom$", "-test.count=1")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}

	signal.Ignore(syscall.SIGXFSZ) // the write fails then
	s, err := bolt.Open(filepath.Join(t.TempDir(), "danvan.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	put := func(id store.SessionID) error { return putLarge(t, s, id) }
	if err := put(1); err != nil {
		t.Fatal(err)
	}

	limit(t, 1<<16)
	for range 3 {
		if err := put(2); !errors.Is(err, store.ErrFull) {
			t.Errorf("without room: %v, want %v", err, store.ErrFull)
		}
	}
	if n := countSessions(t, s); n != 1 {
		t.Errorf("%d records without room, want 1", n)
	}

	limit(t, 1<<40)
	if err := put(2); err != nil {
		t.Errorf("once there is room: %v", err)
	}
	if n := countSessions(t, s); n != 2 {
		t.Errorf("%d records after all, want 2", n)
	}
}

// limit is how long this process's files may get.
func limit(t *testing.T, bytes uint64) {
	t.Helper()
	var now syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now)
	if err == nil {
		now.Cur = min(bytes, now.Max)
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now)
	}
	if err != nil {
		t.Fatal(err)
	}
}
