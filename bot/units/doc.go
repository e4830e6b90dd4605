// Package units imports the list of the organisation's units. It only adds,
// closes and respells: a unit is never renamed or moved in place, because its
// records belong to what it was (domain.md §2.5).
package units
