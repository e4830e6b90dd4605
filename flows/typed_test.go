package flows_test

import (
	"testing"

	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func TestEveryButtonOfAQuestionCanBeTyped(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out")
	for _, text := range []string{"giai thich", "Giải thích", "help"} {
		w.types(text)
		w.at("who")
		if q := question(w.turn); !q.Help || q.Problem != nil || w.turn.InPlace {
			t.Errorf("%q: help %t, problem %v, in place %t", text, q.Help, q.Problem, w.turn.InPlace)
		}
	}
	w.types("alone", "quay lại")
	w.at("who")
	w.types("giu nguyen")
	w.at("why")
	w.types(reason, "24/11/2026", "skip")
	w.do(photo("1", ""))
	w.types("xong")
	w.at("")
	w.types("3", "KEEP") // the reason is free text: this begins it anew
	if q := question(w.turn); w.s.At != "why" || q.Partial != "KEEP" {
		t.Errorf("asks %q with %q begun", w.s.At, q.Partial)
	}
	w.types("*viết lại")
	if q := question(w.turn); q.Partial != "" {
		t.Errorf("%q is left", q.Partial)
	}
	w.types("[« Kiểm tra]")
	w.at("")
}

func TestEveryButtonOfTheReviewCanBeTyped(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"sua", "Sửa", "edit"} {
		w := toReview(t)
		w.types(text)
		if r, ok := w.turn.Replies[0].(flows.Review); !ok || !r.Editing || w.turn.InPlace {
			t.Errorf("%q: %+v", text, w.turn.Replies)
		}
		w.types("kiểm tra")
		if r, ok := w.turn.Replies[0].(flows.Review); !ok || r.Editing {
			t.Errorf("back: %+v", w.turn.Replies)
		}
	}
	for _, text := range []string{"them chi tiet", "more", "Add details"} {
		w := toReview(t)
		w.types(text)
		w.at("tags")
		w.types("food, 3", "xong") // a text: "xong" is the note
		w.at("")
		if got := w.text("note"); got != "xong" {
			t.Errorf("the note is %q", got)
		}
	}
	for text, want := range map[string]flows.Outcome{
		"gửi": flows.Submitted, "send": flows.Submitted, "di choi thoi": flows.Submitted,
		"bỏ": flows.Discarded, "discard": flows.Discarded, "để sau": flows.Saved, "bỏ đi đâu": flows.Open,
	} {
		w := toReview(t)
		if w.types(text); w.turn.Outcome != want {
			t.Errorf("%q: outcome %q, want %q", text, w.turn.Outcome, want)
		}
	}
}

func TestWordsOfControlMayBeAnswers(t *testing.T) {
	t.Parallel()
	f := &flows.Form{ID: "news", Version: 1, Plain: true, Leave: true, Steps: []flows.Step{
		{Field: "name", Kind: flows.Text, Min: 2},
		{Field: "move", Kind: flows.Choice, Options: []string{"help", "thới sơn"}},
		{Field: "kinds", Kind: flows.Many, Options: []string{"more", "xong"}},
		{Field: "last", Kind: flows.Choice, Options: []string{"a", "b"}},
	}}
	w := start(t, knows{}, f)
	w.types("giải thích", "help", "more", "Thôi")
	if w.text("name") != "giải thích" || flows.Key(&w.s, "move") != "help" || flows.Key(&w.s, "kinds") != "more" {
		t.Errorf("answered %+v", w.s.Answers)
	}
	if w.turn.Outcome != flows.Saved {
		t.Errorf("outcome %q", w.turn.Outcome)
	}

	w = start(t, knows{}, f)
	w.types("xong", "thôi") // a commune begins so
	if got := flows.Key(&w.s, "move"); got != "thới sơn" {
		t.Errorf("chose %q", got)
	}
	w.types("quay lại", "quay lại", "*giữ nguyên")
	w.at("kinds")
	if got := w.text("name"); got != "xong" {
		t.Errorf("the name is %q", got)
	}
}

func TestPagesCanBeTyped(t *testing.T) {
	t.Parallel()
	f, look := villages()
	w := start(t, look, f)
	for _, c := range []struct {
		text string
		page int
	}{{"trang sau", 2}, {"next", 3}, {"Sau ›", 4}, {"next page", 4}, {"trang trước", 3}, {"previous", 2}, {"trang 4", 4}, {"page 1", 1}} {
		w.types(c.text)
		if q := question(w.turn); q.Page != c.page || q.Problem != nil {
			t.Errorf("%q: page %d, want %d, problem %v", c.text, q.Page, c.page, q.Problem)
		}
	}
	w.types("hoa", "trang sau") // two choices have one page
	w.problem("answer.no_choice")
	w.types("tất cả")
	if q := question(w.turn); q.Query != "" || q.Pages != 4 {
		t.Errorf("query %q, %d pages", q.Query, q.Pages)
	}

	w.types("1", "1")
	if w.turn.Outcome != flows.Open || w.s.At != "village" {
		t.Fatalf("asks %q", w.s.At)
	}
}

