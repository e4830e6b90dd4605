package bot

import (
	"cmp"
	"slices"
	"strings"

	"danvan/flows/answer"
	"danvan/store"
)

// How much of an answer the card of a check shows; the rest is one tap away.
const (
	checkRunes  = 350
	detailRunes = 120
)

// checkCard is the card by which a coordinator decides.
func (t *turn) checkCard(m store.Model) (store.Message, error) {
	a, err := t.modelArgs(m)
	if err != nil {
		return store.Message{}, err
	}
	for _, key := range []string{"Problem", "Target", "Content"} {
		a[key] = shorten(a[key].(string), checkRunes)
	}
	for _, key := range []string{"Partners", "Resources", "Output", "Spread", "Basis"} {
		a[key] = shorten(a[key].(string), detailRunes)
	}
	if a["By"], err = t.registrar(m); err != nil {
		return store.Message{}, err
	}
	if m.State == store.Done {
		return t.completionCard(m, a)
	}
	return t.registrationCard(m, a)
}

// registrar names who registered a model.
func (t *turn) registrar(m store.Model) (string, error) {
	if m.Post == "" {
		return "", nil
	}
	return t.whoIs(m.By, m.Post)
}

func (t *turn) registrationCard(m store.Model, a args) (store.Message, error) {
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return store.Message{}, err
	}
	due, left, err := t.checkLeft(m, reviews)
	if err != nil {
		return store.Message{}, err
	}
	a["Due"], a["DaysLeft"], a["DaysOver"] = weekday(due), max(left, 0), max(-left, 0)
	a["Findings"] = t.findings(m)
	a["Mended"], a["MendedFields"], a["MendedOn"] = "", "", ""
	if r, ok := lastReturn(reviews); ok {
		a["Mended"], a["MendedFields"], a["MendedOn"] = shorten(r.Reason, detailRunes), t.fieldNames(r.Fields), r.At
	}
	if a["Same"], err = t.sameLines(m); err != nil {
		return store.Message{}, err
	}
	verb := func(key, verb string) store.Button { return t.button(key, pressCheck+verb+"."+fence(m), nil) }
	return store.Message{Text: t.text("check.card", a), Buttons: [][]store.Button{
		row(green(verb("check.accept", "accept"))),
		row(verb("check.return", "return"), verb("check.merge", "merge")),
		row(t.button("button.later", pressCheck+"next."+taskOf(m, m.State).String(), nil), red(verb("check.reject", "reject"))),
		row(t.button("check.full", pressFull+ref(m.ID), nil)),
	}}, nil
}

func (t *turn) completionCard(m store.Model, a args) (store.Message, error) {
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return store.Message{}, err
	}
	a["Last"], a["Day"], a["Lesson"], a["Why"] = "", "", "", ""
	for _, p := range slices.Backward(rows) {
		if p.State == store.Done {
			a["Last"], a["Day"], a["Lesson"], a["Why"] = p, p.Day, shorten(p.Lesson, checkRunes), p.Remark
			if a["By"], err = t.whoIs(p.By, p.Post); err != nil {
				return store.Message{}, err
			}
			break
		}
	}
	files := len(evidence(rows))
	a["Files"] = files
	more := row(t.button("button.show_model", pressCard+ref(m.ID), nil))
	if files > 0 {
		more = append(more, t.button("button.evidence", pressEvidence+ref(m.ID), args{"Count": files}))
	}
	return store.Message{Text: t.text("check.completion", a), Buttons: [][]store.Button{
		row(green(t.button("check.confirm", pressCheck+"confirm."+fence(m), nil))),
		row(t.button("check.unfinished", pressCheck+"unfinished."+fence(m), nil),
			t.button("button.later", pressCheck+"next."+taskOf(m, m.State).String(), nil)),
		more,
	}}, nil
}

