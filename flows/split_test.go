package flows_test

import (
	"strings"
	"testing"
	"time"

	"danvan/flows"
	"danvan/store"
)

// long is a form with a question that takes more than one message.
func long() *flows.Form {
	return &flows.Form{ID: "picnic", Version: 1, Steps: []flows.Step{
		{Field: "name", Kind: flows.Text, Min: 3, Max: 20},
		{Field: "why", Kind: flows.LongText, Min: 20, Max: 5000},
		{Field: "note", Kind: flows.LongText, Min: 20, Max: 5000},
	}}
}

var sent = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// part is a message that came some seconds after the first.
func part(text string, after int) flows.Input {
	return flows.Input{
		Kind: flows.TextInput, Text: text, Full: len([]rune(text)) >= 4000, At: sent.Add(time.Duration(after) * time.Second),
	}
}

var full = strings.TrimSpace(strings.Repeat("the road is narrow and floods when it rains, ", 91))

func TestASplitMessageIsOneAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, long())
	w.types("A day out")
	w.do(part(full, 0))
	w.at("note")
	w.do(part("so that children wade to school.", 1))
	w.at("note")
	if got, want := w.text("why"), full+" so that children wade to school."; got != want {
		t.Errorf("the answer ends %q", got[len(got)-60:])
	}
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.joined" {
		t.Errorf("says %+v", w.turn.Replies)
	}
	w.do(part("A tail that comes later is an answer of its own", 20))
	w.at("")
	if w.text("note") == "" {
		t.Error("the next answer is lost")
	}
}

// The whole is what is refused, and not the tail that is taken.
func TestASplitMessageThatIsTooLong(t *testing.T) {
	t.Parallel()
	form := long()
	form.Steps[1].Max = 2000
	w := start(t, knows{}, form)
	w.types("A day out")
	w.do(part(full, 0))
	w.problem("answer.too_long")
	w.do(part("Neighbours met three times and agreed.", 1))
	w.at("why")
	w.problem("answer.too_long")
	if got := question(w.turn).Problem.Args["Length"].(int); got < len(full) {
		t.Errorf("counts %d characters, the tail only", got)
	}

	form = long()
	form.Steps[1].Max = 4096
	w = start(t, knows{}, form)
	w.types("A day out")
	w.do(part(full, 0))
	w.at("note")
	w.do(part("Neighbours met three times and agreed.", 1))
	w.at("why")
	w.problem("answer.too_long")
}

func TestAMessageAfterAFullOneIsAnAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, long())
	w.types("A day out")
	w.do(part(full, 0))
	w.do(part("typed a while after the first one", 6))
	if got := w.text("note"); got != "typed a while after the first one" {
		t.Errorf("note is %q", got)
	}
}

func TestPastedAnswersWait(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("name: A day out\nwho: alone\nwhen: 24/11/2026")
	w.types("something else")
	if w.s.Doubt == nil || len(w.s.Doubt.Readings) != 3 {
		t.Fatalf("they do not wait: %+v", w.s.Doubt)
	}
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.paste_waits" || n.Args["Text"] != "something else" {
		t.Errorf("says %+v", w.turn.Replies)
	}
	w.types("name: Another day\nwho: alone")
	if len(w.s.Doubt.Readings) != 2 {
		t.Errorf("others do not take their place: %+v", w.s.Doubt)
	}
	w.types("yes")
	w.at("why")
	if w.text("name") != "Another day" {
		t.Errorf("name is %q", w.text("name"))
	}
}

// What waits for a yes is changed by an edit of its message.
func TestAnEditChangesWhatIsAskedAbout(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason)
	w.do(flows.Input{Kind: flows.TextInput, Text: "đầu tháng 11", Message: "m"})
	if w.s.Doubt == nil {
		t.Fatal("not asked about")
	}
	w.do(flows.Input{Kind: flows.TextInput, Text: "24/11/2026", Message: "m", Edited: true})
	w.at("cost")
}

func TestLegacyTextIsConvertedAndAsked(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("HiÕn ®Êt më ®\u00adêng")
	w.at("name")
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.legacy" || n.Args["Encoding"] != "TCVN3" {
		t.Errorf("says %+v", w.turn.Replies)
	}
	w.types("yes")
	if got := w.text("name"); got != "Hiến đất mở đường" {
		t.Errorf("name is %q", got)
	}
}

func TestAnEditedPhotoReplacesTheOld(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "skip")
	file := func(id, caption string, edited bool) flows.Input {
		return flows.Input{Kind: flows.FileInput, Text: caption, Message: "9001", Edited: edited,
			File: store.Evidence{ID: id, UniqueID: id, Kind: store.Photo, Caption: caption, Message: "9001"}}
	}
	w.do(file("ua1", "ảnh 1", false))
	w.do(file("ua1b", "ảnh 1 sửa", true))
	a, _ := flows.Find(&w.s, "photos")
	if len(a.Evidence) != 1 || a.Evidence[0].UniqueID != "ua1b" || a.Evidence[0].Caption != "ảnh 1 sửa" {
		t.Errorf("the evidence is %+v", a.Evidence)
	}
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.file_changed" {
		t.Errorf("says %+v", w.turn.Replies)
	}
	w.types("done")
	w.at("")
	w.do(file("ua1c", "ảnh 1 nữa", true))
	if a, _ := flows.Find(&w.s, "photos"); a.Evidence[0].UniqueID != "ua1c" {
		t.Errorf("at the review card: %+v", a.Evidence)
	}
}

func TestAVenueKeepsItsName(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, &flows.Form{ID: "picnic", Version: 1, Steps: []flows.Step{
		{Field: "place", Kind: flows.Place, Min: 3, Max: 300}, {Field: "name", Kind: flows.Text, Min: 3, Max: 20},
	}})
	w.do(flows.Input{Kind: flows.PlaceInput, Lat: 10.37, Lon: 105.43, Text: "Nhà văn hóa khóm 3, Long Xuyên"})
	if got := w.text("place"); got != "Nhà văn hóa khóm 3, Long Xuyên (10.37000, 105.43000)" {
		t.Errorf("place is %q", got)
	}
}
