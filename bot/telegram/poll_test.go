package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
	"danvan/bot/telegram"
	"danvan/store"
)

// desk handles events as told and notes them.
type desk struct {
	mu     sync.Mutex
	got    []bot.Event
	handle func(bot.Event) (bot.Ack, error)
}

func (d *desk) Handle(ctx context.Context, ev bot.Event) (bot.Ack, error) {
	d.mu.Lock()
	d.got = append(d.got, ev)
	handle := d.handle
	d.mu.Unlock()
	if handle == nil {
		return bot.Ack{}, nil
	}
	return handle(ev)
}

func (d *desk) ids() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	ids := []string{}
	for _, ev := range d.got {
		ids = append(ids, strings.TrimPrefix(ev.ID, "telegram/"))
	}
	return ids
}

// polling is a poller at work.
type polling struct {
	*stub
	desk    *desk
	log     *bytes.Buffer
	reached int
	stop    func() error
}

func poll(t *testing.T, handle func(bot.Event) (bot.Ack, error)) *polling {
	t.Helper()
	p := &polling{stub: newStub(t), desk: &desk{handle: handle}, log: &bytes.Buffer{}}
	p.run(t)
	return p
}

func (p *polling) run(t *testing.T) {
	poller := telegram.NewPoller(p.client, straight{p.desk}, time.Now, slog.New(slog.NewTextHandler(p.log, nil)))
	poller.Reached = func() { p.reached++ }
	p.stop = running(t, poller.Run)
}

func text(id int, person int64, s string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"text":%q,`+
		`"chat":{"id":%d,"type":"private"},"from":{"id":%d,"is_bot":false,"first_name":"A"}}}`, id, id, s, person, person)
}

func press(id int, person int64, data string) string {
	return fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"q%d","chat_instance":"1","data":%q,`+
		`"from":{"id":%d,"is_bot":false,"first_name":"A"},"message":{"message_id":5,"date":0,"chat":{"id":%d,"type":"private"}}}}`,
		id, id, data, person, person)
}

func offsets(calls []call) []string {
	got := []string{}
	for _, c := range calls {
		got = append(got, c.params.Get("offset"))
	}
	return got
}

func TestPoll(t *testing.T) {
	t.Parallel()
	t.Run("asks for what it reads and confirms what was handled", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			p.push(text(7, 1, "a"), text(8, 2, "b"))
			synctest.Wait()
			if err := p.stop(); err != nil {
				t.Error(err)
			}
			polls := p.sent("getUpdates")
			want := `getUpdates allowed_updates=["message","edited_message","callback_query","my_chat_member"] limit=100 offset=9 timeout=50`
			if got := told(polls[len(polls)-1]); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			ids := p.desk.ids()
			slices.Sort(ids)
			if diff := cmp.Diff([]string{"7", "8"}, ids); diff != "" {
				t.Error(diff)
			}
		})
	})
	t.Run("confirms nothing before it was taken in", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, func(ev bot.Event) (bot.Ack, error) {
				if ev.Input.Text == "slow" {
					time.Sleep(10 * time.Second)
				}
				return bot.Ack{}, nil
			})
			p.push(text(1, 1, "slow"), text(2, 2, "quick"))
			time.Sleep(9 * time.Second)
			if got := offsets(p.sent("getUpdates")); slices.Contains(got, "3") {
				t.Errorf("confirmed before the turn was over: %v", got)
			}
			time.Sleep(2 * time.Second)
			if got := offsets(p.sent("getUpdates")); !slices.Contains(got, "3") {
				t.Errorf("not confirmed: %v", got)
			}
		})
	})
	t.Run("what cannot be read is skipped, once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			p.push(`{"update_id":4,"message":{"message_id":"bí mật"}}`, text(5, 1, "a"),
				`{"update_id":6,"message":{"message_id":1,"date":1,"text":7}}`)
			time.Sleep(time.Minute)
			_ = p.stop()
			if got := offsets(p.sent("getUpdates")); got[len(got)-1] != "7" || len(got) > 4 {
				t.Errorf("polled with offsets %v", got)
			}
			if diff := cmp.Diff([]string{"5"}, p.desk.ids()); diff != "" {
				t.Error(diff)
			}
			if log := p.log.String(); strings.Count(log, "\n") != 1 || strings.Contains(log, "bí mật") {
				t.Errorf("log: %s", log)
			}
		})
	})
	t.Run("duplicates go on to the handler, the highest id confirms", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			p.push(text(9, 1, "b"), text(8, 1, "a"), text(9, 1, "b"))
			time.Sleep(time.Second)
			_ = p.stop()
			if diff := cmp.Diff([]string{"9", "8", "9"}, p.desk.ids()); diff != "" {
				t.Error(diff)
			}
			if got := offsets(p.sent("getUpdates")); got[len(got)-1] != "10" {
				t.Errorf("offsets %v", got)
			}
		})
	})
	t.Run("ids that begin anew after a quiet week are followed", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			answers := []string{text(900, 1, "old"), text(20, 1, "new"), text(21, 1, "next")}
			p.failWith(func(c call) *reply {
				if c.method != "getUpdates" || c.n < 2 || c.n > 4 {
					return nil
				}
				return &reply{status: 200, body: `{"ok":true,"result":[` + answers[c.n-2] + `]}`}
			})
			p.push(text(1, 1, "first"))
			time.Sleep(time.Second)
			_ = p.stop()
			if diff := cmp.Diff([]string{"", "2", "901", "21", "22"}, offsets(p.sent("getUpdates"))); diff != "" {
				t.Error(diff)
			}
		})
	})
}

func TestPollErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		is   *reply
		for_ int // how many polls fail
		log  []string
		took [2]time.Duration // until the update arrives
	}{
		{"a cut connection", &reply{}, 1, []string{"unreachable", "reachable again"}, [2]time.Duration{time.Second, 4 * time.Second}},
		{"pages in between", &reply{status: 502, kind: "text/html", body: "<html>"}, 5,
			[]string{"unreachable", "reachable again"}, [2]time.Duration{20 * time.Second, 3 * time.Minute}},
		{"a wait is honoured", &reply{status: 429,
			body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 300","parameters":{"retry_after":300}}`},
			1, nil, [2]time.Duration{5 * time.Minute, 301 * time.Second}},
		{"another instance", refuse(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
			3, []string{"another instance polls", "stopped polling"}, [2]time.Duration{3 * time.Second, time.Minute}},
		{"a webhook", refuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"),
			1, []string{"webhook"}, [2]time.Duration{time.Second, 2 * time.Second}},
		{"no list", &reply{status: 200, body: `{"ok":true,"result":{}}`}, 2,
			[]string{"unreachable", "reachable again"}, [2]time.Duration{time.Second, 4 * time.Second}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				var took time.Duration
				p := &polling{stub: newStub(t), log: &bytes.Buffer{}, desk: &desk{handle: func(bot.Event) (bot.Ack, error) {
					took = time.Since(start)
					return bot.Ack{}, nil
				}}}
				p.failWith(func(c call) *reply {
					if c.method == "getUpdates" && c.n <= tt.for_ {
						return tt.is
					}
					return nil
				})
				p.push(text(1, 1, "a"))
				p.run(t)
				time.Sleep(10 * time.Minute)
				if err := p.stop(); err != nil {
					t.Error(err)
				}
				if took < tt.took[0] || took > tt.took[1] {
					t.Errorf("the update arrived after %v, want %v", took, tt.took)
				}
				lines := strings.Split(strings.TrimSpace(p.log.String()), "\n")
				if len(tt.log) == 0 && p.log.Len() > 0 || len(tt.log) > 0 && len(lines) != len(tt.log) {
					t.Errorf("log: %s", p.log)
				}
				for i, want := range tt.log {
					if i < len(lines) && !strings.Contains(lines[i], want) {
						t.Errorf("log line %d is %q, want %q in it", i, lines[i], want)
					}
				}
				if is := p.reached == 1; is != (tt.name == "a cut connection") || p.reached > 1 {
					t.Errorf("the channel was said to be reached again %d times", p.reached)
				}
				if hooks := len(p.sent("deleteWebhook")); hooks > 0 != (tt.name == "a webhook") {
					t.Errorf("%d webhooks were taken away", hooks)
				}
			})
		})
	}
}

