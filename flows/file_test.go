package flows_test

import (
	"testing"

	"danvan/flows"
	"danvan/store"
)

func photo(id, album string) flows.Input {
	return flows.Input{Kind: flows.FileInput, File: store.Evidence{ID: id, UniqueID: "u" + id, Kind: store.Photo, Album: album}}
}

func TestAnAlbumIsOneAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "skip")
	w.at("photos")
	w.do(photo("1", "a"))
	done := w.data("button.done")
	if len(w.turn.Replies) != 1 || !w.turn.Receipt {
		t.Errorf("the first part: %d replies, receipt %t", len(w.turn.Replies), w.turn.Receipt)
	}
	w.do(photo("2", "a"))
	if !w.turn.InPlace || !w.turn.Receipt {
		t.Errorf("the second part: in place %t, receipt %t", w.turn.InPlace, w.turn.Receipt)
	}
	if q, ok := w.turn.Replies[0].(flows.Question); !ok || len(q.Kept.Evidence) != 2 {
		t.Errorf("the card does not count the second part: %+v", w.turn.Replies)
	}
	w.do(photo("2", "a")) // the same picture again
	w.do(flows.Input{Kind: flows.PressInput, Press: done})
	w.at("")
	w.do(photo("3", "a")) // it was on its way
	if a, _ := flows.Find(&w.s, "photos"); len(a.Evidence) != 3 {
		t.Errorf("%d photos, want 3", len(a.Evidence))
	}
	w.do(photo("4", "b"))
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "wrong.too_many_files" {
		t.Errorf("the fourth photo: %+v", w.turn.Replies)
	}
}

// Photos that come before they are asked for are the answer all the same, also
// where it shows only later whether they are asked for.
func TestPhotosAreKeptAtAnyQuestion(t *testing.T) {
	t.Parallel()
	f := picnic()
	f.Step("photos").When = []flows.Cond{flows.Is("who", "alone")}
	w := start(t, knows{}, f)
	w.do(photo("1", "a"))
	w.do(photo("2", "a"))
	w.at("name")
	if len(w.turn.Replies) != 0 {
		t.Errorf("the second part of the album: %+v", w.turn.Replies)
	}
	w.types("A day out")
	w.do(photo("3", ""))
	w.at("who")
	if n, ok := w.turn.Replies[0].(flows.Notice); !ok || n.Key != "form.file_kept" || n.Args["Count"] != 3 {
		t.Errorf("the third photo: %+v", w.turn.Replies)
	}
	w.types("alone", reason, "24/11/2026", "skip")
	w.at("")
	if a, _ := flows.Find(&w.s, "photos"); len(a.Evidence) != 3 {
		t.Errorf("%d photos, want 3", len(a.Evidence))
	}
}

func TestAnAlbumInTheWrongPlaceIsSaidOnce(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, &flows.Form{ID: "picnic", Version: 1, Steps: picnic().Steps[:2]})
	w.do(photo("1", "a"))
	w.problem("wrong.file")
	w.do(photo("2", "a"))
	if len(w.turn.Replies) != 0 {
		t.Errorf("said again: %+v", w.turn.Replies)
	}
}

func TestTooBigFilesAreRefused(t *testing.T) {
	t.Parallel()
	w := start(t, knows{}, picnic())
	w.types("A day out", "alone", reason, "24/11/2026", "skip")
	in := photo("1", "")
	in.TooBig = true
	w.do(in)
	w.problem("wrong.too_big")
}
