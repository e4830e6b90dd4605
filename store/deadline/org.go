package deadline

import (
	"iter"
	"time"

	"danvan/store"
)

// Org is what planning asks of the organisation: package org's is one.
type Org interface {
	// Under reports whether a unit is another one or below it; "" is above all.
	Under(unit, above store.UnitCode) bool
	Seats() iter.Seq[store.Post]
	Seat(store.PostID) (store.Post, bool)
	SeatsAs(store.Role) []store.Post
	// Officers lists the posts that report for a unit, an empty one if nobody does.
	Officers(store.UnitCode) []store.Post
	// Shared reports whether there may be several of them, cheaply.
	Shared(store.UnitCode) bool
	// OfficerFor returns which of them a person holds, or stands in for; false: none.
	OfficerFor(unit store.UnitCode, person store.PersonID, now time.Time) (store.Post, bool)
	// Nearest returns the first post in a role, upwards from a unit, that is
	// good enough.
	Nearest(unit store.UnitCode, role store.Role, ok func(store.Post) bool) (store.Post, bool)
	// Reaches reports whether a unit is in a post's scope.
	Reaches(post store.Post, unit store.UnitCode) bool
}
