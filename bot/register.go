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
	return t.offer("register.done", args{"Code": m.Code, "Title": m.Title}, [][]store.Button{row(
		t.button("button.show_model", pressCard+ref(m.ID), nil),
		t.button("button.register_another", pressNew+forms.RegisterID, nil),
	)})
}

// modelOf reads a model out of a session's answers and gives it its code.
func (t *turn) modelOf(s *store.Session) (store.Model, error) {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
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
		ID: store.ModelID(id), Code: code, Unit: unit, Campaign: campaign.ID, Year: t.today.Year,
		Title: get("title").Text, Fold: answer.Fold(get("title").Text),
		Kind: store.RegistrantKind(flows.Key(s, "kind")), Registrant: get("group").Text + get("person").Text,
		Field: flows.Key(s, "field"), TitleGroup: flows.Key(s, "title_group"), Origin: store.Origin(flows.Key(s, "origin")),
		Predecessor: store.ModelID(parseRef(flows.Key(s, "predecessor"))),
		Place:       get("place").Text, Problem: get("problem").Text,
		Target: get("target").Text, Targets: answer.Figures(get("target").Text), Content: get("content").Text,
		From: get("period").From, To: get("period").To, Contact: get("contact").Text, Phone: get("contact").Phone,
		Partners: get("partners").Text, Resources: get("resources").Text, Output: get("output").Text,
		Spread: get("spread").Text, Level: flows.Key(s, "level"), Tags: get("tags").Keys, Basis: get("basis").Text,
		State: store.Waiting, Vague: vagueness(s),
		By: t.person.ID, Post: t.post.ID, RegisteredAt: t.ev.At,
	}
	for _, other := range s.Known {
		m.Distinct = append(m.Distinct, store.ModelID(other))
	}
	return m, nil
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
