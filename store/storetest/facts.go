package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"danvan/store"
)

func factCases() []testCase {
	return []testCase{
		{"every field", factKeepsFields},
		{"are copies", factsAreCopies},
		{"say what a model is now", factsFollow},
		{"any history and any query", anyHistory},
		{"steps that come before their model", stepsFirst},
		{"a refused write leaves them alone", refusedStep},
		{"page by page", factsByPage},
	}
}

func facts(t *testing.T, s store.Store, q store.ModelQuery) []store.Fact {
	t.Helper()
	return read(t, s, func(r store.Reader) ([]store.Fact, error) { return r.Facts(q) })
}

// foldFacts makes facts out of models, reviews and progress, in a way that a
// reader can check by eye.
func foldFacts(r store.Reader, q store.ModelQuery) ([]store.Fact, error) {
	limit := q.Limit
	q.Limit = 0
	heads, err := r.Heads(q)
	slices.Reverse(heads)
	if limit > 0 && limit < len(heads) {
		heads = heads[:limit]
	}
	all := []store.Fact{}
	for _, h := range heads {
		m, modelErr := r.Model(h.ID)
		f, foldErr := foldFact(r, m)
		all = append(all, f)
		err = errors.Join(err, modelErr, foldErr)
	}
	return all, err
}

func foldFact(r store.Reader, m store.Model) (store.Fact, error) {
	type step struct {
		id  uint64
		was store.State
		store.FactStep
	}

	reviews, reviewErr := r.Reviews(m.ID)
	updates, updateErr := r.Progress(m.ID)
	var steps []step
	for _, v := range reviews {
		steps = append(steps, step{uint64(v.ID), v.Was, v.Step()})
	}
	for _, p := range updates {
		steps = append(steps, step{uint64(p.ID), p.Was, p.Step()})
	}
	slices.SortFunc(steps, func(a, b step) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.id, b.id)) })

	f := m.Fact()
	for i, s := range steps {
		if i == 0 {
			f.State = s.was
		}
		f.Steps = append(f.Steps, s.FactStep)
	}
	return f, errors.Join(reviewErr, updateErr)
}

// fullHistory keeps a model with an update and a review, all fields set.
func fullHistory(t *testing.T, s store.Store, zone *time.Location, rest time.Duration) (store.Model, []store.FactStep) {
	t.Helper()
	f := &filler{zone: zone, rest: rest}
	m, p, v := filled[store.Model](f), filled[store.Progress](f), filled[store.Review](f)
	p.Model, v.Model, m.Revision = m.ID, m.ID, 0
	update(t, s, func(tx store.Tx) error {
		_, err := tx.PutModel(m)
		return errors.Join(err, tx.AddProgress(p), tx.AddReview(v))
	})
	m.State = p.Was
	return m, []store.FactStep{p.Step(), v.Step()}
}

func factKeepsFields(t *testing.T, s store.Store) {
	m, steps := fullHistory(t, s, time.UTC, 0)
	bare := putModel(t, s, store.Model{ID: m.ID + 1})
	want := m.Fact()
	want.Steps = steps
	same(t, "facts", facts(t, s, store.ModelQuery{}), []store.Fact{want, bare.Fact()})
	eachField(t, reflect.ValueOf(steps[0]), func(name string, zero bool) {
		if zero {
			t.Errorf("the case does not try %s", name)
		}
	})
}

func eachField(t *testing.T, v reflect.Value, fn func(name string, zero bool)) {
	t.Helper()
	for i := range v.NumField() {
		fn(v.Type().Field(i).Name, v.Field(i).IsZero())
	}
}

// factsAreCopies spoils what was read, and writes behind the end of its lists.
func factsAreCopies(t *testing.T, s store.Store) {
	m, steps := fullHistory(t, s, time.FixedZone("+07", 7*3600), 789*time.Nanosecond)
	update(t, s, func(tx store.Tx) error {
		return tx.AddProgress(store.Progress{
			ID: 1 << 40, Model: m.ID, At: when.AddDate(9, 0, 0), Was: steps[1].State, State: store.Done,
			Results: []store.Quantity{{Metric: "m2", Value: 1}}, Money: []store.Money{{VND: 1}},
		})
	})
	want, got := facts(t, s, store.ModelQuery{}), facts(t, s, store.ModelQuery{})
	eachTime(reflect.ValueOf(got), func(at time.Time) {
		if at.Location() != time.UTC || at.Nanosecond()%1000 != 0 {
			t.Errorf("a time came back as %v", at)
		}
	})
	longer := got[0].Steps[0]
	_ = append(longer.Results, store.Quantity{Metric: "spoiled"})
	_ = append(longer.Money, store.Money{Note: "spoiled"})
	same(t, "facts after appending to a step's lists", got, want)
	scribble(reflect.ValueOf(&got).Elem())
	same(t, "facts after spoiling what was read", facts(t, s, store.ModelQuery{}), want)
}

