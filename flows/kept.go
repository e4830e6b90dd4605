package flows

import (
	"reflect"
	"slices"

	"danvan/store"
)

func (w *walk) say(r Reply) { w.turn.Replies = append(w.turn.Replies, r) }

// settle notes that the turn answered a question, unless somebody's own words stand
// in the chat anyway.
func (w *walk) settle(st *Step, a store.Answer) {
	if w.in.Kind != TextInput || !isFree(st) || a.Skipped {
		w.answered = st.Field
	}
}

// settled lists the answers that the card shows: those of this turn, below those
// that it showed before if it is the same card. The review card has them all.
func (w *walk) settled() {
	switch {
	case w.s.At == "" && w.s.Doubt == nil && w.turn.Outcome == Open:
		w.s.Settled = nil
		return
	case !w.turn.InPlace && len(w.turn.Replies) > 0:
		w.s.Settled = nil
	}
	if w.answered != "" {
		w.s.Settled = append(slices.DeleteFunc(w.s.Settled, func(f string) bool { return f == w.answered }), w.answered)
	}
	for _, field := range w.s.Settled {
		a, ok := Find(&w.s, field)
		if st := w.f.Step(field); ok && st != nil && field != w.s.At {
			w.turn.Settled = append(w.turn.Settled, Settled{w.f, st, a})
		}
	}
}

// alike reports whether two answers say the same, whoever gave them.
func alike(a, b store.Answer) bool {
	a.Given, a.Source, a.Fixed = b.Given, b.Source, b.Fixed
	return reflect.DeepEqual(a, b)
}

// unsettle takes away the answers that speak of one that is being changed, or were
// brought from it.
func (w *walk) unsettle(to store.Answer) {
	w.s.Answers = slices.DeleteFunc(w.s.Answers, func(a store.Answer) bool {
		st := w.f.Step(a.Field)
		return st != nil && (slices.Contains(st.Of, to.Field) || a.Given && st.From == to.Field)
	})
}

// moved marks that the session changed: buttons shown before no longer count.
func (w *walk) moved() {
	w.s.Revision++
	w.s.Misses, w.s.Partial, w.s.Doubt, w.s.Album = 0, "", nil, ""
}

func (w *walk) place(a store.Answer) {
	w.s.Again = slices.DeleteFunc(w.s.Again, func(field string) bool { return field == a.Field })
	for i := range w.s.Answers {
		if w.s.Answers[i].Field == a.Field {
			w.s.Answers[i] = a
			return
		}
	}
	w.s.Answers = append(w.s.Answers, a)
}

// stepLabel is the name of a question, for a sentence about it.
func stepLabel(f *Form, st *Step) Label { return Label{Key: f.ID + "." + st.Field + ".label"} }
