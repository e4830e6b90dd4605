package flows_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/flows"
	"danvan/store"
)

// picnic is a form with a question of every sort.
func picnic() *flows.Form {
	return &flows.Form{ID: "picnic", Version: 1, Steps: []flows.Step{
		{Field: "name", Kind: flows.Text, Min: 3, Max: 20},
		{Field: "who", Kind: flows.Choice, Options: []string{"alone", "group"}},
		{Field: "group", Kind: flows.Text, Sub: true, When: []flows.Cond{flows.Is("who", "group")}},
		{Field: "why", Kind: flows.LongText, Min: 20, Max: 100},
		{Field: "when", Kind: flows.Day},
		{Field: "cost", Kind: flows.Money, Optional: true},
		{Field: "photos", Kind: flows.Files, Optional: true, Max: 3},
		{Field: "tags", Kind: flows.Many, Options: []string{"food", "music", "sport"}, Detail: true, Optional: true},
		{Field: "note", Kind: flows.Text, Detail: true, Optional: true},
	}}
}

// knows is a Lookup over fixed lists.
type knows struct {
	doubts   map[string]func(*store.Session, store.Answer) *store.Doubt
	lists    map[string][]string
	asked    *[]flows.Ask // what was asked of the lists, where it is wanted
	fails    map[string]error
	defaults map[string]store.Answer
}

func (knows) Today() store.Date { return store.Date{Year: 2026, Month: time.November, Day: 23} }

func (k knows) Options(_ *flows.Form, st *flows.Step, _ *store.Session, ask flows.Ask) (flows.Options, error) {
	if k.asked != nil {
		*k.asked = append(*k.asked, ask)
	}
	keys := st.Options
	if st.Source != "" {
		keys = k.lists[st.Source]
	}
	var out []flows.Option
	for _, key := range keys {
		out = append(out, flows.Option{Key: key, Label: flows.Label{Text: key}, Names: []string{key}})
	}
	return flows.Among(out, ask), nil
}

// Says knows a question by its field, and a few buttons in two languages.
func (knows) Says(l flows.Label) []string {
	if names, ok := said[l.Key]; ok {
		return names
	}
	return []string{strings.TrimSuffix(strings.TrimPrefix(l.Key, "picnic."), ".label")}
}

var said = map[string][]string{
	"button.more": {"Thêm chi tiết", "Add details"}, "button.leave": {"Thôi", "Leave it"}, "button.retype": {"Gõ lại", "Type again"},
	"button.to_review": {"« Kiểm tra", "« Review"}, "button.next": {"Sau ›", "Next ›"}, "button.previous": {"‹ Trước", "‹ Previous"},
	"picnic.submit": {"Đi chơi thôi", "Off we go"}, "doubt.paste.no": {"Chỉ là một câu", "It is one answer"},
	"doubt.same.no": {"Khác: đăng ký mới", "No: register anew"}, "doubt.vague.yes": {"Giữ nguyên", "Leave as it is"},
}

func (k knows) Default(name string, _ *store.Session) (store.Answer, bool, error) {
	a, ok := k.defaults[name]
	return a, ok, nil
}
func (knows) Holds(string, *store.Session) (bool, error) { return true, nil }
func (k knows) Doubt(check string, s *store.Session, a store.Answer) (*store.Doubt, error) {
	if d := k.doubts[check]; d != nil {
		return d(s, a), k.fails[check]
	}
	return nil, k.fails[check]
}

// walker plays one session. The session goes through JSON between turns, as
// it does through a restart.
type walker struct {
	t    *testing.T
	e    *flows.Engine
	look flows.Lookup
	s    store.Session
	turn flows.Turn
	n    int
}

func start(t *testing.T, look flows.Lookup, forms ...*flows.Form) *walker {
	t.Helper()
	e, err := flows.New(forms...)
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{t: t, e: e, look: look}
	w.keep(e.Start(store.Session{ID: 7, Form: forms[0].ID}, look))
	return w
}

func (w *walker) keep(turn flows.Turn, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	b, err := json.Marshal(turn.Session)
	if err != nil {
		w.t.Fatal(err)
	}
	w.s = store.Session{}
	if err := json.Unmarshal(b, &w.s); err != nil {
		w.t.Fatal(err)
	}
	w.turn = turn
}

func (w *walker) do(in flows.Input) {
	w.t.Helper()
	w.n++
	if in.Message == "" {
		in.Message = string(rune('A' + w.n))
	}
	w.keep(w.e.Resume(w.s, in, w.look))
}

func (w *walker) types(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.do(flows.Input{Kind: flows.TextInput, Text: text})
	}
}

func (w *walker) presses(label string) {
	w.t.Helper()
	w.do(flows.Input{Kind: flows.PressInput, Press: w.data(label)})
}

// data finds a button of the last card by what it says or by its key.
func (w *walker) data(label string) string {
	w.t.Helper()
	for _, b := range buttons(w.turn) {
		inner, _ := b.Label.Args["Label"].(flows.Label)
		step, _ := b.Label.Args["Step"].(flows.Label)
		if b.Label.Text == label || b.Label.Key == label || inner.Text == label || label == "change "+step.Key {
			return b.Data
		}
	}
	w.t.Fatalf("no button %q on %+v", label, w.turn.Replies)
	return ""
}

func buttons(turn flows.Turn) []flows.Button {
	var out []flows.Button
	for _, r := range turn.Replies {
		switch r := r.(type) {
		case flows.Question:
			out = append(append(out, r.Choices...), r.Nav...)
		case flows.Review:
			out = append(append(out, r.Choices...), r.Nav...)
		case flows.Doubtful:
			out = append(append(out, r.Choices...), r.Nav...)
		}
	}
	return out
}

func question(turn flows.Turn) flows.Question {
	for _, r := range turn.Replies {
		if q, ok := r.(flows.Question); ok {
			return q
		}
	}
	return flows.Question{}
}

func (w *walker) at(field string) {
	w.t.Helper()
	if w.s.At != field {
		w.t.Fatalf("asks %q, want %q", w.s.At, field)
	}
}

func (w *walker) problem(key string) {
	w.t.Helper()
	q := question(w.turn)
	if q.Problem == nil || q.Problem.Key != key {
		w.t.Errorf("the problem is %v, want %s", q.Problem, key)
	}
}

// fixed checks which answers are marked as changed.
func (w *walker) fixed(want ...string) {
	w.t.Helper()
	var got []string
	for _, a := range w.s.Answers {
		if a.Fixed {
			got = append(got, a.Field)
		}
	}
	if !slices.Equal(got, want) {
		w.t.Errorf("marked as changed: %v, want %v", got, want)
	}
}

func (w *walker) text(field string) string {
	a, _ := flows.Find(&w.s, field)
	return a.Text
}

const reason = "the weather is good and everyone is free"

// toReview answers everything that is needed.
func toReview(t *testing.T) *walker {
	t.Helper()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "skip", "skip")
	w.at("")
	return w
}
