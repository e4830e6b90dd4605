package bottest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// Period is the half-year that reports are about and figures are of.
const Period store.PeriodID = "dvk-2026-2030/half/2026-12-14"

// fillFigures leaves a province of seven communes with models in every state,
// and reports. In a quiet one a supervisor has nothing to do.
func (w *World) fillFigures(tx store.Tx, quiet bool) error {
	err := errors.Join(Calm(tx), closeOthers(tx))
	if quiet {
		return errors.Join(err, w.settle(tx))
	}
	return errors.Join(err, w.appointOfficers(tx), w.fillPeriod(tx), w.fileReports(tx))
}

// Calm takes the reminders out of a world that is about figures.
func Calm(tx store.Tx) error {
	c, err := tx.Campaign("dvk-2026-2030")
	c.Ladder, c.Escalate = nil, 0
	c.Unit = "91" // whose coordinator closes its periods
	return errors.Join(err, tx.PutCampaign(c))
}

// few are the communes of this world; the others of the province are closed,
// so that its messages can be read.
var few = []store.UnitCode{"30307", "30346", "30463", "30526", "30547", "30589", "30709"}

func closeOthers(tx store.Tx) error {
	units, err := tx.Units("91")
	for _, u := range units {
		if !slices.Contains(few, u.Code) {
			u.Parent, u.ValidTo = "40", store.Date{Year: 2026, Month: 1, Day: 1}
			err = errors.Join(err, tx.PutUnit(u))
		}
	}
	return err
}

// appointOfficers fills three communes more; one of the officers does not get
// messages any more.
func (w *World) appointOfficers(tx store.Tx) error {
	return errors.Join(
		w.seat(tx, "can bo 30463", "30463", store.Officer, store.Person{Name: "Lê Thị Cúc"}),
		w.seat(tx, "can bo 30526", "30526", store.Officer, store.Person{Name: "Trần Văn Dũng", Unreachable: w.Now.AddDate(0, 0, -4)}),
		w.seat(tx, "can bo 30589", "30589", store.Officer, store.Person{Name: "Chau Sóc Kha"}))
}

// settle leaves a supervisor nothing to do: everybody is there and has reported.
func (w *World) settle(tx store.Tx) error {
	for _, unit := range few {
		_, err := tx.Post(store.MakePostID(unit, store.Officer))
		if errors.Is(err, store.ErrNotFound) {
			post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: 900, Since: w.Now}
			err = tx.PutPost(post)
		}
		_, reportErr := tx.PutReport(store.Report{Unit: unit, Period: Period, SubmittedAt: w.Now})
		if err := errors.Join(err, reportErr); err != nil {
			return err
		}
	}
	return tx.PutPerson(store.Person{ID: 900, Address: Address("nhan vien"), Language: w.Lang})
}

// registered is a model of the period: month and day, what the check came to,
// and what an update brought.
type registered struct {
	title, field string
	unit         store.UnitCode
	kind         store.RegistrantKind
	month, day   int
	verdict      store.State // "" it waits
	state        store.State // of an update; "" none
	millions     int64
	vague        bool
}

var periodModels = []registered{
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

func (w *World) fillPeriod(tx store.Tx) error {
	for i, d := range periodModels {
		id, err := tx.NewID()
		m := store.Model{
			ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-2026-%04d", d.unit, 101+i), Unit: d.unit, Kind: d.kind,
			Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: d.field, TitleGroup: "DVK", Origin: store.New}},
			Year:    2026, Title: d.title, Fold: answer.Fold(d.title),
			Registrants: []store.Registrant{{Name: fmt.Sprintf("Chi bộ %d", i)}},
			State:       store.Waiting, RegisteredAt: w.Day(d.month, d.day, 9, 0),
		}
		if d.vague {
			m.Vague = []string{"target"}
		}

		if d.verdict != "" {
			m.State = d.verdict
			err = errors.Join(err, tx.AddReview(store.Review{
				ID: store.ReviewID(id), Model: m.ID, Was: store.Waiting, State: d.verdict, At: w.Day(d.month, d.day, 15, 0),
			}))
		}
		if d.state != "" {
			m.State = d.state
			err = errors.Join(err, tx.AddProgress(d.progress(m.ID, w.Day(11, 10+i, 10, 0))))
		}

		_, putErr := tx.PutModel(m)
		if err := errors.Join(err, putErr); err != nil {
			return err
		}
	}
	return nil
}

func (d registered) progress(model store.ModelID, at time.Time) store.Progress {
	p := store.Progress{ID: 1, Model: model, At: at, Day: store.DateOf(at), Was: store.Accepted, State: d.state}
	if d.state == store.Paused {
		p.Reason = "budget"
	}
	if d.millions > 0 {
		p.Money, p.Basis = []store.Money{{VND: d.millions * 1_000_000, Part: store.People}}, store.Added
	}
	return p
}

func (w *World) fileReports(tx store.Tx) error {
	_, err := tx.PutReport(store.Report{Unit: "30346", Period: Period, Nothing: true, SubmittedAt: w.Day(12, 9, 10, 0)})
	_, err2 := tx.PutReport(store.Report{Unit: "30463", Period: Period, SubmittedAt: w.Day(12, 10, 10, 0)})
	return errors.Join(err, err2, tx.AddException(store.Exception{
		Unit: "30589", Period: Period, Kind: store.Exemption, Reason: "khắc phục bão số 12", At: w.Now, Until: w.Day(15, 1, 0, 0),
	}))
}
