package units

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// Keys lists the catalogue keys of an import's complaints.
func Keys() []string {
	return []string{
		"units.empty", "units.columns", "units.twice", "units.code", "units.float_code", "units.name", "units.name_kind", "units.kind",
		"units.lost_zero", "units.error_cell", "units.control", "units.date", "units.dates",
		"units.successor", "units.own_successor", "units.successors", "units.shares", "units.successor_level",
		"units.circle", "units.parent", "units.parent_name", "units.level_top", "units.level_none", "units.level", "units.older",
		"units.other_code", "units.undo_post", "units.undo_unit", "units.undo_campaign", "units.undo_model",
	}
}

// List is a list of units as it was read.
type List struct {
	Units  []store.Unit
	At     []sheet.Fault // where each stands, for what may be wrong with it
	Faults []sheet.Fault
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
	r := reader{first: map[store.UnitCode]sheet.Fault{}, derived: map[store.UnitCode]string{}}
	tables, nearest := sheet.Tables(sheets, columns())
	for _, t := range tables {
		r.table(t)
	}

	switch {
	case len(tables) > 0:
		r.derive()
	case nearest.Line == 0:
		r.Faults = []sheet.Fault{{Line: 1, Key: "units.empty"}}
	default:
		args := text.Args{"Missing": strings.Join(nearest.Missing, ", "), "Found": nearest.Titles}
		r.Faults = []sheet.Fault{{Sheet: nearest.Sheet, Line: nearest.Line, Key: "units.columns", Args: args}}
	}
	return r.List
}

// reader reads the tables of a file one after another.
type reader struct {
	List
	first   map[store.UnitCode]sheet.Fault // where a code was listed
	derived map[store.UnitCode]string      // provinces that stand on the rows of their communes
	above   []store.Unit
	aboveAt []sheet.Fault
}

// table reads the rows of a table.
func (r *reader) table(t sheet.Table) {
	font, converted := t.Convert(nameColumn, kindColumn, parentNameColumn)
	if font != legacy.Unicode {
		r.Font, r.Converted = font, append(r.Converted, converted...)
	}

	for _, row := range t.Lines {
		l := line{row}
		u, fault := l.unit()
		if earlier, ok := r.first[u.Code]; fault == nil && ok {
			f := l.Fault(codeColumn, "units.twice", text.Args{"Code": string(u.Code), "Line": earlier.Line, "Sheet": earlier.Sheet})
			fault = &f
		}
		if fault == nil {
			fault = r.province(l, u)
		}

		if fault != nil {
			r.Faults = append(r.Faults, *fault)
			continue
		}
		at := l.Fault(codeColumn, "", nil)
		r.first[u.Code] = at
		r.Units, r.At = append(r.Units, u), append(r.At, at)
	}
}

// province notes the province that a row repeats beside its unit, as published
// lists do. Rows that name one code differently contradict each other.
func (r *reader) province(l line, u store.Unit) *sheet.Fault {
	name := l.Text(parentNameColumn)
	kind, _ := split(name)
	if u.Parent == "" || name == "" {
		return nil
	}
	switch known, ok := r.derived[u.Parent]; {
	case !ok && kind.Top():
		r.derived[u.Parent] = name
		r.above = append(r.above, store.Unit{Code: u.Parent, Name: name, Kind: kind})
		r.aboveAt = append(r.aboveAt, l.Fault(parentColumn, "", nil))
	case ok && answer.Fold(known) != answer.Fold(name):
		f := l.Fault(parentNameColumn, "units.parent_name", text.Args{"Code": string(u.Parent), "Name": name, "Other": known})
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

// line is one row of a table.
type line struct{ sheet.Line }

// unsound finds a cell that no value can be read from.
func (l line) unsound() *sheet.Fault {
	for _, c := range columns() {
		switch cell := l.In(c.Name); {
		case cell.Kind == sheet.Error:
			f := l.Fault(c.Name, "units.error_cell", text.Args{"Text": cell.Text})
			return &f
		case l.Unseen(c.Name):
			f := l.Fault(c.Name, "units.control", nil)
			return &f
		}
	}
	return nil
}

// unit makes a unit of the row.
func (l line) unit() (store.Unit, *sheet.Fault) {
	if fault := l.unsound(); fault != nil {
		return store.Unit{}, fault
	}
	u := store.Unit{
		Code: store.UnitCode(l.Text(codeColumn)), Name: l.Text(nameColumn), Kind: kindOf(l.Text(kindColumn)),
		Parent: store.UnitCode(l.Text(parentColumn)),
	}
	var bad *sheet.Fault
	refuse := func(name, key string, args text.Args) {
		if bad == nil {
			f := l.Fault(name, key, args)
			bad = &f
		}
	}

	for _, name := range []string{codeColumn, parentColumn} {
		if code := l.Text(name); floatCode.MatchString(code) {
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
		refuse(kindColumn, "units.kind", text.Args{"Kind": l.Text(kindColumn)})
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

	u.Successors = l.successors(refuse)
	if u.Follows(u.Code) {
		refuse(successorsColumn, "units.own_successor", code)
	}
	return u, bad
}

// follower is a successor as lists write it: "96002", "96002: 70%", "96002 (70 %)".
var follower = regexp.MustCompile(`^([0-9A-Za-z][0-9A-Za-z.\-]{0,19})(?:\s*[:(=]\s*([0-9]{1,3})\s*%?\s*\)?)?$`)

// successors reads who follows, one behind another: "96002; 96003", or with what
// share of the whole each: "96002: 70; 96003: 30".
func (l line) successors(refuse func(name, key string, args text.Args)) (out []store.Successor) {
	said := l.Text(successorsColumn)
	apart := func(r rune) bool { return r == ';' || r == ',' }
	if !strings.ContainsAny(said, ":=(") {
		apart = func(r rune) bool { return r == ';' || r == ',' || r == ' ' }
	}

	sum, shares := 0, 0
	for _, part := range strings.FieldsFunc(said, apart) {
		m := follower.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			refuse(successorsColumn, "units.successors", text.Args{"Text": strings.TrimSpace(part)})
			continue
		}
		share, _ := strconv.Atoi(m[2]) // digits, or nothing
		if sum += share; share > 0 {
			shares++
		}
		out = append(out, store.Successor{Code: store.UnitCode(m[1]), Share: share})
	}
	if shares > 0 && (sum != 100 || shares < len(out)) {
		refuse(successorsColumn, "units.shares", text.Args{"Text": said})
	}
	return out
}

// day reads the day in a column.
func (l line) day(name string, refuse func(name, key string, args text.Args)) store.Date {
	switch cell, said := l.In(name), l.Text(name); {
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
	refuse(name, "units.date", text.Args{"Text": l.Text(name)})
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
