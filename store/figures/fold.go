package figures

import (
	"cmp"
	"slices"

	"danvan/store"
)

// amount is what a model brought of a metric: in the period, and altogether
// since it was registered.
type amount struct {
	metric          int32 // its place among the Figures' metrics
	marks           marks // of what the period brought
	inPeriod, soFar int64
}

// sum is an amount while rows are folded.
type sum struct {
	metric      int32
	was, marks  marks // of all rows; of those that the period's value rests on
	start, stop int64 // when the period began; now
	row         int   // the last row that spoke of it
}

// folder folds the updates of one model after another into amounts.
type folder struct {
	metrics *names[Metric]
	rows    []step
	sums    []sum
	row     int // that is being folded, from 1
}

// fold appends what a model's updates came to. Steps are those that count, in
// the order of reporting.
func (fo *folder) fold(fr *frame, steps []step, into []amount) []amount {
	fo.rows, fo.sums = fo.rows[:0], fo.sums[:0]
	for _, s := range steps {
		if s.Row != 0 && !s.Nothing && (len(s.Results) > 0 || len(s.Money) > 0) && !fr.to.Before(s.Day) {
			fo.rows = append(fo.rows, s)
		}
	}

	if !slices.IsSortedFunc(fo.rows, byDay) {
		slices.SortStableFunc(fo.rows, byDay)
	}

	for i, s := range fo.rows {
		fo.row = i + 1
		within, cumulative := !s.Day.Before(fr.first), s.Basis == store.Cumulative
		fo.money(s, cumulative, within)
		for i := range s.Results {
			if q := &s.Results[i]; q.Metric != percent {
				fo.put(fo.quantity(q), int64(q.Value), markOf(q.Qualifier), cumulative, within)
			}
		}
	}

	for _, s := range fo.sums {
		if s.start != 0 || s.stop != 0 {
			into = append(into, amount{s.metric, s.marks, s.stop - s.start, s.stop})
		}
	}

	return into
}

func byDay(a, b step) int {
	switch {
	case a.Day == b.Day:
		return cmp.Compare(a.rank, b.rank)
	case a.Day.Before(b.Day):
		return -1
	}
	return 1
}

// money folds a row's sums. What a cumulative row leaves out stays, but a
// whole and its parts replace each other, and a total that was told with its
// parts replaces all that was told before.
func (fo *folder) money(s step, cumulative, within bool) {
	if cumulative && len(s.Money) > 0 {
		whole := slices.ContainsFunc(s.Money, func(m store.Money) bool { return m.Part == store.AllMoney })
		parts := slices.ContainsFunc(s.Money, func(m store.Money) bool { return m.Part != store.AllMoney })
		total := slices.ContainsFunc(s.Money, func(m store.Money) bool { return m.Total })
		for i, p := range moneyParts {
			if fo.has(int32(i)) && (total || p == store.AllMoney && !whole || p != store.AllMoney && !parts) {
				fo.put(int32(i), 0, 0, true, within)
			}
		}
	}
	for _, m := range s.Money {
		fo.put(int32(slices.Index(moneyParts, m.Part)), m.VND, markOf(m.Qualifier), cumulative, within)
	}
}

func (fo *folder) quantity(q *store.Quantity) int32 {
	if q.Thing == "" && q.Word == "" {
		return fo.metrics.of(Metric(q.Metric))
	}
	return fo.metrics.of(MetricOf(*q))
}

func (fo *folder) has(metric int32) bool {
	return slices.ContainsFunc(fo.sums, func(s sum) bool { return s.metric == metric })
}

// put adds to a sum, or sets it; a row that names a metric twice means both. A
// difference of two cumulative values is as doubtful as both.
func (fo *folder) put(metric int32, value int64, m marks, set, within bool) {
	at := slices.IndexFunc(fo.sums, func(s sum) bool { return s.metric == metric })
	if at < 0 {
		at = len(fo.sums)
		fo.sums = append(fo.sums, sum{metric: metric})
	}

	s := &fo.sums[at]
	set = set && s.row != fo.row
	s.row = fo.row
	switch {
	case set && within:
		s.stop, s.marks, s.was = value, m|s.was, m
	case set:
		s.stop, s.was = value, m
	case within:
		s.stop, s.marks, s.was = s.stop+value, s.marks|m, s.was|m
	default:
		s.stop, s.was = s.stop+value, s.was|m
	}

	if !within {
		s.start = s.stop
	}
}

// names gives each name a number, in the order in which they are first seen.
type names[N comparable] struct {
	number map[N]int32
	list   []N
}

func newNames[N comparable](list ...N) *names[N] {
	n := &names[N]{number: map[N]int32{}}
	for _, name := range list {
		n.of(name)
	}
	return n
}

func (n *names[N]) of(name N) int32 {
	if i, ok := n.number[name]; ok {
		return i
	}
	i := int32(len(n.list))
	n.number[name] = i
	n.list = append(n.list, name)
	return i
}
