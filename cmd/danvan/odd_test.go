package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"danvan/bot/enrol"
	"danvan/bot/trial/faults"
	"danvan/store"
)

// TestPeopleComeAndGo blocks the bot and moves a chat: the store learns where
// people are, and the next message finds them as they were.
func TestPeopleComeAndGo(t *testing.T) {
	t.Parallel()
	atOnce(t, map[string]func(*world){
		"blocks the bot":              blocksTheBot,
		"is found to have blocked it": foundBlocked,
		"has another chat":            hasAnotherChat,
	}, func(t *testing.T, story func(*world)) { story(newWorld(t)) })
}

// blocksTheBot blocks it with a question open and comes back to the same one.
func blocksTheBot(w *world) {
	p, g := w.person(hoa), w.kitchen()
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	w.hear(hoa, g["title"], "Tập thể hay cá nhân làm?")
	if err := w.Block(hoa); err != nil {
		w.t.Fatal(err)
	}
	w.eventually("the person is marked unreachable", func() bool { return !w.record(hoa).Unreachable.IsZero() })
	if err := w.Unblock(hoa); err != nil {
		w.t.Fatal(err)
	}
	w.eventually("the person is marked reachable", func() bool { return w.record(hoa).Unreachable.IsZero() })
	m := w.hear(hoa, "/start", "Tập thể hay cá nhân làm?")
	p.saw = m.ID - 1
	code, err := p.finish(w.t.Context(), g)
	if err != nil {
		w.t.Fatal(err)
	}
	w.wantOnce(g, code)
}

// foundBlocked answers 403 to one message; the next thing the person says
// marks them back.
func foundBlocked(w *world) {
	p, g := w.person(hoa), w.kitchen()
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Blocked})
	if _, err := w.Say(hoa, g["title"]); err != nil {
		w.t.Fatal(err)
	}
	w.eventually("the person is marked unreachable", func() bool { return !w.record(hoa).Unreachable.IsZero() })
	m := w.hear(hoa, "/trogiup", "Tập thể hay cá nhân làm?")
	if !w.record(hoa).Unreachable.IsZero() {
		w.t.Error("the person wrote and is still marked unreachable")
	}
	p.saw = m.ID - 1
	code, err := p.finish(w.t.Context(), g)
	if err != nil {
		w.t.Fatal(err)
	}
	w.wantOnce(g, code)
}

// hasAnotherChat moves hoa's chat to where an's is: the answer goes there, and
// so does everything after it.
func hasAnotherChat(w *world) {
	g := w.kitchen()
	w.hear(an, "chào", "dành cho cán bộ được mời")
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Migrated, MigrateTo: an})
	if _, err := w.Say(hoa, g["title"]); err != nil {
		w.t.Fatal(err)
	}
	m := w.heard(an, 0, "Tập thể hay cá nhân làm?")
	if got := w.record(an).Phone; got != "+84912345678" {
		w.t.Errorf("the person's record is not at the new address: phone %q", got)
	}
	p := w.person(an)
	p.saw = m.ID - 1
	code, err := p.finish(w.t.Context(), g)
	if err != nil {
		w.t.Fatal(err)
	}
	w.wantOnce(g, code)
}

// kitchen is a registration that resembles no other.
func (w *world) kitchen() registration {
	g := w.registration(1)
	g["title"] = "Bếp ăn nghĩa tình cổng bệnh viện"
	return g
}

// eventually looks until something holds.
func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("never: %s\nlog:\n%s", what, w.log)
		}
	}
}

