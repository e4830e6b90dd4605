package bot_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// period is the one that the models of this world are registered in.
const period store.PeriodID = "dvk-2026-2030/half/2026-12-14"

// newFiguresWorld has a province of seven communes with models in every state,
// reports, and a clock that sends digests.
func newFiguresWorld(t *testing.T, lang string, quiet bool) *world {
	t.Helper()
	w := newWorld(t, lang)
	w.clock = true
	must(t, w.store.Update(context.Background(), func(tx store.Tx) error {
		if quiet {
			return errors.Join(calm(tx), closeOthers(tx), settle(tx, w))
		}
		return errors.Join(calm(tx), closeOthers(tx), appointOfficers(tx, w), fillPeriod(tx, w), fileReports(tx, w))
	}))
	return w
}

// calm takes the reminders out of this world, whose transcripts are about
// figures.
func calm(tx store.Tx) error {
	c, err := tx.Campaign("dvk-2026-2030")
	c.Ladder, c.Escalate = nil, 0
	return errors.Join(err, tx.PutCampaign(c))
}

// few are the communes of this world; the others of the province are closed,
// so that its messages can be read.
var few = []store.UnitCode{"30307", "30346", "30463", "30526", "30547", "30589", "30709"}

func closeOthers(tx store.Tx) error {
	units, err := tx.Units("91")
	if err != nil {
		return err
	}
	for _, u := range units {
		kept := false
		for _, code := range few {
			kept = kept || u.Code == code
		}
		if !kept {
			u.Parent, u.ValidTo = "40", store.Date{Year: 2026, Month: 1, Day: 1}
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
	}
	return nil
}

func appointOfficers(tx store.Tx, w *world) error {
	for i, name := range []string{"Lê Thị Cúc", "Trần Văn Dũng", "Chau Sóc Kha"} {
		unit := []store.UnitCode{"30463", "30526", "30589"}[i]
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id), Since: w.now}
		who := store.Person{ID: post.Holder, Address: address("can bo " + string(unit)), Language: w.lang, Active: post.ID, Name: name}
		if unit == "30526" {
			who.Unreachable = w.now.AddDate(0, 0, -4)
		}
		if err := errors.Join(tx.PutPost(post), tx.PutPerson(who)); err != nil {
			return err
		}
	}
	return nil
}

// settle leaves a supervisor nothing to do: everybody is there and has reported.
func settle(tx store.Tx, w *world) error {
	for _, unit := range few {
		_, err := tx.Post(store.MakePostID(unit, store.Officer))
		if errors.Is(err, store.ErrNotFound) {
			post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: 900, Since: w.now}
			err = tx.PutPost(post)
		}
		_, reportErr := tx.PutReport(store.Report{Unit: unit, Period: period, SubmittedAt: w.now})
		if err := errors.Join(err, reportErr); err != nil {
			return err
		}
	}
	return tx.PutPerson(store.Person{ID: 900, Address: address("nhan vien"), Language: w.lang})
}

// periodModels are what was registered in the period: month and day, what the
// check came to, and what an update brought.
var periodModels = []struct {
	title, field string
	unit         store.UnitCode
	kind         store.RegistrantKind
	month, day   int
	verdict      store.State
	state        store.State // of an update; "" none
	millions     int64
	vague        bool
}{
	{"Hiến đất mở đường nội ấp", "VHXH", "30709", store.Collective, 7, 3, store.Accepted, store.Done, 240, false},
	{"Rác thải nhựa đổi gạo", "VHXH", "30709", store.Collective, 8, 12, store.Accepted, store.Doing, 18, false},
	{"Cánh đồng không vỏ thuốc", "KT", "30463", store.Collective, 7, 20, store.Accepted, store.Doing, 55, false},
	{"Tổ liên gia an toàn PCCC", "QPAN", "30307", store.Collective, 9, 1, store.Accepted, "", 0, false},
	{"Vận động đồng bào Khmer đổi cây trồng", "KT", "30526", store.Individual, 10, 5, store.Accepted, store.Doing, 120, false},
	{"Chính quyền thân thiện vì Nhân dân phục vụ", "HTCT", "30589", store.Collective, 10, 20, store.Accepted, store.Paused, 0, false},
	{"Làm tốt công tác dân vận năm 2026", "HTCT", "30589", store.Collective, 10, 21, store.Accepted, "", 0, true},
	{"Nâng cao nhận thức cho hội viên", "VHXH", "30709", store.Collective, 11, 20, store.Returned, "", 0, true},
	{"Bếp ăn nghĩa tình 0 đồng", "VHXH", "30463", store.Collective, 12, 1, "", "", 0, false},
	{"Ngày Chủ nhật xanh", "VHXH", "30307", store.Collective, 12, 10, "", "", 0, false},
}

func fillPeriod(tx store.Tx, w *world) error {
	at := func(month, day, hour int) time.Time {
		return time.Date(2026, time.Month(month), day, hour, 0, 0, 0, w.zone)
	}
	for i, d := range periodModels {
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		m := store.Model{
			ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-2026-%04d", d.unit, 101+i), Unit: d.unit, Campaign: "dvk-2026-2030", Year: 2026,
			Title: d.title, Fold: answer.Fold(d.title), Kind: d.kind, Registrant: fmt.Sprintf("Chi bộ %d", i), Field: d.field,
			TitleGroup: "DVK", Origin: store.New, State: store.Waiting, RegisteredAt: at(d.month, d.day, 9),
		}
		if d.vague {
			m.Vague = []string{"target"}
		}
		if d.verdict != "" {
			m.State = d.verdict
			if err := tx.AddReview(store.Review{ID: store.ReviewID(id), Model: m.ID, Was: store.Waiting, State: d.verdict, At: at(d.month, d.day, 15)}); err != nil {
				return err
			}
		}
		if d.state != "" {
			m.State = d.state
			p := store.Progress{ID: 1, Model: m.ID, At: at(11, 10+i, 10), Day: store.Date{Year: 2026, Month: 11, Day: 10 + i}, Was: store.Accepted, State: d.state}
			if d.state == store.Paused {
				p.Reason = "budget"
			}
			if d.millions > 0 {
				p.Money, p.Basis = []store.Money{{VND: d.millions * 1_000_000, Part: store.People}}, store.Added
			}
			if err := tx.AddProgress(p); err != nil {
				return err
			}
		}
		if _, err := tx.PutModel(m); err != nil {
			return err
		}
	}
	return nil
}

func fileReports(tx store.Tx, w *world) error {
	for i, unit := range []store.UnitCode{"30346", "30463"} {
		v := store.Report{Unit: unit, Period: period, Nothing: i == 0, SubmittedAt: time.Date(2026, 12, 9+i, 10, 0, 0, 0, w.zone)}
		if _, err := tx.PutReport(v); err != nil {
			return err
		}
	}
	return tx.AddException(store.Exception{
		Unit: "30589", Period: period, Kind: store.Exemption, Reason: "khắc phục bão số 12", At: w.now,
		Until: time.Date(2027, 3, 1, 0, 0, 0, 0, w.zone),
	})
}

// tick is what the clock does: it reminds, freezes, sends digests, and edits
// those that live.
func (w *world) tick() {
	must(w.t, w.sched.Tick(context.Background(), w.now))
	must(w.t, w.deliver())
}

// file submits a report as a unit's officer would.
func (w *world) file(unit store.UnitCode) {
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{Unit: unit, Period: period, SubmittedAt: w.now})
		return err
	}))
}
