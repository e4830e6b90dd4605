package flows

import (
	"cmp"
	"errors"
	"slices"
	"unicode/utf8"

	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// answer takes the input as the answer to the open question.
func (w *walk) answer() error {
	st := w.f.Step(w.s.At)
	if done, err := w.control(st); done || err != nil {
		return err
	}

	if bad := w.repeated(st); bad != nil {
		return w.missed(bad)
	}
	if isFree(st) && marked(w.in.Text) {
		if done, err := w.obey(st); done || err != nil {
			return err
		}
	}
	if done, err := w.paste(st); done || err != nil {
		return err
	}

	begun := w.s.Partial
	r, bad, err := w.read(st)
	switch {
	case err != nil:
		return err
	case bad != nil:
		return w.unread(st, bad, begun)
	}

	w.s.Said = said(st, w.in)
	switch {
	case r.several:
		return w.narrow()
	case len(r.values) == 1 && !r.confirm && w.legacy == legacy.Unicode:
		return w.keep(st, r.values[0], "")
	}
	return w.doubtReading(st, r)
}

// doubtReading asks how a text is meant, and in the same question about what is
// odd in it.
func (w *walk) doubtReading(st *Step, r reading) error {
	d := store.Doubt{Kind: DoubtReading, Readings: r.values, Keys: []string{oneLine(cmp.Or(r.marked, w.in.Text))}}
	if len(r.values) == 1 && slices.Contains(st.Checks, DoubtOdd) {
		a := r.values[0]
		a.Field = st.Field
		odd, err := w.look.Doubt(DoubtOdd, &w.s, a)
		if err != nil {
			return err
		}
		if odd != nil {
			r.values[0].Odd = odd.Keys
		}
	}
	return w.doubt(d)
}

// unread takes what is no answer: a word for one of the buttons, or a miss.
// begun is the text that was begun before it.
func (w *walk) unread(st *Step, bad *answer.Invalid, begun string) error {
	if !isFree(st) {
		partial := w.s.Partial
		w.s.Partial = begun
		if done, err := w.obey(st); done || err != nil {
			return err
		}
		w.s.Partial = partial
	}
	if done, err := w.lead(st); done || err != nil {
		return err
	}
	return w.missed(bad)
}

// lead takes what is no choice as the answer to the question that a choice leads
// to, if it is one.
func (w *walk) lead(st *Step) (bool, error) {
	to := w.f.Step(st.Lead)
	if to == nil || w.in.Kind != TextInput {
		return false, nil
	}
	found, err := w.options(st, Ask{Limit: PageSize})
	if err != nil {
		return false, err
	}

	for _, o := range found.List {
		chosen := store.Answer{Field: st.Field, Keys: []string{o.Key}, Source: w.in.Message}
		sim := w.simulate()
		sim.place(chosen)
		if ok, err := sim.applies(to); err != nil {
			return false, err
		} else if !ok {
			continue
		}

		if _, bad, err := sim.read(to); bad != nil || err != nil {
			return false, err
		}
		if err := w.put(chosen); err != nil {
			return false, err
		}
		w.s.At = to.Field
		return true, w.answer()
	}
	return false, nil
}

// missed asks again and says what was wrong; after two misses it helps.
func (w *walk) missed(bad *answer.Invalid) error {
	w.s.Misses++
	return w.ask(bad)
}

// keep runs the checks after the one named and then stores the answer.
func (w *walk) keep(st *Step, a store.Answer, after string) error {
	a.Field = st.Field
	d, bad, err := w.check(st, a, after)
	switch {
	case err != nil:
		return err
	case bad != nil:
		return w.missed(bad)
	case d != nil:
		return w.doubt(*d)
	}
	if after == "" && utf8.RuneCountInString(a.Text) < st.Enough {
		w.s.Partial = a.Text // what is typed now goes on with it
		return w.doubt(store.Doubt{Kind: DoubtShort, Readings: []store.Answer{a}})
	}

	return w.accept(st, a)
}

// accept stores an answer and goes on.
func (w *walk) accept(st *Step, a store.Answer) error {
	w.settle(st, a)
	if err := w.put(a); err != nil {
		return err
	}
	return w.next()
}

// check returns what the checks of a step after the one named say against an
// answer: the first doubt of them, or why it cannot be.
func (w *walk) check(st *Step, a store.Answer, after string) (*store.Doubt, *answer.Invalid, error) {
	checks := st.Checks
	if i := slices.Index(checks, after); i >= 0 {
		checks = checks[i+1:]
	}

	for _, name := range checks {
		d, err := w.look.Doubt(name, &w.s, a)
		if bad, ok := errors.AsType[*answer.Invalid](err); ok {
			return nil, bad, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if d != nil {
			if name == DoubtOdd {
				a.Odd = d.Keys
			}
			d.Kind, d.Readings = name, []store.Answer{a}
			return d, nil, nil
		}
	}
	return nil, nil, nil
}

// put stores an answer, moves on the revision and reconciles the others.
func (w *walk) put(a store.Answer) error {
	was, answered := Find(&w.s, a.Field)
	if answered && alike(was, a) {
		a.Fixed = was.Fixed
	} else {
		a.Fixed = w.s.Returning || w.s.At == "" || slices.Contains(w.s.Again, a.Field)
		w.unsettle(a)
	}
	w.place(a)
	w.moved()
	return w.reconcile(a.Field)
}

func (w *walk) skip(st *Step) error {
	return w.accept(st, store.Answer{Field: st.Field, Skipped: true})
}

func (w *walk) later() error {
	w.turn.Outcome = Saved
	return nil
}
