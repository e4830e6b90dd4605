// Package roster reads lists of people who are to be invited: unit, role, name, phone
// and what each looks after, as clerks keep such lists. It says what a row means in a
// tree of units and campaigns, and names every row that means nothing, or two things.
// It invites nobody.
package roster
