package bottest

import (
	"errors"

	"danvan/store"
)

// Actor is somebody with a post somewhere, and what they may do with the models,
// the phone numbers and the drafts of ba's commune.
type Actor struct {
	Unit      store.UnitCode
	Role      store.Role // "": a stranger, or somebody who has lost the post
	Portfolio store.Portfolio

	Sees, Phones, Writes, Drafts bool
}

// Actors is every role at home, above and elsewhere, by a name for the test.
func Actors() map[string]Actor {
	units := func(codes ...store.UnitCode) store.Portfolio { return store.Portfolio{Units: codes} }
	fields := func(keys ...string) store.Portfolio { return store.Portfolio{Fields: keys} }

	return map[string]Actor{
		"officer of the unit":         {Unit: "30346", Role: store.Officer, Sees: true, Phones: true, Writes: true, Drafts: true},
		"coordinator of the unit":     {Unit: "30346", Role: store.Coordinator, Sees: true, Phones: true, Writes: true},
		"supervisor of the unit":      {Unit: "30346", Role: store.Supervisor, Sees: true, Phones: true},
		"administrator of the unit":   {Unit: "30346", Role: store.Admin, Sees: true},
		"officer of the province":     {Unit: "91", Role: store.Officer, Sees: true, Phones: true, Writes: true},
		"coordinator of the province": {Unit: "91", Role: store.Coordinator, Sees: true, Phones: true, Writes: true},
		"supervisor of the province":  {Unit: "91", Role: store.Supervisor, Sees: true, Phones: true},
		"administrator of the house":  {Role: store.Admin, Sees: true},

		"supervisor of the field":    {Unit: "91", Role: store.Supervisor, Portfolio: fields("QPAN"), Sees: true, Phones: true},
		"supervisor of some units":   {Unit: "40", Role: store.Supervisor, Portfolio: units("30346"), Sees: true, Phones: true},
		"supervisor of other fields": {Unit: "91", Role: store.Supervisor, Portfolio: fields("KT", "VHXH")},
		"supervisor of other units":  {Unit: "91", Role: store.Supervisor, Portfolio: units("30709")},

		"officer of another commune":        {Unit: "30709", Role: store.Officer},
		"officer of another province":       {Unit: "16804", Role: store.Officer},
		"coordinator of another province":   {Unit: "40", Role: store.Coordinator},
		"supervisor of another province":    {Unit: "40", Role: store.Supervisor},
		"administrator of another province": {Unit: "40", Role: store.Admin},

		"somebody who handed the post over": {Unit: "30346"},
		"a stranger":                        {},
	}
}

// Somebody is what the chat of the actor is called.
const Somebody = "actor"

// Appoint gives the actor their post. Who handed one over still looks at it.
func (w *World) Appoint(a Actor) {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		p := store.Person{Consent: store.Refused, ConsentAt: w.Now}
		switch {
		case a.Role != "":
			post := store.Post{Unit: a.Unit, Role: a.Role, Since: w.Now, Portfolio: a.Portfolio}
			return seat(tx, post, Address(Somebody), "vi", p)
		case a.Unit != "":
			id, err := tx.NewID()
			p.ID, p.Address, p.Language, p.Active = store.PersonID(id), Address(Somebody), "vi", store.MakePostID(a.Unit, store.Officer)
			return errors.Join(err, tx.PutPerson(p))
		}
		return nil
	})
}

// Fresh empties the actor's chat and closes what they left open. It returns
// the revision of their last list.
func (w *World) Fresh() (list uint64) {
	w.T.Helper()
	w.Clear(Somebody)
	w.Update(func(tx store.Tx) error {
		p, err := tx.PersonAt(Address(Somebody))
		if errors.Is(err, store.ErrNotFound) {
			return tx.PutStranger(Address(Somebody), store.Stranger{})
		}
		p.Open, list = 0, p.View.Revision
		return errors.Join(err, tx.PutPerson(p))
	})
	return list
}

// Opened reports whether the actor has a form open.
func (w *World) Opened() (open bool) {
	w.T.Helper()
	w.View(func(r store.Reader) error {
		if p, err := r.PersonAt(Address(Somebody)); err == nil {
			open = p.Open != 0
		}
		return nil
	})
	return open
}

// ShowButtons gives somebody a message on which a button may have stood, and
// returns its id.
func (w *World) ShowButtons(who string) string {
	return w.Chat(who).Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
}

// Narrow opens a form of minh's on its review card, and takes ba's commune out
// of minh's scope.
func (w *World) Narrow(s store.Session) {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("91:coordinator")
		post.Portfolio.Units = []store.UnitCode{"30709"}
		p := w.PersonIn(tx, "minh")
		s.At, p.Open = "", s.ID
		return errors.Join(err, tx.PutPost(post), tx.PutPerson(p), tx.PutSession(s))
	})
}

// Registration answers every needed question of a registration.
func Registration(unit string) []store.Answer {
	choice := func(field, key string) store.Answer { return store.Answer{Field: field, Keys: []string{key}} }
	text := func(field, text string) store.Answer { return store.Answer{Field: field, Text: text} }

	return []store.Answer{
		choice("unit", unit), text("title", "Vườn rau sạch trường học"), choice("kind", "collective"), text("group", "Chi đoàn trường"),
		choice("field", "KT"), choice("title_group", "DVK"), choice("origin", "new"), text("place", "ấp Phú Tây, 20 hộ"),
		text("problem", "Rau ngoài chợ không rõ nguồn gốc, bếp ăn của trường phải mua xa"), text("target", "20 hộ trồng 500 m² rau"),
		text("content", "Họp phụ huynh, mỗi nhà góp một luống, đoàn viên hướng dẫn, bếp ăn thu mua hằng tuần"),
		{Field: "period", From: store.Date{Year: 2026, Month: 3, Day: 1}, To: store.Date{Year: 2026, Month: 10, Day: 31}},
		{Field: "contact", Text: "Huỳnh Văn Ba", Phone: "+84933444555"},
	}
}
