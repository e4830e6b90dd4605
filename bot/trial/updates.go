package trial

import (
	"encoding/json"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"time"
)

// Rules of getUpdates. The last two are those of Telegram's own server: a call
// that repeats its offset too soon gets less, or later.
const (
	updateLasts   = 24 * time.Hour
	maxPoll       = 50 // seconds
	maxBatch      = 100
	repeatedPoll  = 3 * time.Second
	repeatedBatch = 500 * time.Millisecond
)

// update is one event for the bot, until it is confirmed or too old.
type update struct {
	id    int64
	kind  string
	value any
	until time.Time
	lane  string // updates of one lane are posted in order
}

// MarshalJSON writes the Update object of the Bot API.
func (u *update) MarshalJSON() ([]byte, error) {
	value, err := json.Marshal(u.value)
	if err != nil {
		return nil, err
	}
	out := append([]byte(`{"update_id":`), strconv.FormatInt(u.id, 10)...)
	out = append(out, `,"`+u.kind+`":`...)
	return append(append(out, value...), '}'), nil
}

// queue is what the bot has not confirmed, by rising id; Server.mu guards it.
type queue struct {
	items   []*update
	last    int64
	allowed map[string]bool // nil: the default set
	added   chan struct{}   // closed when an update comes
}

func newQueue(earlier int64) queue {
	return queue{last: 800_000_000 + earlier, added: make(chan struct{})}
}

// unasked are the kinds that a bot gets only when it asks for them.
var unasked = []string{"chat_member", "message_reaction", "message_reaction_count"}

// wants says that the bot asked for this kind. It is decided when the update
// happens, as Telegram does.
func (q *queue) wants(kind string) bool {
	if q.allowed == nil {
		return !slices.Contains(unasked, kind)
	}
	return q.allowed[kind]
}

func (q *queue) push(u *update) {
	q.last++
	u.id = q.last
	q.items = append(q.items, u)
	close(q.added)
	q.added = make(chan struct{})
}

// confirm forgets what stands before the offset; a negative one keeps only as
// many of the newest.
func (q *queue) confirm(offset int64) {
	n := sort.Search(len(q.items), func(i int) bool { return q.items[i].id >= offset })
	if offset < 0 {
		n = max(0, len(q.items)+int(offset))
	}
	clear(q.items[:n])
	q.items = q.items[n:]
}

// expire forgets what is too old to be delivered.
func (q *queue) expire(now time.Time) {
	q.items = slices.DeleteFunc(q.items, func(u *update) bool { return now.After(u.until) })
}

// notify queues an update about the chat; s.mu is held.
func (s *Server) notify(kind string, ch *chat, value any) {
	if !s.queue.wants(kind) {
		return
	}
	u := &update{kind: kind, value: value, until: s.now().Add(updateLasts), lane: "chat:" + itoa(ch.person.ID)}
	if kind == "callback_query" {
		u.until, u.lane = s.now().Add(tapLasts), "tap:"+itoa(ch.person.ID)
	}
	s.queue.push(u)
}

// allow remembers allowed_updates; without the parameter nothing changes.
// s.mu is held.
func (s *Server) allow(c *call) error {
	if !c.has("allowed_updates") {
		return nil
	}
	var kinds []string
	if err := c.object("allowed_updates", &kinds); err != nil {
		return err
	}
	s.queue.allowed = nil
	if len(kinds) > 0 {
		s.queue.allowed = map[string]bool{}
		for _, kind := range kinds {
			s.queue.allowed[kind] = true
		}
	}
	return nil
}

// pollState is about the one long poll that there can be.
type pollState struct {
	current  chan string // gets why the poll is over
	offset   int64
	started  recently
	finished recently
	conflict recently
}

// recently is true for a while after it was set, without a clock.
type recently struct{ over <-chan time.Time }

func lately(d time.Duration) recently { return recently{time.After(d)} }

func (r *recently) is() bool {
	if r.over == nil {
		return false
	}
	select {
	case <-r.over:
		r.over = nil
		return false
	default:
		return true
	}
}

const (
	otherPoll   = "terminated by other getUpdates request; make sure that only one bot instance is running"
	webhookPoll = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
	webhookSet  = "terminated by setWebhook request"
)

func (s *Server) getUpdates(c *call) (any, error) {
	offset := c.integer("offset")
	limit := c.clamp("limit", 1, maxBatch, maxBatch)
	wait := time.Duration(c.clamp("timeout", 0, maxPoll, 0)) * time.Second

	s.mu.Lock()
	s.endPoll(otherPoll)
	if s.hook != nil {
		s.mu.Unlock()
		return nil, s.conflict(c, webhookPoll)
	}
	if err := s.allow(c); err != nil {
		s.mu.Unlock()
		return nil, err
	}

	if offset == s.poll.offset && s.poll.started.is() {
		wait = max(wait, repeatedPoll)
	}
	if offset == s.poll.offset && s.poll.finished.is() {
		limit = 1
	}

	s.poll.offset, s.poll.started = offset, lately(repeatedPoll)
	ended := make(chan string, 1)
	s.poll.current = ended
	s.queue.confirm(offset)
	s.mu.Unlock()
	return s.waitUpdates(c, limit, wait, ended)
}

// waitUpdates answers as soon as there is an update, or when the time is over.
func (s *Server) waitUpdates(c *call, limit int, wait time.Duration, ended chan string) (any, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for late := wait == 0; ; {
		s.mu.Lock()
		batch, added := s.batch(limit), s.queue.added
		if len(batch) > 0 || late {
			s.finishPoll(ended)
			s.mu.Unlock()
			return batch, nil
		}
		s.mu.Unlock()

		select {
		case <-added:
		case <-timer.C:
			late = true
		case reason := <-ended:
			return nil, s.conflict(c, reason)
		case <-c.ctx.Done():
			late = true
		case <-s.over.Done():
			return nil, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: restart"}
		}
	}
}

// batch is the next updates to deliver; s.mu is held.
func (s *Server) batch(limit int) []*update {
	s.queue.expire(s.now())
	return append([]*update{}, s.queue.items[:min(limit, len(s.queue.items))]...)
}

// finishPoll ends the poll if it is still the current one; s.mu is held.
func (s *Server) finishPoll(ended chan string) {
	if s.poll.current == ended {
		s.poll.current = nil
	}
	s.poll.finished = lately(repeatedBatch)
}

// endPoll tells a running long poll why it is over; s.mu is held.
func (s *Server) endPoll(reason string) {
	if s.poll.current != nil {
		s.poll.current <- reason
		s.poll.current = nil
	}
}

// conflict is a 409. Telegram holds it back for three seconds when it follows
// another closely.
func (s *Server) conflict(c *call, reason string) error {
	s.mu.Lock()
	soon := s.poll.conflict.is()
	s.poll.conflict = lately(repeatedPoll)
	s.mu.Unlock()
	if soon {
		s.pause(c.ctx, repeatedPoll)
	}
	return &apiError{code: http.StatusConflict, text: "Conflict: " + reason}
}
