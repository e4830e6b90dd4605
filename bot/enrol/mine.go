package enrol

import (
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
)

// mine shows what is kept of the person, to see, change or erase.
func (t turn) mine() error {
	if err := t.showMine(); err != nil {
		return err
	}
	return t.Again()
}

func (t turn) showMine() error {
	p := t.Person
	buttons := [][]store.Button{text.Row(t.Button("mine.change", link.Mine.To("change"), nil))}
	if p.Name != "" || p.Phone != "" {
		buttons = append(buttons, text.Row(text.Red(t.Button("mine.erase", link.Mine.To("erase"), nil))))
	}
	_, err := t.Send(store.Message{
		Text: t.Text("mine.card", text.Args{
			"Name": p.Name, "Phone": text.Phone(p.Phone), "Consent": string(p.Consent), "When": p.ConsentAt, "Post": t.Post,
		}),
		Buttons: buttons, Protect: true,
	})
	return err
}

// pressedMine obeys the buttons of one's own data.
func (t turn) pressedMine(what string) error {
	switch what {
	case "show":
		return t.showMine()
	case "change":
		return t.changeMine()
	case "erase":
		return t.Offer("mine.erase_ask", nil, [][]store.Button{text.Row(
			t.Button("mine.erase_no", link.Mine.To("keep"), nil),
			text.Red(t.Button("mine.erase_yes", link.Mine.To("gone"), nil)),
		)})
	case "keep":
		return t.Unbutton()
	case "gone":
		return t.eraseMine()
	}
	return t.Toast("press.unknown", nil)
}

// changeMine asks for name and number again: whoever gives them consents.
func (t turn) changeMine() error {
	if err := t.Unbutton(); err != nil {
		return err
	}
	t.Person.Consent, t.Person.ConsentAt, t.Dirty = store.Given, t.Event.At, true
	return t.Begin(forms.ProfileID, nil)
}

// eraseMine forgets name and number, in the audit too, and takes the consent back.
func (t turn) eraseMine() error {
	if err := t.eraseAudit(); err != nil {
		return err
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	t.Person.Name, t.Person.Phone, t.Dirty = "", "", true
	t.Person.Consent, t.Person.ConsentAt = store.Refused, t.Event.At
	if err := t.Record("person/"+link.Ref(t.Person.ID), "erase", "name, phone", nil, nil); err != nil {
		return err
	}
	if err := t.eraseMarks(); err != nil {
		return err
	}
	if err := t.Tx.Erased(); err != nil {
		return err
	}
	return t.Tell("mine.erased", nil)
}

// eraseMarks takes off the invitations that the person came by for whom they were.
func (t turn) eraseMarks() error {
	posts, err := t.Org.HeldBy(t.Tx, t.Person.ID)
	if err != nil {
		return err
	}
	for _, p := range posts {
		invites, err := t.Tx.InvitesTo(p.ID)
		if err != nil {
			return err
		}

		for _, i := range invites {
			if i.UsedBy != t.Person.ID || i.NameMark+i.PhoneMark == "" {
				continue
			}
			i.NameMark, i.PhoneMark = "", ""
			if err := t.Tx.PutInvite(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseAudit takes the values away that tell the person's name or number. What
// was done, when and by whom still stands.
func (t turn) eraseAudit() error {
	tells := telling(t.Person)
	lines, err := bot.Ahead(t.Turn, "the audit of "+link.Ref(t.Person.ID), func(r store.Reader) ([]store.Audit, error) {
		return r.AuditHolding(tells)
	})
	if err != nil {
		return err
	}
	for _, a := range lines {
		if err := t.Tx.EraseAudit(a.Subject, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// telling reports of a value whether it tells a person's name or number, alone
// or beside other things. A part of a longer name is somebody else's.
func telling(p store.Person) func(value string) bool {
	own := slices.DeleteFunc([]string{p.Name, p.Phone, text.Phone(p.Phone)}, func(s string) bool { return s == "" })
	return func(value string) bool {
		parts := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(",;·()\n", r) })
		return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(own, strings.TrimSpace(part)) })
	}
}
