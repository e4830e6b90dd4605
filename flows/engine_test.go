package flows_test

import (
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func TestQuestionsFollowInOrder(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	for i, text := range []string{"A day out", "group", "The neighbours", reason, "24/11/2026"} {
		w.at([]string{"name", "who", "group", "why", "when"}[i])
		w.types(text)
	}
	w.at("cost")
	if q := question(w.turn); q.N != 5 || q.Of != 6 {
		t.Errorf("progress %d/%d, want 5/6: the group belongs to the question before it", q.N, q.Of)
	}
	if len(w.turn.Settled) != 1 || w.turn.Settled[0].Answer.Field != "when" {
		t.Errorf("the answered card becomes %+v", w.turn.Settled)
	}
}

func TestAWrongKindOfAnswerChangesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   flows.Input
		key  string
	}{
		{"program", flows.Input{Kind: flows.FileInput, File: store.Evidence{ID: "1", Kind: store.Document, Name: "a.apk"}}, "wrong.program"},
		{"contact", flows.Input{Kind: flows.ContactInput, Phone: "+84912345678", Own: true}, "wrong.contact"},
		{"place", flows.Input{Kind: flows.PlaceInput}, "wrong.place"},
		{"sticker", flows.Input{Kind: flows.OtherInput, What: "sticker"}, "wrong.thing"},
		{"too short", flows.Input{Kind: flows.TextInput, Text: "ab"}, "answer.too_short"},
		{"too long", flows.Input{Kind: flows.TextInput, Text: strings.Repeat("ă", 4096)}, "answer.too_long"},
		{"secret", flows.Input{Kind: flows.TextInput, Text: "TỐI MẬT"}, "answer.secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := start(t, knows{}, picnic())
			before := w.s
			w.do(c.in)
			w.at("name")
			w.problem(c.key)
			before.Misses, before.Album = w.s.Misses, w.s.Album
			if diff := cmp.Diff(before, w.s); diff != "" {
				t.Errorf("the session changed:\n%s", diff)
			}
		})
	}
}

func TestTwoMissesBringHelp(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("a")
	if question(w.turn).Help {
		t.Error("help after one miss")
	}
	w.types("b")
	if !question(w.turn).Help {
		t.Error("no help after two misses")
	}
	w.types("A day out", "group")
	if w.s.Misses != 0 {
		t.Errorf("%d misses are left after an answer", w.s.Misses)
	}
}

func TestShortProseIsContinued(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", "the weather")
	w.at("why")
	if q := question(w.turn); q.Partial != "the weather" {
		t.Errorf("what was typed is not kept: %q", q.Partial)
	}
	w.types("is good today")
	w.at("when")
	if got := w.text("why"); got != "the weather is good today" {
		t.Errorf("joined to %q", got)
	}
}

func TestBackKeepsTheAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone")
	w.presses("button.back")
	w.at("who")
	w.presses("button.back")
	w.at("name")
	if q := question(w.turn); q.Kept == nil || q.Kept.Text != "A day out" {
		t.Errorf("the answer is not shown: %+v", q.Kept)
	}
	w.presses("button.keep")
	w.at("why")
	if got := flows.Key(&w.s, "who"); got != "alone" {
		t.Errorf("the later answer became %q", got)
	}
}

func TestAnyAnswerChangesFromTheCard(t *testing.T) {
	t.Parallel()
	w := toReview(t)
	w.presses("button.edit")
	w.presses("change picnic.name.label")
	w.at("name")
	w.types("Another day")
	w.at("")
	if got := w.text("name"); got != "Another day" {
		t.Errorf("the answer is %q", got)
	}
	w.fixed("name")
	w.types("1") // by its number
	w.at("name")
	w.presses("button.to_review")
	w.at("")
	w.fixed("name") // what was kept as it was is not changed by that
	w.types("when") // by its name
	w.at("when")
}

func TestAnswersThatNoLongerApplyComeBack(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "group", "The neighbours", reason, "24/11/2026", "skip", "skip")
	w.types("who")
	w.types("alone")
	w.at("")
	if _, ok := flows.Find(&w.s, "group"); ok {
		t.Error("the group still counts")
	}
	w.types("who")
	w.types("group")
	w.at("")
	if got := w.text("group"); got != "The neighbours" {
		t.Errorf("the group came back as %q", got)
	}
}

func TestAChangeAsksWhatItNeeds(t *testing.T) {
	t.Parallel()
	w := toReview(t)
	w.types("who")
	w.types("group")
	w.at("group")
	w.types("The neighbours")
	w.at("")
}

