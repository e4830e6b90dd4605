package register

import (
	"fmt"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store"
)

// register makes a model of a session's answers. It gets its code at once and
// waits for the coordinator.
func (t turn) register(s store.Session) error {
	m, err := t.modelOf(&s)
	if err != nil {
		return err
	}
	if !t.Reaches(m.Unit) || !t.May(access.RegisterModels) { // the post changed while the form was open
		return t.Refuse(access.RegisterModels)
	}

	if m, err = t.Tx.PutModel(m); err != nil {
		return err
	}
	if err := t.Record(subject(m), "register", "state", "", m.State); err != nil {
		return err
	}
	return t.Follow(link.Await, link.Ref(m.ID))
}

// modelOf makes a new model of a session's answers and gives it its code.
func (t turn) modelOf(s *store.Session) (store.Model, error) {
	unit := t.Org.Heir(unitOf(s)) // nobody registers in a unit that has ended
	campaigns, err := t.campaignsOf(s)
	if err != nil {
		return store.Model{}, err
	}
	if len(campaigns) == 0 {
		return store.Model{}, fmt.Errorf("no campaign binds unit %s on %s", unit, t.Today)
	}
	id, err := t.Tx.NewID()
	if err != nil {
		return store.Model{}, err
	}
	code, err := about.NewCode(t.Tx, t.Org, unit, t.Today.Year)
	if err != nil {
		return store.Model{}, err
	}

	m := store.Model{
		ID: store.ModelID(id), Code: code, Year: t.Today.Year,
		State: store.Waiting,
		By:    t.Person.ID, Post: t.Post.ID, RegisteredAt: t.Event.At,
	}
	for _, c := range campaigns {
		m.Entries = append(m.Entries, store.Entry{Campaign: c.ID})
	}
	fill(&m, s)
	m.Unit = unit
	return m, nil
}
