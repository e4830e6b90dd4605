package enrol

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
	"danvan/store/reporting"
)

// asked lists the jobs about which it helps to ask somebody who may do them.
func asked() []access.Job {
	return []access.Job{
		access.CheckModels, access.PlanCampaigns, access.KeepCalendar, access.ClosePeriods, access.GrantTime, access.KeepPeople,
		access.ViewModels,
	}
}

// refused says that the post may not do a job, and who near it may, with a button that
// asks them.
func (t turn) refused(job string) error {
	m := store.Message{Text: t.Text("refused."+job, text.Args{"Watches": t.May(access.WatchReports)})}
	who, post, ok, err := t.whoMay(access.Job(job))
	if err != nil {
		return err
	}
	if ok {
		a := text.Args{"Post": post, "Name": who.Name, "Phone": ""}
		if t.May(access.SeePhones) {
			a["Phone"] = text.Phone(who.Phone)
		}
		m.Text += "\n" + t.Text("ask.who", a)
		m.Buttons = [][]store.Button{text.Row(t.Button("ask.button", link.Ask.To(job, link.Ref(who.ID)), nil))}
	}
	_, err = t.Send(m)
	return err
}

// whoMay finds who is nearest above the post, may do a job and can be reached; false
// where it does not help to ask, or there is nobody.
func (t turn) whoMay(j access.Job) (who store.Person, post store.Post, ok bool, err error) {
	if !slices.Contains(asked(), j) {
		return who, post, false, nil
	}
	return t.nearest(t.Post.Unit, j)
}

// nearest finds who is nearest above a unit, may do a job and can be reached.
func (t turn) nearest(unit store.UnitCode, j access.Job) (who store.Person, post store.Post, ok bool, err error) {
	hears := reporting.Hears(t.Tx)
	for _, role := range []store.Role{store.Coordinator, store.Supervisor, store.Admin} {
		if !access.May(role, j) {
			continue
		}

		post, ok = t.Org.Nearest(unit, role, func(p store.Post) bool {
			if err != nil || p.Holder == 0 || p.Holder == t.Person.ID {
				return false
			}
			var heard bool
			heard, err = hears(p.Holder)
			return heard
		})
		if err != nil {
			return who, post, false, err
		}
		if ok {
			who, err = t.Tx.Person(post.Holder)
			return who, post, err == nil, err
		}
	}
	return who, post, false, nil
}

// ask asks who may do a job to get in touch: "job.person"; or for another invitation.
func (t turn) ask(rest string) error {
	job, of, _ := strings.Cut(rest, ".")
	if job == "new" {
		return t.askAgain(of)
	}
	who, post, ok, err := t.whoMay(access.Job(job))
	if err != nil {
		return err
	}
	if !ok || who.ID != store.PersonID(link.ID(of)) {
		return t.Toast("press.closed", nil)
	}
	if err := t.Unbutton(); err != nil {
		return err
	}

	if err := t.TellOther(who, func(o *bot.Turn) (store.Message, error) {
		from, err := about.Who(o, t.Person.ID, t.Post.ID)
		a := text.Args{"Who": from, "Job": text.Markup(o.Text("ask.job."+job, nil)), "Phone": ""}
		if access.May(post.Role, access.SeePhones) {
			a["Phone"] = text.Phone(t.Person.Phone)
		}
		return store.Message{Text: o.Text("ask.told", a), Protect: true}, err
	}); err != nil {
		return err
	}
	return t.Tell("ask.done", text.Args{"Name": about.Person(t.Turn, who)})
}

// stale answers somebody who brings an invitation that lets nobody in any more: who
// invited can be asked for another one, once.
func (t turn) stale(code string, inv store.Invite, key string, a text.Args) error {
	m := store.Message{Text: t.Text(key, a)}
	if inv.Asked.IsZero() {
		m.Buttons = [][]store.Button{text.Row(t.Button("ask.new", link.Ask.To("new", code), nil))}
	}
	_, err := t.Send(m)
	return err
}

// askAgain asks who made an invitation, or who is nearest above its seat, for another one:
// the name that the channel gives is told them, and kept nowhere.
func (t turn) askAgain(code string) error {
	inv, err := t.Tx.Invite(hashCode(code))
	if errors.Is(err, store.ErrNotFound) {
		return t.Toast("press.unknown", nil)
	}
	if err != nil {
		return err
	}
	state := inv.State(t.Event.At)
	post, known := t.Org.Seat(inv.Post)
	if !known || state == store.Open || !inv.Asked.IsZero() {
		return t.Toast("press.closed", nil)
	}
	who, ok, err := t.inviter(inv, post)
	if err != nil || !ok {
		return errors.Join(err, t.Toast("press.closed", nil))
	}

	inv.Asked = t.Event.At
	if err := t.Tx.PutInvite(inv); err != nil {
		return err
	}
	if err := t.TellOther(who, func(o *bot.Turn) (store.Message, error) {
		a := text.Args{"Name": cmp.Or(t.Person.Name, t.Event.Name), "Post": post, "State": string(state)}
		see := text.Green(o.Button("ask.seat", link.People.To("seat", string(post.ID)), nil))
		return store.Message{Text: o.Text("ask.again", a), Buttons: [][]store.Button{text.Row(see)}}, nil
	}); err != nil {
		return err
	}
	return t.Revise(store.Message{Text: t.Text("ask.sent", nil)})
}

// inviter is who made an invitation, if they still may, or who is nearest above its seat.
func (t turn) inviter(inv store.Invite, post store.Post) (store.Person, bool, error) {
	posts, err := t.Org.HeldBy(t.Tx, inv.By)
	if err != nil {
		return store.Person{}, false, err
	}
	may := func(p store.Post) bool { return access.May(p.Role, access.KeepPeople) && t.Org.Reaches(p, post.Unit) }
	if inv.By != 0 && slices.ContainsFunc(posts, may) {
		who, err := t.Tx.Person(inv.By)
		return who, err == nil, err
	}
	who, _, ok, err := t.nearest(post.Unit, access.KeepPeople)
	return who, ok, err
}

// asksAgain is the code for which a stranger asks by the button under a stale invitation.
func (t turn) asksAgain() (string, bool) {
	if t.Event.Input.Kind != flows.PressInput {
		return "", false
	}
	verb, rest := link.Parse(t.Event.Input.Press)
	code, ok := strings.CutPrefix(rest, "new.")
	return code, ok && verb == link.Ask
}
