package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"danvan/store"
)

func outboxCases() []testCase {
	return []testCase{
		{"a key queues once", keyQueuesOnce},
		{"rows of a chat go one by one, lane by lane", orderInChat},
		{"chats go by lane, then by age", orderOfChats},
		{"nothing goes before it is due", notBeforeDue},
		{"a row that is not due holds nobody up", dueOvertakes},
		{"the limit", claimLimit},
		{"worse lanes are left", worseLanesStay},
		{"pending", pendingCounts},
		{"a better lane while a row is in flight", betterLaneInFlight},
		{"chats do not run into each other", chatsApart},
		{"other channels are left alone", exceptChannels},
	}
}

const leaseTime = time.Minute

func chatAt(n int) store.Address { return store.Address{Channel: "telegram", Chat: fmt.Sprint(n)} }

func messageID(m store.Message) store.MessageID { return m.ID }

func texts(all []store.Message) []string {
	return ids(all, func(m store.Message) string { return m.Text })
}

func enqueue(t *testing.T, s store.Store, m store.Message) store.MessageID {
	t.Helper()
	var id store.MessageID
	update(t, s, func(tx store.Tx) (err error) {
		id, err = tx.Enqueue(m)
		return err
	})
	return id
}

func claim(t *testing.T, s store.Store, now time.Time, limit int) []store.Message {
	t.Helper()
	var all []store.Message
	update(t, s, func(tx store.Tx) (err error) {
		all, err = tx.Claim(now, leaseTime, limit, store.DigestLane)
		return err
	})
	return all
}

func finish(t *testing.T, s store.Store, m store.Message, o store.Outcome) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.Finish(m, o) })
}

// drain delivers everything that is due, and returns it in its order.
func drain(t *testing.T, s store.Store, now time.Time) []string {
	t.Helper()
	var all []string
	for {
		batch := claim(t, s, now, 1)
		if len(batch) == 0 {
			return all
		}
		all = append(all, batch[0].Text)
		finish(t, s, batch[0], store.Outcome{At: now})
	}
}

func keyQueuesOnce(t *testing.T, s store.Store) {
	m := store.Message{To: chatAt(1), Key: "remind/7/1", Text: "first", At: when}
	first := enqueue(t, s, m)
	m.Text = "second"
	if again := enqueue(t, s, m); again != first {
		t.Errorf("the second row has id %d, want the first one's %d", again, first)
	}
	same(t, "delivered", drain(t, s, when), []string{"first"})
	if again := enqueue(t, s, m); again != first {
		t.Errorf("after the delivery the key gave id %d, want %d", again, first)
	}
	m.Key = "remind/7/10"
	if other := enqueue(t, s, m); other == first {
		t.Error("another key gave the same id")
	}
	m.Key = ""
	enqueue(t, s, m)
	enqueue(t, s, m)
	same(t, "delivered", drain(t, s, when), []string{"second", "second", "second"})
}

func orderInChat(t *testing.T, s store.Store) {
	for i, lane := range []store.Lane{store.DigestLane, store.ReminderLane, store.ReplyLane, store.DigestLane, store.ReplyLane} {
		enqueue(t, s, store.Message{To: chatAt(1), Lane: lane, Text: fmt.Sprint(lane, "/", i), At: when})
	}
	if batch := claim(t, s, when, 10); len(batch) != 1 || batch[0].Text != "0/2" {
		t.Fatalf("claimed %v, want only the first reply", texts(batch))
	}
	same(t, "claimed while a row is in flight", texts(claim(t, s, when, 10)), nil)
	same(t, "delivered", drain(t, s, when.Add(leaseTime)), []string{"0/2", "0/4", "1/1", "2/0", "2/3"})
}

func orderOfChats(t *testing.T, s store.Store) {
	for i, lane := range []store.Lane{store.DigestLane, store.ReminderLane, store.ReplyLane, store.ReminderLane, store.ReplyLane} {
		enqueue(t, s, store.Message{To: chatAt(90 - i), Lane: lane, Text: fmt.Sprint(lane, "/", i), At: when})
	}
	enqueue(t, s, store.Message{To: chatAt(90), Lane: store.ReplyLane, Text: "0/5", At: when}) // lifts the digest's chat
	same(t, "claimed", texts(claim(t, s, when, 10)), []string{"0/2", "0/4", "0/5", "1/1", "1/3"})
}

func notBeforeDue(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "later", At: when, Due: when.Add(time.Hour)})
	enqueue(t, s, store.Message{To: chatAt(2), Text: "soon", At: when, Due: when.Add(time.Minute)})
	enqueue(t, s, store.Message{To: chatAt(3), Text: "past", At: when, Due: when.Add(-time.Minute)})
	same(t, "now", drain(t, s, when), []string{"past"})
	same(t, "a moment early", drain(t, s, when.Add(time.Minute-time.Microsecond)), nil)
	same(t, "on the minute", drain(t, s, when.Add(time.Minute)), []string{"soon"})
	same(t, "in an hour", drain(t, s, when.Add(time.Hour)), []string{"later"})
}

