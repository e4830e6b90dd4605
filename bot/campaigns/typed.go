package campaigns

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// What the form of a campaign takes as text is read here: lists with one value
// a line, dates of free periods, numbers of days, the ladder of reminders.

// listItems splits a text into the values of a list: one a line, or with
// semicolons between them.
func listItems(body string) []string {
	var out []string
	for _, item := range strings.FieldsFunc(body, func(r rune) bool { return r == '\n' || r == ';' }) {
		if item = strings.Join(strings.Fields(answer.Clean(item)), " "); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// readOptions reads "KT: Kinh tế; Văn hóa - xã hội". A value that one of the
// known options has, by key or by name, is that option; another one gets a key
// from its initials.
func readOptions(body string, known []store.Option) ([]store.Option, *answer.Invalid) {
	var out []store.Option
	for _, item := range listItems(body) {
		key, label, typed := strings.Cut(item, ":")
		key, label = strings.TrimSpace(key), strings.TrimSpace(label)
		if !typed || !store.SoundKey(key) {
			key, label = "", item
		}

		o := option(key, label, known)
		if o.Key == "" {
			o.Key = initials(o.Label["vi"])
			for n := 2; slices.ContainsFunc(append(known, out...), func(p store.Option) bool { return p.Key == o.Key }); n++ {
				o.Key = initials(o.Label["vi"]) + strconv.Itoa(n)
			}
		}

		if slices.ContainsFunc(out, func(p store.Option) bool { return p.Key == o.Key }) {
			return nil, &answer.Invalid{Key: "campaign.twice", Args: text.Args{"Text": item}}
		}
		out = append(out, o)
	}
	if len(out) == 0 {
		return nil, &answer.Invalid{Key: "campaign.no_items", Args: text.Args{"Text": body}}
	}
	return out, nil
}

// option finds what a line means, or makes a new option without a key.
func option(key, label string, known []store.Option) store.Option {
	for _, o := range known {
		if key != "" && o.Key == key || key == "" && answer.Fold(o.Label.In("vi")) == answer.Fold(label) {
			if key != "" && label != "" && o.Label["vi"] != label {
				o.Label = store.Label{"vi": label}
				o.Short = nil
			}
			return o
		}
	}
	return store.Option{Key: key, Label: store.Label{"vi": label}}
}

// initials makes a key of a name: "Văn hóa - xã hội" is VHXH.
func initials(name string) string {
	var b strings.Builder
	for _, word := range strings.Fields(answer.Fold(name)) {
		if b.Len() < 10 {
			b.WriteByte(word[0])
		}
	}
	return strings.ToUpper(b.String())
}

// writeOptions writes a list as readOptions reads it.
func writeOptions(options []store.Option) string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Key + ": " + o.Label.In("vi")
	}
	return strings.Join(out, "; ")
}

// dueWord begins the due day of a free period.
var dueWord = regexp.MustCompile(`(?i)[,.]?\s*(?:hạn|due)(?:\s+nộp)?\s*:?\s+`)

// readFree reads "Đợt 15/10: 15/09/2026 - 14/10/2026, hạn 20/10/2026".
func readFree(body string, today store.Date) ([]store.FreeDates, *answer.Invalid) {
	var out []store.FreeDates
	for _, item := range listItems(body) {
		i := strings.LastIndex(item, ":")
		if i < 0 {
			return nil, &answer.Invalid{Key: "campaign.no_free_name", Args: text.Args{"Text": item}}
		}
		f := store.FreeDates{Name: strings.TrimSpace(item[:i])}
		span, due := item[i+1:], ""
		if at := dueWord.FindStringIndex(span); at != nil {
			span, due = span[:at[0]], span[at[1]:]
		}
		if due != "" {
			r, err := answer.Day(due, today)
			if err != nil || len(r.Values) == 0 {
				return nil, &answer.Invalid{Key: "campaign.no_free_dates", Args: text.Args{"Text": due}}
			}
			f.Due = r.Values[0]
		}

		r, err := answer.Period(span, today)
		if err != nil || len(r.Values) == 0 || f.Name == "" {
			return nil, &answer.Invalid{Key: "campaign.no_free_dates", Args: text.Args{"Text": item}}
		}
		f.From, f.To = r.Values[0].From, r.Values[0].To
		out = append(out, f)
	}
	if len(out) == 0 {
		return nil, &answer.Invalid{Key: "campaign.no_free_dates", Args: text.Args{"Text": body}}
	}
	return out, nil
}

