package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// TestJobsOfRoles wants each job begun by those whose role has it and refused
// to the others, by word, by key and by a button that is not theirs.
func TestJobsOfRoles(t *testing.T) {
	t.Parallel()
	const (
		registers = "📝 Đăng ký mô hình · " // the unit is asked, or the title
		asksModel = "Cập nhật mô hình nào?"
		nothing   = "Không có việc nào đang dở"
		notYours  = "⛔ Chỉ cán bộ phụ trách và đầu mối tổng hợp"
		unknown   = "Nút này không còn dùng"
	)
	text := func(s string) flows.Input { return flows.Input{Kind: flows.TextInput, Text: s} }
	button := func(s string) flows.Input {
		return flows.Input{Kind: flows.PressInput, Press: s, Message: "1"}
	}
	w := newWorld(t, "vi")
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
			w.chats[who] = nil
			read := w.mustDo(who, c.in) + w.read(who)
			if !strings.Contains(read, want) {
				t.Errorf("%s: %q%s is answered with %q, want %q", who, c.in.Text, c.in.Press, read, want)
			}
			if begun := w.person(who).Open != 0; begun && want == c.refused && c.may != c.refused {
				t.Errorf("%s: %q%s was refused and begun", who, c.in.Text, c.in.Press)
			}
		}
	}
}

// TestDraftsOfRoles wants everybody to find a draft again who can put one
// aside: an administrator's are of campaigns and of the calendar.
func TestDraftsOfRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	for who, want := range map[string]string{
		"ba": "Không có bản nháp nào", "minh": "Không có bản nháp nào", "quan": "Không có bản nháp nào", "lan": "⛔ Chỉ cán bộ phụ trách, đầu mối",
	} {
		w.mustDo(who, flows.Input{Kind: flows.TextInput, Text: "/nhap"})
		if read := w.read(who); !strings.Contains(read, want) {
			t.Errorf("%s: /nhap is answered with %q, want %q", who, read, want)
		}
	}
}

// closeForm leaves whatever somebody has begun.
func (w *world) closeForm(who string) {
	w.t.Helper()
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		p, err := tx.PersonAt(address(who))
		if err != nil {
			return err
		}
		open := p.Open
		p.Open = 0
		return errors.Join(tx.PutPerson(p), tx.DeleteSession(open))
	}))
}

func (w *world) person(who string) store.Person {
	w.t.Helper()
	var p store.Person
	w.view(func(r store.Reader) (err error) {
		p, err = r.PersonAt(address(who))
		return err
	})
	return p
}

// session is the form that somebody has open.
func (w *world) session(who string) store.Session {
	w.t.Helper()
	var s store.Session
	w.view(func(r store.Reader) (err error) {
		s, err = r.Session(w.person(who).Open)
		return err
	})
	return s
}

// TestChoicesElsewhere asks, inside the officer's own forms, for units and
// models that they were not offered: by button and by name.
func TestChoicesElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	g := guarded{}
	w.view(func(r store.Reader) error { return g.read(r) })

	w.mustDo("hoa", flows.Input{Kind: flows.TextInput, Text: "/capnhat"})
	s := w.session("hoa")
	for _, in := range []flows.Input{
		{Kind: flows.PressInput, Press: fmt.Sprintf("f.%s.%s.model.%s", id36(s.ID), id36(s.Revision), id36(g.model.ID)), Message: "1"},
		{Kind: flows.TextInput, Text: id36(g.model.ID)}, {Kind: flows.TextInput, Text: g.model.Code}, {Kind: flows.TextInput, Text: "tiếng kẻng"},
	} {
		w.mustDo("hoa", in)
		if s := w.session("hoa"); s.Subject != 0 || flows.Key(&s, "model") != "" {
			t.Errorf("%q%s chose a model elsewhere", in.Text, in.Press)
		}
	}

	w.mustDo("hoa", flows.Input{Kind: flows.TextInput, Text: "/dangky"})
	must(t, w.store.Update(context.Background(), func(tx store.Tx) error {
		s, err := tx.Session(w.personIn(tx, "hoa").Open)
		s.At = "unit" // as when the answer is changed from the review card
		return errors.Join(err, tx.PutSession(s))
	}))
	s = w.session("hoa")
	for _, in := range []flows.Input{
		{Kind: flows.PressInput, Press: fmt.Sprintf("f.%s.%s.unit.30346", id36(s.ID), id36(s.Revision)), Message: "1"},
		{Kind: flows.TextInput, Text: "30346"}, {Kind: flows.TextInput, Text: "Xã Nhơn Hội"}, {Kind: flows.TextInput, Text: "91"},
	} {
		w.mustDo("hoa", in)
		if s := w.session("hoa"); flows.Key(&s, "unit") != "30709" {
			t.Errorf("%q%s chose the unit %s", in.Text, in.Press, flows.Key(&s, "unit"))
		}
	}
	for _, word := range modelWords {
		if strings.Contains(strings.ReplaceAll(w.read("hoa"), "“"+g.model.Code+"”", ""), word) {
			t.Errorf("hoa read %q:\n%s", word, w.read("hoa"))
		}
	}
}

