package campaigns

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// month is a month of the calendar: "2026-11".
type month struct{ year, month int }

func monthOf(d store.Date) month { return month{d.Year, int(d.Month)} }

func (m month) String() string { return fmt.Sprintf("%04d-%02d", m.year, m.month) }

func (m month) first() store.Date {
	return store.Date{Year: m.year, Month: time.Month(m.month), Day: 1}
}

func (m month) add(n int) month {
	return monthOf(store.DateOf(time.Date(m.year, time.Month(m.month+n), 1, 0, 0, 0, 0, time.UTC)))
}

func parseMonth(s string) (month, bool) {
	t, err := time.Parse("2006-01", s)
	return month{t.Year(), int(t.Month())}, err == nil
}

// monthButton shows a month.
func (t turn) monthButton(key string, m month) store.Button {
	return t.Button(key, link.Holiday.To("m", m.String()), text.Args{"Month": m.month, "Year": strconv.Itoa(m.year)})
}

// calendar shows the special days of this month.
func (t turn) calendar() error {
	if err := t.showMonth(monthOf(t.Today), false); err != nil {
		return err
	}
	return t.Again()
}

func (t turn) showMonth(m month, inPlace bool) error {
	days, err := t.Tx.SpecialDays()
	if err != nil {
		return err
	}
	var lines []text.Args
	var buttons []store.Button
	for _, d := range days {
		if monthOf(d.Day) != m {
			continue
		}
		a := dayArgs(d)
		a["N"] = len(lines) + 1
		lines = append(lines, a)
		buttons = append(buttons, store.Button{Text: strconv.Itoa(len(lines)), Data: link.Holiday.To("d", d.Day.String())})
	}

	cal := deadline.NewCalendar(days, t.Zone)
	working := cal.WorkingBetween(m.first().AddDays(-1), m.add(1).first().AddDays(-1))
	rows := append(text.InRows(buttons, 4),
		text.Row(t.monthButton("holidays.before", m.add(-1)), t.monthButton("holidays.after", m.add(1))),
		text.Row(text.Green(t.Button("holidays.add", link.Holiday.To("a"), nil))))
	return t.Show(store.Message{
		Text: t.Text("holidays.month", text.Args{
			"Month": m.month, "Year": strconv.Itoa(m.year), "Of": len(lines), "Lines": t.Lines("holidays.line", lines), "Working": working,
		}),
		Buttons: rows,
	}, inPlace)
}

// dayArgs are what every text about a special day says.
func dayArgs(d store.SpecialDay) text.Args {
	return text.Args{"Day": text.Weekday(d.Day), "Name": d.Name, "Worked": d.Kind == store.DayWorked, "Official": d.Official}
}

// pressedCalendar obeys the buttons of the calendar.
func (t turn) pressedCalendar(about string) error {
	if !t.May(access.KeepCalendar) {
		return t.Toast("press.not_yours", nil)
	}
	what, rest, _ := strings.Cut(about, ".")
	switch what {
	case "m":
		m, ok := parseMonth(rest)
		if !ok {
			return t.Toast("press.unknown", nil)
		}
		return t.showMonth(m, true)
	case "a":
		return t.Begin(forms.HolidayID, nil)
	case "d", "o", "x", "r":
		return t.pressedDay(what, rest)
	}
	return t.Toast("press.unknown", nil)
}

// pressedDay obeys a button about one day. A button that changes a day carries
// what the day was, and does nothing to a day that is another by now.
func (t turn) pressedDay(what, rest string) error {
	body, fence, _ := strings.Cut(rest, ".")
	days, err := t.Tx.SpecialDays()
	if err != nil {
		return err
	}
	var day store.Date
	at := -1
	if day.UnmarshalText([]byte(body)) == nil {
		at = slices.IndexFunc(days, func(d store.SpecialDay) bool { return d.Day == day })
	}
	if at < 0 || what != "d" && fence != fenceOf(days[at]) {
		return t.Toast("holidays.changed", nil)
	}
	d := days[at]
	if (what == "x" || what == "r") && d.Day.Before(t.Today) { // what was on time stays so
		return t.Toast("holidays.past", nil)
	}

	switch what {
	case "o":
		d.Official = !d.Official
		if err := t.setOfficial(d, days); err != nil {
			return err
		}
	case "x":
		return t.askRemove(d, days)
	case "r":
		return t.remove(d, days)
	}
	return t.showDay(d)
}

// fenceOf stands for what a special day is, in a button.
func fenceOf(d store.SpecialDay) string {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, d.Day, d.Kind, d.Name, d.Official) // a hash takes everything
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// fenced is a link that changes a special day.
func fenced(what string, d store.SpecialDay) string {
	return link.Holiday.To(what, d.Day.String(), fenceOf(d))
}

