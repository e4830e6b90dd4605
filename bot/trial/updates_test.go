package trial_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/trial"
)

func texts(list []received) string {
	var out []string
	for _, u := range list {
		if u.Message != nil {
			out = append(out, u.Message.Text)
		}
	}
	return strings.Join(out, " ")
}

func say(t *testing.T, w *world, person int64, list ...string) {
	t.Helper()
	for _, text := range list {
		if _, err := w.Say(person, text); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOffsets(t *testing.T) {
	t.Parallel()
	t.Run("a higher offset confirms", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		say(t, w, an, "a", "b", "c")
		list := w.updates(0)
		if texts(list) != "a b c" || list[1].ID != list[0].ID+1 {
			t.Fatalf("got %q with ids %d %d", texts(list), list[0].ID, list[1].ID)
		}
		if got := texts(w.updates(list[1].ID)); got != "b c" {
			t.Errorf("from the second: %q", got)
		}
		if got := w.Pending(); got != 2 {
			t.Errorf("%d pending, want 2", got)
		}
		say(t, w, an, "d")
		if again := w.updates(list[2].ID + 1); texts(again) != "d" || again[0].ID != list[2].ID+1 {
			t.Errorf("after the third: %+v", again)
		}
	})
	t.Run("a negative offset keeps the last", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		say(t, w, an, "a", "b", "c")
		if got := texts(w.updates(-2)); got != "b c" {
			t.Errorf("got %q", got)
		}
		if got := w.Pending(); got != 2 {
			t.Errorf("%d pending, want 2", got)
		}
	})
	t.Run("limit", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		say(t, w, an, "a", "b", "c")
		var list []received
		w.must("getUpdates", params{"limit": 2}, &list)
		if texts(list) != "a b" {
			t.Errorf("got %q", texts(list))
		}
	})
}

// poll calls getUpdates without a network, so that it can run in fake time.
func poll(s *trial.Server, query string) string {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/bot7:t/getUpdates?"+query, nil))
	return w.Body.String()
}

// inFakeTime tells a story in which nothing has to be waited for.
func inFakeTime(t *testing.T, story func(t *testing.T, s *trial.Server)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := trial.New(trial.Config{Clock: time.Now, People: []trial.Person{{ID: an, First: "An", Started: true}}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		story(t, s)
	})
}

func TestPollGivesUp(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		begin := time.Now()
		if got := poll(s, "timeout=20"); got != `{"ok":true,"result":[]}` || time.Since(begin) != 20*time.Second {
			t.Errorf("after %v: %s", time.Since(begin), got)
		}
	})
}

func TestPollIsCapped(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		begin := time.Now()
		poll(s, "timeout=90")
		if time.Since(begin) != 50*time.Second {
			t.Errorf("waited %v", time.Since(begin))
		}
	})
}

func TestPollWakesAtOnce(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		begin := time.Now()
		time.AfterFunc(5*time.Second, func() { _, _ = s.Say(an, "xin chào") })
		if got := poll(s, "timeout=50"); !strings.Contains(got, "xin chào") || time.Since(begin) != 5*time.Second {
			t.Errorf("after %v: %s", time.Since(begin), got)
		}
	})
}

func TestRepeatedOffsetIsHeldBack(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		poll(s, "timeout=0")
		begin := time.Now()
		poll(s, "timeout=0")
		if time.Since(begin) != 3*time.Second {
			t.Errorf("waited %v", time.Since(begin))
		}
		_, _ = s.Say(an, "một")
		_, _ = s.Say(an, "hai")
		if got := poll(s, "timeout=0"); strings.Contains(got, "hai") {
			t.Errorf("a repeated offset within 0.5 s got more than one update: %s", got)
		}
	})
}

func TestSecondPollerEndsTheFirst(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		first := make(chan string)
		go func() { first <- poll(s, "timeout=50") }()
		synctest.Wait()
		go poll(s, "timeout=1")
		if got := <-first; !strings.Contains(got, `"error_code":409`) || !strings.Contains(got, "terminated by other getUpdates request") {
			t.Errorf("got %s", got)
		}
		time.Sleep(time.Minute)
	})
}

func TestNoPollBesideAWebhook(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/bot7:t/setWebhook?url=https://127.0.0.1:1/", nil))
		for _, want := range []time.Duration{0, 3 * time.Second} {
			begin := time.Now()
			if got := poll(s, "timeout=50"); !strings.Contains(got, "can't use getUpdates method while webhook is active") || time.Since(begin) != want {
				t.Errorf("after %v: %s", time.Since(begin), got)
			}
		}
	})
}

