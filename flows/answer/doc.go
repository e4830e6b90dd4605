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
// # Why one package
//
// The parsers share the words of numbers, dates and units, and a newcomer
// finds a rule by the file of its subject: money.go, day.go, phone.go. Only the
// lunar calendar, which is astronomy, lives in a package of its own.
package answer