func factsFollow(t *testing.T, s store.Store) {
	m := putModel(t, s, store.Model{ID: 5, Unit: "1", State: store.Waiting, Entries: store.Entries{{Field: "KT"}}, RegisteredAt: when})
	same(t, "a new model", facts(t, s, store.ModelQuery{})[0].State, store.Waiting)
	m.State = store.Accepted
	m = putModel(t, s, m)
	same(t, "a model without steps", facts(t, s, store.ModelQuery{})[0].State, store.Accepted)
	update(t, s, func(tx store.Tx) error {
		return tx.AddReview(store.Review{ID: 7, Model: 5, Was: store.Waiting, State: store.Returned, At: when})
	})
	m.Unit, m.State, m.Entries, m.Kind = "12", store.Returned, store.Entries{{Field: "VHXH"}}, store.Individual
	m.Tags, m.Vague = []string{"DT"}, []string{"target"}
	m = putModel(t, s, m)
	want := m.Fact()
	want.State = store.Waiting // what the first step found
	want.Steps = []store.FactStep{{At: when, State: store.Returned}}
	same(t, "of the old unit", facts(t, s, store.ModelQuery{In: store.NewSubtree("1")}), nil)
	same(t, "of the new unit", facts(t, s, store.ModelQuery{In: store.NewSubtree("12")}), []store.Fact{want})
	same(t, "in the state that it had", facts(t, s, store.ModelQuery{States: []store.State{store.Waiting}}), nil)
}

// anyHistory makes up what happened to some models, in any order, and compares
// with foldFacts. Nothing of it is kept, so that every try begins empty.
func anyHistory(t *testing.T, s store.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(drawHappening), 1, 40).Draw(rt, "events")
		queries := rapid.SliceOfN(rapid.Custom(drawQuery), 1, 4).Draw(rt, "queries")
		var got, want [][]store.Fact
		err := s.Update(t.Context(), func(tx store.Tx) error {
			got, want = nil, nil
			for i, happen := range events {
				if err := happen(tx, uint64(i+1)); err != nil {
					return err
				}
			}

			for _, q := range append(queries, store.ModelQuery{}) {
				g, gotErr := tx.Facts(q)
				w, wantErr := foldFacts(tx, q)
				if err := errors.Join(gotErr, wantErr); err != nil {
					return err
				}
				got, want = append(got, g), append(want, w)
			}
			return errStop
		})

		if !errors.Is(err, errStop) {
			rt.Fatal(err)
		}
		if d := gocmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			rt.Errorf("facts (-want +got):\n%s", d)
		}
	})
}

// drawHappening draws one thing that happens, to be done under an id.
func drawHappening(rt *rapid.T) func(store.Tx, uint64) error {
	model := store.ModelID(rapid.IntRange(1, 4).Draw(rt, "model"))
	at := when.Add(time.Duration(rapid.IntRange(-3, 3).Draw(rt, "at")) * time.Hour)
	was, state := rapid.SampledFrom(store.States).Draw(rt, "was"), rapid.SampledFrom(store.States).Draw(rt, "state")
	n := rapid.IntRange(0, 3).Draw(rt, "n")
	switch rapid.SampledFrom([]string{"model", "update", "review"}).Draw(rt, "what") {
	case "model":
		unit, field := rapid.SampledFrom(someUnits).Draw(rt, "unit"), rapid.SampledFrom(someFields).Draw(rt, "field")
		return func(tx store.Tx, _ uint64) error {
			_, err := tx.PutModel(store.Model{
				ID: model, Revision: revisionOf(tx, model), Code: fmt.Sprint("DVK-", model), Unit: unit,
				Entries: store.Entries{{Campaign: "1", Field: field}},
				Year:    2024,
				State:   state, Fold: "duong hoa", Tags: make([]string, n),
				RegisteredAt: at, ConfirmedAt: []time.Time{{}, at}[n%2],
			})
			return err
		}

	case "update":
		return func(tx store.Tx, id uint64) error {
			return tx.AddProgress(store.Progress{
				ID: store.ProgressID(id), Model: model, At: at, Day: store.DateOf(at), Was: was, State: state, Nothing: n == 0,
				Results: slices.Repeat([]store.Quantity{{Metric: "m2", Value: -store.Whole(int64(id))}}, n),
				Money:   slices.Repeat([]store.Money{{VND: -int64(id)}}, 3-n), Lesson: string(was[:n]),
			})
		}

	default:
		return func(tx store.Tx, id uint64) error {
			return tx.AddReview(store.Review{ID: store.ReviewID(id), Model: model, At: at, Was: was, State: state})
		}
	}
}

