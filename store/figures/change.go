package figures

import "slices"

// Change is a figure against the same figure of earlier periods.
type Change struct {
	Key    Key
	Now    int64
	Before []Base // in the order of the figures that were compared with
}

// Base is what a figure was in an earlier period.
type Base struct {
	Value int64
	Known bool // false: there are no figures of that period
}

// By is how much more there is; false when nobody knows.
func (c Change) By(i int) (int64, bool) { return c.Now - c.Before[i].Value, c.Before[i].Known }

// Permille is the change in thousandths of what there was; false on base 0,
// where there is none (domain.md §5, T13: "–").
func (c Change) Permille(i int) (int64, bool) {
	if c.Before[i].Value == 0 {
		return 0, false
	}
	return ratio(c.Now-c.Before[i].Value, c.Before[i].Value), true
}

// ratio is n/of in thousandths, rounded to the nearest, halves away from zero.
func ratio(n, of int64) int64 {
	if of < 0 {
		n, of = -n, -of
	}
	whole, rest := n/of*1000, n%of
	half := of / 2
	if n < 0 {
		half = -half
	}
	return whole + int64((float64(rest)*1000+float64(half))/float64(of))
}

// headline are the figures that are compared from period to period.
var headline = []Set{New, Registered, Maintained, Upgraded, Done, Doing, Paused, Failed, Overdue}

// Changes compares figures with those of earlier periods: best the frozen
// ones (Thaw), which no longer change; nil where there are none. The money and
// every quantity that one of the periods has come after the counts.
func (f *Figures) Changes(before ...*Figures) []Change {
	keys := make([]Key, 0, len(headline)+2)
	for _, s := range headline {
		keys = append(keys, Key{Set: s})
	}

	keys = append(keys, Key{Metric: Registrants}, Key{Metric: Worth})
	for _, g := range append([]*Figures{f}, before...) {
		for _, a := range g.Amounts() {
			if k := (Key{Metric: a.Metric}); a.InPeriod != 0 && !a.Metric.Money() && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}

	out := make([]Change, len(keys))
	for i, k := range keys {
		out[i] = Change{Key: k, Now: f.headline(k)}
		for _, g := range before {
			out[i].Before = append(out[i].Before, Base{g.headline(k), g != nil})
		}
	}

	return out
}

// headline returns a figure of the whole subtree from the tallies.
func (f *Figures) headline(k Key) int64 {
	switch {
	case f == nil:
		return 0
	case k.Metric == Registrants:
		return int64(sumOf(f.tallies[Registered].Registrants[:]))
	case k.Metric != "":
		return f.Amount(k.Metric).InPeriod
	}
	return int64(f.Count(k.Set))
}

// Change says a change against the i-th earlier period in a few words: "xây
// dựng mới 35 (+6)", "giá trị thực hiện 1,2 tỷ đồng (+18%)". Without figures of
// that period it says what there is now.
func (v Voice) Change(c Change, i int) string {
	a := args{"What": v.escape(Lower(v.figure(c.Key))), "Now": v.Amount(c.Now, c.Key.Metric), "By": ""}

	by, known := c.By(i)
	permille, based := c.Permille(i)
	switch {
	case !known:
	case c.Key.Metric == "" || c.Key.Metric == Registrants || !based:
		a["By"] = signed(by, v.Amount(by, c.Key.Metric))
	default:
		a["By"] = signed(permille, v.Percent(permille))
	}

	return v.Text("figures.change", a)
}

func signed(n int64, text string) string {
	if n > 0 {
		return "+" + text
	}
	return text
}

// Amount writes a figure of a metric as people say it, with its unit where the
// metric's name does not say it; without a metric it is a count.
func (v Voice) Amount(n int64, m Metric) string {
	switch {
	case m.Money():
		return v.Money(v.Lang, n)
	case m.Whole():
		return v.Count(n)
	}
	number := v.Number(v.Lang, n)
	if unit := v.unit(m); unit != "" {
		number += " " + unit
	}
	return number
}
