// Package inbox shares out turns fairly, and lets a channel confirm what came.
//
// What comes waits in a line for each person. Turns go round: one for each
// person with something waiting, and one for all strangers together, so that
// whoever sends ten thousand messages holds up nobody but themselves. One person's
// turns keep their order and never run at once.
//
// A line has an end. Of somebody who is known it takes 200 events, for a phone
// that comes back from a dead spot sends what was written there at once; of what
// comes beyond, none is taken until the line has been worked off, and then one
// message says how many that were. Of strangers little waits, each and all
// together, and what is beyond is dropped. Whoever brings a good invitation is no
// stranger.
//
// Take returns when a channel may confirm what it brought: each event's turn is
// over, or it was dropped by these rules, or it is kept in the store (Tx.Await),
// from where it goes when its turn is accepted, in the turn's own transaction.
// Mostly all turns are over at once and nothing is kept; what would have to wait
// is kept, so that nobody waits for the slowest. What a process that died had
// kept is taken up first by the next one.
//
// While the store has no room, turns are tried again every two seconds, and
// nothing is confirmed that is neither over nor kept.
package inbox
