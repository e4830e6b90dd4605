package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// RowError says what is wrong with one line of a list, by catalogue key.
type RowError struct {
	Line int // as a spreadsheet counts, from 1
	Key  string
	Args map[string]any
}

// UnitChanges is what importing a list of units does, or would do.
type UnitChanges struct {
	New    []store.Unit
	Closed []store.Unit // units that get a last day
	Mended []store.Unit // units whose name is spelt differently
	Same   int
	Errors []RowError // when there are any, nothing is written
}

// unitColumns are the columns of a list of units and what they are called.
// The first four are needed.
var unitColumns = []struct {
	name  string
	names []string
}{
	{"code", []string{"code", "ma", "ma don vi"}},
	{"name", []string{"name", "ten", "ten don vi"}},
	{"kind", []string{"kind", "loai", "loai hinh", "cap"}},
	{"parent_code", []string{"parent code", "ma cha", "ma cap tren", "truc thuoc"}},
	{"valid_from", []string{"valid from", "tu ngay"}},
	{"valid_to", []string{"valid to", "den ngay"}},
	{"successors", []string{"successors", "ma ke thua", "don vi ke thua"}},
}

// unitKinds are the words for each kind of unit, folded.
var unitKinds = map[string]store.UnitKind{
	"tinh": store.Province, "province": store.Province, "thanh pho": store.City, "city": store.City,
	"xa": store.Commune, "commune": store.Commune, "phuong": store.Ward, "ward": store.Ward,
	"dac khu": store.SpecialZone, "special zone": store.SpecialZone,
	"to chuc": store.Organisation, "co quan": store.Organisation, "organisation": store.Organisation,
	"truong": store.Organisation, "doanh nghiep": store.Organisation, "chi bo": store.Organisation, "hoi": store.Organisation,
}

