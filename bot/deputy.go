package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/store"
)

// officerPost returns the officer's post of a unit; an empty one under its id
// if nobody ever held it.
func officerPost(r store.Reader, unit store.UnitCode) (store.Post, error) {
	id := store.MakePostID(unit, store.Officer)
	post, err := r.Post(id)
	if errors.Is(err, store.ErrNotFound) {
		return store.Post{ID: id, Unit: unit, Role: store.Officer}, nil
	}
	return post, err
}

// officerOf returns the holder of a unit's officer's post; false when nobody is.
func officerOf(r store.Reader, unit store.UnitCode) (store.Person, bool, error) {
	post, err := officerPost(r, unit)
	if err != nil || post.Holder == 0 {
		return store.Person{}, false, err
	}
	p, err := r.Person(post.Holder)
	if errors.Is(err, store.ErrNotFound) {
		return p, false, nil
	}
	return p, err == nil, err
}

// deputises says whether the person stands in for a unit's officer now.
func (t *turn) deputises(unit store.UnitCode) (bool, error) {
	post, err := officerPost(t.tx, unit)
	return err == nil && post.Holder != t.person.ID && standsFor(post, t.person.ID, t.ev.At), err
}

// deputyMay says whether the person may do a job with what belongs to a unit,
// standing in for an officer of it or of a unit above it.
func (t *turn) deputyMay(j job, unit store.UnitCode) (bool, error) {
	if !roleMay(store.Officer, j) {
		return false, nil
	}
	line, err := t.upwards(unit)
	if err != nil {
		return false, err
	}
	for _, u := range line {
		if ok, err := t.deputises(u.Code); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// standsInFor lists the units for whose officers the person stands in: of the
// post's own commune, where deputies come from.
func (t *turn) standsInFor() ([]store.UnitCode, error) {
	commune, err := t.commune(t.post.Unit)
	if err != nil {
		return nil, err
	}
	var out []store.UnitCode
	for _, unit := range commune {
		ok, err := t.deputises(unit)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, unit)
		}
	}
	return out, nil
}

// reportsOfOthers shows what somebody reports on who is no officer now.
func (t *turn) reportsOfOthers() error {
	list, err := t.duties()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return t.refuse(submitReports)
	}
	return t.reports()
}

// commune lists the units of the commune that a unit is or belongs to: the
// place itself and its organisations. Above the communes it is the unit alone.
func (t *turn) commune(unit store.UnitCode) ([]store.UnitCode, error) {
	line, err := t.upwards(unit)
	if err != nil || len(line) == 0 {
		return nil, err
	}
	place := line[0]
	for i := 1; i < len(line) && !place.Kind.Place(); i++ {
		if place, err = t.tx.Unit(line[i].Code); err != nil {
			return nil, err
		}
	}
	if place.Kind == store.Province || place.Kind == store.City {
		return []store.UnitCode{unit}, nil
	}
	return t.place(place.Code)
}

// deputyDays are for how long somebody may stand in, in calendar days.
var deputyDays = []int{7, 14, 30}

// pressedDeputy obeys the buttons by which an officer lets somebody else be
// reminded: "who.unit", "until.unit.person", "set.unit.person.days", "end.unit".
func (t *turn) pressedDeputy(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "")
	unit := fromButton(parts[1])
	post, err := officerPost(t.tx, unit)
	if err != nil {
		return err
	}
	if post.Holder != t.person.ID {
		return t.toast("press.not_yours", nil)
	}
	switch parts[0] {
	case "who":
		return t.pickDeputy(post)
	case "end":
		return t.endDeputy(post)
	case "until", "set":
	default:
		return t.toast("press.unknown", nil)
	}
	who, ok, err := t.candidate(unit, store.PersonID(parseRef(parts[2])))
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.closed", nil)
	}
	if parts[0] == "until" {
		return t.pickUntil(post, who)
	}
	days, err := strconv.Atoi(parts[3])
	if err != nil || !slices.Contains(deputyDays, days) {
		return t.toast("press.unknown", nil)
	}
	return t.setDeputy(post, who, days)
}

// pickDeputy asks who is to be reminded instead.
func (t *turn) pickDeputy(post store.Post) error {
	list, err := t.candidates(post.Unit)
	if err != nil {
		return err
	}
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	var buttons []store.Button
	for _, c := range list[:min(len(list), listPage)] {
		buttons = append(buttons, store.Button{Text: shorten(c.name, fullRow), Data: pressDeputy + "until." + inButton(post.Unit) + "." + ref(c.person.ID)})
	}
	rows := inRows(buttons, 1)
	if a["Now"] != "" {
		rows = append(rows, row(t.button("deputy.end", pressDeputy+"end."+inButton(post.Unit), nil)))
	}
	a["Count"], a["More"] = len(list), max(0, len(list)-listPage)
	return t.offer("deputy.who", a, rows)
}

