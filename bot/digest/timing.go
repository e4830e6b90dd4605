package digest

import (
	"slices"
	"strconv"
	"strings"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// timingEvery is how often a supervisor may choose that a digest comes.
func timingEvery() []store.Every {
	return []store.Every{store.Daily, store.Weekly, store.Monthly, store.Never}
}

// timingDays are the days of a month on which it may.
func timingDays() []int { return []int{1, 5, 10, 15, 20, 25, 28, 31} }

// timingHours are the hours at which it may.
func timingHours() []int { return []int{7, 8, 9, 11, 14, 15, 16, 17} }

// pressedTiming changes when the post's digest comes: "every.daily", "day.5",
// "hour.16", or shows the choice of one: "day", "hour", "" for all.
func (t turn) pressedTiming(about string) error {
	if !t.May(access.GetDigests) {
		return t.Toast("press.not_yours", nil)
	}
	what, value, chosen := strings.Cut(about, ".")
	if !chosen {
		return t.showTiming(what)
	}
	was := t.Post.Digest
	is, ok := timed(was, what, value)
	if !ok {
		return t.Toast("press.unknown", nil)
	}

	if is != was {
		t.Post.Digest = is
		if err := t.PutPost(t.Post); err != nil {
			return err
		}
		if err := t.Record("post/"+string(t.Post.ID), "digest", "timing", t.Timing(was), t.Timing(is)); err != nil {
			return err
		}
	}
	return t.showTiming("")
}

// timed is a timing with another value for one of its parts; false where that
// may not be chosen.
func timed(d store.Timing, what, value string) (store.Timing, bool) {
	if what == "every" {
		i := slices.IndexFunc(timingEvery(), func(e store.Every) bool { return e.Word() == value })
		if i < 0 {
			return d, false
		}
		return store.Timing{Every: timingEvery()[i], Hour: d.Hour}, true
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		return d, false
	}

	switch {
	case what == "day" && d.Every == store.Weekly && n >= 1 && n <= 7,
		what == "day" && d.Every == store.Monthly && slices.Contains(timingDays(), n):
		d.Day = n
	case what == "hour" && slices.Contains(timingHours(), n):
		d.Hour = n
	default:
		return d, false
	}
	return d, true
}

// showTiming shows when the digest comes, or offers the days or the hours.
func (t turn) showTiming(choice string) error {
	d := t.Post.Digest
	var buttons []store.Button
	option := func(label, data string, now bool) {
		key := "timing.option"
		if now {
			key = "timing.option_now"
		}
		buttons = append(buttons, t.Button(key, link.Timing.To(data), text.Args{"Label": label}))
	}

	per, back := 4, t.Button("button.back", link.Timing.To(), nil)
	switch {
	case choice == "day" && d.Every == store.Weekly:
		per = 2
		for n := 1; n <= 7; n++ {
			option(text.Capital(t.Plain("weekday."+strconv.Itoa(n%7), nil)), "day."+strconv.Itoa(n), n == d.OnDay())
		}
	case choice == "day" && d.Every == store.Monthly:
		for _, n := range timingDays() {
			option(strconv.Itoa(n), "day."+strconv.Itoa(n), n == d.OnDay())
		}
	case choice == "hour":
		for _, n := range timingHours() {
			option(t.Plain("campaign.hour_of", text.Args{"Hour": n}), "hour."+strconv.Itoa(n), n == d.AtHour())
		}

	default:
		per = 2
		for _, e := range timingEvery() {
			option(t.Plain("timing."+e.Word(), nil), "every."+e.Word(), e == d.Every)
		}
		if d.Every == store.Weekly || d.Every == store.Monthly {
			buttons = append(buttons, t.Button("timing.pick_day", link.Timing.To("day"), nil))
		}
		if d.Every != store.Never {
			buttons = append(buttons, t.Button("timing.pick_hour", link.Timing.To("hour"), nil))
		}
		if choice == "" {
			back = t.Button("timing.back", link.Settings.To(), nil)
		}
	}
	card := t.Text("timing.card", text.Args{"When": t.Timing(d), "Never": d.Every == store.Never})
	return t.Revise(store.Message{Text: card, Buttons: append(text.InRows(buttons, per), text.Row(back))})
}
