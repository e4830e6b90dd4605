package enrol

import (
	"cmp"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// consent takes the answer to whether name and phone may be kept.
func (t turn) consent(choice string) error {
	key := "enrol.refused"
	if choice == "yes" {
		key = "enrol.agreed"
	}
	if err := t.Revise(store.Message{Text: t.Text(key, text.Args{"Post": t.Post})}); err != nil {
		return err
	}

	t.Person.ConsentAt, t.Dirty = t.Event.At, true
	if choice == "yes" {
		t.Person.Consent = store.Given
		return t.Begin(forms.ProfileID, nil)
	}
	t.Person.Consent = store.Refused
	t.Person.Name, t.Person.Phone = "", ""
	if err := t.Tx.Erased(); err != nil { // what the invitation said of them
		return err
	}
	return greet(t.Turn, "enrol.without_phone", text.Args{"Post": t.Post})
}

// greet greets somebody who has come to a post, and leads who may make a campaign to the
// first one while there is none.
func greet(t *bot.Turn, key string, a text.Args) error {
	if err := t.Greet(key, a); err != nil {
		return err
	}
	return t.Follow(link.Plan)
}

// profile is the home of the form of a person's own name and number.
type profile struct{ about.Basic }

func newProfile() profile { return profile{about.Basic{Of: forms.Profile()}} }

// Default is the name that is kept, or what the channel says.
func (profile) Default(t *bot.Turn, _ *store.Session, name string) (store.Answer, bool, error) {
	if name != forms.ChannelName {
		return store.Answer{}, false, nil
	}
	a := store.Answer{Text: cmp.Or(t.Person.Name, t.Event.Name)}
	return a, a.Text != "", nil
}

// Keeps reports whether a draft is worth keeping: never, it is begun anew as quickly.
func (profile) Keeps(*store.Session) bool { return false }

// Submit keeps the name and the number that the person gave.
func (profile) Submit(t *bot.Turn, s store.Session) error {
	if t.Person.Consent != store.Given { // withdrawn while the form was open
		return greet(t, "enrol.without_phone", text.Args{"Post": t.Post})
	}
	name, _ := flows.Find(&s, "name")
	phone, _ := flows.Find(&s, "phone")
	t.Person.Name, t.Dirty = name.Text, true
	if phone.Phone != "" {
		t.Person.Phone = phone.Phone
	}
	return greet(t, "enrol.done", text.Args{"Name": t.Person.Name, "Post": t.Post})
}