var goodCode = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$`)

// ImportUnits checks a list of units and, unless it is a dry run or a line is
// wrong, writes it. The first row names the columns: code, name, kind,
// parent_code, and optionally valid_from, valid_to and successors. Importing
// the same list again changes nothing.
func (b *Bot) ImportUnits(ctx context.Context, rows [][]string, now time.Time, dry bool) (UnitChanges, error) {
	units, lines, bad := ReadUnits(rows)
	var out UnitChanges
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		var err error
		if out, err = planUnits(tx, units, lines); err != nil {
			return err
		}
		out.Errors = append(slices.Clone(bad), out.Errors...)
		slices.SortStableFunc(out.Errors, func(a, b RowError) int { return a.Line - b.Line })
		if dry || len(out.Errors) > 0 {
			return nil
		}
		for _, u := range slices.Concat(out.New, out.Closed, out.Mended) {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
		if len(out.New)+len(out.Closed)+len(out.Mended) == 0 {
			return nil
		}
		return tx.AddAudit(store.Audit{At: now, Subject: "units", Action: "import",
			New: fmt.Sprintf("%d new, %d closed, %d mended", len(out.New), len(out.Closed), len(out.Mended))})
	})
	if err != nil {
		return UnitChanges{}, fmt.Errorf("import units: %w", err)
	}
	return out, nil
}

// ReadUnits reads units out of a table whose first row names the columns. It
// returns the units with the line of each, and what is wrong with the others.
func ReadUnits(rows [][]string) (units []store.Unit, lines []int, bad []RowError) {
	if len(rows) == 0 {
		return nil, nil, []RowError{{Line: 1, Key: "units.empty"}}
	}
	at, missing := columnsOf(rows[0])
	if len(missing) > 0 {
		return nil, nil, []RowError{{Line: 1, Key: "units.columns", Args: args{"Missing": strings.Join(missing, ", ")}}}
	}
	first := map[store.UnitCode]int{}
	for i, row := range rows[1:] {
		line := i + 2
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		cell := func(name string) string {
			if j, ok := at[name]; ok && j < len(row) {
				return answer.Clean(row[j])
			}
			return ""
		}
		u, fault := readUnit(cell)
		if earlier := first[u.Code]; fault == nil && earlier != 0 {
			fault = &RowError{Key: "units.twice", Args: args{"Code": string(u.Code), "Line": earlier}}
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

func columnsOf(header []string) (at map[string]int, missing []string) {
	at = map[string]int{}
	for i, column := range unitColumns {
		found := slices.IndexFunc(header, func(h string) bool { return slices.Contains(column.names, answer.Fold(h)) })
		if found >= 0 {
			at[column.name] = found
		} else if i < 4 {
			missing = append(missing, column.name)
		}
	}
	return at, missing
}

func readUnit(cell func(string) string) (store.Unit, *RowError) {
	u := store.Unit{Code: store.UnitCode(cell("code")), Name: cell("name"), Parent: store.UnitCode(cell("parent_code"))}
	kind, known := unitKinds[answer.Fold(cell("kind"))]
	u.Kind = kind
	switch {
	case !goodCode.MatchString(string(u.Code)):
		return u, &RowError{Key: "units.code", Args: args{"Code": string(u.Code)}}
	case u.Name == "":
		return u, &RowError{Key: "units.name", Args: args{"Code": string(u.Code)}}
	case !known:
		return u, &RowError{Key: "units.kind", Args: args{"Kind": cell("kind")}}
	case lostZero(u):
		return u, &RowError{Key: "units.lost_zero", Args: args{"Code": string(u.Code)}}
	}
	for _, d := range []struct {
		name string
		into *store.Date
	}{{"valid_from", &u.ValidFrom}, {"valid_to", &u.ValidTo}} {
		if text := cell(d.name); text != "" {
			r, err := answer.Day(text, store.Date{})
			if err != nil || len(r.Values) == 0 {
				return u, &RowError{Key: "units.date", Args: args{"Text": text}}
			}
			*d.into = r.Values[0]
		}
	}
	for _, code := range strings.FieldsFunc(cell("successors"), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		u.Successors = append(u.Successors, store.UnitCode(code))
	}
	return u, nil
}

// lostZero recognises a code whose leading zero a spreadsheet has eaten:
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

// planUnits compares a list with what is there.
func planUnits(r store.Reader, units []store.Unit, lines []int) (UnitChanges, error) {
	var out UnitChanges
	listed := map[store.UnitCode]store.Unit{}
	for _, u := range units {
		listed[u.Code] = u
	}
	for i, u := range units {
		fault, err := checkTree(r, u, listed)
		if err != nil {
			return out, err
		}
		if fault == nil {
			if fault, err = out.compare(r, u); err != nil {
				return out, err
			}
		}
		if fault != nil {
			fault.Line = lines[i]
			out.Errors = append(out.Errors, *fault)
		}
	}
	return out, nil
}

// checkTree wants a parent and successors that exist, and no circle.
func checkTree(r store.Reader, u store.Unit, listed map[store.UnitCode]store.Unit) (*RowError, error) {
	for _, code := range u.Successors {
		if ok, err := exists(r, code, listed); !ok || err != nil {
			return &RowError{Key: "units.successor", Args: args{"Code": string(code)}}, err
		}
	}
	seen := map[store.UnitCode]bool{}
	for at := u; at.Parent != ""; {
		if seen[at.Code] {
			return &RowError{Key: "units.circle", Args: args{"Code": string(u.Code)}}, nil
		}
		seen[at.Code] = true
		up, ok := listed[at.Parent]
		if !ok {
			var err error
			if up, err = r.Unit(at.Parent); errors.Is(err, store.ErrNotFound) {
				return &RowError{Key: "units.parent", Args: args{"Code": string(at.Parent)}}, nil
			} else if err != nil {
				return nil, err
			}
		}
		at = up
	}
	return nil, nil
}

func exists(r store.Reader, code store.UnitCode, listed map[store.UnitCode]store.Unit) (bool, error) {
	if _, ok := listed[code]; ok {
		return true, nil
	}
	_, err := r.Unit(code)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// compare sorts a unit into what it changes. A unit is never renamed or moved
// in place: that takes a new code and a last day for the old one.
func (c *UnitChanges) compare(r store.Reader, u store.Unit) (*RowError, error) {
	old, err := r.Unit(u.Code)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.New = append(c.New, u)
		return nil, nil
	case err != nil:
		return nil, err
	case answer.Fold(old.Name) != answer.Fold(u.Name) || old.Kind != u.Kind || old.Parent != u.Parent:
		return &RowError{Key: "units.renamed", Args: args{"Code": string(u.Code), "Name": old.Name}}, nil
	}
	if u.ValidFrom.IsZero() {
		u.ValidFrom = old.ValidFrom
	}
	if u.ValidTo.IsZero() {
		u.ValidTo, u.Successors = old.ValidTo, old.Successors
	}
	switch {
	case old.ValidTo != u.ValidTo || old.ValidFrom != u.ValidFrom || !slices.Equal(old.Successors, u.Successors):
		c.Closed = append(c.Closed, u)
	case old.Name != u.Name:
		c.Mended = append(c.Mended, u)
	default:
		c.Same++
	}
	return nil, nil
}

// UnitKeys lists the catalogue keys of an import's complaints.
func UnitKeys() []string {
	return []string{
		"units.empty", "units.columns", "units.twice", "units.code", "units.name", "units.kind", "units.lost_zero",
		"units.date", "units.successor", "units.circle", "units.parent", "units.renamed",
	}
}
