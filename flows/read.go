package flows

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/flows/answer"
	"danvan/store"
)

// reading is what an input may mean as an answer to a step.
type reading struct {
	values  []store.Answer
	confirm bool
	several bool   // choices: the text may mean any of them
	marked  string // the text with marks around what is in doubt, "" without
}

func sure(a store.Answer) reading { return reading{values: []store.Answer{a}} }

// read reads the input as an answer to a step. Every value carries where it
// came from.
func (w *walk) read(st *Step) (reading, *answer.Invalid, error) {
	r, err := w.readKind(st)
	bad, isBad := errors.AsType[*answer.Invalid](err)
	if err != nil && !isBad {
		return reading{}, nil, err
	}

	for i := range r.values {
		r.values[i].Source = w.in.Message
		if r.values[i].Text == "" && w.in.Kind == TextInput && st.Kind != Choice && st.Kind != Many {
			r.values[i].Text = oneLine(w.in.Text)
		}
	}
	return r, bad, nil
}

func (w *walk) readKind(st *Step) (reading, error) {
	switch w.in.Kind {
	case ContactInput:
		return w.readContact(st)
	case PlaceInput:
		if st.Kind == Place {
			at := fmt.Sprintf("%.5f, %.5f", w.in.Lat, w.in.Lon)
			if name := oneLine(w.in.Text); name != "" {
				at = name + " (" + at + ")"
			}
			return sized(st, at)
		}
		return reading{}, &answer.Invalid{Key: "wrong.place"}
	case TextInput:
		return w.readText(st)
	}
	return reading{}, &answer.Invalid{Key: "wrong." + string(w.in.Kind)}
}

func (w *walk) readContact(st *Step) (reading, error) {
	if st.Kind != Phone && st.Kind != Contact {
		return reading{}, &answer.Invalid{Key: "wrong.contact"}
	}
	if st.Kind == Phone && !w.in.Own {
		return reading{}, &answer.Invalid{Key: "wrong.not_own_contact"}
	}
	r, err := answer.SharedPhone(w.in.Phone, w.in.Own)
	if err != nil {
		return reading{}, err
	}
	return phones(oneLine(w.in.Name), answer.Reading[string]{Values: r.Values}), nil
}

func (w *walk) readText(st *Step) (reading, error) {
	text := answer.Clean(w.in.Text)
	if answer.Secret(text) {
		return reading{}, &answer.Invalid{Key: "answer.secret"}
	}

	today := w.look.Today()
	switch st.Kind {
	case Text, Place:
		return sized(st, oneLine(text))
	case LongText:
		return w.readLong(st, text)
	case Choice, Many:
		return w.readChoice(st, text)

	case Money:
		r, err := answer.MoneyParts(text)
		return each(r, err, func(v []store.Money) store.Answer { return store.Answer{Money: v, Aside: r.Aside} })
	case Quantity:
		r, err := answer.Results(text)
		return each(r, err, func(v answer.Found) store.Answer {
			return store.Answer{Amounts: v.Amounts, Money: v.Money, Aside: v.Aside}
		})

	case Day:
		r, err := answer.Day(text, today)
		return each(r, err, func(v store.Date) store.Answer { return store.Answer{From: v} })
	case Span:
		r, err := answer.Period(text, today)
		return each(r, err, func(v answer.Span) store.Answer { return store.Answer{From: v.From, To: v.To} })

	case Phone:
		r, err := answer.Phone(text)
		if err != nil {
			return reading{}, err
		}
		return phones("", r), nil
	case Contact:
		return w.readNamed(text)
	}
	return reading{}, &answer.Invalid{Key: "wrong.text"}
}

// each turns the readings of a value into readings of an answer.
func each[T any](r answer.Reading[T], err error, as func(T) store.Answer) (reading, error) {
	if err != nil {
		return reading{}, err
	}
	out := reading{confirm: r.Confirm, marked: r.Marked}
	for _, v := range r.Values {
		out.values = append(out.values, as(v))
	}
	return out, nil
}

func phones(name string, r answer.Reading[string]) reading {
	out := reading{confirm: r.Confirm}
	for _, p := range r.Values {
		out.values = append(out.values, store.Answer{Text: name, Phone: p})
	}
	return out
}

// readNamed reads a name with a number. A name alone is kept, so that the
// number can follow in the next message.
func (w *walk) readNamed(text string) (reading, error) {
	if w.s.Partial != "" && !w.in.Edited {
		text = w.s.Partial + ", " + text
	}
	name, r, err := answer.Contact(text)
	if bad, ok := errors.AsType[*answer.Invalid](err); ok && bad.Key == answer.NoPhone {
		w.s.Partial = text
	}
	if err != nil {
		return reading{}, err
	}
	return phones(name, r), nil
}

func sized(st *Step, text string) (reading, error) {
	if bad := size(st, text); bad != nil {
		return reading{}, bad
	}
	return sure(store.Answer{Text: text}), nil
}

// size checks a text's length in characters.
func size(st *Step, text string) *answer.Invalid {
	n := utf8.RuneCountInString(text)
	switch {
	case n < st.Min:
		return &answer.Invalid{Key: "answer.too_short", Args: map[string]any{"Length": n, "Min": st.Min}}
	case st.Max > 0 && n > st.Max:
		return &answer.Invalid{Key: "answer.too_long", Args: map[string]any{"Length": n, "Max": st.Max}}
	}
	return nil
}

// readLong joins what was typed to what was begun: a text that is too short
// is continued and need not be typed again.
func (w *walk) readLong(st *Step, text string) (reading, error) {
	if w.s.Partial != "" && !w.in.Edited {
		text = join(w.s.Partial, text)
	}
	r, err := sized(st, text)
	if err != nil && utf8.RuneCountInString(text) < st.Min && !w.in.Edited {
		w.s.Partial = text
	}
	return r, err
}

// oneLine is a text with its line ends as spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(answer.Clean(s)), " ") }

// join makes one text of two that were sent one after the other. A capital begins
// a new sentence, a small letter goes on with what was begun, and what begins with
// a sign is a line of its own.
func join(first, second string) string {
	first, second = strings.TrimRight(first, " \n"), strings.TrimLeft(second, " \n")
	last, _ := utf8.DecodeLastRuneInString(first)
	next, _ := utf8.DecodeRuneInString(second)
	switch {
	case first == "" || second == "":
		return first + second
	case !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != ')' && last != '%':
		return first + " " + second
	case unicode.IsUpper(next):
		return first + ". " + second
	case unicode.IsLetter(next) || unicode.IsDigit(next):
		return first + " " + second
	}
	return first + "\n" + second
}
