package bot

import (
	"errors"

	"danvan/flows/forms"
	"danvan/store"
)

// standingOf puts on a model's card where its check stands, and returns what
// can be done about it.
func (t *turn) standingOf(m store.Model, a args) ([][]store.Button, error) {
	a["Check"], a["Absorbed"] = markup(""), markup("")
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return nil, err
	}
	buttons, err := t.absorbedOn(m, a)
	if err != nil {
		return nil, err
	}
	check, err := t.checkLine(m, reviews)
	if err != nil {
		return nil, err
	}
	a["Check"] = check
	own, err := t.checkButtons(m, reviews)
	return append(own, buttons...), err
}

// checkLine says where the check of a model stands, where there is more to
// say than its state.
func (t *turn) checkLine(m store.Model, reviews []store.Review) (markup, error) {
	var last store.Review
	if len(reviews) > 0 {
		last = reviews[len(reviews)-1]
	}
	switch m.State {
	case store.Waiting:
		due, left, err := t.checkLeft(m, reviews)
		if err != nil {
			return "", err
		}
		_, ok, err := t.checkerOf(m)
		return markup(t.text("model.waiting", args{"Due": weekday(due), "DaysOver": max(-left, 0), "Nobody": !ok})), err
	case store.Returned:
		return markup(t.text("model.returned", args{"Reason": last.Reason, "Names": t.fieldNames(last.Fields)})), nil
	case store.Rejected:
		who, err := t.whoIs(last.By, last.Post)
		return markup(t.text("model.rejected", args{"Reason": last.Reason, "Who": who, "When": last.At})), err
	case store.Merged:
		into, err := t.tx.Model(m.Into)
		return markup(t.text("model.merged", args{"IntoTitle": into.Title, "IntoCode": into.Code, "When": last.At})), err
	case store.Done:
		if m.Unchecked() {
			return markup(t.text("model.unconfirmed", nil)), nil
		}
	}
	return "", nil
}

// checkButtons are what the post can do about the check of a model.
func (t *turn) checkButtons(m store.Model, reviews []store.Review) ([][]store.Button, error) {
	registers, err := t.mayWith(registerModels, m)
	if err != nil {
		return nil, err
	}
	checks, err := t.mayWith(checkModels, m)
	if err != nil {
		return nil, err
	}
	var out [][]store.Button
	switch {
	case m.State == store.Returned && registers:
		last, _ := lastReturn(reviews)
		out = append(out, row(green(t.mendButton(m, len(last.Fields)))), row(red(t.button("button.withdraw", pressWithdraw+ref(m.ID), nil))))
	case m.State == store.Merged:
		out = append(out, row(t.button("merge.show_into", pressModel+ref(m.Into), nil)))
		if checks {
			out = append(out, row(t.button("merge.undo", pressCheck+"unmerge."+fence(m), nil)))
		}
	case m.Unchecked() && checks:
		out = append(out, row(green(t.button("check.open", pressCheck+"open."+fence(m), nil))))
	case decidable(m, forms.MergeID) && checks:
		out = append(out, row(t.button("check.merge", pressCheck+"merge."+fence(m), nil)))
	}
	return out, nil
}

// mostAbsorbed is how many merged models a card has buttons for.
const mostAbsorbed = 3

// absorbedOn names on a card the models that were merged into this one; each
// can be opened with its own history.
func (t *turn) absorbedOn(m store.Model, a args) ([][]store.Button, error) {
	var lines []args
	var buttons [][]store.Button
	for _, id := range m.Absorbed {
		o, err := t.tx.Model(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, args{"Title": o.Title, "Code": o.Code})
		if len(buttons) < mostAbsorbed {
			buttons = append(buttons, row(t.button("merge.show_part", pressModel+ref(o.ID), args{"Code": o.Code})))
		}
	}
	a["Absorbed"] = t.listed("model.part", lines)
	return buttons, nil
}
