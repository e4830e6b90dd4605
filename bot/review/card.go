package review

import (
	"cmp"
	"slices"
	"strings"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// How much of an answer the card of a check shows; the rest is one tap away.
const (
	checkRunes  = 350
	detailRunes = 120
	sideRunes   = 90 // where two models stand under each other
)

// checkCard is the card by which a coordinator decides.
func (t turn) checkCard(m store.Model) (store.Message, error) {
	a, err := about.Model(t.Turn, m)
	if err != nil {
		return store.Message{}, err
	}
	for _, key := range []string{"Problem", "Target", "Content"} {
		a[key] = text.Shorten(a[key].(string), checkRunes)
	}
	for _, key := range []string{"Partners", "Resources", "Output", "Spread", "Basis"} {
		a[key] = text.Shorten(a[key].(string), detailRunes)
	}
	if a["By"], err = t.registrar(m); err != nil {
		return store.Message{}, err
	}

	switch waitsAs(m) {
	case completionTask:
		return t.completionCard(m, a)
	case proposalTask:
		return t.proposalCard(m, a)
	}
	return t.registrationCard(m, a)
}

// registrar names who registered a model.
func (t turn) registrar(m store.Model) (string, error) {
	if m.Post == "" {
		return "", nil
	}
	return about.Who(t.Turn, m.By, m.Post)
}

func (t turn) registrationCard(m store.Model, a text.Args) (store.Message, error) {
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return store.Message{}, err
	}
	due, left, err := about.CheckLeft(t.Turn, m)
	if err != nil {
		return store.Message{}, err
	}
	a["Due"], a["DaysLeft"], a["DaysOver"] = text.Weekday(due), max(left, 0), max(-left, 0)
	a["Findings"] = t.findings(m)

	a["Mended"], a["MendedFields"], a["MendedOn"] = "", "", ""
	if r, ok := about.LastReturn(reviews); ok {
		a["Mended"], a["MendedFields"], a["MendedOn"] = text.Shorten(r.Reason, detailRunes), about.Questions(t.Turn, r.Fields), r.At
	}
	a["Amended"] = about.Questions(t.Turn, m.Amended)
	if a["Same"], err = t.sameLines(m); err != nil {
		return store.Message{}, err
	}

	return store.Message{Text: t.Text("check.card", a), Buttons: [][]store.Button{
		text.Row(text.Green(about.CheckButton(t.Turn, "check.accept", "accept", m))),
		text.Row(about.CheckButton(t.Turn, "check.return", "return", m), about.CheckButton(t.Turn, "check.merge", "merge", m)),
		text.Row(t.later(m), text.Red(about.CheckButton(t.Turn, "check.reject", "reject", m))),
		text.Row(t.Button("check.full", link.Whole.To(link.Ref(m.ID)), nil)),
	}}, nil
}

// later is a button that leaves a model for the next one in the queue.
func (t turn) later(m store.Model) store.Button {
	return t.Button("button.later", link.Check.To("next."+taskOf(m).String()), nil)
}

func (t turn) completionCard(m store.Model, a text.Args) (store.Message, error) {
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return store.Message{}, err
	}

	a["Last"], a["Day"], a["Lesson"], a["Why"] = "", "", "", ""
	for _, p := range slices.Backward(rows) {
		if p.State == store.Done {
			a["Last"], a["Day"], a["Lesson"], a["Why"] = p, p.Day, text.Shorten(p.Lesson, checkRunes), p.Remark
			if a["By"], err = about.Who(t.Turn, p.By, p.Post); err != nil {
				return store.Message{}, err
			}
			break
		}
	}

	files := len(about.Evidence(rows))
	a["Files"] = files
	more := text.Row(about.CardButton(t.Turn, m))
	if files > 0 {
		more = append(more, t.Button("button.evidence", link.Evidence.To(link.Ref(m.ID)), text.Args{"Count": files}))
	}
	return store.Message{Text: t.Text("check.completion", a), Buttons: [][]store.Button{
		text.Row(text.Green(about.CheckButton(t.Turn, "check.confirm", "confirm", m))),
		text.Row(about.CheckButton(t.Turn, "check.unfinished", "unfinished", m), t.later(m)),
		more,
	}}, nil
}

// proposalCard shows a change of an accepted registration: what it was and what
// it is to be.
func (t turn) proposalCard(m store.Model, a text.Args) (store.Message, error) {
	var err error
	if a["By"], err = about.Who(t.Turn, m.Proposal.By, m.Proposal.Post); err != nil {
		return store.Message{}, err
	}
	a["Lines"], a["Why"] = about.ChangeLines(t.Turn, about.Proposed(t.Turn, m)), m.Proposal.Reason
	return store.Message{Text: t.Text("check.proposal", a), Protect: true, Buttons: [][]store.Button{
		text.Row(text.Green(about.CheckButton(t.Turn, "check.agree", "agree", m))),
		text.Row(about.CheckButton(t.Turn, "check.decline", "decline", m), t.later(m)),
		text.Row(about.CardButton(t.Turn, m)),
	}}, nil
}

// findings names in short what the specificity check misses.
func (t turn) findings(m store.Model) string {
	out := make([]string, len(m.Vague))
	for i, key := range m.Vague {
		out[i] = t.Plain("finding."+strings.TrimPrefix(key, "vague."), nil)
	}
	return strings.Join(out, "; ")
}

// sameLines lists the likely duplicates of a registration.
func (t turn) sameLines(m store.Model) (text.Markup, error) {
	same, err := t.neighbours(m)
	if err != nil {
		return "", err
	}
	lines := make([]text.Args, len(same))
	for i, o := range same {
		lines[i] = text.Args{"Title": o.Title, "Registrant": o.Registrant(), "Unit": t.UnitName(o.Unit), "State": o.State, "Code": o.Code,
			"Other": slices.Contains(m.Distinct, o.ID)}
	}
	return t.Lines("check.same", lines), nil
}

// alike is how similar two titles must be to be shown to a coordinator: less
// than officers are asked about, as who checks only looks at them.
const alike = 0.65

// neighbours finds models that may be the same as one: of its unit, or of
// another one in the same place (domain.md §7.23), the likeliest first.
func (t turn) neighbours(m store.Model) ([]store.Model, error) {
	heads, err := t.Heads(store.ModelQuery{In: t.Org.Commune(m.Unit), States: store.StatesThat(store.State.Stands)})
	if err != nil {
		return nil, err
	}

	score := map[store.ModelID]float64{}
	heads = about.Within(t.Turn, heads)
	heads = slices.DeleteFunc(heads, func(h store.Head) bool {
		score[h.ID] = answer.Similar(m.Title, h.Title)
		return h.ID == m.ID || h.ID == m.Predecessor || score[h.ID] < alike
	})
	slices.SortStableFunc(heads, func(a, b store.Head) int { return cmp.Compare(score[b.ID], score[a.ID]) })

	out := make([]store.Model, 0, about.MostSame)
	for _, h := range heads {
		if len(out) == about.MostSame {
			break
		}
		o, err := t.Tx.Model(h.ID)
		if err != nil {
			return nil, err
		}
		if o.State.Stands() { // the turn may just have rejected it
			out = append(out, o)
		}
	}
	return out, nil
}
