package flows_test

import (
	"fmt"
	"testing"

	"danvan/flows"
)

// villages is a form with one long list.
func villages() (*flows.Form, knows) {
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("Village %d", i+1))
	}
	f := &flows.Form{ID: "where", Version: 1, Steps: []flows.Step{{Field: "village", Kind: flows.Choice, Source: "villages"}}}
	return f, knows{lists: map[string][]string{"villages": append(names, "Hòa An", "Hoà Bình")}}
}

func TestLongListsHavePages(t *testing.T) {
	t.Parallel()
	f, look := villages()
	w := start(t, look, f)
	q := question(w.turn)
	if len(q.Choices) != flows.PageSize || q.Pages != 4 {
		t.Fatalf("%d choices on page 1 of %d", len(q.Choices), q.Pages)
	}
	w.do(flows.Input{Kind: flows.PressInput, Press: flows.PageData(q.Choices[0].Data, 4)})
	q = question(w.turn)
	if q.Page != 4 || len(q.Choices) != 8 || !w.turn.InPlace {
		t.Errorf("page %d with %d choices, in place %t", q.Page, len(q.Choices), w.turn.InPlace)
	}
	w.presses("Hoà Bình")
	if got := flows.Key(&w.s, "village"); got != "Hoà Bình" {
		t.Errorf("chose %q", got)
	}
}

func TestTypingNarrowsAList(t *testing.T) {
	t.Parallel()
	f, look := villages()
	w := start(t, look, f)
	w.types("hoa")
	q := question(w.turn)
	if len(q.Choices) != 2 || q.Query != "hoa" {
		t.Fatalf("%d choices for %q", len(q.Choices), q.Query)
	}
	w.types("2") // counts in the list as it is shown
	if got := flows.Key(&w.s, "village"); got != "Hoà Bình" {
		t.Errorf("chose %q", got)
	}
}

func TestANarrowedListOpensAgain(t *testing.T) {
	t.Parallel()
	f, look := villages()
	w := start(t, look, f)
	w.types("hoa")
	w.presses("button.all")
	if q := question(w.turn); q.Query != "" || q.Pages != 4 {
		t.Errorf("query %q, %d pages", q.Query, q.Pages)
	}
	w.types("nowhere at all")
	w.problem("answer.no_choice")
}
