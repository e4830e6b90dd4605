package deadline_test

import (
	"testing"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// waiting is a house in which three registrations wait for the coordinator, two
// of them due on Friday 27/11/2026.
func waiting(tb testing.TB) deadline.Input {
	tb.Helper()
	in := house(tb, "2026-11-20 08:00")
	in.Periods, in.Obligations = nil, nil
	friday, monday := day(tb, "2026-11-27"), day(tb, "2026-11-30")
	in.Waiting = []deadline.Waiting{
		{Model: 1, Unit: "001", Post: "91:coordinator", Due: monday}, {Model: 2, Unit: "002", Post: "91:coordinator", Due: friday},
		{Model: 3, Unit: "001", Post: "91:coordinator", Due: friday},
	}
	return in
}

func TestChecks(t *testing.T) {
	t.Parallel()
	in := waiting(t)
	friday := []string{"50: check 2026-11-27/91:coordinator 001 (0)", "50: check 2026-11-27/91:coordinator 002 (0)"}
	wantSaid(t, tick(t, &in, "2026-11-26 09:00"))
	wantSaid(t, tick(t, &in, "2026-11-27 07:59"))
	wantSaid(t, tick(t, &in, "2026-11-27 08:00"), friday...)
	wantSaid(t, tick(t, &in, "2026-11-27 16:00"))
	wantSaid(t, tick(t, &in, "2026-11-28 09:00")) // a Saturday
	in.Waiting = in.Waiting[:2]
	wantSaid(t, tick(t, &in, "2026-11-30 10:00"),
		"50: check 2026-11-30/91:coordinator 002 (-1)", "50: check 2026-11-30/91:coordinator 001 (0)")
	wantSaid(t, tick(t, &in, "2026-12-01 17:00"))
	in.Waiting = nil
	wantSaid(t, tick(t, &in, "2026-12-02 08:00"))
}

// TestChecksInTheLedger wants one line for a day and a post, whatever it is for.
func TestChecksInTheLedger(t *testing.T) {
	t.Parallel()
	in := waiting(t)
	in.Now = at(t, "2026-11-27 08:00")
	sends := deadline.Plan(in)
	if len(sends) != 1 || len(sends[0].Lines) != 1 {
		t.Fatalf("%+v", sends)
	}
	line := sends[0].Lines[0]
	if line.Rule != deadline.Check || line.Period != "" || line.Person != coordinator || !line.Due.Equal(in.Now) || len(line.Units) != 2 ||
		line.Step != deadline.CheckStep(day(t, "2026-11-27"), "91:coordinator") {
		t.Errorf("the line is %+v", line)
	}
	if m := sends[0].Matters(); len(m) != 2 || m[0].Rule != deadline.Check || m[0].Post != "91:coordinator" {
		t.Errorf("the message is about %+v", m)
	}
}

func TestWhoIsToldOfChecks(t *testing.T) {
	t.Parallel()
	in := waiting(t)
	in.Waiting = in.Waiting[1:2]
	change := func(f func(*store.Post)) {
		post, _ := in.Org.Seat("91:coordinator")
		f(&post)
		put(&in, post)
	}
	in.People[coordinator] = deadline.Person{Touched: at(t, "2026-11-27 07:50")}
	wantSaid(t, tick(t, &in, "2026-11-27 08:04")) // in the middle of a form
	wantSaid(t, tick(t, &in, "2026-11-27 08:05"), "50: check 2026-11-27/91:coordinator 002 (0)")
	change(func(p *store.Post) { p.Deputy, p.DeputyUntil = deputy, at(t, "2026-12-01 00:00") })
	wantSaid(t, tick(t, &in, "2026-11-27 09:00")) // the holder was told
	wantSaid(t, tick(t, &in, "2026-11-30 09:00"), "9: check 2026-11-30/91:coordinator 002 (-1)")

	in.People[coordinator] = deadline.Person{Unreachable: true}
	wantSaid(t, tick(t, &in, "2026-12-01 09:00"), "50: 2026-12-01/91:coordinator 002 unreachable")
	wantSaid(t, tick(t, &in, "2026-12-01 09:01"))
	change(func(p *store.Post) { p.Holder, p.Since = 70, at(t, "2026-12-01 10:00") })
	wantSaid(t, tick(t, &in, "2026-12-01 10:00"), "70: check 2026-12-01/91:coordinator 002 (-2)")
	change(func(p *store.Post) { p.Holder = 0 })
	wantSaid(t, tick(t, &in, "2026-12-02 10:00"))
	in.Waiting[0].Post = "40:coordinator"
	wantSaid(t, tick(t, &in, "2026-12-02 10:00"))
}

func TestQuietHoursOfChecks(t *testing.T) {
	t.Parallel()
	in := waiting(t)
	in.Quiet = deadline.Quiet{From: 20, To: 10}
	wantSaid(t, tick(t, &in, "2026-11-27 09:59"))
	wantSaid(t, tick(t, &in, "2026-11-27 10:00"), "50: check 2026-11-27/91:coordinator 001 (0)", "50: check 2026-11-27/91:coordinator 002 (0)")
}

func TestPreviewOfChecks(t *testing.T) {
	t.Parallel()
	in := waiting(t)
	post, _ := in.Org.Seat("91:supervisor")
	post.Digest.Every = store.Never
	put(&in, post)
	in.Now = at(t, "2026-11-26 12:00")
	wantSaid(t, timed(deadline.Preview(in, at(t, "2026-12-01 07:00"))),
		"27/11 08:00 50: check 2026-11-27/91:coordinator 001 (0)",
		"27/11 08:00 50: check 2026-11-27/91:coordinator 002 (0)",
		"30/11 08:00 50: check 2026-11-30/91:coordinator 001 (-1)",
		"30/11 08:00 50: check 2026-11-30/91:coordinator 002 (-1)",
	)
}

func TestCheckDue(t *testing.T) {
	t.Parallel()
	m := store.Model{RegisteredAt: at(t, "2026-11-20 23:30")}
	back := []store.Review{
		{Verdict: store.ReturnVerdict, At: at(t, "2026-11-23 09:00")}, {Verdict: store.ResubmitVerdict, At: at(t, "2026-11-25 09:00")},
		{Verdict: store.ReturnVerdict, At: at(t, "2026-11-26 09:00")},
	}
	for _, c := range []struct {
		days    int
		reviews []store.Review
		want    string
	}{{0, nil, "2026-12-02"}, {2, nil, "2026-11-25"}, {2, back, "2026-11-27"}, {2, back[:1], "2026-11-25"}} { // the 24th is off
		if got := deadline.CheckDue(store.Campaign{CheckDays: c.days}, m, c.reviews, calendar(t)); got != day(t, c.want) {
			t.Errorf("%d working days after %d reviews: %s, want %s", c.days, len(c.reviews), got, c.want)
		}
	}
	utc := store.Model{RegisteredAt: at(t, "2026-11-20 00:30").In(time.UTC)}
	if got := deadline.CheckDue(store.Campaign{CheckDays: 1}, utc, nil, calendar(t)); got != day(t, "2026-11-23") {
		t.Errorf("the day after Friday begins is %s", got)
	}
}
