package text

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"danvan/flows"
	"danvan/locales"
	"danvan/store"
	"danvan/store/figures"
)

// Args are the arguments of a catalogue text.
type Args = map[string]any

// Markup is text that is HTML already and must not be escaped again.
type Markup string

// Voice is one language: it turns keys and values into text.
type Voice struct {
	Words *locales.Catalogue
	Lang  string
	Zone  *time.Location
	// Limits are those of the channel on which it is heard; zero: there are none.
	Limits store.Limits
	// Units finds the units whose names are said.
	Units func(store.UnitCode) (store.Unit, bool)
	// Answers writes an answer to a form's question, without markup.
	Answers func(Voice, flows.Settled) string
}

// In is the same voice in another language.
func (v Voice) In(lang string) Voice {
	v.Lang = lang
	return v
}

// Text renders a catalogue text as HTML: everything in it that a person typed
// is escaped.
func (v Voice) Text(key string, a Args) string { return v.render(key, a, html.EscapeString) }

// Plain renders a catalogue text for a place without markup: a button, a
// toast, a keyboard.
func (v Voice) Plain(key string, a Args) string { return v.render(key, a, plain) }

func plain(s string) string { return s }

func (v Voice) render(key string, a Args, escape func(string) string) string {
	if len(a) == 0 {
		return v.Words.Text(v.Lang, key, nil)
	}

	out := make(Args, len(a))
	for k, value := range a {
		out[k] = v.value(value, escape)
	}
	return v.Words.Text(v.Lang, key, out)
}

// value makes an argument what a text can hold: escaped words, or a number or
// truth value that the text decides by.
func (v Voice) value(value any, escape func(string) string) any {
	switch x := value.(type) {
	case Markup:
		return string(x)
	case string:
		return escape(x)
	case bool:
		return x
	case int:
		if x < 1000 {
			return x // a text may decide by it
		}
		return locales.Count(v.Lang, x)

	case flows.Label:
		return escape(v.Label(x))
	case flows.Settled:
		return escape(v.Answers(v, x))
	case store.Post:
		return escape(v.PostName(x))
	case store.Progress:
		return escape(v.progress(x))
	}
	return escape(v.Say(value))
}

// Label is a short text of the engine, without markup.
func (v Voice) Label(l flows.Label) string {
	if l.Key == "" {
		return l.Text
	}
	return v.Plain(l.Key, l.Args)
}

// Lines renders a list, one text for each line.
func (v Voice) Lines(key string, list []Args) Markup {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = v.Text(key, a)
	}
	return Markup(strings.Join(out, "\n"))
}

// Listed renders a list inside a sentence, with commas between.
func (v Voice) Listed(key string, list []Args) Markup {
	return Markup(strings.ReplaceAll(string(v.Lines(key, list)), "\n", ", "))
}

// Say writes one value in the language.
func (v Voice) Say(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case store.Date:
		return Date(x)
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return Date(store.DateOf(x.In(v.Zone)))
	case store.Period:
		return v.Figures().PeriodName(x)
	case store.Money:
		return v.Money(x)
	case store.Quantity:
		return v.Quantity(x)

	case store.State:
		return v.Key("state.", string(x))
	case store.Role:
		return v.Key("role.", string(x))
	case store.RegistrantKind:
		return v.Key("register.kind.", string(x))
	case store.Origin:
		return v.Key("register.origin.", string(x))
	case Weekday:
		return v.weekday(store.Date(x))
	case Clock:
		return v.clock(time.Time(x))
	case store.PersonID:
		return strconv.FormatUint(uint64(x), 10)
	}
	return fmt.Sprint(value)
}

// Figures is the same voice for figures, without markup.
func (v Voice) Figures() figures.Voice {
	return figures.Voice{Words: v.Words, Lang: v.Lang, Number: locales.Number, Money: locales.Money}
}

// Key is the text of a key that a prefix is put before; "" for no key.
func (v Voice) Key(prefix, key string) string {
	if key == "" {
		return ""
	}
	return v.Words.Text(v.Lang, prefix+key, nil)
}

// Says lists what people may type for a label: what it says in every language,
// and its "_names".
func (v Voice) Says(l flows.Label) []string {
	var out []string
	for _, lang := range v.Words.Languages() {
		out = append(out, v.In(lang).Label(l))
		if more := l.Key + "_names"; v.Words.Has(lang, more) {
			out = append(out, strings.Split(v.Words.Text(lang, more, nil), "|")...)
		}
	}
	return out
}

// Fixed lists choices by their keys, whose texts stand behind a prefix.
func (v Voice) Fixed(prefix string, keys []string) []flows.Option {
	out := make([]flows.Option, len(keys))
	for i, k := range keys {
		out[i] = v.FixedOption(k, prefix+k)
	}
	return out
}

// FixedOption is a choice whose text stands in the catalogue.
func (v Voice) FixedOption(key, label string) flows.Option {
	return flows.Option{Key: key, Label: flows.Label{Key: label}, Names: v.Says(flows.Label{Key: label})}
}
