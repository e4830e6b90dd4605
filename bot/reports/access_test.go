package reports_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// world is one in which what is known of reports is compared.
type world struct{ *bottest.World }

// obligation is how buttons name the report of ba's commune.
func obligation() string {
	return link.Obligation("30346", bottest.Period)
}

// watchedAs is the same report as the lists of who has reported name it.
func watchedAs() string {
	return link.Period(bottest.Period) + ".30346"
}

func isOfficer(a bottest.Actor) bool { return a.Unit == "30346" && a.Role == store.Officer }

// watches says whether an actor sees who of the units there has reported.
func watches(a bottest.Actor) bool {
	reaches := a.Unit == "30346" || a.Unit == "91" && a.Portfolio.Units == nil || slices.Contains(a.Portfolio.Units, "30346")
	return reaches && (a.Role == store.Coordinator || a.Role == store.Supervisor)
}

func isAbove(a bottest.Actor) bool      { return watches(a) && a.Unit != "30346" }
func isBookkeeper(a bottest.Actor) bool { return isAbove(a) && a.Role == store.Coordinator }

// reportButtons are the buttons about a report, who may press them, and what
// they do then. A fenced one carries the revision of the report, which is 1.
var reportButtons = []struct {
	data   string
	fenced bool
	may    func(bottest.Actor) bool
	does   string // "change", "open" a form, or "show"
}{
	{"bc.show." + obligation(), false, isOfficer, "show"},
	{"bc.card." + obligation(), false, isOfficer, "show"},
	{"bc.models." + obligation(), false, isOfficer, "show"},
	{"bc.why." + obligation(), false, isOfficer, "show"},
	{"bc.words." + obligation(), false, isOfficer, "open"},
	{"bc.later." + obligation(), false, isOfficer, "change"},
	{"bc.send." + obligation(), true, isOfficer, "change"},
	{"bc.nothing." + obligation(), true, isOfficer, "change"},
	{"bc.paper." + obligation(), true, isOfficer, "change"},
	{"gd.who.30346", false, isOfficer, "show"},
	{"td.show." + strings.TrimSuffix(watchedAs(), ".30346"), false, nil, "show"},
	{"td.unit." + watchedAs(), false, watches, "show"},
	{"td.why." + watchedAs(), false, watches, "show"},
	{"td.nudge." + watchedAs(), false, watches, "change"},
	{"ex.extend." + obligation(), false, isAbove, "open"},
	{"ex.exempt." + obligation(), false, isAbove, "open"},
	{"bc.zzz." + obligation(), false, nil, "show"},
	{"bc.send.99999.zzz.0", false, nil, "show"},
	{"ex.retract." + obligation() + ".1", false, nil, "show"},
	{"gd.set.30346.1.7", false, nil, "show"},
	{"lc.-1", false, nil, "show"},
	{"lc.999", false, nil, "show"},
}

// paperButtons are those about a report that went on paper, at revision 2.
var paperButtons = []struct {
	data string
	may  func(bottest.Actor) bool
}{
	{"bc.got." + obligation(), isBookkeeper}, {"bc.unseen." + obligation(), isBookkeeper}, {"bc.back." + obligation(), isOfficer},
}

