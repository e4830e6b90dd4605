package about

import (
	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// Matter is a report that somebody is reminded of.
type Matter struct {
	store.Matter
	Obligation
	Deputy bool // the person stands in for the post's holder
}

// Due looks up what is behind a matter, or says why it is none any more: a key
// of the ledger.
func Due(t *bot.Turn, m store.Matter) (out Matter, why string, err error) {
	post, _ := t.Org.Seat(m.Post)
	if !org.StandsFor(post, t.Person.ID, t.Event.At) {
		return Matter{}, deadline.SkipMoved, nil
	}
	o, ok, err := Owed(t, m.Unit, m.Period)
	if err != nil {
		return Matter{}, "", err
	}
	if !ok {
		return Matter{}, deadline.OwesNothing, nil
	}

	why, over := o.Settled(t.Event.At), o.Over(t.Event.At) && m.Rule != deadline.Nudge && m.Rule != deadline.Escalate
	switch {
	case over && (why == "" || why == deadline.OnPaper):
		why = deadline.SkipLate
	case m.Rule == deadline.Confirm && why != deadline.OnPaper:
		why = deadline.SkipAnswered
	case why == deadline.OnPaper && (m.Rule == deadline.Escalate || m.Rule == deadline.Confirm):
		why = "" // who is above is told that it is not confirmed yet
	}
	return Matter{m, o, post.Holder != t.Person.ID}, why, nil
}

// Dropped says why a matter is none any more (bot.Reminder).
func Dropped(t *bot.Turn, m store.Matter) (string, error) {
	_, why, err := Due(t, m)
	return why, err
}

// AllDue looks up what is behind some matters, of which none was dropped.
func AllDue(t *bot.Turn, list []store.Matter) ([]Matter, error) {
	out := make([]Matter, len(list))
	for i, m := range list {
		var err error
		if out[i], _, err = Due(t, m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// OnObligation answers for a form about a unit's report, "duty" among its
// answers, what such forms answer alike.
type OnObligation struct{ Basic }

// Of returns the obligation that a session is about; false when it is none any
// more.
func Of(t *bot.Turn, s *store.Session) (Obligation, bool, error) {
	return Named(t, flows.Key(s, "duty"))
}

// Options offers the report that the form is about.
func (f OnObligation) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	if st.Source == "" {
		return f.Basic.Options(t, s, st, ask)
	}
	o, ok, err := Of(t, s)
	if err != nil || !ok {
		return flows.Options{}, err
	}
	return flows.Among([]flows.Option{{Key: o.Link(), Label: flows.Label{Text: t.Plain("report.name", o.Args(t))}}}, ask), nil
}

// args are what the form's texts say of the report; none when it is gone.
func (f OnObligation) args(t *bot.Turn, s *store.Session) (text.Args, error) {
	o, ok, err := Of(t, s)
	if err != nil || !ok {
		return nil, err
	}
	a := o.Args(t)
	a["Kind"] = flows.Key(s, "kind")
	return a, nil
}

// Head names the report.
func (f OnObligation) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	a, err := f.args(t, s)
	if err != nil || a == nil {
		return "", err
	}
	a["N"], a["Of"] = q.N, q.Of
	return t.Text(f.Basic.Of.ID+".head", a), nil
}

// ReviewHead names the report.
func (f OnObligation) ReviewHead(t *bot.Turn, s *store.Session) (string, error) {
	a, err := f.args(t, s)
	return t.Text(f.Basic.Of.ID+".review", a), err
}

// Name is the report's.
func (f OnObligation) Name(t *bot.Turn, s *store.Session) (string, error) {
	a, err := f.args(t, s)
	if err != nil || a == nil {
		return t.FormName(f.Basic.Of.ID), err
	}
	return t.Plain("draft.remarks", a), nil
}
