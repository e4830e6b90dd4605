package storetest

import (
	"testing"
	"time"

	"danvan/store"
)

func leaseCases() []testCase {
	return []testCase{
		{"a lease runs out", leaseRunsOut},
		{"a finish after the lease", finishAfterLease},
		{"a finish after somebody else's claim", finishFenced},
		{"a finish twice", finishTwice},
		{"a finish of a row that was put back", finishPutBack},
		{"a retry postpones the whole chat", retryPostpones},
		{"attempts are counted across claims", attemptsCount},
		{"waits noted by a clock that was ahead", waitsAhead},
		{"the leases of a dead process are ended", leasesEnded},
		{"any sequence", anySequence},
	}
}

// leasesEnded dies between claim and finish: what was in flight is due at once
// and counts as tried, and a chat that the channel asked to wait goes on waiting.
func leasesEnded(t *testing.T, s store.Store) {
	for chat, rows := range [][]string{{"lone"}, {"first", "behind"}, {"asked to wait"}} {
		for _, text := range rows {
			enqueue(t, s, store.Message{To: chatAt(chat), Text: text, At: when})
		}
	}
	inFlight := claim(t, s, when, 10)
	finish(t, s, inFlight[2], store.Outcome{At: when, Retry: when.Add(leaseTime)})

	for range 2 { // the second time there is nothing to end
		if err := s.EndLeases(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again := claim(t, s, when, 10)
	same(t, "claimed again", texts(again), []string{"lone", "first"})
	for _, m := range again {
		if m.Attempts != 2 {
			t.Errorf("%q counts %d tries, want 2", m.Text, m.Attempts)
		}
	}
	refuseFinish(t, s, inFlight[0], store.Outcome{At: when})
	same(t, "once the wait is over", drain(t, s, when.Add(leaseTime)), []string{"lone", "first", "behind", "asked to wait"})
}

func refuseFinish(t *testing.T, s store.Store, m store.Message, o store.Outcome) {
	t.Helper()
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.Finish(m, o) })
}

func leaseRunsOut(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "x", At: when})
	first := claim(t, s, when, 1)
	same(t, "under the lease", texts(claim(t, s, when.Add(leaseTime-time.Microsecond), 1)), nil)
	second := claim(t, s, when.Add(leaseTime), 1)
	if len(first) != 1 || len(second) != 1 || first[0].ID != second[0].ID {
		t.Fatalf("claimed %v, then %v", first, second)
	}
	if first[0].Attempts != 1 || second[0].Attempts != 2 {
		t.Errorf("attempts %d and %d, want 1 and 2", first[0].Attempts, second[0].Attempts)
	}
}

func finishAfterLease(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), At: when})
	m := claim(t, s, when, 1)[0]
	finish(t, s, m, store.Outcome{At: when.Add(2 * leaseTime)})
	same(t, "left", texts(claim(t, s, when.Add(3*leaseTime), 1)), nil)
}

func finishFenced(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "x", At: when})
	late := claim(t, s, when, 1)[0]
	now := when.Add(leaseTime)
	m := claim(t, s, now, 1)[0]
	refuseFinish(t, s, late, store.Outcome{At: now})
	refuseFinish(t, s, late, store.Outcome{At: now, Retry: now.Add(time.Hour)})
	finish(t, s, m, store.Outcome{At: now})
	refuseFinish(t, s, late, store.Outcome{At: now})
}

func finishTwice(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "x", At: when})
	enqueue(t, s, store.Message{To: chatAt(1), Text: "y", At: when})
	m := claim(t, s, when, 1)[0]
	finish(t, s, m, store.Outcome{At: when})
	refuseFinish(t, s, m, store.Outcome{At: when})
	same(t, "left", drain(t, s, when), []string{"y"})
	refuseFinish(t, s, store.Message{ID: 999, To: chatAt(1), Attempts: 1}, store.Outcome{At: when})
}

