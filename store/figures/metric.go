package figures

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/store"
)

// Metric names what is measured: a part of the money ("vnd.people"), all of it
// ("vnd"), or a unit of measure ("m2", "other.giường"), with what was measured
// behind it where that was told, by key or as people call it ("m/road",
// "m/=tường rào"): unlike things are never added up.
type Metric string

// Worth is all the money, in đồng.
const Worth Metric = "vnd"

// Turns are lượt: never people, and never added to models or registrants.
const Turns Metric = "turn"

// Registrants counts who registered the models, each once.
const Registrants Metric = "registrant"

// percent is a ratio: there is no sum of it.
const percent = "percent"

// moneyParts are the parts of the money in the order in which they are shown.
// Their place here is their place among a Figures' metrics.
var moneyParts = []store.MoneyPart{store.Budget, store.People, store.Business, store.InKind, store.AllMoney}

// PartMetric is the metric of a part of the money.
func PartMetric(p store.MoneyPart) Metric {
	if p == store.AllMoney {
		return Worth + ".unspecified"
	}
	return Worth + "." + Metric(p)
}

// Money reports whether the metric is counted in đồng.
func (m Metric) Money() bool { return m == Worth || strings.HasPrefix(string(m), string(Worth)+".") }

// Whole reports whether the metric is counted in whole numbers; others are
// counted in thousandths.
func (m Metric) Whole() bool { return m == "" || m == Registrants || m.Money() }

// Unit returns the unit of measure: "m2", or "other" where things are counted
// one by one.
func (m Metric) Unit() string {
	unit, _, _ := strings.Cut(string(m), "/")
	if _, word := m.Word(); word && !strings.Contains(string(m), "/") {
		return otherUnit
	}
	return unit
}

// Thing returns the key of what was measured, "" where it has none.
func (m Metric) Thing() string {
	if _, word := m.Word(); word {
		return ""
	}
	_, thing, _ := strings.Cut(string(m), "/")
	return thing
}

// Word returns what people called a thing that has no key.
func (m Metric) Word() (string, bool) {
	if word, ok := strings.CutPrefix(string(m), otherUnit+"."); ok {
		return word, true
	}
	_, word, ok := strings.Cut(string(m), "/=")
	return word, ok
}

// measures are the units in which things of every kind are measured: what they
// measure must be said with the number. Others name what they count.
var measures = []string{"m2", "m", "kg"}

// otherUnit is the unit of what is counted one by one and has no unit of its own.
const otherUnit = "other"

// MetricOf is the metric in which a quantity counts.
func MetricOf(q store.Quantity) Metric {
	word := string(appendFolded(nil, q.Word))
	switch {
	case q.Thing != "":
		return Metric(q.Metric + "/" + q.Thing)
	case q.Metric == otherUnit:
		return Metric(otherUnit + "." + word)
	case word != "" && slices.Contains(measures, q.Metric):
		return Metric(q.Metric + "/=" + word)
	}
	return Metric(q.Metric)
}

// appendFolded appends a name as names are compared: without case, and with one
// space between words.
func appendFolded(b []byte, s string) []byte {
	gap := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = len(b) > 0
			continue
		}
		if gap {
			b, gap = append(b, ' '), false
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
}

// metricOrder sorts metrics: the money's parts, then the units of measure as
// the query orders them, then the rest by key.
func metricOrder(order []string) func(a, b Metric) int {
	place := func(m Metric) int {
		for i, p := range moneyParts {
			if m == PartMetric(p) {
				return i
			}
		}
		if i := slices.Index(order, m.Unit()); i >= 0 {
			return len(moneyParts) + i
		}
		return len(moneyParts) + len(order)
	}
	return func(a, b Metric) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) }
}

// marks are the qualifiers of what a sum was made of.
type marks uint8

const (
	markOver marks = 1 << iota
	markNearly
	markAbout
)

func markOf(q store.Qualifier) marks {
	switch q {
	case store.Over:
		return markOver
	case store.Nearly:
		return markNearly
	case store.About:
		return markAbout
	}
	return 0
}

// qualifier is what a sum may say of itself: more than where every doubtful
// part is more, nearly where every one is less, about otherwise.
func (m marks) qualifier() store.Qualifier {
	switch m {
	case 0:
		return store.Exactly
	case markOver:
		return store.Over
	case markNearly:
		return store.Nearly
	}
	return store.About
}
