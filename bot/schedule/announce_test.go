package schedule_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/flows"
	"danvan/store"
	"danvan/store/deadline"
)

// announce announces the next edition of the world's campaign.
func (w *world) announce(changed ...string) store.Campaign {
	w.tb.Helper()
	var c store.Campaign
	w.update(func(tx store.Tx) (err error) {
		if c, err = tx.Campaign("dvk"); err != nil {
			return err
		}
		c.Name, c.Document = store.Label{"vi": "Phong trào"}, "05-CT/TU"
		c.Announced = store.Announcement{Edition: c.Announced.Edition + 1, At: w.now, By: "10:coordinator", Changed: changed}
		return tx.PutCampaign(c)
	})
	return c
}

// lineOf is the line by which somebody was told of an edition.
func (w *world) lineOf(id store.PersonID, c store.Campaign, step string) (line store.Sent, found bool) {
	w.tb.Helper()
	must(w.tb, w.file.View(context.Background(), func(r store.Reader) error {
		l, err := r.Sent(deadline.Announce, c.Edition(), id, step)
		line, found = l, err == nil
		return nil
	}))
	return line, found
}

// TestAnnouncement is told at the next hour in which people may be disturbed, to
// everybody but who announced it, and to who takes a seat later.
func TestAnnouncement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-12-04 20:30") // a Friday
	w.announce()
	w.tick("2026-12-04 20:31")
	w.told()
	w.tick("2026-12-05 09:00")
	w.told()
	w.tick("2026-12-07 07:00")
	got := w.told(1, 2, 3, 5)
	if text := got[1][0].Text; !strings.Contains(text, "Đăng ký mô hình của xã 101") || !strings.Contains(text, "thứ Tư 16/12/2026") || got[1][0].Lane != store.DigestLane {
		t.Errorf("an officer is told, in lane %d:\n%s", got[1][0].Lane, text)
	}
	w.tick("2026-12-07 07:01")
	w.told()

	w.at("2026-12-07 07:30")
	w.update(func(tx store.Tx) error { return w.hire(tx, 6, "101", store.Coordinator) })
	w.tick("2026-12-07 07:31")
	w.told(6)
	w.restart()
	w.tick("2026-12-07 07:32")
	w.told()
}

// TestNotTold waits for who fills in a form, leaves out who gets no messages, and
// drops an edition that another one has taken the place of.
func TestNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-12-02 09:00")
	w.say(1, flows.Input{Kind: flows.TextInput, Text: "/dangky"})
	w.sent()
	w.update(func(tx store.Tx) error {
		p, err := tx.Person(2)
		p.Unreachable = w.now
		must(t, err)
		return tx.PutPerson(p)
	})
	c := w.announce()
	w.tick("2026-12-02 09:01")
	w.told(3, 5)
	if l, found := w.lineOf(2, c, deadline.FirstTold); !found || l.Skipped != deadline.SkipUnreachable {
		t.Errorf("who gets no messages: %+v, %v", l, found)
	}
	w.tick("2026-12-02 09:20")
	w.told(1)

	old := w.announce("to")
	w.tick("2026-12-02 09:21") // it waits in the outbox
	w.announce("from")
	w.tick("2026-12-02 09:22")
	for person, list := range w.sent() {
		if len(list) != 1 || !strings.Contains(list[0].Text, "có thay đổi") || list[0].About[0].Period == old.Edition() {
			t.Errorf("person %d is told %d times, of %s", person, len(list), list[0].About[0].Period)
		}
	}
	if l, _ := w.lineOf(3, old, deadline.FirstTold); l.Skipped != deadline.SkipCollapsed {
		t.Errorf("of the edition before the ledger says %+v", l)
	}
}

