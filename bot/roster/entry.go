package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
)

// Entry is a person who is to be invited: what a row means.
type Entry struct {
	At          sheet.Fault // where the row is
	Unit        store.UnitCode
	Role        store.Role
	Name, Phone string
	Portfolio   store.Portfolio
}

// Reader says what rows mean, and parts of a portfolio.
type Reader struct {
	org    *org.Org
	today  store.Date
	in     *store.Subtree // who invites reaches these units only
	all    bool           // and whoever has no unit of their own reaches the house itself
	units  map[string][]store.UnitCode
	fields map[string][]string
}

// NewReader knows the units in force today and the fields of some campaigns. in are the
// units that whoever invites reaches; nil is all.
func NewReader(o *org.Org, today store.Date, campaigns []store.Campaign, in *store.Subtree) *Reader {
	r := &Reader{org: o, today: today, in: in, all: in == nil, units: map[string][]store.UnitCode{}, fields: map[string][]string{}}
	if r.all {
		r.in = o.Below("")
	}
	for _, code := range r.in.Codes() {
		u, _ := o.Unit(code)
		for _, name := range unitNames(u) {
			add(r.units, name, code)
		}
	}

	for _, c := range campaigns {
		for _, f := range c.Fields {
			names := append([]string{f.Key}, f.Aliases...)
			for _, label := range f.Label {
				names = append(names, label)
			}
			for _, name := range names {
				add(r.fields, answer.Fold(name), f.Key)
			}
		}
	}
	return r
}

func add[T comparable](to map[string][]T, name string, x T) {
	if !slices.Contains(to[name], x) {
		to[name] = append(to[name], x)
	}
}

// unitNames are what a list may call a unit, folded: its codes, its name, and that
// without the word for its kind.
func unitNames(u store.Unit) []string {
	name := answer.Fold(u.Name)
	out := []string{name}
	for _, kind := range []string{"xa ", "phuong ", "dac khu ", "tinh ", "thanh pho "} {
		if bare, ok := strings.CutPrefix(name, kind); ok {
			out = append(out, bare)
		}
	}
	for _, code := range u.Codes() {
		out = append(out, answer.Fold(string(code)))
	}
	return out
}

// Entries says what the rows of a list mean, and what is wrong with those that mean
// nothing. Two rows of the same person are one too many.
func (r *Reader) Entries(list List) (out []Entry, faults []sheet.Fault) {
	faults = slices.Clone(list.Faults)
	first := map[string]sheet.Fault{}
	for _, row := range list.Rows {
		e, fault := r.entry(row)
		if who := e.who(); fault == nil && who != "" {
			if before, twice := first[who]; twice {
				fault = faulty(row.At, "roster.twice", map[string]any{"Line": before.Line, "Sheet": before.Sheet})
			}
			first[who] = row.At
		}

		if fault != nil {
			faults = append(faults, *fault)
			continue
		}
		out = append(out, e)
	}
	slices.SortStableFunc(faults, func(a, b sheet.Fault) int {
		return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line))
	})
	return out, faults
}

// who tells a person apart from others in the same role of a unit; "" where the list
// tells nothing of them.
func (e Entry) who() string {
	if e.Name+e.Phone == "" {
		return ""
	}
	return fmt.Sprintf("%s:%s:%s:%s", e.Unit, e.Role, answer.Fold(e.Name), e.Phone)
}

func faulty(at sheet.Fault, key string, args map[string]any) *sheet.Fault {
	at.Key, at.Args = key, args
	return &at
}

// entry says what a row means.
func (r *Reader) entry(row Row) (Entry, *sheet.Fault) {
	e := Entry{At: row.At, Role: row.Role, Name: row.Name, Phone: row.Phone}
	said := cmp.Or(row.Code, row.Unit)
	switch {
	case row.Role == store.Admin && !r.all:
		return e, faulty(row.At, "roster.admin_only", nil)
	case said == "":
	default:
		u, key, args := r.unit(said)
		if key != "" {
			return e, faulty(row.At, key, args)
		}
		e.Unit = u.Code
	}

	p, key, args := r.Portfolio(e.Unit, row.Portfolio)
	if key != "" {
		return e, faulty(row.PartsAt, key, args)
	}
	e.Portfolio = p
	return e, nil
}

