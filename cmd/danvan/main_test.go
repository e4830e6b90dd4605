package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// asMain tells this program, started again by a test, that it is danvan.
const asMain = "DANVAN_TEST_AS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// testToken is the bot's token wherever a test needs one. It must never be
// seen in a log.
const testToken = "7000000001:AAE-never-in-a-log"

// danvan returns the command line as a process of its own, with nothing of
// the test's environment but what it is given.
func danvan(env []string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append([]string{asMain + "=1", "TMPDIR=" + os.TempDir(), "GORACE=exitcode=66"}, env...)
	return cmd
}

// ran is a command that has ended.
type ran struct {
	out, err string
	status   int
}

// runDanvan runs a command to its end.
func runDanvan(t *testing.T, env []string, args ...string) ran {
	t.Helper()
	cmd := danvan(env, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Run() // the status says it
	return ran{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// logbook keeps what a process writes.
type logbook struct {
	mu    sync.Mutex
	text  []byte
	wrote chan struct{} // closed and renewed at every write
}

func newLogbook() *logbook { return &logbook{wrote: make(chan struct{})} }

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	close(l.wrote)
	l.wrote = make(chan struct{})
	return len(p), nil
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

func (l *logbook) count(words string) int { return strings.Count(l.String(), words) }

// wait returns when the log has the words so many times.
func (l *logbook) wait(t *testing.T, words string, times int) {
	t.Helper()
	late := time.After(patience)
	for {
		l.mu.Lock()
		n, wrote := strings.Count(string(l.text), words), l.wrote
		l.mu.Unlock()
		if n >= times {
			return
		}
		select {
		case <-wrote:
		case <-late:
			t.Fatalf("the log says %q %d times, want %d:\n%s", words, n, times, l)
		}
	}
}

// patience is how long a test waits for what comes at once on an idle machine.
// It only keeps a broken test from hanging.
const patience = 2 * time.Minute

// wantQuiet fails if a log holds the token, or any of the words that people
// typed or that belong to them.
func wantQuiet(t *testing.T, log string, private ...string) {
	t.Helper()
	secret := testToken[strings.Index(testToken, ":")+1:]
	for _, word := range slices.Concat([]string{secret}, private) {
		if word != "" && strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
}

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// must fails the test for an error, and lets it go on.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
