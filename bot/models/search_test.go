package models

import (
	"slices"
	"strings"
	"testing"

	"danvan/flows/answer"
	"danvan/store"
)

// TestAmong wants the longest name among some words, the first of several that are
// as long, each thing once and in the order in which they were named.
func TestAmong(t *testing.T) {
	t.Parallel()
	label := func(s string) store.Label { return store.Label{"vi": s} }
	byName := fieldNames([]store.Campaign{
		{Fields: []store.Option{{Key: "economy", Label: label("Kinh tế")}, {Key: "society", Label: label("Văn hóa - xã hội")}}},
		{Fields: []store.Option{
			{Key: "village", Label: label("Kinh tế nông thôn"), Aliases: []string{"NTM"}}, {Key: "economy", Label: label("Kinh tế")},
		}},
	})
	for said, want := range map[string]string{
		"mo hinh kinh te":    "economy village | mo hinh",
		"kinh te nong thon":  "village | ",
		"te nong xa hoi ntm": "village | xa hoi ntm",
		"ntm xa hoi":         "society | ntm",
		"kinh":               " | kinh",
		"society ntm":        "society | ntm",
	} {
		found, rest := byName.among(strings.Fields(answer.Fold(said)))
		if got := strings.Join(found, " ") + " | " + strings.Join(rest, " "); got != want {
			t.Errorf("%q names %q, want %q", said, got, want)
		}
	}
}

// TestAmongPasted wants of a pasted text no more than a few runs for each of its
// words. It counts what is allocated, and so nothing else may run.
func TestAmongPasted(t *testing.T) {
	text := strings.Fields(strings.Repeat("den bien ", 455))
	byName := names[string]{"kinh te nong thon": {"village"}, "ntm": {"village"}}
	made := testing.AllocsPerRun(1, func() {
		if _, rest := byName.among(text); !slices.Equal(rest, text) {
			t.Error("a name was found in a text without one")
		}
	})
	if most := float64(4*len(text) + 10); made > most {
		t.Errorf("%.0f runs written out of a text of %d words, want %.0f at most", made, len(text), most)
	}
}
