package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// TestJobsOfRoles wants each job begun by those whose role has it and refused
// to the others, by word, by key and by a button that is not theirs.
func TestJobsOfRoles(t *testing.T) {
	t.Parallel()
	const (
		registers = "📝 Đăng ký mô hình" // the unit is asked, the title, or what is kept up
		asksModel = "Cập nhật mô hình nào?"
		nothing   = "Không có việc nào đang dở"
		notYours  = "⛔ Chỉ cán bộ phụ trách và đầu mối tổng hợp"
		unknown   = "Nút này không còn dùng"
	)
	text := func(s string) flows.Input { return flows.Input{Kind: flows.TextInput, Text: s} }
	button := func(s string) flows.Input {
		return flows.Input{Kind: flows.PressInput, Press: s, Message: "1"}
	}
	w := world{bottest.New(t, "vi")}
	for _, c := range []struct {
		in           flows.Input
		may, refused string // what is answered
	}{
		{text("/dangky"), registers, notYours}, {text("/register"), registers, notYours}, {text("📝 Đăng ký mô hình"), registers, notYours},
		{text("/capnhat"), asksModel, notYours}, {text("/update@danvan_bot"), asksModel, notYours}, {text("🔄 Cập nhật"), asksModel, notYours},
		{text("/huy"), nothing, nothing},
		{button("n." + forms.RegisterID), registers, unknown}, {button("n." + forms.UpdateID), asksModel, unknown},
		{button("n." + forms.ProfileID), unknown, unknown}, {button("n."), unknown, unknown},
		{text("/mohinh"), "Mô hình của", "Mô hình của"}, {text("/trogiup"), "Đồng chí làm được gì", "Đồng chí làm được gì"},
		{text("/dulieu"), "Dữ liệu của đồng chí", "Dữ liệu của đồng chí"}, {text("/start"), "tư cách", "tư cách"},
		{text("/DangKy"), registers, notYours}, {text("/khongco"), "Chưa có lệnh này", "Chưa có lệnh này"},
	} {
		for who, want := range map[string]string{"ba": c.may, "minh": c.may, "lan": c.refused, "quan": c.refused} {
			w.closeForm(who)
			w.Clear(who)
			read := w.MustDo(who, c.in) + w.Read(who)
			if !strings.Contains(read, want) {
				t.Errorf("%s: %q%s is answered with %q, want %q", who, c.in.Text, c.in.Press, read, want)
			}
			if begun := w.Person(who).Open != 0; begun && want == c.refused && c.may != c.refused {
				t.Errorf("%s: %q%s was refused and begun", who, c.in.Text, c.in.Press)
			}
		}
	}
}

// closeForm leaves whatever somebody has begun.
func (w world) closeForm(who string) {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		p, err := tx.PersonAt(bottest.Address(who))
		if err != nil {
			return err
		}
		open := p.Open
		p.Open = 0
		return errors.Join(tx.PutPerson(p), tx.DeleteSession(open))
	})
}