// setOfficial marks a day, and with it all of that year that have its name: an
// announcement is of the whole of Tết.
func (t turn) setOfficial(d store.SpecialDay, days []store.SpecialDay) error {
	var marked []store.SpecialDay
	for _, o := range days {
		if o.Name == d.Name && o.Kind == d.Kind && o.Day.Year == d.Day.Year && o.Official != d.Official {
			o.Official = d.Official
			marked = append(marked, o)
		}
	}
	if len(marked) > 1 {
		if err := t.Toast("holidays.confirmed", text.Args{"Count": len(marked)}); err != nil {
			return err
		}
	}
	return t.put(marked, days)
}

func (t turn) showDay(d store.SpecialDay) error {
	key := "holidays.confirm"
	if d.Official {
		key = "holidays.unconfirm"
	}
	change := text.Row(t.Button(key, fenced("o", d), nil))
	if !d.Day.Before(t.Today) {
		change = append(change, text.Red(t.Button("holidays.remove", fenced("x", d), nil)))
	}
	return t.Show(store.Message{
		Text:    t.Text("holidays.day", dayArgs(d)),
		Buttons: [][]store.Button{change, text.Row(t.monthButton("holidays.back", monthOf(d.Day)))},
	}, true)
}

// without says what taking a day out of the calendar moves.
func (t turn) without(d store.SpecialDay, days []store.SpecialDay) (text.Args, error) {
	left := slices.DeleteFunc(slices.Clone(days), func(o store.SpecialDay) bool { return o.Day == d.Day })
	moves, err := t.moves(days, left)
	return text.Args{"Day": text.Weekday(d.Day), "Name": d.Name, "Moves": moves}, err
}

// askRemove asks before a day is taken out of the calendar.
func (t turn) askRemove(d store.SpecialDay, days []store.SpecialDay) error {
	a, err := t.without(d, days)
	if err != nil {
		return err
	}
	return t.Show(store.Message{
		Text: t.Text("holidays.remove_ask", a),
		Buttons: [][]store.Button{text.Row(
			t.Button("holidays.keep", link.Holiday.To("d", d.Day.String()), nil),
			text.Red(t.Button("holidays.remove_yes", fenced("r", d), nil)),
		)},
	}, true)
}

func (t turn) remove(d store.SpecialDay, days []store.SpecialDay) error {
	a, err := t.without(d, days)
	if err != nil {
		return err
	}
	if err := t.Tx.DeleteSpecialDay(d.Day); err != nil {
		return err
	}
	if err := t.Record("calendar", "remove", d.Day.String(), d.Name, nil); err != nil {
		return err
	}
	return t.Show(store.Message{
		Text:    t.Text("holidays.removed", a),
		Buttons: [][]store.Button{text.Row(t.monthButton("holidays.back", monthOf(d.Day)))},
	}, true)
}

// moves says which due dates another calendar would move, one a line; "" when
// none.
func (t turn) moves(was, is []store.SpecialDay) (text.Markup, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return "", err
	}
	from, until := t.Today.AddDays(-store.MaxFreeDue), t.Today.AddDays(2*366)
	old, now := deadline.NewCalendar(was, t.Zone), deadline.NewCalendar(is, t.Zone)

	var lines []text.Args
	for _, c := range all {
		next := deadline.Periods(c, now, from, until)
		for i, p := range next {
			if !p.WrittenAt.IsZero() && t.Event.At.Before(p.Due) {
				next[i] = deadline.Timed(p, now)
			}
		}
		for i, p := range deadline.Periods(c, old, from, until) {
			if p.Due.Equal(next[i].Due) || p.Due.Before(t.Event.At) && next[i].Due.Before(t.Event.At) {
				continue
			}
			lines = append(lines, text.Args{
				"Kind": t.Key("campaign.reports.", string(p.Kind)), "Name": p.Name, "Campaign": PrintedDocument(c.Document), "To": p.To,
				"Was": text.DayOf(p.Due), "Is": text.DayOf(next[i].Due),
			})
		}
	}
	return t.Lines("holidays.move", lines), nil
}

// put writes special days, each with a line of who did it; were are those of the
// calendar until now.
func (t turn) put(days, were []store.SpecialDay) error {
	record := func(d store.SpecialDay) string { return fmt.Sprintf("%s, %s, official %t", d.Kind, d.Name, d.Official) }
	for _, d := range days {
		if err := t.Tx.PutSpecialDay(d); err != nil {
			return err
		}
		var was any
		if i := slices.IndexFunc(were, func(o store.SpecialDay) bool { return o.Day == d.Day }); i >= 0 {
			was = record(were[i])
		}
		if err := t.Record("calendar", "put", d.Day.String(), was, record(d)); err != nil {
			return err
		}
	}
	return nil
}
