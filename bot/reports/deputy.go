package reports

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/org"
)

// standsInFor lists the units for whose officers the person stands in.
func (t turn) standsInFor() []store.UnitCode {
	var out []store.UnitCode
	for _, post := range t.Org.Deputising(t.Person.ID, t.Event.At) {
		if post.Role == store.Officer {
			out = append(out, post.Unit)
		}
	}
	return out
}

// reportsOfOthers shows what somebody reports on who is no officer now.
func (t turn) reportsOfOthers() error {
	list, err := t.owed()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return t.Refuse(access.SubmitReports)
	}
	return t.reports()
}

// deputyDays are for how long somebody may stand in, in calendar days.
var deputyDays = []int{7, 14, 30}

// pressedDeputy obeys the buttons by which an officer lets somebody else be
// reminded: "who.unit", "until.unit.person", "set.unit.person.days", "end.unit".
func (t turn) pressedDeputy(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "")
	unit := link.UnitCode(parts[1])
	post, ok := t.Org.OfficerFor(unit, t.Person.ID, t.Event.At)
	if !ok || post.Holder != t.Person.ID {
		return t.Toast("press.not_yours", nil)
	}
	switch parts[0] {
	case "who":
		return t.pickDeputy(post)
	case "end":
		return t.endDeputy(post)
	case "until", "set":
	default:
		return t.Toast("press.unknown", nil)
	}

	who, ok, err := t.candidate(unit, store.PersonID(link.ID(parts[2])))
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}

	if parts[0] == "until" {
		return t.pickUntil(post, who)
	}
	days, err := strconv.Atoi(parts[3])
	if err != nil || !slices.Contains(deputyDays, days) {
		return t.Toast("press.unknown", nil)
	}
	return t.setDeputy(post, who, days)
}

// pickDeputy asks who is to be reminded instead.
func (t turn) pickDeputy(post store.Post) error {
	list, err := t.candidates(post.Unit)
	if err != nil {
		return err
	}
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	var buttons []store.Button
	for _, c := range list[:min(len(list), text.ListPage)] {
		until := link.Deputy.To("until", link.Unit(post.Unit), link.Ref(c.person.ID))
		buttons = append(buttons, store.Button{Text: t.ButtonLabel(c.name), Data: until})
	}
	rows := text.InRows(buttons, 1)
	if a["Now"] != "" {
		rows = append(rows, text.Row(t.Button("deputy.end", link.Deputy.To("end."+link.Unit(post.Unit)), nil)))
	}
	a["Count"], a["More"] = len(list), max(0, len(list)-text.ListPage)
	return t.Offer("deputy.who", a, rows)
}

// deputyArgs says whose reminders they are, and who gets them now.
func (t turn) deputyArgs(post store.Post) (text.Args, error) {
	a := text.Args{"Unit": t.UnitName(post.Unit), "Now": "", "Until": text.DayOf(post.DeputyUntil.In(t.Zone).Add(-time.Minute))}
	if post.Deputy == 0 || !org.StandsFor(post, post.Deputy, t.Event.At) {
		return a, nil
	}
	p, err := t.Tx.Person(post.Deputy)
	if err != nil {
		return a, err
	}
	a["Now"] = about.Person(t.Turn, p)
	return a, nil
}

// candidate is somebody who may stand in, under the name that is shown.
type candidate struct {
	person store.Person
	name   string
}

// candidates lists who may stand in for a unit's officer: everybody with a post
// in the same commune who can be reached, or, where nobody else has one there, the
// officers and coordinators of the unit nearest above that has some.
func (t turn) candidates(unit store.UnitCode) ([]candidate, error) {
	seen := map[store.PersonID]bool{}
	for _, post := range t.Org.Officers(unit) { // who are reminded anyway
		seen[post.Holder] = true
	}

	var near []store.Post
	for _, code := range t.Org.Commune(unit).Codes() {
		near = append(near, t.Org.SeatsAt(code)...)
	}
	out, err := t.whoHear(near, seen)
	for u := range t.Org.Up(unit) {
		if len(out) > 0 || err != nil {
			break
		}
		above := slices.Concat(t.Org.SeatsOf(u.Code, store.Coordinator), t.Org.SeatsOf(u.Code, store.Officer))
		out, err = t.whoHear(above, seen)
	}
	return out, err
}

