package flows

import (
	"slices"

	"danvan/store"
)

// applies reports whether a step is to be answered, given the answers so far.
func (w *walk) applies(st *Step) (bool, error) {
	if !hold(st.When, &w.s) {
		return false, nil
	}
	if st.If == "" {
		return true, nil
	}
	return w.look.Holds(st.If, &w.s)
}

// fits reports whether an answer is one that a step takes.
func (w *walk) fits(st *Step, a store.Answer) (bool, error) {
	if st == nil {
		return false, nil
	}
	if a.Skipped {
		return st.Optional, nil
	}

	switch st.Kind {
	case Text, LongText, Place:
		return a.Text != "" && len(a.Keys) == 0 && size(st, a.Text) == nil, nil

	case Choice, Many:
		if len(a.Keys) == 0 || st.Kind == Choice && len(a.Keys) > 1 {
			return false, nil
		}
		return w.offered(st, a.Keys)

	case Money:
		return len(a.Money) > 0, nil
	case Quantity:
		return len(a.Amounts) > 0, nil
	case Day:
		return a.From.Valid(), nil
	case Span:
		return a.From.Valid() && a.To.Valid(), nil

	case Phone, Contact:
		return a.Phone != "", nil
	case Files:
		return len(a.Evidence) <= st.Max, nil
	}
	return false, nil
}

// reconcile brings the answers in line after the answer to changed has: those
// that no longer apply are put aside, those that apply again come back, and
// what is known is filled in.
func (w *walk) reconcile(changed string) error {
	for range len(w.f.Steps) {
		moved, err := w.reconcileOnce(changed)
		if err != nil {
			return err
		}
		if moved == "" {
			return w.prefill()
		}
		changed = moved
	}
	return w.prefill()
}

// reconcileOnce moves one answer at most and returns its field.
func (w *walk) reconcileOnce(changed string) (string, error) {
	for i, a := range w.s.Answers {
		ok, err := w.stands(a, changed)
		if err != nil {
			return "", err
		}
		if !ok {
			w.s.Answers = slices.Delete(w.s.Answers, i, i+1)
			w.aside(a)
			return a.Field, nil
		}
	}

	for i, a := range w.s.Aside {
		if _, answered := Find(&w.s, a.Field); answered || a.Field == changed {
			continue
		}
		ok, err := w.stands(a, "")
		if err == nil && ok {
			ok, err = w.fits(w.f.Step(a.Field), a)
		}
		if err != nil {
			return "", err
		}

		if ok {
			w.s.Aside = slices.Delete(w.s.Aside, i, i+1)
			w.place(a)
			return a.Field, nil
		}
	}
	return "", nil
}

func (w *walk) aside(a store.Answer) {
	w.s.Aside = slices.DeleteFunc(w.s.Aside, func(b store.Answer) bool { return b.Field == a.Field })
	w.s.Aside = append(w.s.Aside, a)
}

// stands reports whether an answer still holds. Its choices are looked up again
// only when what they depend on has changed.
func (w *walk) stands(a store.Answer, changed string) (bool, error) {
	st := w.f.Step(a.Field)
	if st == nil {
		return false, nil
	}
	ok, err := w.applies(st)
	if !ok || err != nil {
		return false, err
	}
	if a.Skipped || !w.hangs(st, changed) {
		return true, nil
	}
	return w.offered(st, a.Keys)
}

// hangs reports whether a step's choices depend on a field, be it by way of another.
func (w *walk) hangs(st *Step, field string) bool {
	return st.On != "" && (st.On == field || w.hangs(w.f.Step(st.On), field))
}

// prefill answers, without asking, what is known.
func (w *walk) prefill() error {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if st.Prefill == "" && (st.From == "" || Key(&w.s, st.From) == "") {
			continue
		}
		if _, done := Find(&w.s, st.Field); done {
			continue
		}

		ok, err := w.applies(st)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}

		name := st.Prefill
		if st.From != "" {
			name = st.From + "." + st.Field
		}
		a, ok, err := w.look.Default(name, &w.s)
		if err != nil {
			return err
		}
		if ok {
			a.Field, a.Given = st.Field, true
			w.s.Answers = append(w.s.Answers, a) // not by place: what is to be asked again still is
		}
	}
	return nil
}

// next goes to the first question that is not answered, or to the review
// card, or submits.
func (w *walk) next() error {
	if len(w.f.Quick) > 0 && hold(w.f.Quick, &w.s) {
		return w.submit()
	}

	st, err := w.unanswered()
	if err != nil {
		return err
	}
	if st != nil {
		w.s.At = st.Field
		return w.open()
	}

	w.s.At, w.s.Returning, w.s.Detail = "", false, false
	if w.f.Plain {
		return w.submit()
	}
	return w.open()
}

// unanswered returns the next step to ask, or nil.
func (w *walk) unanswered() (*Step, error) {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if w.detail(st) && !w.s.Detail {
			continue
		}
		if _, done := Find(&w.s, st.Field); done && !slices.Contains(w.s.Again, st.Field) {
			continue
		}

		ok, err := w.applies(st)
		if err != nil {
			return nil, err
		}
		if ok {
			return st, nil
		}
	}
	return nil, nil
}

// back goes to the question that was answered before the open one.
func (w *walk) back() error {
	st, err := w.before()
	if err != nil {
		return err
	}
	if st == nil {
		return w.ask(nil)
	}
	w.moved()
	w.s.At, w.s.Returning = st.Field, false
	return w.open()
}

// before returns the last step ahead of the open one that the person
// answered, or nil.
func (w *walk) before() (*Step, error) {
	var last *Step
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if st.Field == w.s.At {
			break
		}

		// What the person never answered, or cannot change, is not gone back to.
		a, done := Find(&w.s, st.Field)
		if !done || a.Given || st.Hold || w.detail(st) && w.s.At == "" {
			continue
		}

		ok, err := w.applies(st)
		if err != nil {
			return nil, err
		}
		if ok {
			last = st
		}
	}
	return last, nil
}

// detail reports whether a step is asked only behind "more details".
func (w *walk) detail(st *Step) bool { return st.Detail && (len(st.Due) == 0 || !hold(st.Due, &w.s)) }

// position is the number of a question among those that are asked, from 1, and
// how many these are. What belongs to the question before it has no number, nor
// has the only one.
func (w *walk) position(at *Step) (n, of int, err error) {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if st.Sub || w.detail(st) != w.detail(at) {
			continue
		}
		if a, done := Find(&w.s, st.Field); done && a.Given && st != at && !slices.Contains(w.s.Again, st.Field) {
			continue // it was known, and not asked
		}

		ok, err := w.applies(st)
		if err != nil {
			return 0, 0, err
		}
		if ok {
			of++
		}
		if st == at {
			n = of
		}
	}
	if of < 2 {
		n = 0
	}
	return n, of, nil
}