// unit finds a unit by its code or its name, with the name of the place above it after a
// comma where there are several. Otherwise a key of the catalogue says what is wrong.
func (r *Reader) unit(said string) (u store.Unit, key string, args map[string]any) {
	name, above, _ := strings.Cut(said, ",")
	found := r.units[answer.Fold(said)]
	if len(found) == 0 {
		found = r.units[answer.Fold(name)]
	}
	inForce := slices.DeleteFunc(slices.Clone(found), func(code store.UnitCode) bool {
		u, _ := r.org.Unit(code)
		return !u.InForce(r.today) || above != "" && !r.below(code, answer.Fold(above))
	})

	switch len(inForce) {
	case 1:
		u, _ = r.org.Unit(inForce[0])
		return u, "", nil
	case 0:
		return u, r.missing(said, found), map[string]any{"Text": said}
	}
	return u, "roster.unit_many", map[string]any{"Text": said, "Codes": r.listed(inForce)}
}

// below reports whether a unit is in a place of a name.
func (r *Reader) below(code store.UnitCode, above string) bool {
	for u := range r.org.Up(code) {
		if u.Code != code && slices.Contains(unitNames(u), above) {
			return true
		}
	}
	return false
}

// missing says why no unit was found.
func (r *Reader) missing(said string, ended []store.UnitCode) string {
	_, known := r.org.Unit(store.UnitCode(said))
	switch {
	case len(ended) > 0:
		return "roster.unit_ended"
	case known:
		return "roster.unit_outside"
	}
	return "roster.unit_none"
}

// listed names units by code and the place above, to choose among.
func (r *Reader) listed(codes []store.UnitCode) string {
	const most = 8
	var out []string
	for _, code := range codes[:min(len(codes), most)] {
		u, _ := r.org.Unit(code)
		up, _ := r.org.Unit(u.Parent)
		out = append(out, strings.TrimSuffix(fmt.Sprintf("%s (%s)", code, up.Name), " ()"))
	}
	if len(codes) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// Portfolio reads the units and the fields of work that a seat of a unit looks after, by
// names or codes. Otherwise a key of the catalogue says what is wrong.
func (r *Reader) Portfolio(of store.UnitCode, parts []string) (p store.Portfolio, key string, args map[string]any) {
	for _, part := range parts {
		fields := r.fields[answer.Fold(part)]
		u, key, args := r.unitBelow(of, part)

		switch {
		case len(fields) > 0 && key == "":
			return p, "roster.part_many", map[string]any{"Text": part}
		case len(fields) > 0: // in several campaigns it may have several keys
			for _, f := range fields {
				p.Fields = appendNew(p.Fields, f)
			}
		case key == "roster.unit_none":
			return p, "roster.part_none", args
		case key != "":
			return p, key, args
		case !r.org.Under(u.Code, of):
			return p, "roster.part_outside", map[string]any{"Text": u.Name}
		default:
			p.Units = appendNew(p.Units, u.Code)
		}
	}
	return p, "", nil
}

// unitBelow finds a unit of a portfolio: of several of a name the one below the seat's.
func (r *Reader) unitBelow(of store.UnitCode, said string) (store.Unit, string, map[string]any) {
	var below []store.UnitCode
	for _, code := range r.units[answer.Fold(said)] {
		if u, _ := r.org.Unit(code); r.org.Under(code, of) && u.InForce(r.today) {
			below = append(below, code)
		}
	}
	if len(below) == 1 {
		u, _ := r.org.Unit(below[0])
		return u, "", nil
	}
	return r.unit(said)
}

func appendNew[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}
