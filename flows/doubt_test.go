package flows_test

import (
	"errors"
	"fmt"
	"testing"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func TestUnsureReadingsAreAsked(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "1.500")
	d, ok := w.turn.Replies[0].(flows.Doubtful)
	if !ok || d.Doubt.Kind != flows.DoubtReading || len(d.Doubt.Readings) < 2 {
		t.Fatalf("asked %+v", w.turn.Replies)
	}
	w.do(flows.Input{Kind: flows.PressInput, Press: d.Choices[1].Data})
	a, _ := flows.Find(&w.s, "cost")
	if diff := cmp.Diff(d.Doubt.Readings[1].Money, a.Money); diff != "" {
		t.Error(diff)
	}
	w.at("photos")
}

func TestANewAnswerReplacesADoubt(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "1.500", "2 triệu")
	a, _ := flows.Find(&w.s, "cost")
	if len(a.Money) != 1 || a.Money[0].VND != 2_000_000 {
		t.Errorf("the cost is %+v", a.Money)
	}
	w.at("photos")
}

func TestPastedAnswersAreConfirmed(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("name: A day out\nwho: group\nwhen: 24/11/2026")
	d, ok := w.turn.Replies[0].(flows.Doubtful)
	if !ok || d.Doubt.Kind != flows.DoubtPaste || len(d.Doubt.Readings) != 3 {
		t.Fatalf("asked %+v", w.turn.Replies)
	}
	w.types("có")
	w.at("group")
	w.types("The neighbours; and friends")
	w.at("why") // one answer with a semicolon in it
	if got := w.text("group"); got != "The neighbours; and friends" {
		t.Errorf("the group is %q", got)
	}
}

func TestPastedAnswersMayBeOne(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day; alone")
	w.presses("doubt.paste.no")
	w.at("who")
	if got := w.text("name"); got != "A day; alone" {
		t.Errorf("the name is %q", got)
	}
}

func TestChecksAskBeforeAnAnswerIsKept(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Steps[0].Checks = []string{flows.DoubtSame, flows.DoubtVague}
	look := knows{doubts: map[string]func(*store.Session, store.Answer) *store.Doubt{
		flows.DoubtSame: func(s *store.Session, _ store.Answer) *store.Doubt {
			if flows.Known(s, 3) {
				return nil
			}
			return &store.Doubt{Records: []uint64{3}}
		},
		flows.DoubtVague: func(*store.Session, store.Answer) *store.Doubt { return &store.Doubt{Keys: []string{"vague"}} },
	}}
	w := start(t, look, f)
	w.types("A day out")
	w.at("name")
	w.presses("doubt.same.no")
	w.presses("doubt.vague.yes")
	w.at("who")
	if got := w.text("name"); got != "A day out" {
		t.Errorf("the name is %q", got)
	}
	again := start(t, look, f)
	again.types("A day out")
	again.presses("doubt.same.yes")
	if again.turn.Outcome != flows.Same || again.turn.Record != 3 {
		t.Errorf("outcome %q, record %d", again.turn.Outcome, again.turn.Record)
	}
}

func TestAConflictIsAskedBeforeSubmission(t *testing.T) {
	t.Parallel()
	w := toReview(t)
	w.look = knows{doubts: map[string]func(*store.Session, store.Answer) *store.Doubt{
		flows.CheckSubmit: func(s *store.Session, _ store.Answer) *store.Doubt {
			if s.Base == 9 {
				return nil
			}
			return &store.Doubt{Kind: flows.DoubtConflict, Records: []uint64{9, 100}}
		},
	}}
	w.presses("picnic.submit")
	if w.turn.Outcome != flows.Open {
		t.Fatalf("outcome %q", w.turn.Outcome)
	}
	w.presses("doubt.conflict.no")
	w.at("")
	w.types("gửi")
	w.presses("doubt.conflict.yes")
	if w.turn.Outcome != flows.Submitted {
		t.Errorf("outcome %q", w.turn.Outcome)
	}
}

// What was filled in before somebody else's change is asked where it is no longer
// known.
func TestAConflictAsksForWhatWasFilledIn(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Step("when").Prefill = "today"
	look := knows{defaults: map[string]store.Answer{"today": {From: knows{}.Today()}}, doubts: map[string]func(*store.Session, store.Answer) *store.Doubt{
		flows.CheckSubmit: func(s *store.Session, _ store.Answer) *store.Doubt {
			if s.Base == 9 {
				return nil
			}
			return &store.Doubt{Kind: flows.DoubtConflict, Records: []uint64{9, 100}}
		},
	}}
	w := start(t, look, f)
	w.types("A day out", "alone", reason, "skip", "skip", "gửi")
	delete(look.defaults, "today")
	w.presses("doubt.conflict.yes")
	w.at("when")
	w.types("24/11/2026", "gửi")
	if w.turn.Outcome != flows.Submitted {
		t.Errorf("outcome %q", w.turn.Outcome)
	}
}

func TestARefusalCountsHoweverDeepItIs(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Steps[0].Checks = []string{"taken"}
	look := knows{fails: map[string]error{
		"taken":           fmt.Errorf("look at the other names: %w", &answer.Invalid{Key: "answer.taken"}),
		flows.CheckSubmit: fmt.Errorf("look at the season: %w", &answer.Invalid{Key: "answer.season"}),
	}}
	w := start(t, look, f)
	w.types("A day out")
	w.at("name")
	w.problem("answer.taken")

	w = toReview(t)
	w.look = look
	w.presses("picnic.submit")
	if r, ok := w.turn.Replies[0].(flows.Review); !ok || r.Problem == nil || r.Problem.Key != "answer.season" {
		t.Errorf("the card says %+v", w.turn.Replies)
	}

	look.fails[flows.CheckSubmit] = errors.New("the disk is gone")
	if _, err := w.e.Resume(w.s, flows.Input{Kind: flows.TextInput, Text: "send"}, look); !errors.Is(err, look.fails[flows.CheckSubmit]) {
		t.Errorf("a failure became %v", err)
	}
}

// A short text is asked about, and not refused: it is kept by one tap, and what is
// typed instead goes on with it.
func TestAShortTextIsAskedAbout(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Step("why").Min, f.Step("why").Enough = 3, 20
	begin := func() *walker {
		w := start(t, knows{}, f)
		w.types("A day out", "alone", "the sun")
		if w.s.Doubt == nil || w.s.Doubt.Kind != flows.DoubtShort {
			t.Fatalf("the doubt is %+v", w.s.Doubt)
		}
		return w
	}
	wants := func(w *walker, want string) {
		t.Helper()
		w.at("when")
		if got := w.text("why"); got != want {
			t.Errorf("kept %q, want %q", got, want)
		}
	}

	w := begin()
	w.presses("doubt.short.yes")
	wants(w, "the sun")

	w = begin()
	w.types("shines at last")
	wants(w, "the sun shines at last")

	w = begin()
	w.presses("doubt.short.no")
	w.at("why")
	w.types("shines at last")
	wants(w, "the sun shines at last")

	w = begin()
	w.do(flows.Input{Kind: flows.TextInput, Text: reason, Message: w.s.Doubt.Readings[0].Source, Edited: true})
	wants(w, reason)
}
