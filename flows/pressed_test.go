package flows_test

import (
	"strings"
	"testing"

	"danvan/flows"

	"github.com/google/go-cmp/cmp"
)

func TestQuickTapsOnTogglesAllCount(t *testing.T) {
	t.Parallel()
	w := toReview(t)
	w.presses("button.more")
	food, music := w.data("food"), w.data("music") // both from the first card
	for _, data := range []string{food, music, food} {
		w.do(flows.Input{Kind: flows.PressInput, Press: data})
	}
	if a, _ := flows.Find(&w.s, "tags"); !cmp.Equal(a.Keys, []string{"music", "food"}) {
		t.Errorf("chosen: %v", a.Keys)
	}
}

func TestOldButtonsAreRefused(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out")
	old := w.data("alone")
	w.presses("alone")
	for name, data := range map[string]string{
		"pressed again": old, "another draft": strings.Replace(old, "f.7.", "f.8.", 1),
		"forged field": strings.Replace(old, ".who.", ".when.", 1), "nonsense": "f.7", "not ours": "hello",
	} {
		before := w.s
		w.do(flows.Input{Kind: flows.PressInput, Press: data})
		if w.turn.Outcome != flows.Stale || w.turn.Toast.Key == "" {
			t.Errorf("%s: outcome %q, toast %q", name, w.turn.Outcome, w.turn.Toast.Key)
		}
		if diff := cmp.Diff(before, w.s); diff != "" {
			t.Errorf("%s changed the session:\n%s", name, diff)
		}
	}
}

func TestChoicesNotOfferedAreRefused(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out")
	w.do(flows.Input{Kind: flows.PressInput, Press: strings.TrimSuffix(w.data("alone"), "alone") + "crowd"})
	w.at("who")
	if w.turn.Outcome != flows.Stale {
		t.Errorf("outcome %q", w.turn.Outcome)
	}
}
