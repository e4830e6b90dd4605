package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"danvan/bot/trial"
	"danvan/bot/trial/faults"
)

// running is the real process at work.
type running struct {
	t    *testing.T
	cmd  *exec.Cmd
	log  *logbook // its standard error
	out  *logbook
	done chan error
}

// startRun starts danvan run and kills it when the test ends.
func startRun(t *testing.T, env ...string) *running {
	t.Helper()
	r := &running{t: t, cmd: danvan(env, "run"), log: newLogbook(), out: newLogbook(), done: make(chan error, 1)}
	r.cmd.Stdout, r.cmd.Stderr = r.out, r.log
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { r.done <- r.cmd.Wait() }()
	t.Cleanup(func() {
		_ = r.cmd.Process.Kill()
		wantQuiet(t, r.log.String()+r.out.String())
	})
	return r
}

// ended waits for the process to end and returns its status.
func (r *running) ended() int {
	r.t.Helper()
	select {
	case err := <-r.done:
		if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
			r.t.Error(err)
		}
		return r.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		r.t.Fatalf("the process does not end:\n%s", r.log)
		return 0
	}
}

// terminated sends SIGTERM and returns the status.
func (r *running) terminated() int {
	r.t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	return r.ended()
}

// site is a store and a Bot API server for a process to run between.
type site struct {
	*trial.Server
	*faults.Front
	config storeConfig
	env    []string
	run    *running // nil when the bot does not run
}

// start starts the bot, unless it runs.
func (s *site) start(t *testing.T) {
	t.Helper()
	if s.run == nil {
		s.run = startRun(t, s.env...)
		s.run.log.wait(t, "danvan runs", 1)
	}
}

// end ends the bot in good order.
func (s *site) end(t *testing.T) {
	t.Helper()
	if status := s.run.terminated(); status != 0 {
		t.Errorf("the bot ended with %d:\n%s", status, s.run.log)
	}
	s.run = nil
}

// newSite fills a store with the trial's people.
func newSite(t *testing.T) *site {
	t.Helper()
	s := emptySite(t)
	fillHouse(t, s.config)
	return s
}

// emptySite has no store yet.
func emptySite(t *testing.T) *site {
	t.Helper()
	s := &site{Server: newTelegram(t, trialPeople()), config: testConfig(t)}
	s.Front = faults.Before(s.Server)
	s.env = []string{
		"DANVAN_DATA=" + s.config.Data, "DANVAN_TELEGRAM_TOKEN=" + testToken, "DANVAN_TELEGRAM_API=" + serveTelegram(t, s.Front, s.Server),
	}
	return s
}

// heard waits for a message to a person after another, with the words in it.
func (s *site) heard(t *testing.T, id int64, after int, words string) trial.Message {
	t.Helper()
	return (&world{t: t, Server: s.Server, log: newLogbook()}).heard(id, after, words)
}

func (s *site) hear(t *testing.T, id int64, say, words string) trial.Message {
	t.Helper()
	return (&world{t: t, Server: s.Server, log: newLogbook()}).hear(id, say, words)
}

// TestStartsBeforeTelegram starts while nobody listens at the Bot API's
// address, says so once, and recovers by itself.
func TestStartsBeforeTelegram(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	mustClose(t, l)
	run := startRun(t, append(s.env, "DANVAN_TELEGRAM_API=http://"+address)...)
	run.log.wait(t, "telegram is unreachable", 1)
	time.Sleep(4 * time.Second) // some more tries in vain
	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	web := http.Server{Handler: s.Server}
	go func() { _ = web.Serve(l) }()
	t.Cleanup(func() { s.Close(); mustClose(t, &web) })
	s.hear(t, hoa, "/mohinh", "Mô hình của")
	run.log.wait(t, "telegram is reachable again", 1)
	if status := run.terminated(); status != 0 {
		t.Errorf("status %d", status)
	}
	for _, words := range []string{"telegram is unreachable", "telegram is reachable again"} {
		if n := run.log.count(words); n != 1 {
			t.Errorf("%q stands in the log %d times:\n%s", words, n, run.log)
		}
	}
}

// TestRevokedToken ends at once with one line that says what to do.
func TestRevokedToken(t *testing.T) {
	t.Parallel()
	for name, fill := range map[string]func(*testing.T) *site{"with an administrator": newSite, "on an empty store": emptySite} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fill(t)
			var polls atomic.Int64
			counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/getUpdates") {
					polls.Add(1)
				}
				s.Front.ServeHTTP(w, r)
			})
			run := startRun(t, append(s.env,
				"DANVAN_TELEGRAM_API="+serveTelegram(t, counted, s.Server), "DANVAN_TELEGRAM_TOKEN=7000000001:old-"+testToken[len("7000000001:"):])...)
			if status := run.ended(); status != 1 {
				t.Errorf("status %d", status)
			}
			if n := polls.Load(); n > 1 {
				t.Errorf("the token was refused, and Telegram is polled %d times", n)
			}
			if n := run.log.count("danvan: the token is not accepted by Telegram"); n != 1 || run.log.count("level=ERROR") > 0 {
				t.Errorf("want one clear line:\n%s", run.log)
			}
			if run.out.String() != "" {
				t.Errorf("a bot that nobody can reach invites:\n%s", run.out)
			}
		})
	}
}

