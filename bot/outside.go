package bot

import (
	"slices"

	"danvan/store"
)

// outside are the states of the models that no total counts (domain.md §5),
// in the order in which they are told.
var outside = []store.State{store.Waiting, store.Returned, store.Rejected, store.Merged}

// tally counts models by state.
type tally map[store.State]int

// standing is the number at the head of a list: without what no total counts,
// unless that, or some words, is what was asked for.
func (c tally) standing(v store.View) int {
	n := 0
	for s, count := range c {
		if v.State != "" || v.Query != "" || !slices.Contains(outside, s) {
			n += count
		}
	}
	return n
}

// sift takes out of a plain list what was rejected or merged, which a filter
// or a search still finds, and puts first what is to be completed.
func (t *turn) sift(v store.View, heads []store.Head) ([]store.Head, tally) {
	count := tally{}
	for _, h := range heads {
		count[h.State]++
	}
	if v.State == "" && v.Query == "" {
		heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.State == store.Rejected || h.State == store.Merged })
	}
	if !t.may(registerModels) {
		return heads, count
	}
	var first, rest []store.Head
	for _, h := range heads {
		if h.State == store.Returned {
			first = append(first, h)
		} else {
			rest = append(rest, h)
		}
	}
	return append(first, rest...), count
}

// outsideText tells what is not counted.
func (t *turn) outsideText(count tally) markup {
	var parts []args
	for _, s := range outside {
		if count[s] > 0 {
			parts = append(parts, args{"State": s, "Count": count[s]})
		}
	}
	return t.listed("list.uncounted", parts)
}
