package bot

import (
	"strconv"
	"time"

	"danvan/store"
)

// weekday is a day that is written with its day of the week: "thứ Sáu
// 27/11/2026".
type weekday store.Date

// clock is an instant that is written with its hour: "09:15 thứ Hai
// 23/11/2026".
type clock time.Time

func (v voice) weekday(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return v.key("weekday.", strconv.Itoa(int(d.Weekday()))) + " " + v.date(d)
}

func (v voice) clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(v.zone)
	return at.Format("15:04 ") + v.weekday(store.DateOf(at))
}
