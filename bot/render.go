package bot

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"danvan/flows"
	"danvan/locales"
	"danvan/store"
	"danvan/store/figures"
)

// voice is one language: it turns keys and values into text.
type voice struct {
	words *locales.Catalogue
	lang  string
	zone  *time.Location
}

// markup is text that is HTML already and must not be escaped again.
type markup string

func (t *turn) lang() string {
	if t.person.Language != "" {
		return t.person.Language
	}
	return t.Language
}

func (t *turn) own() voice { return t.voice(t.lang()) }

func (b *Bot) voice(lang string) voice { return voice{b.Words, lang, b.Zone} }

// text renders a catalogue text as HTML: everything in it that a person typed
// is escaped.
func (t *turn) text(key string, a args) string { return t.render(t.own(), key, a, html.EscapeString) }

// plain renders a catalogue text for a place without markup: a button, a
// toast, a keyboard.
func (t *turn) plain(key string, a args) string {
	return t.render(t.own(), key, a, func(s string) string { return s })
}

// textFor renders for somebody else, in that person's language.
func (t *turn) textFor(v voice, key string, a args) (string, error) {
	return t.render(v, key, a, html.EscapeString), nil
}

func (t *turn) render(v voice, key string, a args, escape func(string) string) string {
	if len(a) == 0 {
		return v.words.Text(v.lang, key, nil)
	}
	out := make(args, len(a))
	for k, value := range a {
		out[k] = t.value(v, value, escape)
	}
	return v.words.Text(v.lang, key, out)
}

// value makes an argument what a text can hold: escaped words, or a number or
// truth value that the text decides by.
func (t *turn) value(v voice, value any, escape func(string) string) any {
	switch x := value.(type) {
	case markup:
		return string(x)
	case string:
		return escape(x)
	case bool:
		return x
	case int:
		if x < 1000 {
			return x // a text may decide by it
		}
		return locales.Count(v.lang, x)
	case flows.Label:
		return escape(t.label(v, x))
	case flows.Settled:
		return escape(t.answerText(v, x))
	case store.Post:
		name, err := t.postName(v, x, true)
		if err != nil {
			t.Log.Error("name a post", "error", err)
		}
		return escape(name)
	case store.Progress:
		return escape(v.progress(x))
	}
	return escape(v.say(value))
}

// label is a short text of the engine, without markup.
func (t *turn) label(v voice, l flows.Label) string {
	if l.Key == "" {
		return l.Text
	}
	return t.render(v, l.Key, l.Args, func(s string) string { return s })
}

// lines renders a list, one text for each line.
func (t *turn) lines(key string, list []args) markup {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = t.text(key, a)
	}
	return markup(strings.Join(out, "\n"))
}

// listed renders a list inside a sentence, with commas between.
func (t *turn) listed(key string, list []args) markup {
	return markup(strings.ReplaceAll(string(t.lines(key, list)), "\n", ", "))
}

// say writes one value in the language.
func (v voice) say(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case store.Date:
		return v.date(x)
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return v.date(store.DateOf(x.In(v.zone)))
	case store.Period:
		return v.figures().PeriodName(x)
	case store.Money:
		return v.money(x)
	case store.Quantity:
		return v.quantity(x)
	case store.State:
		return v.key("state.", string(x))
	case store.Role:
		return v.key("role.", string(x))
	case store.RegistrantKind:
		return v.key("register.kind.", string(x))
	case store.Origin:
		return v.key("register.origin.", string(x))
	case weekday:
		return v.weekday(store.Date(x))
	case clock:
		return v.clock(time.Time(x))
	case store.PersonID:
		return strconv.FormatUint(uint64(x), 10)
	}
	return fmt.Sprint(value)
}

// figures is the same voice for figures, without mark-up.
func (v voice) figures() figures.Voice {
	return figures.Voice{Words: v.words, Lang: v.lang, Number: locales.Number, Money: locales.Money}
}

func (v voice) key(prefix, key string) string {
	if key == "" {
		return ""
	}
	return v.words.Text(v.lang, prefix+key, nil)
}