// TestOddUpdates sends what no client of today sends, in the middle of a
// registration.
func TestOddUpdates(t *testing.T) {
	t.Parallel()
	from := fmt.Sprintf(`{"id":%d,"is_bot":false,"first_name":"H"}`, hoa)
	chat := fmt.Sprintf(`{"id":%d,"type":"private"}`, hoa)
	message := `{"message_id":1,"date":1,"chat":` + chat + `}`
	press := func(data string) string {
		b, _ := json.Marshal(data)
		return `{"id":"1","from":` + from + `,"chat_instance":"1","message":` + message + `,"data":` + string(b) + `}`
	}
	w := newWorld(t)
	p, g := w.person(hoa), w.kitchen()
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	w.hear(hoa, g["title"], "Tập thể hay cá nhân làm?")
	for _, u := range []struct{ kind, value string }{
		{"message", `5`}, {"message", `"text"`}, {"message", `[]`}, {"message", `{}`}, {"message", `{"message_id":"x"}`},
		{"message", `{"message_id":7,"from":` + from + `,"chat":` + chat + `,"text":{"a":1}}`},
		{"message", `{"message_id":7,"from":` + from + `,"chat":{"id":-5,"type":"group","title":"G"},"text":"Dân vận khéo"}`},
		{"message", `{"message_id":7,"chat":` + chat + `,"text":"of nobody"}`},
		{"message", `{"message_id":7,"from":` + from + `,"chat":` + chat + `,"pinned_message":` + message + `}`},
		{"edited_message", `{"message_id":999999,"from":` + from + `,"chat":` + chat + `,"text":"an edit of nothing"}`},
		{"callback_query", press("zzz")}, {"callback_query", press("")}, {"callback_query", press("f.zz.zz")},
		{"callback_query", press("f.zzzzzzzzzzzzzz.1.kind.collective")}, {"callback_query", press("f.1.1..~g")},
		{"callback_query", press("m.")}, {"callback_query", press("m.-1")}, {"callback_query", press("l.0.page=99999999999999999999")},
		{"callback_query", press("post.30307:officer")}, {"callback_query", press("lang.xx")}, {"callback_query", press("my.all")},
		{"callback_query", press(strings.Repeat("x", 500))}, {"callback_query", press("x.\x00\u202e'\"<b>")},
		{"callback_query", `{"id":"1","from":` + from + `,"chat_instance":"1","data":"m.1"}`},
		{"my_chat_member", `{"chat":` + chat + `,"from":` + from + `,"date":1,"new_chat_member":{"status":"left"}}`},
		{"unheard_of", `{"a":1}`},
	} {
		w.SendUpdate(u.kind, json.RawMessage(u.value))
	}
	w.eventually("every turn is over", func() bool { return w.Pending() == 0 && w.kept() == 0 })
	must(t, w.house.outbox.Settle(t.Context())) // the question may have been asked again
	must(t, p.say(g["kind"]))
	code, err := p.finish(t.Context(), g)
	if err != nil {
		t.Fatalf("%v\nlog:\n%s", err, w.log)
	}
	w.wantOnce(g, code)
	if person := w.record(hoa); person.Language != "vi" || person.Active != "30709:officer" {
		t.Errorf("an odd update changed the person: %+v", person)
	}
	if w.log.count("turn failed") > 0 {
		t.Errorf("a turn failed:\n%s", w.log)
	}
	w.eventually("every update is confirmed", func() bool { return w.Pending() == 0 })
}

// kept is how many updates are confirmed and have not had their turn.
func (w *world) kept() (n int) {
	must(w.t, w.house.store.View(w.t.Context(), func(r store.Reader) error {
		all, err := r.Arrivals()
		n = len(all)
		return err
	}))
	return n
}

// TestOddTexts answers with what a keyboard can produce at its worst. Each
// text is kept as it is, in NFC, or refused, and nothing is cut.
func TestOddTexts(t *testing.T) {
	t.Parallel()
	atOnce(t, map[string]func(*world){
		"4096 characters":     longest,
		"a title of markup":   markupTitle,
		"a name of markup":    markupName,
		"decomposed letters":  decomposed,
		"4096 for the search": longSearch,
		"no visible text":     invisible,
	}, func(t *testing.T, story func(*world)) { story(newWorld(t)) })
}

