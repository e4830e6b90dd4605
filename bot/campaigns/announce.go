package campaigns

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
)

// What people are told of a campaign that concerns them: once of each edition that
// was announced, and once more who has not read it, where a coordinator wishes that.

// announcement is what the clock tells of a campaign.
func announcement() bot.Reminder {
	return bot.Reminder{Rules: []string{deadline.Announce}, Dropped: outdated, Say: announce}
}

// outdated reports that a newer edition was announced, that the person has read this
// one, or that they have no seat any more that it concerns.
func outdated(b *bot.Turn, m store.Matter) (string, error) {
	t := turn{b}
	c, ok, err := t.campaign(m.Period.Campaign())
	if err != nil || !ok || c.Edition() != m.Period {
		return deadline.SkipCollapsed, err
	}
	if _, ok, err := t.seatUnder(c); err != nil || !ok {
		return deadline.SkipMoved, err
	}
	line, err := t.Tx.Sent(deadline.Announce, m.Period, t.Person.ID, deadline.FirstTold)
	if err != nil && !errors.Is(err, store.ErrNotFound) || line.Read.IsZero() {
		return "", ignoring(err, store.ErrNotFound)
	}
	return deadline.SkipRead, nil
}

// ignoring is an error, unless it is one that means no harm.
func ignoring(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

// campaign returns a campaign; false if there is none.
func (t turn) campaign(id store.CampaignID) (store.Campaign, bool, error) {
	all, err := t.Tx.Campaigns()
	i := slices.IndexFunc(all, func(c store.Campaign) bool { return c.ID == id })
	if err != nil || i < 0 {
		return store.Campaign{}, false, err
	}
	return all[i], true, nil
}

// seatUnder returns the person's seat that a campaign concerns, an officer's before
// another one's.
func (t turn) seatUnder(c store.Campaign) (store.Post, bool, error) {
	posts, err := t.Tx.PostsOf(t.Person.ID)
	posts = slices.DeleteFunc(posts, func(p store.Post) bool { return p.Role == store.Admin || !t.Org.Under(p.Unit, c.Unit) })
	slices.SortStableFunc(posts, func(a, b store.Post) int {
		return slices.Index(store.Roles, a.Role) - slices.Index(store.Roles, b.Role)
	})
	if err != nil || len(posts) == 0 {
		return store.Post{}, false, err
	}
	return posts[0], true, nil
}

// announce says what a campaign, or what changed in it, asks of the person. Who took
// the seat after it was announced is told all of it.
func announce(b *bot.Turn, m *store.Message, about []store.Matter) error {
	t := turn{b}
	c, _, err := t.campaign(about[0].Period.Campaign())
	if err != nil {
		return err
	}
	post, _, err := t.seatUnder(c)
	if err != nil {
		return err
	}

	if post.Since.After(c.Announced.At) {
		c.Announced.Changed = nil
	}
	t.Post = post
	first := about[0].Step == deadline.FirstTold
	if m.Text, err = t.announced(c, !first); err != nil {
		return err
	}
	if all := c.Announced.Changed; first && (len(all) == 0 || slices.Contains(all, "papers")) {
		m.Evidence = c.Papers
	}
	m.Buttons = t.announcedButtons(c, false)
	return nil
}

// announcedButtons say that one has read it, and begin a registration.
func (t turn) announcedButtons(c store.Campaign, read bool) [][]store.Button {
	var row []store.Button
	edition := strconv.Itoa(c.Announced.Edition)
	if t.May(access.RegisterModels) && c.Running(t.Today) {
		row = append(row, text.Green(t.Button("announce.register", link.Told.To("register", edition, string(c.ID)), nil)))
	}
	if !read {
		row = append(row, t.Button("announce.read", link.Told.To("read", edition, string(c.ID)), nil))
	}
	if row == nil {
		return nil
	}
	return [][]store.Button{row}
}

// announced is the text for a seat: what the campaign is, or what changed in it, and
// what is asked of them.
func (t turn) announced(c store.Campaign, again bool) (string, error) {
	cal, err := t.Calendar()
	if err != nil {
		return "", err
	}
	a := text.Args{
		"Name": c.Name.In(t.Lang), "Document": PrintedDocument(c.Document), "Issuer": c.Issuer, "Unit": t.UnitName(c.Unit),
		"From": c.From, "To": c.To, "Again": again,
	}
	if len(c.Announced.Changed) > 0 {
		a["Changes"] = t.changeLines(c, cal)
		return t.Text("announce.changed", a), nil
	}
	a["Tasks"] = t.tasks(c, cal)
	return t.Text("announce.new", a), nil
}

// tasks say what a campaign asks of a seat: by its role, and the first reports that
// are due.
func (t turn) tasks(c store.Campaign, cal *deadline.Calendar) text.Markup {
	lines := []string{t.Text("announce.task_"+string(t.Post.Role), text.Args{
		"Unit": t.UnitName(t.Post.Unit), "From": c.From, "To": c.To, "Future": t.Today.Before(c.From), "Check": c.CheckDays,
	})}
	owes := t.owes(c)
	if due := t.firstDue(c, cal); due != "" && (owes || t.Post.Role != store.Officer) {
		lines = append(lines, t.Text("announce.report", text.Args{"Own": owes, "Who": unitKinds(t.Voice, c.Obliged), "Due": due}))
	}
	return text.Markup(strings.Join(lines, "\n"))
}

// firstDue says which reports are due next, the soonest first, and when.
func (t turn) firstDue(c store.Campaign, cal *deadline.Calendar) text.Markup {
	periods := next(cal, c, t.Event.At)
	slices.SortStableFunc(periods, func(a, b store.Period) int { return a.Due.Compare(b.Due) })
	said := make([]string, len(periods))
	for i, p := range periods {
		said[i] = t.Text("announce.due", text.Args{"Period": p, "Day": text.DayOf(p.Due.In(t.Zone))})
	}
	return text.Markup(strings.Join(said, "; "))
}

// owes reports whether the seat is an officer's of a unit that reports.
func (t turn) owes(c store.Campaign) bool {
	u, ok := t.Org.Unit(t.Post.Unit)
	return ok && t.Post.Role == store.Officer && slices.Contains(deadline.ObligedKinds(c), u.Kind)
}

// changeLines say what is new, place by place.
func (t turn) changeLines(c store.Campaign, cal *deadline.Calendar) text.Markup {
	var lines []text.Args
	add := func(label string, value any) {
		lines = append(lines, text.Args{"Label": text.Markup(t.Text(label, nil)), "Value": value})
	}
	said := func(places ...string) bool {
		return slices.ContainsFunc(places, func(p string) bool { return slices.Contains(c.Announced.Changed, p) })
	}
	if said("name", "document", "issuer") {
		add("campaign.document.label", PrintedDocument(c.Document)+", "+c.Issuer)
	}
	if said("unit") {
		add("campaign.unit.label", t.UnitName(c.Unit))
	}
	if said("from", "to") {
		add("campaign.span.label", text.Date(c.From)+" – "+text.Date(c.To))
	}

	for _, list := range []struct {
		place, label string
		options      []store.Option
	}{
		{"fields", "campaign.fields.label", c.Fields}, {"titles", "campaign.titles.label", c.Titles},
		{"tags", "announce.tags", c.Tags}, {"levels", "announce.levels", c.Levels},
	} {
		if said(list.place) {
			add(list.label, options(t.Voice, list.options))
		}
	}

	if said("rules", "past", "obliged") {
		due := t.firstDue(c, cal)
		if due == "" {
			due = text.Markup(t.Text("announce.no_reports", nil))
		}
		add("campaign.reports.label", due)
	}
	if said("obliged") {
		add("campaign.who.label", unitKinds(t.Voice, c.Obliged))
	}

	if said("ladder", "escalate") {
		add("campaign.ladder.label", ladder(t.Voice, c.Ladder))
	}
	if said("check_days") {
		add("campaign.check.label", t.Plain("campaign.days", text.Args{"Count": c.CheckDays, "Working": true}))
	}
	if said("papers") {
		add("campaign.papers.label", t.Plain("announce.papers", nil))
	}
	return t.Lines("announce.change", lines)
}

// read notes that the person has read an edition, "read.edition.campaign", or that
// they begin to register, which only who has read it does.
func (t turn) read(about string) error {
	what, rest, _ := strings.Cut(about, ".")
	edition, id, _ := strings.Cut(rest, ".")
	c, ok, err := t.campaign(store.CampaignID(id))
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(edition) // 0, which none is, for what is no number
	post, held, err := t.seatUnder(c)
	if err != nil {
		return err
	}
	if !ok || !held || n < 1 || n > c.Announced.Edition {
		return t.Toast("press.not_yours", nil)
	}

	c.Announced.Edition = n
	line, err := t.Tx.Sent(deadline.Announce, c.Edition(), t.Person.ID, deadline.FirstTold)
	if err == nil && line.Read.IsZero() {
		line.Read = t.Event.At
		err = t.Tx.AmendSent(line)
	}
	if err := ignoring(err, store.ErrNotFound); err != nil {
		return err
	}
	seat := t
	seat.Turn = t.For(t.Person)
	seat.Post = post
	if err := t.Revise(store.Message{Buttons: seat.announcedButtons(c, true)}); err != nil {
		return err
	}
	if what == "register" {
		return t.Follow(link.Register)
	}
	return t.Toast("announce.noted", nil)
}
