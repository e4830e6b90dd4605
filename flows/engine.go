package flows

import (
	"fmt"

	"danvan/flows/answer/legacy"
	"danvan/store"
)

// Engine walks sessions through the forms that it was made with. A session that
// it is given is its own from then on: what was given may change with it.
type Engine struct {
	forms map[string]*Form
	hash  map[string]string
}

// New returns an engine for the forms, or an error that names what is wrong
// with one of them.
func New(forms ...*Form) (*Engine, error) {
	e := &Engine{forms: map[string]*Form{}, hash: map[string]string{}}
	for _, f := range forms {
		if err := Lint(f); err != nil {
			return nil, err
		}
		if e.forms[f.ID] != nil {
			return nil, fmt.Errorf("two forms are called %q", f.ID)
		}
		e.forms[f.ID], e.hash[f.ID] = f, f.Hash()
	}
	return e, nil
}

// Form returns a form by id, or nil.
func (e *Engine) Form(id string) *Form { return e.forms[id] }

// Start begins a session: the host has set its ID, Post, Person, Form and
// what it is about, and may have put answers in.
func (e *Engine) Start(s store.Session, look Lookup) (Turn, error) {
	w, err := e.walk(s, look)
	if err != nil {
		return Turn{}, err
	}
	w.s.Version, w.s.Hash = w.f.Version, e.hash[w.f.ID]
	w.s.Revision++
	if err := w.reconcile(""); err != nil {
		return Turn{}, err
	}
	return w.finish(w.next())
}

// Ask shows the open question again after something else came in between.
func (e *Engine) Ask(s store.Session, look Lookup) (Turn, error) {
	w, err := e.walk(s, look)
	if err != nil {
		return Turn{}, err
	}
	if err := w.migrate(); err != nil {
		return Turn{}, err
	}
	return w.finish(w.ask(nil))
}

// Resume takes one input. A wrong kind of answer is no failure: the session
// stays as it was and the question is asked again, saying what was wrong.
func (e *Engine) Resume(s store.Session, in Input, look Lookup) (Turn, error) {
	w, err := e.walk(s, look)
	if err != nil {
		return Turn{}, err
	}

	w.in = in
	w.readLegacy()
	if w.s.Hash != e.hash[w.f.ID] {
		if err := w.migrate(); err != nil {
			return Turn{}, err
		}
		if in.Kind == PressInput {
			return w.finish(w.ask(nil)) // the button belongs to the old form
		}
	}

	return w.finish(w.take())
}

// walk is the working state of one turn. The session is its own.
type walk struct {
	e    *Engine
	f    *Form
	s    store.Session
	in   Input
	look Lookup
	turn Turn
	// answered is the question whose answer is to be shown.
	answered string
	// legacy is the encoding of the years before Unicode that the text came in.
	legacy legacy.Encoding
}

func (e *Engine) walk(s store.Session, look Lookup) (*walk, error) {
	f := e.forms[s.Form]
	if f == nil {
		return nil, fmt.Errorf("session %d walks through the unknown form %q", s.ID, s.Form)
	}
	return &walk{e: e, f: f, s: s, look: look, turn: Turn{Outcome: Open}}, nil
}

func (w *walk) finish(err error) (Turn, error) {
	if err != nil {
		return Turn{}, fmt.Errorf("form %s, question %q: %w", w.f.ID, w.s.At, err)
	}
	w.settled()
	w.turn.Session = w.s
	return w.turn, nil
}

// readLegacy converts a text that came in an encoding of the years before
// Unicode. What is read of it is to be confirmed.
func (w *walk) readLegacy() {
	if w.in.Kind != TextInput {
		return
	}
	if w.in.Text, w.legacy = legacy.Text(w.in.Text); w.legacy != legacy.Unicode {
		w.say(Notice{Key: "form.legacy", Args: map[string]any{"Encoding": string(w.legacy)}})
	}
}

// take decides what the input is: a press, a file, an edit of an earlier
// answer, the answer to a doubt, or the answer to the open question.
func (w *walk) take() error {
	switch {
	case w.in.Kind == PressInput:
		return w.pressed()
	case w.in.Edited:
		return w.edited()
	case w.in.Kind == FileInput:
		return w.file()
	case w.in.Kind == TextInput:
		if st := w.goesOn(); st != nil {
			return w.lengthen(st)
		}
	}

	if w.in.Field != "" && w.in.Field != w.s.At {
		if st := w.f.Step(w.in.Field); st != nil && !st.Hold {
			return w.amend(st)
		}
	}

	switch {
	case w.s.Doubt != nil:
		return w.answerDoubt()
	case w.s.At == "":
		return w.reviewText()
	}
	return w.answer()
}