// checkLeft is by when a registration is to be answered, and how many working
// days are left until then.
func (t *turn) checkLeft(m store.Model, reviews []store.Review) (due store.Date, left int, err error) {
	since := m.RegisteredAt
	for _, r := range reviews {
		if r.Verdict == store.ResubmitVerdict {
			since = r.At
		}
	}
	if due, err = t.checkDue(m, t.day(since)); err != nil {
		return due, 0, err
	}
	cal, err := t.calendar()
	if err != nil {
		return due, 0, err
	}
	return due, cal.WorkingBetween(t.today, due), nil
}

// lastReturn is the last time that a registration was returned.
func lastReturn(reviews []store.Review) (store.Review, bool) {
	for _, r := range slices.Backward(reviews) {
		if r.Verdict == store.ReturnVerdict && r.State == store.Returned {
			return r, true
		}
	}
	return store.Review{}, false
}

// findings names in short what the specificity check misses.
func (t *turn) findings(m store.Model) string {
	out := make([]string, len(m.Vague))
	for i, key := range m.Vague {
		out[i] = t.plain("finding."+strings.TrimPrefix(key, "vague."), nil)
	}
	return strings.Join(out, "; ")
}

// sameLines lists the likely duplicates of a registration.
func (t *turn) sameLines(m store.Model) (markup, error) {
	same, err := t.neighbours(m)
	if err != nil {
		return "", err
	}
	lines := make([]args, len(same))
	for i, o := range same {
		unit, err := t.unit(o.Unit)
		if err != nil {
			return "", err
		}
		lines[i] = args{"Title": o.Title, "Registrant": o.Registrant, "Unit": unit, "State": o.State, "Code": o.Code,
			"Other": slices.Contains(m.Distinct, o.ID)}
	}
	return t.lines("check.same", lines), nil
}

// alike is how similar two titles must be to be shown to a coordinator: less
// than officers are asked about, as who checks only looks at them.
const alike = 0.65

// neighbours finds models that may be the same as one: of its unit, or of
// another one in the same place (domain.md §7.23), the likeliest first.
func (t *turn) neighbours(m store.Model) ([]store.Model, error) {
	units, err := t.vicinity(m.Unit)
	if err != nil {
		return nil, err
	}
	heads, err := t.tx.Heads(store.ModelQuery{Units: units, States: standing})
	if err != nil {
		return nil, err
	}
	score := map[store.ModelID]float64{}
	heads = slices.DeleteFunc(heads, func(h store.Head) bool {
		score[h.ID] = answer.Similar(m.Title, h.Title)
		return h.ID == m.ID || h.ID == m.Predecessor || score[h.ID] < alike
	})
	slices.SortStableFunc(heads, func(a, b store.Head) int { return cmp.Compare(score[b.ID], score[a.ID]) })
	out := make([]store.Model, 0, maxSame)
	for _, h := range heads[:min(len(heads), maxSame)] {
		o, err := t.tx.Model(h.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// standing are the states of the models that a registration may repeat.
var standing = []store.State{store.Waiting, store.Returned, store.Accepted, store.Doing, store.Paused, store.Done}

// vicinity lists the units of the commune that a unit is or belongs to, all
// of which may register the same model; the unit alone where it is above the
// communes.
func (t *turn) vicinity(code store.UnitCode) ([]store.UnitCode, error) {
	for at := code; at != ""; {
		u, err := t.tx.Unit(at)
		if err != nil {
			return nil, err
		}
		switch u.Kind {
		case store.Commune, store.Ward, store.SpecialZone:
			units, err := below(t.tx, at)
			return append(units, at), err
		case store.Organisation:
			at = u.Parent
		default:
			return []store.UnitCode{code}, nil
		}
	}
	return []store.UnitCode{code}, nil
}

// fieldNames names the questions of a registration, in their order.
func (t *turn) fieldNames(fields []string) string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = t.plain("register."+f+".label", nil)
	}
	return strings.Join(out, ", ")
}
