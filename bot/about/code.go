package about

import (
	"fmt"

	"danvan/store"
)

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
