package flows

import (
	"time"

	"danvan/store"
)

// within is how soon after a full message what the client cut off it comes.
// Nobody reads an answer and types the next one in that time.
const within = 5 * time.Second

// goesOn puts a text that came right behind the first part of itself together
// with that, and returns the question of the first part, whatever became of it
// meanwhile: the parts are one answer. For any other text it returns nil.
func (w *walk) goesOn() *Step {
	cut := w.s.Cut
	w.s.Cut = nil
	after := time.Duration(-1)
	if cut != nil && w.in.Field == "" {
		after = w.in.At.Sub(cut.At)
	}

	next := store.Cut{Field: w.s.At, Begun: w.s.Partial}
	tail := after >= 0 && after <= within
	if tail {
		next = *cut
		w.in.Text = join(cut.Text, w.in.Text)
	}
	if next.Text, next.At = w.in.Text, w.in.At; w.in.Full && next.Field != "" {
		w.s.Cut = &next
	}

	st := w.f.Step(next.Field)
	if !tail || st == nil || st.Hold {
		return nil
	}
	w.s.Partial = cut.Begun
	return st
}
