package register

import (
	"slices"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// same finds models of the same unit with nearly the same title.
func (t turn) same(s *store.Session, title string) (*store.Doubt, error) {
	heads, err := t.Heads(store.ModelQuery{In: t.here(s), States: store.StatesThat(store.State.Stands)})
	if err != nil {
		return nil, err
	}

	heads = slices.DeleteFunc(about.Within(t.Turn, heads), func(h store.Head) bool { // said to be another one, or to be this one
		id := uint64(h.ID)
		return flows.Known(s, id) || s.Subject == id || uint64(predecessor(s)) == id
	})
	found := about.Alike(title, heads)
	if len(found) == 0 {
		return nil, nil
	}

	d := &store.Doubt{Kind: flows.DoubtSame}
	for _, h := range found[:min(len(found), about.MostSame)] {
		d.Records = append(d.Records, uint64(h.ID))
	}
	return d, nil
}

// askSame shows the likely doubles. What was completed before is not updated but
// carried on, so that its button says so.
func (t turn) askSame(s *store.Session, d flows.Doubtful) (string, error) {
	unit := t.UnitName(unitOf(s))
	lines := make([]text.Args, len(d.Doubt.Records))
	for i, id := range d.Doubt.Records {
		m, err := t.Tx.Model(store.ModelID(id))
		if err != nil {
			return "", err
		}
		lines[i] = text.Args{
			"N": i + 1, "Title": m.Title, "Registrant": m.Registrant(), "Code": m.Code, "When": m.RegisteredAt, "State": m.State,
		}
		if s.Subject == 0 && m.State == store.Done && len(lines) == 1 {
			d.Choices[i].Label = flows.Label{Key: "doubt.same.carry_on"}
		}
	}
	return t.Text("doubt.same.ask", text.Args{"Unit": unit, "Count": len(lines), "Lines": t.Lines("doubt.same.line", lines)}), nil
}

// isSame leaves a registration for the model that it turned out to be.
func (t turn) isSame(s store.Session, id store.ModelID) error {
	m, ok, err := t.Model(id, access.UpdateModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.Again()
	}
	if m.State == store.Done && s.Subject == 0 {
		return t.carryOn(s, m)
	}
	if err := t.Close(&s, ""); err != nil {
		return err
	}
	return t.Follow(link.Update, link.Ref(m.ID))
}

// carryOn goes on with a registration that turned out to be of a model that
// was completed before: it is maintained, and no new one (domain.md §4.3).
func (t turn) carryOn(s store.Session, m store.Model) error {
	s.Known = append(s.Known, uint64(m.ID))
	for _, a := range []store.Answer{
		{Field: "title", Text: m.Title}, {Field: "origin", Keys: []string{string(store.Maintained)}},
		{Field: "predecessor", Keys: []string{link.Ref(m.ID)}},
	} {
		s.Answers = slices.DeleteFunc(s.Answers, func(b store.Answer) bool { return b.Field == a.Field })
		s.Answers = append(s.Answers, a)
	}
	s.Doubt = nil
	return t.Start(s, flows.Notice{Key: "register.carried_on", Args: text.Args{"Title": m.Title, "Code": m.Code}})
}

// vague advises while the question is still open; it never refuses. What is
// best mended at once shows in the answer alone.
func vague(a store.Answer) *store.Doubt {
	mended := map[string]string{"title": "vague.title", "target": "vague.target_number", "content": "vague.slogan"}[a.Field]
	for _, key := range vagueness(&store.Session{Answers: []store.Answer{a}}) {
		if strings.HasPrefix(key, mended) {
			return &store.Doubt{Keys: []string{key}}
		}
	}
	return nil
}