func TestPollEnds(t *testing.T) {
	t.Parallel()
	for _, code := range []int{401, 404} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				s.failWith(func(call) *reply { return refuse(code, "no") })
				err := telegram.NewPoller(s.client, straight{&desk{}}, time.Now, quiet(t)).Run(t.Context())
				if !errors.Is(err, telegram.ErrRevoked) {
					t.Errorf("got %v", err)
				}
				silent(t, err)
			})
		})
	}
	for _, broken := range []error{store.ErrUnknownOutcome, store.ErrClosed} {
		t.Run(broken.Error(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				d := &desk{handle: func(ev bot.Event) (bot.Ack, error) {
					if ev.Input.Text == "bad" {
						return bot.Ack{}, fmt.Errorf("turn: %w", broken)
					}
					return bot.Ack{}, nil
				}}
				s.push(text(1, 1, "good"), text(2, 2, "bad"), text(3, 1, "after"))
				err := telegram.NewPoller(s.client, straight{d}, time.Now, quiet(t)).Run(t.Context())
				if !errors.Is(err, broken) {
					t.Errorf("got %v", err)
				}
				ids := d.ids()
				slices.Sort(ids)
				if diff := cmp.Diff([]string{"1", "2"}, ids); diff != "" {
					t.Errorf("handled %v", ids)
				}
				if got := offsets(s.sent("getUpdates")); !slices.Equal(got, []string{""}) {
					t.Errorf("offsets %v", got)
				}
			})
		})
	}
	t.Run("not while the store is full", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			room := time.Now().Add(time.Minute)
			p := poll(t, func(bot.Event) (bot.Ack, error) {
				if time.Now().Before(room) {
					return bot.Ack{}, fmt.Errorf("turn: %w", store.ErrFull)
				}
				return bot.Ack{}, nil
			})
			p.push(text(1, 1, "a"))
			time.Sleep(59 * time.Second)
			if got := offsets(p.sent("getUpdates")); slices.Contains(got, "2") || len(got) > 40 {
				t.Errorf("confirmed without room, or asked too often: %v", got)
			}
			time.Sleep(4 * time.Second)
			if err := p.stop(); err != nil {
				t.Error(err)
			}
			if got := offsets(p.sent("getUpdates")); !slices.Contains(got, "2") {
				t.Errorf("not confirmed once there is room: %v", got)
			}
		})
	})
	t.Run("with its context, at once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			time.Sleep(5 * time.Second)
			start := time.Now()
			if err := p.stop(); err != nil || time.Since(start) > 0 {
				t.Errorf("%v after %v", err, time.Since(start))
			}
		})
	})
}

// A server that answers at once though it was asked to wait is not hammered.
func TestHastyServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := poll(t, nil)
		p.failWith(func(call) *reply { return &reply{status: 200, body: `{"ok":true,"result":[]}`} })
		p.push(text(1, 1, "a")) // releases the poll that waits already
		time.Sleep(time.Minute)
		if n := len(p.sent("getUpdates")); n > 70 {
			t.Errorf("%d polls in a minute", n)
		}
	})
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &polling{stub: newStub(t), log: &bytes.Buffer{}, desk: &desk{}}
		dead := time.Now().Add(time.Hour)
		p.client.DialWith(func(ctx context.Context, network, address string) (net.Conn, error) {
			if time.Now().Before(dead) {
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("network is unreachable")}
			}
			return p.dial(ctx, network, address)
		})
		p.run(t)
		p.push(text(1, 1, "a"))
		time.Sleep(2 * time.Hour)
		_ = p.stop()
		log := p.log.String()
		if len(p.desk.ids()) != 1 || strings.Count(log, "\n") != 2 || !strings.Contains(log, "for=1h0m") {
			t.Errorf("events %v, log: %s", p.desk.ids(), log)
		}
	})
}
