// Package units imports the list of the organisation's units and takes an import
// back. A unit keeps its code for life: a list as of a day says what it is named
// from that day on, what kind it is and where it belongs, and what it was before
// stays true of the days before (domain.md §2.5). A code that a list corrects
// becomes another code of the same unit.
package units