func TestPagesOfTheReviewCanBeTyped(t *testing.T) {
	t.Parallel()
	f := &flows.Form{ID: "long", Version: 1}
	for _, field := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		f.Steps = append(f.Steps, flows.Step{Field: field, Kind: flows.Text, Min: 1})
	}
	w := start(t, knows{}, f)
	for range f.Steps {
		w.types("an answer")
	}
	w.types("edit", "trang sau")
	if r, ok := w.turn.Replies[0].(flows.Review); !ok || r.Page != 2 || len(r.Choices) != 2 {
		t.Errorf("shows %+v", w.turn.Replies)
	}
	w.types("10")
	w.at("j")
}

func TestAKnownAnswerIsTakenByAYes(t *testing.T) {
	t.Parallel()
	f := &flows.Form{ID: "call", Version: 1, Steps: []flows.Step{
		{Field: "who", Kind: flows.Contact, Suggest: "me"}, {Field: "group", Kind: flows.Text, Min: 2, Suggest: "me"},
	}}
	look := knows{defaults: map[string]store.Answer{"me": {Text: "Nguyễn Thị Hoa", Phone: "+84912345678"}}}
	w := start(t, look, f)
	w.types("giải thích")
	if q := question(w.turn); !q.Help || q.Partial != "" {
		t.Errorf("help %t, partial %q", q.Help, q.Partial)
	}
	w.types("có", "*có")
	w.at("")
	if w.text("who") != "Nguyễn Thị Hoa" || w.text("group") != "Nguyễn Thị Hoa" {
		t.Errorf("answered %+v", w.s.Answers)
	}
	w.types("2", "có")
	if got := w.text("group"); got != "có" {
		t.Errorf("the group is %q: free text takes everything", got)
	}
}

// doubted is a walk at a doubt about its first answer.
func doubted(t *testing.T, d store.Doubt, kind string) *walker {
	t.Helper()
	f := picnic()
	f.Steps[0].Checks = []string{kind}
	w := start(t, knows{doubts: map[string]func(*store.Session, store.Answer) *store.Doubt{
		kind: func(s *store.Session, _ store.Answer) *store.Doubt {
			if len(s.Known) > 0 {
				return nil
			}
			return &d
		},
	}}, f)
	w.types("A day out")
	if w.s.Doubt == nil {
		t.Fatal("nothing is doubted")
	}
	return w
}

func TestEveryButtonOfADoubtCanBeTyped(t *testing.T) {
	t.Parallel()
	vague, same := store.Doubt{Keys: []string{"vague"}}, store.Doubt{Records: []uint64{3, 4}}
	for _, c := range []struct {
		doubt store.Doubt
		kind  string
		text  string
		at    string
		out   flows.Outcome
	}{
		// "Write it again, more clearly?"
		{vague, flows.DoubtVague, "có", "name", flows.Open},
		{vague, flows.DoubtVague, "1", "name", flows.Open},
		{vague, flows.DoubtVague, "không", "who", flows.Open},
		{vague, flows.DoubtVague, "2.", "who", flows.Open},
		{vague, flows.DoubtVague, "giu nguyen", "who", flows.Open},
		{vague, flows.DoubtVague, "later", "name", flows.Saved},
		{same, flows.DoubtSame, "yes", "name", flows.Same},
		{same, flows.DoubtSame, "2)", "name", flows.Same},
		{same, flows.DoubtSame, "3", "who", flows.Open},
		{same, flows.DoubtSame, "Khác: đăng ký mới", "who", flows.Open},
		{same, flows.DoubtSame, "khong", "who", flows.Open},
		{same, flows.DoubtSame, "9", "name", flows.Open},
	} {
		w := doubted(t, c.doubt, c.kind)
		if w.types(c.text); w.s.At != c.at || w.turn.Outcome != c.out {
			t.Errorf("%s, %q: asks %q with outcome %q, want %q and %q", c.kind, c.text, w.s.At, w.turn.Outcome, c.at, c.out)
		}
	}
	w := doubted(t, same, flows.DoubtSame)
	if w.types("2"); w.turn.Record != 4 {
		t.Errorf("2 is record %d", w.turn.Record)
	}
}

func TestReadingsCanBeTypedByNumber(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "1.500")
	readings := w.s.Doubt.Readings
	w.types("2")
	if a, _ := flows.Find(&w.s, "cost"); !cmp.Equal(a.Money, readings[1].Money) {
		t.Errorf("the cost is %+v, want %+v", a.Money, readings[1].Money)
	}
	w.types("quay lại", "1.500", "Gõ lại")
	w.at("cost")
	if w.s.Doubt != nil {
		t.Error("the doubt is still open")
	}
	w.types("2 triệu", "gửi đi", "xong")
	w.at("photos")
}

// What is no choice may be the answer that a choice leads to.
func TestAChoiceIsPassedOverByItsAnswer(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Steps = append(f.Steps, flows.Step{Field: "people", Kind: flows.Quantity, When: []flows.Cond{flows.Is("who", "group")}})
	f.Step("who").Lead = "people"

	w := start(t, knows{}, f)
	w.types("A day out", "nobody")
	w.at("who")
	w.problem("answer.no_choice")
	w.types("31 hộ")
	w.at("group")
	if got := flows.Key(&w.s, "who"); got != "group" || w.text("people") != "31 hộ" {
		t.Errorf("chose %q with %q people", got, w.text("people"))
	}
}
