package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/flows"
	"danvan/store"
	"danvan/store/deadline"
)

// TestLadder lets a period pass: the first commune reports early, the second
// late, the third never.
func TestLadder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tick("2026-12-07 07:59")
	w.told()
	w.tick("2026-12-07 08:00") // seven working days before
	got := w.told(1, 2, 3)
	if text := got[1][0].Text; !strings.Contains(text, "Còn 7 ngày làm việc") || !strings.Contains(text, "thứ Tư 16/12/2026") || !strings.Contains(text, "xã 101") {
		t.Errorf("the reminder is\n%s", text)
	}
	w.tick("2026-12-07 08:01")
	w.told()
	w.report("101")
	w.tick("2026-12-11 08:00") // three
	w.told(2, 3)
	w.tick("2026-12-15 08:00") // one
	w.told(2, 3)
	w.tick("2026-12-16 08:00") // the day
	w.told(2, 3)
	w.report("102")
	w.tick("2026-12-17 08:00") // one after
	w.told(3)
	w.tick("2026-12-18 08:00") // to the supervisor
	got = w.told(5)
	if text := got[5][0].Text; !strings.Contains(text, "quá 2 ngày làm việc") || !strings.Contains(text, "Xã 103") || strings.Contains(strings.ToLower(text), "xã 102") {
		t.Errorf("the supervisor reads\n%s", text)
	}
	w.tick("2026-12-31 08:00")
	w.told()
	want := []string{"remind -7", "remind -3", "remind -1", "remind due", "remind +1"}
	if diff := cmp.Diff(want, w.ledger(3)); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
}

// TestSettledWhileItWaits reports between the tick and the delivery: nobody is
// nagged, and the ledger says so.
func TestSettledWhileItWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tick("2026-12-07 08:00")
	w.report("101")
	w.told(2, 3)
	if diff := cmp.Diff([]string{"remind -7 submitted"}, w.ledger(1)); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
	w.tick("2026-12-11 08:00")
	w.told(2, 3)
}

// TestHalfSettled has one officer of two communes report for one of them while
// the message about both waits.
func TestHalfSettled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.update(func(tx store.Tx) error {
		p, err := tx.Post("102:officer")
		p.Holder = 1
		return errors.Join(err, tx.PutPost(p))
	})
	w.tick("2026-12-07 08:00")
	w.report("101")
	got := w.told(1, 3)
	if text := got[1][0].Text; strings.Contains(text, "xã 101") || !strings.Contains(strings.ToLower(text), "xã 102") {
		t.Errorf("the reminder is\n%s", text)
	}
	if diff := cmp.Diff([]string{"remind -7"}, w.ledger(1)); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
}

// TestNotInAForm starts a registration through the real bot: the reminder
// waits until the person has been quiet for a while, and then comes once.
func TestNotInAForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-12-07 07:50")
	w.say(1, flows.Input{Kind: flows.TextInput, Text: "/dangky", Message: "1"})
	w.sent()
	w.tick("2026-12-07 08:00")
	w.told(2, 3)
	w.at("2026-12-07 08:03")
	w.say(1, flows.Input{Kind: flows.TextInput, Text: "Hiến đất mở đường nội ấp", Message: "2"})
	w.sent()
	w.tick("2026-12-07 08:06")
	w.told()
	w.tick("2026-12-07 08:18")
	w.told(1)
	w.tick("2026-12-07 08:19")
	w.told()
}

// TestARefusedReminderIsNone has a reminder refused on its way: the ledger does
// not say that the officer was reminded, and the coordinator is told.
func TestARefusedReminderIsNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tick("2026-12-07 08:00")
	got := w.told(1, 2, 3)
	w.update(func(tx store.Tx) error {
		p, err := tx.Person(1)
		p.Unreachable = w.now
		return errors.Join(err, tx.PutPerson(p), w.clock.Refused(tx, got[1][0]))
	})
	if lines := w.ledger(1); len(lines) != 1 || !strings.HasSuffix(lines[0], deadline.SkipUnreachable) {
		t.Errorf("the ledger says %q", lines)
	}
	w.tick("2026-12-07 08:01")
	if got := w.told(4); !strings.Contains(got[4][0].Text, "không nhắn được") {
		t.Errorf("the coordinator reads %q", got[4][0].Text)
	}
}

// TestBlockedAndVacant has nobody to remind in two communes: the coordinator is
// told of both, once.
func TestBlockedAndVacant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.update(func(tx store.Tx) error {
		p, err := tx.Person(1)
		p.Unreachable = w.now
		post, postErr := tx.Post("102:officer")
		post.Holder = 0
		return errors.Join(err, postErr, tx.PutPerson(p), tx.PutPost(post))
	})
	w.tick("2026-12-07 08:00")
	got := w.told(3, 4)
	text := got[4][0].Text
	for _, want := range []string{"chưa có cán bộ phụ trách", "Xã 102", "không nhắn được", "Xã 101"} {
		if !strings.Contains(text, want) {
			t.Errorf("the coordinator does not read %q in\n%s", want, text)
		}
	}
	w.tick("2026-12-11 08:00")
	w.told(3) // the coordinator is told once
}

// TestDowntime lets the clock stand still from before the first reminder until
// after the third: the last one goes out, the others are recorded.
func TestDowntime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tick("2026-12-15 09:30")
	w.told(1, 2, 3)
	want := []string{"remind -7 late", "remind -3 late", "remind -1"}
	if diff := cmp.Diff(want, w.ledger(1)); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
	w.restart()
	w.tick("2027-02-01 08:00") // nobody ticked until long after the lock
	w.told()
	want = append(want, "remind due late", "remind +1 late")
	if diff := cmp.Diff(want, w.ledger(1)); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
}

// TestNight wants silence between eight in the evening and seven, and on days
// off.
func TestNight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tick("2026-12-07 20:00")
	w.told()
	w.tick("2026-12-08 06:59")
	w.told()
	w.tick("2026-12-08 07:00")
	w.told(1, 2, 3)
	w.update(func(tx store.Tx) error {
		return tx.PutSpecialDay(store.SpecialDay{Day: store.Date{Year: 2026, Month: time.December, Day: 11}, Kind: store.DayOff})
	})
	w.tick("2026-12-10 08:00") // three working days before, with the 11th off
	w.told(1, 2, 3)
	w.tick("2026-12-11 08:00")
	w.told()
}
