// Package answer turns what Vietnamese officers type into values.
//
// They type on a phone, between two meetings: "1 tỷ 5", "hon 800 ngay cong",
// "thứ 6 tuần trước", a number without its unit, a text without diacritics. A
// parser here does one of three things and never a fourth: it takes what can
// mean one thing, it asks where the text may mean several or where a slip is
// likely (Reading), and it refuses politely what it cannot read (Invalid). It
// never guesses in silence.
//
// The package knows no form, no channel and no language of reply: a refusal is
// a catalogue key with arguments. All functions are pure; today comes in as a
// value.
//
// # How text is read
//
// Clean brings the text to one form of Unicode. scan cuts it into words,
// numbers and signs. A lexicon finds phrases among them: a word typed with
// diacritics must be the phrase's word, wherever its tone mark stands (hoà,
// hòa); a word typed without any is compared without (ngay cong). So "24 hố" is
// never read as 24 hộ, and "24 ho" is.
//
// # How a result is read
//
// Results goes through these steps, each in the file of its name:
//
//	scan, repair, letters   tokens; a word spoilt by the keys is mended, O and l are digits
//	listing                 every number becomes a figure: of something, of money, of time, a name, or bare
//	figure                  what a figure is, and the words before and behind it
//	role                    what it does there: it counts, describes, is not done, is the share of one
//	counted                 what was counted: road or canal, land given or sown, rice or plastic
//	total, product          totals and their parts; shares times their number
//	doubt                   what only a person can tell
//	shown                   what is not summed, and the text with what is asked about marked
//	quantity                the readings of what counts
//
// The words for all of this are in turn (what turns a number around), metric
// (units of measure), thing (what is counted), share (whose money), dateword.
// A new word belongs there; a new rule to the step that it changes. Every number
// of a text comes out as part of the reading, beside it, or marked in a question:
// TestEveryNumberIsShown holds it.
//
// Money is read by amount (one sum), money (sums joined), parts (by label) and
// shared (per cent and remainders); times by calendar, calendarmonth and
// datenumber into moments, and by period, periodend and duration into spans.
//
// # Why one package
//
// The parsers share the words of numbers, dates and units, and a newcomer
// finds a rule by the file of its subject: money.go, day.go, phone.go. Only the
// lunar calendar, which is astronomy, lives in a package of its own.
package answer
