package shipped

import (
	"bytes"
	_ "embed" // for the data
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"danvan/bot/sheet"
	"danvan/bot/units"
	"danvan/store"
)

// unitsCSV is the list in force.
//
//go:embed units.csv
var unitsCSV string

// unitChangesCSV says what units were before they changed: on which day, by
// which resolution where it is known, and what stood in their row until then.
//
//go:embed unitchanges.csv
var unitChangesCSV string

// firstDay is the day of the oldest list: that without a district level.
var firstDay = store.Date{Year: 2025, Month: 7, Day: 1}

// UnitList is the country's list as of a day, as a file.
type UnitList struct {
	Day store.Date
	CSV []byte
}

// unitChange is one row of the changes.
type unitChange struct {
	day      store.Date
	now, was string // how the row of the list begins: by the code, and whole but for the parent
}

func unitChanges() ([]unitChange, error) {
	rows, err := csv.NewReader(strings.NewReader(unitChangesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the shipped changes of units: %w", err)
	}
	var out []unitChange
	for _, r := range rows[1:] {
		c := unitChange{now: r[2], was: strings.Join(r[3:6], ",")}
		if err := c.day.UnmarshalText([]byte(r[0])); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// UnitLists returns the list of every day from which one holds, the oldest first.
func UnitLists() ([]UnitList, error) {
	changes, err := unitChanges()
	if err != nil {
		return nil, err
	}

	rows := strings.SplitAfter(unitsCSV, "\n")
	file := func(day store.Date) UnitList { return UnitList{day, []byte(strings.Join(rows, ""))} }
	var out []UnitList
	for i, c := range slices.Backward(changes) {
		if i == len(changes)-1 || changes[i+1].day != c.day {
			out = append(out, file(c.day))
		}
		at := slices.IndexFunc(rows, func(row string) bool { return strings.HasPrefix(row, c.now+",") })
		if at < 0 {
			return nil, fmt.Errorf("the shipped changes of units: no unit %s on %s", c.now, c.day)
		}
		rows[at] = c.was + rows[at][strings.LastIndexByte(rows[at], ','):]
	}
	out = append(out, file(firstDay))
	slices.Reverse(out)
	return out, nil
}

// Units returns provinces with their communes, as they are and as they were; all
// of the country when none is named.
func Units(provinces ...store.UnitCode) ([]store.Unit, error) {
	all, err := country()
	if err != nil || len(provinces) == 0 {
		return slices.Clone(all), err
	}
	return slices.DeleteFunc(slices.Clone(all), func(u store.Unit) bool {
		return !slices.Contains(provinces, u.Code) && !slices.Contains(provinces, u.Parent)
	}), nil
}

// country is every unit, read once.
var country = sync.OnceValues(func() ([]store.Unit, error) {
	lists, err := UnitLists()
	if err != nil {
		return nil, err
	}
	var all []store.Unit
	for _, l := range lists {
		list, err := l.Read()
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = list.Units
			continue
		}

		for i, u := range list.Units { // every list has the same rows
			old := &all[i]
			if u.Code != old.Code {
				old.Aliases = append(old.Aliases, store.Alias{Code: u.Code, From: l.Day})
			}
			if u.Name != old.Name || u.Kind != old.Kind {
				*old = old.Becoming(store.Version{From: l.Day, Name: u.Name, Kind: u.Kind, Parent: old.Parent})
			}
		}
	}

	return all, nil
})

// Read reads the list.
func (l UnitList) Read() (units.List, error) {
	sheets, err := sheet.Read(bytes.NewReader(l.CSV))
	if err != nil {
		return units.List{}, fmt.Errorf("read the shipped units of %s: %w", l.Day, err)
	}
	list := units.Read(sheets)
	if len(list.Faults) > 0 {
		return units.List{}, fmt.Errorf("read the shipped units of %s: line %d: %s", l.Day, list.Faults[0].Line, list.Faults[0].Key)
	}
	return list, nil
}
