package outbox_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/outbox"
	"danvan/store"
)

func TestPassingTrouble(t *testing.T) {
	t.Parallel()
	t.Run("doubles the pause and keeps the row", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(n int, _ outbox.Delivery) error {
				if n < 5 {
					return &outbox.Failure{Retry: true, Err: errTrouble}
				}
				return nil
			}
			p.rows.queue(t, say("a", "1"))
			p.run(t, 2*time.Minute)
			if p.chat.count() != 5 || p.rows.left() != 0 || p.log.Len() > 0 {
				t.Errorf("%d calls, %d left, log %q", p.chat.count(), p.rows.left(), p.log)
			}
		})
	})
	t.Run("is given up after a day", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(int, outbox.Delivery) error { return errTrouble }
			p.rows.queue(t, say("a", "1"))
			p.run(t, 23*time.Hour)
			if p.rows.left() != 1 {
				t.Fatal("given up within a day")
			}
			p.run(t, 2*time.Hour)
			if p.rows.left() != 0 || strings.Count(p.log.String(), "given up") != 1 {
				t.Errorf("%d left, log %q", p.rows.left(), p.log)
			}
		})
	})
	t.Run("ends when the delivery takes too long", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.took = 10 * time.Minute
			p.rows.queue(t, say("a", "1"))
			p.run(t, 5*time.Minute)
			if p.chat.count() < 2 {
				t.Error("a hanging delivery was not tried again")
			}
		})
	})
}

func TestPersonLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.rows.is.persons[at("a")] = store.Person{ID: 1, Address: at("a"), Language: "vi"}
		p.chat.answer = func(int, outbox.Delivery) error { return &outbox.Failure{Gone: true, Err: errTrouble} }
		p.rows.queue(t, say("a", "1"), say("stranger", "2"))
		p.run(t, 500*time.Millisecond)
		if got := p.rows.person("a"); got.Unreachable.IsZero() || got.Language != "vi" {
			t.Errorf("person is %+v", got)
		}
		if p.rows.left() != 0 {
			t.Error("the row of somebody who left is kept")
		}
	})
}

func TestChatMovedToSomebodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.rows.is.persons[at("a")] = store.Person{ID: 1, Address: at("a")}
		p.rows.is.persons[at("b")] = store.Person{ID: 2, Address: at("b")}
		p.chat.answer = func(_ int, d outbox.Delivery) error {
			if d.To.Chat == "a" {
				return &outbox.Failure{Moved: "b", Err: errTrouble}
			}
			return nil
		}
		p.rows.queue(t, say("a", "1"))
		p.run(t, 1500*time.Millisecond)
		if p.rows.person("a").ID != 1 || p.rows.person("b").ID != 2 || p.rows.left() != 0 {
			t.Errorf("persons %+v, %d left", p.rows.is.persons, p.rows.left())
		}
	})
}

func TestChatMoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.rows.is.persons[at("a")] = store.Person{ID: 1, Address: at("a")}
		p.chat.answer = func(_ int, d outbox.Delivery) error {
			if d.To.Chat == "a" {
				return &outbox.Failure{Moved: "b", Err: errTrouble}
			}
			return nil
		}
		first := say("a", "1")
		first.Key = "once"
		p.rows.queue(t, first, say("a", "2"))
		p.run(t, 1500*time.Millisecond)
		if got := p.rows.person("b"); got.ID != 1 {
			t.Errorf("person at the new address: %+v", got)
		}
		to := map[string]int{}
		for _, n := range p.chat.notes() {
			to[strings.SplitN(n, " ", 2)[1]]++
		}
		want := map[string]int{"a send 1": 1, "a send 2": 1, "b send 1": 1, "b send 2": 1}
		if diff := cmp.Diff(want, to); diff != "" || p.rows.left() != 0 {
			t.Errorf("%d left; %s", p.rows.left(), diff)
		}
	})
}
