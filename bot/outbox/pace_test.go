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

func digest(to, text string) store.Message {
	return store.Message{To: at(to), Text: text, Lane: store.DigestLane}
}

func TestBulkPace(t *testing.T) {
	t.Parallel()
	t.Run("digests go 25 a second", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.bulk = 0
			for i := range 300 {
				p.rows.queue(t, digest(fmt.Sprint(i), "d"))
			}
			p.run(t, 5*time.Second)
			if n := p.chat.count(); n < 95 || n > 126 {
				t.Errorf("%d digests in 5 s, want about 25 a second", n)
			}
		})
	})
	t.Run("answers pass waiting digests, reminders pass digests", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.bulk, p.chats = 10, 2
			for i := range 50 {
				p.rows.queue(t, digest(fmt.Sprint("d", i), "d"))
			}
			p.rows.queue(t, store.Message{To: at("r"), Text: "r", Lane: store.ReminderLane})
			for i := range 20 {
				p.rows.queue(t, say(fmt.Sprint("a", i), "a"))
			}
			p.run(t, 3*time.Second)
			got := p.chat.notes()
			for i, n := range got[:21] {
				if want := "+0s a"; i < 20 && !strings.HasPrefix(n, want) {
					t.Errorf("delivery %d is %q, want an answer at once", i, n)
				}
			}
			if !strings.Contains(got[20], " r send r") {
				t.Errorf("after the answers came %q, want the reminder", got[20])
			}
		})
	})
	t.Run("an answer to somebody whose digest waits goes at once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.bulk = 1
			for i := range 5 {
				p.rows.queue(t, digest(fmt.Sprint(i), "d"))
			}
			done := p.start(t.Context())
			time.Sleep(1500 * time.Millisecond)
			p.rows.queue(t, say("4", "answer"))
			p.box.Wake()
			time.Sleep(100 * time.Millisecond)
			if got := p.chat.notes(); got[len(got)-1] != "+1.5s 4 send answer" {
				t.Errorf("got %v", got)
			}
			_ = p.box.Drain(t.Context())
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("one chat gets one a second", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.rows.queue(t, digest("a", "1"), digest("a", "2"), digest("a", "3"))
			p.run(t, 10*time.Second)
			p.want(t, "+1s a send 1", "+2s a send 2", "+3s a send 3")
		})
	})
	t.Run("an answer counts for its chat", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			done := p.start(t.Context())
			time.Sleep(5900 * time.Millisecond)
			p.rows.queue(t, say("a", "answer"), digest("a", "digest"))
			p.box.Wake()
			time.Sleep(2 * time.Second)
			p.want(t, "+5.9s a send answer", "+6.9s a send digest")
			_ = p.box.Drain(t.Context())
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("answers that become due together go together", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.bulk, p.chat.took = 1, time.Second
			p.chat.answer = func(n int, _ outbox.Delivery) error {
				if n <= 20 {
					return &outbox.Failure{Retry: true, After: 5 * time.Second, Err: errTrouble}
				}
				return nil
			}
			for i := range 20 {
				p.rows.queue(t, say(fmt.Sprint(i), "a"))
			}
			p.run(t, 8500*time.Millisecond)
			if p.rows.left() != 0 {
				t.Errorf("%d answers still wait", p.rows.left())
			}
		})
	})
	t.Run("what one chat is told holds for the broadcast, not for answers", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(n int, d outbox.Delivery) error {
				if n == 1 {
					return &outbox.Failure{Retry: true, After: 20 * time.Second, Err: errTrouble}
				}
				return nil
			}
			p.bulk = 10
			for i := range 5 {
				p.rows.queue(t, digest(fmt.Sprint(i), "d"))
			}
			done := p.start(t.Context())
			time.Sleep(5 * time.Second)
			if p.chat.count() != 1 {
				t.Errorf("%d digests went while the channel asked to wait", p.chat.count())
			}
			p.rows.queue(t, say("x", "answer"))
			p.box.Wake()
			time.Sleep(20 * time.Second)
			if p.chat.count() != 7 || p.rows.left() != 0 {
				t.Errorf("%d calls, %d left; want 7, 0", p.chat.count(), p.rows.left())
			}
			_ = p.box.Drain(t.Context())
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
}

// What would disturb waits until it does not, though it was queued in time; the
// answers of its chat, and changes to what stands there, do not wait with it.
func TestQuietHours(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		morning := time.Now().Add(11 * time.Hour)
		p.opens = func(_ store.Reader, now time.Time) (time.Time, error) {
			if now.Before(morning) {
				return morning, nil
			}
			return now, nil
		}
		edit := digest("a", "edit")
		edit.Kind, edit.Target.Remote = store.Edit, "r1"
		card := digest("a", "digest")
		card.Track = &store.Track{}
		fresh := digest("a", "fresh") // of the card, which waits
		fresh.Kind, fresh.Target.Message = store.Edit, p.rows.queue(t, card)[0]
		paper := digest("c", "with a file")
		paper.Kind = store.Show
		p.rows.queue(t, fresh, store.Message{To: at("b"), Text: "reminder", Lane: store.ReminderLane}, say("a", "answer"), edit, paper)
		p.run(t, 12*time.Hour)
		p.want(t, "+0s a send answer", "+1s a edit edit on=r1", "+11h0m0s b send reminder", "+11h0m0s a send digest",
			"+11h0m0s c show with a file", "+11h0m1s a edit fresh on=r4")
	})
}
