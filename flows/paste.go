package flows

import (
	"slices"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// paste recognises a message that answers several questions at once and asks
// whether that is meant. It never takes such a message without asking.
func (w *walk) paste(st *Step) (bool, error) {
	if w.in.Kind != TextInput || !strings.ContainsAny(w.in.Text, "\n;") {
		return false, nil
	}

	found, err := w.labelled()
	if err != nil {
		return false, err
	}
	if len(found) < 2 {
		if found, err = w.inOrder(st); err != nil {
			return false, err
		}
	}
	if len(found) < 2 {
		return false, nil
	}

	return true, w.doubt(store.Doubt{Kind: DoubtPaste, Readings: found, Keys: []string{w.in.Text}})
}

// labelled reads "Tên mô hình: …" lines, each for the question that it names.
func (w *walk) labelled() ([]store.Answer, error) {
	var out []store.Answer
	sim := w.simulate()
	for _, p := range answer.Paste(w.in.Text, w.names()) {
		st := w.f.Step(p.Field)
		if st == nil || st.Hold {
			continue
		}

		a, ok, err := sim.try(st, p.Text)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// names lists what each question goes by.
func (w *walk) names() []answer.Named {
	out := make([]answer.Named, len(w.f.Steps))
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		out[i] = answer.Named{Key: st.Field, Names: w.look.Says(stepLabel(w.f, st))}
	}
	return out
}

// inOrder reads "a; b; c" as answers to the open question and those after it.
// All parts must be certain, and one at least must be more than free text:
// otherwise it is one answer with semicolons in it. So is a list of figures that
// the open question takes as a whole.
func (w *walk) inOrder(st *Step) ([]store.Answer, error) {
	if st.Kind == Quantity {
		if whole, err := w.isAnswer(st); whole || err != nil {
			return nil, err
		}
	}

	var out []store.Answer
	telling := false
	sim := w.simulate()
	for _, piece := range answer.Pieces(w.in.Text) {
		if st == nil || st.Kind == Files {
			return nil, nil
		}

		a, ok, err := sim.try(st, piece)
		if !ok || err != nil {
			return nil, err
		}

		out = append(out, a)
		telling = telling || st.Kind != Text && st.Kind != LongText && st.Kind != Place
		if st, err = sim.unanswered(); err != nil {
			return nil, err
		}
	}

	if !telling {
		return nil, nil
	}
	return out, nil
}

// simulate returns a walk over a copy of the session, to try answers on.
func (w *walk) simulate() *walk {
	sim := *w
	sim.s.Answers, sim.s.Aside = slices.Clone(w.s.Answers), slices.Clone(w.s.Aside)
	sim.s.Partial = ""
	return &sim
}

// try reads a piece as the answer to a step and keeps it if it is certain.
func (w *walk) try(st *Step, piece string) (store.Answer, bool, error) {
	w.in.Text, w.in.Kind = piece, TextInput
	if ok, err := w.applies(st); !ok || err != nil {
		return store.Answer{}, false, err
	}

	r, bad, err := w.read(st)
	if err != nil || bad != nil || len(r.values) != 1 || r.confirm {
		return store.Answer{}, false, err
	}
	a := r.values[0]
	a.Field = st.Field
	w.place(a)
	return a, true, w.reconcile(st.Field)
}

// takePasted keeps answers that the person has confirmed.
func (w *walk) takePasted(answers []store.Answer) error {
	for _, a := range answers {
		w.place(a)
		if err := w.reconcile(a.Field); err != nil {
			return err
		}
	}
	_, done := Find(&w.s, w.s.At)
	asked, err := w.applies(w.f.Step(w.s.At)) // what was pasted may have settled it
	if err != nil {
		return err
	}
	if !done && asked {
		return w.open()
	}
	return w.next()
}
