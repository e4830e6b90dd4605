package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"danvan/bot/outbox"
	"danvan/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// chat is a channel that notes what it was given and answers as told.
type chat struct {
	mu     sync.Mutex
	start  time.Time
	got    []string // "+2s chat kind text [on=…] [words]"
	took   time.Duration
	answer func(n int, d outbox.Delivery) error // n counts deliveries from 1
	limits *store.Limits                        // nil: everything
	busy   int
	most   int
}

// everything is what a channel has that can show whatever there is.
func everything() store.Limits {
	return store.Limits{Text: 4096, Buttons: true, Edits: true, Files: true, Reactions: true, Keyboard: true}
}

func (c *chat) Limits() store.Limits {
	if c.limits != nil {
		return *c.limits
	}
	return everything()
}

func (c *chat) Deliver(ctx context.Context, d outbox.Delivery) (string, error) {
	c.mu.Lock()
	c.busy++
	c.most = max(c.most, c.busy)
	c.got = append(c.got, note(time.Since(c.start), d))
	n := len(c.got)
	took, answer := c.took, c.answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.busy--
		c.mu.Unlock()
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-time.After(took):
	}
	if answer != nil {
		if err := answer(n, d); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("r%d", n), nil
}

func note(after time.Duration, d outbox.Delivery) string {
	s := fmt.Sprintf("+%v %s %s %s", after.Round(10*time.Millisecond), d.To.Chat, d.Kind, d.Text)
	if d.On != "" {
		s += " on=" + d.On
	}
	if d.Unformatted {
		s += " words"
	}
	return s
}

func (c *chat) notes() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string{}, c.got...)
}

func (c *chat) count() int { return len(c.notes()) }

// play runs an outbox in a bubble of its own time: before queues rows, then
// so long passes, then the outbox is stopped.
type play struct {
	chats int
	bulk  float64
	rows  *rows
	chat  *chat
	log   *bytes.Buffer
	opens func(store.Reader, time.Time) (time.Time, error)
	more  map[string]outbox.Channel // beside "test"
	box   *outbox.Outbox
	maker outbox.Maker
	ahead atomic.Int64 // of time.Now: what the clock says
}

func newPlay() *play {
	return &play{rows: newRows(), chat: &chat{start: time.Now()}, log: &bytes.Buffer{}, bulk: 1000}
}

func (p *play) run(t *testing.T, so time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := p.start(ctx)
	time.Sleep(so)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func (p *play) start(ctx context.Context) <-chan error {
	channels := map[string]outbox.Channel{"test": p.chat}
	maps.Copy(channels, p.more)
	p.box = outbox.New(outbox.Config{
		Store: p.rows, Channels: channels, Now: func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load())) }, Log: slog.New(slog.NewTextHandler(p.log, nil)),
		Chats: p.chats, Bulk: p.bulk, Opens: p.opens, Maker: p.maker,
		Unsent: func(lang string, files int) string { return fmt.Sprintf("<%s: %d files>", lang, files) },
	})
	done := make(chan error, 1)
	go func() { done <- p.box.Run(ctx) }()
	return done
}

func (p *play) want(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, p.chat.notes()); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
}

func say(to, text string) store.Message { return store.Message{To: at(to), Text: text} }

