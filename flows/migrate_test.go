package flows_test

import (
	"testing"

	"danvan/flows"
)

func TestAChangedFormKeepsWhatStillFits(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason)
	w.at("when")
	now := picnic()
	now.Version = 2
	now.Steps[0].Max = 5                                  // the name has become too long
	now.Steps = append(now.Steps[:4:4], now.Steps[4:]...) // and there is a new question
	now.Steps = append(now.Steps, flows.Step{Field: "leader", Kind: flows.Text, Min: 2})
	e, err := flows.New(now)
	if err != nil {
		t.Fatal(err)
	}
	w.e = e
	w.types("24/11/2026") // still counts: it was asked
	if a, _ := flows.Find(&w.s, "when"); a.From.IsZero() {
		t.Error("the answer to the open question is lost")
	}
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.changed" || n.Args["Kept"] != 2 || n.Args["Again"] != 1 {
		t.Errorf("the person is told %+v", w.turn.Replies)
	}
	if got := flows.Key(&w.s, "who"); got != "alone" {
		t.Errorf("who became %q", got)
	}
	w.at("name")
	if w.s.Version != 2 {
		t.Errorf("the session is of version %d", w.s.Version)
	}
}

func TestAButtonOfTheOldFormIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out")
	old := w.data("alone")
	now := picnic()
	now.Steps[0].Max = 30
	e, err := flows.New(now)
	if err != nil {
		t.Fatal(err)
	}
	w.e = e
	w.do(flows.Input{Kind: flows.PressInput, Press: old})
	w.at("who")
	if _, ok := flows.Find(&w.s, "who"); ok {
		t.Error("the old button was applied")
	}
}
