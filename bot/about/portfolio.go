package about

import (
	"slices"

	"danvan/bot"
	"danvan/store"
)

// Hides reports whether a model is outside of what the post looks after, and is not to be
// named to it. A post without a portfolio is told of every model that a text of its own
// has to name.
func Hides(t *bot.Turn, m store.Model) bool {
	return !t.Post.Portfolio.Whole() && !t.Org.Covers(t.Post, m)
}

// Within leaves out of some models those that are hidden from the post.
func Within(t *bot.Turn, heads []store.Head) []store.Head {
	return slices.DeleteFunc(heads, func(h store.Head) bool { return Hides(t, store.Model{Unit: h.Unit, Entries: h.Entries}) })
}
