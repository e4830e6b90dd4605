package storetest

import (
	"errors"
	"testing"

	"danvan/store"
)

func modelCases() []testCase {
	return []testCase{
		{"revisions", revisions},
		{"a conflict changes nothing", conflictChangesNothing},
		{"found by code", byCode},
		{"a code belongs to one model", codeIsTaken},
		{"options that are used", usedOptions},
		{"last days of unfinished models", lastDays},
		{"progress in order, never changed", progressInOrder},
		{"reviews in order, never changed", reviewsInOrder},
		{"a model that is taken away", takenAway},
	}
}

func putModel(t *testing.T, s store.Store, m store.Model) store.Model {
	t.Helper()
	update(t, s, func(tx store.Tx) (err error) {
		m, err = tx.PutModel(m)
		return err
	})
	return m
}

func model(id store.ModelID) func(store.Reader) (store.Model, error) {
	return func(r store.Reader) (store.Model, error) { return r.Model(id) }
}

func revisions(t *testing.T, s store.Store) {
	m := store.Model{ID: 5, Code: "DVK-5", Title: "first"}
	for want := uint64(1); want <= 3; want++ {
		m = putModel(t, s, m)
		if m.Revision != want {
			t.Fatalf("put returned revision %d, want %d", m.Revision, want)
		}
		same(t, "model", read(t, s, model(5)), m)
		m.Title += "!"
	}
}

// usedOptions wants an option known as used by the models that have it now, in the
// campaign in which they have it.
func usedOptions(t *testing.T, s store.Store) {
	uses := func(c store.CampaignID, list, option string) bool {
		return read(t, s, func(r store.Reader) (bool, error) { return r.Uses(c, list, option) })
	}
	m := putModel(t, s, store.Model{ID: 5, Entries: store.Entries{
		{Campaign: "a", Field: "KT", TitleGroup: "DVK"}, {Campaign: "b", Field: "VHXH", TitleGroup: "NTM"},
	}})
	for _, c := range []struct {
		campaign     store.CampaignID
		list, option string
		want         bool
	}{
		{"a", store.FieldList, "KT", true}, {"b", store.FieldList, "VHXH", true}, {"b", store.TitleList, "NTM", true},
		{"a", store.FieldList, "VHXH", false}, {"b", store.TitleList, "DVK", false}, {"a", store.TitleList, "KT", false},
		{"a", store.FieldList, "K", false}, {"", store.FieldList, "KT", false},
	} {
		if got := uses(c.campaign, c.list, c.option); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}

	m.Entries = store.Entries{{Campaign: "a", Field: "HTCT", TitleGroup: "DVK"}}
	putModel(t, s, m)
	if uses("a", store.FieldList, "KT") || uses("b", store.FieldList, "VHXH") || !uses("a", store.FieldList, "HTCT") {
		t.Error("what the model was is used, or what it is now is not")
	}
}

// lastDays wants the last days of models that are not finished found, each once for
// a unit, by day and unit.
func lastDays(t *testing.T, s store.Store) {
	first, last := store.DateOf(when), store.DateOf(when).AddDays(40)
	models := []store.Model{
		{ID: 1, Unit: "b", State: store.Doing, To: last}, {ID: 2, Unit: "a", State: store.Accepted, To: last},
		{ID: 3, Unit: "b", State: store.Paused, To: last}, {ID: 4, Unit: "b", State: store.Doing, To: first},
		{ID: 5, Unit: "c", State: store.Done, To: first}, {ID: 6, Unit: "c", State: store.Waiting, To: first},
		{ID: 7, Unit: "c", State: store.Doing}, {ID: 8, Unit: "ab", State: store.Doing, To: last.AddDays(1)},
	}
	for i, m := range models {
		models[i] = putModel(t, s, m)
	}
	terms := func(from, to store.Date) []store.Term {
		return read(t, s, func(r store.Reader) ([]store.Term, error) { return r.Terms(from, to) })
	}
	same(t, "all", terms(first, last), []store.Term{{To: first, Unit: "b"}, {To: last, Unit: "a"}, {To: last, Unit: "b"}})
	same(t, "later ones", terms(first.AddDays(1), last.AddDays(1)),
		[]store.Term{{To: last, Unit: "a"}, {To: last, Unit: "b"}, {To: last.AddDays(1), Unit: "ab"}})

	models[0].State, models[2].To = store.Failed, first
	putModel(t, s, models[0])
	putModel(t, s, models[2])
	same(t, "what is left", terms(first, last), []store.Term{{To: first, Unit: "b"}, {To: last, Unit: "a"}})
}

func conflictChangesNothing(t *testing.T, s store.Store) {
	kept := putModel(t, s, store.Model{ID: 5, Code: "DVK-5", Unit: "1", Title: "kept"})
	kept = putModel(t, s, kept)
	for _, m := range []store.Model{
		{ID: 5, Revision: 0, Code: "other", Unit: "2"}, {ID: 5, Revision: 1, Code: "other", Unit: "2"},
		{ID: 5, Revision: 3, Code: "other", Unit: "2"}, {ID: 6, Revision: 1, Code: "other", Unit: "2"},
	} {
		refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
			_, err := tx.PutModel(m)
			return err
		})
	}
	same(t, "model", read(t, s, model(5)), kept)
	missing(t, s, model(6))
	missing(t, s, func(r store.Reader) (store.Model, error) { return r.ModelByCode("other") })
	same(t, "heads", heads(t, s, store.ModelQuery{}), []store.Head{kept.Head()})
}

