package review_test

import (
	"fmt"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/figures"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestMergeThenUndoIsTheIdentity merges random models over the chat, in chains
// and in stars, and undoes the merges in another order: models, updates and
// figures are what they were, and the figures count every merge meanwhile.
func TestMergeThenUndoIsTheIdentity(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	rapid.Check(t, func(rt *rapid.T) {
		ids := w.fillMergeable(rt)
		before := w.merging(ids)
		var merged []store.ModelID
		for range rapid.IntRange(1, 4).Draw(rt, "merges") {
			m, into := w.twoMergeable(rt, ids)
			if m.ID == 0 {
				break
			}
			w.mergeByChat(m, into)
			merged = append(merged, m.ID)
		}
		during := w.merging(ids)
		if got := during.figures.Count(figures.Merged); got != len(merged) {
			rt.Fatalf("%d merges count as %d", len(merged), got)
		}
		if all := len(before.figures.All()); len(during.figures.All()) != all {
			rt.Fatalf("%d rows before, %d after the merges", all, len(during.figures.All()))
		}
		for _, id := range rapid.Permutation(merged).Draw(rt, "undone") {
			m := w.Model(id)
			w.Press("minh", "check.unmerge."+link.Ref(m.ID)+"."+link.Ref(m.Revision))
		}
		after := w.merging(ids)
		if diff := cmp.Diff(before.models, after.models); diff != "" {
			rt.Fatalf("the models changed:\n%s", diff)
		}
		for _, set := range figures.Sets() {
			if diff := cmp.Diff(before.figures.Why(figures.Key{Set: set}), after.figures.Why(figures.Key{Set: set})); diff != "" {
				rt.Fatalf("%s counts others:\n%s", set, diff)
			}
		}
		for id, n := range before.reviews {
			if times := 2 * count(merged, id); after.reviews[id] != n+times {
				rt.Fatalf("model %d has %d steps, want %d and %d", id, after.reviews[id], n, times)
			}
		}
	})
}

func count(list []store.ModelID, id store.ModelID) (n int) {
	for _, one := range list {
		if one == id {
			n++
		}
	}
	return n
}

// fillMergeable puts random models into ba's and hoa's communes.
func (w world) fillMergeable(rt *rapid.T) []store.ModelID {
	states := []store.State{store.Waiting, store.Returned, store.Accepted, store.Doing, store.Paused, store.Done}
	var ids []store.ModelID
	for i := range rapid.IntRange(2, 6).Draw(rt, "models") {
		state := rapid.SampledFrom(states).Draw(rt, "state")
		unit := rapid.SampledFrom([]store.UnitCode{"30346", "30709"}).Draw(rt, "unit")
		err := w.Store.Update(w.T.Context(), func(tx store.Tx) error {
			id, err := tx.NewID()
			if err != nil {
				return err
			}
			title := fmt.Sprintf("Đường hoa ấp số %d", i)
			m := store.Model{
				ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-2027-%04d", unit, id), Unit: unit,
				Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "VHXH", TitleGroup: "DVK", Origin: store.New}},
				Year:    2026,
				Title:   title, Fold: answer.Fold(title), Kind: store.Collective, Registrants: []store.Registrant{{Name: "Chi hội phụ nữ"}},
				Content: "Mỗi nhà trồng một đoạn", State: state, Post: store.MakePostID(unit, store.Officer),
				RegisteredAt: w.Now.AddDate(0, 0, -9),
			}
			if state == store.Done {
				m.ConfirmedAt = w.Now.AddDate(0, 0, -2)
			}
			if _, err := tx.PutModel(m); err != nil {
				return err
			}
			ids = append(ids, m.ID)
			if state == store.Waiting {
				return nil
			}
			r := store.Review{ID: store.ReviewID(id), Model: m.ID, Verdict: store.AcceptVerdict, Was: store.Waiting, State: state, At: w.Now.AddDate(0, 0, -6)}
			if state == store.Returned {
				r.Verdict = store.ReturnVerdict
			}
			return tx.AddReview(r)
		})
		bottest.Must(w.T, err)
	}
	return ids
}

// twoMergeable draws a model that can be merged and one that it can go into;
// none when there are none left.
func (w world) twoMergeable(rt *rapid.T, ids []store.ModelID) (m, into store.Model) {
	var from, to []store.Model
	for _, id := range ids {
		one := w.Model(id)
		if one.State != store.Merged && one.State != store.Done {
			from = append(from, one)
		}
		if one.State != store.Merged && one.State != store.Returned {
			to = append(to, one)
		}
	}
	if len(from) == 0 {
		return m, into
	}
	m = rapid.SampledFrom(from).Draw(rt, "merged")
	var others []store.Model
	for _, one := range to {
		if one.ID != m.ID {
			others = append(others, one)
		}
	}
	if len(others) == 0 {
		return store.Model{}, into
	}
	return m, rapid.SampledFrom(others).Draw(rt, "into")
}

// mergeByChat merges a model as a coordinator does.
func (w world) mergeByChat(m, into store.Model) {
	w.Press("minh", "check.merge."+link.Ref(m.ID)+"."+link.Ref(m.Revision))
	w.Say("minh", into.Code)
	s := w.Session("minh")
	w.Press("minh", fmt.Sprintf("f.%s.%s..~g", link.Ref(s.ID), link.Ref(s.Revision)))
}

// merging is what a merge may change, and what it may not.
type merging struct {
	models  []store.Model // without their revisions
	reviews map[store.ModelID]int
	figures *figures.Figures
}

func (w world) merging(ids []store.ModelID) merging {
	out := merging{reviews: map[store.ModelID]int{}}
	w.View(func(r store.Reader) error {
		facts, err := r.Facts(store.ModelQuery{In: store.NewSubtree("30346", "30709"), After: ids[0] - 1})
		if err != nil {
			return err
		}
		units, err := r.Units("91")
		if err != nil {
			return err
		}
		c, err := r.Campaign("dvk-2026-2030")
		if err != nil {
			return err
		}
		out.figures = figures.Compute(figures.Query{
			Campaign: c, Period: figures.Span{From: c.From, To: c.To}, Zone: w.Zone, AsOf: w.Now, Subtree: []store.UnitCode{"30346", "30709"},
		}, facts, units)
		for _, id := range ids {
			m, err := r.Model(id)
			if err != nil {
				return err
			}
			m.Revision = 0
			reviews, err := r.Reviews(id)
			if err != nil {
				return err
			}
			out.models, out.reviews[id] = append(out.models, m), len(reviews)
		}
		return nil
	})
	return out
}
