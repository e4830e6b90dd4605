package exchange

import (
	"regexp"
	"slices"
	"strings"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
)

// marks are columns in which a mark says what a row is: one for each kind of registrant
// and for each field of work, as tables have them that are added up by hand.
func (r *reading) marks() []column {
	kind := func(k store.RegistrantKind, heads ...string) column {
		return column{
			name: "mark." + string(k), says: "kind", heads: heads,
			read: func(r *row, _ sheet.Cell, s string) error { r.mark(k, s); return nil },
		}
	}
	out := []column{kind(store.Collective, "tap the", "tt"), kind(store.Individual, "ca nhan", "cn")}

	for _, c := range r.campaigns {
		for _, o := range c.Fields {
			name := "mark." + o.Key
			if slices.ContainsFunc(out, func(c column) bool { return c.name == name }) {
				continue
			}
			heads := append([]string{o.Key}, o.Aliases...)
			for _, label := range o.Label {
				heads = append(heads, label)
			}
			out = append(out, column{name: name, says: "field", heads: heads, read: func(r *row, c sheet.Cell, s string) error {
				if !isMark(s) {
					return wrong("exchange.mark", map[string]any{"Text": answer.Excerpt(s)})
				}
				return r.readField(c, o.Key)
			}})
		}
	}
	return out
}

// mark takes what stands in the column of a kind: a mark, or who registers.
func (r *row) mark(k store.RegistrantKind, s string) {
	r.m.Kind = k
	if !isMark(s) {
		r.m.Registrants = store.ReadRegistrants(s)
	}
}

func isMark(s string) bool {
	return slices.Contains([]string{"✓", "✔", "+"}, s) || slices.Contains([]string{"x", "1", "v", "co", "yes"}, answer.Fold(s))
}

// known reports whether a row has a code that a house gave: its models are told apart
// there, and are not compared by their titles.
func (r *row) known() bool { return givenCode.MatchString(r.m.Code) }

var givenCode = regexp.MustCompile(`^DVK-[A-Z0-9._-]+-\d{4}-\d{4,}$`)

// isExample reports whether the row is the one by which a template shows how.
func (r *row) isExample() bool {
	fold := answer.Fold(r.line.Text("code"))
	return slices.ContainsFunc(r.Words.Languages(), func(lang string) bool {
		return fold == answer.Fold(r.In(lang).Plain("exchange.example_row", nil))
	})
}

// blank reports whether nothing stands in the row but the unit, as a template has it.
func (r *row) blank() bool {
	return !slices.ContainsFunc(columns(), func(c column) bool {
		return c.name != "unit" && c.name != "unit_code" && r.line.Text(c.name) != ""
	})
}

// plainWords is a refusal without the sign before it: in a table all are refusals.
func plainWords(s string) string {
	return strings.TrimSpace(strings.TrimLeft(s, "⚠️⛔ "))
}

// Keys lists the catalogue keys that are put together here.
func Keys() []string {
	var out []string
	for _, c := range columns() {
		out = append(out, "exchange.column."+c.name)
	}
	for _, name := range []string{
		"instant", "difficulty", "lesson", "feedback", "files", "verdict", "counterpart", "record",
	} {
		out = append(out, "exchange.column."+name)
	}
	for _, name := range []string{
		"code", "unit_code", "unit", "year", "registered", "title", "kind", "registrants", "field", "title_group", "origin", "place",
		"problem", "target", "content", "from", "to", "span", "contact", "phone", "state", "results", "money", "updated", "confirmed",
	} {
		out = append(out, "exchange.example."+name)
	}

	for _, what := range Kinds {
		out = append(out, "exchange.file."+what, "exchange.button."+what)
	}
	for _, key := range []string{"bring", "twins", "marked", "drop", "undo", "again"} {
		out = append(out, "table.button."+key)
	}
	return out
}
