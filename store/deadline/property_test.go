package deadline_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/deadline"
)

// TestNobodyIsDisturbed lets everything happen that can, with ticks that come
// when they like and crashes between planning and writing, and holds each Send
// against the rules.
func TestNobodyIsDisturbed(t *testing.T) {
	t.Parallel()
	all := units91(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, all, false)
		w.Now = w.Periods[0].Due.Add(-9 * 24 * time.Hour)
		told := map[string]bool{}
		for range 60 {
			w.Now = w.Now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
			w.happen(t)
			w.oblige()
			sends := append(deadline.Plan(w.Input), deadline.PlanDigests(w.Input)...)
			written := rapid.IntRange(0, len(sends)).Draw(t, "written before the crash")
			for _, s := range sends[:written] {
				w.write(t, s)
				if len(s.Items) > 0 {
					w.checkMessage(t, s, told)
				}
			}
		}
	})
}

// checkMessage holds a message against the rules.
func (w *world) checkMessage(t *rapid.T, s deadline.Send, told map[string]bool) {
	hour := w.Now.Hour()
	quiet := w.Quiet.From <= hour && hour < w.Quiet.To
	if w.Quiet.From > w.Quiet.To {
		quiet = hour >= w.Quiet.From || hour < w.Quiet.To
	}
	if quiet || !w.Calendar.Working(w.Calendar.Day(w.Now)) {
		t.Fatalf("disturbed at %s, quiet from %d to %d", w.Now, w.Quiet.From, w.Quiet.To)
	}
	if p := w.People[s.Person]; s.Person == 0 || p.Unreachable || w.Now.Sub(p.Touched) < 15*time.Minute {
		t.Fatalf("%s: wrote to %d, who is %+v", w.Now, s.Person, p)
	}
	if !slices.ContainsFunc(s.Lines, func(l store.Sent) bool { return l.Skipped == "" }) {
		t.Fatalf("a message without a line: %+v", s)
	}
	for _, l := range s.Lines {
		if l.Skipped == "" && !w.Now.Before(w.Calendar.WorkingAfter(l.Due, w.Bound)) {
			t.Fatalf("%s: too late for %+v", w.Now, l)
		}
	}
	for _, i := range s.Items {
		w.checkItem(t, s.Person, i, told)
	}
}

func (w *world) checkItem(t *rapid.T, person store.PersonID, i deadline.Item, told map[string]bool) {
	if i.Rule == deadline.Digest {
		return
	}
	at := slices.IndexFunc(w.Obligations, func(o deadline.Obligation) bool { return o.Unit == i.Unit && o.Period.ID == i.Period })
	if s := w.Obligations[at].State; s != deadline.Owed && s != deadline.Missing {
		t.Fatalf("%s: nagged about %s, which is %s", w.Now, i.Unit, s)
	}
	if i.Paper && i.Rule != deadline.Escalate && i.Rule != deadline.Confirm {
		t.Fatalf("%s: nagged about %s, which is on paper", w.Now, i.Unit)
	}
	step := i.Step
	if i.Rule == deadline.Vacant || i.Rule == deadline.Unreachable {
		step = "once"
	}
	// A wish to be reminded later is one person's.
	key := fmt.Sprint(i.Rule, "|", i.Period, "|", i.Unit, "|", step)
	if told[key] {
		t.Fatalf("%s: told %d of %s again", w.Now, person, key)
	}
	told[key] = true
	if i.Rule == deadline.Remind {
		for _, d := range slices.Backward(w.Deferrals) {
			if d.Person == person && d.Period == i.Period {
				if w.Now.Before(d.Until) {
					t.Fatalf("%s: reminded %d, who said %+v", w.Now, person, d)
				}
				break
			}
		}
	}
}

// TestEveryRungOnce ticks at odd times with long gaps and wants each rung of
// each unit in the ledger once: sent at the first tick at which it could be, or
// collapsed into a later one of the same message, or skipped because no such
// tick came.
func TestEveryRungOnce(t *testing.T) {
	t.Parallel()
	all := units91(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, all, true)
		w.Now = w.Periods[0].Due.Add(-15 * 24 * time.Hour)
		var ticks []time.Time
		for w.Now.Before(w.Periods[0].Due.Add(20 * 24 * time.Hour)) {
			w.Now = w.Now.Add(time.Duration(rapid.OneOf(rapid.IntRange(1, 300), rapid.IntRange(1, 5000)).Draw(t, "minutes")) * time.Minute)
			ticks = append(ticks, w.Now)
			w.oblige()
			sends := deadline.Plan(w.Input)
			if len(sends) > 0 && rapid.IntRange(0, 3).Draw(t, "crash") == 0 {
				ticks = ticks[:len(ticks)-1] // as if there had been none
				continue
			}
			for _, s := range sends {
				w.write(t, s)
			}
		}
		for _, p := range w.Periods {
			for i := range w.Campaigns[0].Ladder {
				w.checkRung(t, p, i, ticks)
			}
		}
	})
}

