package enrol_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/enrol"
	"danvan/bot/report"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/store"
	"danvan/store/figures"
)

// list reads a list of people.
func list(tb testing.TB, rows string) roster.List {
	tb.Helper()
	sheets, err := sheet.Read(strings.NewReader("Đơn vị;Vai trò;Họ tên;SĐT;Phụ trách\n" + rows))
	bottest.Must(tb, err)
	return roster.Read(sheets)
}

// invite invites a list and says what it came to, as numbers: invited, renewed, waiting,
// sitting, changed; and the seats that were invited to. A comparison before says the same.
func invite(t *testing.T, w *bottest.World, rows string, renew bool) (string, []enrol.Invited) {
	t.Helper()
	o := enrol.ListOrder{List: list(t, rows), Life: 24 * time.Hour, Renew: renew}
	before, err := enrol.Compare(t.Context(), w.Bot, o, w.Now)
	bottest.Must(t, err)
	c, made, err := enrol.InviteList(t.Context(), w.Bot, o, w.Now)
	bottest.Must(t, err)
	if fmt.Sprint(before) != fmt.Sprint(c) {
		t.Errorf("%+v was told, and came to %+v", before, c)
	}

	out := fmt.Sprint(c.Invited, c.Renewed, c.Waiting, c.Sitting, c.Changed)
	for _, m := range made {
		out += " " + string(m.Seat.ID)
	}
	return out, made
}

// TestInviteAgain invites a list time and again, as people come, go and are late.
func TestInviteAgain(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	const rows = "30316;cán bộ;Lê An;0938111222;\n30316;cán bộ;;;\n30316;cán bộ;;;\n30316;đầu mối;Lê Bình;;Kinh tế\n"
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}

	got, made := invite(t, w, rows, false)
	want(got, "4 0 0 0 0 30316:officer 30316:officer:2 30316:officer:3 30316:coordinator")
	got, _ = invite(t, w, rows, false)
	want(got, "0 0 4 0 0")

	w.Say("an", "/start "+made[0].Code)
	w.Say("two", "/start "+made[1].Code)
	w.Say("binh", "/start "+made[3].Code)
	got, _ = invite(t, w, rows, false)
	want(got, "0 0 1 3 0")
	w.View(func(r store.Reader) error {
		all, err := r.InvitesTo("30316:officer")
		if len(all) != 1 || all[0].Name+all[0].Phone != "" || all[0].NameMark == "" || all[0].PhoneMark == "" {
			t.Errorf("who has come in is named where nobody agreed to it: %+v", all)
		}
		return err
	})
	got, renewed := invite(t, w, rows, true)
	want(got, "1 1 0 3 0 30316:officer:3")
	w.Clear("three")
	w.Say("three", "/start "+made[2].Code)
	if said := w.Read("three"); !strings.Contains(said, "thu hồi") {
		t.Errorf("the old link is answered with %s", said)
	}

	w.Now = w.Now.Add(25 * time.Hour)
	got, _ = invite(t, w, rows+"30316;cán bộ;Lê Muộn;;\n", false)
	want(got, "2 0 0 3 0 30316:officer:3 30316:officer:4")
	if renewed[0].Code == made[2].Code {
		t.Error("the link is the same as before")
	}
	got, _ = invite(t, w, strings.Replace(rows, "Kinh tế", "Phường Châu Đốc, Kinh tế", 1), false)
	want(got, "0 0 1 3 1")
	w.View(func(r store.Reader) error {
		p, err := r.Post("30316:coordinator")
		want(p.Portfolio.String(), "30316 × KT")
		return err
	})
}

// TestInviteNobody writes nothing where a row is wrong.
func TestInviteNobody(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	c, made, err := enrol.InviteList(t.Context(), w.Bot, enrol.ListOrder{List: list(t, "30316;cán bộ;;;\n30316;vua;;;\n"), Life: time.Hour}, w.Now)
	if err != nil || len(made) > 0 || len(c.Faults) != 1 {
		t.Errorf("%+v, %v, %v", c, made, err)
	}
	w.View(func(r store.Reader) error {
		if _, err := r.Post("30316:officer"); err == nil {
			t.Error("a seat was made")
		}
		return nil
	})
}

// TestListFile makes the sheet and the cards of invitations out of their seed: with the
// links that were made, twice the same.
func TestListFile(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	seed := [32]byte{1, 2, 3}
	w.Bot.Random, w.Bot.Link = mathrand.NewChaCha8(seed), func(code string) string { return "https://t.me/x?start=" + code }
	_, made := invite(t, w, "30316;cán bộ;Lê An;;\n30709;đầu mối;;;\n", false)

	for kind, name := range map[store.MakeKind]string{store.PassSheet: "loi-moi.xlsx", store.PassCards: "loi-moi.pdf"} {
		m := store.Message{Make: &store.Make{Kind: kind, Seed: seed[:], AsOf: w.Now, Language: "vi"}}
		got, one, err := enrol.File(t.Context(), w.Bot, m)
		bottest.Must(t, err)
		_, two, err := enrol.File(t.Context(), w.Bot, m)
		bottest.Must(t, err)
		if got != name || !bytes.Equal(one, two) {
			t.Errorf("%s, want %s, the same twice", got, name)
		}
		if kind == store.PassCards {
			continue
		}

		sheets, err := sheet.Read(bytes.NewReader(one))
		bottest.Must(t, err)
		rows := sheets[0].Rows[len(sheets[0].Rows)-2:]
		for i, row := range rows {
			if link := row.Cell(4).Text; link != w.Bot.Link(made[i].Code) {
				t.Errorf("row %d has %s", i, link)
			}
		}
	}
}

// BenchmarkInviteList reads a list of 300 people of 130 communes, invites them in a store
// with all units of the country, and draws the sheet of links and the cards.
func BenchmarkInviteList(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		c := bottest.NewCountry(b, 0)
		robot, rows := c.Bot(c.Store), threeHundred(b, c)
		robot.Random = rand.Reader
		b.StartTimer()

		o := enrol.ListOrder{List: list(b, rows), Life: time.Hour}
		came, made, err := enrol.InviteList(b.Context(), robot, o, c.Now)
		if err != nil || len(made) != 300 {
			b.Fatalf("%+v, %v", came, err)
		}
		u, err := robot.Book().Refresh(b.Context(), c.Store)
		bottest.Must(b, err)
		passes := enrol.Passes(u, robot.Voice("vi"), made, func(code string) string { return "https://t.me/danvan_bot?start=" + code })
		voice := figures.Voice{Words: robot.Words, Lang: "vi"}
		_, err = report.PassSheet(passes, voice, c.Now)
		bottest.Must(b, err)
		_, err = report.Passes(passes, voice, c.Now)
		bottest.Must(b, err)
	}
}

// threeHundred are the rows of 300 people of 130 communes.
func threeHundred(tb testing.TB, c *bottest.Country) (rows string) {
	tb.Helper()
	n := 0
	err := c.Store.View(tb.Context(), func(r store.Reader) error {
		units, err := r.UnitsSince(0)
		for _, u := range units {
			if u.Parent == "" || n == 130 {
				continue
			}
			n++
			rows += fmt.Sprintf("%s;cán bộ;Nguyễn Thị Số %d;;\n%s;đầu mối;Trần Văn Số %d;;\n", u.Code, n, u.Code, n)
			if n <= 40 {
				rows += string(u.Code) + ";lãnh đạo;;;Kinh tế\n"
			}
		}
		return err
	})
	bottest.Must(tb, err)
	return rows
}
