package figures

import (
	"cmp"
	"slices"

	"danvan/store"
)

// Adjustment is a figure that is no longer what was frozen: "điều chỉnh sau
// chốt". Models are those that make the difference; their reviews, updates and
// audit say who and why. A figure whose models changed is adjusted even where
// as many came as went.
type Adjustment struct {
	Key      Key
	From, To int64
	Models   []store.ModelID
}

// Adjusted lists what has changed since figures were frozen: the totals of
// every set and metric first, then new and registered models and the money by
// field, kind, title and unit. Both must be of the same query but for the
// instant.
func Adjusted(then, now *Figures) []Adjustment {
	touched := map[Key][]store.ModelID{}
	pairs(then.rows, now.rows, func(a, b *row) {
		if a != nil && b != nil && sameRow(then, a, now, b) {
			return
		}

		was, is := then.shares(a), now.shares(b)
		for k, n := range was {
			if is[k] != n {
				touched[k] = append(touched[k], a.id)
			}
		}

		for k := range is {
			if _, ok := was[k]; !ok {
				touched[k] = append(touched[k], b.id)
			}
		}
	})

	out := make([]Adjustment, 0, len(touched))
	for k, models := range touched {
		out = append(out, Adjustment{Key: k, From: then.Value(k), To: now.Value(k), Models: models})
	}

	slices.SortFunc(out, func(a, b Adjustment) int { return compareKeys(a.Key, b.Key) })
	return out
}

// pairs walks two lists of rows side by side, by id; one of a pair may be
// missing.
func pairs(before, after []row, visit func(a, b *row)) {
	for len(before) > 0 || len(after) > 0 {
		var a, b *row
		if len(before) > 0 && (len(after) == 0 || before[0].id <= after[0].id) {
			a = &before[0]
		}
		if len(after) > 0 && (len(before) == 0 || after[0].id <= before[0].id) {
			b = &after[0]
		}
		if a != nil {
			before = before[1:]
		}
		if b != nil {
			after = after[1:]
		}

		visit(a, b)
	}
}

// sameRow reports whether a model is counted as it was. Who registered it is not
// compared: registrants have no names here.
func sameRow(f *Figures, a *row, g *Figures, b *row) bool {
	return a.in == b.in && a.kind == b.kind && f.Lines[a.line].Unit == g.Lines[b.line].Unit &&
		f.Fields[a.field].Key == g.Fields[b.field].Key && f.Titles[a.title].Key == g.Titles[b.title].Key &&
		f.Reasons[a.reason] == g.Reasons[b.reason] &&
		slices.EqualFunc(f.amounts[a.first:a.end], g.amounts[b.first:b.end], func(x, y amount) bool {
			return f.metrics[x.metric] == g.metrics[y.metric] && x.inPeriod == y.inPeriod
		})
}

// shares lists the figures that a model counts in, with what it adds to each.
func (f *Figures) shares(r *row) map[Key]int64 {
	out := map[Key]int64{}
	if r == nil {
		return out
	}

	for _, s := range Sets() {
		if !r.in.has(s) {
			continue
		}

		out[Key{Set: s}] = 1
		if r.reason != 0 && (s == Failed || s == Paused) {
			out[Key{Set: s, Reason: f.Reasons[r.reason]}] = 1
		}

		if s == New || s == Registered {
			for _, k := range f.dimensions(r) {
				k.Set = s
				out[k] = 1
			}
		}
	}

	for _, a := range f.amounts[r.first:r.end] {
		if a.inPeriod != 0 {
			out[Key{Metric: f.metrics[a.metric]}] = a.inPeriod
		}
	}

	if worth, ok := f.brought(r, 0, int32(len(moneyParts))); ok {
		for _, k := range append(f.dimensions(r), Key{}) {
			k.Metric = Worth
			out[k] = worth
		}
	}

	return out
}

// dimensions are the ways in which a model's figures are split.
func (f *Figures) dimensions(r *row) []Key {
	return []Key{
		{Field: f.Fields[r.field].Key}, {Title: f.Titles[r.title].Key},
		{Kind: Kinds()[r.kind]}, {Unit: f.Lines[r.line].Unit},
	}
}

// compareKeys puts totals before their splits, and counts before amounts.
func compareKeys(a, b Key) int {
	split := func(k Key) int {
		for i, part := range []string{k.Reason, k.Field, string(k.Kind), k.Title, string(k.Unit)} {
			if part != "" {
				return i + 1
			}
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(split(a), split(b)), cmp.Compare(min(len(a.Metric), 1), min(len(b.Metric), 1)), cmp.Compare(a.Set, b.Set),
		cmp.Compare(a.String(), b.String()),
	)
}
