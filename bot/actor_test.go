package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/flows/flowtest"
	"danvan/store"
)

// worldFrom opens a copy of a store.
func worldFrom(t *testing.T, file string) *world {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	w := bareWorld(t, "vi")
	must(t, os.WriteFile(w.path, content, 0o600))
	w.event = 1000
	must(t, w.open())
	t.Cleanup(func() { w.store.Close() })
	return w
}

// keep closes the world's store and leaves a copy of it in a file.
func (w *world) keep(file string) {
	w.t.Helper()
	must(w.t, w.store.Close())
	content, err := os.ReadFile(w.path)
	must(w.t, err)
	must(w.t, os.WriteFile(file, content, 0o600))
}

// actorName is what the chat of the actor is called.
const actorName = "actor"

// appoint gives an actor their post.
func (w *world) appoint(a actor) {
	if a.role == "" && a.unit == "" {
		return
	}
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		p := store.Person{ID: store.PersonID(id), Address: address(actorName), Language: "vi", Consent: store.Refused, ConsentAt: w.now}
		if a.role == "" { // the post that they acted for is ba's now
			p.Active = "30346:officer"
			return tx.PutPerson(p)
		}
		post := store.Post{ID: store.MakePostID(a.unit, a.role), Unit: a.unit, Role: a.role, Holder: p.ID, Since: w.now, Portfolio: a.portfolio}
		p.Active = post.ID
		if err := tx.PutPost(post); err != nil {
			return err
		}
		return tx.PutPerson(p)
	}))
}

// fresh empties the actor's chat and closes what they left open. It returns
// the revision of their last list.
func (w *world) fresh() (list uint64) {
	w.chats[actorName] = flowtest.NewChat()
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		p, err := tx.PersonAt(address(actorName))
		if errors.Is(err, store.ErrNotFound) {
			return tx.PutStranger(address(actorName), store.Stranger{})
		}
		if err != nil {
			return err
		}
		p.Open, list = 0, p.View.Revision
		return tx.PutPerson(p)
	}))
	return list
}

// state is everything that an actor may not change, as text.
func (w *world) state() string {
	var g guarded
	var posts []store.Post
	var heads []store.Head
	var rows []store.Progress
	var drafts []store.Session
	w.view(func(r store.Reader) (err error) {
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
	must(w.t, err)
	return string(b)
}

func (w *world) view(look func(store.Reader) error) {
	w.t.Helper()
	must(w.t, w.store.View(context.Background(), look))
}

// mustDo does something and returns the toast.
func (w *world) mustDo(who string, in flows.Input) string {
	w.t.Helper()
	toast, err := w.Do(who, in, false)
	must(w.t, err)
	return toast
}

// read is all that somebody has been shown, buttons too.
func (w *world) read(who string) string {
	var s strings.Builder
	for _, m := range w.Chat(who).Messages {
		s.WriteString("\n" + m.Text)
		for _, row := range m.Buttons {
			for _, b := range row {
				s.WriteString("\n[" + b.Text + "]")
			}
		}
	}
	return s.String()
}
