package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/store"
)

var errDead = errors.New("the process is dead")

// mortal is a store whose process dies at a transaction: before it, or after it
// was written but before anybody heard so.
type mortal struct {
	store.Store
	left  int // transactions until then; negative: never
	after bool
}

func (m *mortal) View(ctx context.Context, fn func(store.Reader) error) error {
	if m.left == 0 {
		return errDead
	}
	m.left--
	return m.Store.View(ctx, fn)
}

func (m *mortal) Update(ctx context.Context, fn func(store.Tx) error) error {
	switch {
	case m.left == 0:
		return errDead
	case m.left == 1 && m.after:
		m.left = 0
		return errors.Join(errDead, m.Store.Update(ctx, fn))
	}
	m.left--
	return m.Store.Update(ctx, fn)
}

// story is a world whose process dies now and then, and what everybody was
// told in it.
type story struct {
	*world
	rt   *rapid.T
	life *mortal
	told map[string]int // by rule, period, step and unit; a digest by its key
}

// tick lets the clock strike. The process may die at any of its transactions;
// then another one ticks a little later.
func (s *story) tick(dies int, after bool) {
	s.life.left, s.life.after = dies, after
	err := s.clock.Tick(s.rt.Context(), s.now)
	if dead := s.life.left == 0; dead || errors.Is(err, errDead) {
		s.restart()
		s.now = s.now.Add(time.Minute)
		err = s.clock.Tick(s.rt.Context(), s.now)
	}
	if err != nil {
		s.rt.Fatalf("%s: %v", s.now, err)
	}
	s.life.left = -1
}

// deliver counts what reaches people, and wants it to be still so.
func (s *story) deliver() {
	reported := map[store.UnitCode]bool{}
	s.update(func(tx store.Tx) error {
		all, err := tx.Reports(period)
		for _, r := range all {
			reported[r.Unit] = r.WithdrawnAt.IsZero()
		}
		return err
	})
	for person, list := range s.sent() {
		for _, m := range list {
			if len(m.About) == 0 {
				s.count(person, m.Key)
			}
			for _, x := range m.About {
				s.count(person, fmt.Sprint(x.Rule, x.Period, x.Step, x.Unit))
				if reported[x.Unit] {
					s.rt.Fatalf("%s: person %d is reminded of %s, which has reported: %+v\n%s", s.now, person, x.Unit, m.About, m.Text)
				}
			}
		}
	}
}

func (s *story) count(person store.PersonID, what string) {
	if s.told[what]++; s.told[what] > 1 {
		s.rt.Fatalf("%s: person %d is told %q again", s.now, person, what)
	}
}

// happen does what people do.
func (s *story) happen(what string, unit store.UnitCode) {
	s.update(func(tx store.Tx) error {
		post, err := tx.Post(store.MakePostID(unit, store.Officer))
		if err != nil {
			return err
		}
		r, err := tx.Report(unit, period)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		r.Unit, r.Period = unit, period
		switch what {
		case "report":
			r.SubmittedAt, r.WithdrawnAt = s.now, time.Time{}
			_, err = tx.PutReport(r)
		case "withdraw":
			if r.WithdrawnAt = s.now; r.Revision > 0 {
				_, err = tx.PutReport(r)
			}
		case "later":
			return tx.PutDeferral(store.Deferral{Person: post.Holder, Period: period, Until: s.now.Add(20 * time.Hour), At: s.now})
		case "hand over":
			post.Holder, post.Since = post.Holder%3+1, s.now
			return tx.PutPost(post)
		case "deputy":
			post.Deputy, post.DeputyUntil = 4, s.now.Add(50*time.Hour)
			return tx.PutPost(post)
		case "block":
			p, err := tx.Person(post.Holder)
			p.Unreachable = s.now
			return errors.Join(err, tx.PutPerson(p))
		}
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
}

// TestNeverTwice lets the process die between any two transactions, in a period
// in which people report, take back, put off, hand over and block. Nobody is
// told anything twice, nobody is reminded who has reported, and each line of the
// ledger that says so was delivered.
func TestNeverTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := &story{rt: rt, told: map[string]int{}}
		s.world = newMortalWorld(t, s)
		defer mustClose(t, s.file)
		s.watch()
		s.at("2026-12-04 12:00")
		for end := s.now.AddDate(0, 0, 18); s.now.Before(end); {
			s.now = s.now.Add(time.Duration(rapid.IntRange(30, 3000).Draw(rt, "minutes")) * time.Minute)
			if rapid.Bool().Draw(rt, "something happens") {
				s.happen(rapid.SampledFrom([]string{"report", "withdraw", "later", "hand over", "deputy", "block"}).Draw(rt, "what"),
					rapid.SampledFrom(communes).Draw(rt, "unit"))
			}
			s.tick(rapid.IntRange(-1, 25).Draw(rt, "dies at"), rapid.Bool().Draw(rt, "after"))
			if rapid.Bool().Draw(rt, "delivers") {
				s.deliver()
			}
		}
		s.deliver()
		s.reconcile()
	})
}

// newMortalWorld is a world whose store is mortal.
func newMortalWorld(t *testing.T, s *story) *world {
	w := newWorld(t)
	must(t, w.file.Close())
	w.front = func(file store.Store) store.Store {
		s.life = &mortal{Store: file, left: -1}
		return s.life
	}
	w.open()
	return w
}

// reconcile wants what the ledger says was sent to have been delivered.
func (s *story) reconcile() {
	s.update(func(tx store.Tx) error {
		for _, p := range []store.PeriodID{"", period} {
			lines, err := tx.Ledger(p)
			if err != nil {
				return err
			}
			for _, l := range lines {
				key := fmt.Sprintf("%s|%s|%d|%s", l.Rule, l.Period, l.Person, l.Step)
				if l.Rule == "freeze" || l.Skipped != "" {
					continue
				}
				if l.Rule == "digest" {
					if s.told[key] != 1 {
						s.rt.Fatalf("the digest %s was delivered %d times", key, s.told[key])
					}
					continue
				}
				// A unit of the line may have been told of by a later step in
				// the same message, but not all of them.
				if !slices.ContainsFunc(l.Units, func(u store.UnitCode) bool { return s.told[fmt.Sprint(l.Rule, l.Period, l.Step, u)] == 1 }) {
					s.rt.Fatalf("the line %+v was not delivered", l)
				}
			}
		}
		return nil
	})
}
