package review

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// verdict is the home of a form by which a coordinator decides on a model.
type verdict struct {
	about.OnModel
	decide func(t turn, m store.Model, s *store.Session) error
}

func newVerdict(f *flows.Form, decide func(turn, store.Model, *store.Session) error) verdict {
	return verdict{about.OnModel{Basic: about.Basic{Of: f}}, decide}
}

// verdicts are the forms of the check.
func verdicts() []bot.Form {
	return []bot.Form{
		giveBack{newVerdict(forms.Return(), func(t turn, m store.Model, s *store.Session) error {
			fields, _ := flows.Find(s, "fields")
			return t.giveBack(m, reason(s), inOrder(t.Questions(forms.RegisterID), fields.Keys))
		})},
		newVerdict(forms.Reason(forms.RejectID), func(t turn, m store.Model, s *store.Session) error { return t.reject(m, reason(s)) }),
		newVerdict(forms.Reason(forms.UnfinishedID), func(t turn, m store.Model, s *store.Session) error { return t.reopen(m, reason(s)) }),
		newVerdict(forms.Reason(forms.DeclineID), func(t turn, m store.Model, s *store.Session) error { return t.decline(m, reason(s)) }),
		merge{newVerdict(forms.Merge(), func(t turn, m store.Model, s *store.Session) error {
			return t.merge(m, store.ModelID(link.ID(flows.Key(s, "into"))))
		})},
	}
}

func reason(s *store.Session) string {
	a, _ := flows.Find(s, "reason")
	return a.Text
}

// begin opens the form of a decision; the card that led to it keeps its text.
// What is known already is asked all the same where again names it.
func (t turn) begin(form string, m store.Model, again ...string) error {
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.Begin(form, func(s *store.Session) {
		about.Choose(s, m)
		s.Again = again
	})
}

// Submit decides, unless somebody else has decided meanwhile.
func (v verdict) Submit(b *bot.Turn, s store.Session) error {
	t := turn{b}
	m, ok, err := t.Model(store.ModelID(s.Subject), access.CheckModels)
	if err != nil {
		return err
	}
	if !ok { // the post changed while the form was open
		return t.Refuse(access.CheckModels)
	}

	if !m.Allows(store.Move(v.Of.ID)) { // a verdict's form is called as its move
		said, err := t.alreadyDecided(m)
		if err != nil {
			return err
		}
		return t.showNext(taskOf(m), said, false)
	}
	return v.decide(t, m, &s)
}

// Saves reports whether the person has put anything of their own in.
func (v verdict) Saves(s *store.Session) bool { return v.Keeps(s) }

// Left goes back to the card that the form began from, which still waits for a
// decision.
func (v verdict) Left(b *bot.Turn, s store.Session, key string, a text.Args) error {
	t := turn{b}
	m, ok, err := t.Model(store.ModelID(s.Subject), access.CheckModels)
	if err != nil {
		return err
	}
	if ok && m.Unchecked() {
		return t.showCheck(m, text.Markup(t.Text(key, a)))
	}
	return t.Greet(key, a)
}