func (w *world) personIn(r store.Reader, who string) store.Person {
	p, err := r.PersonAt(address(who))
	must(w.t, err)
	return p
}

// TestPostNarrowedWhileOpen takes the unit out of the scope of a post whose
// forms are open at the last step: what is sent then is refused and not kept.
func TestPostNarrowedWhileOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	g := guarded{}
	w.view(func(r store.Reader) error { return g.read(r) })
	w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: "u." + id36(g.model.ID), Message: "1"})
	update := w.session("minh")
	update.Answers = append(update.Answers, store.Answer{Field: "news", Keys: []string{forms.MovePause}},
		store.Answer{Field: "reason", Keys: []string{"budget"}}, store.Answer{Field: "remark", Text: "chờ kinh phí đợt hai"},
		store.Answer{Field: "day", From: store.Date{Year: 2026, Month: 11, Day: 20}})
	correction := update
	correction.Corrects = 77
	w.mustDo("minh", flows.Input{Kind: flows.TextInput, Text: "/dangky"})
	registration := w.session("minh")
	registration.Answers = complete("30346")
	for name, s := range map[string]store.Session{"an update": update, "a correction": correction, "a registration": registration} {
		w.narrow(s)
		before := w.state()
		w.mustDo("minh", flows.Input{Kind: flows.PressInput, Press: fmt.Sprintf("f.%s.%s..~g", id36(s.ID), id36(s.Revision)), Message: "1"})
		if w.state() != before {
			t.Errorf("%s was kept", name)
		}
		if !strings.Contains(w.read("minh"), "⛔ Chỉ cán bộ phụ trách và đầu mối tổng hợp") {
			t.Errorf("%s was not refused:\n%s", name, w.read("minh"))
		}
		w.chats["minh"] = nil
	}
}

// narrow opens a form of minh's on its review card, and takes ba's commune out
// of minh's scope.
func (w *world) narrow(s store.Session) {
	w.t.Helper()
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		post, err := tx.Post("91:coordinator")
		if err != nil {
			return err
		}
		post.Portfolio.Units = []store.UnitCode{"30709"}
		p := w.personIn(tx, "minh")
		s.At, p.Open = "", s.ID
		return errors.Join(tx.PutPost(post), tx.PutPerson(p), tx.PutSession(s))
	}))
}

// complete answers every needed question of a registration.
func complete(unit string) []store.Answer {
	choice := func(field, key string) store.Answer { return store.Answer{Field: field, Keys: []string{key}} }
	text := func(field, text string) store.Answer { return store.Answer{Field: field, Text: text} }
	return []store.Answer{
		choice("unit", unit), text("title", "Vườn rau sạch trường học"), choice("kind", "collective"), text("group", "Chi đoàn trường"),
		choice("field", "KT"), choice("title_group", "DVK"), choice("origin", "new"), text("place", "ấp Phú Tây, 20 hộ"),
		text("problem", "Rau ngoài chợ không rõ nguồn gốc, bếp ăn của trường phải mua xa"), text("target", "20 hộ trồng 500 m² rau"),
		text("content", "Họp phụ huynh, mỗi nhà góp một luống, đoàn viên hướng dẫn, bếp ăn thu mua hằng tuần"),
		{Field: "period", From: store.Date{Year: 2026, Month: 3, Day: 1}, To: store.Date{Year: 2026, Month: 10, Day: 31}},
		{Field: "contact", Text: "Huỳnh Văn Ba", Phone: "+84933444555"},
	}
}
