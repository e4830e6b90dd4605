package flows

import (
	"slices"
	"strconv"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// The kinds of doubt. A check of a step gives its name to the doubt that it
// raises.
const (
	DoubtReading  = "reading"  // the text may mean several things
	DoubtPaste    = "paste"    // the message seems to answer several questions
	DoubtSame     = "same"     // it may be a record that exists
	DoubtVague    = "vague"    // it could be more specific
	DoubtOdd      = "odd"      // its figures are seldom right
	DoubtShort    = "short"    // it is shorter than what tells something
	DoubtConflict = "conflict" // somebody else changed the record meanwhile
)

// CheckSubmit is the check that is asked before a session is submitted.
const CheckSubmit = "submit"

// doubt puts off an answer until the person has settled the doubt about it.
func (w *walk) doubt(d store.Doubt) error {
	w.s.Revision++
	w.s.Doubt = &d
	w.sayDoubt()
	return nil
}

func (w *walk) sayDoubt() { w.say(w.doubtCard()) }

// doubtCard asks about the open doubt. Its first button says yes to what is
// asked, and its last one no.
func (w *walk) doubtCard() Doubtful {
	d := *w.s.Doubt
	r := Doubtful{Form: w.f, Step: w.f.Step(w.s.At), Doubt: d}
	add := func(option, key string, style store.ButtonStyle, args map[string]any) {
		b := w.button(w.s.At, option, key)
		b.Label.Args, b.Style = args, style
		r.Choices = append(r.Choices, b)
	}

	switch d.Kind {
	case DoubtReading:
		if len(d.Readings) == 1 { // which the question says
			add(optReading+"0", "doubt.reading.yes", store.Success, nil)
			add(optNo, "button.retype", store.Plain, nil)
			break
		}
		for i, a := range d.Readings {
			a.Aside = nil // the question lists it
			add(optReading+strconv.Itoa(i), "button.reading", store.Plain, map[string]any{"Answer": Settled{w.f, r.Step, a}})
		}
		add(optNo, "button.retype", store.Plain, nil)

	case DoubtSame:
		for i := range d.Records {
			add(optReading+strconv.Itoa(i), "doubt.same.yes", store.Plain, map[string]any{"N": i + 1, "Of": len(d.Records)})
		}
		add(optNo, "doubt.same.no", store.Plain, nil)

	case DoubtVague: // it asks whether to write it again
		add(optNo, "doubt.vague.no", store.Plain, nil)
		add(optYes, "doubt.vague.yes", store.Plain, nil)

	default:
		add(optYes, "doubt."+d.Kind+".yes", store.Success, nil)
		add(optNo, "doubt."+d.Kind+".no", store.Plain, nil)
	}

	r.Nav = []Button{w.button(w.s.At, optLater, "button.later")}
	return r
}

// answerDoubt takes what was typed while a doubt is open: what one of its
// buttons says, a yes or a no, or a new answer to the question.
func (w *walk) answerDoubt() error {
	if w.in.Kind == TextInput {
		option, err := w.typedDoubt()
		if err != nil {
			return err
		}
		if option != "" {
			return w.press(option)
		}
	}

	if w.s.At == "" {
		return w.ask(nil)
	}
	if w.s.Doubt.Kind == DoubtPaste {
		// They wait until they are used or refused, or others take their place.
		if done, err := w.paste(w.f.Step(w.s.At)); done || err != nil {
			return err
		}
		w.say(Notice{Key: "form.paste_waits", Args: map[string]any{"Count": len(w.s.Doubt.Readings), "Text": answer.Excerpt(w.in.Text)}})
		return w.ask(nil)
	}
	w.s.Doubt = nil
	return w.answer()
}

// typedDoubt returns the button of the doubt that the text stands for, or "". A
// number counts the buttons, unless it answers the question itself.
func (w *walk) typedDoubt() (string, error) {
	card := w.doubtCard()
	if option, ok := w.typed(slices.Concat(card.Choices, card.Nav)); ok {
		return option, nil
	}

	n := 0 // of the button, from 1
	if yes, ok := answer.YesNo(w.in.Text); yes {
		n = 1
	} else if ok {
		n = len(card.Choices)
	} else if n = listNumber(strings.Trim(w.in.Text, marks)); n > 0 && n <= len(card.Choices) {
		if answers, err := w.isAnswer(card.Step); answers || err != nil {
			return "", err
		}
	}

	if n == 0 || n > len(card.Choices) {
		return "", nil
	}
	p, err := parsePress(card.Choices[n-1].Data)
	return p.Option, err
}

// isAnswer reports whether the text is by itself a sure answer to a step.
func (w *walk) isAnswer(st *Step) (bool, error) {
	if st == nil || marked(w.in.Text) {
		return false, nil
	}
	r, bad, err := w.simulate().read(st)
	return bad == nil && len(r.values) == 1 && !r.confirm, err
}

// resolve settles the open doubt by one of its buttons.
func (w *walk) resolve(option string) error {
	d := *w.s.Doubt
	st := w.f.Step(w.s.At)
	if n, ok := numbered(option, optReading); ok {
		return w.resolveReading(d, st, n)
	}
	if option != optYes && option != optNo {
		return w.stale()
	}

	yes := option == optYes
	w.moved()
	switch {
	case d.Kind == DoubtOdd && yes && st == nil:
		for _, a := range d.Readings { // with what was asked about them
			w.place(a)
		}
	case d.Kind == DoubtPaste && yes:
		return w.takePasted(d.Readings)
	case d.Kind == DoubtPaste && st.Kind == LongText || d.Kind == DoubtPaste && st.Kind == Text:
		return w.keepRaw(st, d)

	case d.Kind == DoubtShort && !yes:
		w.s.Partial = d.Readings[0].Text
	case d.Kind == DoubtSame && !yes:
		w.s.Known = append(w.s.Known, d.Records...)
	case d.Kind == DoubtConflict && yes:
		w.s.Base = d.Records[0]
		return w.resubmit()
	}
	if !yes && d.Kind != DoubtSame {
		return w.ask(nil)
	}

	if st == nil {
		return w.submit()
	}
	return w.keep(st, d.Readings[0], d.Kind)
}

func (w *walk) resolveReading(d store.Doubt, st *Step, n int) error {
	switch {
	case d.Kind == DoubtReading && n < len(d.Readings):
		w.moved()
		if len(d.Readings[n].Odd) > 0 { // one question for all
			return w.keep(st, d.Readings[n], DoubtOdd)
		}
		return w.keep(st, d.Readings[n], "")
	case d.Kind == DoubtSame && n < len(d.Records):
		w.turn.Outcome, w.turn.Record = Same, d.Records[n]
		return nil
	}
	return w.stale()
}

// resubmit submits after somebody else's change, unless the change took away
// a choice that was made, or what an answer was filled in from: that is asked
// again.
func (w *walk) resubmit() error {
	for i := range w.f.Steps {
		st := &w.f.Steps[i]
		if a, _ := Find(&w.s, st.Field); !a.Given || st.Prefill == "" || st.Hold {
			continue
		}
		_, known, err := w.look.Default(st.Prefill, &w.s)
		if err != nil {
			return err
		}
		if !known {
			w.s.Answers = slices.DeleteFunc(w.s.Answers, func(a store.Answer) bool { return a.Field == st.Field })
			return w.next()
		}
	}

	for _, a := range slices.Clone(w.s.Answers) {
		st := w.f.Step(a.Field)
		if st == nil || st.Source == "" || st.Hold || a.Skipped {
			continue
		}
		ok, err := w.offered(st, a.Keys)
		if err != nil {
			return err
		}
		if ok {
			continue
		}

		w.s.Answers = slices.DeleteFunc(w.s.Answers, func(b store.Answer) bool { return b.Field == a.Field })
		w.aside(a)
		if err := w.reconcile(a.Field); err != nil {
			return err
		}
		return w.next()
	}
	return w.submit()
}

// keepRaw keeps a message that looked like several answers as the one answer
// that the person says it is.
func (w *walk) keepRaw(st *Step, d store.Doubt) error {
	w.in = Input{Kind: TextInput, Text: d.Keys[0], Message: d.Readings[0].Source}
	r, bad, err := w.read(st)
	if err != nil {
		return err
	}
	if bad != nil {
		return w.missed(bad)
	}
	return w.keep(st, r.values[0], "")
}

func numbered(option, sign string) (int, bool) {
	if len(option) <= len(sign) || option[:len(sign)] != sign {
		return 0, false
	}
	n := atoi(option[len(sign):])
	return n, n >= 0
}

// Known reports whether the person has said that a record is not the one meant.
func Known(s *store.Session, id uint64) bool { return slices.Contains(s.Known, id) }