func dueOvertakes(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "tomorrow", At: when, Due: when.AddDate(0, 0, 1)})
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.DigestLane, Text: "today", At: when})
	same(t, "today", drain(t, s, when), []string{"today"})
	enqueue(t, s, store.Message{To: chatAt(1), Text: "a reply", At: when})
	same(t, "tomorrow, by id", drain(t, s, when.AddDate(0, 0, 1)), []string{"tomorrow", "a reply"})
}

func claimLimit(t *testing.T, s store.Store) {
	for i := range 5 {
		enqueue(t, s, store.Message{To: chatAt(i), Text: fmt.Sprint(i), At: when})
	}
	same(t, "none", texts(claim(t, s, when, 0)), nil)
	same(t, "two", texts(claim(t, s, when, 2)), []string{"0", "1"})
	same(t, "the rest", texts(claim(t, s, when, 10)), []string{"2", "3", "4"})
	same(t, "nothing left", texts(claim(t, s, when, 10)), nil)
}

func worseLanesStay(t *testing.T, s store.Store) {
	for i, lane := range []store.Lane{store.DigestLane, store.ReplyLane, store.ReminderLane} {
		enqueue(t, s, store.Message{To: chatAt(i), Lane: lane, Text: fmt.Sprint(lane), At: when})
	}
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.DigestLane, Text: "behind", At: when})
	for lane, want := range [][]string{{"0"}, {"1"}, {"2"}} {
		var got []store.Message
		update(t, s, func(tx store.Tx) (err error) {
			got, err = tx.Claim(when, leaseTime, 10, store.Lane(lane))
			return err
		})
		same(t, fmt.Sprint("claimed up to lane ", lane), texts(got), want)
	}
	same(t, "afterwards", drain(t, s, when.Add(leaseTime)), []string{"0", "1", "2", "behind"})
}

func pendingCounts(t *testing.T, s store.Store) {
	want := func(n int) {
		t.Helper()
		if got := read(t, s, store.Reader.Pending); got != n {
			t.Errorf("%d rows pending, want %d", got, n)
		}
	}
	for range 3 {
		enqueue(t, s, store.Message{To: chatAt(1), At: when})
	}
	enqueue(t, s, store.Message{To: chatAt(2), At: when, Due: when.Add(time.Hour)})
	want(4)
	batch := claim(t, s, when, 10)
	want(4)
	finish(t, s, batch[0], store.Outcome{At: when, Retry: when.Add(time.Minute)})
	want(4)
	drain(t, s, when.Add(time.Minute))
	want(1)
	drain(t, s, when.Add(time.Hour))
	want(0)
}

// betterLaneInFlight wants that a reply neither overtakes a row on its way nor
// is lost behind it.
func betterLaneInFlight(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.DigestLane, Text: "digest", At: when})
	batch := claim(t, s, when, 1)
	enqueue(t, s, store.Message{To: chatAt(1), Text: "reply", At: when})
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.ReminderLane, Text: "reminder", At: when})
	same(t, "claimed while in flight", texts(claim(t, s, when, 5)), nil)
	finish(t, s, batch[0], store.Outcome{At: when, Retry: when.Add(time.Second)})
	same(t, "claimed while the chat waits", texts(claim(t, s, when, 5)), nil)
	same(t, "afterwards", drain(t, s, when.Add(time.Second)), []string{"reply", "reminder", "digest"})
}

func chatsApart(t *testing.T, s store.Store) {
	for _, a := range []store.Address{{Channel: "a", Chat: "bc"}, {Channel: "ab", Chat: "c"}, {Channel: "a", Chat: "b"}} {
		enqueue(t, s, store.Message{To: a, Text: a.Channel + "-" + a.Chat, At: when})
	}
	batch := claim(t, s, when, 10)
	same(t, "claimed", texts(batch), []string{"a-bc", "ab-c", "a-b"})
	var errs []error
	for _, m := range batch {
		errs = append(errs, s.Update(t.Context(), func(tx store.Tx) error { return tx.Finish(m, store.Outcome{At: when}) }))
	}
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

// exceptChannels wants a claim to pass over the channels that it names, and
// over no other: not one whose name begins alike.
func exceptChannels(t *testing.T, s store.Store) {
	for _, channel := range []string{"a", "ab", "b"} {
		for n := range 2 {
			to := store.Address{Channel: channel, Chat: fmt.Sprint("b", n)}
			enqueue(t, s, store.Message{To: to, Text: fmt.Sprint(channel, n), At: when})
		}
	}
	claimBut := func(limit int, except ...string) (got []store.Message) {
		update(t, s, func(tx store.Tx) (err error) {
			got, err = tx.Claim(when, leaseTime, limit, store.DigestLane, except...)
			return err
		})
		return got
	}

	same(t, "claimed but for two", texts(claimBut(10, "a", "b")), []string{"ab0", "ab1"})
	same(t, "claimed but for one", texts(claimBut(1, "a")), []string{"b0"})
	same(t, "claimed but for strangers", texts(claimBut(10, "nobody", "")), []string{"a0", "a1", "b1"})
}
