package flows_test

import (
	"fmt"
	"testing"

	"danvan/flows"

	"github.com/google/go-cmp/cmp"
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

func TestANumberIsANameFirst(t *testing.T) {
	t.Parallel()
	f, look := villages()
	look.lists["villages"] = append(look.lists["villages"], "7")
	for text, want := range map[string]string{
		"7": "7", "8": "Village 8", "số 9": "Village 9", "10.": "Village 10", "hoa binh": "Hoà Bình", "32": "Hoà Bình",
	} {
		w := start(t, look, f)
		w.types(text)
		if got := flows.Key(&w.s, "village"); got != want {
			t.Errorf("%q chose %q, want %q", text, got, want)
		}
	}
	w := start(t, look, f)
	w.types("99")
	w.problem("answer.no_choice")
}

func TestNoWholeListIsAskedFor(t *testing.T) {
	t.Parallel()
	f, look := villages()
	f.Steps = append(f.Steps, flows.Step{Field: "more", Kind: flows.Many, Source: "villages", On: "village"})
	var asked []flows.Ask
	look.asked = &asked
	w := start(t, look, f)
	w.do(flows.Input{Kind: flows.PressInput, Press: flows.PageData(question(w.turn).Choices[0].Data, 2)})
	w.types("hoa", "2")
	w.do(flows.Input{Kind: flows.PressInput, Press: flows.PageData(question(w.turn).Choices[0].Data, 9)})
	w.presses("Hòa An")
	if q := question(w.turn); q.Page != 4 {
		t.Errorf("the choice was on page 4, and page %d is shown", q.Page)
	}
	w.presses("button.done")
	w.at("")
	w.types("more")
	w.types("1, hoa binh")
	w.at("")
	if a, _ := flows.Find(&w.s, "more"); !cmp.Equal(a.Keys, []string{"Village 1", "Hoà Bình"}) {
		t.Errorf("chosen: %v", a.Keys)
	}
	for _, ask := range asked {
		if ask.Keys == nil && (ask.Limit == 0 || ask.Limit > flows.PageSize) {
			t.Errorf("asked for %+v", ask)
		}
	}
}

func TestChoicesAreLookedUpAgain(t *testing.T) {
	t.Parallel()
	f := &flows.Form{ID: "way", Version: 1, Steps: []flows.Step{
		{Field: "commune", Kind: flows.Choice, Source: "communes"},
		{Field: "village", Kind: flows.Choice, Source: "villages", On: "commune"},
		{Field: "lane", Kind: flows.Choice, Source: "lanes", On: "village"},
	}}
	look := knows{lists: map[string][]string{"communes": {"An", "Binh"}, "villages": {"Hoa", "My"}, "lanes": {"East", "West"}}}
	for _, c := range []struct{ changed, to string }{{"village", "My"}, {"commune", "Binh"}} {
		w := start(t, look, f)
		w.types("An", "Hoa", "West")
		look.lists["lanes"] = []string{"North", "East"}
		w.types(c.changed, c.to)
		w.at("lane")
		look.lists["lanes"] = []string{"East", "West"}
	}
}

func TestAmong(t *testing.T) {
	t.Parallel()
	var all []flows.Option
	for _, key := range []string{"Hòa An", "Mỹ An", "Hoà Bình", "Hòa Lạc", "Mỹ Lạc"} {
		all = append(all, flows.Option{Key: key, Names: []string{key}})
	}
	for name, c := range map[string]struct {
		ask   flows.Ask
		want  []string
		total int
	}{
		"all":              {flows.Ask{}, []string{"Hòa An", "Mỹ An", "Hoà Bình", "Hòa Lạc", "Mỹ Lạc"}, 5},
		"a page":           {flows.Ask{From: 2, Limit: 2}, []string{"Hoà Bình", "Hòa Lạc"}, 5},
		"the last page":    {flows.Ask{From: 4, Limit: 2}, []string{"Mỹ Lạc"}, 5},
		"past the end":     {flows.Ask{From: 9, Limit: 2}, nil, 5},
		"before the start": {flows.Ask{From: -1, Limit: 1}, []string{"Hòa An"}, 5},
		"typed":            {flows.Ask{Text: "hoa", Limit: 2}, []string{"Hòa An", "Hoà Bình"}, 3},
		"nothing like it":  {flows.Ask{Text: "Cần Thơ"}, nil, 0},
		"keys":             {flows.Ask{Keys: []string{"Mỹ Lạc", "Mỹ An", "gone"}}, []string{"Mỹ An", "Mỹ Lạc"}, 2},
		"no keys":          {flows.Ask{Keys: []string{}}, nil, 0},
		"typed, and keys":  {flows.Ask{Text: "hoa", Keys: []string{"Hòa Lạc", "Mỹ An"}}, []string{"Hòa Lạc"}, 1},
	} {
		got := flows.Among(all, c.ask)
		var keys []string
		for _, o := range got.List {
			keys = append(keys, o.Key)
		}
		if !cmp.Equal(keys, c.want) || got.Total != c.total {
			t.Errorf("%s: %v of %d, want %v of %d", name, keys, got.Total, c.want, c.total)
		}
	}
}