// TestUrged reminds who has not read a campaign, once for a wish.
func TestUrged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-12-02 09:00")
	c := w.announce()
	w.tick("2026-12-02 09:01")
	w.told(1, 2, 3, 5)

	w.at("2026-12-03 09:00")
	w.say(1, flows.Input{Kind: flows.PressInput, Press: "told.read.1.dvk", Message: "1"})
	w.sent()
	if l, _ := w.lineOf(1, c, deadline.FirstTold); !l.Read.Equal(w.now) {
		t.Errorf("read at %v", l.Read)
	}
	c.Announced.Urged = w.now
	w.update(func(tx store.Tx) error { return tx.PutCampaign(c) })
	w.tick("2026-12-03 09:01")
	w.say(2, flows.Input{Kind: flows.PressInput, Press: "told.read.1.dvk", Message: "1"}) // while it waits
	if got := w.told(3, 5); !strings.Contains(got[3][0].Text, "Nhắc lại") {
		t.Errorf("they are told:\n%s", got[3][0].Text)
	}
	if l, _ := w.lineOf(2, c, "again/2026-12-03"); l.Skipped != deadline.SkipRead {
		t.Errorf("who read it meanwhile: %+v", l)
	}
	w.tick("2026-12-04 09:00")
	w.told()
}

// TestAnnouncedOnce has the process die at each transaction of a tick that announces,
// before it and after it: everybody is told of every edition, and once.
func TestAnnouncedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	people := []store.PersonID{1, 2, 3, 5}
	w.update(func(tx store.Tx) error {
		for id := store.PersonID(100); id < 250; id++ {
			people = append(people, id)
			post := store.Post{ID: store.SeatID("101", store.Officer, int(id)), Unit: "101", Role: store.Officer, Holder: id, Since: w.now}
			must(t, tx.PutPost(post))
			must(t, tx.PutPerson(store.Person{ID: id, Address: address(id), Language: "vi", Active: post.ID}))
		}
		return nil
	})

	life := &mortal{left: -1}
	w.front = func(s store.Store) store.Store { life.Store = s; return life }
	w.restart()
	w.at("2026-12-02 09:00")
	cut, whole := 0, 0
	for dies := 1; whole < 2; dies++ {
		c := w.announce("to")
		life.left, life.after = dies, dies%2 == 0
		err := w.clock.Tick(t.Context(), w.now)
		if life.left != 0 {
			whole++
		}
		life.left = -1
		told := map[store.PersonID]int{}
		count := func() {
			for id, list := range w.sent() {
				told[id] += len(list)
			}
		}
		count() // what was written before it died
		if n := len(told); err != nil && n > 0 && n < len(people) {
			cut++
		}
		w.restart()
		w.now = w.now.Add(time.Minute)
		must(t, w.clock.Tick(t.Context(), w.now))
		count()

		wrong := slices.DeleteFunc(slices.Sorted(maps.Keys(told)), func(id store.PersonID) bool { return told[id] == 1 })
		if len(told) != len(people) || len(wrong) > 0 {
			t.Fatalf("dies at %d: %d of %d were told of %s, %v more than once", dies, len(told), len(people), c.Edition(), wrong)
		}
	}
	if cut < 3 {
		t.Errorf("it died %d times among the people", cut)
	}
}

// BenchmarkAnnounce announces a campaign to a country: 6,710 people in 3,355 units.
func BenchmarkAnnounce(b *testing.B) {
	w := newWorld(b)
	w.country()
	w.at("2026-12-02 09:00")
	must(b, w.clock.Tick(context.Background(), w.now))
	for b.Loop() {
		w.announce("to")
		began := time.Now()
		must(b, w.clock.Tick(context.Background(), w.now))
		wrote := time.Since(began)
		n := len(w.sent())
		b.ReportMetric(float64(n), "people/op")
		b.ReportMetric(wrote.Seconds(), "s-to-write/op")
		began = time.Now()
		must(b, w.clock.Tick(context.Background(), w.now))
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-after/op")
		b.Log(fmt.Sprint(n, " people, written in ", wrote))
	}
}