func TestDetailsAreOptional(t *testing.T) {
	t.Parallel()
	w := toReview(t)
	w.presses("button.more")
	w.at("tags")
	w.presses("food")
	w.presses("sport")
	w.presses("food")
	w.presses("button.done")
	if a, _ := flows.Find(&w.s, "tags"); !cmp.Equal(a.Keys, []string{"sport"}) {
		t.Errorf("chosen: %v", a.Keys)
	}
	w.at("note")
	w.presses("button.to_review")
	w.at("")
}

func TestEditedMessagesChangeTheirAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.do(flows.Input{Kind: flows.TextInput, Text: "A day out", Message: "m1"})
	w.types("alone")
	w.do(flows.Input{Kind: flows.TextInput, Text: "A night out", Message: "m1", Edited: true})
	w.at("why")
	if got := w.text("name"); got != "A night out" {
		t.Errorf("the answer is %q", got)
	}
	w.do(flows.Input{Kind: flows.TextInput, Text: "x", Message: "m1", Edited: true})
	if got := w.text("name"); got != "A night out" {
		t.Errorf("a bad edit made it %q", got)
	}
	w.do(flows.Input{Kind: flows.TextInput, Text: "who knows", Message: "m99", Edited: true})
	if w.turn.Outcome != flows.Stale {
		t.Errorf("an edit of something else has outcome %q", w.turn.Outcome)
	}
}

func TestARepliedQuestionIsTheOneAnswered(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone")
	w.do(flows.Input{Kind: flows.TextInput, Text: "A night out", Field: "name"})
	w.at("why")
	if got := w.text("name"); got != "A night out" {
		t.Errorf("the answer is %q", got)
	}
}

// TestAChangedAnswerIsChecked has an answer that was changed in place pass the
// checks of its question, and what they say asked at it.
func TestAChangedAnswerIsChecked(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Steps[0].Checks = []string{flows.DoubtVague}
	look := knows{doubts: map[string]func(*store.Session, store.Answer) *store.Doubt{
		flows.DoubtVague: func(_ *store.Session, a store.Answer) *store.Doubt {
			if a.Text == "Something" {
				return &store.Doubt{}
			}
			return nil
		},
	}}
	for name, in := range map[string]flows.Input{
		"a reply": {Field: "name"}, "an edit": {Message: "m1", Edited: true},
	} {
		w := start(t, look, f)
		w.do(flows.Input{Kind: flows.TextInput, Text: "A day out", Message: "m1"})
		w.types("alone")
		in.Kind, in.Text = flows.TextInput, "Something"
		w.do(in)
		w.at("name")
		if d, ok := w.turn.Replies[0].(flows.Doubtful); !ok || d.Doubt.Kind != flows.DoubtVague || w.text("name") != "A day out" {
			t.Fatalf("%s: %+v, the name is %q", name, w.turn.Replies, w.text("name"))
		}
		w.presses("doubt.vague.yes")
		w.at("why")
		if got := w.text("name"); got != "Something" {
			t.Errorf("%s: the answer is %q", name, got)
		}
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]flows.Outcome{
		"picnic.submit": flows.Submitted, "button.discard": flows.Discarded, "button.later": flows.Saved,
	} {
		w := toReview(t)
		w.presses(label)
		if w.turn.Outcome != want {
			t.Errorf("%s: outcome %q, want %q", label, w.turn.Outcome, want)
		}
		if sent := w.turn.Sent; (sent != nil) != (want == flows.Submitted) || sent != nil && len(sent.Lines) == 0 {
			t.Errorf("%s: the card that was sent is %+v", label, sent)
		}
	}
}

func TestAskSaysTheOpenQuestionAgain(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out")
	before := w.s
	w.keep(w.e.Ask(w.s, w.look))
	if q := question(w.turn); q.Step == nil || q.Step.Field != "who" {
		t.Errorf("asked %+v", w.turn.Replies)
	}
	if diff := cmp.Diff(before, w.s); diff != "" {
		t.Errorf("asking changed the session:\n%s", diff)
	}
}

func TestFieldsThatWereReturnedAreAskedAgain(t *testing.T) {
	t.Parallel()
	done := toReview(t)
	s := done.s
	s.Again = []string{"why", "name"}
	w := &walker{t: t, e: done.e, look: knows{}}
	w.keep(done.e.Start(s, knows{}))
	w.at("name")
	if q := question(w.turn); q.Kept == nil || q.Kept.Text != "A day out" {
		t.Errorf("the answer that stands is not shown: %+v", q.Kept)
	}
	w.types("A better day")
	w.at("why")
	w.presses("button.keep")
	w.at("")
	w.fixed("name")
	if len(w.s.Again) != 0 {
		t.Errorf("still to be asked: %v", w.s.Again)
	}
}
