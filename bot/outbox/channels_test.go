package outbox_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// beside is a play with a second channel, "other", which has its own troubles.
func beside() (p *play, other *chat) {
	p, other = newPlay(), &chat{start: time.Now()}
	p.more = map[string]outbox.Channel{"other": other}
	return p, other
}

// elsewhere sends a message to a chat of a channel of that name.
func elsewhere(channel string, m store.Message) store.Message {
	m.To.Channel = channel
	return m
}

// No channel waits for another, whatever is wrong with that.
func TestChannelsDoNotHoldUpEachOther(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(n int, d outbox.Delivery) error{
		"one is unreachable": func(int, outbox.Delivery) error {
			return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
		},
		"one is told to wait": func(int, outbox.Delivery) error {
			return &outbox.Failure{Retry: true, Whole: true, After: time.Hour, Err: errTrouble}
		},
		"the broadcast of one is told to wait": func(_ int, d outbox.Delivery) error {
			return &outbox.Failure{Retry: true, After: time.Hour, Err: errTrouble}
		},
		"one hangs": func(int, outbox.Delivery) error {
			time.Sleep(time.Minute)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p, other := beside()
				p.chats, other.answer = 2, trouble
				for i := range 20 { // more than there are places, and before the others
					p.rows.queue(t, elsewhere("other", say(fmt.Sprint(i), "x")), elsewhere("other", digest(fmt.Sprint("d", i), "x")))
				}
				done := p.start(t.Context())
				time.Sleep(5 * time.Second)

				p.rows.queue(t, say("a", "answer"), digest("b", "digest"))
				p.box.Wake()
				time.Sleep(3 * time.Second)
				got := strings.Join(p.chat.notes(), "\n")
				if !strings.Contains(got, "+5s a send answer") || !strings.Contains(got, "b send digest") {
					t.Errorf("beside a channel in trouble went %q", got)
				}
				if other.count() == 0 || p.rows.left() == 0 {
					t.Errorf("the other had %d tries, %d rows are left", other.count(), p.rows.left())
				}

				_ = p.box.Settle(t.Context())
				_ = p.box.Drain(t.Context())
				if err := <-done; err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A broadcast over one channel leaves the pace of the other alone.
func TestChannelsArePacedApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, other := beside()
		p.bulk = 10
		for i := range 100 {
			p.rows.queue(t, elsewhere("other", digest(fmt.Sprint(i), "x")), digest(fmt.Sprint(i), "x"))
		}
		p.run(t, 5*time.Second)
		for _, c := range []*chat{p.chat, other} {
			if n := c.count(); n < 38 || n > 52 {
				t.Errorf("%d digests in 5 s over one of two channels, want about 10 a second", n)
			}
		}
	})
}

// What is for a channel that nobody serves is given up, and holds up nobody.
func TestUnknownChannel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, _ := beside()
		p.rows.queue(t, elsewhere("gone", say("secret", "x")), elsewhere("gone", digest("secret", "y")), say("a", "1"))
		p.run(t, 5*time.Second)
		p.want(t, "+0s a send 1")
		log := p.log.String()
		if n := strings.Count(log, "nobody serves its channel"); n != 2 || p.rows.left() != 0 || strings.Contains(log, "secret") {
			t.Errorf("%d left, log: %s", p.rows.left(), log)
		}
	})
}

// A drained outbox has sent what was due over every channel.
func TestDrainOverAllChannels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, other := beside()
		other.took = 2 * time.Second
		for i := range 60 {
			p.rows.queue(t, say("a", "x"), elsewhere("other", say(fmt.Sprint(i), "x")), elsewhere("other", say(fmt.Sprint(i), "y")))
		}
		done := p.start(t.Context())
		if err := p.box.Drain(t.Context()); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil || p.rows.left() != 0 || other.count() != 120 || p.chat.count() != 60 {
			t.Errorf("%v, %d left, %d and %d sent", err, p.rows.left(), p.chat.count(), other.count())
		}
	})
}
