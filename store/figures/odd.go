package figures

import (
	"cmp"
	"slices"

	"danvan/store"
)

// enoughModels is of how many models a median says what is usual.
const enoughModels = 20

// Medians are what the models that count had until the instant, by field and
// metric, where enough of them had any. All the money is one metric.
func (f *Figures) Medians() []store.Median {
	type of struct {
		field  int16
		metric Metric
	}
	values := map[of][]int64{}
	for i := range f.rows {
		r := &f.rows[i]
		if !r.in.has(Registered) {
			continue
		}

		worth := int64(0)
		for _, a := range f.amounts[r.first:r.end] {
			switch m := f.metrics[a.metric]; {
			case m.Money():
				worth += a.soFar
			case a.soFar > 0:
				values[of{r.field, m}] = append(values[of{r.field, m}], a.soFar)
			}
		}
		if worth > 0 {
			values[of{r.field, Worth}] = append(values[of{r.field, Worth}], worth)
		}
	}

	var out []store.Median
	for k, v := range values {
		if len(v) >= enoughModels {
			slices.Sort(v)
			out = append(out, store.Median{Field: f.Fields[k.field].Key, Metric: string(k.metric), Value: v[len(v)/2]})
		}
	}
	slices.SortFunc(out, func(a, b store.Median) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Metric, b.Metric))
	})
	return out
}

// OddKind is why a figure is asked about.
type OddKind string

// The kinds. A slip is of thousands for millions, or millions for billions.
const (
	OddSlipUp    OddKind = "slip_up"    // about a thousand times what the model had
	OddSlipDown  OddKind = "slip_down"  // about a thousandth of it
	OddOwn       OddKind = "own"        // more than ten times of it
	OddField     OddKind = "field"      // more than a hundred times the median of its field
	OddFieldDown OddKind = "field_down" // about a thousandth of it
	OddSmall     OddKind = "small"      // less than any model is worth
	OddLarge     OddKind = "large"      // more than any
)

// OddKinds lists every kind.
var OddKinds = []OddKind{OddSlipUp, OddSlipDown, OddOwn, OddField, OddFieldDown, OddSmall, OddLarge}

// Odd is a figure that is seldom right.
type Odd struct {
	Kind        OddKind
	Metric      Metric
	Value, Than int64
}

// Times is how many times the greater of the two values holds the smaller one.
func (o Odd) Times() int64 { return max(o.Value, o.Than) / max(1, min(o.Value, o.Than)) }

// From how many times on a figure is odd, and between how many it is a slip; and
// the worth of a model in đồng that is odd by itself.
const (
	oddOwn, oddField   = 10, 100
	slipFrom, slipTo   = 300, 3000
	oddSmall, oddLarge = 1_000_000, 1_000_000_000_000
)

// Odds tells which amounts are odd beside what the model had, and beside the
// medians of its field. Nothing of it is wrong for sure.
func Odds(told, had []Amount, medians []store.Median) []Odd {
	var out []Odd
	for _, a := range told {
		own := int64(0)
		if i := slices.IndexFunc(had, func(b Amount) bool { return b.Metric == a.Metric }); i >= 0 {
			own = had[i].SoFar
		}
		usual := int64(0)
		if i := slices.IndexFunc(medians, func(m store.Median) bool { return m.Metric == string(a.Metric) }); i >= 0 {
			usual = medians[i].Value
		}
		if o := (Odd{Metric: a.Metric, Value: a.SoFar}); a.SoFar > 0 && o.find(own, usual) {
			out = append(out, o)
		}
	}
	return out
}

// find reports whether the value is odd, and says why.
func (o *Odd) find(own, usual int64) bool {
	slip := func(more, less int64) bool {
		return o.Metric.Money() && less > 0 && more/less >= slipFrom && more/less <= slipTo
	}

	switch v := o.Value; {
	case slip(v, own):
		o.Kind, o.Than = OddSlipUp, own
	case slip(own, v):
		o.Kind, o.Than = OddSlipDown, own
	case own > 0 && v/oddOwn > own:
		o.Kind, o.Than = OddOwn, own

	case usual > 0 && v/oddField > usual:
		o.Kind, o.Than = OddField, usual
	case own == 0 && slip(usual, v):
		o.Kind, o.Than = OddFieldDown, usual
	case o.Metric.Money() && own == 0 && v < oddSmall:
		o.Kind = OddSmall
	case o.Metric.Money() && own == 0 && v >= oddLarge:
		o.Kind = OddLarge
	default:
		return false
	}
	return true
}
