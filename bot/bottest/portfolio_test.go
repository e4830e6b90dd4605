package bottest_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/report"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"
)

// portfolio is what the seats of TestPortfolio look after: the economy of two communes.
var portfolio = store.Portfolio{Units: []store.UnitCode{"30463", "30526"}, Fields: []string{"KT"}}

// TestPortfolio walks through every screen of a seat with a portfolio, in every role, in
// two worlds that differ outside of it only: in models, their states, sums and updates, in
// reports, exemptions and officers. Both walks read the same, to the letter.
func TestPortfolio(t *testing.T) {
	t.Parallel()
	for _, role := range store.Roles {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			compare(t, bottest.Actor{Unit: "91", Role: role, Portfolio: portfolio})
		})
	}
}

// TestFields is TestPortfolio for seats of a commune that look after a field in it.
func TestFields(t *testing.T) {
	t.Parallel()
	for _, role := range []store.Role{store.Officer, store.Coordinator, store.Supervisor} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			compare(t, bottest.Actor{Unit: "30463", Role: role, Portfolio: store.Portfolio{Fields: []string{"KT"}}})
		})
	}
}

// compare walks through both worlds as somebody.
func compare(t *testing.T, a bottest.Actor) {
	t.Helper()
	one := walk(t, a, func(store.Tx, *bottest.World) error { return nil })
	two := walk(t, a, outside)
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			t.Fatalf("what happens outside is seen. Step %d:\n%s\n\nand in the other world:\n%s", i, one[i], two[i])
		}
	}
	all := strings.Join(one, "\n")
	if len(one) != len(two) || len(one) < 40 || !strings.Contains(all, "Vườn rau sạch ven sông") || !strings.Contains(all, "ngoài phần phụ trách") {
		t.Errorf("the walks have %d and %d steps, and come by too little", len(one), len(two))
	}
}

// TestFiles makes the workbook and the picture of a portfolio in both worlds: byte by byte
// they are the same.
func TestFiles(t *testing.T) {
	t.Parallel()
	for _, kind := range []store.MakeKind{store.Workbook, store.Chart} {
		for _, campaign := range []store.CampaignID{"dvk-2026-2030", "other"} {
			var files [2][]byte
			for i, change := range []func(store.Tx, *bottest.World) error{func(store.Tx, *bottest.World) error { return nil }, outside} {
				w := bottest.Named(t, "vi", "figures")
				w.Update(func(tx store.Tx) error {
					return errors.Join(inside(tx, w), put(tx, w, 0, "30709", "VHXH", store.Doing, func(*store.Model) {}), change(tx, w))
				})
				f := report.Files{
					Store: w.Store, Book: w.Bot.Book(), Words: w.Words, Number: locales.Number, Money: locales.Money, Phone: text.Phone,
					Metrics: answer.Metrics(),
				}
				var err error
				_, files[i], err = f.File(t.Context(), store.Message{Make: &store.Make{
					Kind: kind, Unit: "91", Portfolio: portfolio, Campaign: campaign, AsOf: w.Day(12, 20, 8, 0), Language: "vi", Contacts: true,
				}})
				bottest.Must(t, err)
			}
			if !bytes.Equal(files[0], files[1]) {
				t.Errorf("the %s of %s tells of what is outside", kind, campaign)
			}
		}
	}
}

// inside are models within the portfolio, in both worlds: one that waits, one that was
// merged into what is outside, and one that is something else in another campaign.
func inside(tx store.Tx, w *bottest.World) error {
	other, err := tx.Campaign("dvk-2026-2030")
	other.ID, other.Name = "other", store.Label{"vi": "Phong trào thứ hai", "en": "Another movement"}
	return errors.Join(err, tx.PutCampaign(other),
		put(tx, w, 1, "30463", "KT", store.Waiting, func(m *store.Model) { m.Title = "Vườn rau sạch ven sông" }),
		put(tx, w, 2, "30463", "KT", store.Merged, func(m *store.Model) { m.Into = beyond }),
		put(tx, w, 3, "30463", "KT", store.Doing, func(m *store.Model) {
			m.Entries = append(m.Entries, store.Entry{Campaign: "other", Field: "VHXH", TitleGroup: "DVK", Origin: store.New})
		}),
		put(tx, w, 4, "30463", "KT", store.Doing, func(m *store.Model) { m.Absorbed = []store.ModelID{beyond} }))
}

// beyond is a model outside, which differs in both worlds.
const beyond = 900_000

// outside changes much, and nothing within the portfolio.
func outside(tx store.Tx, w *bottest.World) (err error) {
	states := []store.State{store.Waiting, store.Returned, store.Accepted, store.Doing, store.Paused, store.Done, store.Failed}
	n := 10
	for _, at := range []struct {
		unit  store.UnitCode
		field string
	}{{"30709", "KT"}, {"30307", "VHXH"}, {"30463", "VHXH"}, {"30526", "QPAN"}, {"91", "KT"}, {"30463", "HTCT"}} {
		for _, state := range states {
			n++
			err = errors.Join(err, put(tx, w, n, at.unit, at.field, state, func(m *store.Model) {
				if n%5 == 0 {
					m.Title = "Vườn rau sạch ven sông"
				}
			}))
		}
	}
	for _, unit := range []store.UnitCode{"30709", "30307", "30547"} {
		_, reportErr := tx.PutReport(store.Report{Unit: unit, Period: bottest.Period, SubmittedAt: w.Day(12, 10, 8, 0), Difficulty: "Khó khăn ở ngoài"})
		err = errors.Join(err, reportErr)
	}
	far, farErr := tx.Model(beyond)
	far.Title, far.Fold = "Tên khác hẳn", "ten khac han"
	_, putErr := tx.PutModel(far)
	hoa := w.PersonIn(tx, "hoa")
	hoa.Name, hoa.Unreachable = "Người Ở Ngoài", w.Day(12, 1, 8, 0)
	binh, postErr := tx.Post("30307:officer")
	binh.Holder = 0
	return errors.Join(err, farErr, putErr, postErr, tx.PutPerson(hoa), tx.PutPost(binh), tx.AddException(store.Exception{
		Unit: "30346", Period: bottest.Period, Kind: store.Exemption, Reason: "ngoài", At: w.Now, Until: w.Day(15, 1, 0, 0),
	}))
}

