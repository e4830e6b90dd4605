package bot

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"danvan/flows/forms"
	"danvan/store"
)

// checkDays is how many working days a check may take where the campaign does
// not say.
const checkDays = 7

// decidedFrom says in which states of a model a coordinator may decide what
// (domain.md §4.3), by the verb of its button. Of what is done only an
// unconfirmed completion is open.
var decidedFrom = map[string][]store.State{
	"accept":           {store.Waiting},
	forms.ReturnID:     {store.Waiting},
	forms.RejectID:     {store.Waiting},
	"confirm":          {store.Done},
	forms.UnfinishedID: {store.Done},
	forms.MergeID:      {store.Waiting, store.Returned, store.Accepted, store.Doing, store.Paused},
	"unmerge":          {store.Merged},
}

// decidable says whether something can be decided on a model as it is now.
func decidable(m store.Model, verb string) bool {
	return slices.Contains(decidedFrom[verb], m.State) && (m.State != store.Done || m.Unchecked())
}

// checkerOf finds the post that checks a model: the one that returned it, as
// long as somebody holds it, or the coordinator's nearest to the unit, upwards.
// Who gets no messages is passed over while there is anybody else. False means
// that nobody checks here.
func (t *turn) checkerOf(m store.Model) (store.Post, bool, error) {
	var silent store.Post // who would check, but hears of nothing
	var posts []store.Post
	if m.Checker != "" {
		post, err := t.tx.Post(m.Checker)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return post, false, err
		}
		posts = append(posts, post)
	}
	for unit := m.Unit; ; {
		here, err := t.tx.PostsAt(unit)
		if err != nil {
			return store.Post{}, false, err
		}
		for _, p := range append(posts, here...) {
			checks, hears, err := t.checks(p, m)
			switch {
			case err != nil || hears:
				return p, hears, err
			case checks && silent.ID == "":
				silent = p
			}
		}
		if unit == "" {
			return silent, silent.ID != "", nil
		}
		u, err := t.tx.Unit(unit)
		if err != nil {
			return store.Post{}, false, err
		}
		unit, posts = u.Parent, nil
	}
}

// checks says whether somebody holds a post that may check a model, and
// whether they get messages.
func (t *turn) checks(p store.Post, m store.Model) (checks, hears bool, err error) {
	if p.Holder == 0 {
		return false, false, nil
	}
	if checks, err = t.postMay(p, checkModels, m); !checks || err != nil {
		return checks, false, err
	}
	who, err := t.tx.Person(p.Holder)
	return true, err == nil && who.Unreachable.IsZero(), err
}

// await sends a registration to who checks it and says by when an answer is
// due; where nobody checks, it is accepted at once and that is said.
func (t *turn) await(m store.Model, again bool) error {
	checker, ok, err := t.checkerOf(m)
	if err != nil {
		return err
	}
	if !ok {
		if m, err = t.step(m, store.Review{Verdict: store.AcceptVerdict, State: store.Accepted}); err != nil {
			return err
		}
		return t.offer("register.accepted", args{"Code": m.Code, "Title": m.Title}, t.afterRegistration(m))
	}
	due, err := t.checkDue(m, t.today)
	if err != nil {
		return err
	}
	buttons := t.afterRegistration(m)
	if checker.ID == t.post.ID {
		buttons = append(buttons, row(green(t.button("check.open", pressCheck+"open."+fence(m), nil))))
	} else if err := t.tellChecker(checker, m); err != nil {
		return err
	}
	return t.offer("register.done", args{"Code": m.Code, "Title": m.Title, "Again": again, "Due": weekday(due)}, buttons)
}

// awaitConfirmation sends a completion to who confirms it. Where nobody does
// it stands as it is.
func (t *turn) awaitConfirmation(m store.Model) (store.Model, error) {
	checker, ok, err := t.checkerOf(m)
	switch {
	case err != nil:
		return m, err
	case !ok:
		m.ConfirmedAt = t.ev.At
		return t.step(m, store.Review{Verdict: store.ConfirmVerdict, State: store.Done})
	case checker.ID == t.post.ID:
		return m, nil
	}
	return m, t.tellChecker(checker, m)
}

// step records a step of a model's check and moves the model on. Nobody is
// the one who decides where nobody checks.
func (t *turn) step(m store.Model, r store.Review) (store.Model, error) {
	id, err := t.tx.NewID()
	if err != nil {
		return m, err
	}
	r.ID, r.Model, r.Was, r.At = store.ReviewID(id), m.ID, m.State, t.ev.At
	if err := t.tx.AddReview(r); err != nil {
		return m, err
	}
	if id, err = t.tx.NewID(); err != nil {
		return m, err
	}
	if err := t.tx.AddAudit(store.Audit{
		ID: id, At: t.ev.At, Who: r.By, Post: r.Post, Subject: "model/" + ref(m.ID), Action: string(r.Verdict),
		Field: "state", Old: string(m.State), New: string(r.State),
	}); err != nil {
		return m, err
	}
	m.State = r.State
	return t.tx.PutModel(m)
}

// decide is step by the person whose turn it is.
func (t *turn) decide(m store.Model, r store.Review) (store.Model, error) {
	r.By, r.Post = t.person.ID, t.post.ID
	return t.step(m, r)
}

// checkDue is the day until which a check may take that came in on a day.
func (t *turn) checkDue(m store.Model, since store.Date) (store.Date, error) {
	c, err := t.tx.Campaign(m.Campaign)
	if err != nil {
		return store.Date{}, err
	}
	cal, err := t.calendar()
	if err != nil {
		return store.Date{}, err
	}
	return cal.AddWorking(since, cmp.Or(c.CheckDays, checkDays)), nil
}

// day is the day of an instant in the house's time zone.
func (t *turn) day(at time.Time) store.Date { return store.DateOf(at.In(t.Zone)) }

// fence writes a model's id and revision as the buttons of a decision carry
// them: once the model has changed, they decide nothing.
func fence(m store.Model) string { return ref(m.ID) + "." + ref(m.Revision) }
