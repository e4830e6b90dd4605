package reports

import (
	"slices"
	"strconv"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// weakModel is a model that a report would do better without as it is.
type weakModel struct {
	store.Head
	days    int  // since anything was heard of it; 0: that is well
	unproof bool // it has no photo or file
	stale   bool // nothing was heard of it in the period
}

// weakShown is how many of them a report's card names; the others are behind a
// button.
const weakShown = 4

// weak lists the models that nothing was heard of for long or in the period, and
// those without evidence, the longest silent first.
func (t turn) weak(known *reporting.Card, f *figures.Figures) ([]weakModel, error) {
	found := map[store.ModelID]*weakModel{}
	var order []store.ModelID
	add := func(id store.ModelID) *weakModel {
		if found[id] == nil {
			found[id] = &weakModel{}
			order = append(order, id)
		}
		return found[id]
	}

	for _, id := range known.Stale() {
		w := add(id)
		w.days, w.stale = 1, true
	}
	for _, id := range f.Why(figures.Key{Set: figures.Silent}) {
		add(id).days = 1
	}
	for _, id := range f.Why(figures.Key{Set: figures.NoEvidence}) {
		add(id).unproof = true
	}

	var out []weakModel
	for _, id := range order {
		m, err := t.Tx.Model(id)
		if err != nil {
			return nil, err
		}
		if !m.State.TakesNews() {
			continue // it can be put right, not updated
		}

		w := *found[id]
		w.Head = m.Head()
		if w.days > 0 {
			heard := m.ProgressAt
			if heard.IsZero() {
				heard = m.RegisteredAt
			}
			w.days = int(t.Event.At.Sub(heard).Hours() / 24)
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b weakModel) int { return b.days - a.days })
	return out, nil
}

func (t turn) weakLines(list []weakModel, from int) text.Markup {
	lines := make([]text.Args, len(list))
	for i, w := range list {
		lines[i] = text.Args{"N": from + i + 1, "Title": text.Shorten(w.Title, 60), "Days": w.days, "Unproof": w.unproof}
	}
	return t.Lines("report.weak_line", lines)
}

// The lists of weak models: all of them, or, as a reminder counts them, only
// those of which nothing was heard.
const (
	allWeak   = "weak"
	onlyStale = "models"
)

// listWeak lists a report's weak models, each behind its number: the first page
// as a new message, the n-th in place.
func (t turn) listWeak(o about.Obligation, mode string, n uint64) error {
	known, err := t.knownFor(o)
	if err != nil {
		return err
	}
	weak, err := t.weak(known, known.Figures())
	if err != nil {
		return err
	}
	if mode == onlyStale {
		weak = slices.DeleteFunc(weak, func(w weakModel) bool { return !w.stale })
	}
	a := o.Args(t.Turn)

	page := text.PageOf(len(weak), text.ListPage, int(min(n, 1000))-1)
	shown := weak[page.From:page.To]
	a["Count"], a["Lines"], a["Page"], a["Pages"] = len(weak), t.weakLines(shown, page.From), page.At+1, page.Of
	numbers := make([]store.Button, len(shown))
	for i, w := range shown {
		numbers[i] = store.Button{Text: strconv.Itoa(page.From + i + 1), Data: link.Update.To(link.Ref(w.ID), o.Link())}
	}
	buttons := text.InRows(numbers, 4)
	buttons = append(buttons, t.Pager(page, func(p int) string {
		return link.Report.To(mode, o.Link(), link.Ref(uint64(p+1)))
	})...)
	buttons = append(buttons, text.Row(text.Green(t.Button("report.open", link.Report.To("show", o.Link()), nil))))
	return t.Show(store.Message{Text: t.Text("report.models", a), Buttons: buttons}, n > 0)
}
