package reporting

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// input is what an Input holds before anything that changes all day is read.
func (s *Setting) input(now time.Time) deadline.Input {
	return deadline.Input{
		Now: now, Calendar: s.Calendar, Quiet: Quiet(), Bound: Bound, Campaigns: s.Campaigns, Org: s.Org,
		People: map[store.PersonID]deadline.Person{},
	}
}

// wishes are what moves the reminders of a period.
type wishes struct {
	exceptions []store.Exception
	deferrals  []store.Deferral
}

func readWishes(r store.Reader, p store.PeriodID) (w wishes, err error) {
	if w.exceptions, err = r.Exceptions(p); err != nil {
		return w, err
	}
	w.deferrals, err = r.Deferrals(p)
	return w, err
}

// awake returns from when until when Plan may have something to do for a period of some
// units: from now on where a report on paper waits, told however early.
func (s *Setting) awake(r store.Reader, in deadline.Input, p Period, w wishes, units []store.Unit) (from, until time.Time, err error) {
	from, until = deadline.Awake(in, p.Period, w.exceptions, w.deferrals)
	if !in.Now.Before(from) {
		return from, until, nil
	}
	reports, err := readReports(r, p.ID, units)
	if slices.ContainsFunc(reports, store.Report.Unconfirmed) {
		from = in.Now
	}
	return from, until, err
}

// addPeriod reads a period that is awake into an Input.
func (s *Setting) addPeriod(r store.Reader, in *deadline.Input, p Period, w wishes, units []store.Unit) error {
	units, err := Listed(r, s.Calendar, p.Period, units)
	if err != nil {
		return err
	}
	reports, err := readReports(r, p.ID, units)
	if err != nil {
		return err
	}
	lines, err := r.Ledger(p.ID)
	if err != nil {
		return err
	}

	owed := deadline.Obligations(s.Org, units, p.Period, p.Of, reports, w.exceptions, s.Calendar, in.Now)
	in.Obligations = append(in.Obligations, owed...)
	in.Ledger = append(in.Ledger, lines...)
	in.Deferrals = append(in.Deferrals, w.deferrals...)
	return nil
}

// Ahead reads, in one transaction, what Preview of some units needs from now
// until an instant, of their models those in some fields; of all where none is named.
// Nobody is known in it: People is what the caller adds.
func (s *Setting) Ahead(r store.Reader, now, until time.Time, of *store.Subtree, fields ...string) (deadline.Input, error) {
	in := s.input(now)
	units := s.units(of)
	for _, p := range s.Periods(now, until) {
		in.Periods = append(in.Periods, p.Period)
		w, err := readWishes(r, p.ID)
		if err != nil {
			return in, err
		}
		from, to, err := s.awake(r, in, p, w, units)
		if err != nil {
			return in, err
		}
		if until.Before(from) || !now.Before(to) {
			continue
		}
		if err := s.addPeriod(r, &in, p, w, units); err != nil {
			return in, fmt.Errorf("read period %s: %w", p.ID, err)
		}
	}

	if err := s.addEndings(r, &in, until, of); err != nil {
		return in, err
	}
	return in, errors.Join(s.addChecks(r, &in, of, fields...), s.addTerms(r, &in, until, of, fields...))
}

