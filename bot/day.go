package bot

import (
	"strconv"
	"time"

	"danvan/store"
)

// weekday is a day that is written with its day of the week: "thứ Sáu
// 27/11/2026".
type weekday store.Date

// clock is an instant that is written with its hour: "09:15 ngày 23/11/2026".
type clock time.Time

func (v voice) weekday(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return v.key("weekday.", strconv.Itoa(int(d.Weekday()))) + " " + v.date(d)
}

func (v voice) clock(at time.Time) string {
	at = at.In(v.zone)
	return v.words.Text(v.lang, "clock", args{"Time": at.Format("15:04"), "Day": v.date(store.DateOf(at))})
}
