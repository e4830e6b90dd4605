package models

import (
	"errors"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// standingOf puts on a model's card where its check stands, and returns what
// can be done about it.
func (t turn) standingOf(m store.Model, a text.Args) ([][]store.Button, error) {
	a["Check"], a["Absorbed"] = text.Markup(""), text.Markup("")
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return nil, err
	}

	buttons, err := t.absorbedOn(m, a)
	if err != nil {
		return nil, err
	}

	if a["Check"], err = t.checkLine(m, reviews); err != nil {
		return nil, err
	}
	return append(t.checkButtons(m, reviews), buttons...), nil
}

// checkLine says where the check of a model stands, where there is more to
// say than its state.
func (t turn) checkLine(m store.Model, reviews []store.Review) (text.Markup, error) {
	var last store.Review
	if len(reviews) > 0 {
		last = reviews[len(reviews)-1]
	}

	switch m.State {
	case store.Waiting:
		due, left, err := about.CheckLeft(t.Turn, m)
		if err != nil {
			return "", err
		}
		checker, ok, err := about.Checker(t.Turn, m)
		return text.Markup(t.Text("model.waiting", text.Args{
			"Due": text.Weekday(due), "DaysOver": max(-left, 0), "Nobody": !ok, "Who": text.Capital(t.ShortPostName(checker)),
		})), err
	case store.Returned:
		return text.Markup(t.Text("model.returned", text.Args{"Reason": last.Reason, "Names": about.Questions(t.Turn, last.Fields)})), nil

	case store.Rejected:
		who, err := about.Who(t.Turn, last.By, last.Post)
		return text.Markup(t.Text("model.rejected", text.Args{"Reason": last.Reason, "Who": who, "When": last.At})), err
	case store.Merged:
		into, err := t.Tx.Model(m.Into)
		return text.Markup(t.Text("model.merged", text.Args{
			"IntoTitle": into.Title, "IntoCode": into.Code, "When": last.At, "Hidden": about.Hides(t.Turn, into),
		})), err
	case store.Done:
		if m.Unconfirmed() {
			return text.Markup(t.Text("model.unconfirmed", nil)), nil
		}
	}
	if m.Proposed() {
		changes := about.Proposed(t.Turn, m)
		return text.Markup(t.Text("model.proposed", text.Args{"Names": about.Questions(t.Turn, about.ChangedFields(changes))})), nil
	}
	return "", nil
}

// checkButtons are what the post can do about the check of a model.
func (t turn) checkButtons(m store.Model, reviews []store.Review) [][]store.Button {
	registers := t.MayWith(access.RegisterModels, m)
	checks := t.MayWith(access.CheckModels, m)
	var out [][]store.Button
	switch {
	case m.State == store.Returned && registers:
		last, _ := about.LastReturn(reviews)
		out = append(out, text.Row(text.Green(about.ResubmitButton(t.Turn, m, len(last.Fields)))),
			text.Row(text.Red(t.Button("button.withdraw", link.Withdraw.To(link.Ref(m.ID)), nil))))
	case m.State == store.Waiting && t.owns(m):
		if checks {
			out = append(out, text.Row(text.Green(about.CheckButton(t.Turn, "check.open", "open", m))))
		}
		out = append(out, text.Row(t.Button("button.amend", link.Amend.To(link.Ref(m.ID)), nil),
			text.Red(t.Button("button.withdraw", link.Withdraw.To(link.Ref(m.ID)), nil))))

	case m.State == store.Merged:
		into, err := t.Tx.Model(m.Into)
		if err != nil || about.Hides(t.Turn, into) {
			break
		}
		out = append(out, text.Row(t.Button("merge.show_into", link.Model.To(link.Ref(m.Into)), nil)))
		if checks {
			out = append(out, text.Row(about.CheckButton(t.Turn, "merge.undo", "unmerge", m)))
		}
	case m.Unchecked() && checks:
		out = append(out, text.Row(text.Green(about.CheckButton(t.Turn, "check.open", "open", m))))
	case m.Allows(store.MoveMerge) && checks:
		out = append(out, text.Row(about.CheckButton(t.Turn, "check.merge", "merge", m)))
	}
	return out
}

// owns reports whether a registration is the post's to change: who only checks it
// has other buttons for what is wrong with it.
func (t turn) owns(m store.Model) bool {
	return t.MayWith(access.RegisterModels, m) && (m.Post == t.Post.ID || !t.MayWith(access.CheckModels, m))
}

// mostAbsorbed is how many merged models a card has buttons for.
const mostAbsorbed = 3

// absorbedOn names on a card the models that were merged into this one; each
// can be opened with its own history.
func (t turn) absorbedOn(m store.Model, a text.Args) ([][]store.Button, error) {
	var lines []text.Args
	var buttons [][]store.Button
	for _, id := range m.Absorbed {
		o, err := t.Tx.Model(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if about.Hides(t.Turn, o) {
			continue
		}

		lines = append(lines, text.Args{"Title": o.Title, "Code": o.Code})
		if len(buttons) < mostAbsorbed {
			buttons = append(buttons, text.Row(t.Button("merge.show_part", link.Model.To(link.Ref(o.ID)), text.Args{"Code": o.Code})))
		}
	}
	a["Absorbed"] = t.Listed("model.part", lines)
	return buttons, nil
}
