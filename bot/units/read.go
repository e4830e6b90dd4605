package units

import (
	"regexp"
	"slices"
	"strings"

	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// RowError says what is wrong with one line of a list, by catalogue key.
type RowError struct {
	Line int // as a spreadsheet counts, from 1
	Key  string
	Args map[string]any
}

// Keys lists the catalogue keys of an import's complaints.
func Keys() []string {
	return []string{
		"units.empty", "units.columns", "units.twice", "units.code", "units.name", "units.kind", "units.lost_zero",
		"units.date", "units.successor", "units.circle", "units.parent", "units.renamed",
	}
}

// column is a column of a list of units and what people call it, folded.
type column struct {
	name   string
	names  []string
	needed bool
}

func columns() []column {
	return []column{
		{"code", []string{"code", "ma", "ma don vi"}, true},
		{"name", []string{"name", "ten", "ten don vi"}, true},
		{"kind", []string{"kind", "loai", "loai hinh", "cap"}, true},
		{"parent_code", []string{"parent code", "ma cha", "ma cap tren", "truc thuoc"}, true},
		{"valid_from", []string{"valid from", "tu ngay"}, false},
		{"valid_to", []string{"valid to", "den ngay"}, false},
		{"successors", []string{"successors", "ma ke thua", "don vi ke thua"}, false},
	}
}

// kindOf reads the word for a kind of unit; "" when there is no such word.
func kindOf(word string) store.UnitKind {
	switch answer.Fold(word) {
	case "tinh", "province":
		return store.Province
	case "thanh pho", "city":
		return store.City
	case "xa", "commune":
		return store.Commune
	case "phuong", "ward":
		return store.Ward
	case "dac khu", "special zone":
		return store.SpecialZone
	case "to chuc", "co quan", "organisation", "truong", "doanh nghiep", "chi bo", "hoi":
		return store.Organisation
	}
	return ""
}

var soundCode = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$`)

// Read reads units out of a table whose first row names the columns. It returns
// the units with the line of each, and what is wrong with the others.
func Read(rows [][]string) (units []store.Unit, lines []int, bad []RowError) {
	if len(rows) == 0 {
		return nil, nil, []RowError{{Line: 1, Key: "units.empty"}}
	}
	at, missing := find(rows[0])
	if len(missing) > 0 {
		return nil, nil, []RowError{{Line: 1, Key: "units.columns", Args: text.Args{"Missing": strings.Join(missing, ", ")}}}
	}

	first := map[store.UnitCode]int{}
	for i, row := range rows[1:] {
		line := i + 2
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}

		u, fault := read(func(name string) string {
			if j, ok := at[name]; ok && j < len(row) {
				return answer.Clean(row[j])
			}
			return ""
		})
		if earlier := first[u.Code]; fault == nil && earlier != 0 {
			fault = &RowError{Key: "units.twice", Args: text.Args{"Code": string(u.Code), "Line": earlier}}
		}
		if fault != nil {
			fault.Line = line
			bad = append(bad, *fault)
			continue
		}
		first[u.Code] = line
		units, lines = append(units, u), append(lines, line)
	}
	return units, lines, bad
}

// find says where each column is, and which of the needed ones are not there.
func find(header []string) (at map[string]int, missing []string) {
	at = map[string]int{}
	for _, c := range columns() {
		i := slices.IndexFunc(header, func(h string) bool { return slices.Contains(c.names, answer.Fold(h)) })
		switch {
		case i >= 0:
			at[c.name] = i
		case c.needed:
			missing = append(missing, c.name)
		}
	}
	return at, missing
}

// read makes a unit of one line's cells.
func read(cell func(string) string) (store.Unit, *RowError) {
	u := store.Unit{
		Code: store.UnitCode(cell("code")), Name: cell("name"), Kind: kindOf(cell("kind")), Parent: store.UnitCode(cell("parent_code")),
	}
	code := text.Args{"Code": string(u.Code)}
	switch {
	case !soundCode.MatchString(string(u.Code)):
		return u, &RowError{Key: "units.code", Args: code}
	case u.Name == "":
		return u, &RowError{Key: "units.name", Args: code}
	case u.Kind == "":
		return u, &RowError{Key: "units.kind", Args: text.Args{"Kind": cell("kind")}}
	case lostZero(u):
		return u, &RowError{Key: "units.lost_zero", Args: code}
	}

	var bad *RowError
	day := func(name string) store.Date {
		body := cell(name)
		if body == "" || bad != nil {
			return store.Date{}
		}
		r, err := answer.Day(body, store.Date{})
		if err != nil || len(r.Values) == 0 {
			bad = &RowError{Key: "units.date", Args: text.Args{"Text": body}}
			return store.Date{}
		}
		return r.Values[0]
	}
	u.ValidFrom, u.ValidTo = day("valid_from"), day("valid_to")

	for _, code := range strings.FieldsFunc(cell("successors"), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		u.Successors = append(u.Successors, store.UnitCode(code))
	}
	return u, bad
}

// lostZero reports whether a spreadsheet has eaten the leading zero of a code:
// provinces have two digits, communes five.
func lostZero(u store.Unit) bool {
	digits := strings.Trim(string(u.Code), "0123456789") == ""
	switch u.Kind {
	case store.Province, store.City:
		return digits && len(u.Code) < 2
	case store.Commune, store.Ward, store.SpecialZone:
		return digits && len(u.Code) < 5
	}
	return false
}
