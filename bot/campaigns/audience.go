package campaigns

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Whom a campaign is announced to, and who has read it: what its coordinator decides
// and sees.

// unsaid reports whether there is anything to announce of a campaign.
func unsaid(c store.Campaign, today store.Date) bool {
	return !c.To.Before(today) && (c.Announced.Edition == 0 || len(c.Unsaid) > 0)
}

// fencedEdition is a link about a campaign that does nothing once another edition was
// announced.
func fencedEdition(what string, c store.Campaign) string {
	return link.Campaign.To(what, strconv.Itoa(c.Announced.Edition), string(c.ID))
}

// offerAnnouncement asks whether a campaign is to be announced now, and shows what
// people would read.
func (t turn) offerAnnouncement(c store.Campaign, inPlace bool) error {
	people := deadline.Concerned(t.Org, c, t.Post.ID)
	units := map[store.UnitCode]bool{}
	for _, p := range people {
		units[p.Unit] = true
	}
	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	next := c
	next.Announced.Changed = changed(c)
	preview, err := t.preview(next)
	if err != nil {
		return err
	}

	opens := cal.Opens(t.Event.At, reporting.Quiet())
	return t.Show(store.Message{
		Text: t.Text("announce.ask", text.Args{
			"Count": len(people), "Units": len(units), "Change": len(next.Announced.Changed) > 0, "Preview": text.Markup(preview),
			"Later": opens.After(t.Event.At), "Opens": text.Clock(opens),
		}),
		Buttons: [][]store.Button{text.Row(
			text.Green(t.Button("announce.do", fencedEdition("p", c), nil)),
			t.Button("announce.later", link.Campaign.To("c", string(c.ID)), nil),
		)},
	}, inPlace)
}

// changed are the places that the next edition of a campaign tells of; none: of all.
func changed(c store.Campaign) []string {
	if c.Announced.Edition == 0 {
		return nil
	}
	return c.Unsaid
}

// preview is what an officer would read who owes reports, in the coordinator's
// language: of the first unit that does.
func (t turn) preview(c store.Campaign) (string, error) {
	as := turn{t.For(t.Person)}
	as.Post = store.Post{Unit: c.Unit, Role: store.Officer}
	for _, u := range t.Org.Units() {
		if u.InForce(t.Today) && slices.Contains(deadline.ObligedKinds(c), u.Kind) && t.Org.Under(u.Code, c.Unit) {
			as.Post.Unit = u.Code
			break
		}
	}
	return as.announced(c, false)
}

// pressedEdition obeys a button about what is announced of a campaign, by somebody who
// may change it.
func (t turn) pressedEdition(what string, c store.Campaign, fence string) error {
	switch {
	case what == "a":
		return t.offerAnnouncement(c, true)
	case fence != strconv.Itoa(c.Announced.Edition) || what == "p" && !unsaid(c, t.Today):
		return t.Toast("announce.over", nil)
	case what == "p":
		return t.publish(c)
	}
	return t.urge(c)
}

// publish announces a campaign: the clock tells everybody. With its first edition it is
// known.
func (t turn) publish(c store.Campaign) error {
	if c.Announced.Edition == 0 && !c.Known.IsZero() {
		c.Known = t.Event.At
	}
	c = Announced(c, t.Event.At, t.Post.ID)
	if err := t.Tx.PutCampaign(c); err != nil {
		return err
	}
	if err := t.Record("campaign/"+string(c.ID), "announce", "edition", c.Announced.Edition-1, c.Announced.Edition); err != nil {
		return err
	}

	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	opens := cal.Opens(t.Event.At, reporting.Quiet())
	return t.Show(store.Message{
		Text: t.Text("announce.done", text.Args{
			"Name": c.Name.In(t.Lang), "Count": len(deadline.Concerned(t.Org, c, t.Post.ID)),
			"Later": opens.After(t.Event.At), "Opens": text.Clock(opens),
		}),
		Buttons: [][]store.Button{text.Row(t.Button("plans.show", link.Campaign.To("c", string(c.ID)), nil))},
	}, true)
}

// Announced is a campaign whose next edition was announced at an instant.
func Announced(c store.Campaign, at time.Time, by store.PostID) store.Campaign {
	c.Announced = store.Announcement{Edition: c.Announced.Edition + 1, At: at, By: by, Changed: changed(c)}
	c.Unsaid = nil
	return c
}

