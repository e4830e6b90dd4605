package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/store"
)

// Words is the catalogue: texts by language and key, with arguments put in.
type Words interface {
	Text(lang, key string, args map[string]any) string
}

// Voice is one language: words, and how it writes numbers and sums.
type Voice struct {
	Words  Words
	Lang   string
	Number func(lang string, thousandths int64) string
	Money  func(lang string, vnd int64) string
	// Bold and Escape mark up a text for a channel; nil leaves it plain.
	Bold, Escape func(string) string
}

type args = map[string]any

// Text says a key of the catalogue.
func (v Voice) Text(key string, a args) string { return v.Words.Text(v.Lang, key, a) }

// Count writes a whole number: 4.494.
func (v Voice) Count(n int64) string { return v.Number(v.Lang, n*1000) }

// Percent writes thousandths as per cent, with one decimal: 94,3%.
func (v Voice) Percent(permille int64) string { return v.Number(v.Lang, permille*100) + "%" }

// span writes from when to when; "" of neither.
func (v Voice) span(from, to store.Date) string {
	var parts []string
	for _, d := range []store.Date{from, to} {
		if !d.IsZero() {
			parts = append(parts, v.day(d))
		}
	}
	return strings.Join(parts, " – ")
}

func (v Voice) day(d store.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) }

// Plain is the same voice without mark-up: for a cell, for a picture.
func (v Voice) Plain() Voice {
	v.Bold, v.Escape = nil, nil
	return v
}

// Share writes a part of a whole in whole per cent; "–" of nothing.
func (v Voice) Share(n, of int) string {
	if of == 0 {
		return v.Text("figures.none", nil)
	}
	return v.Percent((ratio(int64(n), int64(of)) + 5) / 10 * 10)
}

func (v Voice) escape(s string) string {
	if v.Escape == nil {
		return s
	}
	return v.Escape(s)
}

func (v Voice) bold(s string) string {
	if v.Bold == nil {
		return s
	}
	return v.Bold(s)
}

// Lower writes a label as it stands inside a sentence.
func Lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// Metric names what a metric measures: "Hiện vật quy đổi", "Đất hiến", "Số hộ",
// "Giường".
func (v Voice) Metric(m Metric) string {
	if word, ok := m.Word(); ok {
		return capital(word)
	}
	if part, ok := strings.CutPrefix(string(m), string(Worth)+"."); ok {
		return v.Text("figures.money."+part, nil)
	}

	switch m {
	case Worth:
		return v.Text("figures.money.all", nil)
	case Registrants:
		return v.Text("figures.column.registrants", nil)
	}

	if thing := m.Thing(); thing != "" {
		return v.Text("thing."+thing, nil)
	}
	return v.Text("measure."+m.Unit(), nil)
}

// unit is the unit of measure of a metric whose name does not say it, "" of
// the others.
func (v Voice) unit(m Metric) string {
	if unit := m.Unit(); slices.Contains(measures, unit) {
		return v.Text("metric."+unit, nil)
	}
	return ""
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Reason names why a model is paused or was given up.
func (v Voice) Reason(key string) string {
	if key == NotGiven {
		return v.Text("figures.not_given", nil)
	}
	return v.Text("update.reason."+key, nil)
}

// Option names a field or a title.
func (v Voice) Option(o store.Option) string {
	if o.Key == NotGiven {
		return v.Text("figures.not_given", nil)
	}
	return o.Label.In(v.Lang)
}

// short names it for a narrow place.
func (v Voice) short(o store.Option) string { return cmp.Or(o.Short.In(v.Lang), v.Option(o)) }

// Set names a set: "Xây dựng mới".
func (v Voice) Set(s Set) string { return v.Text("figures.set."+s.String(), nil) }

// PeriodName says a period as it stands in a sentence: "6 tháng đầu năm 2024".
// A period is named after the month of its cut-off, so a half-year from 15/12
// to 14/6 is the first one; free periods have a name, or their days.
func (v Voice) PeriodName(p store.Period) string {
	month := int(p.To.Month)
	a := args{"Year": fmt.Sprint(p.To.Year), "Month": month, "Quarter": roman((month + 2) / 3), "From": v.day(p.From), "To": v.day(p.To)}
	switch {
	case p.Name != "":
		return p.Name
	case p.Kind == store.HalfYear && month <= 6:
		return v.Text("figures.period.half_first", a)
	case p.Kind == store.HalfYear:
		return v.Text("figures.period.half_second", a)
	case p.Kind == store.FreePeriod || p.Kind == "":
		return v.Text("figures.period.free", a)
	}

	return v.Text("figures.period."+string(p.Kind), a)
}

func roman(quarter int) string { return []string{"I", "II", "III", "IV"}[quarter-1] }
