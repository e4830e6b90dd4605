package tracking

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// nudge reminds at somebody's wish who is missing in some subtrees, or one unit
// of them: "period.unit.root.root…"; for "all" it is everybody.
func (t turn) nudge(what string) error {
	if !t.May(access.RemindUnits) {
		return t.Toast("press.not_yours", nil)
	}
	parts := strings.Split(what, ".")
	if len(parts) < 3 {
		return t.Toast("press.unknown", nil)
	}
	p, c, ok, err := about.Period(t.Turn, parts[0])
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}

	roots := make([]store.UnitCode, len(parts)-2)
	for i, part := range parts[2:] {
		roots[i] = link.UnitCode(part)
	}
	w, err := t.watch(reporting.Period{Period: p, Of: c}, roots...)
	if err != nil {
		return err
	}
	return t.nudgeUnits(p, t.unlocked(w.open(link.UnitCode(parts[1]))))
}

// nudgeUnits reminds the officers of units, or who stands in for them: each
// unit once a day, whoever asks, and each person by one message. The outbox has
// the reminders rendered when it sends them, so that a hundred cost no more
// than a few. It says what it did.
func (t turn) nudgeUnits(period store.Period, list []deadline.Obligation) error {
	if len(list) > about.MostNudged {
		return t.Toast("nudge.too_many", text.Args{"Most": about.MostNudged})
	}

	did := nudges{of: map[string][]store.UnitCode{}, matters: map[store.PersonID][]store.Matter{}}
	for _, o := range list {
		if err := t.nudgeUnit(o, &did); err != nil {
			return err
		}
	}

	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	did.at = cal.Opens(t.Event.At, reporting.Quiet())
	for _, to := range did.order {
		if err := t.nudgePerson(to, did.matters[to], period, did.at); err != nil {
			return err
		}
	}
	if _, err := t.Send(store.Message{Text: t.nudgeText(&did)}); err != nil {
		return err
	}
	return t.Record("period/"+string(period.ID), deadline.Nudge, "units", nil, did.of["told"])
}

// nudgeUnit notes who of a unit is to be reminded, or why nobody is.
func (t turn) nudgeUnit(o deadline.Obligation, did *nudges) error {
	seats, why, err := t.reminded(o)
	if err != nil {
		return err
	}
	if len(seats) == 0 {
		did.add(why, o.Unit)
		return nil
	}

	var before store.Sent
	told := false
	step := t.Today.String() + "/" + string(o.Unit) // once a day
	for _, seat := range seats {
		line, err := t.Tx.Sent(deadline.Nudge, o.Period.ID, seat.person, step)
		switch {
		case err == nil:
			before = line
		case !errors.Is(err, store.ErrNotFound):
			return err
		default:
			told = true
			did.tell(seat.person, store.Matter{
				Rule: deadline.Nudge, Step: step, Post: seat.post, Unit: o.Unit, Period: o.Period.ID, By: t.Post.ID,
			})
		}
	}

	if !told {
		did.before(before, o.Unit, t.Event.At)
		return nil
	}
	did.add("told", o.Unit)
	return nil
}

// nudges are the units by what became of the wish to remind them: "told",
// "already", "planned", "spent", or why nobody can be: SkipNobody, SkipUnreachable,
// OnPaper or another of Obligation.Settled.
type nudges struct {
	of   map[string][]store.UnitCode
	at   time.Time // when those told of now get it
	then time.Time // when those planned before do

	order   []store.PersonID // who is told
	matters map[store.PersonID][]store.Matter
}

// tell notes what somebody is to be told.
func (n *nudges) tell(person store.PersonID, m store.Matter) {
	if n.matters[person] == nil {
		n.order = append(n.order, person)
	}
	n.matters[person] = append(n.matters[person], m)
}

func (n *nudges) add(what string, unit store.UnitCode) { n.of[what] = append(n.of[what], unit) }

// before notes a unit whose wish has its line of today in the ledger.
func (n *nudges) before(line store.Sent, unit store.UnitCode, now time.Time) {
	switch {
	case line.Skipped == deadline.SkipUnreachable:
		n.add(line.Skipped, unit)
	case line.Skipped != "":
		n.add("spent", unit) // it had settled itself then, and is wanted again
	case line.Due.After(now):
		n.then = line.Due
		n.add("planned", unit)
	default:
		n.add("already", unit)
	}
}

// reached is who is reminded for a post: who stands in for the holder, or the holder.
type reached struct {
	post   store.PostID
	person store.PersonID
}

// reminded returns who can be reminded of an obligation, each once; otherwise why
// nobody can.
func (t turn) reminded(o deadline.Obligation) (out []reached, why string, err error) {
	if why = o.Settled(t.Event.At); why != "" {
		return nil, why, nil
	}
	why = deadline.SkipNobody
	hears := reporting.Hears(t.Tx)

	for _, post := range t.Org.Officers(o.Unit) {
		for _, id := range []store.PersonID{post.Deputy, post.Holder} {
			if !org.StandsFor(post, id, t.Event.At) {
				continue
			}
			heard, err := hears(id)
			if err != nil {
				return nil, "", err
			}
			if heard {
				out = append(out, reached{post.ID, id})
				break
			}
			why = deadline.SkipUnreachable
		}
	}

	same := func(a, b reached) bool { return a.person == b.person }
	slices.SortStableFunc(out, func(a, b reached) int { return cmp.Compare(a.person, b.person) })
	return slices.CompactFunc(out, same), why, nil
}

// nudgePerson queues one person's reminder for an instant, with a line of the
// ledger for each unit.
func (t turn) nudgePerson(to store.PersonID, of []store.Matter, period store.Period, at time.Time) error {
	p, err := t.Tx.Person(to)
	if err != nil {
		return err
	}
	o := t.For(p)
	m := store.Message{
		To: p.Address, Kind: store.Send, Lane: store.ReminderLane, At: t.Event.At, About: of,
		Text: o.Text("nudge.officer", text.Args{"Period": period}),
	}
	if at.After(t.Event.At) {
		m.Due = at
	}
	id, err := t.Tx.Enqueue(m)
	if err != nil {
		return err
	}

	for _, x := range of {
		if err := t.Tx.AddSent(store.Sent{
			Rule: x.Rule, Period: x.Period, Person: to, Step: x.Step, At: t.Event.At, Due: at,
			Message: id, Units: []store.UnitCode{x.Unit}, By: x.By,
		}); err != nil {
			return err
		}
	}
	return nil
}

// nudgeText says which units are reminded, which were, and which cannot be and
// why.
func (t turn) nudgeText(did *nudges) string {
	a := text.Args{"At": "", "Then": text.Clock(did.then), "Told": len(did.of["told"])}
	if did.at.After(t.Event.At) {
		a["At"] = text.Clock(did.at)
	}
	for arg, what := range map[string]string{
		"Names": "told", "Already": "already", "Planned": "planned", "Spent": "spent", "Nobody": deadline.SkipNobody,
		"Unreachable": deadline.SkipUnreachable, "Paper": deadline.OnPaper,
	} {
		a[arg] = about.Units(t.Voice, did.of[what])
	}
	return t.Text("nudge.done", a)
}