func TestOrder(t *testing.T) {
	t.Parallel()
	t.Run("of a chat is kept, one message in flight", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.took = 100 * time.Millisecond
			p.rows.queue(t, say("a", "1"), say("a", "2"), say("a", "3"))
			p.run(t, time.Second)
			p.want(t, "+0s a send 1", "+100ms a send 2", "+200ms a send 3")
		})
	})
	t.Run("never more chats at once than allowed", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chats, p.chat.took = 7, 100*time.Millisecond
			for i := range 70 {
				p.rows.queue(t, say(fmt.Sprint(i), "x"))
			}
			p.run(t, 1050*time.Millisecond)
			if p.rows.left() != 0 || p.chat.most != 7 {
				t.Errorf("%d left, %d at once; want 0, 7", p.rows.left(), p.chat.most)
			}
		})
	})
	t.Run("a wake delivers at once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			done := p.start(t.Context())
			time.Sleep(300 * time.Millisecond)
			p.rows.queue(t, say("a", "1"))
			p.box.Wake()
			time.Sleep(300 * time.Millisecond)
			p.want(t, "+300ms a send 1")
			if err := p.box.Drain(t.Context()); err != nil {
				t.Error(err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("a row is left until it is due", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			m := say("a", "1")
			m.Due = time.Now().Add(90 * time.Second)
			p.rows.queue(t, m)
			p.run(t, 3*time.Minute)
			if got := p.chat.notes(); len(got) != 1 || !strings.HasPrefix(got[0], "+1m3") && !strings.HasPrefix(got[0], "+1m30") {
				t.Errorf("got %v", got)
			}
		})
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	refusal := errors.New("refused")
	once := func(f outbox.Failure) func(int, outbox.Delivery) error {
		f.Err = refusal
		return func(n int, _ outbox.Delivery) error {
			if n == 1 {
				return &f
			}
			return nil
		}
	}
	edit := store.Message{To: at("a"), Kind: store.Edit, Text: "new", Target: store.Target{Remote: "9"}}
	react := store.Message{To: at("a"), Kind: store.React, Text: "👍", Target: store.Target{Remote: "9"}}
	for _, tt := range []struct {
		name   string
		rows   []store.Message
		answer func(int, outbox.Delivery) error
		want   []string
		log    string
	}{
		{"the whole wait is honoured, other chats go on", []store.Message{say("a", "1"), say("a", "2")},
			once(outbox.Failure{Retry: true, After: 35 * time.Second}),
			[]string{"+0s a send 1", "+35s a send 1", "+35s a send 2"}, ""},
		{"a refusal gives up this row only", []store.Message{say("a", "1"), say("a", "2")},
			once(outbox.Failure{}),
			[]string{"+0s a send 1", "+0s a send 2"}, "given up"},
		{"refused formatting goes as words", []store.Message{say("a", "<b>1")},
			once(outbox.Failure{Format: true}),
			[]string{"+0s a send <b>1", "+0s a send <b>1 words"}, "formatting was refused"},
		{"refused words are given up", []store.Message{say("a", "<b>1")},
			func(int, outbox.Delivery) error { return &outbox.Failure{Format: true, Err: refusal} },
			[]string{"+0s a send <b>1", "+0s a send <b>1 words"}, "given up"},
		{"an edit of a lost message becomes a new one", []store.Message{edit},
			once(outbox.Failure{Target: true}),
			[]string{"+0s a edit new on=9", "+0s a send new"}, ""},
		{"an edit of what was never delivered becomes a new one",
			[]store.Message{{To: at("a"), Kind: store.Edit, Text: "new", Target: store.Target{Message: 77}}},
			nil, []string{"+0s a send new"}, ""},
		{"a reaction to a lost message is dropped", []store.Message{react},
			once(outbox.Failure{Target: true}), []string{"+0s a react 👍 on=9"}, "gone"},
		{"a reaction to what was never delivered is dropped",
			[]store.Message{{To: at("a"), Kind: store.React, Text: "👍", Target: store.Target{Message: 77}}},
			nil, []string{}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPlay()
				p.chat.answer = tt.answer
				p.rows.queue(t, tt.rows...)
				p.run(t, time.Minute)
				p.want(t, tt.want...)
				if p.rows.left() != 0 {
					t.Errorf("%d rows left", p.rows.left())
				}
				if tt.log == "" && p.log.Len() > 0 || !strings.Contains(p.log.String(), tt.log) {
					t.Errorf("log: %q, want %q in it", p.log, tt.log)
				}
			})
		})
	}
}

func TestTargetsAreFoundByRow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		card := say("a", "card")
		card.Track = &store.Track{Field: "title"}
		id := p.rows.queue(t, card)[0]
		change := store.Message{To: at("a"), Kind: store.Edit, Text: "changed", Target: store.Target{Message: id, Remote: "old"}}
		p.rows.queue(t, change)
		p.run(t, time.Second)
		p.want(t, "+0s a send card", "+0s a edit changed on=r1")
		if got := p.rows.remote(id).ID; got != "r1" {
			t.Errorf("card was noted as %q", got)
		}
	})
}
