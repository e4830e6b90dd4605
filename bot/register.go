package bot

import (
	"errors"
	"fmt"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// submitRegistration makes a model of a session's answers. It gets its code
// at once and waits for the coordinator.
func (t *turn) submitRegistration(s store.Session) error {
	if s.Subject != 0 {
		return t.resubmit(s)
	}
	m, err := t.modelOf(&s)
	if err != nil {
		return err
	}
	ok, err := t.reaches(m.Unit)
	if err != nil {
		return err
	}
	if !ok || !t.may(registerModels) { // the post changed while the form was open
		return t.refuse(registerModels)
	}
	if m, err = t.tx.PutModel(m); err != nil {
		return err
	}
	if err := t.record("model/"+ref(m.ID), "register", "state", "", m.State); err != nil {
		return err
	}
	return t.await(m, false)
}

// afterRegistration are the buttons under the answer to a registration.
func (t *turn) afterRegistration(m store.Model) [][]store.Button {
	return [][]store.Button{row(
		t.button("button.show_model", pressCard+ref(m.ID), nil),
		t.button("button.register_another", pressNew+forms.RegisterID, nil),
	)}
}

// modelOf makes a new model of a session's answers and gives it its code.
func (t *turn) modelOf(s *store.Session) (store.Model, error) {
	unit := store.UnitCode(flows.Key(s, "unit"))
	campaign, ok, err := t.campaign(unit)
	if err != nil {
		return store.Model{}, err
	}
	if !ok {
		return store.Model{}, fmt.Errorf("no campaign binds unit %s on %s", unit, t.today)
	}
	id, err := t.tx.NewID()
	if err != nil {
		return store.Model{}, err
	}
	code, err := t.newCode(unit)
	if err != nil {
		return store.Model{}, err
	}
	m := store.Model{
		ID: store.ModelID(id), Code: code, Campaign: campaign.ID, Year: t.today.Year, State: store.Waiting,
		By: t.person.ID, Post: t.post.ID, RegisteredAt: t.ev.At,
	}
	t.fill(&m, s)
	return m, nil
}

// fill puts a session's answers into a model.
func (t *turn) fill(m *store.Model, s *store.Session) {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
	m.Unit = store.UnitCode(flows.Key(s, "unit"))
	m.Title, m.Fold = get("title").Text, answer.Fold(get("title").Text)
	m.Kind, m.Registrant = store.RegistrantKind(flows.Key(s, "kind")), get("group").Text+get("person").Text
	m.Field, m.TitleGroup, m.Origin = flows.Key(s, "field"), flows.Key(s, "title_group"), store.Origin(flows.Key(s, "origin"))
	m.Predecessor = store.ModelID(parseRef(flows.Key(s, "predecessor")))
	m.Place, m.Problem, m.Content = get("place").Text, get("problem").Text, get("content").Text
	m.Target, m.Targets = get("target").Text, answer.Figures(get("target").Text)
	m.From, m.To = get("period").From, get("period").To
	m.Contact, m.Phone = get("contact").Text, get("contact").Phone
	m.Partners, m.Resources, m.Output = get("partners").Text, get("resources").Text, get("output").Text
	m.Spread, m.Level, m.Tags, m.Basis = get("spread").Text, flows.Key(s, "level"), get("tags").Keys, get("basis").Text
	m.Vague, m.Distinct = vagueness(s), nil
	for _, other := range s.Known {
		m.Distinct = append(m.Distinct, store.ModelID(other))
	}
}

// newCode numbers a model within its place and year: DVK-30709-2026-0007. An
// organisation counts under the place that it belongs to.
func (t *turn) newCode(unit store.UnitCode) (string, error) {
	for {
		u, err := t.tx.Unit(unit)
		if err != nil {
			return "", err
		}
		if u.Kind.Place() || u.Parent == "" {
			break
		}
		unit = u.Parent
	}
	n, err := t.tx.NextNumber(fmt.Sprintf("code/%s/%d", unit, t.today.Year))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("DVK-%s-%d-%04d", unit, t.today.Year, n), nil
}

// campaign returns the campaign that a unit registers under today: of those
// that bind it the one closest to it, and of these the newest.
func (t *turn) campaign(unit store.UnitCode) (store.Campaign, bool, error) {
	all, err := t.tx.Campaigns()
	if err != nil {
		return store.Campaign{}, false, err
	}
	for {
		var best store.Campaign
		found := false
		for _, c := range all {
			if c.Unit == unit && c.Running(t.today) && (!found || best.From.Before(c.From)) {
				best, found = c, true
			}
		}
		if found || unit == "" {
			return best, found, nil
		}
		u, err := t.tx.Unit(unit)
		if errors.Is(err, store.ErrNotFound) {
			return store.Campaign{}, false, nil
		}
		if err != nil {
			return store.Campaign{}, false, err
		}
		unit = u.Parent
	}
}
