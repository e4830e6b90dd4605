package flows

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// review shows the card of all answers; editing asks which one to change.
func (w *walk) review(problem *answer.Invalid, editing bool, page int) error {
	var r Review
	var err error
	if editing {
		r, err = w.editingCard(page)
		w.s.Page = r.Page
	} else {
		r, err = w.reviewCard()
		w.s.Page = 0
	}
	if err != nil {
		return err
	}

	r.Problem = problem
	w.say(r)
	return nil
}

// reviewCard shows all answers and asks whether to send them.
func (w *walk) reviewCard() (Review, error) {
	send, err := w.send()
	if err != nil {
		return Review{}, err
	}
	discard := w.button("", optDiscard, "button.discard")
	discard.Style = store.Danger
	r := Review{
		Form: w.f, Lines: w.lines(), Page: 1, Pages: 1,
		Choices: []Button{send, w.button("", optEdit, "button.edit")},
		Nav:     []Button{w.button("", optBack, "button.back"), w.button("", optLater, "button.later"), discard},
	}

	more, err := w.hasDetails()
	if more {
		r.Choices = append(r.Choices, w.button("", optMore, "button.more"))
	}
	return r, err
}

// send is the button that submits.
func (w *walk) send() (Button, error) {
	b := w.button("", optSubmit, w.f.ID+".submit")
	b.Style = store.Success
	if w.f.Change == "" {
		return b, nil
	}
	changes, err := w.look.Holds(w.f.Change, &w.s)
	if changes {
		b.Label.Key = w.f.ID + ".change"
	}
	return b, err
}

// editingCard asks which of the answers to change.
func (w *walk) editingCard(page int) (Review, error) {
	r := Review{Form: w.f, Lines: w.lines(), Editing: true}
	offer := func(st *Step, key string, n int) {
		b := w.button("", optChange+st.Field, key)
		b.Label.Args = map[string]any{"N": n, "Step": stepLabel(w.f, st)}
		r.Choices = append(r.Choices, b)
	}
	for _, l := range r.Lines {
		offer(l.Step, "button.change", l.N)
	}

	for i := range w.f.Steps { // what was passed over can still be told
		st := &w.f.Steps[i]
		if a, ok := Find(&w.s, st.Field); !ok || !a.Skipped || st.Hold {
			continue
		}
		if ok, err := w.applies(st); err != nil {
			return r, err
		} else if ok {
			offer(st, "button.add", 0)
		}
	}

	var from, to int
	from, to, r.Page, r.Pages = pageOf(len(r.Choices), page)
	r.Choices = r.Choices[from:to]
	r.Nav = []Button{w.toReview()}
	return r, nil
}

func (w *walk) toReview() Button { return w.button("", optReview, "button.to_review") }

// lines numbers the answers in the order of the form. What was skipped, was
// never asked or cannot be changed has no line.
func (w *walk) lines() []Line {
	out := make([]Line, 0, len(w.s.Answers))
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if a, ok := Find(&w.s, st.Field); ok && !a.Skipped && !st.Hold {
			out = append(out, Line{len(out) + 1, st, a, st.From != "" && a.Given && w.s.Subject == 0})
		}
	}
	return out
}

// hasDetails reports whether an optional question is still open.
func (w *walk) hasDetails() (bool, error) {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if _, done := Find(&w.s, st.Field); !w.detail(st) || done {
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

	lines := w.lines()
	if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(w.in.Text), ".")); err == nil {
		if n >= 1 && n <= len(lines) {
			return w.change(lines[n-1].Step)
		}
		return w.missed(&answer.Invalid{Key: "form.review_number", Args: map[string]any{"N": n, "Of": len(lines)}})
	}

	card, err := w.reviewCard()
	if err != nil {
		return err
	}
	if option, ok := w.typed(slices.Concat(card.Choices, card.Nav, []Button{w.toReview()})); ok {
		return w.press(option)
	}
	if page := w.pageWord(); page > 0 && w.s.Page > 0 {
		return w.review(nil, true, page)
	}

	names := w.names()
	if found := answer.Choose(w.in.Text, names); len(found) == 1 {
		if st := w.f.Step(names[found[0]].Key); !st.Hold {
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
	if bad, ok := errors.AsType[*answer.Invalid](err); ok {
		return w.ask(bad)
	}
	if err != nil {
		return err
	}
	if d != nil {
		return w.doubt(*d)
	}
	if w.turn.Outcome = Submitted; w.s.At == "" && !w.f.Plain {
		w.turn.Sent = &Review{Form: w.f, Lines: w.lines(), Page: 1, Pages: 1}
	}
	return nil
}
