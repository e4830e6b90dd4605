package answer

import (
	"strings"
	"unicode"
)

// contactLabels stand around a name and a number and belong to neither.
var contactLabels = newLexicon([]entry[bool]{
	{"đ/c, đc, đồng chí, sđt, số đt, sdt, đt, dđ, đtdđ, điện thoại, số điện thoại, số di động, di động, tel, phone, " +
		"zalo, liên hệ, lh, họ tên, họ và tên, người phụ trách, phụ trách, số", true},
})

// Contact reads a name and a telephone number in either order: "Nguyễn Văn An,
// 0912 345 678", "SĐT 0912345678 - đ/c An". When only the number is missing or
// wrong it returns the name with the refusal.
func Contact(text string) (name string, phone Reading[string], err error) {
	text = Clean(text)
	runs := phoneRuns(text)
	name = nameIn(plainDigits(text), runs)
	if len(runs) == 0 {
		if name == "" {
			return "", phone, refuse(contactNoName, text)
		}
		return name, phone, refuse(NoPhone, text, "Name", Excerpt(name))
	}

	phone, err = Phone(strings.Join(runs, "\n"))
	phone.Confirm = phone.Confirm || letterO.MatchString(narrow(text))
	if err == nil && name == "" {
		err = refuse(contactNoName, text)
	}

	return name, phone, err
}

// nameIn is the text without its numbers and labels.
func nameIn(text string, runs []string) string {
	for _, run := range runs {
		text = strings.Replace(text, run, ",", 1)
	}

	toks := scan(text)
	var b strings.Builder
	letters := 0
	for i := 0; i < len(toks); {
		if f := contactLabels.at(toks, i); f.len > 0 {
			b.WriteString(" , ")
			i += f.len
			continue
		}

		t := toks[i]
		if t.gap {
			b.WriteByte(' ')
		}

		b.WriteString(t.text)
		if t.kind == word {
			letters += len(t.fold)
		}

		i++
	}

	if letters < 2 {
		return ""
	}

	return tidyName(b.String())
}

// tidyName takes the signs off that the labels left behind.
func tidyName(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '(' || r == ')' })
	var kept []string
	for _, p := range parts {
		p = strings.TrimFunc(p, func(r rune) bool {
			return unicode.IsSpace(r) || r == ':' || r == '-' || r == '–' || r == '—' || r == '.' || r == '/' || r == '+'
		})
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
