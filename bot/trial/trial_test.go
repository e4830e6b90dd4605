package trial_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot/trial"
	"danvan/bot/trial/faults"
)

const (
	an       = 101 // has started the bot
	binh     = 102 // has too
	stranger = 103 // has not
)

// world is a server with a clock that stands still unless it is moved.
type world struct {
	*trial.Server
	*faults.Front
	t    *testing.T
	http *httptest.Server

	mu  sync.Mutex
	now time.Time
}

func newWorld(t *testing.T, change ...func(*trial.Config)) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	config := trial.Config{
		Bot: trial.Bot{ID: 7, Username: "danvan_bot", Name: "Danvan"},
		People: []trial.Person{
			{ID: an, First: "An", Last: "Nguyễn", Phone: "84912345678", Language: "vi", Started: true, Note: map[string]string{"vi": "Cán bộ xã Định Mỹ", "en": "Officer"}},
			{ID: binh, First: "Bình", Language: "en", Started: true},
			{ID: stranger, First: "Lạ"},
		},
		Clock: w.clock,
		Tasks: []trial.Task{{Person: an, Text: map[string]string{"vi": "Gõ /dangky", "en": "Type /dangky"}}},
	}
	for _, f := range change {
		f(&config)
	}
	s, err := trial.New(config)
	if err != nil {
		t.Fatal(err)
	}
	w.Server, w.Front = s, faults.Before(s)
	w.http = httptest.NewServer(w.Front)
	t.Cleanup(func() { s.Close(); w.http.Close() })
	return w
}

func (w *world) clock() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now }

func (w *world) pass(d time.Duration) { w.mu.Lock(); defer w.mu.Unlock(); w.now = w.now.Add(d) }

type params map[string]any

type reply struct {
	OK          bool
	Result      json.RawMessage
	ErrorCode   int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		Migrate    int64 `json:"migrate_to_chat_id"`
	}
}

// call sends a JSON body, as a bot would.
func (w *world) call(method string, p params) reply {
	w.t.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.send(method, "application/json", body)
}

func (w *world) send(method, kind string, body []byte) reply {
	w.t.Helper()
	answer, err := http.Post(w.http.URL+"/bot7:token/"+method, kind, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer mustClose(w.t, answer.Body)
	var r reply
	if err := json.NewDecoder(answer.Body).Decode(&r); err != nil {
		w.t.Fatalf("%s: decoding the answer: %v", method, err)
	}
	if !r.OK && answer.StatusCode != r.ErrorCode {
		w.t.Errorf("%s: HTTP status %d, error code %d", method, answer.StatusCode, r.ErrorCode)
	}
	return r
}

// upload sends a multipart body: values and files by the name of their part.
func (w *world) upload(method string, values map[string]string, files map[string][]byte) reply {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range values {
		if err := form.WriteField(name, value); err != nil {
			w.t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := form.CreateFormFile(name, name+".bin")
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.send(method, form.FormDataContentType(), body.Bytes())
}

// must is a call that has to succeed; it decodes the result.
func (w *world) must(method string, p params, into any) {
	w.t.Helper()
	r := w.call(method, p)
	if !r.OK {
		w.t.Fatalf("%s: %s", method, r.Description)
	}
	if into != nil {
		if err := json.Unmarshal(r.Result, into); err != nil {
			w.t.Fatalf("%s: %v", method, err)
		}
	}
}

// say sends a text from the bot and returns its id.
func (w *world) say(chat int, text string, more ...params) int {
	w.t.Helper()
	p := params{"chat_id": chat, "text": text}
	for _, m := range more {
		for k, v := range m {
			p[k] = v
		}
	}
	var m struct {
		ID int `json:"message_id"`
	}
	w.must("sendMessage", p, &m)
	return m.ID
}

func (w *world) refused(r reply, code int, text string) {
	w.t.Helper()
	if r.OK || r.ErrorCode != code || !strings.Contains(r.Description, text) {
		w.t.Errorf("got ok=%v %d %q, want %d %q", r.OK, r.ErrorCode, r.Description, code, text)
	}
}

// received is what the tests look at in an update.
type received struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID       int `json:"message_id"`
		Text     string
		Caption  string
		Group    string `json:"media_group_id"`
		Entities []trial.Entity
		Photo    []trial.PhotoSize
		Contact  *trial.Contact
		Location *trial.Location
		ReplyTo  *struct {
			ID int `json:"message_id"`
		} `json:"reply_to_message"`
	}
	Edited *struct {
		ID   int `json:"message_id"`
		Text string
		Date int64 `json:"edit_date"`
	} `json:"edited_message"`
	Tap *struct {
		ID      string
		Data    string
		Message struct {
			ID int `json:"message_id"`
		}
	} `json:"callback_query"`
	Member *struct {
		New struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

// updates polls once. The offset of a test rises, so nothing is held back.
func (w *world) updates(offset int64) []received {
	w.t.Helper()
	var list []received
	w.must("getUpdates", params{"offset": offset, "timeout": 1}, &list)
	return list
}

// tap puts a button under a message, presses it and returns the query.
func (w *world) tap() (message int, query string) {
	w.t.Helper()
	message = w.say(an, "Chọn", params{"reply_markup": inline(params{"text": "Được", "callback_data": "ok"})})
	query, err := w.Press(an, message, "Được")
	if err != nil {
		w.t.Fatal(err)
	}
	return message, query
}

func inline(buttons ...params) params { return params{"inline_keyboard": [][]params{buttons}} }

// patience is how long a test waits for what comes at once on an idle machine.
// It only keeps a broken test from hanging.
const patience = 2 * time.Minute

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// sample is one of the page's sample photos.
func sample(t *testing.T, n int) []byte {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("page/samples/%d.jpg", n))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
