package digest_test

import (
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestLivingDigest lets reports arrive after a digest: it is edited at most once
// a minute, not while somebody looks at another screen of it, and not after its
// time.
func TestLivingDigest(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.strike(w.Day(12, 11, 16, 0))
	digest := w.waiting(store.Send)[0]
	edits := func(what string, want int) (last store.Message) {
		t.Helper()
		got := w.waiting(store.Edit)
		if len(got) != want {
			t.Errorf("%s: edited %d times, want %d", what, len(got), want)
		}
		if len(got) > 0 {
			last = got[len(got)-1]
		}
		return last
	}
	for minute := 1; minute < 5; minute++ {
		w.strike(w.Day(12, 11, 16, minute))
	}
	edits("nothing happened", 0)
	w.Now = w.Day(12, 11, 16, 5)
	w.File("30709")
	w.File("30307")
	w.strike(w.Now.Add(30 * time.Second))
	e := edits("two reports", 1)
	if e.Target.Message != digest.ID || !strings.Contains(w.card(e).Text, "2/6 đơn vị chưa báo cáo: xã An Cư, xã Ba Chúc") {
		t.Errorf("it was edited into\n%s", w.card(e).Text)
	}
	w.Now = w.Now.Add(10 * time.Second)
	w.File("30526")
	w.strike(w.Now.Add(10 * time.Second))
	edits("twenty seconds after an edit", 0)
	w.strike(w.Now.Add(time.Minute))
	edits("a minute after an edit", 1)

	b := w.board(digest)
	w.Press("lan", "b."+link.Ref(b.ID)+"."+link.Ref(b.Revision)+".list:0")
	w.waiting(store.Edit)
	w.Now = w.Day(12, 14, 9, 0)
	w.File("30547")
	w.strike(w.Day(12, 14, 9, 5))
	edits("another screen is shown", 0)
	w.strike(w.Day(12, 16, 17, 5))
	if b = w.board(digest); !b.Live.IsZero() || !b.AsOf.Equal(w.Now) {
		t.Errorf("after its time the board is %+v", b)
	}
	w.waiting(store.Edit)
	w.Update(func(tx store.Tx) error {
		r, err := tx.Report("30709", bottest.Period)
		if err != nil {
			return err
		}
		r.WithdrawnAt = w.Now
		_, err = tx.PutReport(r)
		return err
	})
	w.strike(w.Day(12, 17, 9, 0))
	for _, m := range w.waiting(store.Edit) {
		if m.Target.Message == digest.ID {
			t.Error("it was edited after its time")
		}
	}
}

// TestLivingDigestAsTheClockWasAhead edits a digest by a clock that is ahead: when that is
// right again the next report is told as soon as ever.
func TestLivingDigestAsTheClockWasAhead(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.strike(w.Day(12, 11, 16, 0))
	w.waiting(store.Send)
	w.File("30709")
	w.strike(w.Day(12, 14, 16, 0)) // it is no later than before
	w.waiting(store.Edit)

	w.Now = w.Day(12, 11, 16, 5)
	w.File("30307")
	w.strike(w.Now.Add(2 * time.Minute))
	if n := len(w.waiting(store.Edit)); n != 1 {
		t.Errorf("edited %d times, want once", n)
	}
}

// TestOnlyTheNewestLives ends the life of the digest before, which stays as it
// is, and lets the digests of two periods live side by side.
func TestOnlyTheNewestLives(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.strike(w.Day(12, 4, 16, 0))
	first := w.waiting(store.Send)[0]
	w.Now = w.Day(12, 11, 15, 59)
	w.File("30709")
	w.strike(w.Day(12, 11, 16, 0))
	for _, m := range w.waiting(store.Edit) {
		if m.Target.Message == first.ID {
			t.Error("the digest before was edited")
		}
	}
	if b := w.board(first); !b.Live.IsZero() || !b.AsOf.Equal(w.Day(12, 4, 16, 0)) {
		t.Errorf("the digest before is %+v", b)
	}
	w.View(func(r store.Reader) error {
		live, err := r.LiveBoards()
		periods := map[store.PeriodID]int{}
		for _, b := range live {
			periods[b.Period]++
		}
		if len(live) != 1 || len(periods) != 1 {
			t.Errorf("%d digests live, of %v", len(live), periods)
		}
		return err
	})
}

// TestLeftPost leaves the digest alone of who holds the post no longer.
func TestLeftPost(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.strike(w.Day(12, 11, 16, 0))
	w.waiting(store.Send)
	w.Update(func(tx store.Tx) error {
		p, err := tx.Post("91:supervisor")
		p.Holder, p.Since = 0, w.Now
		if err != nil {
			return err
		}
		return tx.PutPost(p)
	})
	w.Now = w.Day(12, 11, 17, 0)
	w.File("30709")
	w.strike(w.Day(12, 11, 17, 1))
	if got := w.waiting(store.Edit); len(got) != 0 {
		t.Errorf("%d edits for somebody who has left", len(got))
	}
}
