package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/locales"
	"danvan/store"
)

// Money writes a sum as people say it, with the word that qualifies it.
func (v Voice) Money(m store.Money) string {
	sum := v.qualified(m.Qualifier, locales.Money(v.Lang, m.VND))
	if m.Note != "" {
		sum += " (" + m.Note + ")"
	}
	if m.Part != store.AllMoney {
		sum = v.Key("money.", string(m.Part)) + " " + sum
	}
	return sum
}

// Sums writes sums, and a total that was told with its parts before them.
func (v Voice) Sums(list []store.Money) string {
	var parts []string
	total, told := store.Money{}, false
	for _, m := range list {
		total.VND += m.VND
		if m.Total {
			told, total.Qualifier = true, m.Qualifier
			continue
		}
		parts = append(parts, v.Money(m))
	}

	said := strings.Join(parts, ", ")
	if !told {
		return said
	}
	return v.Words.Text(v.Lang, "sums.divided", Args{"Total": v.Money(total), "Parts": said})
}

// Quantity writes a figure with its unit of measure and what was measured.
func (v Voice) Quantity(q store.Quantity) string {
	n := v.qualified(q.Qualifier, locales.Number(v.Lang, int64(q.Value)))
	if q.Metric == "percent" {
		return n + "%"
	}

	word := q.Word
	if word == "" && q.Thing != "" {
		word = Lower(v.Key("thing.", q.Thing))
	}
	if q.Metric != "other" {
		word = v.Words.Text(v.Lang, "metric."+q.Metric, Args{"Count": plural(q.Value)}) + " " + word
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

func (v Voice) qualified(q store.Qualifier, figure string) string {
	if q == store.Exactly {
		return figure
	}
	return v.Key("qualifier.", string(q)) + " " + figure
}

// progress sums up an update in one line.
func (v Voice) progress(p store.Progress) string {
	if p.Nothing {
		return v.Words.Text(v.Lang, "progress.nothing", nil)
	}

	var parts []string
	for _, q := range p.Results {
		parts = append(parts, v.Quantity(q))
	}
	out := strings.Join(parts, ", ")
	if out != "" && p.Basis != "" {
		out = v.Key("basis.", string(p.Basis)) + " " + out
	}

	if len(p.Money) > 0 {
		out = join(out, v.Sums(p.Money))
	}
	if p.State != p.Was {
		out = join(v.Key("state.", string(p.State)), out)
	}
	if out == "" {
		return v.Words.Text(v.Lang, "progress.noted", nil)
	}
	return out
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// Phone writes a Vietnamese number as people read it: 0912 345 678.
func Phone(e164 string) string {
	local, ok := strings.CutPrefix(e164, "+84")
	if !ok || len(local) < 9 {
		return e164
	}
	return "0" + local[:len(local)-6] + " " + local[len(local)-6:len(local)-3] + " " + local[len(local)-3:]
}

// Year writes a year, which is no quantity: without a dot; "" for none.
func Year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// Capital begins a word that stands inside sentences as a button begins.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Lower writes a label as it stands inside a line.
func Lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// Shorten cuts a text for display and says so by an ellipsis; the whole text
// is kept where it came from.
func Shorten(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	cut := []rune(s)[:runes-1]
	return strings.TrimRight(string(cut), " ,.;") + "…"
}
