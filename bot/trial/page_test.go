package trial_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

// heard is one event of the page's stream.
type heard struct {
	Kind    string
	Person  int64
	ID      int
	Query   string
	Message struct {
		ID        int `json:"message_id"`
		Text      string
		Edited    bool
		Reactions []string
	}
	Answer trial.Answer
	Chat   struct{ Blocked bool }
}

// listen opens the stream and returns what comes of the kind next.
func listen(t *testing.T, w *world) func(kind string) heard {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.http.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); mustClose(t, answer.Body) })
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() {
		t.Fatal("the stream says nothing")
	}
	return func(kind string) heard {
		t.Helper()
		defer time.AfterFunc(patience, cancel).Stop()
		for lines.Scan() {
			raw, isData := strings.CutPrefix(lines.Text(), "data: ")
			var e heard
			if isData && json.Unmarshal([]byte(raw), &e) == nil && e.Kind == kind {
				return e
			}
		}
		t.Fatalf("no event %q came", kind)
		return heard{}
	}
}

func (w *world) post(action string, body params) *http.Response {
	w.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := http.Post(w.http.URL+"/api/"+action, "application/json", bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { mustClose(w.t, answer.Body) })
	return answer
}

func TestEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	next := listen(t, w)
	id := w.say(an, "một", params{"reply_markup": inline(params{"text": "a", "callback_data": "a"})})
	if e := next("message"); e.Person != an || e.Message.ID != id || e.Message.Text != "một" {
		t.Errorf("a new message: %+v", e)
	}
	query, err := w.Press(an, id, "a")
	if err != nil {
		t.Fatal(err)
	}
	w.must("answerCallbackQuery", params{"callback_query_id": query, "text": "xong"}, nil)
	if e := next("answer"); e.Query != query || e.ID != id || e.Answer.Text != "xong" {
		t.Errorf("an answer: %+v", e)
	}
	w.must("editMessageText", params{"chat_id": an, "message_id": id, "text": "hai"}, nil)
	if e := next("message"); !e.Message.Edited {
		t.Errorf("an edit: %+v", e)
	}
	w.must("setMessageReaction", params{"chat_id": an, "message_id": id, "reaction": []params{{"type": "emoji", "emoji": "👌"}}}, nil)
	if e := next("message"); len(e.Message.Reactions) != 1 {
		t.Errorf("a reaction: %+v", e)
	}
	w.must("deleteMessage", params{"chat_id": an, "message_id": id}, nil)
	if e := next("deleted"); e.ID != id {
		t.Errorf("a deletion: %+v", e)
	}
	w.must("setMyCommands", params{"commands": []params{}}, nil)
	next("profile")
	if err := w.Block(binh); err != nil {
		t.Fatal(err)
	}
	for e := next("chat"); e.Person != binh || !e.Chat.Blocked; {
		e = next("chat")
	}
}

// TestSlowPageStartsOver fills the stream of a page that does not read.
func TestSlowPageStartsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	next := listen(t, w)
	text := strings.Repeat("a", 4000)
	for range 3000 {
		if _, err := w.Say(an, text); err != nil {
			t.Fatal(err)
		}
	}
	next("reset")
}

func TestPageActions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := w.say(an, "?", params{"reply_markup": inline(params{"text": "a", "callback_data": "a"})})
	for _, step := range []struct {
		action string
		body   params
	}{
		{"say", params{"person": an, "text": "chào", "message": ask}},
		{"edit", params{"person": an, "message": 2, "text": "chào bot"}},
		{"press", params{"person": an, "message": ask, "row": 0, "column": 0}},
		{"own-contact", params{"person": an}},
		{"contact", params{"person": an, "contact": params{"phone_number": "1", "first_name": "x"}}},
		{"location", params{"person": an, "latitude": 10.5, "longitude": 105.1}},
		{"read", params{"person": an, "message": 5}},
		{"block", params{"person": an, "blocked": true}},
	} {
		if answer := w.post(step.action, step.body); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", step.action, answer.Status)
		}
	}
	if n := len(w.updates(0)); n != 7 {
		t.Errorf("%d updates, want 7", n)
	}
	for action, want := range map[string]int{"say": 409, "edit": 409, "press": 409, "dance": 404} {
		if answer := w.post(action, params{"person": an, "text": "x", "message": 99}); answer.StatusCode != want {
			t.Errorf("%s by somebody who blocked the bot: %s", action, answer.Status)
		}
	}
}

func TestPageFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"person": "101", "kind": "document", "caption": "Kỳ 2"} {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("files", "../<b>.html")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte("<script>alert(1)</script>")); err != nil {
		t.Fatal(err)
	}
	mustClose(t, form)
	answer, err := http.Post(w.http.URL+"/api/files", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, answer.Body)
	m := view(t, w, an).Last()
	if m.Document == nil || m.Caption != "Kỳ 2" {
		t.Fatalf("%s: %+v", answer.Status, m)
	}
	answer, err = http.Get(w.http.URL + "/media/" + m.Document.FileID)
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, answer.Body)
	h := answer.Header
	if !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("a page could be smuggled in: %v", h)
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r, err := http.NewRequest(http.MethodPost, w.http.URL+"/api/say", strings.NewReader(`{"person":101,"text":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, answer.Body)
	if answer.StatusCode != http.StatusForbidden || len(view(t, w, an).Messages) != 0 {
		t.Errorf("got %s", answer.Status)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*trial.Config){
		"no clock":    func(c *trial.Config) { c.Clock = nil },
		"same id":     func(c *trial.Config) { c.People = append(c.People, c.People[0]) },
		"the bot's":   func(c *trial.Config) { c.Bot.ID = 1 },
		"no name":     func(c *trial.Config) { c.People[0].First = "" },
		"negative id": func(c *trial.Config) { c.People[0].ID = -1 },
	} {
		c := trial.Config{Clock: time.Now, People: []trial.Person{{ID: 1, First: "x"}}}
		change(&c)
		if _, err := trial.New(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
