package schedule_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// channel takes messages to the chats of the soak, or fails to.
type channel struct {
	*soak
	closed atomic.Int64 // until when it takes nothing

	mu    sync.Mutex
	last  int
	chats map[string]*chat
	tries map[store.MessageID]uint64
}

// chat is what one person sees.
type chat struct {
	blocked bool
	shown   []shown // the last ones
}

// shown is a message that stands in a chat.
type shown struct {
	remote string
	data   []string // of its buttons
}

const shownMost = 6

var errFault = errors.New("a fault of the channel")

func (c *channel) Limits() store.Limits {
	return store.Limits{Text: 4096, Buttons: true, Edits: true, Files: true, Reactions: true, Keyboard: true}
}

// Deliver fails as a channel does, before anything is shown: what fails is
// drawn from the message and the try, so that it does not depend on what else
// goes on.
func (c *channel) Deliver(ctx context.Context, d outbox.Delivery) (string, error) {
	began := c.now()
	dice := rand.New(rand.NewPCG(c.seed, uint64(d.ID)<<16|c.try(d.ID)))
	if c.now().UnixNano() < c.closed.Load() {
		return "", &outbox.Failure{Retry: true, Whole: true, Err: errFault}
	}
	if c.isBlocked(d.To.Chat) {
		c.seen.end(d.Message, "gone")
		return "", &outbox.Failure{Gone: true, Err: errFault}
	}
	switch n := dice.IntN(1000); {
	case n < 8:
		return "", &outbox.Failure{Retry: true, Err: errFault}
	case n < 20:
		return "", &outbox.Failure{Retry: true, After: time.Duration(3+dice.IntN(60)) * time.Second, Err: errFault}
	case n < 22:
		return "", &outbox.Failure{Retry: true, Whole: true, After: time.Duration(3+dice.IntN(30)) * time.Second, Err: errFault}
	case n < 23:
		c.seen.end(d.Message, "refused")
		return "", &outbox.Failure{Err: errFault}
	case n < 33:
		time.Sleep(time.Duration(dice.IntN(40_000)) * time.Millisecond)
	}
	c.arrived(d, began)
	return c.show(d), nil
}

// try counts the tries of a message.
func (c *channel) try(id store.MessageID) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tries[id]++
	return c.tries[id]
}

// show puts a message into its chat.
func (c *channel) show(d outbox.Delivery) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.chat(d.To.Chat)
	var data []string
	for _, row := range d.Buttons {
		for _, b := range row {
			data = append(data, b.Data)
		}
	}
	switch d.Kind {
	case store.Edit:
		for i := range at.shown {
			if at.shown[i].remote == d.On {
				at.shown[i].data = data
			}
		}
		return d.On
	case store.Send, store.File:
		c.last++
		at.shown = append(at.shown, shown{strconv.Itoa(c.last), data})
		if len(at.shown) > shownMost {
			at.shown = at.shown[1:]
		}
		return strconv.Itoa(c.last)
	}
	return ""
}

// chat is called with mu held.
func (c *channel) chat(id string) *chat {
	if c.chats[id] == nil {
		c.chats[id] = &chat{}
	}
	return c.chats[id]
}

func (c *channel) isBlocked(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.chat(id).blocked
}

func (c *channel) block(id string, blocked bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.chat(id).blocked = blocked
}

// buttons lists the buttons of a chat that begin with one of some prefixes, the
// newest message's first; without any, all.
func (c *channel) buttons(id string, prefixes ...string) (out []button) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.chat(id).shown
	for i := len(all) - 1; i >= 0; i-- {
		for _, data := range all[i].data {
			fits := len(prefixes) == 0
			for _, p := range prefixes {
				fits = fits || strings.HasPrefix(data, p)
			}
			if fits {
				out = append(out, button{data, all[i].remote, len(all) - 1 - i})
			}
		}
	}
	return out
}

// button is a button that a person sees.
type button struct {
	data, remote string
	age          int // how many messages came after its own
}
