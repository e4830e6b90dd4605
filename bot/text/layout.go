package text

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"danvan/store"
)

// ListPage is how many things one page of a list shows.
const ListPage = 8

// Button returns a button labelled by key.
func (v Voice) Button(key, data string, a Args) store.Button {
	return store.Button{Text: v.Plain(key, a), Data: data}
}

// Green marks the main button, Red the one that throws away.
func Green(b store.Button) store.Button { b.Style = store.Success; return b }

// Red marks the button that throws away.
func Red(b store.Button) store.Button { b.Style = store.Danger; return b }

// Row is a row of buttons.
func Row(b ...store.Button) []store.Button { return b }

// InPairs lays buttons out in their order, two to a row where both fit.
func (v Voice) InPairs(buttons []store.Button) [][]store.Button {
	var out [][]store.Button
	short := func(b store.Button) bool { return within(utf8.RuneCountInString(b.Text), v.Limits.Half) }
	for i := 0; i < len(buttons); {
		n := 1
		if i+1 < len(buttons) && short(buttons[i]) && short(buttons[i+1]) {
			n = 2
		}
		out = append(out, buttons[i:i+n])
		i += n
	}
	return out
}

// Choices lays long labels out like InPairs; false when they are too long, or too
// many for the question above them to stay in sight.
func (v Voice) Choices(buttons []store.Button) ([][]store.Button, bool) {
	widest := 0
	for _, b := range buttons {
		widest = max(widest, utf8.RuneCountInString(b.Text))
	}
	rows := v.InPairs(buttons)
	return rows, within(widest, v.Limits.Half) || within(widest, v.Limits.Full) && within(len(rows), v.Limits.Rows)
}

// Fits reports whether a button's data is not longer than the channel takes.
func (v Voice) Fits(b store.Button) bool { return within(len(b.Data), v.Limits.Data) }

// within reports whether there are no more of something than a limit, of which 0
// is none.
func within(n, most int) bool { return most == 0 || n <= most }

// ButtonLabel is a name that fits onto a button with a row to itself.
func (v Voice) ButtonLabel(name string) string {
	if v.Limits.Full == 0 {
		return name
	}
	return Shorten(name, v.Limits.Full)
}

// InRows lays buttons out, n to a row.
func InRows(buttons []store.Button, n int) [][]store.Button {
	return slices.Collect(slices.Chunk(buttons, n))
}

// Page is where one page of a list begins and ends: At from 0, Of how many.
type Page struct{ At, From, To, Of int }

// PageOf cuts n things into pages of a size and returns one of them, the
// nearest that there is.
func PageOf(n, size, page int) Page {
	of := max(1, (n+size-1)/size)
	at := min(max(page, 0), of-1)
	return Page{at, at * size, min((at+1)*size, n), of}
}

// Pager are the buttons to the pages beside one, a row of them or none; to is
// what the button of a page says.
func (v Voice) Pager(p Page, to func(page int) string) [][]store.Button {
	var out []store.Button
	if p.At > 0 {
		out = append(out, v.Button("button.previous", to(p.At-1), nil))
	}
	if p.At < p.Of-1 {
		out = append(out, v.Button("button.next", to(p.At+1), nil))
	}
	if out == nil {
		return nil
	}
	return [][]store.Button{out}
}

// Numbered is what the button of a page says when it ends with the page.
func Numbered(prefix string) func(int) string {
	return func(page int) string { return prefix + strconv.Itoa(page) }
}
