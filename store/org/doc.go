// Package org keeps the organisation: the tree of units, who holds which seat,
// and what follows from both: who is above whom, whose scope reaches where, who
// checks what.
//
// An Org is all of that as of one edition of the units and of the posts; its
// units are as of a day, which Org.On chooses. It is never changed once made,
// so that everybody shares it and asks it as often as they like. A Book keeps
// the last one. When an edition moves on, the Book reads what was put since and
// makes the next Org out of the last: the enrolment of one officer costs the
// reading of one post, not of a country.
//
// A turn asks the Book with its own transaction, whose changes it then sees;
// what was made of those is kept only after Refresh has found them committed.
// Whoever runs transactions refreshes before each: while nothing has changed
// that costs the reading of four numbers.
//
// What it will not do: it says who may reach a unit, never what they may do
// there, which is a matter of roles and of package bot.
package org
