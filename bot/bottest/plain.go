package bottest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"danvan/bot/shipped"
	"danvan/flows/answer"
	"danvan/store"
)

// New is the plain world: the provinces of An Giang and Nghệ An, an officer in
// some communes, a coordinator and a supervisor above, an administrator, and
// four models of ba's commune.
func New(t *testing.T, lang string, with ...With) *World {
	t.Helper()
	w := Bare(t, lang, with...)
	w.fill()
	return w
}

// fill makes a world the plain one.
func (w *World) fill() {
	w.T.Helper()
	campaigns, err := shipped.Campaigns()
	Must(w.T, err)

	w.Update(func(tx store.Tx) error {
		err := w.fillUnits(tx)
		campaigns[0].Rules[0].Only = nil // two reports that are due together are the harder case
		for _, c := range campaigns {
			err = errors.Join(err, tx.PutCampaign(c))
		}

		for _, name := range slices.Sorted(maps.Keys(people)) {
			if p := people[name]; p.role != "" {
				who := store.Person{Name: p.name, Phone: p.phone, Consent: store.Given, ConsentAt: w.Now}
				err = errors.Join(err, w.seat(tx, name, p.unit, p.role, who))
			}
		}
		return errors.Join(err, w.fillModels(tx))
	})
}

// fillUnits puts two provinces into a world.
func (w *World) fillUnits(tx store.Tx) error {
	units, err := shipped.Units("91", "40")
	for _, u := range units {
		err = errors.Join(err, tx.PutUnit(u))
	}
	return err
}

// people are the names in the transcripts with their posts and numbers.
var people = map[string]struct {
	name, phone string
	unit        store.UnitCode
	role        store.Role
}{
	"hoa":  {"Nguyễn Thị Hoa", "+84912345678", "30709", store.Officer},
	"tu":   {"Lô Văn Tú", "+84987654321", "16804", store.Officer},
	"binh": {"Trần Văn Bình", "+84911222333", "30307", store.Officer},
	"minh": {"Lê Văn Minh", "+84909000111", "91", store.Coordinator},
	"lan":  {"Phạm Thị Lan", "+84909000222", "91", store.Supervisor},
	"quan": {"Võ Minh Quân", "", "", store.Admin},
	"ba":   {"Huỳnh Văn Ba", "+84933444555", "30346", store.Officer},
	"an":   {"Trần Văn An", "", "", ""},
}

// seat puts somebody into a new post.
func (w *World) seat(tx store.Tx, who string, unit store.UnitCode, role store.Role, p store.Person) error {
	return seat(tx, store.Post{Unit: unit, Role: role, Since: w.Now}, Address(who), w.Lang, p)
}

func seat(tx store.Tx, post store.Post, at store.Address, lang string, p store.Person) error {
	id, err := tx.NewID()
	post.ID, post.Holder = store.MakePostID(post.Unit, post.Role), store.PersonID(id)
	p.ID, p.Address, p.Language, p.Active = post.Holder, at, lang, post.ID
	return errors.Join(err, tx.PutPost(post), tx.PutPerson(p))
}

// models are the models of ba's commune: title, field and state.
var models = []struct {
	title, field string
	state        store.State
}{
	{"Tiếng kẻng bình yên", "QPAN", store.Doing},
	{"Xóa nhà tạm, xây nhà Đại đoàn kết", "VHXH", store.Accepted},
	{"Tổ hợp tác nuôi chồn hương", "KT", store.Paused},
	{"Bếp ăn nghĩa tình 0 đồng", "VHXH", store.Done},
}

func (w *World) fillModels(tx store.Tx) error {
	for i, m := range models {
		id, err := tx.NewID()
		kept := store.Model{
			ID: store.ModelID(id), Code: fmt.Sprintf("DVK-30346-2025-%04d", i+1), Unit: "30346",
			Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: m.field, TitleGroup: "DVK", Origin: store.New}},
			Year:    2025,
			Title:   m.title, Fold: answer.Fold(m.title), Kind: store.Collective, Registrants: []store.Registrant{{Name: "Công an xã"}},
			Place: "ấp Bắc Đai", Content: "14 tổ tự quản tuần tra đêm",
			From: store.Date{Year: 2025, Month: 3, Day: 1}, To: store.Date{Year: 2026, Month: 12, Day: 31},
			Contact: "Huỳnh Văn Ba", Phone: "+84933444555",
			State: m.state, Post: "30346:officer", RegisteredAt: w.Now.AddDate(-1, 0, i),
		}
		if m.state == store.Done {
			kept.ConfirmedAt = w.Now.AddDate(0, -1, 0)
		}

		_, putErr := tx.PutModel(kept)
		err = errors.Join(err, putErr, tx.AddReview(store.Review{
			ID: store.ReviewID(id), Model: kept.ID, Verdict: store.AcceptVerdict,
			Was: store.Waiting, State: store.Accepted, At: kept.RegisteredAt,
		}))
		if err != nil {
			return err
		}
	}
	return nil
}
