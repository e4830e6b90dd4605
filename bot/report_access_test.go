package bot_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"
)

// about is how buttons name the report of ba's commune.
func about() string {
	sum := sha256.Sum256([]byte(period))
	return "30346." + base64.RawURLEncoding.EncodeToString(sum[:6])
}

// watchedAs is the same report as the lists of who has reported name it.
func watchedAs() string {
	unit, tok, _ := strings.Cut(about(), ".")
	return tok + "." + unit
}

func isOfficer(a actor) bool { return a.unit == "30346" && a.role == store.Officer }

// watches says whether an actor sees who of the units there has reported.
func watches(a actor) bool {
	reaches := a.unit == "30346" || a.unit == "91" && a.portfolio.Units == nil || slices.Contains(a.portfolio.Units, "30346")
	return reaches && (a.role == store.Coordinator || a.role == store.Supervisor)
}

func isAbove(a actor) bool      { return watches(a) && a.unit != "30346" }
func isBookkeeper(a actor) bool { return isAbove(a) && a.role == store.Coordinator }

// reportButtons are the buttons about a report, who may press them, and what
// they do then. A fenced one carries the revision of the report, which is 1.
var reportButtons = []struct {
	data   string
	fenced bool
	may    func(actor) bool
	does   string // "change", "open" a form, or "show"
}{
	{"bc.show." + about(), false, isOfficer, "show"},
	{"bc.card." + about(), false, isOfficer, "show"},
	{"bc.models." + about(), false, isOfficer, "show"},
	{"bc.why." + about(), false, isOfficer, "show"},
	{"bc.words." + about(), false, isOfficer, "open"},
	{"bc.later." + about(), false, isOfficer, "change"},
	{"bc.send." + about(), true, isOfficer, "change"},
	{"bc.nothing." + about(), true, isOfficer, "change"},
	{"bc.paper." + about(), true, isOfficer, "change"},
	{"gd.who.30346", false, isOfficer, "show"},
	{"td.show." + strings.TrimSuffix(watchedAs(), ".30346"), false, nil, "show"},
	{"td.unit." + watchedAs(), false, watches, "show"},
	{"td.why." + watchedAs(), false, watches, "show"},
	{"td.nudge." + watchedAs(), false, watches, "change"},
	{"ex.extend." + about(), false, isAbove, "open"},
	{"ex.exempt." + about(), false, isAbove, "open"},
	{"bc.zzz." + about(), false, nil, "show"},
	{"bc.send.99999.zzz.0", false, nil, "show"},
	{"ex.retract." + about() + ".1", false, nil, "show"},
	{"gd.set.30346.1.7", false, nil, "show"},
	{"lc.-1", false, nil, "show"},
	{"lc.999", false, nil, "show"},
}

// paperButtons are those about a report that went on paper, at revision 2.
var paperButtons = []struct {
	data string
	may  func(actor) bool
}{
	{"bc.got." + about(), isBookkeeper}, {"bc.unseen." + about(), isBookkeeper}, {"bc.back." + about(), isOfficer},
}

// TestReportButtons lets every role, near and far, press every button about the
// report of a commune: only who may do it does it, and a button that was shown
// for an older report does nothing.
func TestReportButtons(t *testing.T) {
	t.Parallel()
	plain, paper := filepath.Join(t.TempDir(), "plain.db"), filepath.Join(t.TempDir(), "paper.db")
	w := newWorld(t, "vi")
	w.putReport(store.Report{ID: 1, Unit: "30346", Period: period, SubmittedAt: w.now, WithdrawnAt: w.now, Post: "30346:officer"})
	w.keep(plain)
	w = worldFrom(t, plain)
	w.putReport(store.Report{ID: 1, Revision: 1, Unit: "30346", Period: period, SubmittedAt: w.now, Post: "30346:officer", Paper: true})
	w.keep(paper)
	for name, a := range actors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := worldAs(t, a, plain)
			for _, b := range reportButtons {
				if b.fenced {
					w.pressReport(a, b.data+".7", "show", false)
					b.data += ".1"
				}
				may := b.may != nil && b.may(a)
				if w.pressReport(a, b.data, b.does, may); may && b.does != "show" {
					w = worldAs(t, a, plain)
				}
			}
			w = worldAs(t, a, paper)
			for _, b := range paperButtons {
				w.pressReport(a, b.data+".1", "show", false)
				if w.pressReport(a, b.data+".2", "change", b.may(a)); b.may(a) {
					w = worldAs(t, a, paper)
				}
			}
		})
	}
}