// put puts a model with sums and an update.
func put(
	tx store.Tx, w *bottest.World, n int, unit store.UnitCode, field string, state store.State, with func(*store.Model),
) error {
	at := w.Day(8, 1+n%28, 9, 0)
	m := store.Model{
		ID: store.ModelID(beyond + n), Code: fmt.Sprintf("DVK-%s-2026-%04d", unit, 700+n), Unit: unit, Kind: store.Collective, Year: 2026,
		Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: field, TitleGroup: "DVK", Origin: store.New}},
		Title:   fmt.Sprintf("Mô hình ở ngoài số %d", n), Registrants: []store.Registrant{{Name: "Hội ở ngoài"}}, State: state, RegisteredAt: at,
		To: store.Date{Year: 2026, Month: 12, Day: 20}, Vague: []string{"target"},
	}
	with(&m)
	m.Fold = answer.Fold(m.Title)
	_, err := tx.PutModel(m)
	if state != store.Waiting {
		err = errors.Join(err, tx.AddReview(store.Review{
			ID: store.ReviewID(m.ID), Model: m.ID, Was: store.Waiting, State: store.Accepted, At: at,
		}))
	}
	if state.UnderWay() {
		err = errors.Join(err, tx.AddProgress(store.Progress{
			ID: 1, Model: m.ID, At: at.AddDate(0, 1, 0), Day: store.DateOf(at.AddDate(0, 1, 0)), Was: store.Accepted, State: state,
			Money: []store.Money{{VND: 777_000_000, Part: store.People}}, Basis: store.Added,
		}))
	}
	return err
}

// words are what is typed on the walk: commands, and searches for what is outside.
var words = []string{
	"/mohinh", "/tonghop", "/tiendo", "/lich", "/duyet", "/baocao", "/capnhat", "/dangky", "/chot", "/kehoach", "/ngaynghi", "/nhap", "/caidat",
	"/nguoi", "/moi",
	"ở ngoài", "Mô hình ở ngoài số 3", "DVK-30709-2026-0703", "30709", "Định Mỹ", "Văn hóa - xã hội", "Hội ở ngoài", "cánh đồng", "2026",
}

// mostSteps is how many buttons a walk presses at most.
const mostSteps = 160

// walk gives somebody a seat with a portfolio, lets the clock run to the digest, says every word and presses every
// button, and returns what was read at each step.
func walk(t *testing.T, a bottest.Actor, change func(store.Tx, *bottest.World) error) (read []string) {
	t.Helper()
	w := bottest.Named(t, "vi", "figures")
	w.Appoint(a)
	w.Update(func(tx store.Tx) error {
		return errors.Join(inside(tx, w), put(tx, w, 0, "30709", "VHXH", store.Doing, func(*store.Model) {}), change(tx, w))
	})
	w.SetClock(w.Day(12, 7, 8, 0))
	w.SetClock(w.Day(12, 11, 16, 1))

	step := func(what string) {
		read = append(read, what+": "+w.Read(bottest.Somebody))
	}
	step("reminded")
	for i, word := range append(words, "/chot", "/tonghop", "/tiendo") {
		if i == len(words) {
			w.SetClock(w.Day(12, 18, 9, 0)) // reports are due no longer, and the period can be closed
			step("reminded")
		}
		w.Fresh()
		w.Say(bottest.Somebody, word)
		step(word)
		buttons := shown(w)
		for i := range min(len(buttons), mostSteps/len(words)*2) {
			w.Fresh()
			w.Say(bottest.Somebody, word)
			pressAt(w, i, step)
		}
	}
	return read
}

// pressAt presses the i-th button on the screen, and each of the first of those that it
// leads to.
func pressAt(w *bottest.World, i int, step func(string)) {
	buttons := shown(w)
	if i >= len(buttons) {
		return
	}
	press(w, buttons[i], step)
	for j := range 3 {
		if next := shown(w); j < len(next) {
			press(w, next[j], step)
		}
	}
}

func press(w *bottest.World, b placed, step func(string)) {
	toast := w.MustDo(bottest.Somebody, flows.Input{Kind: flows.PressInput, Press: b.Data, Message: b.message})
	step("[" + b.Text + "] " + toast)
}

// placed is a button with the message that it stands under.
type placed struct {
	message string
	store.Button
}

// shown lists the buttons that somebody sees.
func shown(w *bottest.World) (all []placed) {
	for _, m := range w.Chat(bottest.Somebody).Messages {
		for _, b := range slices.Concat(m.Buttons...) {
			if b.Data != "" && !strings.Contains(b.Data, "://") {
				all = append(all, placed{strconv.Itoa(m.ID), b})
			}
		}
	}
	return all
}
