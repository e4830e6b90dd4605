package bot

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// maxHoliday is how many days one entry of the calendar may have.
const maxHoliday = 31

// month is a month of the calendar: "2026-11".
type month struct{ year, month int }

func monthOf(d store.Date) month { return month{d.Year, int(d.Month)} }

func (m month) String() string { return fmt.Sprintf("%04d-%02d", m.year, m.month) }

func (m month) add(n int) month {
	return monthOf(store.DateOf(time.Date(m.year, time.Month(m.month+n), 1, 0, 0, 0, 0, time.UTC)))
}

func parseMonth(s string) (month, bool) {
	t, err := time.Parse("2006-01", s)
	return month{t.Year(), int(t.Month())}, err == nil
}

// listHolidays shows the special days of this month.
func (t *turn) listHolidays() error {
	if err := t.showMonth(monthOf(t.today), false); err != nil {
		return err
	}
	return t.again()
}

func (t *turn) showMonth(m month, inPlace bool) error {
	days, err := t.tx.SpecialDays()
	if err != nil {
		return err
	}
	cal := deadline.NewCalendar(days, t.Zone)
	first := store.Date{Year: m.year, Month: time.Month(m.month), Day: 1}
	working := cal.WorkingBetween(first.AddDays(-1), store.DateOf(time.Date(m.year, time.Month(m.month+1), 0, 0, 0, 0, 0, time.UTC)))
	var lines []args
	var buttons []store.Button
	for _, d := range days {
		if monthOf(d.Day) != m {
			continue
		}
		lines = append(lines, args{"N": len(lines) + 1, "Day": weekday(d.Day), "Name": d.Name, "Worked": d.Kind == store.DayWorked, "Official": d.Official})
		buttons = append(buttons, store.Button{Text: strconv.Itoa(len(lines)), Data: pressHoliday + "d." + d.Day.String()})
	}
	rows := inRows(buttons, 4)
	before, after := m.add(-1), m.add(1)
	rows = append(rows,
		row(t.button("holidays.before", pressHoliday+"m."+before.String(), args{"Month": before.month, "Year": strconv.Itoa(before.year)}),
			t.button("holidays.after", pressHoliday+"m."+after.String(), args{"Month": after.month, "Year": strconv.Itoa(after.year)})),
		row(green(t.button("holidays.add", pressHoliday+"a.", nil))))
	return t.show(store.Message{
		Text: t.text("holidays.month", args{
			"Month": m.month, "Year": strconv.Itoa(m.year), "Of": len(lines), "Lines": t.lines("holidays.line", lines), "Working": working,
		}),
		Buttons: rows,
	}, inPlace)
}

// pressedHoliday obeys the buttons of the calendar. A button that changes a day
// carries what the day was, and does nothing to a day that is another by now.
func (t *turn) pressedHoliday(rest string) error {
	if !t.may(keepCalendar) {
		return t.toast("press.not_yours", nil)
	}
	what, rest, _ := strings.Cut(rest, ".")
	switch what {
	case "m":
		m, ok := parseMonth(rest)
		if !ok {
			return t.toast("press.unknown", nil)
		}
		return t.showMonth(m, true)
	case "a":
		return t.begin(forms.HolidayID, nil)
	case "d", "o", "x", "r":
		return t.pressedDay(what, rest)
	}
	return t.toast("press.unknown", nil)
}

func (t *turn) pressedDay(what, rest string) error {
	text, fence, _ := strings.Cut(rest, ".")
	var day store.Date
	days, err := t.tx.SpecialDays()
	if err != nil {
		return err
	}
	at := -1
	if day.UnmarshalText([]byte(text)) == nil {
		at = slices.IndexFunc(days, func(d store.SpecialDay) bool { return d.Day == day })
	}
	if at < 0 || what != "d" && fence != fenceOf(days[at]) {
		return t.toast("holidays.changed", nil)
	}
	d := days[at]
	if (what == "x" || what == "r") && d.Day.Before(t.today) { // what was on time stays so
		return t.toast("holidays.past", nil)
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
		return t.removeDay(d, days)
	}
	return t.showDay(d)
}

