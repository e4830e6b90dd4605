package enrol

import (
	"strconv"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
)

// week is how long an invitation lives that is made by one tap.
const week = 7 * 24 * time.Hour

// pressedPeople obeys the buttons of who holds what: "list.sort.page", "find", or what to
// do with a seat, the person whom the reader saw in it where somebody loses it, and the seat.
func (t turn) pressedPeople(rest string) error {
	if !t.May(access.KeepPeople) {
		return t.NotHere(func(p store.Post) bool { return access.May(p.Role, access.KeepPeople) })
	}
	what, of, _ := strings.Cut(rest, ".")
	switch what {
	case "list":
		i := strings.LastIndexByte(of, '.')
		page, _ := strconv.Atoi(of[i+1:])
		return t.showPeople(of[:max(i, 0)], page, true)
	case "find":
		return t.Begin(forms.WhomID, nil)
	}

	var seen store.PersonID
	if who, seat, ok := strings.Cut(of, "/"); ok {
		seen, of = store.PersonID(link.ID(who)), seat
	}
	post, ok := t.seatOf(store.PostID(of))
	if !ok {
		return t.Toast("press.not_yours", nil)
	}
	if what == "seat" {
		return t.showSeat(post)
	}
	if !t.mayKeep(post.Unit, post.Role) {
		return t.Refuse(access.KeepPeople)
	}
	return t.keep(what, post, seen)
}

// seatOf finds a seat of the scope, or the empty one of a place without an officer.
func (t turn) seatOf(id store.PostID) (store.Post, bool) {
	post, ok := t.Org.Seat(id)
	if !ok {
		post.ID = id
		post.Unit, post.Role = id.Split()
		u, known := t.Org.Unit(post.Unit)
		ok = known && store.SeatID(u.Code, store.Officer, 1) == id
	}
	return post, ok && t.Reaches(post.Unit)
}

// keep does something with a seat that the post may keep.
func (t turn) keep(what string, post store.Post, seen store.PersonID) error {
	switch what {
	case "hand":
		return t.sendInvitations(Wanted{Unit: post.Unit, Role: post.Role, Seat: post.ID, Life: week})
	case "revoke":
		return t.revoke(post)
	case "resume":
		return t.resumeSeat(post)
	case "off", "suspend", "offyes", "suspendyes":
	default:
		return t.Toast("press.unknown", nil)
	}

	switch {
	case post.Holder == 0 || post.Holder != seen:
		return t.Toast("press.closed", nil)
	case post.Holder == t.Person.ID: // so that the last administrator stays, too
		return t.Tell("people.own", nil)
	}
	if sure, ok := strings.CutSuffix(what, "yes"); ok {
		return t.takeAway(post, sure == "suspend")
	}
	return t.askSure(post, what)
}

// showSeat shows who is in a seat, and what can be done about that.
func (t turn) showSeat(post store.Post) error {
	s, err := sit(t.Tx, post)
	if err != nil {
		return err
	}
	invites, err := t.Tx.InvitesTo(post.ID)
	if err != nil {
		return err
	}
	open := 0
	for _, i := range invites {
		if i.State(t.Event.At) == store.Open {
			s.invite = i
			open++
		}
	}

	a := t.sittingArgs(s)
	a["Post"], a["Invites"] = text.Capital(t.PostName(post)), open
	campaigns, err := t.Tx.Campaigns()
	if err != nil {
		return err
	}
	a["Portfolio"] = portfolioWords(t.Org, t.Voice, campaigns, post.Portfolio)
	rows := t.InPairs(t.seatButtons(s, open))
	rows = append(rows, text.Row(t.Button("people.back", link.People.To("list", everybody, "0"), nil)))
	return t.Show(store.Message{Text: t.Text("people.card", a), Buttons: rows, Protect: true}, true)
}

// seatButtons are what the post may do with a seat.
func (t turn) seatButtons(s sitting, open int) []store.Button {
	if !t.mayKeep(s.post.Unit, s.post.Role) {
		return nil
	}
	id := string(s.post.ID)
	at := link.Ref(s.post.Holder) + "/" + id
	hand := t.Button("people.hand_over", link.People.To("hand", id), nil)
	var out []store.Button
	switch {
	case s.post.Suspended != 0:
		out = append(out, text.Green(t.Button("people.resume", link.People.To("resume", id), nil)), hand)
	case s.post.Holder != 0:
		out = append(out, hand, t.Button("people.suspend", link.People.To("suspend", at), nil))
	default:
		out = append(out, text.Green(t.Button("people.invite_here", link.People.To("hand", id), nil)))
	}

	if open > 0 {
		out = append(out, t.Button("people.revoke", link.People.To("revoke", id), nil))
	}
	if _, there := t.Org.Seat(s.post.ID); there {
		out = append(out, t.Button("people.portfolio", link.Portfolio.To(showParts, id), nil))
	}
	if s.post.Holder != 0 {
		out = append(out, text.Red(t.Button("people.off", link.People.To("off", at), nil)))
	}
	return out
}

// askSure asks before somebody loses a seat.
func (t turn) askSure(post store.Post, what string) error {
	s, err := sit(t.Tx, post)
	if err != nil {
		return err
	}
	a := t.sittingArgs(s)
	a["Post"], a["Suspend"] = post, what == "suspend"
	yes := t.Button("people."+what, link.People.To(what+"yes", link.Ref(post.Holder)+"/"+string(post.ID)), nil)
	return t.Show(store.Message{Text: t.Text("people.sure", a), Buttons: [][]store.Button{text.Row(
		t.Button("people.keep", link.People.To("seat", string(post.ID)), nil), text.Red(yes))}}, true)
}

// takeAway takes a seat from its holder, for good or for a while. Its drafts and models
// stay with it.
func (t turn) takeAway(post store.Post, suspend bool) error {
	action, key := "remove", "post.taken_off"
	was := post.Holder
	if suspend {
		action, key = "suspend", "post.suspended"
		post.Suspended = was
	}
	if err := t.leave(post, key); err != nil {
		return err
	}

	post.Holder, post.Deputy, post.DeputyUntil, post.Since = 0, 0, time.Time{}, t.Event.At
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), action, "holder", was, 0); err != nil {
		return err
	}
	return t.showSeat(post)
}

// resumeSeat gives a seat back to who held it until it was suspended.
func (t turn) resumeSeat(post store.Post) error {
	if post.Suspended == 0 {
		return t.Toast("press.closed", nil)
	}
	post.Holder, post.Suspended, post.Since = post.Suspended, 0, t.Event.At
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), "resume", "holder", 0, post.Holder); err != nil {
		return err
	}

	who, err := t.Tx.Person(post.Holder)
	if err != nil {
		return err
	}
	if err := t.TellOther(who, func(o *bot.Turn) (store.Message, error) {
		return store.Message{Text: o.Text("post.resumed", text.Args{"Post": post}), Keyboard: t.Menu(o.Lang, post.Role)}, nil
	}); err != nil {
		return err
	}
	return t.showSeat(post)
}

// revoke takes the open invitations to a seat back: whoever has such a link does not
// come in by it any more.
func (t turn) revoke(post store.Post) error {
	invites, err := t.Tx.InvitesTo(post.ID)
	if err != nil {
		return err
	}
	for _, i := range invites {
		if i.State(t.Event.At) != store.Open {
			continue
		}
		i.Revoked = t.Event.At
		if err := t.Tx.PutInvite(i); err != nil {
			return err
		}
		if err := t.Record("post/"+string(post.ID), "revoke", "invite", i.Made.UTC().Format(time.RFC3339), nil); err != nil {
			return err
		}
	}
	return t.showSeat(post)
}