// struck returns when a rung strikes and how long it is of use, or false when
// it never does.
func (w *world) struck(p store.Period, r store.Rung) (at, until time.Time, ok bool) {
	at = w.Calendar.At(w.Calendar.AddWorking(w.Calendar.Day(p.Due), r.Days), r.Hour)
	until = w.Calendar.WorkingAfter(at, w.Bound)
	limit := p.Due
	if !at.Before(p.Due) {
		limit = p.Locked
	}
	if limit.Before(until) {
		until = limit
	}
	return at, until, at.Before(limit) && !at.Before(w.Calendar.At(p.From, 0))
}

func (w *world) checkRung(t *rapid.T, p store.Period, i int, ticks []time.Time) {
	ladder := w.Campaigns[0].Ladder
	at, until, ok := w.struck(p, ladder[i])
	if !ok {
		return
	}
	want := "late or quiet"
	var when time.Time
	for _, tick := range ticks {
		if tick.Before(at) || !tick.Before(until) || !w.open(tick) {
			continue
		}
		want, when = "", tick
		for _, other := range ladder {
			if a, u, ok := w.struck(p, other); ok && a.After(at) && !a.After(tick) && tick.Before(u) {
				want = deadline.SkipCollapsed
			}
		}
		break
	}
	for _, unit := range []store.UnitCode{"001", "002", "005"} {
		var lines []store.Sent
		for _, l := range w.Ledger {
			if l.Rule == deadline.Remind && l.Period == p.ID && l.Due.Equal(at) && slices.Contains(l.Units, unit) {
				lines = append(lines, l)
			}
		}
		switch {
		case len(lines) != 1:
			t.Fatalf("rung %+v of %s for %s is %d lines: %+v", ladder[i], p.ID, unit, len(lines), lines)
		case want == "late or quiet" && lines[0].Skipped != deadline.SkipLate && lines[0].Skipped != deadline.SkipQuiet,
			want != "late or quiet" && (lines[0].Skipped != want || !lines[0].At.Equal(when)):
			t.Fatalf("rung %+v of %s for %s: wanted %q at %s, got %+v", ladder[i], p.ID, unit, want, when, lines[0])
		}
	}
}

// open reports whether somebody may be disturbed, in words of its own.
func (w *world) open(t time.Time) bool {
	for hour := range 24 {
		if quiet := (w.Quiet.From + hour) % 24; quiet == w.Quiet.To {
			break
		} else if quiet == t.Hour() {
			return false
		}
	}
	return w.Calendar.Working(w.Calendar.Day(t))
}

// TestPreviewComesTrue wants what Preview says to be what ticks then do, when
// nothing changes. Everything drawn falls on five minutes, so ticks of five
// minutes are as good as every minute.
func TestPreviewComesTrue(t *testing.T) {
	t.Parallel()
	all := units91(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, all, false)
		w.Now = w.drawTime(t)
		for range rapid.IntRange(0, 5).Draw(t, "events") {
			w.happen(t)
		}
		w.oblige()
		until := w.Now.Add(2 * 24 * time.Hour)
		preview := deadline.Preview(w.Input, until)
		if again := deadline.Preview(w.Input, until); !cmp.Equal(preview, again) {
			t.Fatal("a second preview differs", cmp.Diff(preview, again))
		}
		var happened []deadline.Send
		for ; !w.Now.After(until); w.Now = w.Now.Add(5 * time.Minute) {
			sends := append(deadline.Plan(w.Input), deadline.PlanDigests(w.Input)...)
			for _, s := range sends {
				w.write(t, s)
			}
			happened = append(happened, sends...)
		}
		if diff := cmp.Diff(happened, preview); diff != "" {
			t.Fatalf("from %s: %s", w.Now, diff)
		}
	})
}
