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

// options asks the host for some of a step's options.
func (w *walk) options(st *Step, ask Ask) (Options, error) {
	return w.look.Options(w.f, st, &w.s, ask)
}

// offered reports whether a step still offers all of keys.
func (w *walk) offered(st *Step, keys []string) (bool, error) {
	if len(keys) == 0 {
		return true, nil
	}

	found, err := w.options(st, Ask{Keys: keys})
	if err != nil {
		return false, err
	}

	for _, k := range keys {
		if !slices.ContainsFunc(found.List, func(o Option) bool { return o.Key == k }) {
			return false, nil
		}
	}
	return true, nil
}

// readChoice reads choices that were typed: by number, name or abbreviation;
// several for a Many step, with commas between them.
func (w *walk) readChoice(st *Step, text string) (reading, error) {
	parts := []string{text}
	if st.Kind == Many {
		parts = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	}

	a := store.Answer{}
	for _, part := range parts {
		found, err := w.meant(st, part)
		if err != nil {
			return reading{}, err
		}

		// One of many that were typed in a row cannot be left open.
		if found.Total > 1 && st.Kind == Choice {
			return reading{several: true}, nil
		}
		if found.Total != 1 {
			return reading{}, &answer.Invalid{Key: "answer.no_choice", Args: map[string]any{"Text": part, "Found": found.Total}}
		}
		a.Keys = append(a.Keys, found.List[0].Key)
	}
	return sure(a), nil
}

// meant returns the options that a typed text may mean, two of them at most:
// more than one is not certain anyway. A number is first of all a name, such as
// a unit's code, and otherwise counts in the list as it is shown.
func (w *walk) meant(st *Step, text string) (Options, error) {
	found, err := w.options(st, Ask{Text: text, Limit: 2})
	n := listNumber(text)
	if err != nil || n == 0 || isName(found.List, text) {
		return found, err
	}

	shown := Ask{From: n - 1, Limit: 1}
	if st.Kind == Choice {
		shown.Text = w.s.Partial
	}
	found, err = w.options(st, shown)
	return Options{List: found.List, Total: len(found.List)}, err
}

// isName reports whether a text is the whole name of the first option.
func isName(found []Option, text string) bool {
	fold := answer.Fold(text)
	return len(found) > 0 && slices.ContainsFunc(found[0].Names, func(name string) bool { return answer.Fold(name) == fold })
}

// listNumber reads "2", "2.", "số 2" or "#2" as the number of a choice; 0 where
// the text is anything else.
func listNumber(text string) int {
	if !strings.ContainsAny(text, "0123456789") {
		return 0
	}
	const most = 999
	if found := answer.Choose(text, make([]answer.Named, most)); len(found) == 1 {
		return found[0] + 1 // only a number finds one among choices without names
	}
	return 0
}

// pageOf cuts n things into pages and returns the bounds of one of them.
func pageOf(n, page int) (from, to, at, pages int) {
	pages = max(1, (n+PageSize-1)/PageSize)
	at = min(max(page, 1), pages)
	from = (at - 1) * PageSize
	return from, min(from+PageSize, n), at, pages
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
