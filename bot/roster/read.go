package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// The columns, by their names.
const (
	codeColumn      = "code"
	unitColumn      = "unit"
	roleColumn      = "role"
	nameColumn      = "name"
	phoneColumn     = "phone"
	portfolioColumn = "portfolio"
)

// columns are what a list may be headed with. A unit is told by its name, its code or both.
func columns() []sheet.Column {
	return []sheet.Column{
		{Name: codeColumn, Heads: []string{"ma don vi", "ma dvhc", "ma", "ma xa", "unit code", "code"}},
		{Name: unitColumn, Heads: []string{
			"don vi", "ten don vi", "don vi cong tac", "noi cong tac", "co quan", "xa phuong", "unit", "unit name",
		}},
		{Name: roleColumn, Said: "Vai trò", Needed: true, Heads: []string{"vai tro", "vai", "quyen", "role"}},
		{Name: nameColumn, Heads: []string{"ho va ten", "ho ten", "ten", "name", "full name"}},
		{Name: phoneColumn, Heads: []string{
			"so dien thoai", "dien thoai", "sdt", "so dt", "dt", "di dong", "phone", "phone number", "mobile", "telephone",
		}},
		{Name: portfolioColumn, Heads: []string{"phu trach", "dia ban linh vuc", "dia ban linh vuc phu trach", "portfolio", "looks after"}},
	}
}

// roleWords are what lists call the roles, folded.
var roleWords = map[store.Role][]string{
	store.Officer:     {"officer", "can bo phu trach", "can bo", "nguoi phu trach"},
	store.Coordinator: {"coordinator", "dau moi tong hop", "dau moi", "dieu phoi"},
	store.Supervisor: {
		"supervisor", "lanh dao theo doi", "lanh dao", "theo doi",
		"thanh vien", "thanh vien bcd", "thanh vien ban chi dao", "steering member",
	},
	store.Admin: {"admin", "administrator", "quan tri", "quan tri vien"},
}

// RoleOf reads the word for a role; "" when there is no such word.
func RoleOf(word string) store.Role {
	for role, words := range roleWords {
		if slices.Contains(words, answer.Fold(word)) {
			return role
		}
	}
	return ""
}

// mostName is how many letters a name has at most, as of one that a person tells.
const mostName = 80

// Row is a person as a list has them.
type Row struct {
	At        sheet.Fault // where the row is, for what may be wrong with it
	PartsAt   sheet.Fault // where its portfolio stands
	Code      string
	Unit      string
	Role      store.Role
	Name      string
	Phone     string // E.164
	Portfolio []string
}

// List is a list of people as it was read.
type List struct {
	Rows   []Row
	Faults []sheet.Fault
	// Font is the font of the years before Unicode in whose letters it stood. Then
	// Converted are names as they were put into ours, which somebody is to look at.
	Font      legacy.Encoding
	Converted []string
}

// Headed reports whether a file has a table that is headed like a list of people.
func Headed(sheets []sheet.Sheet) bool {
	tables, _ := sheet.Tables(sheets, columns())
	return slices.ContainsFunc(tables, whose)
}

// whose reports whether a table says of which unit its people are.
func whose(t sheet.Table) bool { return t.Has(codeColumn) || t.Has(unitColumn) }

// Read reads the people of a file: the tables of every sheet that has one.
func Read(sheets []sheet.Sheet) List {
	out := List{Font: legacy.Unicode}
	tables, nearest := sheet.Tables(sheets, columns())
	if i := slices.IndexFunc(tables, func(t sheet.Table) bool { return !whose(t) }); i >= 0 {
		nearest = tables[i]
	}
	tables = slices.DeleteFunc(tables, func(t sheet.Table) bool { return !whose(t) })

	for _, t := range tables {
		if font, converted := t.Convert(nameColumn, unitColumn, roleColumn, portfolioColumn); font != legacy.Unicode {
			out.Font, out.Converted = font, append(out.Converted, converted...)
		}
		for _, l := range t.Lines {
			row, fault := read(l)
			if fault != nil {
				out.Faults = append(out.Faults, *fault)
				continue
			}
			out.Rows = append(out.Rows, row)
		}
	}

	switch {
	case len(tables) > 0 && len(out.Rows)+len(out.Faults) > 0:
	case len(tables) > 0 || nearest.Line == 0:
		out.Faults = []sheet.Fault{{Line: max(nearest.Line, 1), Key: "roster.empty"}}
	default:
		args := map[string]any{"Found": nearest.Titles}
		out.Faults = []sheet.Fault{{Sheet: nearest.Sheet, Line: nearest.Line, Key: "roster.columns", Args: args}}
	}
	return out
}

// read reads a row, or says what in it cannot be read.
func read(l sheet.Line) (Row, *sheet.Fault) {
	for _, c := range columns() {
		switch cell := l.In(c.Name); {
		case cell.Kind == sheet.Error:
			f := l.Fault(c.Name, "roster.error_cell", map[string]any{"Text": cell.Text})
			return Row{}, &f
		case c.Name != portfolioColumn && l.Unseen(c.Name): // a portfolio may have lines
			f := l.Fault(c.Name, "roster.control", nil)
			return Row{}, &f
		}
	}

	r := Row{
		At: l.Fault(unitColumn, "", nil), PartsAt: l.Fault(portfolioColumn, "", nil), Code: l.Text(codeColumn), Unit: l.Text(unitColumn),
		Role: RoleOf(l.Text(roleColumn)), Name: strings.TrimPrefix(l.Text(nameColumn), "'"), Portfolio: Parts(l.In(portfolioColumn).Text),
	}
	if r.At.Cell == "" {
		r.At = l.Fault(codeColumn, "", nil)
	}
	if r.Role == "" {
		f := l.Fault(roleColumn, "roster.role", map[string]any{"Text": l.Text(roleColumn)})
		return r, &f
	}
	if r.Code+r.Unit == "" && r.Role != store.Admin {
		r.At.Key = "roster.no_unit"
		return r, &r.At
	}

	if n := utf8.RuneCountInString(r.Name); r.Name != "" && (n < 2 || n > mostName) {
		f := l.Fault(nameColumn, "roster.name", map[string]any{"Text": r.Name, "Most": mostName})
		return r, &f
	}
	fault := r.readPhone(l)
	return r, fault
}

// readPhone reads the number, which a spreadsheet may have taken for a count.
func (r *Row) readPhone(l sheet.Line) *sheet.Fault {
	said := l.Text(phoneColumn)
	if said == "" {
		return nil
	}
	found, err := answer.Phone(said)
	args := map[string]any{"Text": said}
	switch {
	case err != nil || len(found.Values) == 0:
		f := l.Fault(phoneColumn, "roster.phone", args)
		return &f
	case len(found.Values) > 1:
		f := l.Fault(phoneColumn, "roster.phones", args)
		return &f
	}
	r.Phone = found.Values[0]
	return nil
}

// Parts takes a portfolio apart: what stands between semicolons, commas and lines.
func Parts(text string) (out []string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";,\n\r×", r) }) {
		if part = strings.Join(strings.Fields(answer.Clean(part)), " "); part != "" {
			out = append(out, part)
		}
	}
	return out
}
