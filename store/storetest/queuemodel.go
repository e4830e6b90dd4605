package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/store"
)

// queueModel is the outbox as the contract describes it, in the plainest way.
type queueModel struct {
	now   time.Time
	rows  []*modelRow
	chats map[store.Address]*modelChat
}

type modelRow struct {
	store.Message
	attempts int
	failures int
	away     bool // put off, and no claim came since it was due again
}

type modelChat struct {
	until  time.Time
	flying *modelRow
	ours   bool // the wait is our own
}

func (q *queueModel) chat(a store.Address) *modelChat {
	if q.chats[a] == nil {
		q.chats[a] = &modelChat{}
	}
	return q.chats[a]
}

func before(a, b *modelRow) int { return cmp.Or(cmp.Compare(a.Lane, b.Lane), cmp.Compare(a.ID, b.ID)) }

// claim returns what Claim must.
func (q *queueModel) claim(limit int, worst store.Lane, except []string) []store.Message {
	for _, r := range q.rows {
		r.away = r.away && r.Due.After(q.now)
	}
	for _, c := range q.chats {
		if !c.until.After(q.now) {
			*c = modelChat{}
		}
	}

	var heads []*modelRow
	for a, c := range q.chats {
		if c.until.IsZero() && !slices.Contains(except, a.Channel) {
			if h := q.head(a); h != nil && h.Lane <= worst {
				heads = append(heads, h)
			}
		}
	}
	slices.SortFunc(heads, before)

	var claimed []store.Message
	for _, h := range heads[:min(limit, len(heads))] {
		h.attempts++
		q.chats[h.To].flying, q.chats[h.To].until = h, q.now.Add(leaseTime)
		m := h.Message
		m.Attempts, m.Failures = h.attempts, h.failures
		claimed = append(claimed, m)
	}
	return claimed
}

func (q *queueModel) head(a store.Address) *modelRow {
	var head *modelRow
	for _, r := range q.rows {
		if r.To == a && !r.Due.After(q.now) && (head == nil || before(r, head) < 0) {
			head = r
		}
	}
	return head
}

// finish returns whether Finish must accept the outcome.
func (q *queueModel) finish(m store.Message, o store.Outcome) bool {
	at := slices.IndexFunc(q.rows, func(r *modelRow) bool { return r.ID == m.ID })
	if at < 0 || q.rows[at].attempts != m.Attempts || q.rows[at].away {
		return false
	}
	c, row := q.chat(m.To), q.rows[at]
	switch {
	case !o.Later.IsZero():
		row.Due, row.away = o.Later, true
		if c.flying == row {
			*c = modelChat{}
		}

	case o.Retry.IsZero():
		q.rows = slices.Delete(q.rows, at, at+1)
		if c.flying == row {
			*c = modelChat{}
		}

	case c.flying == row || c.until.IsZero():
		if c.flying == row && o.Failed {
			row.failures++
		}
		*c = modelChat{until: o.Retry, ours: o.Failed}
	}
	return true
}

// anySequence plays random sequences against the model, step by step, and
// wants the same claims, the same refusals and nothing left at the end.
func anySequence(t *testing.T, s store.Store) {
	start := when
	rapid.Check(t, func(rt *rapid.T) {
		start = start.AddDate(1, 0, 0) // what an earlier, failed try left is drained below
		g := &game{rt: rt, s: s, t: t, q: queueModel{now: start, chats: map[store.Address]*modelChat{}}}
		defer g.empty()
		rt.Repeat(map[string]func(*rapid.T){
			"enqueue": g.enqueue, "claim": g.claim, "finish": g.finish, "wait": g.wait,
		})
	})
}

type game struct {
	rt   *rapid.T
	t    *testing.T
	s    store.Store
	q    queueModel
	held []store.Message // every claim so far, finished or not
}

func (g *game) update(rt *rapid.T, fn func(store.Tx) error) {
	if err := g.s.Update(g.t.Context(), fn); err != nil {
		rt.Fatalf("update: %v", err)
	}
}