// TestOwnReport has a coordinator be the officer of a commune too: they neither
// give it more time nor say that its paper arrived, and are not offered to.
func TestOwnReport(t *testing.T) {
	t.Parallel()
	w := newReportsWorld(t, "vi", "own")
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
		post, err := tx.Post("30346:officer")
		minh, minhErr := tx.PersonAt(address("minh"))
		post.Holder = minh.ID
		return errors.Join(err, minhErr, tx.PutPost(post))
	}))
	w.putReport(store.Report{ID: 1, Unit: "30346", Period: period, SubmittedAt: w.now, Post: "30346:officer", Paper: true})
	before := w.reported()
	for _, data := range []string{"ex.extend." + about(), "ex.exempt." + about(), "bc.got." + about() + ".1", "bc.unseen." + about() + ".1"} {
		w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: data, Message: "1"})
		if w.reported() != before || w.person("minh").Open != 0 {
			t.Errorf("%s did something:\n%s", data, w.read("minh"))
		}
	}
	w.chats["minh"] = nil
	w.mustDo("minh", flows.Input{Kind: flows.TextInput, Text: "/tiendo"})
	w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: "td.unit." + watchedAs(), Message: "1"})
	w.mustDo("minh", flows.Input{Kind: flows.TextInput, Text: "/tonghop"})
	data, on, err := w.chats["minh"].Button("Xem theo đơn vị", 0)
	must(t, err)
	w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
	if data, on, err = w.chats["minh"].Button("1", on); err == nil {
		w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
	}
	read := w.read("minh")
	if !strings.Contains(read, "Lê Văn Minh") || !strings.Contains(read, "Xã Nhơn Hội</b> · 6 tháng") {
		t.Errorf("the unit is not shown:\n%s", read)
	}
	for _, label := range []string{"Gia hạn", "Miễn kỳ này", "Đã nhận", "Chưa thấy"} {
		if strings.Contains(read, "["+label) {
			t.Errorf("[%s] is offered:\n%s", label, read)
		}
	}
}

// TestTimetableTurnsInPlace goes to the second page of the plan and back.
func TestTimetableTurnsInPlace(t *testing.T) {
	t.Parallel()
	w := newReportsWorld(t, "vi", "two_reports")
	w.now = w.day(12, 4, 9, 0)
	w.mustDo("lan", flows.Input{Kind: flows.TextInput, Text: "/lich"})
	first := w.chats["lan"].Messages[0].Text
	for _, c := range []struct {
		label string
		first bool
	}{{"Sau ›", false}, {"‹ Trước", true}} {
		data, on, err := w.chats["lan"].Button(c.label, 0)
		must(t, err)
		w.mustDo("lan", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
		if m := w.chats["lan"].Messages; len(m) != 1 || m[0].Text == first != c.first {
			t.Errorf("after [%s] there are %d messages:\n%s", c.label, len(m), w.read("lan"))
		}
	}
}

// worldAs is a copy of a world in which the actor has their post.
func worldAs(t *testing.T, a actor, file string) *world {
	w := worldFrom(t, file)
	w.appoint(a)
	return w
}

func (w *world) putReport(r store.Report) {
	must(w.t, w.store.Update(w.t.Context(), func(tx store.Tx) error {
		_, err := tx.PutReport(r)
		return err
	}))
}

// pressReport presses a button and wants it to do what it should, and nothing
// else. Who may not reads no model of the commune either.
func (w *world) pressReport(a actor, data, does string, may bool) {
	w.t.Helper()
	w.fresh()
	before := w.reported()
	w.Chat(actorName).Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
	shown := w.Chat(actorName).Messages
	toast := w.mustDo(actorName, flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(shown[len(shown)-1].ID)})
	read := toast + w.read(actorName)
	changed, opened := w.reported() != before, w.opened()
	switch {
	case strings.Contains(read, "Danvan chưa làm được"):
		w.t.Errorf("%s failed:\n%s", data, read)
	case changed != (may && does == "change"):
		w.t.Errorf("%s: may %v, changed %v:\n%s", data, may, changed, read)
	case opened != (may && does == "open"):
		w.t.Errorf("%s: may %v, opened %v:\n%s", data, may, opened, read)
	case !may && !a.sees && !watches(a) && strings.Contains(read, modelWords[0]):
		w.t.Errorf("%s: they read\n%s", data, read)
	case may && does == "show" && !strings.Contains(strings.ToLower(read), "xã nhơn hội"):
		w.t.Errorf("%s: they do not read of the commune:\n%s", data, read)
	}
}

// reported is all that is known of the reports of a period, as text.
func (w *world) reported() string {
	var all [5]any
	w.view(func(r store.Reader) error {
		var errs [5]error
		all[0], errs[0] = r.Reports(period)
		all[1], errs[1] = r.Exceptions(period)
		all[2], errs[2] = r.Deferrals(period)
		all[3], errs[3] = r.Ledger(period)
		all[4], errs[4] = r.PostsAt("30346")
		return errors.Join(errs[:]...)
	})
	text, err := json.Marshal(all)
	must(w.t, err)
	return string(text)
}
