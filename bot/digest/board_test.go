package digest_test

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// TestCardIsTheSame renders a digest, lets models, checks and reports come in,
// and renders it again from the same reference.
func TestCardIsTheSame(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.strike(w.Day(12, 11, 16, 0))
	sent := w.waiting(store.Send)
	if len(sent) != 1 {
		t.Fatalf("%d messages were sent, want one digest", len(sent))
	}
	m := sent[0]
	before := w.card(m)
	if !strings.Contains(before.Text, "4/6 đơn vị chưa báo cáo") {
		t.Errorf("the digest is\n%s", before.Text)
	}
	w.Now = w.Day(12, 12, 9, 0)
	for _, unit := range []store.UnitCode{"30307", "30526", "30547", "30709"} {
		w.File(unit)
	}
	w.acceptAll()
	bottest.Must(t, w.Restart())
	if diff := cmp.Diff(before, w.card(m)); diff != "" {
		t.Errorf("the same reference (-before +after):\n%s", diff)
	}
	m.Make.AsOf = w.Now
	if after := w.card(m); after.Text == before.Text || strings.Contains(after.Text, "chưa báo cáo: phường") {
		t.Errorf("a day later it is\n%s", after.Text)
	}
}

// TestLongCard has a digest of many units with long names fit 2,000 characters
// of plain text: it says how many more there are than it names, and leads with
// the counts.
func TestLongCard(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	var communes []store.Unit
	w.Update(func(tx store.Tx) error {
		units, err := tx.Units("91")
		communes = units
		for _, u := range units {
			u.Name += " của một tên rất dài để thử xem bản tổng hợp nêu được bao nhiêu đơn vị, mã " + string(u.Code)
			err = errors.Join(err, tx.PutUnit(u))
		}
		return errors.Join(err, bottest.Calm(tx))
	})
	for _, u := range communes[:51] {
		w.File(u.Code)
	}
	w.strike(w.Day(12, 11, 16, 0))
	m := w.waiting(store.Send)[0]
	for _, live := range []bool{true, false} {
		m.Make.Live = live
		text := w.card(m).Text
		plain := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, ""))
		if n := utf8.RuneCountInString(plain); n > 2000 {
			t.Errorf("a digest has %d characters:\n%s", n, plain)
		}
		if !strings.Contains(plain, "nơi khác") || !strings.Contains(plain, "• 51/102 đơn vị chưa báo cáo") {
			t.Errorf("it does not lead with the count, or not say how many more there are:\n%s", plain)
		}
	}
}

// TestBoardOfAnother presses the buttons of a supervisor's board as others do.
func TestBoardOfAnother(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.Now = w.Day(12, 11, 9, 0)
	w.Say("lan", "/tonghop")
	w.Say("hoa", "/tonghop")
	var last store.Message // hoa's board is the last
	w.View(func(r store.Reader) error {
		for id := store.BoardID(1); id < 1000; id++ {
			if b, err := r.Board(id); err == nil {
				last.Make = &store.Make{Board: b.ID}
			}
		}
		return nil
	})
	hoas := w.board(last).ID
	lans := hoas
	for w.board(store.Message{Make: &store.Make{Board: lans}}).Post != "91:supervisor" {
		lans = w.before(lans)
	}
	const notYours, old, gone, unknown = "không thuộc phạm vi", "thuộc màn hình trước", "đã cũ", "không còn dùng"
	for _, c := range []struct{ who, data, want string }{
		{"hoa", link.Ref(lans) + ".1.", notYours}, {"hoa", link.Ref(lans) + ".1.nudge", notYours}, {"minh", link.Ref(lans) + ".1.xlsx", notYours},
		{"binh", link.Ref(lans) + ".1.why:0:new", notYours}, {"quan", link.Ref(lans) + ".1.list:0", notYours}, {"an", link.Ref(lans) + ".1.", ""},
		{"hoa", link.Ref(hoas) + ".1.nudge", notYours}, {"hoa", link.Ref(hoas) + ".1.nudge:30307", notYours},
		{"hoa", link.Ref(hoas) + ".1.xlsx:30307", notYours}, {"hoa", link.Ref(hoas) + ".1.png:91", notYours}, {"lan", link.Ref(lans) + ".1.xlsx:16804", notYours},
		{"lan", link.Ref(lans) + ".2.list:0", old}, {"lan", link.Ref(lans) + ".0.nudge", old}, {"lan", "zz.1.list:0", gone}, {"lan", "", gone},
		{"lan", link.Ref(lans) + ".1.drop", unknown}, {"lan", link.Ref(lans) + ".1.at:ffff", old},
	} {
		before := w.board(store.Message{Make: &store.Make{Board: lans}})
		ledger := w.nudged()
		toast := w.MustDo(c.who, flows.Input{Kind: flows.PressInput, Press: "b." + c.data, Message: "2"})
		if !strings.Contains(toast, c.want) {
			t.Errorf("%s pressed %q and reads %q, want %q", c.who, c.data, toast, c.want)
		}
		if diff := cmp.Diff(before, w.board(store.Message{Make: &store.Make{Board: lans}})); diff != "" {
			t.Errorf("%s pressed %q and changed the board:\n%s", c.who, c.data, diff)
		}
		if w.nudged() != ledger {
			t.Errorf("%s pressed %q and somebody was reminded", c.who, c.data)
		}
	}
}

// TestForgedUnits shows on an officer's board what is outside the unit: nothing.
func TestForgedUnits(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.Now = w.Day(12, 11, 9, 0)
	w.Say("hoa", "/tonghop")
	id := store.BoardID(0)
	w.View(func(r store.Reader) error {
		for n := store.BoardID(1); n < 1000; n++ {
			if _, err := r.Board(n); err == nil {
				id = n
			}
		}
		return nil
	})
	for i, screen := range []string{"unit:30307", "why:0:new/u=30307", "keys:0:30307", "unit:91", "why:0:new/u=91"} {
		w.MustDo("hoa", flows.Input{Kind: flows.PressInput, Press: fmt.Sprintf("b.%s.%d.%s", link.Ref(id), i+1, screen), Message: "2"})
		if read := w.Read("hoa"); strings.Contains(read, "Long Xuyên") || strings.Contains(read, "Tổ liên gia") || strings.Contains(read, "Trần Văn Bình") {
			t.Errorf("%s shows\n%s", screen, read)
		}
	}
}
