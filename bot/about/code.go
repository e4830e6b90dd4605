package about

import (
	"errors"
	"fmt"

	"danvan/store"
	"danvan/store/org"
)

// NewCode numbers a model within its place and year: DVK-30709-2026-0007. An
// organisation counts under the place that it belongs to. A number that came in with a
// model from elsewhere is passed over.
func NewCode(tx store.Tx, o *org.Org, unit store.UnitCode, year int) (string, error) {
	for u := range o.Up(unit) {
		if unit = u.Code; u.Kind.Place() {
			break
		}
	}
	for {
		n, err := tx.NextNumber(fmt.Sprintf("code/%s/%d", unit, year))
		if err != nil {
			return "", err
		}
		code := fmt.Sprintf("DVK-%s-%d-%04d", unit, year, n)
		if _, err := tx.ModelByCode(code); errors.Is(err, store.ErrNotFound) {
			return code, nil
		} else if err != nil {
			return "", err
		}
	}
}

// Code is what people call a unit's report by: BC-30709-2026-6T2.
func (o Obligation) Code() string {
	month, year := int(o.Period.To.Month), o.Period.To.Year
	out := fmt.Sprintf("BC-%s-%d-", o.Unit, year)
	switch o.Period.Kind {
	case store.Month:
		return out + fmt.Sprintf("T%02d", month)
	case store.Quarter:
		return out + fmt.Sprintf("Q%d", (month+2)/3)
	case store.HalfYear:
		if month <= 6 {
			return out + "6T1"
		}
		return out + "6T2"
	case store.NineMonths:
		return out + "9T"
	case store.FullYear:
		return out + "N"
	}
	return out + fmt.Sprintf("%02d%02d", month, o.Period.To.Day)
}
