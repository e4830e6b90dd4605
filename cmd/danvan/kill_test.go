package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"danvan/bot/trial"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"
)

var (
	kills      = flag.Int("kills", 3, "how often TestKill kills the process")
	killPeople = flag.Int("people", 40, "how many register in TestKill and TestOutages, 87 at the most")
	killSeed   = flag.Uint64("kill-seed", 0, "what TestKill's chances come from; 0: the clock")
)

const lastWait = 5 * time.Minute // for everybody to finish after the last kill

// killing is the process under test, the server that it talks to, and the
// people who register through it all the time.
type killing struct {
	t      *testing.T
	rand   *rand.Rand
	server *trial.Server
	sends  *sends
	config storeConfig
	env    []string
	log    *logbook
	run    *exec.Cmd
	people []*registrar

	inFlight int // messages that were on their way at the kills, all told
}

// registrar is an officer who registers one model after another.
type registrar struct {
	*walker
	rand      *rand.Rand
	unit      store.UnitCode
	confirmed map[string]registration // by the code that was seen
	meant     int                     // how many were begun
}

// TestKill kills the real process at random instants while people
// register, starts it again, and in the end compares what they saw confirmed
// with what the store holds.
func TestKill(t *testing.T) {
	seed := *killSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("again with: -kills %d -kill-seed %d", *kills, seed)
		}
	})
	k := newKilling(t, rand.New(rand.NewPCG(seed, 0)), func(s http.Handler) http.Handler { return s })
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(*kills)*5*time.Second+lastWait)
	defer cancel()
	enough := make(chan struct{})
	walking := k.walk(ctx, enough)
	k.start()
	for range *kills {
		time.Sleep(time.Duration(50+k.rand.IntN(1150)) * time.Millisecond)
		k.kill()
		k.start()
	}
	close(enough)
	walking.Wait()
	k.terminate()
	k.compare()
	k.report(time.Since(began))
}

// newKilling prepares a house with its people; before stands before the server.
func newKilling(t *testing.T, r *rand.Rand, before func(http.Handler) http.Handler) *killing {
	k := &killing{t: t, rand: r, config: testConfig(t), log: newLogbook()}
	fillHouse(t, k.config)
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	persons := make([]trial.Person, *killPeople)
	for i, unit := range k.hire() {
		persons[i] = trial.Person{ID: officerChat(i), First: "Cán bộ " + strconv.Itoa(i), Language: "vi"}
		own := rand.New(rand.NewPCG(r.Uint64(), 0))
		k.people = append(k.people, &registrar{
			rand: own, unit: unit, confirmed: map[string]registration{},
			walker: &walker{words: words, id: persons[i].ID, silence: 5 * time.Second, twice: func() bool { return own.IntN(5) == 0 }},
		})
	}
	for _, p := range trialPeople() { // who check what the officers register
		p.Started = true
		persons = append(persons, p)
	}
	k.server = newTelegram(t, persons)
	k.sends = &sends{next: before(k.server), seen: map[string]int{}}
	for _, p := range k.people {
		p.Server = k.server
	}
	k.env = []string{
		"DANVAN_DATA=" + k.config.Data, "DANVAN_TELEGRAM_TOKEN=" + testToken,
		"DANVAN_TELEGRAM_API=" + serveTelegram(t, k.sends, k.server),
	}
	return k
}

func officerChat(i int) int64 { return int64(2001 + i) }

// hire puts an officer into so many communes that have no model yet, and
// returns the communes.
func (k *killing) hire() []store.UnitCode {
	h, err := open(k.config, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		k.t.Fatal(err)
	}
	var hired []store.UnitCode
	err = h.store.Update(context.Background(), func(tx store.Tx) error {
		hired = nil
		units, err := tx.Units("91")
		for _, u := range units {
			taken, headsErr := tx.Heads(store.ModelQuery{In: store.NewSubtree(u.Code)})
			posts, postsErr := tx.PostsAt(u.Code)
			if err := errors.Join(headsErr, postsErr); err != nil {
				return err
			}
			if len(taken)+len(posts) > 0 || len(hired) == *killPeople {
				continue
			}
			if err := hireIn(tx, u.Code, officerChat(len(hired))); err != nil {
				return err
			}
			hired = append(hired, u.Code)
		}
		return err
	})
	if err := errors.Join(err, h.close()); err != nil || len(hired) < *killPeople {
		k.t.Fatalf("%d officers were hired: %v", len(hired), err)
	}
	return hired
}

func hireIn(tx store.Tx, unit store.UnitCode, chat int64) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id), Since: time.Now()}
	return errors.Join(tx.PutPost(post), tx.PutPerson(store.Person{
		ID: post.Holder, Address: store.Address{Channel: "telegram", Chat: strconv.FormatInt(chat, 10)},
		Language: "vi", Active: post.ID, Consent: store.Given, ConsentAt: time.Now(),
	}))
}

// walk lets everybody register until there was enough, and then finish.
func (k *killing) walk(ctx context.Context, enough <-chan struct{}) *sync.WaitGroup {
	var walking sync.WaitGroup
	for i, p := range k.people {
		walking.Go(func() {
			for done := false; !done; {
				p.meant++
				g := newRegistration(p.rand, 1000*(i+1)+p.meant)
				code, err := p.register(ctx, g)
				if err != nil {
					k.t.Errorf("somebody is stuck: %v", err)
					return
				}
				p.confirmed[code] = g
				select {
				case <-enough:
					done = true
				default:
				}
			}
		})
	}
	return &walking
}

func (k *killing) start() {
	k.run = danvan(k.env, "run")
	k.run.Stdout, k.run.Stderr = k.log, k.log
	if err := k.run.Start(); err != nil {
		k.t.Fatal(err)
	}
}

// kill kills the process and counts what it had on its way.
func (k *killing) kill() {
	if err := k.run.Process.Kill(); err != nil {
		k.t.Fatal(err)
	}
	_ = k.run.Wait()
	if state := k.run.ProcessState.Sys().(syscall.WaitStatus); !state.Signaled() || state.Signal() != syscall.SIGKILL {
		k.t.Fatalf("the process ended by itself: %v\n%s", k.run.ProcessState, k.log)
	}
	k.inFlight += k.leased()
}

// leased counts, in a copy of the store, the messages that the dead process
// had claimed and not finished: those, and no others, may be sent again.
func (k *killing) leased() int {
	content, err := os.ReadFile(k.config.Data)
	if err != nil {
		k.t.Fatal(err)
	}
	copied := filepath.Join(k.t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, content, 0o600); err != nil {
		k.t.Fatal(err)
	}
	s, err := bolt.Open(copied, bolt.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	if err := s.EndLeases(context.Background()); err != nil {
		k.t.Fatal(err)
	}
	n := 0
	if err := s.Update(context.Background(), func(tx store.Tx) error {
		next, err := tx.Claim(time.Now().Add(24*time.Hour), time.Minute, 10**killPeople, store.DigestLane)
		n = 0
		for _, m := range next {
			if m.Attempts > 1 {
				n++
			}
		}
		return err
	}); err != nil {
		k.t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.Remove(copied)); err != nil {
		k.t.Fatal(err)
	}
	return n
}

// terminate ends the process in good order.
func (k *killing) terminate() {
	if err := k.run.Process.Signal(syscall.SIGTERM); err != nil {
		k.t.Fatal(err)
	}
	if err := k.run.Wait(); err != nil {
		k.t.Errorf("after SIGTERM the process ended with %v\n%s", err, k.log)
	}
}
