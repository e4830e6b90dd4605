package schedule_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
	"danvan/store/reporting"
)

// TestClosedFiguresNeverChange lets models come, be checked, updated and merged
// before and after a closing. What is frozen is what was counted at the closing,
// however late the clock strikes and whatever happens before and after it.
func TestClosedFiguresNeverChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		defer mustClose(t, w.file)
		h := &history{world: w, rt: rt}
		h.live("2026-12-05 08:00", rapid.IntRange(5, 25).Draw(rt, "before"))
		cut := time.Date(2026, 12, 30, 17, 0, 0, 0, w.zone)
		want := h.count(cut)
		h.live("2026-12-30 17:01", rapid.IntRange(0, 15).Draw(rt, "until it is frozen"))
		w.now = w.now.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(rt, "hours")) * time.Hour)
		must(t, w.clock.Tick(context.Background(), w.now))
		for range 3 {
			if got := h.frozen(); !bytes.Equal(got, want) {
				rt.Fatalf("frozen at %s is\n%s\nand at the lock it was\n%s", w.now, got, want)
			}
			h.live("", rapid.IntRange(0, 10).Draw(rt, "afterwards"))
			must(t, w.clock.Tick(context.Background(), w.now))
		}
		if got := h.count(cut); !bytes.Equal(got, want) {
			rt.Fatalf("counted again it is\n%s\nand it was\n%s", got, want)
		}
	})
}

// history is what happens to the models of a world.
type history struct {
	*world
	rt     *rapid.T
	models []store.ModelID
}

// live lets some things happen from a time on, or from now.
func (h *history) live(from string, things int) {
	if from != "" {
		h.at(from)
	}
	for range things {
		h.now = h.now.Add(time.Duration(rapid.IntRange(1, 1200).Draw(h.rt, "minutes")) * time.Minute)
		h.update(func(tx store.Tx) error {
			if len(h.models) == 0 || rapid.IntRange(0, 2).Draw(h.rt, "what") == 0 {
				return h.register(tx)
			}
			m, err := tx.Model(rapid.SampledFrom(h.models).Draw(h.rt, "model"))
			if err != nil {
				return err
			}
			if m.State == store.Waiting || rapid.Bool().Draw(h.rt, "check") {
				return h.check(tx, m)
			}
			return h.report(tx, m)
		})
	}
}

func (h *history) register(tx store.Tx) error {
	id, err := tx.NewID()
	unit := rapid.SampledFrom(communes).Draw(h.rt, "unit")
	_, putErr := tx.PutModel(store.Model{
		ID: store.ModelID(id), Code: fmt.Sprint("DVK-", id), Unit: unit,
		Entries: store.Entries{{
			Campaign: "dvk", Field: "KT", Origin: rapid.SampledFrom([]store.Origin{store.New, store.Maintained}).Draw(h.rt, "origin"),
		}},
		Year: 2026, Title: "Mô hình",
		Kind:  store.Collective,
		State: store.Waiting, Post: store.MakePostID(unit, store.Officer), RegisteredAt: h.now,
	})
	h.models = append(h.models, store.ModelID(id))
	return errors.Join(err, putErr)
}

func (h *history) check(tx store.Tx, m store.Model) error {
	id, err := tx.NewID()
	to := rapid.SampledFrom([]store.State{store.Accepted, store.Returned, store.Rejected, store.Merged, store.Waiting}).Draw(h.rt, "state")
	bad := tx.AddReview(store.Review{ID: store.ReviewID(id), Model: m.ID, Was: m.State, State: to, At: h.now})
	m.State = to
	_, putErr := tx.PutModel(m)
	return errors.Join(err, bad, putErr)
}

func (h *history) report(tx store.Tx, m store.Model) error {
	id, err := tx.NewID()
	p := store.Progress{
		ID: store.ProgressID(id), Model: m.ID, At: h.now, Day: store.DateOf(h.now).AddDays(-rapid.IntRange(0, 20).Draw(h.rt, "days ago")), Was: m.State,
		State: rapid.SampledFrom([]store.State{store.Doing, store.Done, store.Paused}).Draw(h.rt, "to"), Basis: store.Added,
		Money: []store.Money{{VND: rapid.Int64Range(0, 9).Draw(h.rt, "money") * 1_000_000, Part: store.People}},
	}
	bad := tx.AddProgress(p)
	m.State, m.ProgressAt = p.State, h.now
	_, putErr := tx.PutModel(m)
	return errors.Join(err, bad, putErr)
}

// count is what is to be frozen, counted now.
func (h *history) count(cut time.Time) []byte {
	f, err := reporting.Load(context.Background(), h.file, org.NewBook(h.zone), reporting.Ask{
		Campaign: "dvk", Period: period, Unit: "10", AsOf: cut, Metrics: answer.Metrics(),
	})
	must(h.tb, err)
	if f.Adjusted != nil {
		f.Now = f.Adjusted // counted, and not what is kept
	}
	b, err := f.Now.Freeze()
	must(h.tb, err)
	return b
}

func (h *history) frozen() []byte {
	var s store.Snapshot
	must(h.tb, h.file.View(context.Background(), func(r store.Reader) (err error) {
		s, err = r.Snapshot(period, "10")
		return err
	}))
	return s.Figures
}

// TestMediansAreKept closes a period of twenty models: what they had in the middle
// is kept with it, and what was kept with the one before is not any more.
func TestMediansAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-12-05 08:00")
	w.update(func(tx store.Tx) (err error) {
		for i := range int64(20) {
			m := store.Model{
				ID: store.ModelID(i + 1), Code: fmt.Sprint("DVK-", i), Unit: communes[i%3], Year: 2026, Title: "Mô hình", Kind: store.Collective,
				Entries: store.Entries{{Campaign: "dvk", Field: "KT", Origin: store.New}},
				State:   store.Doing, Post: store.MakePostID(communes[i%3], store.Officer), RegisteredAt: w.now,
			}
			_, putErr := tx.PutModel(m)
			err = errors.Join(err, putErr, tx.AddProgress(store.Progress{
				ID: store.ProgressID(i + 1), Model: m.ID, At: w.now, Day: store.DateOf(w.now), Was: store.Accepted, State: store.Doing,
				Basis: store.Added, Money: []store.Money{{VND: (i + 1) * 1_000_000, Part: store.People}},
			}))
		}
		june := w.now.AddDate(0, -5, 0)
		return errors.Join(err, tx.PutPeriod(store.Period{
			ID: "dvk/half/2026-06-14", Campaign: "dvk", Kind: store.HalfYear, From: store.Date{Year: 2026, Month: 1, Day: 1},
			To: store.Date{Year: 2026, Month: 6, Day: 14}, Due: june, OnTime: june, Locked: june, WrittenAt: june, ClosedAt: june,
			Medians: []store.Median{{Field: "KT", Metric: "vnd", Value: 1_000_000}},
		}))
	})

	w.at("2026-12-31 08:00")
	must(t, w.clock.Tick(context.Background(), w.now))
	must(t, w.file.View(context.Background(), func(r store.Reader) error {
		p, err := r.Period(period)
		if want := "[{KT vnd 11000000}]"; fmt.Sprint(p.Medians) != want {
			t.Errorf("the medians are %v, want %s", p.Medians, want)
		}
		before, beforeErr := r.Period("dvk/half/2026-06-14")
		if before.Medians != nil {
			t.Errorf("those of the period before are still %v", before.Medians)
		}
		return errors.Join(err, beforeErr)
	}))
}