// writeFree writes free periods as readFree reads them.
func writeFree(list []store.FreeDates) string {
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = strings.ReplaceAll(f.Name, ":", ",") + ": " + text.Date(f.From) + " - " + text.Date(f.To)
		if !f.Due.IsZero() {
			out[i] += ", hạn " + text.Date(f.Due)
		}
	}
	return strings.Join(out, "; ")
}

var (
	anyNumber = regexp.MustCompile(`[-−–+]?\s?\d+`)
	hourOf    = regexp.MustCompile(`(?i)(?:lúc|at|@)\s*(\d{1,2})\s*(?:giờ|h|:00)?`)
)

// readNumber reads the one number of a text within bounds: "ngày 14", "3 ngày",
// "không".
func readNumber(body string, from, to int) (int, *answer.Invalid) {
	if fold := answer.Fold(body); slices.Contains([]string{"khong", "none", "no"}, fold) && from == 0 {
		return 0, nil
	}
	found := anyNumber.FindAllString(body, -1)
	if len(found) != 1 {
		return 0, &answer.Invalid{Key: "campaign.one_number", Args: text.Args{"Text": body}}
	}
	n := signed(found[0])
	if n < from || n > to {
		return 0, &answer.Invalid{Key: "campaign.out_of_bounds", Args: text.Args{"N": n, "From": from, "To": to}}
	}
	return n, nil
}

// signed reads a number whose sign may be a printer's dash.
func signed(body string) int {
	body = strings.ReplaceAll(strings.NewReplacer("−", "-", "–", "-", "+", "").Replace(body), " ", "")
	n, _ := strconv.Atoi(body) // digits, by the pattern
	return n
}

// readDue reads "3 ngày làm việc" or "10 ngày".
func readDue(body string) (days int, working bool, bad *answer.Invalid) {
	days, bad = readNumber(body, 0, store.MaxDue)
	fold := answer.Fold(body)
	return days, strings.Contains(fold, "lam viec") || strings.Contains(fold, "working"), bad
}

// readLadder reads "-7, -3, -1, 0, +1 lúc 8 giờ"; groups with hours of their
// own stand between semicolons. Without an hour it is 8 o'clock.
func readLadder(body string) ([]store.Rung, *answer.Invalid) {
	var out []store.Rung
	if slices.Contains([]string{"khong", "none"}, answer.Fold(body)) {
		return nil, nil
	}
	for _, group := range listItems(body) {
		hour := 8
		if m := hourOf.FindStringSubmatch(group); m != nil {
			hour, _ = strconv.Atoi(m[1])
			group = hourOf.ReplaceAllString(group, "")
		}

		for _, n := range anyNumber.FindAllString(group, -1) {
			r := store.Rung{Days: signed(n), Hour: hour}
			if r.Days < -store.MaxRung || r.Days > store.MaxRung || hour > 23 {
				bounds := text.Args{"N": r.Days, "From": -store.MaxRung, "To": store.MaxRung}
				return nil, &answer.Invalid{Key: "campaign.out_of_bounds", Args: bounds}
			}
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	if len(out) == 0 {
		return nil, &answer.Invalid{Key: "campaign.no_ladder", Args: text.Args{"Text": body}}
	}
	return out, nil
}

// writeLadder writes a ladder as readLadder reads it.
func writeLadder(v text.Voice, ladder []store.Rung) string {
	if len(ladder) == 0 {
		return v.Plain("campaign.nothing", nil)
	}
	var groups []string
	for i := 0; i < len(ladder); {
		var days []string
		hour := ladder[i].Hour
		for ; i < len(ladder) && ladder[i].Hour == hour; i++ {
			days = append(days, writeSigned(ladder[i].Days))
		}
		groups = append(groups, v.Plain("campaign.at_hour", text.Args{"Days": strings.Join(days, ", "), "Hour": hour}))
	}
	return strings.Join(groups, "; ")
}

func writeSigned(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strings.Replace(strconv.Itoa(n), "-", "−", 1)
}
