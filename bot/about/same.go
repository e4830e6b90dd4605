package about

import (
	"cmp"
	"slices"

	"danvan/flows/answer"
	"danvan/store"
)

// likely is how similar two titles of one unit must be to be taken for the same model
// until somebody says otherwise (domain.md §4.1).
const likely = 0.85

// Alike are those of a unit's models that a title is likely the same as, the most
// alike first.
func Alike(title string, among []store.Head) []store.Head {
	type match struct {
		head  store.Head
		score float64
	}
	var found []match
	for _, h := range among {
		if score := answer.Similar(title, h.Title); score >= likely {
			found = append(found, match{h, score})
		}
	}

	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.score, a.score) })
	out := make([]store.Head, len(found))
	for i, m := range found {
		out[i] = m.head
	}
	return out
}