// deputyArgs says whose reminders they are, and who gets them now.
func (t *turn) deputyArgs(post store.Post) (args, error) {
	name, err := t.unit(post.Unit)
	a := args{"Unit": name, "Now": "", "Until": dayOf(post.DeputyUntil.In(t.Zone).Add(-time.Minute))}
	if err != nil || post.Deputy == 0 || !standsFor(post, post.Deputy, t.ev.At) {
		return a, err
	}
	p, err := t.tx.Person(post.Deputy)
	if err != nil {
		return a, err
	}
	a["Now"], err = t.personName(p)
	return a, err
}

// candidate is somebody who may stand in, under the name that is shown.
type candidate struct {
	person store.Person
	name   string
}

// candidates lists who may stand in for a unit's officer: everybody with a post
// in the same commune who can be reached.
func (t *turn) candidates(unit store.UnitCode) ([]candidate, error) {
	units, err := t.commune(unit)
	if err != nil {
		return nil, err
	}
	seen := map[store.PersonID]bool{t.person.ID: true}
	var out []candidate
	for _, code := range units {
		posts, err := t.tx.PostsAt(code)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			if post.Holder == 0 || seen[post.Holder] {
				continue
			}
			seen[post.Holder] = true
			p, err := t.tx.Person(post.Holder)
			if err != nil {
				return nil, err
			}
			name, err := t.personName(p)
			if err != nil {
				return nil, err
			}
			if p.Unreachable.IsZero() {
				out = append(out, candidate{p, name})
			}
		}
	}
	return out, nil
}

func (t *turn) candidate(unit store.UnitCode, id store.PersonID) (candidate, bool, error) {
	list, err := t.candidates(unit)
	i := slices.IndexFunc(list, func(c candidate) bool { return c.person.ID == id })
	if err != nil || i < 0 {
		return candidate{}, false, err
	}
	return list[i], true, nil
}

// personName is somebody's name, or, of who keeps it from us, the post.
func (t *turn) personName(p store.Person) (string, error) {
	if p.Name != "" {
		return p.Name, nil
	}
	post, err := t.tx.Post(p.Active)
	if err != nil {
		return t.plain("deputy.unnamed", nil), nil
	}
	name, err := t.postName(t.own(), post, false)
	return capital(name), err
}

func (t *turn) pickUntil(post store.Post, who candidate) error {
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	a["Name"] = who.name
	var buttons []store.Button
	for _, days := range deputyDays {
		until := t.deputyEnd(days)
		buttons = append(buttons, t.button("deputy.days", pressDeputy+"set."+inButton(post.Unit)+"."+ref(who.person.ID)+"."+strconv.Itoa(days),
			args{"Until": store.DateOf(until.In(t.Zone).Add(-time.Minute)), "Days": days}))
	}
	return t.revise(store.Message{Text: t.text("deputy.until", a), Buttons: inRows(buttons, 1)})
}

// deputyEnd is the end of the day so many days from now.
func (t *turn) deputyEnd(days int) time.Time { return t.today.AddDays(days + 1).Time(t.Zone) }

// setDeputy lets somebody be reminded instead, for some days. It ends by itself.
func (t *turn) setDeputy(post store.Post, who candidate, days int) error {
	was := post.Deputy
	post.Deputy, post.DeputyUntil = who.person.ID, t.deputyEnd(days)
	if err := t.tx.PutPost(post); err != nil {
		return err
	}
	if err := t.record("post/"+string(post.ID), "deputy", "deputy", was, post.Deputy); err != nil {
		return err
	}
	until := dayOf(post.DeputyUntil.In(t.Zone).Add(-time.Minute))
	a, err := t.deputyArgs(post)
	if err != nil {
		return err
	}
	a["Name"], a["Until"] = who.name, until
	if err := t.revise(store.Message{Text: t.text("deputy.set", a), Buttons: [][]store.Button{
		row(t.button("deputy.end", pressDeputy+"end."+inButton(post.Unit), nil))}}); err != nil {
		return err
	}
	return t.tellOther(who.person, func(o *turn) (store.Message, error) {
		name, err := o.unit(post.Unit)
		m := store.Message{Text: o.text("deputy.told", args{"Post": post, "Unit": name, "Name": t.person.Name, "Until": until})}
		if err != nil {
			return m, err
		}
		m.Buttons, err = o.openNext(post.Unit)
		return m, err
	})
}

// openNext is a button to the next report that a unit owes, if it owes one.
func (t *turn) openNext(unit store.UnitCode) ([][]store.Button, error) {
	list, err := t.dutiesNow(unit)
	for _, d := range list {
		if d.Settled(t.ev.At) == "" {
			return [][]store.Button{row(green(t.button("report.open", pressReport+"show."+dutyKey(d), nil)))}, err
		}
	}
	return nil, err
}

// endDeputy gives the reminders back to the officer.
func (t *turn) endDeputy(post store.Post) error {
	if post.Deputy == 0 {
		return t.toast("press.closed", nil)
	}
	was := post.Deputy
	post.Deputy, post.DeputyUntil = 0, time.Time{}
	if err := t.tx.PutPost(post); err != nil {
		return err
	}
	if err := t.record("post/"+string(post.ID), "deputy", "deputy", was, 0); err != nil {
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
	return t.revise(store.Message{Text: t.text("deputy.ended", a), Buttons: buttons})
}
