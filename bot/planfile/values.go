package planfile

import (
	"fmt"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// The words for what a campaign chooses from, folded. What a table does not
// hold is passed on as it is, for the check to name.
var (
	periodKinds = map[string]store.PeriodKind{
		"thang": store.Month, "quy": store.Quarter, "6 thang": store.HalfYear, "9 thang": store.NineMonths,
		"nam": store.FullYear, "tu chon": store.FreePeriod,
	}
	shifts = map[string]store.Shift{
		"": store.NextWorkingDay, "truoc": store.PreviousWorkingDay, "sau": store.NextWorkingDay,
	}
	unitKinds = map[string]store.UnitKind{
		"tinh": store.Province, "thanh pho": store.City, "xa": store.Commune, "phuong": store.Ward,
		"dac khu": store.SpecialZone, "to chuc": store.Organisation,
	}
)

func meant[T ~string](words map[string]T, word string) T {
	if v, ok := words[answer.Fold(word)]; ok {
		return v
	}
	return T(answer.Clean(word))
}

// date is a day: 2026-12-14 as TOML writes it, or "14/12/2026".
type date store.Date

// UnmarshalTOML reads a day.
func (d *date) UnmarshalTOML(value any) error {
	switch v := value.(type) {
	case time.Time:
		*d = date(store.DateOf(v))
		return nil
	case string:
		r, err := answer.Day(v, store.Date{})
		if err == nil && len(r.Values) > 0 {
			*d = date(r.Values[0])
			return nil
		}
	}
	return fmt.Errorf("%v is no date such as 2026-12-14", value)
}

// label is a text: one for every language, or a table by language.
type label store.Label

// UnmarshalTOML reads a text.
func (l *label) UnmarshalTOML(value any) error {
	switch v := value.(type) {
	case string:
		*l = label{"vi": answer.Clean(v)}
		return nil
	case map[string]any:
		*l = label{}
		for lang, text := range v {
			s, ok := text.(string)
			if !ok {
				return fmt.Errorf("%v is no text", text)
			}
			(*l)[lang] = answer.Clean(s)
		}
		return nil
	}

	return fmt.Errorf("%v is no text", value)
}