func stepsFirst(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.AddProgress(store.Progress{ID: 8, Model: 5, Was: store.Accepted, State: store.Doing, At: when}),
			tx.AddReview(store.Review{ID: 7, Model: 5, Was: store.Waiting, State: store.Accepted, At: when}))
	})
	same(t, "facts without a model", facts(t, s, store.ModelQuery{}), nil)
	want := putModel(t, s, store.Model{ID: 5, State: store.Doing}).Fact()
	want.State = store.Waiting
	want.Steps = []store.FactStep{{At: when, State: store.Accepted}, {At: when, State: store.Doing, Row: 8}}
	same(t, "facts", facts(t, s, store.ModelQuery{}), []store.Fact{want})
}

func refusedStep(t *testing.T, s store.Store) {
	m := putModel(t, s, store.Model{ID: 5, State: store.Doing})
	p := store.Progress{ID: 8, Model: 5, State: store.Done, At: when}
	v := store.Review{ID: 9, Model: 5, State: store.Done, At: when}
	update(t, s, func(tx store.Tx) error { return errors.Join(tx.AddProgress(p), tx.AddReview(v)) })
	want := facts(t, s, store.ModelQuery{})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.AddProgress(p) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.AddReview(v) })
	refuse(t, s, errStop, func(tx store.Tx) error {
		p.ID, m.Kind = 10, store.Individual
		_, err := tx.PutModel(m)
		return errors.Join(err, tx.AddProgress(p), errStop)
	})
	same(t, "facts", facts(t, s, store.ModelQuery{}), want)
}

// manyModels keeps models with the ids 1 to n.
func manyModels(t *testing.T, s store.Store, n int) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		for i := range n {
			m := store.Model{ID: store.ModelID(i + 1), Code: fmt.Sprint("DVK-", i), Year: 2024 + i%3}
			m.Unit = store.UnitCode(fmt.Sprint(i % 40))
			if _, err := tx.PutModel(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func factIDs(t *testing.T, s store.Store, q store.ModelQuery) []store.ModelID {
	t.Helper()
	return ids(facts(t, s, q), func(f store.Fact) store.ModelID { return f.ID })
}

func factsByPage(t *testing.T, s store.Store) {
	manyModels(t, s, 4500)
	var units []store.UnitCode
	for i := range 30 {
		units = append(units, store.UnitCode(fmt.Sprint(i)))
	}
	some, few := store.NewSubtree(units...), store.NewSubtree(units[:3]...)

	for _, q := range []store.ModelQuery{
		{}, {Year: 2025}, {In: some}, {In: few}, {After: 1234}, {Limit: 10}, {Limit: 2000}, {Limit: 2001, Year: 2024},
		{Limit: 4500}, {In: some, After: 4000, Limit: 5}, {After: 4500},
	} {
		want := factIDs(t, s, q)
		if q.Limit > 0 && len(want) > q.Limit || !slices.IsSorted(want) {
			t.Errorf("%+v finds %d facts, sorted: %v", q, len(want), slices.IsSorted(want))
		}
		if q.Limit == 0 {
			same(t, fmt.Sprintf("%+v in pages", q), inPages(t, s, q, len(want)), want)
		}
	}

	if n := len(factIDs(t, s, store.ModelQuery{})); n != 4500 {
		t.Errorf("there are %d facts, want 4500", n)
	}
}

// inPages asks for small pages until there is none, or more than there can be.
func inPages(t *testing.T, s store.Store, q store.ModelQuery, most int) (all []store.ModelID) {
	t.Helper()
	for q.Limit = 999; len(all) <= most; q.After = all[len(all)-1] {
		part := factIDs(t, s, q)
		if len(part) == 0 {
			break
		}
		all = append(all, part...)
	}
	return all
}