// urge has those reminded who have not read a campaign, once a day.
func (t turn) urge(c store.Campaign) error {
	if t.Day(c.Announced.Urged) == t.Today || t.Day(c.Announced.At) == t.Today {
		return t.Toast("announce.urged_today", nil)
	}
	c.Announced.Urged = t.Event.At
	if err := t.Tx.PutCampaign(c); err != nil {
		return err
	}
	return t.Toast("announce.urged", nil)
}

// readers is who has read the last edition of a campaign, of those who were told.
type readers struct {
	told, read int
	units      []readersAt // those in which somebody has not, by code
}

// readersAt are those of one unit.
type readersAt struct {
	unit       store.UnitCode
	told, read int
	not        []store.Person // who has not, named on the page that is looked at
	people     []store.PersonID
	lost       map[store.PersonID]bool // whom it did not reach
}

// readersOf looks up, ahead of the turn, who has read a campaign, with the names of
// those who have not on a page of the list.
func (t turn) readersOf(c store.Campaign, page int) (readers, error) {
	return bot.Ahead(t.Turn, fmt.Sprint("readers ", c.Edition(), " ", page), func(r store.Reader) (readers, error) {
		lines, err := r.Ledger(c.Edition())
		if err != nil {
			return readers{}, err
		}
		out := count(lines)
		p := text.PageOf(len(out.units), text.ListPage, page)
		for i := p.From; i < p.To; i++ {
			for _, id := range out.units[i].people {
				who, err := r.Person(id)
				if err != nil && !errors.Is(err, store.ErrNotFound) {
					return out, err
				}
				out.units[i].not = append(out.units[i].not, who)
			}
		}
		return out, nil
	})
}

// count counts who has read, by the lines of an edition.
func count(lines []store.Sent) readers {
	var out readers
	at := map[store.UnitCode]*readersAt{}
	for _, l := range lines {
		if l.Step != deadline.FirstTold || l.Skipped != "" && l.Skipped != deadline.SkipUnreachable {
			continue
		}
		u := at[l.Units[0]]
		if u == nil {
			u = &readersAt{unit: l.Units[0], lost: map[store.PersonID]bool{}}
			at[l.Units[0]] = u
		}
		out.told, u.told = out.told+1, u.told+1
		if !l.Read.IsZero() {
			out.read, u.read = out.read+1, u.read+1
			continue
		}
		u.people, u.lost[l.Person] = append(u.people, l.Person), l.Skipped != ""
	}

	for _, u := range at {
		if len(u.people) > 0 {
			out.units = append(out.units, *u)
		}
	}
	slices.SortFunc(out.units, func(a, b readersAt) int { return strings.Compare(string(a.unit), string(b.unit)) })
	return out
}

// showReaders lists the units in which somebody has not read a campaign, with their
// names.
func (t turn) showReaders(c store.Campaign, page int) error {
	all, err := t.readersOf(c, page)
	if err != nil {
		return err
	}
	p := text.PageOf(len(all.units), text.ListPage, page)
	var lines []text.Args
	for _, u := range all.units[p.From:p.To] {
		names := make([]string, len(u.not))
		for i, who := range u.not {
			names[i] = about.Person(t.Turn, who)
			if u.lost[who.ID] {
				names[i] = t.Plain("announce.lost", text.Args{"Name": names[i]})
			}
		}
		lines = append(lines, text.Args{
			"Unit": text.Capital(t.UnitName(u.unit)), "Read": u.read, "Told": u.told, "Names": strings.Join(names, ", "),
		})
	}

	rows := t.Pager(p, func(page int) string { return link.Campaign.To("w", strconv.Itoa(page), string(c.ID)) })
	if all.read < all.told {
		rows = append(rows, text.Row(t.Button("announce.urge", fencedEdition("u", c), text.Args{"Count": all.told - all.read})))
	}
	rows = append(rows, text.Row(t.Button("announce.back", link.Campaign.To("c", string(c.ID)), nil)))
	return t.Show(store.Message{
		Text: t.Text("announce.readers", text.Args{
			"Name": c.Name.In(t.Lang), "Read": all.read, "Told": all.told, "Lines": t.Lines("announce.reader", lines),
			"At": c.Announced.At, "Units": len(all.units), "Page": p.At + 1, "Pages": p.Of,
		}),
		Buttons: rows,
	}, true)
}
