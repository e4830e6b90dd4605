package flows

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// Engine walks sessions through the forms that it was made with.
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

// walk is the working state of one turn. It owns its copy of the session.
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
	s.Answers = append(make([]store.Answer, 0, len(s.Answers)+1), s.Answers...) // one more is likely
	s.Aside, s.Known, s.Again, s.Settled = slices.Clone(s.Aside), slices.Clone(s.Known), slices.Clone(s.Again), slices.Clone(s.Settled)
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

// settle notes that the turn answered a question, unless somebody's own words stand
// in the chat anyway.
func (w *walk) settle(st *Step, a store.Answer) {
	if w.in.Kind != TextInput || !isFree(st) || a.Skipped {
		w.answered = st.Field
	}
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

func (w *walk) say(r Reply) { w.turn.Replies = append(w.turn.Replies, r) }

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

// answer takes the input as the answer to the open question.
func (w *walk) answer() error {
	st := w.f.Step(w.s.At)
	if done, err := w.control(st); done || err != nil {
		return err
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
	found, err := w.options(st, Ask{})
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

func (w *walk) skip(st *Step) error {
	a := store.Answer{Field: st.Field, Skipped: true}
	w.settle(st, a)
	if err := w.put(a); err != nil {
		return err
	}
	return w.next()
}

func (w *walk) later() error {
	w.turn.Outcome = Saved
	return nil
}

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

	a := r.values[0]
	a.Field = st.Field
	if done, err := w.contest(st, a); done || err != nil {
		return err
	}
	if err := w.put(a); err != nil {
		return err
	}
	w.say(Notice{Key: "form.amended", Args: map[string]any{"Step": stepLabel(w.f, st), "Answer": Settled{w.f, st, a}}})
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

	a := r.values[0]
	a.Field = st.Field
	w.s.At = at
	cut := w.s.Cut
	if done, err := w.contest(st, a); done || err != nil {
		w.s.Cut = cut
		return err
	}
	if err := w.put(a); err != nil {
		return err
	}
	w.s.Cut = cut
	w.say(Notice{Key: "form.joined", Args: map[string]any{"Step": stepLabel(w.f, st), "Answer": Settled{w.f, st, a}}})
	return w.open()
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

// stepLabel is the name of a question, for a sentence about it.
func stepLabel(f *Form, st *Step) Label { return Label{Key: f.ID + "." + st.Field + ".label"} }
