package campaigns

import (
	"slices"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// How many days one entry of the calendar may have, and how far ahead it may be.
const (
	maxHoliday = 31
	maxAhead   = 10 * 366
)

// holiday is the home of the form of days off and days that are worked instead.
type holiday struct{ about.Basic }

func newHoliday() holiday { return holiday{about.Basic{Of: forms.Holiday()}} }

// Doubt wants days that can be planned with.
func (f holiday) Doubt(t *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	if check != forms.CheckHoliday {
		return f.Basic.Doubt(t, s, check, a)
	}
	from, to, bad := readDays(a.Text, t.Today)
	switch {
	case bad != nil:
		return nil, bad
	case from.AddDays(maxHoliday - 1).Before(to):
		return nil, &answer.Invalid{Key: "holiday.too_many", Args: text.Args{"Max": maxHoliday, "From": from, "To": to}}
	case from.Before(t.Today):
		return nil, &answer.Invalid{Key: "holiday.past", Args: text.Args{"Day": from}}
	case t.Today.AddDays(maxAhead).Before(to):
		return nil, &answer.Invalid{Key: "holiday.far", Args: text.Args{"From": from, "To": to}}
	}
	return nil, nil
}

// readDays reads one day or a span of days with their year.
func readDays(body string, today store.Date) (from, to store.Date, bad *answer.Invalid) {
	if r, err := answer.Day(body, today); err == nil && len(r.Values) == 1 {
		return r.Values[0], r.Values[0], nil
	}
	if r, err := answer.Period(body, today); err == nil && len(r.Values) == 1 {
		return r.Values[0].From, r.Values[0].To, nil
	}
	return from, to, &answer.Invalid{Key: "holiday.no_days", Args: text.Args{"Text": body}}
}

// Advice says what the days would move.
func (holiday) Advice(t *bot.Turn, s *store.Session) (string, error) {
	e, err := turn{t}.entryOf(s)
	if err != nil || len(e.added) == 0 {
		return "", err
	}
	return t.Text("holidays.preview", e.args()), nil
}

// Submit writes the days.
func (holiday) Submit(t *bot.Turn, s store.Session) error {
	if !t.May(access.KeepCalendar) {
		return t.Refuse(access.KeepCalendar)
	}
	e, err := turn{t}.entryOf(&s)
	if err != nil {
		return err
	}
	if len(e.added) == 0 {
		return t.Tell("press.closed", nil)
	}
	if err := (turn{t}).put(e.added, e.were); err != nil {
		return err
	}

	first, a := e.added[0], e.args()
	a["Name"], a["Worked"] = first.Name, first.Kind == store.DayWorked
	return t.Offer("holidays.written", a, [][]store.Button{text.Row(turn{t}.monthButton("holidays.back", monthOf(first.Day)))})
}

// entry is what a session adds to the calendar.
type entry struct {
	added, were []store.SpecialDay
	moves       text.Markup // due dates, one a line
}

// args are what the texts about an entry say.
func (e entry) args() text.Args {
	first, last := e.added[0], e.added[len(e.added)-1]
	return text.Args{"Count": len(e.added), "From": text.Weekday(first.Day), "To": text.Weekday(last.Day), "Moves": e.moves}
}

func (t turn) entryOf(s *store.Session) (entry, error) {
	were, err := t.Tx.SpecialDays()
	if err != nil {
		return entry{}, err
	}
	e := entry{added: daysOf(s, t.Today), were: were}
	e.moves, err = t.moves(were, append(slices.Clone(were), e.added...)) // of two for one day the later holds
	return e, err
}

// daysOf are the days that a session's answers make.
func daysOf(s *store.Session, today store.Date) []store.SpecialDay {
	days, _ := flows.Find(s, "days")
	name, _ := flows.Find(s, "name")
	from, to, bad := readDays(days.Text, today)
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
