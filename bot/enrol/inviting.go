package enrol

import (
	"slices"
	"strconv"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// inviting is the home of the form by which people are invited.
type inviting struct{ about.Basic }

func newInviting() inviting { return inviting{about.Basic{Of: forms.Inviting()}} }

// invite begins it: for a unit, or for one that is asked for.
func (t turn) invite(unit string) error {
	if !t.May(access.KeepPeople) {
		return t.Refuse(access.KeepPeople)
	}
	return t.Begin(forms.InvitingID, func(s *store.Session) {
		if code := link.UnitCode(unit); code != "" && t.Reaches(code) {
			s.Answers = append(s.Answers, store.Answer{Field: "unit", Keys: []string{string(code)}})
		}
	})
}

// mayKeep reports whether the post may invite to a role in a unit, and take it from
// somebody: in its scope, and to no role above its own. Who sees some fields only gives
// nobody all of them.
func (t turn) mayKeep(unit store.UnitCode, role store.Role) bool {
	return t.May(access.KeepPeople) && len(t.Post.Portfolio.Fields) == 0 && t.Reaches(unit) &&
		slices.Index(store.Roles, role) <= slices.Index(store.Roles, t.Post.Role)
}

// roles lists what the post may invite to in a unit, "" being no unit.
func (t turn) roles(unit store.UnitCode) []string {
	var out []string
	for _, role := range store.Roles {
		if t.mayKeep(unit, role) && (unit != "" || role == store.Admin) {
			out = append(out, string(role))
		}
	}
	return out
}

// unitOf is the unit that a session is about; "" is none.
func unitOf(s *store.Session) store.UnitCode {
	if key := flows.Key(s, "unit"); key != forms.WholeHouse {
		return store.UnitCode(key)
	}
	return ""
}

// Options lists the units of the post's scope, and the roles that it may invite to.
func (f inviting) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	switch st.Source {
	case forms.ListInvitingUnits:
		var first []flows.Option
		if len(turn{t}.roles("")) > 0 {
			first = append(first, t.FixedOption(forms.WholeHouse, "inviting.unit.all"))
		}
		return about.UnitOptions(t, ask, first...), nil
	case forms.ListInvitingRoles:
		var all []flows.Option
		for _, role := range (turn{t}).roles(unitOf(s)) {
			name := text.Capital(t.Key("role.", role))
			all = append(all, flows.Option{Key: role, Label: flows.Label{Text: name}, Names: []string{name}})
		}
		return flows.Among(all, ask), nil
	}
	return f.Basic.Options(t, s, st, ask)
}

// Choice names a unit or a role.
func (f inviting) Choice(t *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	switch {
	case st.Field == "unit" && key == forms.WholeHouse:
		return v.Plain("inviting.unit.all", nil)
	case st.Field == "unit":
		return about.UnitChoice(t, key)
	case st.Field == "role":
		return text.Capital(v.Key("role.", key))
	}
	return f.Basic.Choice(t, v, st, key)
}

// Default returns what is usual: one officer, for a week.
func (inviting) Default(t *bot.Turn, s *store.Session, name string) (store.Answer, bool, error) {
	key := ""
	switch name {
	case forms.InvitingUnit:
		key = string(about.OnlyUnit(t))
	case forms.InvitingRole:
		if roles := (turn{t}).roles(unitOf(s)); len(roles) > 0 {
			key = roles[0]
		}
	case forms.InvitingCount:
		key = "1"
	case forms.InvitingDays:
		key = "7"
	}
	return store.Answer{Keys: []string{key}}, key != "", nil
}

// Keeps reports whether a draft is worth keeping: never, it is begun anew as quickly.
func (inviting) Keeps(*store.Session) bool { return false }

// Submit makes the invitations.
func (inviting) Submit(b *bot.Turn, s store.Session) error {
	t, unit, role := turn{b}, unitOf(&s), store.Role(flows.Key(&s, "role"))
	if !slices.Contains(t.roles(unit), string(role)) {
		return t.Refuse(access.KeepPeople)
	}
	count, _ := strconv.Atoi(flows.Key(&s, "count"))
	days, _ := strconv.Atoi(flows.Key(&s, "days"))
	wanted := Wanted{Unit: unit, Role: role, Life: time.Duration(max(days, 1)) * 24 * time.Hour}
	return t.sendInvitations(slices.Repeat([]Wanted{wanted}, max(count, 1))...)
}

// sendInvitations makes invitations and gives each to who invites, as one message that
// can be passed on as it is: the picture of the link, with the link and the words.
func (t turn) sendInvitations(wanted ...Wanted) error {
	made, err := InviteIn(t.Tx, t.Bot, wanted, store.Audit{At: t.Event.At, Who: t.Person.ID, Post: t.Post.ID})
	if err != nil {
		return err
	}

	first := made[0]
	a := text.Args{"Count": len(made), "Post": first.Seat, "Until": text.Clock(first.Expires), "Holder": ""}
	if first.Seat.Holder != 0 {
		holder, err := t.Tx.Person(first.Seat.Holder)
		if err != nil {
			return err
		}
		a["Holder"] = about.Person(t.Turn, holder)
	}
	next := text.Row(t.Button("inviting.more", link.Invite.To(), nil), t.Button("people.open", link.People.To("list", everybody, "0"), nil))
	if err := t.Offer("inviting.made", a, [][]store.Button{next}); err != nil {
		return err
	}

	for _, i := range made {
		a := text.Args{"Post": i.Seat, "Until": text.Clock(i.Expires), "Name": i.Name, "Code": i.Code, "Link": t.linkOf(i.Code)}
		m := store.Message{Kind: store.Send, Text: t.Text("inviting.pass", a)}
		if a["Link"] != "" {
			m.Kind, m.Make = store.File, &store.Make{Kind: store.QR, Link: t.linkOf(i.Code), Language: t.Lang}
		}
		if _, err := t.Send(m); err != nil {
			return err
		}
	}
	return nil
}

// linkOf is the link of a code; "" where it is not known.
func (t turn) linkOf(code string) string {
	if t.Link == nil {
		return ""
	}
	return t.Link(code)
}
