package about

import (
	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Planning is what store/deadline needs to know to explain the reminders of an
// obligation: to who has the post or stands in, and to more people.
func (o Obligation) Planning(t *bot.Turn, more ...store.PersonID) (deadline.Input, error) {
	set, err := t.Setting()
	if err != nil {
		return deadline.Input{}, err
	}
	wishes, err := t.Tx.Deferrals(o.Period.ID)
	if err != nil {
		return deadline.Input{}, err
	}
	in := deadline.Input{
		Now: t.Event.At, Calendar: o.Cal, Quiet: reporting.Quiet(), Bound: reporting.Bound, Campaigns: set.Campaigns, Org: t.Org,
		Obligations: []deadline.Obligation{o.Obligation}, People: map[store.PersonID]deadline.Person{}, Deferrals: wishes,
	}

	post := t.Org.Officer(o.Unit)
	people := make([]store.PersonID, 0, len(more)+2)
	for _, id := range append(more, post.Holder, post.Deputy) {
		if _, known := in.People[id]; known || id == 0 {
			continue
		}
		in.People[id] = deadline.Person{}
		people = append(people, id)
		lines, err := t.Tx.LedgerOf(id, o.Period.ID)
		if err != nil {
			return in, err
		}
		in.Ledger = append(in.Ledger, lines...)
	}
	return in, reporting.Meet(t.Tx, &in, people)
}
