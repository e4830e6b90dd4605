package flows

import (
	"strconv"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// review shows the card of all answers; editing asks which one to change.
func (w *walk) review(problem *answer.Invalid, editing bool, page int) error {
	r := Review{Form: w.f, Lines: w.lines(), Problem: problem, Editing: editing, Page: 1, Pages: 1}
	if editing {
		var from, to int
		from, to, r.Page, r.Pages = pageOf(len(r.Lines), page)
		for _, l := range r.Lines[from:to] {
			b := w.button("", optChange+l.Step.Field, "button.change")
			b.Label.Args = map[string]any{"N": l.N, "Step": stepLabel(w.f, l.Step)}
			r.Choices = append(r.Choices, b)
		}
		r.Nav = append(r.Nav, w.button("", optReview, "button.to_review"))
		w.say(r)
		return nil
	}
	send := w.button("", optSubmit, w.f.ID+".submit")
	send.Style = store.Success
	r.Choices = []Button{send, w.button("", optEdit, "button.edit")}
	more, err := w.hasDetails()
	if err != nil {
		return err
	}
	if more {
		r.Choices = append(r.Choices, w.button("", optMore, "button.more"))
	}
	discard := w.button("", optDiscard, "button.discard")
	discard.Style = store.Danger
	r.Nav = []Button{w.button("", optBack, "button.back"), w.button("", optLater, "button.later"), discard}
	w.say(r)
	return nil
}

// lines numbers the answers in the order of the form. What was skipped, was
// never asked or cannot be changed has no line.
func (w *walk) lines() []Line {
	var out []Line
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if a, ok := Find(&w.s, st.Field); ok && !a.Skipped && !st.Hold {
			out = append(out, Line{len(out) + 1, st, a})
		}
	}
	return out
}

// hasDetails says whether an optional question is still open.
func (w *walk) hasDetails() (bool, error) {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if _, done := Find(&w.s, st.Field); !st.Detail || done {
			continue
		}
		if ok, err := w.applies(st); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// reviewText obeys what is typed at the review card: the number or the name
// of an answer, or a word for one of its buttons.
func (w *walk) reviewText() error {
	if w.in.Kind != TextInput {
		return w.missed(&answer.Invalid{Key: "form.review_wrong"})
	}
	switch answer.Fold(w.in.Text) {
	case "gui", "gui dang ky", "gui cap nhat", "send", "submit":
		return w.submit()
	case "de sau", "later":
		return w.later()
	case "quay lai", "back":
		return w.back()
	}
	lines := w.lines()
	if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(w.in.Text), ".")); err == nil {
		if n >= 1 && n <= len(lines) {
			return w.change(lines[n-1].Step)
		}
		return w.missed(&answer.Invalid{Key: "form.review_number", Args: map[string]any{"N": n, "Of": len(lines)}})
	}
	if found := answer.Choose(w.in.Text, w.look.Names(w.f)); len(found) == 1 {
		if st := w.f.Step(w.look.Names(w.f)[found[0]].Key); st != nil && !st.Hold {
			if _, ok := Find(&w.s, st.Field); ok {
				return w.change(st)
			}
		}
	}
	return w.missed(&answer.Invalid{Key: "form.review_wrong"})
}

// change asks one answered question again and comes back to the card.
func (w *walk) change(st *Step) error {
	w.moved()
	w.s.At, w.s.Returning = st.Field, true
	return w.open()
}

// submit asks the host's last check and then ends the walk.
func (w *walk) submit() error {
	d, err := w.look.Doubt(CheckSubmit, &w.s, store.Answer{})
	if bad, ok := err.(*answer.Invalid); ok {
		return w.ask(bad)
	}
	if err != nil {
		return err
	}
	if d != nil {
		return w.doubt(*d)
	}
	w.turn.Outcome = Submitted
	return nil
}
