// Package agenda reads from a store what package deadline plans with.
//
// It decides nothing and writes nothing. What changes rarely (units, posts,
// campaigns, days off) is a House, which a Book keeps as long as the store's
// edition is the same; what changes all day is read for the periods that are
// awake, each in a transaction of its own, and for the few people whom planning
// asks about. Nothing that is read here has to be of one instant: whoever acts
// on a plan looks again, in the transaction in which it acts.
package agenda
