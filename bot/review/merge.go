package review

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
)

// merge is the home of the form by which a model is merged into another.
type merge struct{ verdict }

// Options lists the models of the scope that a model can be merged into: likely
// duplicates first, then its own unit's, its neighbours', the others.
func (f merge) Options(b *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	t := turn{b}
	m, err := about.Subject(b, s)
	if err != nil {
		return flows.Options{}, err
	}
	near := t.Org.Commune(m.Unit)
	heads, err := t.Heads(store.ModelQuery{In: t.Scope(), States: store.StatesThat(store.State.TakesIn), Fields: t.Post.Portfolio.Fields})
	if err != nil {
		return flows.Options{}, err
	}

	heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.ID == m.ID })
	rank := make(map[store.ModelID]int, len(heads))
	for _, h := range heads {
		close := near.Has(h.Unit)
		switch {
		case close && answer.Similar(m.Title, h.Title) >= alike:
			rank[h.ID] = 0
		case h.Unit == m.Unit:
			rank[h.ID] = 1
		case close:
			rank[h.ID] = 2
		default:
			rank[h.ID] = 3
		}
	}

	slices.SortStableFunc(heads, func(a, b store.Head) int { return cmp.Compare(rank[a.ID], rank[b.ID]) })
	all := t.labelled(heads, m)
	for i, h := range heads {
		if rank[h.ID] == 0 {
			all[i].Style = store.Success
		}
	}
	return flows.Among(all, ask), nil
}

// Head says, besides, where a model of the list is alike.
func (f merge) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	head, err := f.verdict.Head(t, s, q)
	if len(q.Choices) > 0 && q.Choices[0].Style == store.Success {
		head += "\n" + t.Text("merge.alike", nil)
	}
	return head, err
}

// labelled names models by their titles, and by their units where these differ
// from a model's own.
func (t turn) labelled(heads []store.Head, m store.Model) []flows.Option {
	out := make([]flows.Option, len(heads))
	for i, h := range heads {
		label := h.Title
		if h.Unit != m.Unit {
			label += " · " + t.UnitName(h.Unit)
		} else if h.Fold == m.Fold {
			label += " · " + h.Code
		}
		out[i] = flows.Option{Key: link.Ref(h.ID), Label: flows.Label{Text: label}, Names: []string{label, h.Title, h.Code}}
	}
	return out
}

// Choice names a model by its title.
func (merge) Choice(t *bot.Turn, _ text.Voice, _ *flows.Step, key string) string {
	return about.ModelChoice(t, key)
}

// ReviewHead shows two models under each other before they are merged.
func (merge) ReviewHead(t *bot.Turn, s *store.Session) (string, error) {
	m, err := about.Subject(t, s)
	if err != nil {
		return "", err
	}
	into, err := t.Tx.Model(store.ModelID(link.ID(flows.Key(s, "into"))))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}

	sides := make([]string, 2)
	for i, side := range []store.Model{m, into} {
		a, err := about.Model(t, side)
		if err != nil {
			return "", err
		}
		for _, key := range []string{"Target", "Content"} {
			a[key] = text.Shorten(a[key].(string), sideRunes)
		}

		rows, err := t.Tx.Progress(side.ID)
		if err != nil {
			return "", err
		}
		a["Goes"], a["Updates"] = i == 0, len(rows)
		sides[i] = t.Text("merge.side", a)
	}
	return t.Text("merge.review", text.Args{"Sides": text.Markup("\n" + strings.Join(sides, "\n\n") + "\n")}), nil
}

// merge makes a model part of another one: counted once, with both histories
// kept (domain.md §4.3). The officers of both are told.
func (t turn) merge(m store.Model, id store.ModelID) error {
	into, ok, err := t.Model(id, access.CheckModels)
	if err != nil {
		return err
	}
	if !ok || !into.State.TakesIn() || into.ID == m.ID {
		again := about.CheckButton(t.Turn, "check.open_again", "open", m)
		return t.Offer("merge.gone", text.Args{"Title": m.Title}, [][]store.Button{text.Row(again)})
	}

	was := m.State
	m.Into = into.ID
	if m, err = t.decide(m, store.Review{Verdict: store.MergeVerdict, Into: into.ID, State: store.Merged}); err != nil {
		return err
	}
	into.Absorbed = append(into.Absorbed, m.ID)
	if into, err = t.Tx.PutModel(into); err != nil {
		return err
	}
	if err := t.Record("model/"+link.Ref(into.ID), "absorb", "absorbed", nil, m.Code); err != nil {
		return err
	}

	if err := t.tellMerged("merged.card", m, into, was); err != nil {
		return err
	}
	next := text.Row(about.CardButton(t.Turn, into), about.CheckButton(t.Turn, "merge.undo", "unmerge", m))
	if err := t.Offer("merge.done", about.Pair(m, into), [][]store.Button{next}); err != nil {
		return err
	}
	if was != store.Waiting {
		return nil
	}
	return t.showNext(registrationTask.of(m), "", false)
}

// unmerge takes a merge back: both models are what they were.
func (t turn) unmerge(m store.Model) error {
	into, err := t.Tx.Model(m.Into)
	if err != nil {
		return err
	}
	if about.Hides(t.Turn, into) {
		return t.Toast("press.not_yours", nil)
	}
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	was := store.Waiting
	for _, r := range reviews {
		if r.Verdict == store.MergeVerdict {
			was = r.Was
		}
	}

	m.Into = 0
	if m, err = t.decide(m, store.Review{Verdict: store.UnmergeVerdict, Into: into.ID, State: was}); err != nil {
		return err
	}
	into.Absorbed = slices.DeleteFunc(into.Absorbed, func(id store.ModelID) bool { return id == m.ID })
	if len(into.Absorbed) == 0 {
		into.Absorbed = nil
	}
	if into, err = t.Tx.PutModel(into); err != nil {
		return err
	}
	if err := t.Record("model/"+link.Ref(into.ID), "release", "absorbed", m.Code, nil); err != nil {
		return err
	}

	if err := t.tellMerged("unmerged.card", m, into, was); err != nil {
		return err
	}
	a := about.Pair(m, into)
	a["State"] = was
	buttons := text.Row(about.CardButton(t.Turn, m))
	if m.Unchecked() {
		buttons = append(text.Row(text.Green(about.CheckButton(t.Turn, "check.open", "open", m))), buttons...)
	}
	return t.Revise(store.Message{Text: t.Text("merge.undone", a), Buttons: [][]store.Button{buttons}})
}

// tellMerged tells the officers of both models; one who has both, once.
func (t turn) tellMerged(key string, m, into store.Model, was store.State) error {
	told := map[store.PersonID]bool{t.Person.ID: true}
	for _, side := range []store.Model{m, into} {
		to, ok, err := about.Holder(t.Turn, side.Post)
		if err != nil {
			return err
		}
		if !ok || told[to.Person.ID] {
			continue
		}

		told[to.Person.ID] = true
		a := about.Pair(m, into)
		a["State"] = was
		if a["Who"], err = about.Who(to, t.Person.ID, t.Post.ID); err != nil {
			return err
		}
		if err := to.Offer(key, a, [][]store.Button{text.Row(about.CardButton(to, side))}); err != nil {
			return err
		}
	}
	return nil
}