// whoHear lists who holds some posts and can be reached, and was not seen yet.
func (t turn) whoHear(posts []store.Post, seen map[store.PersonID]bool) ([]candidate, error) {
	var out []candidate
	for _, post := range posts {
		if post.Holder == 0 || seen[post.Holder] {
			continue
		}
		seen[post.Holder] = true
		p, err := t.Tx.Person(post.Holder)
		if err != nil {
			return nil, err
		}
		if p.Unreachable.IsZero() {
			out = append(out, candidate{p, about.Person(t.Turn, p)})
		}
	}
	return out, nil
}

func (t turn) candidate(unit store.UnitCode, id store.PersonID) (candidate, bool, error) {
	list, err := t.candidates(unit)
	i := slices.IndexFunc(list, func(c candidate) bool { return c.person.ID == id })
	if err != nil || i < 0 {
		return candidate{}, false, err
	}
	return list[i], true, nil
}

func (t turn) pickUntil(post store.Post, who candidate) error {
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	a["Name"] = who.name
	var buttons []store.Button
	for _, days := range deputyDays {
		set := link.Deputy.To("set", link.Unit(post.Unit), link.Ref(who.person.ID), strconv.Itoa(days))
		until := store.DateOf(t.deputyEnd(days).In(t.Zone).Add(-time.Minute))
		buttons = append(buttons, t.Button("deputy.days", set, text.Args{"Until": until, "Days": days}))
	}
	return t.Revise(store.Message{Text: t.Text("deputy.until", a), Buttons: text.InRows(buttons, 1)})
}

// deputyEnd is the end of the day so many days from now.
func (t turn) deputyEnd(days int) time.Time { return t.Today.AddDays(days + 1).Time(t.Zone) }

// setDeputy lets somebody be reminded instead, for some days. It ends by itself.
func (t turn) setDeputy(post store.Post, who candidate, days int) error {
	was := post.Deputy
	post.Deputy, post.DeputyUntil = who.person.ID, t.deputyEnd(days)
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), "deputy", "deputy", was, post.Deputy); err != nil {
		return err
	}

	until := text.DayOf(post.DeputyUntil.In(t.Zone).Add(-time.Minute))
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	a["Name"], a["Until"] = who.name, until
	end := text.Row(t.Button("deputy.end", link.Deputy.To("end."+link.Unit(post.Unit)), nil))
	if err := t.Revise(store.Message{Text: t.Text("deputy.set", a), Buttons: [][]store.Button{end}}); err != nil {
		return err
	}

	return t.TellOther(who.person, func(o *bot.Turn) (store.Message, error) {
		buttons, err := turn{o}.openNext(post.Unit)
		told := text.Args{"Post": post, "Unit": o.UnitName(post.Unit), "Name": t.Person.Name, "Until": until}
		return store.Message{Text: o.Text("deputy.told", told), Buttons: buttons}, err
	})
}

// openNext is a button to the next report that a unit owes, if it owes one.
func (t turn) openNext(unit store.UnitCode) ([][]store.Button, error) {
	list, err := about.OwedNow(t.Turn, unit)
	for _, d := range list {
		if d.Settled(t.Event.At) == "" {
			return [][]store.Button{text.Row(text.Green(t.Button("report.open", link.Report.To("show."+d.Link()), nil)))}, err
		}
	}
	return nil, err
}

// endDeputy gives the reminders back to the officer.
func (t turn) endDeputy(post store.Post) error {
	if post.Deputy == 0 {
		return t.Toast("press.closed", nil)
	}
	was := post.Deputy
	post.Deputy, post.DeputyUntil = 0, time.Time{}
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), "deputy", "deputy", was, 0); err != nil {
		return err
	}

	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	buttons, err := t.openNext(post.Unit)
	if err != nil {
		return err
	}
	return t.Revise(store.Message{Text: t.Text("deputy.ended", a), Buttons: buttons})
}
