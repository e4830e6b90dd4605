package telegram

import (
	"context"
	"encoding/json"
	"net"
	"time"

	"danvan/bot"
)

// DialWith makes the client take its connections from dial, so that a test can
// keep the network inside a bubble of its own time.
func (c *Client) DialWith(dial func(context.Context, string, string) (net.Conn, error)) {
	c.transport.DialContext = dial
	c.transport.Proxy = nil
}

// Convert is what the bot understands of a batch as it came.
func Convert(batch []json.RawMessage, now time.Time) (events []bot.Event) {
	got, _, _ := decodeEach(batch)
	for _, u := range got {
		if in := convert(u, now); in.event.ID != "" {
			events = append(events, in.event)
		}
	}
	return events
}
