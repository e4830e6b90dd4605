package bot_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// world is one in which what is guarded is compared.
type world struct{ *bottest.World }

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
	return func(g guarded) []flows.Input { return press(verb + link.Ref(g.model.ID)) }
}

func onProgress(verb string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input {
		return press(verb + link.Ref(g.model.ID) + "." + link.Ref(g.progress.ID))
	}
}

func onDraft(verb string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input { return press(verb + link.Ref(g.draft.ID)) }
}

// onList opens the list and presses a button of it.
func onList(what string) func(guarded) []flows.Input {
	return func(g guarded) []flows.Input {
		return append(typed("/mohinh")(g), press("l."+link.Ref(g.list)+"."+what)...)
	}
}

func press(data string) []flows.Input { return []flows.Input{{Kind: flows.PressInput, Press: data}} }

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
		return press(fmt.Sprintf("f.%s.%s.kind.collective", link.Ref(g.draft.ID), link.Ref(g.draft.Revision)))
	}},
	"submit the draft": {do: func(g guarded) []flows.Input {
		return press(fmt.Sprintf("f.%s.%s..~g", link.Ref(g.draft.ID), link.Ref(g.draft.Revision)))
	}},
	"act for the post": {do: func(guarded) []flows.Input { return append(press("post.30346:officer"), typed("/nhap")(guarded{})...) }, draft: true},
	"no such model":    {do: func(guarded) []flows.Input { return press("m.zzzz") }},
	"no number":        {do: func(guarded) []flows.Input { return press("x.?.?") }},
}

func silent(g guarded) []flows.Input {
	return press("z." + link.Ref(g.model.ID) + "." + link.Ref(g.model.Revision))
}

// TestAccess lets everybody try everything: nobody reads a word that is not
// theirs to read, and nothing changes at the hands of who may only read. For
// those who may, each attempt must do what it is for.
func TestAccess(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "guarded.db")
	g := guard(t, file)
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.From(t, file)}
			w.Appoint(a)
			for how, try := range attempts {
				t.Run(how, func(t *testing.T) {
					if a.Writes {
						w = world{bottest.From(t, file)}
						w.Appoint(a)
					}
					w.T = t
					w.try(g, a, try)
				})
			}
		})
	}
}

// guard writes a store with what is guarded into a file.
func guard(t *testing.T, file string) (g guarded) {
	t.Helper()
	w := world{bottest.New(t, "vi")}
	for _, in := range typed("/dangky", "Bỏ qua", draftWords[0])(g) {
		w.MustDo("ba", in)
	}
	w.View(func(r store.Reader) error { return g.read(r) })
	w.MustDo("ba", silent(g)[0])
	w.View(func(r store.Reader) error { return g.read(r) })
	w.Keep(file)
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
func (w world) try(g guarded, a bottest.Actor, try attempt) {
	t, before := w.T, w.state()
	g.list = w.Fresh() + 1
	w.ShowButtons(bottest.Somebody)
	toasts := ""
	for _, in := range try.do(g) {
		in.Message = w.Chat(bottest.Somebody).Incoming()
		if shown := w.Chat(bottest.Somebody).Messages; in.Kind == flows.PressInput {
			in.Message = strconv.Itoa(shown[len(shown)-1].ID)
		}
		toasts += "\n" + w.MustDo(bottest.Somebody, in)
	}
	read := toasts + w.Read(bottest.Somebody)
	for _, c := range []struct {
		words []string
		may   bool
		wants bool
	}{
		{modelWords[:1], a.Sees || a.Drafts, try.shows && a.Sees}, {modelWords[1:], a.Sees, false},
		{phoneWords, a.Phones, false}, {phoneWords[:1], true, try.phone && a.Phones},
		{draftWords, a.Drafts, try.draft && a.Drafts},
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
	case changed != "" && !a.Writes && !a.Drafts:
		t.Errorf("they changed something:\n%s", changed)
	case changed == "" && try.changes && a.Writes:
		t.Error("nothing changed")
	}
	if strings.Contains(read, "Danvan chưa làm được") {
		t.Errorf("the turn failed:\n%s", read)
	}
}

// state is everything that an actor may not change, as text.
func (w world) state() string {
	var g guarded
	var posts []store.Post
	var heads []store.Head
	var rows []store.Progress
	var drafts []store.Session
	w.View(func(r store.Reader) (err error) {
		if err = g.read(r); err != nil {
			return err
		}
		if posts, err = r.PostsAt("30346"); err != nil {
			return err
		}
		if rows, err = r.Progress(g.model.ID); err != nil {
			return err
		}
		if drafts, err = r.SessionsOf("30346:officer"); err != nil {
			return err
		}
		heads, err = r.Heads(store.ModelQuery{})
		return err
	})
	b, err := json.MarshalIndent([]any{g.model, rows, drafts, posts, heads}, "", " ")
	bottest.Must(w.T, err)
	return string(b)
}
