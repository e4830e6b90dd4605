package flows

import (
	"slices"
	"strings"

	"danvan/store"
)

// pressed obeys a button, unless the draft, the revision or the field says
// that it is an old one: then nothing changes and the person is told.
func (w *walk) pressed() error {
	p, err := parsePress(w.in.Press)
	if err != nil || p.Session != w.s.ID || p.Revision != w.s.Revision || p.Field != w.s.At && p.Field != "" {
		return w.stale()
	}
	w.turn.InPlace = true
	return w.press(p.Option)
}

// press does what a button of the open card does.
func (w *walk) press(option string) error {
	switch {
	case option == optLater:
		return w.later()
	case w.s.Doubt != nil:
		return w.resolve(option)
	case w.s.At == "":
		return w.pressedReview(option)
	}
	return w.pressedStep(w.f.Step(w.s.At), option)
}

func (w *walk) stale() error {
	w.turn.Outcome, w.turn.Toast = Stale, Label{Key: "form.stale"}
	return nil
}

func (w *walk) pressedReview(option string) error {
	if field, ok := strings.CutPrefix(option, optChange); ok {
		st := w.f.Step(field)
		if st == nil || st.Hold {
			return w.stale()
		}
		return w.change(st)
	}

	if page, ok := numbered(option, optPage); ok {
		return w.review(nil, true, page)
	}

	switch option {
	case optSubmit:
		return w.submit()
	case optBack:
		return w.back()
	case optDiscard:
		w.turn.Outcome = Discarded
		return nil

	case optEdit:
		return w.review(nil, true, 1)
	case optReview:
		return w.review(nil, false, 1)

	case optMore:
		w.moved()
		w.s.Detail = true
		return w.next()
	}
	return w.stale()
}

func (w *walk) pressedStep(st *Step, option string) error {
	if page, ok := numbered(option, optPage); ok {
		return w.question(st, show{page: page})
	}

	switch option {
	case optBack:
		return w.back()
	case optHelp:
		return w.question(st, show{help: true, page: 1})

	case optReview:
		w.moved()
		w.s.At, w.s.Returning, w.s.Detail = "", false, false
		return w.next()
	case optRewrite:
		w.moved()
		return w.open()

	case optSkip:
		if !st.Optional {
			return w.stale()
		}
		return w.skip(st)
	case optKeep, optDone:
		return w.keepAsIs(st)
	case optSuggest:
		return w.suggested(st)
	}

	switch st.Kind {
	case Choice:
		return w.chosen(st, option)
	case Many:
		return w.toggled(st, option)
	}
	return w.stale()
}

// keepAsIs goes on with the answer that stands.
func (w *walk) keepAsIs(st *Step) error {
	a, ok := Find(&w.s, st.Field)
	if !ok {
		return w.stale()
	}
	a.Given = false
	return w.accept(st, a)
}

func (w *walk) suggested(st *Step) error {
	a, ok, err := w.known(st)
	if err != nil {
		return err
	}
	if !ok {
		return w.stale()
	}
	return w.keep(st, a, "")
}

// chosen takes a choice by its key, if the list still has it.
func (w *walk) chosen(st *Step, key string) error {
	ok, err := w.offered(st, []string{key})
	if err != nil {
		return err
	}
	if !ok {
		return w.stale()
	}
	return w.keep(st, store.Answer{Keys: []string{key}}, "")
}

// toggled sets or clears one of many choices and stays on its page. The
// revision stays too, so that taps in quick succession all count.
func (w *walk) toggled(st *Step, option string) error {
	key, add := strings.CutPrefix(option, optAdd)
	if !add {
		key = strings.TrimPrefix(option, optRemove)
	}

	ok, err := w.offered(st, []string{key})
	if err != nil {
		return err
	}
	if !ok {
		return w.stale()
	}

	a, _ := Find(&w.s, st.Field)
	a = store.Answer{Field: st.Field, Keys: slices.DeleteFunc(slices.Clone(a.Keys), func(k string) bool { return k == key })}
	if add {
		a.Keys = append(a.Keys, key)
	}
	w.place(a)
	return w.question(st, show{page: w.s.Page})
}
