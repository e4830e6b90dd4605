package report

import (
	"cmp"
	"fmt"
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

func (v Voice) text(key string, a args) string { return v.Words.Text(v.Lang, key, a) }

// Count writes a whole number: 4.494.
func (v Voice) Count(n int64) string { return v.Number(v.Lang, n*1000) }

// Percent writes thousandths as per cent, with one decimal: 94,3%.
func (v Voice) Percent(permille int64) string { return v.Number(v.Lang, permille*100) + "%" }

func (v Voice) day(d store.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) }

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

// lower writes a label as it stands inside a sentence.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// Metric names a metric: "hiện vật quy đổi", "m²", "giường".
func (v Voice) Metric(m Metric) string {
	if word, ok := m.Word(); ok {
		return word
	}
	if part, ok := strings.CutPrefix(string(m), string(Worth)+"."); ok {
		return v.text("figures.money."+part, nil)
	}
	switch m {
	case Worth:
		return v.text("figures.money.all", nil)
	case Registrants:
		return v.text("figures.column.registrants", nil)
	}
	return v.text("metric."+string(m), nil)
}

// Reason names why a model is paused or was given up.
func (v Voice) Reason(key string) string {
	if key == NotGiven {
		return v.text("figures.not_given", nil)
	}
	return v.text("update.reason."+key, nil)
}

// option names a field or a title.
func (v Voice) option(o store.Option) string {
	if o.Key == NotGiven {
		return v.text("figures.not_given", nil)
	}
	return o.Label.In(v.Lang)
}

// short names it for a narrow place.
func (v Voice) short(o store.Option) string { return cmp.Or(o.Short.In(v.Lang), v.option(o)) }

// Set names a set: "Xây dựng mới".
func (v Voice) Set(s Set) string { return v.text("figures.set."+s.String(), nil) }

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
		return v.text("figures.period.half_first", a)
	case p.Kind == store.HalfYear:
		return v.text("figures.period.half_second", a)
	case p.Kind == store.FreePeriod || p.Kind == "":
		return v.text("figures.period.free", a)
	}
	return v.text("figures.period."+string(p.Kind), a)
}

func roman(quarter int) string { return []string{"I", "II", "III", "IV"}[quarter-1] }