// TestSecondInstance names the second one as such: by the store's lock, and
// by Telegram where the store is another.
func TestSecondInstance(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first := startRun(t, s.env...)
	first.log.wait(t, "danvan runs", 1)
	t.Run("on the same store", func(t *testing.T) {
		again := runDanvan(t, s.env, "run")
		if again.status != 1 || strings.TrimSpace(again.err) != "danvan: another danvan already runs on "+s.config.Data {
			t.Errorf("status %d:\n%s", again.status, again.err)
		}
	})
	t.Run("with the same token", func(t *testing.T) {
		other := testConfig(t)
		fillHouse(t, other)
		second := startRun(t, append(s.env, "DANVAN_DATA="+other.Data)...)
		const named = "another instance polls with the same token"
		late := time.After(patience)
		for first.log.count(named)+second.log.count(named) == 0 {
			select {
			case <-late:
				t.Fatalf("nobody is named:\n%s\n%s", first.log, second.log)
			case <-time.After(20 * time.Millisecond):
			}
		}
		if status := second.terminated(); status != 0 {
			t.Errorf("status %d", status)
		}
	})
	s.hear(t, hoa, "/mohinh", "Mô hình của")
	if status := first.terminated(); status != 0 {
		t.Errorf("status %d", status)
	}
	if n := first.log.count("another instance polls"); n > 1 {
		t.Errorf("it is said %d times:\n%s", n, first.log)
	}
}

// TestTerminates sends SIGTERM while an answer is slow: the process takes no
// more updates, but what was answered arrives before it ends.
func TestTerminates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	run := startRun(t, s.env...)
	s.hear(t, hoa, "/mohinh", "Mô hình của")
	s.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Slow, Delay: time.Second, Times: 2})
	asked, err := s.Say(hoa, "/dangky")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Say(tu, "/dangky")
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); s.Pending() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the updates are never confirmed")
		}
	}
	if status := run.terminated(); status != 0 {
		t.Errorf("status %d:\n%s", status, run.log)
	}
	late, cancel := context.WithCancel(t.Context())
	cancel() // what was not said by now is not waited for
	for id, after := range map[int64]int{hoa: asked, tu: other} {
		if _, err := s.Next(late, id, after); err != nil {
			t.Errorf("person %d was not answered before the end", id)
		}
	}
	if strings.Contains(run.log.String(), "level=ERROR") || run.log.count("danvan stops") != 1 {
		t.Errorf("the log of a good end:\n%s", run.log)
	}
}

// link is an invitation's deep link.
var link = regexp.MustCompile(`https://t\.me/danvan_bot\?start=([A-Za-z0-9_-]{32})`)

// TestFirstAdministrator starts on an empty store: an invitation is printed,
// it works once, and then there is no other.
func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	run := startRun(t, s.env...)
	run.out.wait(t, "hết hạn lúc", 1)
	found := link.FindStringSubmatch(run.out.String())
	if found == nil {
		t.Fatalf("no link in\n%s", run.out)
	}
	wantQuiet(t, run.log.String(), found[1])
	s.hear(t, an, "/start "+found[1], "quản trị toàn hệ thống")
	s.hear(t, tu, "/start "+found[1], "đã được dùng")
	if status := run.terminated(); status != 0 {
		t.Errorf("status %d", status)
	}
	again := startRun(t, s.env...)
	s.hear(t, an, "/mohinh", "Chưa có mô hình nào")
	time.Sleep(300 * time.Millisecond) // an invitation would come with the bot's name
	if again.terminated(); again.out.String() != "" {
		t.Errorf("the second start invites again:\n%s", again.out)
	}
}

// TestFilesArePrivate wants nobody else to read the store or to give orders,
// whichever command made the file.
func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	if got := runDanvan(t, s.env[:1], "init"); got.status != 0 {
		t.Fatal(got.err)
	}
	wantMode(t, s.config.Data, 0o600)
	run := startRun(t, s.env...)
	run.log.wait(t, "danvan runs", 1)
	wantMode(t, s.config.Data, 0o600)
	wantMode(t, socketPath(s.config.Data), 0o600)
	if status := run.terminated(); status != 0 {
		t.Errorf("status %d", status)
	}
	left, err := filepath.Glob(s.config.Data + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("a good end leaves %v", left)
	}
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	at, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := at.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}
