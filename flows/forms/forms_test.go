package forms_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

func TestFormsAreSound(t *testing.T) {
	t.Parallel()
	for _, f := range forms.All() {
		if err := flows.Lint(f); err != nil {
			t.Error(err)
		}
	}
}

// TestNumbersGoFromOneByOne walks every form in many ways. The numbers of its
// questions begin at 1, and no two have the same.
func TestNumbersGoFromOneByOne(t *testing.T) {
	t.Parallel()
	for _, f := range forms.All() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(40) {
				walk(t, f, rand.New(rand.NewPCG(seed, 0)))
			}
		})
	}
}

func walk(t *testing.T, f *flows.Form, random *rand.Rand) {
	t.Helper()
	e, err := flows.New(f)
	if err != nil {
		t.Fatal(err)
	}
	look := chance{random: random, holds: map[string]bool{}}
	turn, err := e.Start(store.Session{ID: 7, Form: f.ID}, look)

	last := map[bool]int{} // by whether it is a detail
	asked := ""
	for range 60 {
		if err != nil {
			t.Fatal(err)
		}
		if turn.Outcome != flows.Open {
			return
		}

		switch r := turn.Replies[len(turn.Replies)-1].(type) {
		case flows.Question:
			if r.Problem != nil {
				t.Fatalf("%s: the walk does not know how to answer: %v", r.Step.Field, r.Problem)
			}
			if r.N != 0 && r.Step.Field != asked { // a list of many stays where it is
				if r.N != last[r.Detail]+1 || r.N > r.Of || r.Of < 2 {
					t.Fatalf("%s is number %d of %d, after %d", r.Step.Field, r.N, r.Of, last[r.Detail])
				}
				last[r.Detail] = r.N
			}
			asked = r.Step.Field
			turn, err = e.Resume(turn.Session, reply(random, r), look)
		case flows.Doubtful:
			turn, err = e.Resume(turn.Session, flows.Input{Kind: flows.PressInput, Press: r.Choices[0].Data}, look)
		case flows.Review:
			press := r.Choices[len(r.Choices)-1].Data // for more details, while there are any
			if len(r.Choices) < 3 {
				return
			}
			turn, err = e.Resume(turn.Session, flows.Input{Kind: flows.PressInput, Press: press}, look)
		}
	}
	t.Fatalf("%s does not end", f.ID)
}

// reply is an answer that a question takes.
func reply(random *rand.Rand, q flows.Question) flows.Input {
	if q.Step.Optional && random.IntN(2) == 0 {
		return flows.Input{Kind: flows.TextInput, Text: "bỏ qua"}
	}
	switch q.Step.Kind {
	case flows.Choice, flows.Many:
		if q.Step.Kind == flows.Many && q.Kept != nil {
			return flows.Input{Kind: flows.TextInput, Text: "xong"}
		}
		return flows.Input{Kind: flows.PressInput, Press: q.Choices[random.IntN(len(q.Choices))].Data}
	case flows.Files:
		if q.Kept != nil {
			return flows.Input{Kind: flows.TextInput, Text: "xong"}
		}
		return flows.Input{Kind: flows.FileInput, File: store.Evidence{ID: "1", UniqueID: "1", Kind: store.Photo}}
	}

	text, ok := map[flows.Kind]string{
		flows.Money: "12 triệu", flows.Quantity: "31 hộ", flows.Day: "20/11/2026", flows.Span: "01/03/2026 - 31/10/2026",
		flows.Phone: "0912 345 678", flows.Contact: "Nguyễn Văn An, 0912 345 678",
	}[q.Step.Kind]
	if !ok {
		text = "ấp Phú Đa" + strings.Repeat(" cùng làm", max(q.Step.Min, q.Step.Enough)/9)
		if q.Step.Max == 0 || q.Step.Max > 100 {
			text += " " + q.Step.Field // no two answers in a row are the same
		}
	}
	return flows.Input{Kind: flows.TextInput, Text: text}
}

// chance is a Lookup that knows a list of everything, and decides conditions by
// chance.
type chance struct {
	random *rand.Rand
	holds  map[string]bool
}

func (chance) Today() store.Date { return store.Date{Year: 2026, Month: time.November, Day: 23} }

func (chance) Options(_ *flows.Form, st *flows.Step, _ *store.Session, ask flows.Ask) (flows.Options, error) {
	keys := st.Options
	switch st.Source {
	case "":
	case forms.ListMoves:
		keys = []string{"results", "start", "complete", "pause", "go_on", "fail"}
	default:
		keys = []string{"one", "another"}
	}
	list := make([]flows.Option, len(keys))
	for i, key := range keys {
		list[i] = flows.Option{Key: key, Label: flows.Label{Text: key}, Names: []string{key}}
	}
	return flows.Among(list, ask), nil
}

func (chance) Says(flows.Label) []string { return nil }

func (a chance) Default(name string, _ *store.Session) (store.Answer, bool, error) {
	if name == forms.Today {
		return store.Answer{From: a.Today()}, true, nil
	}
	return store.Answer{}, false, nil
}

func (a chance) Holds(name string, _ *store.Session) (bool, error) {
	if _, ok := a.holds[name]; !ok {
		a.holds[name] = a.random.IntN(2) == 0
	}
	return a.holds[name], nil
}

func (chance) Doubt(string, *store.Session, store.Answer) (*store.Doubt, error) { return nil, nil }