// longest sends the longest message that there is as every written answer.
func longest(w *world) {
	p, g := w.person(hoa), w.registration(1)
	text := strings.Repeat("Đường hẹp ", 409) + "cuối."
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	m := w.hear(hoa, text, "4.095 ký tự")
	p.saw = m.ID - 1
	g["problem"] = strings.Repeat("Đ", 2000)
	g["content"] = strings.Repeat("<&>", 1000)
	code, err := p.finish(w.t.Context(), g)
	if err != nil {
		w.t.Fatal(err)
	}
	w.wantOnce(g, code)
	w.hear(hoa, code, code)
	m = w.heard(hoa, m.ID, "Chưa có cập nhật nào.")
	if _, err := w.Press(hoa, m.ID, "Bản đăng ký"); err != nil {
		w.t.Fatal(err)
	}
	w.eventually("the whole text is shown again", func() bool {
		v, err := w.Chat(hoa)
		var all strings.Builder
		for _, shown := range v.Messages {
			if shown.FromBot() && shown.ID > m.ID {
				all.WriteString(shown.Text)
			}
		}
		return err == nil && strings.Count(all.String(), "Đ") >= 2000 && strings.Count(all.String(), "<&>") == 1000
	})
}

func markupTitle(w *world) {
	g := w.registration(1)
	g["title"] = "<b>Tổ</b> &amp; _hai_ *ba* [bốn](x) `năm` </code> 5 < 6"
	code := w.person(hoa).mustRegister(w.t, g)
	w.wantOnce(g, code)
	w.hear(hoa, code, g["title"])
	w.hear(hoa, "/mohinh", g["title"])
	if w.log.count("formatting was refused") > 0 {
		w.t.Errorf("the bot wrote broken markup:\n%s", w.log)
	}
}

// markupName enrols somebody whose name on Telegram is all markup.
func markupName(w *world) {
	const name = "<&_*[`Tí`](x)</b>"
	made, err := enrol.Invite(w.t.Context(), w.house.bot, enrol.Wanted{Unit: "30316", Role: store.Officer, Life: time.Hour}, time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	m := w.hear(an, "/start "+made.Code, "xin lưu họ tên")
	if _, err := w.Press(an, m.ID, "Đồng ý"); err != nil {
		w.t.Fatal(err)
	}
	w.heard(an, m.ID, "Họ tên của đồng chí?")
	w.hear(an, name, "Số điện thoại của đồng chí?")
	w.hear(an, "Bỏ qua", "Đã ghi nhận đồng chí "+name)
	if got := w.record(an).Name; got != name {
		w.t.Errorf("the name is kept as %q", got)
	}
	w.hear(an, "/dulieu", "Họ tên: "+name)
}

// decomposed types as some phones do, the accents apart from their letters.
func decomposed(w *world) {
	g := w.registration(1)
	g["title"] = "Hỗ trợ người nghèo ở ấp Đồng Tiến"
	typed := make(registration, len(g))
	for field, text := range g {
		typed[field] = norm.NFD.String(text)
	}
	typed["period"], typed["contact"] = g["period"], g["contact"]
	p := w.person(hoa)
	if err := p.say(norm.NFD.String("/dangky")); err != nil {
		w.t.Fatal(err)
	}
	m, err := p.next(w.t.Context())
	for err == nil && !codePattern.MatchString(m.Text) {
		answers := typed
		if p.question(m.Text) == "" {
			answers = g
		}
		if err = p.answer(m, answers); err == nil {
			m, err = p.next(w.t.Context())
		}
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.wantOnce(g, codePattern.FindString(m.Text))
	w.hear(hoa, norm.NFD.String("người nghèo ở ấp Đồng"), g["title"])
}

// longSearch looks for a text that a list cannot even repeat.
func longSearch(w *world) {
	w.hear(hoa, strings.Repeat("đèn biển ", 455), "Không thấy mô hình nào tên")
	w.hear(hoa, strings.Repeat("&", 4096), "Đang không có câu hỏi nào")
	w.hear(hoa, "/mohinh", "Mô hình của")
}

// invisible answers with characters that show nothing.
func invisible(w *world) {
	w.hear(hoa, "/dangky", "Tên mô hình là gì?")
	for _, text := range []string{strings.Repeat("\u2060", 9), strings.Repeat("\u200b\u202e", 9), "🙂"} {
		at, err := w.Say(hoa, text)
		if err != nil {
			w.t.Fatal(err)
		}
		w.heard(hoa, at, "cần ít nhất 8")
	}
	w.hear(hoa, "/huy", "Đã dừng")
}
