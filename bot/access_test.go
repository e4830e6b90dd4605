package bot_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// actor is somebody with a post somewhere, seen from the commune of ba.
type actor struct {
	unit      store.UnitCode
	role      store.Role // "": a stranger, or somebody who has lost the post
	portfolio store.Portfolio

	sees, phones, writes, drafts bool
}

// actors are every role at home, above and elsewhere.
var actors = map[string]actor{
	"officer of the unit":               {unit: "30346", role: store.Officer, sees: true, phones: true, writes: true, drafts: true},
	"coordinator of the unit":           {unit: "30346", role: store.Coordinator, sees: true, phones: true, writes: true},
	"supervisor of the unit":            {unit: "30346", role: store.Supervisor, sees: true, phones: true},
	"administrator of the unit":         {unit: "30346", role: store.Admin, sees: true},
	"officer of the province":           {unit: "91", role: store.Officer, sees: true, phones: true, writes: true},
	"coordinator of the province":       {unit: "91", role: store.Coordinator, sees: true, phones: true, writes: true},
	"supervisor of the province":        {unit: "91", role: store.Supervisor, sees: true, phones: true},
	"administrator of the house":        {role: store.Admin, sees: true},
	"supervisor of the field":           {unit: "91", role: store.Supervisor, portfolio: store.Portfolio{Fields: []string{"QPAN"}}, sees: true, phones: true},
	"supervisor of some units":          {unit: "40", role: store.Supervisor, portfolio: store.Portfolio{Units: []store.UnitCode{"30346"}}, sees: true, phones: true},
	"supervisor of other fields":        {unit: "91", role: store.Supervisor, portfolio: store.Portfolio{Fields: []string{"KT", "VHXH"}}},
	"supervisor of other units":         {unit: "91", role: store.Supervisor, portfolio: store.Portfolio{Units: []store.UnitCode{"30709"}}},
	"officer of another commune":        {unit: "30709", role: store.Officer},
	"officer of another province":       {unit: "16804", role: store.Officer},
	"coordinator of another province":   {unit: "40", role: store.Coordinator},
	"supervisor of another province":    {unit: "40", role: store.Supervisor},
	"administrator of another province": {unit: "40", role: store.Admin},
	"somebody who handed the post over": {unit: "30346"},
	"a stranger":                        {},
}

// guarded is what the matrix is about: a model of ba's commune with an update,
// and a draft of ba's post.
type guarded struct {
	model    store.Model
	progress store.Progress
	draft    store.Session
	list     uint64 // the revision that the actor's next list will have
}

// what must not be read by who may not see it, and what by fewer still.
var (
	modelWords = []string{"Tiếng kẻng bình yên", "DVK-30346-2025-0001", "Công an xã", "ấp Bắc Đai"}
	phoneWords = []string{"0933 444 555", "933444555"}
	draftWords = []string{"Vườn thuốc nam trạm y tế"}
)

// attempt is one way to come near the model or the draft.
type attempt struct {
	do func(g guarded) []flows.Input
	// shows, phone, changes, draft: what it does for those who may.
	shows, phone, changes, draft bool
}

func typed(texts ...string) func(guarded) []flows.Input {
	return func(guarded) []flows.Input {
		var out []flows.Input
		for _, text := range texts {
			out = append(out, flows.Input{Kind: flows.TextInput, Text: text})
		}
		return out
	}
}

// onModel presses a button with the model's id behind a verb.
func onModel(verb string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input { return press(verb + id36(g.model.ID)) }
}

func onProgress(verb string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input { return press(verb + id36(g.model.ID) + "." + id36(g.progress.ID)) }
}

func onDraft(verb string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input { return press(verb + id36(g.draft.ID)) }
}

// onList opens the list and presses a button of it.
func onList(what string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input {
		return append(typed("/mohinh")(g), press("l."+id36(g.list)+"."+what)...)
	}
}

func press(data string) []flows.Input { return []flows.Input{{Kind: flows.PressInput, Press: data}} }

func id36[T ~uint64](id T) string { return strconv.FormatUint(uint64(id), 36) }

