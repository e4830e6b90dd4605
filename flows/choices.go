package flows

import (
	"slices"
	"strconv"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// PageSize is the most choices on one page.
const PageSize = 8

// choices puts the page of options on a question.
func (w *walk) choices(q *Question, page int) error {
	st := q.Step
	if st.Kind != Choice && st.Kind != Many {
		q.Pages = 1
		return nil
	}
	options, err := w.look.Options(w.f, st, &w.s)
	if err != nil {
		return err
	}
	if q.Query != "" {
		options = pick(options, q.Query)
	}
	var from, to int
	from, to, q.Page, q.Pages = pageOf(len(options), page)
	for _, o := range options[from:to] {
		b := w.button(st.Field, o.Key, "")
		b.Label, b.Style = o.Label, o.Style
		if st.Kind == Many {
			b = w.toggle(st, o)
		}
		q.Choices = append(q.Choices, b)
	}
	return nil
}

// toggle is a choice of a Many step: it says what it will do, so that a
// second tap that comes before the card has changed does no harm.
func (w *walk) toggle(st *Step, o Option) Button {
	option, key := optAdd+o.Key, "button.unchosen"
	if a, ok := Find(&w.s, st.Field); ok && slices.Contains(a.Keys, o.Key) {
		option, key = optRemove+o.Key, "button.chosen"
	}
	b := w.button(st.Field, option, key)
	b.Label.Args = map[string]any{"Label": o.Label}
	return b
}

// offered says whether a step still offers all of keys.
func (w *walk) offered(st *Step, keys []string) (bool, error) {
	options, err := w.look.Options(w.f, st, &w.s)
	if err != nil {
		return false, err
	}
	for _, k := range keys {
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Key == k }) {
			return false, nil
		}
	}
	return true, nil
}

// readChoice reads choices that were typed: by number, name or abbreviation;
// several for a Many step, with commas between them.
func (w *walk) readChoice(st *Step, text string) (reading, error) {
	options, err := w.listed(st, text)
	if err != nil {
		return reading{}, err
	}
	parts := []string{text}
	if st.Kind == Many {
		parts = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	}
	a := store.Answer{}
	for _, part := range parts {
		found := pick(options, part)
		if len(found) > 1 && st.Kind == Choice {
			return reading{several: true}, nil
		}
		if len(found) != 1 {
			return reading{}, &answer.Invalid{Key: "answer.no_choice", Args: map[string]any{"Text": part, "Found": len(found)}}
		}
		a.Keys = append(a.Keys, found[0].Key)
	}
	return sure(a), nil
}

// listed returns the options that a typed text speaks of: a number counts in
// the list as it is shown, words search all of it.
func (w *walk) listed(st *Step, text string) ([]Option, error) {
	options, err := w.look.Options(w.f, st, &w.s)
	if err != nil {
		return nil, err
	}
	if w.s.Partial != "" && atoi(strings.TrimRight(strings.TrimSpace(text), ".)")) > 0 {
		options = pick(options, w.s.Partial)
	}
	return options, nil
}

// narrow shrinks the list to the choices that the typed text may mean.
func (w *walk) narrow() error {
	w.s.Partial = oneLine(w.in.Text)
	return w.open()
}

// pageOf cuts n things into pages and returns the bounds of one of them.
func pageOf(n, page int) (from, to, at, pages int) {
	pages = max(1, (n+PageSize-1)/PageSize)
	at = min(max(page, 1), pages)
	from = (at - 1) * PageSize
	return from, min(from+PageSize, n), at, pages
}

// pick narrows options to those that a text may mean.
func pick(options []Option, text string) []Option {
	var out []Option
	for _, i := range answer.Choose(text, named(options)) {
		out = append(out, options[i])
	}
	return out
}

func named(options []Option) []answer.Named {
	out := make([]answer.Named, len(options))
	for i, o := range options {
		out[i] = answer.Named{Key: o.Key, Names: o.Names}
	}
	return out
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
