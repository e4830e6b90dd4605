// Package bot turns one event into one turn: it decides who may do what, runs
// the conversation engine, keeps what changed and queues what to say, all in
// one store transaction.
//
// # Boards
//
// A message with figures is a Board: a digest that the clock sends, or a
// summary on demand. What it shows is made when it goes out (Card), outside any
// transaction, from a reference that gives the same bytes every time; a tap puts
// another screen of it in the same place. A digest is edited as reports arrive
// (RefreshBoards) until they are due; at a period's end its figures are frozen,
// once (FreezePeriods), and what changes later is told as an adjustment.
//
// It knows no channel and no backend. Its sub-packages may import it; it
// imports none of them.
package bot
