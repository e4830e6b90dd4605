package outbox_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// A clock that is set while messages are on their way sends none of them twice and holds
// none of them up.
func TestClockIsSetMeanwhile(t *testing.T) {
	t.Parallel()
	const year = 365 * 24 * time.Hour
	for _, by := range []time.Duration{10 * time.Minute, 3 * time.Hour, 5 * year, -10 * time.Minute, -3 * time.Hour, -5 * year} {
		t.Run(by.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPlay()
				p.chat.took = 10 * time.Second
				p.rows.queue(t, say("a", "1"), say("a", "2"), digest("b", "3"))
				done := p.start(t.Context())
				time.Sleep(5 * time.Second)
				p.ahead.Store(int64(by))
				p.rows.queue(t, say("c", "4"))
				p.box.Wake()
				time.Sleep(30 * time.Second)

				_ = p.box.Drain(t.Context())
				if err := <-done; err != nil {
					t.Error(err)
				}
				p.want(t, "+0s a send 1", "+1s b send 3", "+5s c send 4", "+10s a send 2")
				if p.rows.left() != 0 {
					t.Errorf("%d left", p.rows.left())
				}
			})
		})
	}
}

// What was sent while the store takes nothing is finished when it does again, and not
// sent a second time.
func TestFinishedLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.chat.answer = func(int, outbox.Delivery) error {
			p.rows.refuse(store.ErrFull)
			return nil
		}
		p.rows.queue(t, say("a", "1"))
		done := p.start(t.Context())
		time.Sleep(time.Hour)
		p.rows.refuse(nil)
		time.Sleep(2 * time.Second)

		_ = p.box.Drain(t.Context())
		if err := <-done; err != nil {
			t.Error(err)
		}
		p.want(t, "+0s a send 1")
		if p.rows.left() != 0 || strings.Count(p.log.String(), "cannot be finished yet") != 1 {
			t.Errorf("%d left, log: %s", p.rows.left(), p.log)
		}
	})
}
