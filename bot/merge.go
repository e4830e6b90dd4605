package bot

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
)

// takesIn are the states of a model that another one can be merged into.
var takesIn = []store.State{store.Waiting, store.Accepted, store.Doing, store.Paused, store.Done}

// mergeOptions lists the models of the scope that a model can be merged into:
// likely duplicates first, then its own unit's, its neighbours', the others.
func (l lookup) mergeOptions(s *store.Session) ([]flows.Option, error) {
	m, err := l.subject(s)
	if err != nil {
		return nil, err
	}
	units, err := l.scope()
	if err != nil {
		return nil, err
	}
	near, err := l.vicinity(m.Unit)
	if err != nil {
		return nil, err
	}
	heads, err := l.tx.Heads(store.ModelQuery{Units: units, States: takesIn, Fields: l.post.Portfolio.Fields})
	if err != nil {
		return nil, err
	}
	heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.ID == m.ID })
	rank := make(map[store.ModelID]int, len(heads))
	for _, h := range heads {
		close := slices.Contains(near, h.Unit)
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
	return l.labelled(heads, m)
}

// labelled names models by their titles, and by their units where these differ
// from a model's own.
func (l lookup) labelled(heads []store.Head, m store.Model) ([]flows.Option, error) {
	names := map[store.UnitCode]string{}
	out := make([]flows.Option, len(heads))
	for i, h := range heads {
		label := h.Title
		if h.Unit != m.Unit {
			if names[h.Unit] == "" {
				name, err := l.unit(h.Unit)
				if err != nil {
					return nil, err
				}
				names[h.Unit] = name
			}
			label += " · " + names[h.Unit]
		} else if h.Fold == m.Fold {
			label += " · " + h.Code
		}
		out[i] = flows.Option{Key: ref(h.ID), Label: flows.Label{Text: label}, Names: []string{label, h.Title, h.Code}}
	}
	return out, nil
}

// mergeHead shows two models under each other before they are merged.
func (t *turn) mergeHead(s *store.Session) (string, error) {
	m, err := t.subject(s)
	if err != nil {
		return "", err
	}
	into, err := t.tx.Model(store.ModelID(parseRef(flows.Key(s, "into"))))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	sides := make([]string, 2)
	for i, side := range []store.Model{m, into} {
		a, err := t.modelArgs(side)
		if err != nil {
			return "", err
		}
		for _, key := range []string{"Target", "Content"} {
			a[key] = shorten(a[key].(string), reviewRunes)
		}
		rows, err := t.tx.Progress(side.ID)
		if err != nil {
			return "", err
		}
		a["Goes"], a["Updates"] = i == 0, len(rows)
		sides[i] = t.text("merge.side", a)
	}
	return t.text("merge.review", args{"Sides": markup("\n" + strings.Join(sides, "\n\n") + "\n")}), nil
}

// merge makes a model part of another one: counted once, with both histories
// kept (domain.md §4.3). The officers of both are told.
func (t *turn) merge(m store.Model, id store.ModelID) error {
	into, ok, err := t.model(id, checkModels)
	if err != nil {
		return err
	}
	if !ok || !slices.Contains(takesIn, into.State) || into.ID == m.ID {
		return t.offer("merge.gone", args{"Title": m.Title}, [][]store.Button{row(t.button("check.open_again", pressCheck+"open."+fence(m), nil))})
	}
	was := m.State
	m.Into = into.ID
	if m, err = t.decide(m, store.Review{Verdict: store.MergeVerdict, Into: into.ID, State: store.Merged}); err != nil {
		return err
	}
	into.Absorbed = append(into.Absorbed, m.ID)
	if into, err = t.tx.PutModel(into); err != nil {
		return err
	}
	if err := t.record("model/"+ref(into.ID), "absorb", "absorbed", nil, m.Code); err != nil {
		return err
	}
	if err := t.tellMerged("merged.card", m, into, was); err != nil {
		return err
	}
	if err := t.offer("merge.done", pair(m, into), [][]store.Button{row(
		t.button("button.show_model", pressCard+ref(into.ID), nil), t.button("merge.undo", pressCheck+"unmerge."+fence(m), nil))}); err != nil {
		return err
	}
	if was != store.Waiting {
		return nil
	}
	return t.showNext(taskOf(m, store.Waiting), "", false)
}

// unmerge takes a merge back: both models are what they were.
func (t *turn) unmerge(m store.Model) error {
	into, err := t.tx.Model(m.Into)
	if err != nil {
		return err
	}
	reviews, err := t.tx.Reviews(m.ID)
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
	if into.Absorbed = slices.DeleteFunc(into.Absorbed, func(id store.ModelID) bool { return id == m.ID }); len(into.Absorbed) == 0 {
		into.Absorbed = nil
	}
	if into, err = t.tx.PutModel(into); err != nil {
		return err
	}
	if err := t.record("model/"+ref(into.ID), "release", "absorbed", m.Code, nil); err != nil {
		return err
	}
	if err := t.tellMerged("unmerged.card", m, into, was); err != nil {
		return err
	}
	a := pair(m, into)
	a["State"] = was
	buttons := row(t.button("button.show_model", pressCard+ref(m.ID), nil))
	if m.Unchecked() {
		buttons = append(row(green(t.button("check.open", pressCheck+"open."+fence(m), nil))), buttons...)
	}
	return t.revise(store.Message{Text: t.text("merge.undone", a), Buttons: [][]store.Button{buttons}})
}

// pair are the arguments of a text about two models.
func pair(m, into store.Model) args {
	return args{"Title": m.Title, "Code": m.Code, "IntoTitle": into.Title, "IntoCode": into.Code}
}

// tellMerged tells the officers of both models; one who has both, once.
func (t *turn) tellMerged(key string, m, into store.Model, was store.State) error {
	told := map[store.PersonID]bool{t.person.ID: true}
	for _, side := range []store.Model{m, into} {
		to, ok, err := t.holderOf(side.Post)
		if err != nil {
			return err
		}
		if !ok || told[to.person.ID] {
			continue
		}
		told[to.person.ID] = true
		a := pair(m, into)
		a["State"] = was
		if a["Who"], err = to.whoIs(t.person.ID, t.post.ID); err != nil {
			return err
		}
		if err := to.offer(key, a, [][]store.Button{row(to.button("button.show_model", pressCard+ref(side.ID), nil))}); err != nil {
			return err
		}
	}
	return nil
}

// pointOn tells who writes about a merged model where it went.
func (t *turn) pointOn(m store.Model) error {
	into, err := t.tx.Model(m.Into)
	if err != nil {
		return err
	}
	return t.offer("update.merged", pair(m, into), [][]store.Button{row(t.button("merge.show_into", pressCard+ref(into.ID), nil))})
}
