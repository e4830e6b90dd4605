package outbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// tidy is what takes the buttons off an old question of a chat.
func tidy(to, on string) store.Message {
	return store.Message{
		To: at(to), Lane: store.TidyLane, Kind: store.Edit, Text: "old", Target: store.Target{Remote: on, Only: true},
		Due: time.Now().Add(store.Quiet),
	}
}

// TestTidy waits until a chat is quiet, goes behind everything else, and is never
// done twice.
func TestTidy(t *testing.T) {
	t.Parallel()
	story := func(t *testing.T, tell func(*play), want ...string) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			go tell(p)
			synctest.Wait() // what it has to say at first is queued
			p.run(t, 4*time.Minute)
			p.want(t, want...)
			if left := p.rows.left(); left != 0 {
				t.Errorf("%d rows left", left)
			}
		})
	}

	t.Run("once the chat is quiet", func(t *testing.T) {
		story(t, func(p *play) { p.rows.queue(t, say("a", "1"), tidy("a", "9")) },
			"+0s a send 1", "+1m0s a edit old on=9")
	})
	t.Run("and not while somebody goes on answering", func(t *testing.T) {
		story(t, func(p *play) {
			p.rows.queue(t, say("a", "1"), tidy("a", "9"), tidy("b", "8"))
			time.Sleep(40 * time.Second)
			p.rows.queue(t, say("a", "2"))
			p.box.Wake()
		}, "+0s a send 1", "+40s a send 2", "+1m0s b edit old on=8", "+1m40s a edit old on=9")
	})
	t.Run("after a reminder that is due with it", func(t *testing.T) {
		story(t, func(p *play) {
			reminds := say("a", "reminder")
			reminds.Lane, reminds.Due = store.DigestLane, time.Now().Add(store.Quiet)
			p.rows.queue(t, tidy("a", "9"), reminds)
		}, "+1m0s a send reminder", "+1m1s a edit old on=9")
	})
	t.Run("what is gone is not said anew", func(t *testing.T) {
		story(t, func(p *play) {
			p.chat.answer = func(int, outbox.Delivery) error { return &outbox.Failure{Target: true, Err: errTrouble} }
			p.rows.queue(t, tidy("a", "9"))
		}, "+1m0s a edit old on=9")
	})
	t.Run("what stands in another chat is left", func(t *testing.T) {
		story(t, func(p *play) {
			card := say("b", "card")
			card.Track = &store.Track{}
			m := tidy("a", "")
			m.Target.Message = p.rows.queue(t, card)[0]
			p.rows.queue(t, m)
		}, "+0s b send card")
	})
}
