package models

import (
	"slices"

	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/store"
)

// tally counts models by state.
type tally map[store.State]int

// standing is the number at the head of a list: without what no total counts,
// unless that, or some words, is what was asked for.
func (c tally) standing(v store.View) int {
	n := 0
	for s, count := range c {
		if v.State != "" || v.Query != "" || s.Counts() {
			n += count
		}
	}
	return n
}

// sift takes out of a plain list what was rejected or merged, which a filter
// or a search still finds, and puts first what is to be completed.
func (t turn) sift(v store.View, heads []store.Head) ([]store.Head, tally) {
	count := tally{}
	for _, h := range heads {
		count[h.State]++
	}
	if v.State == "" && v.Query == "" {
		heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.State == store.Rejected || h.State == store.Merged })
	}
	if !t.May(access.RegisterModels) {
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
func (t turn) outsideText(count tally) text.Markup {
	var parts []text.Args
	for _, s := range store.States {
		if !s.Counts() && count[s] > 0 {
			parts = append(parts, text.Args{"State": s, "Count": count[s]})
		}
	}
	return t.Listed("list.uncounted", parts)
}