// TestChoicesElsewhere asks, inside the officer's own forms, for units and
// models that they were not offered: by button and by name.
func TestChoicesElsewhere(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	g := guarded{}
	w.View(func(r store.Reader) error { return g.read(r) })

	w.Say("hoa", "/capnhat")
	s := w.Session("hoa")
	for _, in := range []flows.Input{
		{Kind: flows.PressInput, Press: fmt.Sprintf("f.%s.%s.model.%s", link.Ref(s.ID), link.Ref(s.Revision), link.Ref(g.model.ID)), Message: "1"},
		{Kind: flows.TextInput, Text: link.Ref(g.model.ID)}, {Kind: flows.TextInput, Text: g.model.Code}, {Kind: flows.TextInput, Text: "tiếng kẻng"},
	} {
		w.MustDo("hoa", in)
		if s := w.Session("hoa"); s.Subject != 0 || flows.Key(&s, "model") != "" {
			t.Errorf("%q%s chose a model elsewhere", in.Text, in.Press)
		}
	}

	w.Say("hoa", "/dangky")
	w.Update(func(tx store.Tx) error {
		s, err := tx.Session(w.PersonIn(tx, "hoa").Open)
		s.At = "unit" // as when the answer is changed from the review card
		return errors.Join(err, tx.PutSession(s))
	})
	s = w.Session("hoa")
	for _, in := range []flows.Input{
		{Kind: flows.PressInput, Press: fmt.Sprintf("f.%s.%s.unit.30346", link.Ref(s.ID), link.Ref(s.Revision)), Message: "1"},
		{Kind: flows.TextInput, Text: "30346"}, {Kind: flows.TextInput, Text: "Xã Nhơn Hội"}, {Kind: flows.TextInput, Text: "91"},
	} {
		w.MustDo("hoa", in)
		if s := w.Session("hoa"); flows.Key(&s, "unit") != "30709" {
			t.Errorf("%q%s chose the unit %s", in.Text, in.Press, flows.Key(&s, "unit"))
		}
	}
	for _, word := range modelWords {
		if strings.Contains(strings.ReplaceAll(w.Read("hoa"), "“"+g.model.Code+"”", ""), word) {
			t.Errorf("hoa read %q:\n%s", word, w.Read("hoa"))
		}
	}
}

// TestPostNarrowedWhileOpen takes the unit out of the scope of a post whose
// forms are open at the last step: what is sent then is refused and not kept.
func TestPostNarrowedWhileOpen(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	g := guarded{}
	w.View(func(r store.Reader) error { return g.read(r) })
	w.Press("minh", "u."+link.Ref(g.model.ID))
	update := w.Session("minh")
	update.Answers = append(update.Answers, store.Answer{Field: "news", Keys: []string{string(store.MovePause)}},
		store.Answer{Field: "reason", Keys: []string{"budget"}}, store.Answer{Field: "remark", Text: "chờ kinh phí đợt hai"},
		store.Answer{Field: "day", From: store.Date{Year: 2026, Month: 11, Day: 20}})
	correction := update
	correction.Corrects = 77
	w.Say("minh", "/dangky")
	registration := w.Session("minh")
	registration.Answers = bottest.Registration("30346")
	for name, s := range map[string]store.Session{"an update": update, "a correction": correction, "a registration": registration} {
		w.Narrow(s)
		before := w.state()
		w.Press("minh", fmt.Sprintf("f.%s.%s..~g", link.Ref(s.ID), link.Ref(s.Revision)))
		if w.state() != before {
			t.Errorf("%s was kept", name)
		}
		if !strings.Contains(w.Read("minh"), "⛔ Chỉ cán bộ phụ trách và đầu mối tổng hợp") {
			t.Errorf("%s was not refused:\n%s", name, w.Read("minh"))
		}
		w.Clear("minh")
	}
}

// TestClaimedTwice wants a bot refused in which two features want the same.
func TestClaimedTwice(t *testing.T) {
	t.Parallel()
	do := func(*bot.Turn) error { return nil }
	press := func(*bot.Turn, string) error { return nil }
	rest := func(*bot.Turn, flows.Input) error { return nil }
	for what, f := range map[string]bot.Feature{
		"a word":        {Commands: []bot.Command{{VI: "moi", EN: "fresh", Do: do}}},
		"a button":      {Buttons: map[link.Verb]bot.Handler{"press": press}},
		"a link":        {Links: map[link.Verb]bot.Handler{"link": press}},
		"a reminder":    {Reminders: []bot.Reminder{{Rules: []string{"rule"}}}},
		"strangers":     {Stranger: do},
		"words at rest": {Idle: rest},
	} {
		one, two := f, f
		one.Name, two.Name = "one", "two"
		if _, err := bot.New(bot.Config{Features: []bot.Feature{one, two}}); err == nil {
			t.Errorf("two features have %s", what)
		}
	}
}