// finishPutBack lets a lease run out and another row go first, so that the row
// waits again although nobody else claimed it: it must not go out twice.
func finishPutBack(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.DigestLane, Text: "digest", At: when})
	m := claim(t, s, when, 1)[0]
	enqueue(t, s, store.Message{To: chatAt(1), Text: "reply", At: when})
	now := when.Add(leaseTime)
	reply := claim(t, s, now, 1)
	same(t, "claimed after the lease", texts(reply), []string{"reply"})
	finish(t, s, m, store.Outcome{At: now})
	finish(t, s, reply[0], store.Outcome{At: now})
	same(t, "left", drain(t, s, now.Add(time.Hour)), nil)
}

func retryPostpones(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "first", At: when})
	enqueue(t, s, store.Message{To: chatAt(2), Text: "elsewhere", At: when})
	m := claim(t, s, when, 1)[0]
	until := when.Add(10 * time.Minute)
	finish(t, s, m, store.Outcome{At: when, Retry: until})
	enqueue(t, s, store.Message{To: chatAt(1), Text: "second", At: when})
	same(t, "meanwhile", drain(t, s, until.Add(-time.Microsecond)), []string{"elsewhere"})
	refuseFinish(t, s, store.Message{ID: m.ID, To: m.To, Attempts: 2}, store.Outcome{At: when})
	same(t, "afterwards", drain(t, s, until), []string{"first", "second"})
}

// waitsAhead has a chat wait, a row put off and another one queued for later in a year
// that was not: when the clock is right again none of them is held back. What is in
// flight stays so, and the longest waits that may be hold.
func waitsAhead(t *testing.T, s store.Store) {
	year := when.AddDate(1, 0, 0)
	for i, text := range []string{"asked to wait", "put off", "in flight"} {
		enqueue(t, s, store.Message{To: chatAt(i), Text: text, At: year})
	}
	claimed := claim(t, s, year, 3)
	finish(t, s, claimed[0], store.Outcome{At: year, Retry: year.Add(time.Minute)})
	finish(t, s, claimed[1], store.Outcome{At: year, Later: year.Add(time.Hour)})
	enqueue(t, s, store.Message{To: chatAt(3), Text: "for later", At: year, Due: year.Add(time.Hour)})
	same(t, "when the clock is right again", drain(t, s, when), []string{"asked to wait", "put off", "for later"})

	enqueue(t, s, store.Message{To: chatAt(0), Text: "an hour", At: when})
	finish(t, s, claim(t, s, when, 1)[0], store.Outcome{At: when, Retry: when.Add(store.MostRetry)})
	enqueue(t, s, store.Message{To: chatAt(1), Text: "a month", At: when, Due: when.Add(store.MostLater)})
	same(t, "a moment before the hour is over", drain(t, s, when.Add(store.MostRetry-time.Microsecond)), nil)
	same(t, "then", drain(t, s, when.Add(store.MostRetry)), []string{"an hour"})
	same(t, "in a month", drain(t, s, when.Add(store.MostLater)), []string{"a month"})
	finish(t, s, claimed[2], store.Outcome{At: when})
}

func attemptsCount(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Lane: store.DigestLane, Text: "x", At: when})
	now := when
	for want := 1; want <= 5; want++ {
		m := claim(t, s, now, 1)
		if len(m) != 1 || m[0].Attempts != want {
			t.Fatalf("claimed %+v, want attempt %d", m, want)
		}
		now = now.Add(leaseTime)
		if want%2 == 0 { // else the lease runs out
			finish(t, s, m[0], store.Outcome{At: now, Retry: now})
			enqueue(t, s, store.Message{To: chatAt(1), Text: "a reply between", At: now})
			reply := claim(t, s, now, 1)
			same(t, "claimed", texts(reply), []string{"a reply between"})
			finish(t, s, reply[0], store.Outcome{At: now})
		}
	}
}