// addTerms reads which unfinished models of some units end, so that somebody is
// to be told of it by an instant, and who was.
func (s *Setting) addTerms(r store.Reader, in *deadline.Input, until time.Time, of *store.Subtree, fields ...string) error {
	terms, err := r.Terms(deadline.TermsAt(s.Calendar, s.Calendar.Day(in.Now), s.Calendar.Day(until)))
	if err != nil {
		return fmt.Errorf("read which models end: %w", err)
	}
	in.Terms = slices.DeleteFunc(terms, func(t store.Term) bool { return !of.Has(t.Unit) })
	if in.Terms, err = termsIn(r, in.Terms, of, fields); err != nil {
		return err
	}
	for _, t := range in.Terms {
		for _, post := range s.Org.Officers(t.Unit) {
			if err := addSaid(r, in, deadline.End, post, deadline.TermSteps(t.To)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// termsIn keeps those of some terms that a model in one of some fields has.
func termsIn(r store.Reader, terms []store.Term, of *store.Subtree, fields []string) ([]store.Term, error) {
	if len(fields) == 0 || len(terms) == 0 {
		return terms, nil
	}
	heads, err := r.Heads(store.ModelQuery{In: of, Fields: fields, States: store.StatesThat(store.State.Unfinished)})
	if err != nil {
		return nil, err
	}

	have := map[store.Term]bool{}
	for _, h := range heads {
		m, err := r.Model(h.ID)
		if err != nil {
			return nil, err
		}
		have[store.Term{To: m.To, Unit: m.Unit}] = true
	}
	return slices.DeleteFunc(terms, func(t store.Term) bool { return !have[t] }), nil
}

// addSaid reads what the holder of a post and the deputy were told under a rule that
// has no periods.
func addSaid(r store.Reader, in *deadline.Input, rule string, post store.Post, steps ...string) error {
	for _, person := range []store.PersonID{post.Holder, post.Deputy} {
		if person == 0 {
			continue
		}
		for _, step := range steps {
			line, err := r.Sent(rule, "", person, step)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return fmt.Errorf("look whether person %d was told %s, %s: %w", person, rule, step, err)
			}
			in.Ledger = append(in.Ledger, line)
		}
	}
	return nil
}

// addEndings reads which periods are over by an instant and not frozen, for
// some units.
func (s *Setting) addEndings(r store.Reader, in *deadline.Input, until time.Time, of *store.Subtree) error {
	for _, c := range s.Campaigns {
		for _, p := range deadline.Ended(c, s.Calendar, in.Now, until) {
			_, err := r.Sent(deadline.Freeze, p.ID, 0, deadline.FrozenAll)
			if err == nil {
				continue
			}
			if !errors.Is(err, store.ErrNotFound) {
				return fmt.Errorf("look whether %s is frozen: %w", p.ID, err)
			}
			lines, err := r.LedgerOf(0, p.ID)
			if err != nil {
				return fmt.Errorf("read what of %s is frozen: %w", p.ID, err)
			}
			units := slices.DeleteFunc(deadline.Watched(s.Org, c), func(u store.UnitCode) bool { return !of.Has(u) })
			in.Ledger = append(in.Ledger, lines...)
			in.Endings = append(in.Endings, deadline.Ending{Period: p, Units: units})
		}
	}
	return nil
}

// addChecks reads which registrations of some units wait to be checked, by
// whom, and who was told of it today.
func (s *Setting) addChecks(r store.Reader, in *deadline.Input, of *store.Subtree, fields ...string) error {
	waiting, err := s.Waiting(r, of, fields...)
	if err != nil {
		return fmt.Errorf("read what waits to be checked: %w", err)
	}
	in.Waiting = waiting

	today := s.Calendar.Day(in.Now)
	looked := map[store.PostID]bool{}
	for _, w := range waiting {
		if looked[w.Post] {
			continue
		}
		looked[w.Post] = true

		post, _ := s.Org.Seat(w.Post)
		if err := addSaid(r, in, deadline.Check, post, deadline.CheckStep(today, w.Post)); err != nil {
			return err
		}
	}
	return nil
}

// Waiting reads the registrations of some units that wait to be checked, in some
// fields or in all, the oldest first, with who checks them and by when. What nobody checks, or no
// campaign is known for, waits for nobody.
func (s *Setting) Waiting(r store.Reader, of *store.Subtree, fields ...string) ([]deadline.Waiting, error) {
	var out []deadline.Waiting
	q := store.ModelQuery{In: of, Fields: fields, States: []store.State{store.Waiting}}
	err := EachUnchecked(r, s.Org, q, func(m store.Model, post store.Post) error {
		c, err := s.Campaign(m.Entries.First().Campaign)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		reviews, err := r.Reviews(m.ID)
		if err != nil {
			return err
		}
		out = append(out, deadline.Waiting{Model: m.ID, Unit: m.Unit, Post: post.ID, Due: deadline.CheckDue(c, m, reviews, s.Calendar)})
		return nil
	})
	return out, err
}

// EachUnchecked goes through the models that a query finds and that wait for a
// coordinator, the oldest first, with the post that checks each. What nobody
// checks is left out.
func EachUnchecked(r store.Reader, o *org.Org, q store.ModelQuery, take func(store.Model, store.Post) error) error {
	q.Unchecked = true
	heads, err := r.Heads(q)
	if err != nil {
		return err
	}

	hears := Hears(r)
	for _, h := range slices.Backward(heads) {
		m, err := r.Model(h.ID)
		if err != nil {
			return err
		}
		post, ok, err := o.Checker(m, hears)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := take(m, post); err != nil {
			return err
		}
	}
	return nil
}

// Hears returns what tells whether messages arrive at somebody, for
// org.Org.Checker. Each person is read once.
func Hears(r store.Reader) func(store.PersonID) (bool, error) {
	known := map[store.PersonID]bool{}
	return func(id store.PersonID) (bool, error) {
		if hears, ok := known[id]; ok {
			return hears, nil
		}
		p, err := r.Person(id)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
		known[id] = err == nil && p.Unreachable.IsZero()
		return known[id], nil
	}
}

// AddDigests adds to an Input what some people were told by digests.
func AddDigests(r store.Reader, in *deadline.Input, people ...store.PersonID) error {
	for _, id := range people {
		lines, err := r.LedgerOf(id, "")
		if err != nil {
			return fmt.Errorf("read the digests of person %d: %w", id, err)
		}
		in.Ledger = append(in.Ledger, lines...)
	}
	return nil
}

// Supervisors lists who watches units, or stands in for somebody who does.
func (s *Setting) Supervisors() []store.PersonID {
	seen := map[store.PersonID]bool{0: true}
	var out []store.PersonID
	for _, p := range s.Org.SeatsAs(store.Supervisor) {
		for _, id := range []store.PersonID{p.Holder, p.Deputy} {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}
