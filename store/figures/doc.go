// Package figures turns facts into figures: one definition of every number,
// used by the chat, the digests, the workbook and the picture alike.
//
// It is pure: facts, units, a campaign and an instant in; figures, tables and
// sentences out. It imports the nouns and the standard library only, asks no
// store, reads no clock, knows no channel, and takes its words from the
// catalogue through Voice. The same inputs give the same bytes, so that a digest
// can be made again and a snapshot can be checked.
//
// # What is counted
//
// A figure is the size of a Set of models, or the sum of a Metric over them,
// narrowed by unit, field, title, kind or reason: a Key. Every model is put
// into its sets once, in classify; each number is counted from there, and Why
// lists the models behind it. Nothing is counted anywhere else.
//
// A model counts by its entry of the campaign, or by the first of the campaigns
// that are a part of it: once, however many it has.
//
// A model belongs to a period when it was registered by the period's last day
// and, by the instant that the figures are as of, stands:
//
//	registered   the period's stock: it stands, and was neither done nor given up
//	             before the period began (domain.md §5, T1)
//	new          registered as new, within the period: a flow (domain.md §7.3)
//	maintained   registered as maintained, or as new before the period: a model
//	             that is carried over is never new again (domain.md §7.3)
//	upgraded     registered as upgraded
//	done         completed (domain.md §4.3)
//	doing        accepted or under way; not_started are those of them that have
//	             only been accepted
//	paused       paused, with its reason
//	failed       given up, with its reason: every "not done" has one, or is shown
//	             as having none (domain.md §7.4)
//	overdue      neither done nor given up, though the last day that it was
//	             registered for has passed: it is to be concluded or extended, and
//	             counts as overdue alone, not as doing or paused
//
// so that new + maintained + upgraded = registered, and done + doing + paused +
// failed + overdue = registered. Out of every total, on lines of their own:
//
//	waiting      not yet checked
//	returned     sent back to be completed
//	rejected     refused, within the period
//	merged       merged into another model, within the period: counts once there
//	earlier      done or given up before the period began
//	lapsed       overdue since before the period began, and nothing done in it: what
//	             an earlier year left unfinished is not maintained for ever
//
// And of the registered ones, for supervisors (domain.md §5, T12):
//
//	vague        the specificity check missed something
//	silent       accepted or under way, and nothing heard for more than 60 days;
//	             "nothing new" is something heard, and a pause has been explained
//	no_evidence  under way, paused or done, and not one file
//	no_lesson    done, and no lesson written
//
// Models, registrants and lượt are three measures and are never added up
// (domain.md §7.2). A registrant is a unit, a kind and a name, compared without
// case and spacing; without a name it is the unit. A model may have several, of both
// kinds, and each counts by its own. Lượt are what was reported in them.
//
// # Two times
//
// An update has two times: the day that it speaks of, which decides the period
// that it counts in, and the instant at which it was reported, which decides
// whether it was known. Figures as of an instant use what was reported by then,
// so facts that come later change nothing. A check speaks of the registration
// and has only its instant. What a model is (its unit, field, kind and title)
// is taken as the fact has it, and so is the day that it was to end; a Snapshot
// keeps what it was.
//
// # Results and money
//
// A row that was put right does not count; the row that corrects it takes its
// place. Rows are folded in the order of the days that they speak of: Added
// adds, Cumulative sets. A cumulative sum whose parts were not told is the
// whole value so far and replaces the parts; told parts replace a sum without
// parts, and a total told with its parts replaces all that was told before. A
// sum that comes without a basis adds. The value of a period is the total at
// its end less the total when it began. Percentages are never summed, and
// neither are unlike things: metres of road are one metric, metres of canal
// another, and metres of nobody knows what a third.
//
// # Lines
//
// There is one line for each place of the subtree, in the order in which the
// caller gives it (never by how much a unit has: counting alone feeds the race
// for numbers, domain.md §7.27). An organisation counts under the place that it
// belongs to; where the subtree has only one place, its organisations have lines
// of their own. A model stays where it was registered; Figures.OnMap shows what
// became of the units since.
package figures
