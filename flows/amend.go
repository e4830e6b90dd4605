package flows

import (
	"danvan/flows/answer"
	"danvan/store"
)

// amend changes an earlier answer and comes back to the open question. What a
// check has to say against the new one is asked first, at its own question.
func (w *walk) amend(st *Step) error {
	r, bad, err := w.read(st)
	if err != nil {
		return err
	}
	if bad != nil || len(r.values) != 1 || r.confirm {
		w.say(Notice{Key: "form.amend_unread", Args: map[string]any{"Step": stepLabel(w.f, st), "Text": answer.Excerpt(w.in.Text)}})
		return w.ask(nil)
	}

	return w.replace(st, r.values[0], "form.amended")
}

// replace puts an answer in the place of the one that stands, says so, and comes
// back to the open question.
func (w *walk) replace(st *Step, a store.Answer, notice string) error {
	a.Field = st.Field
	if done, err := w.contest(st, a); done || err != nil {
		return err
	}
	if err := w.put(a); err != nil {
		return err
	}
	w.say(Notice{Key: notice, Args: map[string]any{"Step": stepLabel(w.f, st), "Answer": Settled{w.f, st, a}}})
	return w.open()
}

// contest opens the question of an answer that its checks speak against.
func (w *walk) contest(st *Step, a store.Answer) (bool, error) {
	d, bad, err := w.check(st, a, "")
	if err != nil || d == nil && bad == nil {
		return false, err
	}
	w.moved()
	w.s.At, w.s.Returning = st.Field, w.s.Returning || w.s.At == ""
	if bad != nil {
		return true, w.missed(bad)
	}
	return true, w.doubt(*d)
}

// lengthen takes a text that came in parts. Where the first part was an answer
// already, it becomes that of all; where the whole is none, the question is open
// again.
func (w *walk) lengthen(st *Step) error {
	at := w.s.At
	if at == st.Field {
		w.s.Doubt = nil
		return w.answer()
	}

	w.s.At, w.s.Doubt = st.Field, nil
	r, bad, err := w.read(st)
	if err != nil {
		return err
	}
	if bad != nil || len(r.values) != 1 || r.confirm {
		return w.answer()
	}

	w.s.At = at
	return w.replace(st, r.values[0], "form.joined")
}

// edited applies an edited message to the answer that it once gave.
func (w *walk) edited() error {
	if w.in.Kind == FileInput {
		return w.editedFile()
	}
	if d := w.s.Doubt; d != nil && w.s.At != "" && len(d.Readings) > 0 && d.Readings[0].Source == w.in.Message {
		w.s.Doubt, w.s.Partial, w.in.Edited = nil, "", false
		return w.answer() // what waits for a yes is changed before it gets one
	}
	for _, a := range w.s.Answers {
		if a.Source == "" || a.Source != w.in.Message {
			continue
		}
		if st := w.f.Step(a.Field); st != nil && !st.Hold {
			return w.amend(st)
		}
	}

	w.turn.Outcome = Stale
	return nil
}