// TestReportButtons lets every role, near and far, press every button about the
// report of a commune: only who may do it does it, and a button that was shown
// for an older report does nothing.
func TestReportButtons(t *testing.T) {
	t.Parallel()
	plain, paper := filepath.Join(t.TempDir(), "plain.db"), filepath.Join(t.TempDir(), "paper.db")
	w := world{bottest.New(t, "vi")}
	w.putReport(store.Report{ID: 1, Unit: "30346", Period: bottest.Period, SubmittedAt: w.Now, WithdrawnAt: w.Now, Post: "30346:officer"})
	w.Keep(plain)
	w = world{bottest.From(t, plain)}
	w.putReport(store.Report{ID: 1, Revision: 1, Unit: "30346", Period: bottest.Period, SubmittedAt: w.Now, Post: "30346:officer", Paper: true})
	w.Keep(paper)
	for name, a := range bottest.Actors() {
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
	w := world{bottest.Named(t, "vi", "reports")}
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("30346:officer")
		minh, minhErr := tx.PersonAt(bottest.Address("minh"))
		post.Holder = minh.ID
		return errors.Join(err, minhErr, tx.PutPost(post))
	})
	w.putReport(store.Report{ID: 1, Unit: "30346", Period: bottest.Period, SubmittedAt: w.Now, Post: "30346:officer", Paper: true})
	before := w.reported()
	for _, data := range []string{"ex.extend." + obligation(), "ex.exempt." + obligation(), "bc.got." + obligation() + ".1", "bc.unseen." + obligation() + ".1"} {
		w.Press("minh", data)
		if w.reported() != before || w.Person("minh").Open != 0 {
			t.Errorf("%s did something:\n%s", data, w.Read("minh"))
		}
	}
	w.Clear("minh")
	w.Say("minh", "/tiendo")
	w.Press("minh", "td.unit."+watchedAs())
	w.Say("minh", "/tonghop")
	data, on, err := w.Chat("minh").Button("Xem theo đơn vị", 0)
	bottest.Must(t, err)
	w.MustDo("minh", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
	if data, on, err = w.Chat("minh").Button("1", on); err == nil {
		w.MustDo("minh", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
	}
	read := w.Read("minh")
	if !strings.Contains(read, "Lê Văn Minh") || !strings.Contains(read, "Xã Nhơn Hội</b> · 6 tháng") {
		t.Errorf("the unit is not shown:\n%s", read)
	}
	for _, label := range []string{"Gia hạn", "Miễn kỳ này", "Đã nhận", "Chưa thấy"} {
		if strings.Contains(read, "["+label) {
			t.Errorf("[%s] is offered:\n%s", label, read)
		}
	}
}

// worldAs is a copy of a world in which the actor has their post.
func worldAs(t *testing.T, a bottest.Actor, file string) world {
	w := world{bottest.From(t, file)}
	w.Appoint(a)
	return w
}

func (w world) putReport(r store.Report) {
	w.Update(func(tx store.Tx) error {
		_, err := tx.PutReport(r)
		return err
	})
}

// pressReport presses a button and wants it to do what it should, and nothing
// else. Who may not reads no model of the commune either.
func (w world) pressReport(a bottest.Actor, data, does string, may bool) {
	w.T.Helper()
	w.Fresh()
	before := w.reported()
	on := w.ShowButtons(bottest.Somebody)
	toast := w.MustDo(bottest.Somebody, flows.Input{Kind: flows.PressInput, Press: data, Message: on})
	read := toast + w.Read(bottest.Somebody)
	changed, opened := w.reported() != before, w.Opened()
	switch {
	case strings.Contains(read, "Danvan chưa làm được"):
		w.T.Errorf("%s failed:\n%s", data, read)
	case changed != (may && does == "change"):
		w.T.Errorf("%s: may %v, changed %v:\n%s", data, may, changed, read)
	case opened != (may && does == "open"):
		w.T.Errorf("%s: may %v, opened %v:\n%s", data, may, opened, read)
	case !may && !a.Sees && !watches(a) && strings.Contains(read, "Tiếng kẻng bình yên"):
		w.T.Errorf("%s: they read\n%s", data, read)
	case may && does == "show" && !strings.Contains(strings.ToLower(read), "xã nhơn hội"):
		w.T.Errorf("%s: they do not read of the commune:\n%s", data, read)
	}
}

// reported is all that is known of the reports of a period, as text.
func (w world) reported() string {
	var all [5]any
	w.View(func(r store.Reader) error {
		var errs [5]error
		all[0], errs[0] = r.Reports(bottest.Period)
		all[1], errs[1] = r.Exceptions(bottest.Period)
		all[2], errs[2] = r.Deferrals(bottest.Period)
		all[3], errs[3] = r.Ledger(bottest.Period)
		all[4], errs[4] = r.PostsAt("30346")
		return errors.Join(errs[:]...)
	})
	text, err := json.Marshal(all)
	bottest.Must(w.T, err)
	return string(text)
}
