package enrol

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// sitting is a seat with what is known of who is in it, or on the way to it.
type sitting struct {
	post   store.Post
	who    store.Person // ID 0: nobody
	invite store.Invite // the last one to a seat that nobody holds
}

// Which seats a list shows: everybody's, those to which somebody was invited who has not
// come, those whose holder no message reaches, those of nobody, or those of one unit.
const (
	everybody = "all"
	notCome   = "await"
	silent    = "silent"
	vacant    = "vacant"
	ofUnit    = "u"
)

// state is where a seat stands: "held", "silent", "suspended", "await", "vacant".
func (s sitting) state() string {
	switch {
	case s.post.Suspended != 0:
		return "suspended"
	case s.post.Holder != 0 && !s.who.Unreachable.IsZero():
		return silent
	case s.post.Holder != 0:
		return "held"
	case s.invite.Hash != "" && s.invite.Revoked.IsZero() && s.invite.UsedAt.IsZero():
		return notCome
	}
	return vacant
}

// shown reports whether a list of a sort shows a seat.
func (s sitting) shown(sort string) bool {
	if unit, ok := strings.CutPrefix(sort, ofUnit); ok {
		return s.post.Unit == link.UnitCode(unit)
	}
	return sort == everybody || s.state() == sort
}

// people shows who holds what.
func (t turn) people() error {
	if err := t.showPeople(everybody, 0, false); err != nil {
		return err
	}
	return t.Again()
}

// seats lists the seats of the post's scope in the order of its units, with an empty
// one for each place that has no officer's.
func (t turn) seats() []store.Post {
	var out []store.Post
	if t.Reaches("") {
		out = t.Org.SeatsAt("")
	}
	for _, code := range t.Scope().Codes() {
		u, _ := t.Org.Unit(code)
		here := t.Org.SeatsAt(code)
		if len(here) == 0 && !u.InForce(t.Today) {
			continue
		}
		if u.Kind.Place() && !u.Kind.Top() && !slices.ContainsFunc(here, func(p store.Post) bool { return p.Role == store.Officer }) {
			here = append(here, t.Org.Officers(code)...)
		}
		out = append(out, here...)
	}
	return out
}

// sittings finds who is in the seats of the scope.
func (t turn) sittings() ([]sitting, error) {
	seats := t.seats()
	return bot.Ahead(t.Turn, fmt.Sprint("people of ", t.Post.ID), func(r store.Reader) ([]sitting, error) {
		out := make([]sitting, len(seats))
		for i, post := range seats {
			var err error
			if out[i], err = sit(r, post); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// sit finds who is in a seat, or on the way to it.
func sit(r store.Reader, post store.Post) (s sitting, err error) {
	s.post = post
	if id := max(post.Holder, post.Suspended); id != 0 {
		s.who, err = r.Person(id)
		return s, err
	}
	list, err := r.InvitesTo(post.ID)
	if len(list) > 0 {
		s.invite = list[len(list)-1]
	}
	return s, err
}

// showPeople shows a page of the seats of a sort.
func (t turn) showPeople(sort string, page int, inPlace bool) error {
	all, err := t.sittings()
	if err != nil {
		return err
	}
	count := map[string]int{}
	var list []sitting
	for _, s := range all {
		count[s.state()]++
		if s.shown(sort) {
			list = append(list, s)
		}
	}

	unit := t.Post.Unit
	if of, ok := strings.CutPrefix(sort, ofUnit); ok {
		unit = link.UnitCode(of)
	}
	p := text.PageOf(len(list), text.ListPage, page)
	var lines []text.Args
	var numbers []store.Button
	for i := p.From; i < p.To; i++ {
		a := t.sittingArgs(list[i])
		a["N"] = i + 1
		lines = append(lines, a)
		numbers = append(numbers, store.Button{Text: strconv.Itoa(i + 1), Data: link.People.To("seat", string(list[i].post.ID))})
	}

	rows := text.InRows(numbers, 4)
	rows = append(rows, t.Pager(p, text.Numbered(link.People.To("list", sort, "")))...)
	rows = append(rows, t.InPairs(t.sorts(sort, count))...)
	invite := text.Green(t.Button("people.invite", link.Invite.To(), nil))
	rows = append(rows, text.Row(invite, t.Button("people.find", link.People.To("find"), nil)))
	return t.Show(store.Message{Text: t.Text("people.list", text.Args{
		"Lines": t.Lines("people.line", lines), "Page": p.At + 1, "Pages": p.Of, "Of": len(list), "Unit": t.UnitName(unit),
		"Held": count["held"] + count[silent], "Awaited": count[notCome], "Silent": count[silent], "Vacant": count[vacant],
	}), Buttons: rows}, inPlace)
}

// sorts are the buttons to the lists that have something in them.
func (t turn) sorts(shown string, count map[string]int) []store.Button {
	var out []store.Button
	if shown != everybody {
		out = append(out, t.Button("people.all", link.People.To("list", everybody, "0"), nil))
	}
	for _, sort := range []string{notCome, silent, vacant} {
		if sort != shown && count[sort] > 0 {
			out = append(out, t.Button("people.sort_"+sort, link.People.To("list", sort, "0"), text.Args{"Count": count[sort]}))
		}
	}
	return out
}

// sittingArgs are what a line or a card says of a seat.
func (t turn) sittingArgs(s sitting) text.Args {
	a := text.Args{
		"Post": text.Capital(t.ShortPostName(s.post)), "State": s.state(), "Name": s.who.Name, "Seen": s.who.Seen,
		"Since": text.DayOf(s.post.Since.In(t.Zone)), "Left": text.DayOf(s.who.Unreachable.In(t.Zone)),
		"Invited": s.invite.Name, "Until": text.DayOf(s.invite.Expires.In(t.Zone)), "Open": s.invite.State(t.Event.At) == store.Open,
	}
	if t.May(access.SeePhones) {
		a["Phone"] = text.Phone(s.who.Phone)
	}
	return a
}

// whom is the form that asks of which unit the people are wanted.
type whom struct{ about.Basic }

func newWhom() whom { return whom{about.Basic{Of: forms.Whom()}} }

// Options lists the units of the post's scope.
func (whom) Options(t *bot.Turn, _ *store.Session, _ *flows.Step, ask flows.Ask) (flows.Options, error) {
	return about.UnitOptions(t, ask), nil
}

// Choice names a unit.
func (whom) Choice(t *bot.Turn, _ text.Voice, _ *flows.Step, key string) string {
	return about.UnitChoice(t, key)
}

// Keeps reports whether a draft is worth keeping: never, it is a question, no work.
func (whom) Keeps(*store.Session) bool { return false }

// Submit shows the people of the unit that was asked for.
func (whom) Submit(b *bot.Turn, s store.Session) error {
	if !b.May(access.KeepPeople) {
		return b.Refuse(access.KeepPeople)
	}
	return turn{b}.showPeople(ofUnit+link.Unit(store.UnitCode(flows.Key(&s, "unit"))), 0, false)
}
