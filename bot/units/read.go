package units

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// Fault says what is wrong at a place of a list, by catalogue key.
type Fault struct {
	Sheet string // of a workbook
	Line  int    // as a spreadsheet counts, from 1
	Cell  string // "B4"; "" for the whole row
	Key   string
	Args  map[string]any
}

// Keys lists the catalogue keys of an import's complaints.
func Keys() []string {
	return []string{
		"units.empty", "units.columns", "units.twice", "units.code", "units.float_code", "units.name", "units.name_kind", "units.kind",
		"units.lost_zero", "units.error_cell", "units.control", "units.date", "units.dates", "units.successor", "units.own_successor",
		"units.circle", "units.parent", "units.parent_name", "units.level_top", "units.level_none", "units.level", "units.older",
		"units.other_code", "units.undo_post", "units.undo_unit", "units.undo_campaign", "units.undo_model",
	}
}

// List is a list of units as it was read.
type List struct {
	Units  []store.Unit
	At     []Fault // where each stands, for what may be wrong with it
	Faults []Fault
	// Converted are names that stood there in the letters of a font of the years
	// before Unicode. They are a guess: somebody is to look at them.
	Font      legacy.Encoding
	Converted []string
}

var (
	soundCode = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$`)
	floatCode = regexp.MustCompile(`^[0-9]+[.,]0+$`)
)

// Read reads the units of a file: the tables of every sheet that has one, under
// whatever stands above its head.
func Read(sheets []sheet.Sheet) List {
	r := reader{first: map[store.UnitCode]Fault{}, derived: map[store.UnitCode]string{}}
	var nearest head
	var of string
	found, some := false, false
	for _, s := range sheets {
		h, ok := findHead(s)
		if ok && len(h.missing) == 0 {
			found = true
			r.table(s, h)
		} else if ok && (!some || len(h.missing) < len(nearest.missing)) {
			nearest, of, some = h, s.Name, true
		}
	}

	switch {
	case !found && !some:
		r.Faults = []Fault{{Line: 1, Key: "units.empty"}}
	case !found:
		args := text.Args{"Missing": strings.Join(nearest.missing, ", "), "Found": nearest.titles()}
		r.Faults = []Fault{{Sheet: of, Line: nearest.row.Line, Key: "units.columns", Args: args}}
	default:
		r.derive()
	}
	return r.List
}

// reader reads the tables of a file one after another.
type reader struct {
	List
	first   map[store.UnitCode]Fault  // where a code was listed
	derived map[store.UnitCode]string // provinces that stand on the rows of their communes
	above   []store.Unit
	aboveAt []Fault
}

// table reads the rows below a head.
func (r *reader) table(s sheet.Sheet, h head) {
	rows := slices.DeleteFunc(slices.Clone(s.Rows), func(row sheet.Row) bool { return row.Line <= h.row.Line })
	r.convert(s, h, rows)
	for _, row := range rows {
		l := line{row: row, head: h, sheet: s.Name}
		if l.empty() {
			continue
		}

		u, fault := l.unit()
		if earlier, ok := r.first[u.Code]; fault == nil && ok {
			f := l.fault(codeColumn, "units.twice", text.Args{"Code": string(u.Code), "Line": earlier.Line, "Sheet": earlier.Sheet})
			fault = &f
		}
		if fault == nil {
			fault = r.province(l, u)
		}
		if fault != nil {
			r.Faults = append(r.Faults, *fault)
			continue
		}
		at := l.fault(codeColumn, "", nil)
		r.first[u.Code] = at
		r.Units, r.At = append(r.Units, u), append(r.At, at)
	}
}

// province notes the province that a row repeats beside its unit, as published
// lists do. Rows that name one code differently contradict each other.
func (r *reader) province(l line, u store.Unit) *Fault {
	name := l.text(parentNameColumn)
	kind, _ := split(name)
	if u.Parent == "" || name == "" {
		return nil
	}
	switch known, ok := r.derived[u.Parent]; {
	case !ok && kind.Top():
		r.derived[u.Parent] = name
		r.above = append(r.above, store.Unit{Code: u.Parent, Name: name, Kind: kind})
		r.aboveAt = append(r.aboveAt, l.fault(parentColumn, "", nil))
	case ok && answer.Fold(known) != answer.Fold(name):
		f := l.fault(parentNameColumn, "units.parent_name", text.Args{"Code": string(u.Parent), "Name": name, "Other": known})
		return &f
	}
	return nil
}

// derive lists the provinces that stand only beside their units.
func (r *reader) derive() {
	for i, u := range r.above {
		if _, ok := r.first[u.Code]; ok {
			continue
		}
		if !soundCode.MatchString(string(u.Code)) || lostZero(u) {
			continue // said of the units below
		}
		r.Units, r.At = append(r.Units, u), append(r.At, r.aboveAt[i])
	}
}

// convert puts names that stand in the letters of an old font into ours. One
// name may be too short to tell, so all are looked at together.
func (r *reader) convert(s sheet.Sheet, h head, rows []sheet.Row) {
	if s.Was != legacy.Unicode && s.Was != legacy.CP1258 {
		r.Font = s.Was
		for _, row := range rows {
			r.Converted = append(r.Converted, answer.Clean(row.Cell(h.at[nameColumn]).Text))
		}
		return
	}

	var cells []*sheet.Cell
	var all []string

	for _, name := range []string{nameColumn, kindColumn, parentNameColumn} {
		for i := range rows {
			if at, ok := h.at[name]; ok && at < len(rows[i].Cells) {
				rows[i].Cells = slices.Clone(rows[i].Cells)
				cells = append(cells, &rows[i].Cells[at])
				all = append(all, strings.ReplaceAll(rows[i].Cells[at].Text, "\n", " "))
			}
		}
	}
	converted, font := legacy.Text(strings.Join(all, "\n"))
	lines := strings.Split(converted, "\n")
	if font == legacy.Unicode || len(lines) != len(cells) {
		return
	}

	r.Font = font
	for i, c := range cells {
		if c.Text != lines[i] && i < len(rows) { // the names come first
			r.Converted = append(r.Converted, strings.TrimSpace(c.Text)+" → "+strings.TrimSpace(lines[i]))
		}
		c.Text = lines[i]
	}
}

// line is one row of a table.
type line struct {
	row   sheet.Row
	head  head
	sheet string
}

// cell returns what stands in a column of the row.
func (l line) cell(name string) sheet.Cell {
	if at, ok := l.head.at[name]; ok {
		return l.row.Cell(at)
	}
	return sheet.Cell{}
}

func (l line) text(name string) string {
	return strings.Join(strings.Fields(answer.Clean(l.cell(name).Text)), " ")
}

// fault is what is wrong in a column of the row.
func (l line) fault(name, key string, args text.Args) Fault {
	f := Fault{Sheet: l.sheet, Line: l.row.Line, Key: key, Args: args}
	if at, ok := l.head.at[name]; ok {
		f.Cell = sheet.At(l.row.Line, at)
	}
	return f
}

// empty reports whether nothing stands in the columns of the table.
func (l line) empty() bool {
	for name := range l.head.at {
		if strings.TrimSpace(l.cell(name).Text) != "" {
			return false
		}
	}
	return true
}

// unsound finds a cell that no value can be read from.
func (l line) unsound() *Fault {
	for _, c := range columns() {
		switch cell := l.cell(c.name); {
		case cell.Kind == sheet.Error:
			f := l.fault(c.name, "units.error_cell", text.Args{"Text": cell.Text})
			return &f
		case strings.ContainsFunc(strings.TrimSpace(cell.Text), unseen):
			f := l.fault(c.name, "units.control", nil)
			return &f
		}
	}
	return nil
}

// unseen reports whether a character steers a screen instead of showing on it.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == unicode.ReplacementChar
}

// unit makes a unit of the row.
func (l line) unit() (store.Unit, *Fault) {
	if fault := l.unsound(); fault != nil {
		return store.Unit{}, fault
	}
	u := store.Unit{
		Code: store.UnitCode(l.text(codeColumn)), Name: l.text(nameColumn), Kind: kindOf(l.text(kindColumn)),
		Parent: store.UnitCode(l.text(parentColumn)),
	}
	var bad *Fault
	refuse := func(name, key string, args text.Args) {
		if bad == nil {
			f := l.fault(name, key, args)
			bad = &f
		}
	}

	for _, name := range []string{codeColumn, parentColumn} {
		if code := l.text(name); floatCode.MatchString(code) {
			refuse(name, "units.float_code", text.Args{"Code": code, "Whole": strings.TrimRight(strings.TrimRight(code, "0"), ".,")})
		}
	}

	named, _ := split(u.Name)
	code := text.Args{"Code": string(u.Code)}
	switch {
	case !soundCode.MatchString(string(u.Code)):
		refuse(codeColumn, "units.code", code)
	case u.Name == "":
		refuse(nameColumn, "units.name", code)
	case u.Kind == "":
		refuse(kindColumn, "units.kind", text.Args{"Kind": l.text(kindColumn)})
	case lostZero(u):
		refuse(codeColumn, "units.lost_zero", code)
	case u.Kind.Place() && named != "" && named != u.Kind:
		refuse(nameColumn, "units.name_kind", text.Args{"Name": u.Name, "Kind": Word(u.Kind)})
	case u.Kind.Top() && u.Parent != "":
		refuse(parentColumn, "units.level_top", text.Args{"Name": u.Name})
	case u.Kind.Place() && !u.Kind.Top() && u.Parent == "":
		refuse(parentColumn, "units.level_none", text.Args{"Name": u.Name})
	}

	if u.Kind.Place() && named == "" {
		u.Name = text.Capital(Word(u.Kind)) + " " + u.Name
	}

	u.ValidFrom, u.ValidTo = l.day(fromColumn, refuse), l.day(toColumn, refuse)
	if !u.ValidTo.IsZero() && u.ValidTo.Before(u.ValidFrom) {
		refuse(toColumn, "units.dates", text.Args{"From": u.ValidFrom.DMY(), "To": u.ValidTo.DMY()})
	}

	for _, code := range strings.FieldsFunc(l.text(successorsColumn), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		if u.Successors = append(u.Successors, store.UnitCode(code)); code == string(u.Code) {
			refuse(successorsColumn, "units.own_successor", text.Args{"Code": code})
		}
	}
	return u, bad
}

// day reads the day in a column.
func (l line) day(name string, refuse func(name, key string, args text.Args)) store.Date {
	switch cell, said := l.cell(name), l.text(name); {
	case said == "":
		return store.Date{}
	case cell.Kind == sheet.Date:
		at, err := time.Parse(time.DateOnly, said)
		if err == nil {
			return store.DateOf(at)
		}
	case cell.Kind == sheet.Text:
		r, err := answer.Day(said, store.Date{})
		if err == nil && len(r.Values) == 1 && r.Values[0].Valid() && r.Values[0].Year >= 1900 {
			return r.Values[0]
		}
	}
	refuse(name, "units.date", text.Args{"Text": l.text(name)})
	return store.Date{}
}

// lostZero reports whether a spreadsheet has eaten the leading zero of a code:
// provinces have two digits, communes five.
func lostZero(u store.Unit) bool {
	digits := strings.Trim(string(u.Code), "0123456789") == ""
	switch {
	case u.Kind.Top():
		return digits && len(u.Code) < 2
	case u.Kind.Place():
		return digits && len(u.Code) < 5
	}
	return false
}
