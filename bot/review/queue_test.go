package review_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// TestQueueIsOfTheNearest wants a registration in the queue of the nearest
// coordinator that is held, and in no other.
func TestQueueIsOfTheNearest(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "checked.db")
	w := world{bottest.New(t, "vi")}
	w.withChecked()
	w.Keep(file)
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.From(t, file)}
			w.Appoint(a)
			want := a.Sees && a.Role == store.Coordinator
			for _, in := range []flows.Input{{Kind: flows.TextInput, Text: "/duyet"}, {Kind: flows.TextInput, Text: "✅ Duyệt"}} {
				w.Fresh()
				w.MustDo(bottest.Somebody, in)
				if read := w.Read(bottest.Somebody); strings.Contains(read, checkedTitle) != want {
					t.Errorf("%s shows:\n%s", in.Text, read)
				}
			}
			w.Fresh()
			w.Say("minh", "/duyet")
			stillMinhs := !want
			if strings.Contains(w.Read("minh"), checkedTitle) != stillMinhs {
				t.Errorf("minh's queue shows:\n%s", w.Read("minh"))
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
		"nobody in that post":          {false, false, "", "📝 2 đăng ký chờ duyệt: xã Nhơn Hội (2)"},
		"who is there blocked the bot": {true, true, "", "📝 2 đăng ký chờ duyệt: xã Nhơn Hội (2)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.New(t, "vi")}
			w.Appoint(bottest.Actors()["coordinator of the unit"])
			var m store.Model
			w.Update(func(tx store.Tx) error {
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
					who.Unreachable = w.Now
				}
				if !c.held {
					post.Holder = 0
				}
				return errors.Join(err, tx.PutPerson(who), tx.PutPost(post))
			})
			w.Press("ba", "mend."+link.Ref(m.ID))
			s := w.Session("ba")
			s.Answers, s.Again, s.At = bottest.Registration("30346"), nil, ""
			w.Update(func(tx store.Tx) error { return tx.PutSession(s) })
			w.Press("ba", fmt.Sprintf("f.%s.%s..~g", link.Ref(s.ID), link.Ref(s.Revision)))
			if now := w.Model(m.ID); now.State != store.Waiting || now.Code != m.Code {
				t.Fatalf("the model is %s %s", now.Code, now.State)
			}
			for who, want := range map[string]string{"minh": c.minh, bottest.Somebody: c.nearer} {
				if read := w.Read(who); strings.Contains(read, "<b>Việc chờ duyệt</b>") != (want != "") || !strings.Contains(read, want) {
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
	w := bottest.Named(t, "vi", "waiting")
	w.Appoint(bottest.Actors()["coordinator of the unit"])
	var models []store.Model
	w.View(func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{States: []store.State{store.Waiting}, In: store.NewSubtree("30346")})
		for _, h := range heads {
			m, bad := r.Model(h.ID)
			err, models = errors.Join(err, bad), append(models, m)
		}
		return err
	})
	var both sync.WaitGroup
	for _, who := range []string{"minh", bottest.Somebody} {
		both.Go(func() {
			for i, m := range models {
				_, err := w.Bot.Handle(t.Context(), bot.Event{ID: fmt.Sprint(who, i), At: w.Now, Kind: bot.Said, From: bottest.Address(who),
					Input: flows.Input{Kind: flows.PressInput, Press: "check.accept." + link.Ref(m.ID) + "." + link.Ref(m.Revision), Message: "1"}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	w.View(func(r store.Reader) error {
		for _, m := range models {
			reviews, err := r.Reviews(m.ID)
			if err != nil || len(reviews) != 1 || reviews[0].Verdict != store.AcceptVerdict {
				t.Errorf("%s has the steps %+v, %v", m.Code, reviews, err)
			}
		}
		return nil
	})
}
