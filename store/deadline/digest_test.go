package deadline_test

import (
	"testing"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// digests ticks as tick does, for digests.
func digests(tb testing.TB, in *deadline.Input, now string) []string {
	tb.Helper()
	in.Now = at(tb, now)
	sends := deadline.PlanDigests(*in)
	for _, s := range sends {
		in.Ledger = append(in.Ledger, s.Lines...)
	}
	return said(sends)
}

func TestDigestTiming(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		timing store.Timing
		now    string
		want   []string
	}{
		{"Friday 16:00 when nothing was chosen", store.Timing{}, "2026-11-20 16:00", []string{"60: digest 2026-11-20/91 91 (0)"}},
		{"not a minute before", store.Timing{}, "2026-11-20 15:59", []string{"60: 2026-11-13/91 91 late"}},
		{"a Friday that is off: the Thursday before", store.Timing{}, "2026-04-29 16:00", []string{"60: digest 2026-04-29/91 91 (0)"}},
		{"a Friday before Tết", store.Timing{}, "2027-02-04 16:00", []string{"60: digest 2027-02-04/91 91 (0)"}},
		{"daily", store.Timing{Every: store.Daily, Hour: 8}, "2026-11-23 08:00", []string{"60: digest 2026-11-23/91 91 (0)"}},
		{"daily, on a Sunday: held", store.Timing{Every: store.Daily, Hour: 8}, "2026-11-22 08:00", nil},
		{"weekly on Monday", store.Timing{Day: 1, Hour: 9}, "2026-11-23 10:00", []string{"60: digest 2026-11-23/91 91 (0)"}},
		{"weekly on Sunday: the Friday before", store.Timing{Day: 7, Hour: 9}, "2026-11-20 10:00", []string{"60: digest 2026-11-20/91 91 (0)"}},
		{"monthly on the first", store.Timing{Every: store.Monthly}, "2026-12-01 16:00", []string{"60: digest 2026-12-01/91 91 (0)"}},
		{"monthly on the first of January: before the new year", store.Timing{Every: store.Monthly}, "2026-12-31 16:00", []string{"60: digest 2026-12-31/91 91 (0)"}},
		{"monthly on the 31st", store.Timing{Every: store.Monthly, Day: 31}, "2026-11-30 16:00", []string{"60: digest 2026-11-30/91 91 (0)"}},
		{"never", store.Timing{Every: store.Never}, "2026-11-20 16:00", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, "2026-11-01 08:00")
			in.Periods = nil
			post, _ := in.Org.Seat("91:supervisor")
			post.Digest = c.timing
			put(&in, post)
			wantSaid(t, digests(t, &in, c.now), c.want...)
			wantSaid(t, digests(t, &in, c.now))
		})
	}
}

// TestOneDigestForAHoliday: the digest of a Friday within Tết comes back to the
// day of the one before, which stands for both.
func TestOneDigestForAHoliday(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-02-01 08:00")
	in.Periods = nil
	post, _ := in.Org.Seat("91:supervisor")
	post.Since = time.Time{}
	put(&in, post)
	wantSaid(t, digests(t, &in, "2026-02-13 16:00"), "60: digest 2026-02-13/91 91 (0)")
	wantSaid(t, digests(t, &in, "2026-02-20 16:00"))
	wantSaid(t, digests(t, &in, "2026-02-23 16:00"))
	wantSaid(t, digests(t, &in, "2026-02-27 16:00"), "60: digest 2026-02-27/91 91 (0)")
}

