package answer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// digitRun is what a telephone number looks like.
var digitRun = regexp.MustCompile(`\+?\(?\d[\d .()-]*\d`)

// letterO is an O beside a digit, a slip for 0.
var letterO = regexp.MustCompile(`(^|[^\pL\d])[oO](\d)|(\d)[oO]($|[^\pL])`)

// runBreak parts two numbers that stand together.
var runBreak = regexp.MustCompile(`\s+-\s+|/|,|;|\n|\s{3,}`)

// fewestDigits is what makes a run of digits an attempt at a telephone number.
const fewestDigits = 7

// oldPrefixes are the mobile prefixes of eleven digits that ended in 2018, with
// what replaced them (domain.md §2.7).
var oldPrefixes = map[string]string{
	"162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
	"120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
	"123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
	"186": "56", "188": "58", "199": "59",
}

// Phone reads a telephone number into E.164. A zero that a spreadsheet dropped
// comes back; an old prefix is replaced and to be confirmed; of several numbers
// each is a reading.
func Phone(text string) (Reading[string], error) {
	numbers := phoneRuns(text)
	if len(numbers) == 0 {
		if n := len(onlyDigits(text)); n > 0 {
			return Reading[string]{}, refuse(phoneLength, text, "Digits", n)
		}
		return Reading[string]{}, refuse(phoneNone, Clean(text))
	}

	var r Reading[string]
	r.Confirm = letterO.MatchString(narrow(text))
	var first error
	for _, run := range numbers {
		number, sure, key := readPhone(run)
		if key != "" {
			if first == nil {
				first = refuse(key, run, "Digits", len(onlyDigits(run)))
			}
			continue
		}
		r.Values = append(r.Values, number)
		r.Confirm = r.Confirm || !sure
	}

	if len(r.Values) == 0 {
		return r, first
	}

	r.Values = distinct(r.Values)
	r.Confirm = r.Confirm || len(r.Values) > 1 || first != nil
	return r, nil
}

// SharedPhone reads the number of a shared contact, which channels write with the
// country first and with or without "+". One that the channel vouches for as the
// sender's own needs no rule of ours: it is in use.
func SharedPhone(text string, own bool) (Reading[string], error) {
	d := onlyDigits(text)
	if abroad, _, key := readPhone("+" + d); key == "" && len(d) > 10 {
		return Reading[string]{Values: []string{abroad}}, nil
	}

	r, err := Phone(text)
	if err != nil && own && len(d) >= fewestDigits && len(d) <= 15 {
		return Reading[string]{Values: []string{"+" + d}}, nil
	}
	return r, err
}

// phoneRuns finds the runs of digits that may be telephone numbers.
func phoneRuns(text string) []string {
	var runs []string
	for _, part := range runBreak.Split(plainDigits(text), -1) {
		for _, run := range digitRun.FindAllString(part, -1) {
			runs = append(runs, splitRun(run)...)
		}
	}
	return slices.DeleteFunc(runs, func(s string) bool { return len(onlyDigits(s)) < fewestDigits })
}

// plainDigits cleans a text and writes 0 for an O among digits.
func plainDigits(text string) string {
	return letterO.ReplaceAllString(narrow(Clean(text)), "${1}${3}0${2}${4}")
}

// splitRun parts two numbers with only a space between them.
func splitRun(run string) []string {
	fields := strings.Fields(run)
	if len(fields) < 2 || slices.ContainsFunc(fields, func(f string) bool { return len(onlyDigits(f)) < 9 }) {
		return []string{run}
	}
	return fields
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// readPhone reads one run of digits; key says why it is no number.
func readPhone(run string) (e164 string, sure bool, key string) {
	d := onlyDigits(run)
	sure = true
	foreign := strings.HasPrefix(strings.TrimSpace(run), "+")
	if rest, ok := strings.CutPrefix(d, "00"); ok {
		d, foreign = rest, true
	}

	var national string
	switch home, ok := strings.CutPrefix(d, "84"); {
	case ok && (foreign || len(d) >= 11):
		national = strings.TrimPrefix(home, "0")
	case foreign:
		return readForeign(d)
	case d[0] == '0':
		national = d[1:]
	default:
		national = d
		sure = sure && len(d) == 9 // a landline or an old number without its zero is less likely
	}

	if renewed, ok := oldPrefixes[national[:min(3, len(national))]]; ok && len(national) == 10 {
		national, sure = renewed+national[3:], false
	}

	if len(national) > 10 && d[0] != '0' && isAssigned("+"+d) {
		return "+" + d, false, "" // of another country, typed without "+"
	}

	switch first := national[:min(1, len(national))]; {
	case strings.Contains("35789", first) && len(national) == 9, first == "2" && len(national) == 10:
	case first == "" || strings.Contains("235789", first):
		return "", false, phoneLength
	default:
		return "", false, phonePrefix
	}

	e164 = "+84" + national
	return e164, sure && isAssigned(e164), ""
}

// readForeign reads a number of another country, which is rare enough to ask.
func readForeign(d string) (string, bool, string) {
	if !isAssigned("+" + d) {
		return "", false, phonePrefix
	}
	return "+" + d, false, ""
}

// isAssigned reports whether the numbering plans know the number's range.
func isAssigned(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "")
	return err == nil && phonenumbers.IsValidNumber(n)
}
