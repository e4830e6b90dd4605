package bottest

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/flows/flowtest"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "renew the golden conversations")

// Play plays every transcript in a folder, one folder in it for each language,
// and compares what people saw. A line "# world: NAME" at a transcript's head
// says which world it plays in (see Named). At the end of each, every button
// that is left is pressed.
func Play(t *testing.T, dir string, with ...With) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts in %s: %v", dir, err)
	}

	for _, file := range files {
		lang := filepath.Base(filepath.Dir(file))
		t.Run(lang+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			playFile(t, lang, file, with)
		})
	}
}

func playFile(t *testing.T, lang, file string, with []With) {
	t.Helper()
	want, err := os.ReadFile(file)
	Must(t, err)

	w := Named(t, lang, flowtest.Header(string(want))["world"], with...)
	got, err := flowtest.Play(string(want), w, w.Zone)
	if err != nil {
		t.Fatalf("%v\nso far:\n%s", err, got)
	}

	if *update {
		Must(t, os.WriteFile(file, []byte(got), 0o644))
	} else if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the conversation changed (-want +got), renew with -update:\n%s", diff)
	}
	w.Now = w.Now.Add(store.Quiet)
	Must(t, w.Deliver())
	w.tidied()
	w.pressEverything()
}

// tidied looks whether every form's button in a quiet chat stands under the open
// question, and whether no edit came twice.
func (w *World) tidied() {
	w.T.Helper()
	for _, who := range w.names {
		if n := w.Chat(who).Repeats; n > 0 {
			w.T.Errorf("%d edits of what %s sees change nothing", n, who)
		}

		var card store.Remote
		w.View(func(r store.Reader) error {
			p, none := r.PersonAt(Address(who))
			open, err := r.Session(p.Open)
			if none == nil && err == nil && open.Card != 0 {
				card, err = r.Remote(open.Card)
				return err
			}
			return nil
		})

		for _, m := range w.Chat(who).Messages {
			for _, b := range slices.Concat(m.Buttons...) {
				if _, form := flows.PressedSession(b.Data); form && strconv.Itoa(m.ID) != card.ID {
					w.T.Errorf("%s still sees [%s] under %q", who, b.Text, m.Text)
				}
			}
		}
	}
}

// Named is the world of a name, and what is special in it after a comma:
//
//	"fresh"               units, and nothing else yet
//	""                    two provinces, some people, four models
//	"clock"               a clock that strikes when it is moved
//	"waiting"             three registrations more, that wait for the check
//	"waiting, clock"      and a clock that strikes when it is moved
//	"closed"              the first half-year is closed, and known what its models had
//	"figures"             a province with a half-year of models and reports
//	"figures, quiet"      the same, with nothing left to do
//	"reports"             three communes that owe a report for the half-year
//	"reports, two_reports"  and one for the year
//	"reports, merged"     and one of the three ends with the half-year, in favour of the others
func Named(t *testing.T, lang, name string, with ...With) *World {
	t.Helper()
	if name == "fresh" {
		w := Bare(t, lang, with...)
		w.Update(w.fillUnits)
		return w
	}
	w := New(t, lang, with...)
	w.furnish(name)
	return w
}

// furnish makes the plain world the one of a name.
func (w *World) furnish(name string) {
	w.T.Helper()
	world, special, _ := strings.Cut(name, ", ")
	switch world {
	case "":
	case "clock":
		w.clock = true
	case "waiting":
		w.clock = special == "clock"
		w.Update(w.fillWaiting)
	case "closed":
		w.Update(closeHalf)

	case "figures":
		w.clock = true
		w.Update(func(tx store.Tx) error { return w.fillFigures(tx, special == "quiet") })
	case "reports":
		w.clock = true
		w.Update(func(tx store.Tx) error { return w.fillReports(tx, special == "two_reports") })
		if special == "merged" {
			w.merge()
		}
	default:
		w.T.Fatalf("there is no world %q", name)
	}
}

// pressEverything presses every button that is left on anybody's screen: each
// fits Telegram, is known, and leads to no fault.
func (w *World) pressEverything() {
	w.T.Helper()
	type press struct {
		who, message string
		store.Button
	}
	var all []press
	for _, who := range slices.Sorted(slices.Values(w.names)) {
		for _, m := range w.Chat(who).Messages {
			for _, b := range slices.Concat(m.Buttons...) {
				all = append(all, press{who, strconv.Itoa(m.ID), b})
			}
		}
	}

	unknown := w.Words.Text(w.Lang, "press.unknown", nil)
	fault, _, _ := strings.Cut(w.Words.Text(w.Lang, "turn.failed", nil), "<code>")
	for _, b := range all {
		if b.Data == "" {
			continue // a link
		}

		before := len(w.Chat(b.who).Messages)
		toast := w.MustDo(b.who, flows.Input{Kind: flows.PressInput, Press: b.Data, Message: b.message})
		read := toast
		for _, m := range w.Chat(b.who).Messages[min(before, len(w.Chat(b.who).Messages)):] {
			read += m.Text
		}
		if len(b.Data) > 64 || toast == unknown || strings.Contains(read, fault) {
			w.T.Errorf("%s pressed [%s] %q and reads %q", b.who, b.Text, b.Data, read)
		}
	}
}
