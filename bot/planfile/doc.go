// Package planfile reads a campaign from a file that people write: a plan with
// its document, dates, fields, titles and report periods.
//
// The file is TOML rather than JSON: it takes comments, which a plan needs to
// say what a rule comes from; dates are dates; nothing fails for a comma too
// many; and the catalogues are TOML already. Every value has a place, such as
// rules.2.hour, lists counted from 1, and every place has a line, so that a
// complaint about the campaign points into the file, whoever finds the fault.
//
// It reports whether a file can be read, never whether the campaign makes sense:
// package store decides that, as it does of what is typed in the chat.
package planfile