func TestDigestOfAClosing(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-31 08:00")
	settle := func() { in.Ledger = said7and3(in)[3:] }
	settle()
	closed := func(at time.Time) { in.Periods[0].ClosedAt = at }
	wantSaid(t, digests(t, &in, "2027-01-04 10:00"))
	closed(at(t, "2027-01-04 10:00"))
	wantSaid(t, digests(t, &in, "2027-01-04 10:00"), "60: digest closed/91 91 (0)")
	wantSaid(t, digests(t, &in, "2027-01-04 10:01"))
	settle()
	closed(at(t, "2027-01-04 21:00")) // in the evening: tomorrow
	wantSaid(t, digests(t, &in, "2027-01-04 21:00"))
	wantSaid(t, digests(t, &in, "2027-01-05 07:00"), "60: digest closed/91 91 (0)")

	settle()
	put(&in, store.Post{ID: "40:supervisor", Unit: "40", Role: store.Supervisor, Holder: 61, Digest: store.Timing{Every: store.Daily, Hour: 20}})
	put(&in, store.Post{ID: "002:supervisor", Unit: "002", Role: store.Supervisor, Holder: 62, Digest: store.Timing{Every: store.Daily, Hour: 20}})
	put(&in, store.Post{ID: ":supervisor", Role: store.Supervisor, Holder: 63, Digest: store.Timing{Every: store.Daily, Hour: 20}})
	in.Quiet = deadline.Quiet{}
	closed(at(t, "2027-01-04 08:00"))
	wantSaid(t, digests(t, &in, "2027-01-04 08:00"), // not of another province's campaign, nor the country's supervisor of a province's
		"60: digest closed/91 91 (0)", "61: digest 2026-12-31/40 40 (0)", "62: digest 2026-12-31/002 002 (0)", "62: digest closed/002 002 (0)",
		"63: digest 2026-12-31/  (0)")
}

// TestOneDigestOfPeriodsClosedTogether wants one message about the longer of two
// periods, and a line for each.
func TestOneDigestOfPeriodsClosedTogether(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-04 09:00")
	year := in.Periods[0]
	year.ID, year.Kind, year.From = "dvk/year/2026-12-31", store.FullYear, day(t, "2026-01-01")
	in.Periods = append(in.Periods, year)
	for i := range in.Periods {
		in.Periods[i].ClosedAt = at(t, "2027-01-04 10:00")
	}
	in.Ledger = said7and3(in)[3:]

	in.Now = at(t, "2027-01-04 10:00")
	sends := deadline.PlanDigests(in)
	wantSaid(t, said(sends), "60: digest closed/91 91 (0)", "60: closed/91 91 collapsed")
	if sends[0].Items[0].Period != year.ID {
		t.Errorf("it is about %s", sends[0].Items[0].Period)
	}
	in.Ledger = append(in.Ledger, sends[0].Lines...)
	wantSaid(t, digests(t, &in, "2027-01-04 10:01"))
}

func TestDigestRecipients(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-11-01 08:00")
	in.Periods = nil
	change := func(f func(*store.Post)) {
		post, _ := in.Org.Seat("91:supervisor")
		f(&post)
		put(&in, post)
		in.Ledger = nil
	}
	in.People[supervisor] = deadline.Person{Unreachable: true}
	wantSaid(t, digests(t, &in, "2026-11-20 16:00"), "60: 2026-11-20/91 91 unreachable")
	change(func(p *store.Post) { p.Deputy = deputy })
	wantSaid(t, digests(t, &in, "2026-11-20 16:01"), "9: digest 2026-11-20/91 91 (0)")
	change(func(p *store.Post) { p.Deputy, p.Since = 0, at(t, "2026-11-20 16:01") })
	in.People[supervisor] = deadline.Person{}
	wantSaid(t, digests(t, &in, "2026-11-20 16:02")) // it came before the post was theirs
	change(func(p *store.Post) { p.Holder = 0 })
	wantSaid(t, digests(t, &in, "2026-11-27 16:00"))
	change(func(p *store.Post) { p.Holder = supervisor })
	in.People[supervisor] = deadline.Person{Touched: at(t, "2026-11-27 15:50")}
	wantSaid(t, digests(t, &in, "2026-11-27 16:04"))
	wantSaid(t, digests(t, &in, "2026-11-27 16:05"), "60: digest 2026-11-27/91 91 (0)")
}