func TestUndeliveredUpdatesGrowOld(t *testing.T) {
	inFakeTime(t, func(t *testing.T, s *trial.Server) {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, `/bot7:t/sendMessage?chat_id=101&text=x&reply_markup={"inline_keyboard":[[{"text":"a","callback_data":"tap"}]]}`, nil))
		if _, err := s.Press(an, 1, "a"); err != nil {
			t.Fatal(err)
		}
		_, _ = s.Say(an, "lời nhắn")
		time.Sleep(151 * time.Second)
		if got := poll(s, ""); strings.Contains(got, "tap") || !strings.Contains(got, "lời nhắn") {
			t.Errorf("after 151 s: %s", got)
		}
		time.Sleep(24 * time.Hour)
		if got := poll(s, ""); strings.Contains(got, "lời nhắn") {
			t.Errorf("after a day: %s", got)
		}
	})
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("getUpdates", params{"offset": 1, "allowed_updates": []string{"callback_query"}}, nil)
	say(t, w, an, "không nghe")
	w.tap()
	w.must("getUpdates", params{"offset": 2, "allowed_updates": nil}, nil)
	say(t, w, an, "vẫn không nghe")
	if list := w.updates(3); len(list) != 1 || list[0].Tap == nil {
		t.Errorf("got %+v", list)
	}
	w.must("getUpdates", params{"offset": 4, "allowed_updates": []string{}}, nil)
	say(t, w, an, "nghe")
	if list := w.updates(5); texts(list) != "nghe" {
		t.Errorf("got %+v", list)
	}
}

func TestWhatUpdatesSay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	question := w.say(an, "Tên?")
	_, err := w.Reply(an, question, "😀 gõ /dangky hoặc /nhap@danvan_bot, xem https://example.org/a.")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.EditText(an, 2, "sửa lại"); err != nil {
		t.Fatal(err)
	}
	if err := w.EditText(an, question, "x"); err == nil {
		t.Error("somebody edited the bot's message")
	}
	tapped, _ := w.tap()
	if _, err := w.SendAlbum(an, []trial.File{{Name: "a.jpg", Data: sample(t, 1)}, {Name: "b.jpg", Data: sample(t, 2)}}, "Đường mới"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ShareOwnContact(an); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ShareLocation(an, trial.Location{Latitude: 10.37, Longitude: 105.42}); err != nil {
		t.Fatal(err)
	}
	if err := w.Block(an); err != nil {
		t.Fatal(err)
	}
	list := w.updates(0)
	if len(list) != 8 {
		t.Fatalf("%d updates, want 8", len(list))
	}
	if m := list[0].Message; m.ReplyTo == nil || m.ReplyTo.ID != question {
		t.Error("the reply does not say to what")
	}
	want := []trial.Entity{
		{Type: "bot_command", Offset: 6, Length: 7}, {Type: "bot_command", Offset: 19, Length: 16}, {Type: "url", Offset: 41, Length: 21},
	}
	if diff := cmp.Diff(want, list[0].Message.Entities); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
	if e := list[1].Edited; e == nil || e.Text != "sửa lại" || e.Date == 0 {
		t.Errorf("edit: %+v", e)
	}
	if tap := list[2].Tap; tap == nil || tap.Data != "ok" || tap.Message.ID != tapped {
		t.Errorf("tap: %+v", tap)
	}
	a, b := list[3].Message, list[4].Message
	if a.Group == "" || a.Group != b.Group || a.Caption != "Đường mới" || b.Caption != "" || len(a.Photo) != 2 || a.Photo[1].Width != 640 || a.Photo[0].Width != 320 {
		t.Errorf("album: %+v %+v", a, b)
	}
	if c := list[5].Message.Contact; c == nil || c.UserID != an || c.PhoneNumber != "84912345678" {
		t.Error("the own contact does not say whose it is")
	}
	if l := list[6].Message.Location; l == nil || l.Latitude != 10.37 {
		t.Errorf("location: %+v", l)
	}
	if m := list[7].Member; m == nil || m.New.Status != "kicked" {
		t.Errorf("block: %+v", m)
	}
}

// TestManyAtOnce has people and the bot talk all at the same time.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	const crowd, turns = 30, 20
	w := newWorld(t, func(c *trial.Config) {
		for id := range int64(crowd) {
			c.People = append(c.People, trial.Person{ID: 1000 + id, First: "x", Started: true})
		}
	})
	ctx, cancel := context.WithCancel(soon(t))
	var bot, people sync.WaitGroup
	bot.Go(func() {
		for offset := int64(1); ctx.Err() == nil; {
			var list []struct {
				ID      int64 `json:"update_id"`
				Message trial.Message
			}
			w.must("getUpdates", params{"offset": offset, "timeout": 1}, &list)
			for _, u := range list {
				offset = u.ID + 1
				w.must("sendMessage", params{"chat_id": u.Message.Chat.ID, "text": u.Message.Text}, nil)
			}
		}
	})
	for id := range int64(crowd) {
		people.Go(func() {
			for range turns {
				at, err := w.Say(1000+id, "x")
				if err == nil {
					_, err = w.Next(ctx, 1000+id, at)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	people.Wait()
	cancel()
	bot.Wait()
}

func TestRawUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.SendUpdate("message", json.RawMessage(`"not an object"`))
	r := w.call("getUpdates", params{"timeout": 1})
	if want := `"message":"not an object"`; !r.OK || !strings.Contains(string(r.Result), want) {
		t.Errorf("update %d: %s", id, r.Result)
	}
}

func TestCloseEndsPolls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	done := make(chan error, 1)
	go func() {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, w.http.URL+"/bot7:t/getUpdates?timeout=50", nil)
		if err == nil {
			var answer *http.Response
			if answer, err = http.DefaultClient.Do(r); err == nil {
				mustClose(t, answer.Body)
			}
		}
		done <- err
	}()
	time.AfterFunc(50*time.Millisecond, w.Close)
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("the poll outlived the server")
	}
}
