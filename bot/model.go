package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/store"
)

// showModel shows the card of a model: what it is, where it stands, what can
// be done with it.
func (t *turn) showModel(m store.Model, inPlace bool) error {
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return err
	}
	a, err := t.modelArgs(m)
	if err != nil {
		return err
	}
	files := len(evidence(rows))
	a["Files"], a["Updates"] = files, len(rows)
	if n := len(rows); n > 0 {
		a["Last"] = rows[n-1]
	}
	id := ref(m.ID)
	buttons, err := t.standingOf(m, a)
	if err != nil {
		return err
	}
	if ok, err := t.mayWith(updateModels, m); err != nil {
		return err
	} else if ok && len(moves[m.State]) > 0 {
		buttons = append(buttons, row(
			green(t.button("button.update", pressUpdate+id, nil)), t.button("button.nothing_new", pressSilent+id+"."+ref(m.Revision), nil)))
	}
	more := row(t.button("button.registration", pressFull+id, nil))
	if len(rows) > 0 {
		more = append(more, t.button("button.history", pressHistory+id, args{"Count": len(rows)}))
	}
	buttons = append(buttons, more)
	if files > 0 {
		buttons = append(buttons, row(t.button("button.evidence", pressEvidence+id, args{"Count": files})))
	}
	if inPlace && t.person.View.Revision > 0 {
		buttons = append(buttons, row(t.button("list.back", t.listData("page="+strconv.Itoa(t.person.View.Page)), nil)))
	}
	return t.show(store.Message{Text: t.text("model.card", a), Buttons: buttons}, inPlace)
}

// modelArgs are the facts about a model that its texts use.
func (t *turn) modelArgs(m store.Model) (args, error) {
	unit, err := t.unit(m.Unit)
	if err != nil {
		return nil, err
	}
	c, err := t.tx.Campaign(m.Campaign)
	if err != nil {
		return nil, fmt.Errorf("campaign of model %s: %w", m.Code, err)
	}
	a := args{
		"Code": m.Code, "Title": m.Title, "State": m.State, "Unit": unit, "Registrant": m.Registrant, "Kind": m.Kind,
		"Field": t.optionLabel(c.Fields, m.Field), "TitleGroup": t.optionLabel(c.Titles, m.TitleGroup), "Origin": m.Origin,
		"Place": m.Place, "Problem": m.Problem, "Target": m.Target, "Content": m.Content, "From": m.From, "To": m.To,
		"Contact": m.Contact, "Partners": m.Partners, "Resources": m.Resources, "Output": m.Output, "Spread": m.Spread,
		"Basis": m.Basis, "Campaign": c.Name.In(t.lang()), "Document": c.Document, "Registered": m.RegisteredAt,
		"Reason": m.Reason, "Remark": m.Remark, "Vague": len(m.Vague),
	}
	if m.Level != "" {
		a["Level"] = t.optionLabel(c.Levels, m.Level)
	}
	tags := make([]string, len(m.Tags))
	for i, key := range m.Tags {
		tags[i] = t.optionLabel(c.Tags, key)
	}
	a["Tags"] = strings.Join(tags, ", ")
	ok, err := t.mayWith(seePhones, m)
	if ok {
		a["Phone"] = phone(m.Phone)
	}
	return a, err
}

func (t *turn) optionLabel(options []store.Option, key string) string {
	for _, o := range options {
		if o.Key == key {
			return o.Label.In(t.lang())
		}
	}
	return key
}

// showRegistration shows everything that was registered, in a message that
// cannot be forwarded: it has a phone number in it.
func (t *turn) showRegistration(m store.Model) error {
	a, err := t.modelArgs(m)
	if err != nil {
		return err
	}
	_, err = t.send(store.Message{Text: t.text("model.registration", a), Protect: true})
	return err
}

// historyPage is how many updates a history shows.
const historyPage = 8

// showHistory lists a model's updates, the newest first, each behind its
// number.
func (t *turn) showHistory(m store.Model) error {
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return err
	}
	slices.Reverse(rows)
	corrected := corrections(rows)
	shown := rows[:min(len(rows), historyPage)]
	lines := make([]args, len(shown))
	numbers := make([]store.Button, len(shown))
	for i, p := range shown {
		lines[i] = args{"N": i + 1, "Progress": p, "Day": p.Day, "State": p.State, "Files": len(p.Evidence),
			"Corrected": corrected[p.ID], "Corrects": p.Corrects != 0}
		numbers[i] = store.Button{Text: strconv.Itoa(i + 1), Data: pressRow + ref(m.ID) + "." + ref(p.ID)}
	}
	buttons := append(inRows(numbers, 4), row(t.button("button.back_to_model", pressModel+ref(m.ID), nil)))
	return t.show(store.Message{
		Text: t.text("history.card", args{
			"Title": m.Title, "Code": m.Code, "Lines": t.lines("history.line", lines),
			"Of": len(rows), "Earlier": len(rows) - len(shown),
		}),
		Buttons: buttons,
	}, true)
}

// corrections tells which updates a later one puts right.
func corrections(rows []store.Progress) map[store.ProgressID]bool {
	out := map[store.ProgressID]bool{}
	for _, p := range rows {
		if p.Corrects != 0 {
			out[p.Corrects] = true
		}
	}
	return out
}

// showProgress shows one update in full.
func (t *turn) showProgress(rest string) error {
	m, p, ok, err := t.progress(rest, viewModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.not_yours", nil)
	}
	back := row(t.button("button.back_to_history", pressHistory+ref(m.ID), nil))
	buttons := [][]store.Button{back}
	if ok, err := t.mayWith(updateModels, m); err != nil {
		return err
	} else if ok {
		buttons = [][]store.Button{row(t.button("button.correct", pressCorrect+ref(m.ID)+"."+ref(p.ID), nil)), back}
	}
	return t.show(store.Message{
		Text: t.text("history.row", args{
			"Title": m.Title, "Code": m.Code, "Progress": p, "Day": p.Day, "State": p.State, "Files": len(p.Evidence),
			"Reason": p.Reason, "Remark": p.Remark, "Difficulty": p.Difficulty, "Lesson": p.Lesson, "Feedback": p.Feedback,
			"Correction": p.Correction, "When": p.At,
		}),
		Buttons: buttons,
	}, true)
}

// showEvidence sends a model's photos and files, as albums where it can.
func (t *turn) showEvidence(m store.Model) error {
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return err
	}
	files := evidence(rows)
	if len(files) == 0 {
		return t.toast("model.no_evidence", nil)
	}
	_, err = t.send(store.Message{Kind: store.Show, Evidence: files})
	return err
}

// evidence gathers what the updates show, leaving out those put right later.
func evidence(rows []store.Progress) []store.Evidence {
	corrected := corrections(rows)
	var out []store.Evidence
	for _, p := range rows {
		if !corrected[p.ID] {
			out = append(out, p.Evidence...)
		}
	}
	return out
}