// attempts are every command and every button that leads to a record.
var attempts = map[string]attempt{
	"list":               {do: typed("/mohinh"), shows: true},
	"search by words":    {do: typed("tieng keng"), shows: true},
	"search by code":     {do: typed("dvk-30346-2025-0001"), shows: true},
	"update, by list":    {do: typed("/capnhat", "tieng keng")},
	"update, by code":    {do: typed("/capnhat", "dvk-30346-2025-0001")},
	"drafts":             {do: typed("/nhap"), draft: true},
	"help":               {do: typed("/trogiup")},
	"settings":           {do: typed("/caidat", "/dulieu")},
	"card":               {do: onModel("m."), shows: true},
	"card below":         {do: onModel("c."), shows: true},
	"history":            {do: onModel("h."), shows: true},
	"one update":         {do: onProgress("w."), shows: true},
	"registration":       {do: onModel("i."), shows: true, phone: true},
	"evidence":           {do: onModel("e.")},
	"begin an update":    {do: onModel("u.")},
	"nothing new":        {do: silent, changes: true},
	"correct":            {do: onProgress("x.")},
	"filter the list":    {do: onList("field=QPAN"), shows: true},
	"pick a filter":      {do: onList("state")},
	"open the draft":     {do: onDraft("d.")},
	"ask about throwing": {do: onDraft("t."), draft: true},
	"throw it away":      {do: onDraft("g."), draft: true},
	"answer the draft": {do: func(g guarded) []flows.Input {
		return press(fmt.Sprintf("f.%s.%s.kind.collective", id36(g.draft.ID), id36(g.draft.Revision)))
	}},
	"submit the draft": {do: func(g guarded) []flows.Input {
		return press(fmt.Sprintf("f.%s.%s..~g", id36(g.draft.ID), id36(g.draft.Revision)))
	}},
	"act for the post": {do: func(guarded) []flows.Input { return append(press("post.30346:officer"), typed("/nhap")(guarded{})...) }, draft: true},
	"no such model":    {do: func(guarded) []flows.Input { return press("m.zzzz") }},
	"no number":        {do: func(guarded) []flows.Input { return press("x.?.?") }},
}

func silent(g guarded) []flows.Input {
	return press("z." + id36(g.model.ID) + "." + id36(g.model.Revision))
}

// TestAccess lets everybody try everything: nobody reads a word that is not
// theirs to read, and nothing changes at the hands of who may only read. For
// those who may, each attempt must do what it is for.
func TestAccess(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "guarded.db")
	g := guard(t, file)
	for name, a := range actors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := worldFrom(t, file)
			w.appoint(a)
			for how, try := range attempts {
				t.Run(how, func(t *testing.T) {
					if a.writes {
						w = worldFrom(t, file)
						w.appoint(a)
					}
					w.t = t
					w.try(g, a, try)
				})
			}
		})
	}
}

// guard writes a store with what is guarded into a file.
func guard(t *testing.T, file string) (g guarded) {
	t.Helper()
	w := newWorld(t, "vi")
	for _, in := range typed("/dangky", draftWords[0])(g) {
		w.mustDo("ba", in)
	}
	w.view(func(r store.Reader) error { return g.read(r) })
	w.mustDo("ba", silent(g)[0])
	w.view(func(r store.Reader) error { return g.read(r) })
	w.keep(file)
	return g
}

// read reads the guarded records as they are now.
func (g *guarded) read(r store.Reader) error {
	m, err := r.ModelByCode(modelWords[1])
	if err != nil {
		return err
	}
	rows, err := r.Progress(m.ID)
	if err != nil {
		return err
	}
	drafts, err := r.SessionsOf("30346:officer")
	if err != nil {
		return err
	}
	g.model = m
	if len(rows) > 0 {
		g.progress = rows[len(rows)-1]
	}
	if len(drafts) > 0 {
		g.draft = drafts[len(drafts)-1] // the first that was begun
	}
	return nil
}

// try lets the actor make one attempt.
func (w *world) try(g guarded, a actor, try attempt) {
	t, before := w.t, w.state()
	g.list = w.fresh() + 1
	w.Chat(actorName).Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
	toasts := ""
	for _, in := range try.do(g) {
		in.Message = w.Chat(actorName).Incoming()
		if shown := w.Chat(actorName).Messages; in.Kind == flows.PressInput {
			in.Message = strconv.Itoa(shown[len(shown)-1].ID)
		}
		toasts += "\n" + w.mustDo(actorName, in)
	}
	read := toasts + w.read(actorName)
	for _, c := range []struct {
		words []string
		may   bool
		wants bool
	}{
		{modelWords[:1], a.sees || a.drafts, try.shows && a.sees}, {modelWords[1:], a.sees, false},
		{phoneWords, a.phones, false}, {phoneWords[:1], true, try.phone && a.phones},
		{draftWords, a.drafts, try.draft && a.drafts},
	} {
		for _, word := range c.words {
			switch there := strings.Contains(read, word); {
			case there && !c.may:
				t.Errorf("they read %q:\n%s", word, read)
			case !there && c.wants:
				t.Errorf("they do not read %q:\n%s", word, read)
			}
		}
	}
	changed := cmp.Diff(before, w.state())
	switch {
	case changed != "" && !a.writes && !a.drafts:
		t.Errorf("they changed something:\n%s", changed)
	case changed == "" && try.changes && a.writes:
		t.Error("nothing changed")
	}
	if strings.Contains(read, "Danvan chưa làm được") {
		t.Errorf("the turn failed:\n%s", read)
	}
}