func (g *game) enqueue(rt *rapid.T) {
	m := store.Message{
		To: chatAt(rapid.IntRange(1, 4).Draw(rt, "chat")), At: g.q.now, Kind: store.Send,
		Lane: store.Lane(rapid.IntRange(0, 2).Draw(rt, "lane")),
	}
	if m.To == chatAt(4) {
		m.To.Channel = "other"
	}
	if wait := rapid.SampledFrom([]int{0, 0, 0, 20, 90}).Draw(rt, "due"); wait > 0 {
		m.Due = g.q.now.Add(time.Duration(wait) * time.Second)
	}
	g.update(rt, func(tx store.Tx) (err error) {
		m.ID, err = tx.Enqueue(m)
		return err
	})
	if c := g.q.chat(m.To); c.ours && m.Lane == store.ReplyLane && !m.Due.After(g.q.now) {
		*c = modelChat{}
	}
	g.q.rows = append(g.q.rows, &modelRow{Message: m})
}

func (g *game) claim(rt *rapid.T) {
	limit := rapid.IntRange(1, 4).Draw(rt, "limit")
	worst := store.Lane(rapid.IntRange(0, 2).Draw(rt, "worst"))
	except := rapid.SampledFrom([][]string{nil, nil, {"other"}, {"telegram"}, {"telegram", "other"}}).Draw(rt, "except")
	var got []store.Message
	g.update(rt, func(tx store.Tx) (err error) {
		got, err = tx.Claim(g.q.now, leaseTime, limit, worst, except...)
		return err
	})
	want := g.q.claim(limit, worst, except)
	g.held = append(g.held, got...)
	if a, b := summary(got), summary(want); !slices.Equal(a, b) {
		rt.Fatalf("claimed %v, want %v", a, b)
	}
}

func (g *game) finish(rt *rapid.T) {
	if len(g.held) == 0 {
		rt.Skip("nothing was claimed yet")
	}
	m := rapid.SampledFrom(g.held).Draw(rt, "message")
	o := store.Outcome{At: g.q.now}
	if wait := rapid.SampledFrom([]int{0, 0, 15, 70}).Draw(rt, "retry"); wait > 0 {
		o.Retry, o.Failed = g.q.now.Add(time.Duration(wait)*time.Second), rapid.Bool().Draw(rt, "failed")
	} else if wait := rapid.SampledFrom([]int{0, 0, 25}).Draw(rt, "later"); wait > 0 {
		o.Later = g.q.now.Add(time.Duration(wait) * time.Second)
	}
	err := g.s.Update(g.t.Context(), func(tx store.Tx) error { return tx.Finish(m, o) })
	switch want := g.q.finish(m, o); {
	case want && err != nil:
		rt.Fatalf("finish %v: %v", summary([]store.Message{m}), err)
	case !want && !errors.Is(err, store.ErrNotFound):
		rt.Fatalf("finish %v returned %v, want %v", summary([]store.Message{m}), err, store.ErrNotFound)
	}
}

func (g *game) wait(rt *rapid.T) {
	g.q.now = g.q.now.Add(time.Duration(rapid.IntRange(1, 80).Draw(rt, "seconds")) * time.Second)
}

// empty delivers what is left, and wants nothing to be stuck.
func (g *game) empty() {
	g.q.now = g.q.now.AddDate(0, 6, 0)
	for range 200 {
		left := 0
		err := g.s.Update(g.t.Context(), func(tx store.Tx) error {
			all, err := tx.Claim(g.q.now, leaseTime, 100, store.DigestLane)
			for _, m := range all {
				err = errors.Join(err, tx.Finish(m, store.Outcome{At: g.q.now}))
			}
			left = len(all)
			return err
		})
		if err != nil {
			g.t.Fatalf("drain: %v", err)
		}
		if left == 0 {
			break
		}
	}

	if n := read(g.t, g.s, store.Reader.Pending); n != 0 {
		g.t.Errorf("%d rows are stuck", n)
	}
}

// summary is what of a claim the game compares.
func summary(all []store.Message) []string {
	return ids(all, func(m store.Message) string {
		return fmt.Sprintf("%d to %s, attempt %d, failures %d", m.ID, m.To.Chat, m.Attempts, m.Failures)
	})
}
