package progress

import (
	"slices"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// begin opens the update form for a model, at what has happened if that is known,
// and for a report if it is one's card that it is begun from.
func (t turn) begin(m store.Model, news store.Move, report string) error {
	if ok, err := t.mayUpdate(m); !ok || err != nil {
		return err
	}
	return t.Begin(forms.UpdateID, func(s *store.Session) {
		aimAt(s, m)
		if s.Report = report; m.Allows(news) {
			s.Answers = append(s.Answers, store.Answer{Field: "news", Keys: []string{string(news)}})
		}
	})
}

// beginWith begins an update with a photo or file that came while nothing was
// asked, and asks which of the latest models it is about.
func (t turn) beginWith(in flows.Input) error {
	switch {
	case !t.May(access.UpdateModels):
		return t.Tell("idle.nothing_open", nil)
	case in.TooBig:
		return t.Tell("wrong.too_big", nil)
	case in.File.IsProgram():
		return t.Tell("wrong.program", nil)
	}
	found, err := about.ModelOptions(t.Turn, updatable(t.Turn), flows.Ask{Limit: 1})
	if err != nil {
		return err
	}
	if found.Total == 0 {
		return t.Tell("update.no_model", nil)
	}

	id, err := t.Tx.NewID()
	if err != nil {
		return err
	}
	return t.Start(store.Session{
		ID: store.SessionID(id), Post: t.Post.ID, Person: t.Person.ID, Form: forms.UpdateID, Created: t.Event.At, Touched: t.Event.At,
		Aside: []store.Answer{{Field: "evidence", Evidence: []store.Evidence{in.File}}},
	}, flows.Notice{Key: "form.file_kept", Args: text.Args{"Count": 1}})
}

// aimAt makes a session one about a model.
func aimAt(s *store.Session, m store.Model) {
	about.Choose(s, m)
	s.Answers = append(s.Answers, store.Answer{Field: "model", Keys: []string{link.Ref(m.ID)}, Given: true})
}

// mayReport reports whether a model is the post's to write about, and says why not.
func (t turn) mayReport(m store.Model) (bool, error) {
	switch {
	case !t.MayWith(access.UpdateModels, m):
		return false, t.Refuse(access.UpdateModels)
	case m.State == store.Merged:
		return false, t.pointOn(m)
	}
	return true, nil
}

// mayUpdate reports whether a model can be reported on now, and says why not.
func (t turn) mayUpdate(m store.Model) (bool, error) {
	if ok, err := t.mayReport(m); !ok || err != nil {
		return false, err
	}
	if m.State == store.Returned {
		return false, t.askToComplete(m)
	}
	if !m.State.TakesNews() {
		return false, t.Tell("update.closed", text.Args{"Title": m.Title, "State": m.State})
	}
	return true, nil
}

// nothingNew records, in one tap, that a model has nothing new: "model.revision".
// A second tap finds the model changed by the first, and changes nothing.
func (t turn) nothingNew(rest string) error {
	model, revision, _ := strings.Cut(rest, ".")
	return bot.OnModel(func(b *bot.Turn, m store.Model) error {
		t := turn{b}
		if link.ID(revision) != m.Revision {
			return t.Toast("press.closed", nil)
		}
		if ok, err := t.mayUpdate(m); !ok || err != nil {
			return err
		}
		return t.addProgress(m, store.Progress{Nothing: true, State: m.State, Day: t.Today}, "")
	})(t.Turn, model)
}

// submit appends the update that a session has gathered.
func (t turn) submit(s store.Session) error {
	m, err := about.Subject(t.Turn, &s)
	if err != nil {
		return err
	}
	may := t.mayUpdate
	if s.Corrects != 0 {
		may = t.mayReport // the updates of a closed model can still be put right
	}
	if ok, err := may(m); !ok || err != nil {
		return err
	}

	p, from := progressOf(&s), m.State
	if p.Corrects = store.ProgressID(s.Corrects); p.Corrects != 0 {
		if from, err = t.stateBefore(m, p.Corrects); err != nil {
			return err
		}
	}
	p.State, _ = from.After(store.Move(flows.Key(&s, "news")))
	if err := t.recordOdd("model/"+link.Ref(m.ID), &s); err != nil {
		return err
	}
	if p.Day.IsZero() {
		if p.Day, err = t.dayFor(&s); err != nil {
			return err
		}
	}
	return t.addProgress(m, p, s.Report)
}

// progressOf reads an update out of a session's answers.
func progressOf(s *store.Session) store.Progress {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
	p := store.Progress{
		Nothing: flows.Key(s, "news") == string(store.MoveNothing),
		Day:     get("day").From,
		Reason:  flows.Key(s, "reason"), Remark: get("remark").Text,
		Results: get("results").Amounts, Basis: store.Basis(flows.Key(s, "basis")),
		Money: get("money").Money, Evidence: get("evidence").Evidence,
		Difficulty: get("difficulty").Text, Lesson: get("lesson").Text, Feedback: get("feedback").Text,
		Correction: get("correction").Text,
	}

	if len(p.Money) == 0 { // it may be told among the results
		p.Money = get("results").Money
	}
	if p.Remark == "" {
		p.Remark = get("unproven").Text
	}

	p.Evidence = slices.Clone(p.Evidence)
	for i := range p.Evidence {
		if e := &p.Evidence[i]; e.Pictures() {
			e.Faces = store.Faces(flows.Key(s, "faces"))
		}
	}
	return p
}

// empty reports whether an update shows and tells nothing that was done.
func empty(p store.Progress) bool { return len(p.Results)+len(p.Money)+len(p.Evidence) == 0 }

// addProgress appends an update, moves the model on and confirms it, with the way
// back to the report that it was told for.
func (t turn) addProgress(m store.Model, p store.Progress, report string) error {
	id, err := t.Tx.NewID()
	if err != nil {
		return err
	}
	p.ID, p.Model, p.At, p.By, p.Post, p.Was = store.ProgressID(id), m.ID, t.Event.At, t.Person.ID, t.Post.ID, m.State
	if err := t.Tx.AddProgress(p); err != nil {
		return err
	}

	if p.State != m.State {
		if err := t.Record("model/"+link.Ref(m.ID), "state", "state", m.State, p.State); err != nil {
			return err
		}
		m.Reason, m.Remark = p.Reason, p.Remark
	}

	completed := p.State == store.Done && m.State != store.Done
	if p.State != store.Done {
		m.ConfirmedAt = time.Time{}
	}
	m.State, m.ProgressAt = p.State, t.Event.At
	if m, err = t.Tx.PutModel(m); err != nil {
		return err
	}

	if completed { // somebody else may confirm it, and then it is another one
		if err := t.Follow(link.Confirm, link.Ref(m.ID)); err != nil {
			return err
		}
		if m, err = t.Tx.Model(m.ID); err != nil {
			return err
		}
	}

	key := "update.done"
	if p.Nothing {
		key = "update.done_nothing"
	}
	total, err := t.soFar(m, p)
	if err != nil {
		return err
	}
	counts, err := t.counted(m, p.Day, report, true)
	if err != nil {
		return err
	}
	return t.Offer(key, text.Args{
		"Code": m.Code, "Title": m.Title, "Progress": p, "State": m.State, "Unconfirmed": completed && m.Unconfirmed(), "Total": total,
		"Counts": text.Markup(counts),
	}, t.after(m, report))
}

// askToComplete answers who reports on a returned registration: it is to be
// completed first.
func (t turn) askToComplete(m store.Model) error {
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	last, _ := about.LastReturn(reviews)
	return t.Offer("mend.first", text.Args{"Title": m.Title, "Reason": last.Reason},
		[][]store.Button{text.Row(text.Green(about.ResubmitButton(t.Turn, m, len(last.Fields))))})
}

// pointOn tells who writes about a merged model where it went.
func (t turn) pointOn(m store.Model) error {
	into, err := t.Tx.Model(m.Into)
	if err != nil {
		return err
	}
	return t.Offer("update.merged", about.Pair(m, into),
		[][]store.Button{text.Row(t.Button("merge.show_into", link.Card.To(link.Ref(into.ID)), nil))})
}