func byCode(t *testing.T, s store.Store) {
	coded := func(code string) func(store.Reader) (store.Model, error) {
		return func(r store.Reader) (store.Model, error) { return r.ModelByCode(code) }
	}
	m := putModel(t, s, store.Model{ID: 5, Code: "DVK-30709-2026-0001"})
	putModel(t, s, store.Model{ID: 6, Code: "DVK-30709-2026-00011"})
	same(t, "model", read(t, s, coded("DVK-30709-2026-0001")), m)
	m.Code = "DVK-30709-2026-0002"
	m = putModel(t, s, m)
	same(t, "model", read(t, s, coded("DVK-30709-2026-0002")), m)
	missing(t, s, coded("DVK-30709-2026-0001"))
	missing(t, s, coded("dvk-30709-2026-0002"))
}

func codeIsTaken(t *testing.T, s store.Store) {
	m := putModel(t, s, store.Model{ID: 5, Code: "DVK-1"})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		_, err := tx.PutModel(store.Model{ID: 6, Code: "DVK-1"})
		return err
	})
	same(t, "model", read(t, s, func(r store.Reader) (store.Model, error) { return r.ModelByCode("DVK-1") }), m)
}

func progressInOrder(t *testing.T, s store.Store) {
	row := func(model store.ModelID, id store.ProgressID) store.Progress {
		return store.Progress{ID: id, Model: model, At: when, Was: store.Doing, State: store.Done}
	}
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.AddProgress(row(1, 256)), tx.AddProgress(row(1, 3)), tx.AddProgress(row(256, 4)),
			tx.AddProgress(row(1, 1<<40)), tx.AddProgress(row(1, 20)))
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		changed := row(1, 20)
		changed.Remark = "another"
		return tx.AddProgress(changed)
	})
	same(t, "progress",
		read(t, s, func(r store.Reader) ([]store.Progress, error) { return r.Progress(1) }),
		[]store.Progress{row(1, 3), row(1, 20), row(1, 256), row(1, 1<<40)})
}

func reviewsInOrder(t *testing.T, s store.Store) {
	row := func(model store.ModelID, id store.ReviewID) store.Review {
		return store.Review{ID: id, Model: model, Verdict: store.ReturnVerdict, Reason: "chung chung", At: when}
	}
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.AddReview(row(1, 256)), tx.AddReview(row(1, 3)), tx.AddReview(row(256, 4)), tx.AddReview(row(2, 3)))
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		changed := row(1, 3)
		changed.Verdict = store.AcceptVerdict
		return tx.AddReview(changed)
	})
	of := func(id store.ModelID) []store.Review {
		return read(t, s, func(r store.Reader) ([]store.Review, error) { return r.Reviews(id) })
	}
	same(t, "reviews", of(1), []store.Review{row(1, 3), row(1, 256)})
	same(t, "reviews of another model", of(2), []store.Review{row(2, 3)})
}

// takenAway wants nothing left of a model that was deleted, and its code free.
func takenAway(t *testing.T, s store.Store) {
	day := store.Date{Year: 2026, Month: 12, Day: 1}
	full := store.Model{
		ID: 5, Code: "DVK-5", Unit: "30709", State: store.Doing, To: day,
		Entries: store.Entries{{Campaign: "a", Field: "KT", TitleGroup: "DVK"}},
	}
	beside := full
	beside.ID, beside.Code, beside.Unit = 256, "DVK-6", "30710"
	update(t, s, func(tx store.Tx) error {
		_, err := tx.PutModel(full)
		_, besideErr := tx.PutModel(beside)
		return errors.Join(err, besideErr,
			tx.AddProgress(store.Progress{ID: 6, Model: 5, At: when}), tx.AddReview(store.Review{ID: 7, Model: 5, At: when}))
	})
	update(t, s, func(tx store.Tx) error { return errors.Join(tx.DeleteModel(5), tx.DeleteModel(77)) })

	view(t, s, func(r store.Reader) error {
		_, err := r.Model(5)
		_, codeErr := r.ModelByCode("DVK-5")
		if !errors.Is(err, store.ErrNotFound) || !errors.Is(codeErr, store.ErrNotFound) {
			t.Errorf("the model is there: %v, %v", err, codeErr)
		}

		facts, err := r.Facts(store.ModelQuery{})
		if err != nil || len(facts) != 1 || facts[0].ID != 256 {
			t.Errorf("facts %v, %v", facts, err)
		}
		terms, termsErr := r.Terms(day, day)
		if len(terms) != 1 || terms[0].Unit != "30710" {
			t.Errorf("terms %v", terms)
		}
		heads, headsErr := r.Heads(store.ModelQuery{})
		if len(heads) != 1 {
			t.Errorf("heads %v", heads)
		}
		return errors.Join(termsErr, headsErr, empty(t, "progress")(length(r.Progress(5))), empty(t, "reviews")(length(r.Reviews(5))))
	})
	putModel(t, s, store.Model{ID: 9, Code: "DVK-5"})
}
