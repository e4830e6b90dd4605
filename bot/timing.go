package bot

import (
	"slices"
	"strconv"
	"strings"

	"danvan/store"
)

// What a supervisor may choose: the days of a month and the hours at which a
// digest comes.
var (
	digestDays  = []int{1, 5, 10, 15, 20, 25, 28, 31}
	digestHours = []int{7, 8, 9, 11, 14, 15, 16, 17}
	digestEvery = []store.Every{store.Daily, store.Weekly, store.Monthly, store.Never}
)

// pressedTiming changes when the post's digest comes: "every.daily", "day.5",
// "hour.16", or shows the choice of one.
func (t *turn) pressedTiming(rest string) error {
	if !t.may(getDigests) {
		return t.toast("press.not_yours", nil)
	}
	what, value, chosen := strings.Cut(rest, ".")
	if what == "settings" {
		return t.showSettings(true)
	}
	if !chosen {
		return t.showTiming(what)
	}
	was := t.post.Digest
	n, err := strconv.Atoi(value)
	switch {
	case what == "every" && slices.Contains(digestEvery, everyOf(value)):
		t.post.Digest = store.Timing{Every: everyOf(value), Hour: was.Hour}
	case err != nil:
		return t.toast("press.unknown", nil)
	case what == "day" && was.Every == store.Weekly && n >= 1 && n <= 7, what == "day" && was.Every == store.Monthly && slices.Contains(digestDays, n):
		t.post.Digest.Day = n
	case what == "hour" && slices.Contains(digestHours, n):
		t.post.Digest.Hour = n
	default:
		return t.toast("press.unknown", nil)
	}
	if t.post.Digest != was {
		if err := t.tx.PutPost(t.post); err != nil {
			return err
		}
		if err := t.record("post/"+string(t.post.ID), "digest", "timing", t.timing(was), t.timing(t.post.Digest)); err != nil {
			return err
		}
	}
	return t.showTiming("")
}

// everyOf reads how often: weekly is the zero value and has a word here.
func everyOf(s string) store.Every {
	if s == "weekly" {
		return store.Weekly
	}
	return store.Every(s)
}

func everyWord(e store.Every) string {
	if e == store.Weekly {
		return "weekly"
	}
	return string(e)
}

// timing says when a digest comes: "thứ Sáu hằng tuần, 16:00".
func (t *turn) timing(d store.Timing) string {
	a := args{"Hour": hourOfDay(d), "Day": ""}
	switch d.Every {
	case store.Weekly:
		a["Day"] = t.plain("weekday."+strconv.Itoa(dayOfWeek(d)%7), nil)
	case store.Monthly:
		a["Day"] = strconv.Itoa(max(d.Day, 1))
	}
	return t.plain("timing.is_"+everyWord(d.Every), a)
}

func hourOfDay(d store.Timing) int {
	if d.Hour == 0 {
		return 16
	}
	return d.Hour
}

// dayOfWeek is the day of the week of a weekly digest, 7 for Sunday.
func dayOfWeek(d store.Timing) int {
	if d.Day == 0 {
		return 5
	}
	return d.Day
}

// showTiming shows when the digest comes, or offers the days or the hours.
func (t *turn) showTiming(choice string) error {
	d := t.post.Digest
	var buttons []store.Button
	option := func(label, data string, now bool) {
		key := "timing.option"
		if now {
			key = "timing.option_now"
		}
		buttons = append(buttons, t.button(key, pressTiming+data, args{"Label": label}))
	}
	per := 2
	switch {
	case choice == "day" && d.Every == store.Weekly:
		for n := 1; n <= 7; n++ {
			option(capital(t.plain("weekday."+strconv.Itoa(n%7), nil)), "day."+strconv.Itoa(n), n == dayOfWeek(d))
		}
	case choice == "day" && d.Every == store.Monthly:
		per = 4
		for _, n := range digestDays {
			option(strconv.Itoa(n), "day."+strconv.Itoa(n), n == max(d.Day, 1))
		}
	case choice == "hour":
		per = 4
		for _, n := range digestHours {
			option(strconv.Itoa(n)+":00", "hour."+strconv.Itoa(n), n == hourOfDay(d))
		}
	default:
		for _, e := range digestEvery {
			option(t.plain("timing."+everyWord(e), nil), "every."+everyWord(e), e == d.Every)
		}
		if d.Every == store.Weekly || d.Every == store.Monthly {
			buttons = append(buttons, t.button("timing.pick_day", pressTiming+"day", nil))
		}
		if d.Every != store.Never {
			buttons = append(buttons, t.button("timing.pick_hour", pressTiming+"hour", nil))
		}
	}
	rows := inRows(buttons, per)
	if choice != "" {
		rows = append(rows, row(t.button("button.back", pressTiming, nil)))
	} else {
		rows = append(rows, row(t.button("timing.back", pressTiming+"settings", nil)))
	}
	return t.revise(store.Message{Text: t.text("timing.card", args{"When": t.timing(d), "Never": d.Every == store.Never}), Buttons: rows})
}
