package trial_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
	"danvan/bot/trial/faults"
)

// sent says how many messages of the bot the person has.
func sent(t *testing.T, w *world) int {
	t.Helper()
	v, err := w.Chat(an)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range v.Messages {
		if m.FromBot() {
			n++
		}
	}
	return n
}

// hello is a call that would succeed.
func hello() params { return params{"chat_id": an, "text": "x"} }

// rawHello is the same call, whatever is answered.
func rawHello(w *world) (*http.Response, error) {
	return http.Post(w.http.URL+"/bot7:t/sendMessage?chat_id=101&text=x", "", nil)
}

func TestFaultTooMany(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "SendMessage", Kind: faults.TooMany, RetryAfter: 7})
	answer, err := rawHello(w)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	mustClose(t, answer.Body)
	if answer.StatusCode != 429 || answer.Header.Get("Retry-After") != "7" || !strings.Contains(string(body), `"parameters":{"retry_after":7}`) || !strings.Contains(string(body), "Too Many Requests: retry after 7") {
		t.Errorf("%d %v %s", answer.StatusCode, answer.Header, body)
	}
	if sent(t, w) != 0 {
		t.Error("a refused call had an effect")
	}
	w.must("sendMessage", hello(), nil)
}

func TestFaultBadGateway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Kind: faults.BadGateway})
	answer, err := rawHello(w)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	mustClose(t, answer.Body)
	if answer.StatusCode != 502 || !strings.HasPrefix(string(body), "<html>") || sent(t, w) != 0 {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestFaultSlow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Slow, Delay: time.Minute})
	client := &http.Client{Timeout: 100 * time.Millisecond}
	if answer, err := client.Post(w.http.URL+"/bot7:t/sendMessage?chat_id=101&text=x", "", nil); err == nil {
		mustClose(t, answer.Body)
		t.Error("the answer was not slow")
	}
	if _, err := w.Next(soon(t), an, 0); err != nil {
		t.Error(err)
	}
}

func TestFaultRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Blocked})
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Migrated, MigrateTo: -1001234})
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.ServerError})
	w.refused(w.call("sendMessage", hello()), 403, "Forbidden: bot was blocked by the user")
	r := w.call("sendMessage", hello())
	w.refused(r, 400, "group chat was upgraded to a supergroup chat")
	if r.Parameters.Migrate != -1001234 {
		t.Errorf("migrated to %d", r.Parameters.Migrate)
	}
	w.refused(w.call("sendMessage", hello()), 500, "Internal Server Error")
	w.must("sendMessage", hello(), nil)
}

func TestFaultChatAndTimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.Blocked, Chat: binh, Times: 2})
	w.Inject(faults.Fault{Method: "getMe", Kind: faults.Blocked, Times: -1})
	w.must("sendMessage", hello(), nil)
	for range 2 {
		w.refused(w.call("sendMessage", params{"chat_id": binh, "text": "x"}), 403, "blocked")
	}
	w.must("sendMessage", params{"chat_id": binh, "text": "x"}, nil)
	for range 3 {
		w.refused(w.call("getMe", nil), 403, "blocked")
	}
	w.ClearFaults()
	w.must("getMe", nil, nil)
}

func TestFaultComesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "sendMessage", Kind: faults.TooMany})
	w.refused(w.call("sendMessage", params{"nonsense": 1}), 429, "retry after 1")
}

func TestFaultDuplicate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "getUpdates", Kind: faults.Duplicate})
	say(t, w, an, "a", "b")
	list := w.updates(0)
	say(t, w, an, "c")
	again := w.updates(list[1].ID + 1)
	if texts(list) != "a b" || texts(again) != "a b" || again[0].ID != list[0].ID {
		t.Errorf("got %q, then %q", texts(list), texts(again))
	}
	if got := texts(w.updates(list[1].ID + 1)); got != "c" {
		t.Errorf("and then %q", got)
	}
}

func TestFaultReorder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "getUpdates", Kind: faults.Reorder})
	say(t, w, an, "a", "b")
	if got := texts(w.updates(0)); got != "b a" {
		t.Errorf("got %q", got)
	}
}

func TestFaultOfDownload(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(faults.Fault{Method: "file", Kind: faults.BadGateway})
	answer, err := http.Get(w.http.URL + "/file/bot7:t/documents/x")
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, answer.Body)
	if answer.StatusCode != 502 {
		t.Errorf("got %d", answer.StatusCode)
	}
}

func TestFaultDrops(t *testing.T) {
	t.Parallel()
	for kind, effect := range map[faults.Kind]int{faults.DropBefore: 0, faults.DropAfter: 1} {
		t.Run(fmt.Sprint("effect ", effect), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Inject(faults.Fault{Method: "sendMessage", Kind: kind})
			if answer, err := rawHello(w); err == nil {
				mustClose(t, answer.Body)
				t.Error("got an answer")
			}
			if got := sent(t, w); got != effect {
				t.Errorf("%d messages, want %d", got, effect)
			}
		})
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Block(an); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"sendMessage", "sendChatAction"} {
		w.refused(w.call(method, map[string]params{
			"sendMessage":    {"chat_id": an, "text": "x"},
			"sendChatAction": {"chat_id": an, "action": "typing"},
		}[method]), 403, "Forbidden: bot was blocked by the user")
	}
	if _, err := w.Say(an, "x"); !errors.Is(err, trial.ErrBlocked) {
		t.Errorf("somebody who blocked the bot wrote to it: %v", err)
	}
	if err := w.Unblock(an); err != nil {
		t.Fatal(err)
	}
	w.say(an, "x")
}
