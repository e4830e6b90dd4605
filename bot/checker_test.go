package bot_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"danvan/bot"
	"danvan/flows"
	"danvan/store"
)

// TestQueueIsOfTheNearest wants a registration in the queue of the nearest
// coordinator that is held, and in no other.
func TestQueueIsOfTheNearest(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "checked.db")
	w := newWorld(t, "vi")
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := fillChecked(tx, w)
		return err
	}))
	w.keep(file)
	for name, a := range actors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := worldFrom(t, file)
			w.appoint(a)
			want := a.sees && a.role == store.Coordinator
			for _, in := range []flows.Input{{Kind: flows.TextInput, Text: "/duyet"}, {Kind: flows.TextInput, Text: "✅ Duyệt"}} {
				w.fresh()
				w.mustDo(actorName, in)
				if read := w.read(actorName); strings.Contains(read, checkedTitle) != want {
					t.Errorf("%s shows:\n%s", in.Text, read)
				}
			}
			w.fresh()
			w.mustDo("minh", flows.Input{Kind: flows.TextInput, Text: "/duyet"})
			stillMinhs := !want
			if strings.Contains(w.read("minh"), checkedTitle) != stillMinhs {
				t.Errorf("minh's queue shows:\n%s", w.read("minh"))
			}
		})
	}
}

// TestSentAgain wants what is sent again to go back to the post that returned
// it, though another one is nearer, and to the nearest where nobody holds it or
// its holder gets no messages.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		held, blocked bool
		minh, nearer  string // what they are told
	}{
		"the same post":                {true, false, "📝 1 đăng ký chờ duyệt: xã Nhơn Hội (1)", ""},
		"nobody in that post":          {false, false, "", "📝 1 đăng ký chờ duyệt: xã Nhơn Hội (1)"},
		"who is there blocked the bot": {true, true, "", "📝 1 đăng ký chờ duyệt: xã Nhơn Hội (1)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "vi")
			w.appoint(actors["coordinator of the unit"])
			var m store.Model
			must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
				models, err := fillChecked(tx, w)
				if err != nil {
					return err
				}
				m = models[store.Returned]
				m.Checker = "91:coordinator"
				if m, err = tx.PutModel(m); err != nil {
					return err
				}
				post, err := tx.Post(m.Checker)
				if err != nil {
					return err
				}
				who, err := tx.Person(post.Holder)
				if c.blocked {
					who.Unreachable = w.now
				}
				if !c.held {
					post.Holder = 0
				}
				return errors.Join(err, tx.PutPerson(who), tx.PutPost(post))
			}))
			w.press("ba", "mend."+id36(m.ID))
			s := w.session("ba")
			s.Answers, s.Again, s.At = complete("30346"), nil, ""
			must(t, w.store.Update(t.Context(), func(tx store.Tx) error { return tx.PutSession(s) }))
			w.press("ba", fmt.Sprintf("f.%s.%s..~g", id36(s.ID), id36(s.Revision)))
			if now := w.model(m.ID); now.State != store.Waiting || now.Code != m.Code {
				t.Fatalf("the model is %s %s", now.Code, now.State)
			}
			for who, want := range map[string]string{"minh": c.minh, actorName: c.nearer} {
				if read := w.read(who); strings.Contains(read, "📝 1 đăng ký chờ duyệt") != (want != "") || !strings.Contains(read, want) {
					t.Errorf("%s is told %q, want %q", who, read, want)
				}
			}
		})
	}
}

// TestTwoDecideAtOnce lets two coordinators accept the same registrations at
// the same moment: each is accepted once.
func TestTwoDecideAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	w.appoint(actors["coordinator of the unit"])
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error { return fillWaiting(tx, w.now) }))
	var models []store.Model
	w.view(func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{States: []store.State{store.Waiting}, Units: []store.UnitCode{"30346"}})
		for _, h := range heads {
			m, bad := r.Model(h.ID)
			err, models = errors.Join(err, bad), append(models, m)
		}
		return err
	})
	var both sync.WaitGroup
	for _, who := range []string{"minh", actorName} {
		both.Go(func() {
			for i, m := range models {
				_, err := w.bot.Handle(t.Context(), bot.Event{ID: fmt.Sprint(who, i), At: w.now, Kind: bot.Said, From: address(who),
					Input: flows.Input{Kind: flows.PressInput, Press: "check.accept." + id36(m.ID) + "." + id36(m.Revision), Message: "1"}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	w.view(func(r store.Reader) error {
		for _, m := range models {
			reviews, err := r.Reviews(m.ID)
			if err != nil || len(reviews) != 1 || reviews[0].Verdict != store.AcceptVerdict {
				t.Errorf("%s has the steps %+v, %v", m.Code, reviews, err)
			}
		}
		return nil
	})
}
