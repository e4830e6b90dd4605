package text

import (
	"fmt"
	"strconv"
	"time"

	"danvan/store"
)

// Weekday is a day that is written with its day of the week: "thứ Sáu
// 27/11/2026".
type Weekday store.Date

// Clock is an instant that is written with its hour: "9 giờ 15 thứ Hai
// 23/11/2026".
type Clock time.Time

// DayOf is the day of an instant in the instant's own zone.
func DayOf(t time.Time) Weekday { return Weekday(store.DateOf(t)) }

// Date writes a day as people do in both languages: 27/11/2026; "" for none.
func Date(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

func (v Voice) weekday(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return v.Key("weekday.", strconv.Itoa(int(d.Weekday()))) + " " + Date(d)
}

func (v Voice) clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(v.Zone)
	minute := ""
	if at.Minute() > 0 {
		minute = at.Format("04")
	}
	return v.Plain("due.clock", Args{"Hour": at.Hour(), "Minute": minute, "Day": v.weekday(store.DateOf(at))})
}

// Timing says when a digest comes: "thứ Sáu hằng tuần, 16:00".
func (v Voice) Timing(d store.Timing) string {
	a := Args{"Hour": d.AtHour(), "Day": ""}
	switch d.Every {
	case store.Weekly:
		a["Day"] = v.Plain("weekday."+strconv.Itoa(d.OnDay()%7), nil)
	case store.Monthly:
		a["Day"] = strconv.Itoa(d.OnDay())
	}
	return v.Plain("timing.is_"+d.Every.Word(), a)
}
