package outbox_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// maker takes a second for each thing that it makes, and fails as often as it
// is told.
type maker struct {
	mu         sync.Mutex
	fail       int
	made, busy int
	most       int
}

func (m *maker) make() error {
	m.mu.Lock()
	m.busy++
	m.most = max(m.most, m.busy)
	m.mu.Unlock()
	time.Sleep(time.Second)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy--
	if m.made++; m.made <= m.fail {
		return errTrouble
	}
	return nil
}

func (m *maker) Card(_ context.Context, of store.Message) (store.Message, error) {
	of.Text = "card of " + string(of.Make.Unit)
	return of, m.make()
}

func (m *maker) File(_ context.Context, of store.Message) (string, []byte, error) {
	return string(of.Make.Unit) + ".xlsx", []byte("bytes"), m.make()
}

func card(to string, unit store.UnitCode) store.Message {
	return store.Message{To: at(to), Make: &store.Make{Kind: store.Card, Unit: unit}}
}

// TestMade has what rows refer to made when they go out: one thing at a time,
// while others are served, and again after what went wrong.
func TestMade(t *testing.T) {
	t.Parallel()
	t.Run("one at a time, and nobody waits for it", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			m := &maker{}
			p.maker = m
			p.rows.queue(t, card("a", "91"), card("b", "40"), say("c", "hello"))
			p.run(t, time.Minute)
			if m.most != 1 || p.rows.left() != 0 {
				t.Errorf("%d were made at once, %d are left", m.most, p.rows.left())
			}
			got := strings.Join(p.chat.notes(), "\n")
			for _, want := range []string{"+0s c send hello", "a send card of 91", "b send card of 40"} {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
		})
	})
	t.Run("what fails is tried again", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			m := &maker{fail: 3}
			p.maker = m
			file := card("a", "91")
			file.Kind, file.Make.Kind = store.File, store.Workbook
			var name, content string
			p.chat.answer = func(_ int, d outbox.Delivery) error {
				if d.Kind == store.File {
					name, content = d.Name, string(d.Content)
				}
				return nil
			}
			p.rows.queue(t, file, say("a", "after it"))
			p.run(t, time.Hour)
			if name != "91.xlsx" || content != "bytes" || p.rows.left() != 0 {
				t.Errorf("delivered %q of %q, %d left: %s", content, name, p.rows.left(), p.log)
			}
			if n := p.chat.notes(); len(n) != 2 || !strings.HasSuffix(n[1], "after it") || m.made != 4 {
				t.Errorf("made %d times, delivered %q", m.made, n)
			}
		})
	})
	t.Run("made again when the process dies before it is sent", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			m := &maker{}
			p.maker = m
			p.rows.queue(t, card("a", "91"))
			p.run(t, 500*time.Millisecond)
			p.run(t, time.Hour)
			if n := p.chat.count(); n != 1 || p.rows.left() != 0 {
				t.Errorf("delivered %d times, %d left", n, p.rows.left())
			}
		})
	})
}

// TestEditOrNothing edits what is gone: what is only to be edited is not sent
// anew.
func TestEditOrNothing(t *testing.T) {
	t.Parallel()
	for _, only := range []bool{false, true} {
		t.Run(fmt.Sprint(only), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPlay()
				p.chat.answer = func(_ int, d outbox.Delivery) error {
					if d.Kind == store.Edit {
						return &outbox.Failure{Target: true, Err: errTrouble}
					}
					return nil
				}
				p.rows.queue(t, store.Message{To: at("a"), Kind: store.Edit, Text: "new", Target: store.Target{Remote: "r9", Only: only}})
				p.run(t, time.Minute)
				want := 2
				if only {
					want = 1
				}
				if n := p.chat.notes(); len(n) != want || p.rows.left() != 0 {
					t.Errorf("deliveries %q, %d left", n, p.rows.left())
				}
			})
		})
	}
}
