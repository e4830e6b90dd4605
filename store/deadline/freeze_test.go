package deadline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// frozen ticks as tick does, for freezing; it says the steps of each Send.
func frozen(tb testing.TB, in *deadline.Input, now string) []string {
	tb.Helper()
	in.Now = at(tb, now)
	var out []string
	for _, s := range deadline.PlanFreezes(*in) {
		var steps []string
		for _, l := range s.Lines {
			steps = append(steps, l.Step)
			if l.Rule != deadline.Freeze || l.Person != 0 || !l.At.Equal(in.Now) || !l.Due.Equal(at(tb, "2027-01-15 17:00")) {
				tb.Errorf("the line %+v", l)
			}
		}
		unit := store.UnitCode(strings.TrimPrefix(s.Lines[0].Step, "unit/"))
		if len(s.Items) > 0 || s.Person != 0 || !slices.Equal(s.Lines[0].Units, []store.UnitCode{unit}) {
			tb.Errorf("the Send %+v", s)
		}
		in.Ledger = append(in.Ledger, s.Lines...)
		out = append(out, strings.Join(steps, "+"))
	}
	return out
}

func TestFreezes(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-01 08:00")
	in.Endings = []deadline.Ending{{Period: in.Periods[0], Units: []store.UnitCode{"", "91"}}}
	wantSaid(t, frozen(t, &in, "2027-01-15 16:59"))
	wantSaid(t, frozen(t, &in, "2027-01-15 17:00"), "unit/", "unit/91+all")
	wantSaid(t, frozen(t, &in, "2027-01-15 17:01"))

	in.Ledger = in.Ledger[:1] // it ended in between
	wantSaid(t, frozen(t, &in, "2027-02-01 08:00"), "unit/91+all")

	var many []store.UnitCode
	for i := range 120 {
		many = append(many, store.UnitCode(fmt.Sprintf("%03d", i)))
	}
	in.Ledger, in.Endings[0].Units = nil, many
	for i, want := range []int{50, 50, 20, 0} {
		if got := frozen(t, &in, "2027-01-15 17:00"); len(got) != want || want == 20 && got[19] != "unit/119+all" {
			t.Errorf("tick %d freezes %v, want %d", i, got, want)
		}
	}
}

func TestPreviewOfFreezing(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-15 12:00")
	in.Endings, in.Obligations = []deadline.Ending{{Period: in.Periods[0], Units: []store.UnitCode{"001", "91"}}}, nil
	in.Periods = nil
	sends := deadline.Preview(in, at(t, "2027-01-16 12:00"))
	sends = slices.DeleteFunc(sends, func(s deadline.Send) bool { return s.Lines[0].Rule != deadline.Freeze })
	if len(sends) != 1 || !sends[0].At.Equal(at(t, "2027-01-15 17:00")) || len(sends[0].Lines) != 1 {
		t.Fatalf("%+v", sends)
	}
	if l := sends[0].Lines[0]; l.Step != deadline.FrozenAll || !slices.Equal(l.Units, []store.UnitCode{"001", "91"}) {
		t.Errorf("the line is %+v", l)
	}
}

func TestEnded(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	ended := func(from, until string) int {
		all := deadline.Ended(plan, calendar(t), at(t, from), at(t, until))
		return len(slices.DeleteFunc(all, func(q store.Period) bool { return q.ID != p.ID }))
	}
	for _, c := range []struct {
		from, until string
		want        int
	}{
		{"2027-01-15 16:59", "2027-01-15 16:59", 0}, {"2027-01-15 17:00", "2027-01-15 17:00", 1}, {"2027-04-17 17:00", "2027-04-17 17:00", 1},
		{"2027-04-17 17:01", "2027-04-17 17:01", 0}, {"2026-12-20 12:00", "2027-01-20 12:00", 1},
	} {
		if got := ended(c.from, c.until); got != c.want {
			t.Errorf("from %s until %s %d ended, want %d", c.from, c.until, got, c.want)
		}
	}
}

func TestWatched(t *testing.T) {
	t.Parallel()
	post := func(unit store.UnitCode, role store.Role) store.Post {
		return store.Post{ID: store.MakePostID(unit, role), Unit: unit, Role: role}
	}
	o := org.New([]store.Unit{
		{Code: "9"}, {Code: "91", Parent: "9"}, {Code: "911", Parent: "91"}, {Code: "912", Parent: "91"}, {Code: "92", Parent: "9"},
	}, []store.Post{
		post("911", store.Coordinator), post("911", store.Supervisor), post("912", store.Officer), post("92", store.Supervisor),
		post("9", store.Supervisor), post("", store.Supervisor),
	})
	if got := deadline.Watched(o, store.Campaign{Unit: "91"}); !slices.Equal(got, []store.UnitCode{"", "9", "91", "911"}) {
		t.Errorf("watched are %q", got)
	}
}
