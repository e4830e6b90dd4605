package flows_test

import (
	"testing"

	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// straight is what the answers of the random walks come to.
var straight = []struct{ field, text string }{
	{"name", "A day out"}, {"who", "group"}, {"group", "The neighbours"}, {"why", reason},
	{"when", "24/11/2026"}, {"cost", "2 triệu"}, {"photos", "skip"},
}

// TestDetoursLeadToTheSameAnswers answers a form with every kind of detour in
// between, and wants what the straight way gives.
func TestDetoursLeadToTheSameAnswers(t *testing.T) {
	t.Parallel()
	want := start(t, knows{}, picnic())
	for _, a := range straight {
		want.types(a.text)
	}
	want.at("")
	rapid.Check(t, func(rt *rapid.T) {
		w := start(t, knows{}, picnic())
		for range 200 {
			if w.s.At == "" {
				break
			}
			if rapid.IntRange(0, 2).Draw(rt, "turn") > 0 {
				detour(rt, w)
				continue
			}
			answerStraight(w)
		}
		for w.s.At != "" {
			answerStraight(w)
		}
		if diff := cmp.Diff(values(want.s), values(w.s)); diff != "" {
			rt.Fatalf("the detours changed the answers:\n%s", diff)
		}
	})
}

func answerStraight(w *walker) {
	if w.s.Doubt != nil {
		w.types("không")
	}
	for _, a := range straight {
		if a.field == w.s.At {
			w.types(a.text)
			return
		}
	}
	w.t.Fatalf("no answer for %q", w.s.At)
}

// detour does something that must not change what is answered in the end.
func detour(rt *rapid.T, w *walker) {
	old := buttons(w.turn)
	switch rapid.IntRange(0, 7).Draw(rt, "detour") {
	case 0:
		w.types("quay lại")
	case 1:
		w.do(flows.Input{Kind: flows.OtherInput, What: "sticker"})
	case 2:
		w.do(flows.Input{Kind: flows.TextInput, Text: "who knows", Message: "m0", Edited: true})
	case 3:
		w.keep(w.e.Ask(w.s, w.look))
	case 4:
		w.do(flows.Input{Kind: flows.FileInput, TooBig: true, File: store.Evidence{ID: "1", UniqueID: "1"}})
	case 5:
		w.do(flows.Input{Kind: flows.PressInput, Press: "f.7.1.name.~h"})
	case 7:
		w.types("*giải thích")
	case 6:
		if len(old) > 0 && w.s.Doubt == nil {
			for _, b := range old {
				if b.Label.Key == "button.help" {
					w.do(flows.Input{Kind: flows.PressInput, Press: b.Data})
					break
				}
			}
		}
	}
}

// values are a session's answers without where they came from.
func values(s store.Session) map[string]store.Answer {
	out := map[string]store.Answer{}
	for _, a := range s.Answers {
		a.Source = ""
		out[a.Field] = a
	}
	return out
}

// TestNothingBreaksAWalk throws anything at a session.
func TestNothingBreaksAWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := start(t, knows{}, picnic())
		var seen []string
		for range rapid.IntRange(1, 40).Draw(rt, "turns") {
			for _, b := range buttons(w.turn) {
				if len(b.Data) > flows.MaxPress {
					rt.Fatalf("the data %q does not fit", b.Data)
				}
				seen = append(seen, b.Data)
			}
			w.do(anyInput(rt, seen))
			if w.turn.Outcome != flows.Open && w.turn.Outcome != flows.Stale {
				return
			}
			if w.s.At != "" && picnic().Step(w.s.At) == nil {
				rt.Fatalf("asks %q", w.s.At)
			}
		}
	})
}

func anyInput(rt *rapid.T, seen []string) flows.Input {
	in := flows.Input{Kind: rapid.SampledFrom([]flows.InputKind{
		flows.TextInput, flows.TextInput, flows.PressInput, flows.PressInput,
		flows.FileInput, flows.ContactInput, flows.PlaceInput, flows.OtherInput,
	}).Draw(rt, "kind")}
	in.Text = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"A day out", "group", reason, "24/11/2026", "31/2", "1.500", "2 triệu", "có", "không", "quay lại", "bỏ qua", "1", "9", "gửi",
		"name: A day\nwho: alone", "a; b; c", "xong", "giữ nguyên", "*viết lại", "sửa", "bỏ", "them chi tiet", "trang sau", "kiểm tra", "help",
	})).Draw(rt, "text")
	if len(seen) > 0 {
		in.Press = rapid.SampledFrom(seen).Draw(rt, "press")
	}
	in.File = store.Evidence{
		ID: "x", UniqueID: rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(rt, "file"),
		Album: rapid.SampledFrom([]string{"", "a"}).Draw(rt, "album"),
	}
	in.Phone, in.Own = rapid.SampledFrom([]string{"+84912345678", "12"}).Draw(rt, "phone"), rapid.Bool().Draw(rt, "own")
	in.Edited = rapid.IntRange(0, 9).Draw(rt, "edited") == 0
	in.Field = rapid.SampledFrom([]string{"", "", "", "name", "who", "photos", "nothing"}).Draw(rt, "field")
	return in
}
