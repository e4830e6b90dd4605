package telegram

import (
	"context"
	"net"
)

// DialWith makes the client take its connections from dial, so that a test can
// keep the network inside a bubble of its own time.
func (c *Client) DialWith(dial func(context.Context, string, string) (net.Conn, error)) {
	c.transport.DialContext = dial
	c.transport.Proxy = nil
}
