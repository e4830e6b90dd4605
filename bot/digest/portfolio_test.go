package digest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestPortfolio has a supervisor watch the economy of two communes: no screen,
// file, list or reminder of theirs goes beyond.
func TestPortfolio(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	portfolio := store.Portfolio{Units: []store.UnitCode{"30463", "30526"}, Fields: []string{"KT"}}
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("91:supervisor")
		post.Portfolio = portfolio
		return errors.Join(err, tx.PutPost(post))
	})
	w.strike(w.Day(12, 11, 16, 0))
	sent := w.waiting(store.Send)
	if len(sent) != 1 {
		t.Fatalf("%d digests", len(sent))
	}
	outside := []string{"Định Mỹ", "Long Xuyên", "Hiến đất", "Bếp ăn", "Tổ liên gia", "Văn hóa - xã hội 1", "Trần Văn Bình"}
	check := func(what, text string) {
		t.Helper()
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s is empty", what)
		}
		for _, word := range outside {
			if strings.Contains(text, word) {
				t.Errorf("%s tells of %q:\n%s", what, word, text)
			}
		}
	}
	digest := w.card(sent[0])
	check("the digest", digest.Text)
	if !strings.Contains(digest.Text, "xây dựng mới 2") {
		t.Errorf("the digest is\n%s", digest.Text)
	}
	w.Say("lan", "/tonghop")
	var b store.Board
	w.View(func(r store.Reader) error {
		for id := store.BoardID(1); id < 1000; id++ {
			if found, err := r.Board(id); err == nil {
				b = found
			}
		}
		return nil
	})
	for _, screen := range []string{"full", "list:0", "unit:30463", "unit:30709", "why:0:registered", "why:0:registered/u=30709", "why:0:registered/f=VHXH",
		"keys:0", "keys:0:30709", "late:0", "when:0", "xlsx", "xlsx:30709", "xlsx:91", "png", "nudge", "nudge:30709", "find"} {
		at := w.board(store.Message{Make: &store.Make{Board: b.ID}})
		toast := w.Press("lan", fmt.Sprintf("b.%s.%d.%s", link.Ref(b.ID), at.Revision, screen))
		check(screen, w.Read("lan")+toast)
	}
	for _, m := range w.waiting(store.File) {
		if m.Make.Unit == "91" && fmt.Sprint(m.Make.Portfolio) != fmt.Sprint(portfolio) {
			t.Errorf("a file is of %v", m.Make)
		}
	}
	for _, said := range []string{"/tiendo", "/lich", "/tonghop"} {
		w.Clear("lan")
		w.Say("lan", said)
		check(said, w.Read("lan"))
	}
	w.View(func(r store.Reader) error {
		lines, err := r.Ledger(bottest.Period)
		for _, l := range lines {
			if l.Rule == "nudge" && l.Units[0] != "30463" && l.Units[0] != "30526" {
				t.Errorf("%s was reminded", l.Units[0])
			}
		}
		return err
	})
}