// setOfficial marks a day, and with it all of that year that have its name: an
// announcement is of the whole of Tết.
func (t *turn) setOfficial(d store.SpecialDay, days []store.SpecialDay) error {
	var marked []store.SpecialDay
	were := map[store.Date]store.SpecialDay{}
	for _, o := range days {
		if o.Name != d.Name || o.Kind != d.Kind || o.Day.Year != d.Day.Year || o.Official == d.Official {
			continue
		}
		were[o.Day] = o
		o.Official = d.Official
		marked = append(marked, o)
	}
	if len(marked) > 1 {
		if err := t.toast("holidays.confirmed", args{"Count": len(marked)}); err != nil {
			return err
		}
	}
	return t.putHolidays(marked, were)
}

// fenceOf stands for what a special day is, in a button.
func fenceOf(d store.SpecialDay) string {
	h := fnv.New32a()
	fmt.Fprint(h, d.Day, d.Kind, d.Name, d.Official)
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

func (t *turn) showDay(d store.SpecialDay) error {
	data := func(what string) string { return pressHoliday + what + "." + d.Day.String() + "." + fenceOf(d) }
	m := monthOf(d.Day)
	change := row(t.button(map[bool]string{false: "holidays.confirm", true: "holidays.unconfirm"}[d.Official], data("o"), nil))
	if !d.Day.Before(t.today) {
		change = append(change, red(t.button("holidays.remove", data("x"), nil)))
	}
	return t.show(store.Message{
		Text: t.text("holidays.day", args{"Day": weekday(d.Day), "Name": d.Name, "Worked": d.Kind == store.DayWorked, "Official": d.Official}),
		Buttons: [][]store.Button{
			change,
			row(t.button("holidays.back", pressHoliday+"m."+m.String(), args{"Month": m.month, "Year": strconv.Itoa(m.year)})),
		},
	}, true)
}

// askRemove says what taking a day out of the calendar would move.
func (t *turn) askRemove(d store.SpecialDay, days []store.SpecialDay) error {
	left := slices.DeleteFunc(slices.Clone(days), func(o store.SpecialDay) bool { return o.Day == d.Day })
	moves, err := t.moves(days, left)
	if err != nil {
		return err
	}
	return t.show(store.Message{
		Text: t.text("holidays.remove_ask", args{"Day": weekday(d.Day), "Name": d.Name, "Moves": moves}),
		Buttons: [][]store.Button{row(
			t.button("holidays.keep", pressHoliday+"d."+d.Day.String(), nil),
			red(t.button("holidays.remove_yes", pressHoliday+"r."+d.Day.String()+"."+fenceOf(d), nil)))},
	}, true)
}

func (t *turn) removeDay(d store.SpecialDay, days []store.SpecialDay) error {
	left := slices.DeleteFunc(slices.Clone(days), func(o store.SpecialDay) bool { return o.Day == d.Day })
	moves, err := t.moves(days, left)
	if err != nil {
		return err
	}
	if err := t.tx.DeleteSpecialDay(d.Day); err != nil {
		return err
	}
	if err := t.record("calendar", "remove", d.Day.String(), d.Name, nil); err != nil {
		return err
	}
	m := monthOf(d.Day)
	return t.show(store.Message{
		Text:    t.text("holidays.removed", args{"Day": weekday(d.Day), "Name": d.Name, "Moves": moves}),
		Buttons: [][]store.Button{row(t.button("holidays.back", pressHoliday+"m."+m.String(), args{"Month": m.month, "Year": strconv.Itoa(m.year)}))},
	}, true)
}

// moves says which due dates another calendar would move, one a line; "" when
// none.
func (t *turn) moves(was, is []store.SpecialDay) (markup, error) {
	all, err := t.tx.Campaigns()
	if err != nil {
		return "", err
	}
	from, until := t.today.AddDays(-maxFreeDue), t.today.AddDays(2*366)
	old, now := deadline.NewCalendar(was, t.Zone), deadline.NewCalendar(is, t.Zone)
	v := t.own()
	var lines []args
	for _, c := range all {
		next := deadline.Periods(c, now, from, until)
		for i, p := range deadline.Periods(c, old, from, until) {
			if p.Due.Equal(next[i].Due) || p.Due.Before(t.ev.At) && next[i].Due.Before(t.ev.At) {
				continue
			}
			lines = append(lines, args{
				"Kind": v.key("campaign.reports.", string(p.Kind)), "Name": p.Name, "Campaign": PrintedDocument(c.Document), "To": p.To,
				"Was": dayOf(p.Due), "Is": dayOf(next[i].Due),
			})
		}
	}
	return t.lines("holidays.move", lines), nil
}

// holidaysOf are the days that a session's answers make.
func (t *turn) holidaysOf(s *store.Session) []store.SpecialDay {
	days, _ := flows.Find(s, "days")
	name, _ := flows.Find(s, "name")
	from, to, bad := t.readHoliday(days.Text)
	if bad != nil {
		return nil
	}
	d := store.SpecialDay{Kind: store.DayKind(flows.Key(s, "kind")), Name: name.Text, Official: flows.Key(s, "official") == "yes"}
	var out []store.SpecialDay
	for day := from; !to.Before(day); day = day.AddDays(1) {
		d.Day = day
		out = append(out, d)
	}
	return out
}

// readHoliday reads one day or a span of days with their year.
func (t *turn) readHoliday(text string) (from, to store.Date, bad *answer.Invalid) {
	if r, err := answer.Day(text, t.today); err == nil && len(r.Values) == 1 {
		return r.Values[0], r.Values[0], nil
	}
	if r, err := answer.Period(text, t.today); err == nil && len(r.Values) == 1 {
		return r.Values[0].From, r.Values[0].To, nil
	}
	return from, to, &answer.Invalid{Key: "holiday.no_days", Args: args{"Text": text}}
}

// checkHoliday wants days that can be planned with.
func (l lookup) checkHoliday(a store.Answer) error {
	from, to, bad := l.readHoliday(a.Text)
	switch {
	case bad != nil:
		return bad
	case from.AddDays(maxHoliday - 1).Before(to):
		return &answer.Invalid{Key: "holiday.too_many", Args: args{"Max": maxHoliday, "From": from, "To": to}}
	case from.Before(l.today):
		return &answer.Invalid{Key: "holiday.past", Args: args{"Day": from}}
	case l.today.AddDays(10 * 366).Before(to):
		return &answer.Invalid{Key: "holiday.far", Args: args{"From": from, "To": to}}
	}
	return nil
}

// holidayAdvice says on the review card what the days would move.
func (t *turn) holidayAdvice(s *store.Session) (string, error) {
	days, err := t.tx.SpecialDays()
	if err != nil {
		return "", err
	}
	added := t.holidaysOf(s)
	moves, err := t.moves(days, withDays(days, added))
	if err != nil || len(added) == 0 {
		return "", err
	}
	return t.text("holidays.preview", args{"Moves": moves, "From": weekday(added[0].Day), "To": weekday(added[len(added)-1].Day), "Count": len(added)}), nil
}

// withDays puts days over those of a calendar.
func withDays(days, added []store.SpecialDay) []store.SpecialDay {
	return append(slices.Clone(days), added...) // of two for one day the later holds
}

// putHolidays writes special days, each with a line of who did it.
func (t *turn) putHolidays(days []store.SpecialDay, were map[store.Date]store.SpecialDay) error {
	for _, d := range days {
		if err := t.tx.PutSpecialDay(d); err != nil {
			return err
		}
		var was any
		if old, ok := were[d.Day]; ok {
			was = dayRecord(old)
		}
		if err := t.record("calendar", "put", d.Day.String(), was, dayRecord(d)); err != nil {
			return err
		}
	}
	return nil
}

func dayRecord(d store.SpecialDay) string {
	return fmt.Sprintf("%s, %s, official %t", d.Kind, d.Name, d.Official)
}

// submitHolidays writes the days of a session.
func (t *turn) submitHolidays(s store.Session) error {
	if !t.may(keepCalendar) {
		return t.refuse(keepCalendar)
	}
	days, err := t.tx.SpecialDays()
	if err != nil {
		return err
	}
	were := map[store.Date]store.SpecialDay{}
	for _, d := range days {
		were[d.Day] = d
	}
	added := t.holidaysOf(&s)
	if len(added) == 0 {
		return t.tell("press.closed", nil)
	}
	moves, err := t.moves(days, withDays(days, added))
	if err != nil {
		return err
	}
	if err := t.putHolidays(added, were); err != nil {
		return err
	}
	m := monthOf(added[0].Day)
	return t.offer("holidays.written", args{
		"Count": len(added), "From": weekday(added[0].Day), "To": weekday(added[len(added)-1].Day), "Name": added[0].Name,
		"Worked": added[0].Kind == store.DayWorked, "Moves": moves,
	}, [][]store.Button{row(t.button("holidays.back", pressHoliday+"m."+m.String(), args{"Month": m.month, "Year": strconv.Itoa(m.year)}))})
}