func (v voice) date(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

// money writes a sum as people say it, with the word that qualifies it.
func (v voice) money(m store.Money) string {
	sum := v.qualified(m.Qualifier, locales.Money(v.lang, m.VND))
	if m.Note != "" {
		sum += " (" + m.Note + ")"
	}
	if m.Part != store.AllMoney {
		sum = v.key("money.", string(m.Part)) + " " + sum
	}
	return sum
}

// quantity writes a figure with its unit of measure.
func (v voice) quantity(q store.Quantity) string {
	n := v.qualified(q.Qualifier, locales.Number(v.lang, int64(q.Value)))
	if q.Metric == "percent" {
		return n + "%"
	}
	word := q.Word
	if q.Metric != "other" {
		word = v.words.Text(v.lang, "metric."+q.Metric, args{"Count": plural(q.Value)})
	}
	return strings.TrimSpace(n + " " + word)
}

// plural is the count that decides a word's form: one only for exactly one.
func plural(d store.Decimal) int {
	if d == store.Whole(1) {
		return 1
	}
	return 2
}

func (v voice) qualified(q store.Qualifier, figure string) string {
	if q == store.Exactly {
		return figure
	}
	return v.key("qualifier.", string(q)) + " " + figure
}

// progress sums up an update in one line.
func (v voice) progress(p store.Progress) string {
	if p.Nothing {
		return v.words.Text(v.lang, "progress.nothing", nil)
	}
	var parts []string
	for _, q := range p.Results {
		parts = append(parts, v.quantity(q))
	}
	out := strings.Join(parts, ", ")
	if out != "" && p.Basis != "" {
		out = v.key("basis.", string(p.Basis)) + " " + out
	}
	if len(p.Money) > 0 {
		parts = parts[:0]
		for _, m := range p.Money {
			parts = append(parts, v.money(m))
		}
		out = join(out, strings.Join(parts, ", "))
	}
	if p.State != p.Was {
		out = join(v.key("state.", string(p.State)), out)
	}
	if out == "" {
		return v.words.Text(v.lang, "progress.noted", nil)
	}
	return out
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// phone writes a Vietnamese number as people read it: 0912 345 678.
func phone(e164 string) string {
	local, ok := strings.CutPrefix(e164, "+84")
	if !ok || len(local) < 9 {
		return e164
	}
	return "0" + local[:len(local)-6] + " " + local[len(local)-6:len(local)-3] + " " + local[len(local)-3:]
}

// unit returns a unit's name as it stands inside a sentence; "" for the whole
// house.
func (t *turn) unit(code store.UnitCode) (string, error) {
	if code == "" {
		return t.plain("unit.everything", nil), nil
	}
	u, err := t.tx.Unit(code)
	if err != nil {
		return "", err
	}
	return inSentence(u), nil
}

// inSentence begins the name of a place with a small letter: "xã Định Mỹ".
func inSentence(u store.Unit) string {
	if !u.Kind.Place() {
		return u.Name
	}
	first, rest, _ := strings.Cut(u.Name, " ")
	return strings.ToLower(first) + " " + rest
}

// capital begins a word that stands inside sentences as a button begins.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// postName names a post: role, unit and, in full, the unit above it. A
// person's own posts are told apart without that, and fit a button.
func (t *turn) postName(v voice, p store.Post, full bool) (string, error) {
	role := v.key("role.", string(p.Role))
	if p.Unit == "" {
		return v.words.Text(v.lang, "post.of_all", args{"Role": role}), nil
	}
	u, err := t.tx.Unit(p.Unit)
	if err != nil {
		return role, err
	}
	a := args{"Role": role, "Unit": inSentence(u), "Parent": ""}
	if full && u.Parent != "" {
		up, err := t.tx.Unit(u.Parent)
		if err != nil {
			return role, err
		}
		a["Parent"] = inSentence(up)
	}
	return v.words.Text(v.lang, "post.of_unit", a), nil
}

func auditText(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// parseRef reads an id as ref writes it; 0 when it is none.
func parseRef(s string) uint64 {
	id, err := strconv.ParseUint(s, 36, 64)
	if err != nil {
		return 0
	}
	return id
}

// cutIDs reads two ids, "a.b".
func cutIDs(s string) (a, b uint64, ok bool) {
	first, second, found := strings.Cut(s, ".")
	a, b = parseRef(first), parseRef(second)
	return a, b, found && a != 0 && b != 0
}
