package about

import (
	"slices"
	"strconv"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Planning is what store/deadline needs to know to explain the reminders of an
// obligation: to who has a post or stands in, and to more people.
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

	all := more
	for _, post := range t.Org.Officers(o.Unit) {
		before, err := o.earlier(t, post.ID)
		if err != nil {
			return in, err
		}
		all = slices.Concat(all, []store.PersonID{post.Holder, post.Deputy}, before)
	}

	people := make([]store.PersonID, 0, len(all))
	for _, id := range all {
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

// earlier lists who came to have the post, or to stand in, since the period began, and
// who was there before them: reminders of then went to them.
func (o Obligation) earlier(t *bot.Turn, post store.PostID) ([]store.PersonID, error) {
	lines, err := t.Tx.AuditOf("post/" + string(post))
	if err != nil {
		return nil, err
	}
	var out []store.PersonID
	for _, l := range lines {
		if l.At.Before(o.Cal.At(o.Period.From, 0)) || l.Field != "holder" && l.Field != "deputy" {
			continue
		}
		for _, who := range []string{l.Old, l.New} {
			if id, err := strconv.ParseUint(who, 10, 64); err == nil {
				out = append(out, store.PersonID(id))
			}
		}
	}
	return out, nil
}
