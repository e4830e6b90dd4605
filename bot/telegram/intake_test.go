package telegram_test

import (
	"context"
	"sync"
	"testing"

	"danvan/bot/inbox"
)

// running runs something until it is stopped, which may be said again, or the test
// ends.
func running(t *testing.T, run func(context.Context) error) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

// straight takes the turns of what comes one after the other, and confirms
// nothing before they are over.
type straight struct{ inbox.Handler }

func (s straight) Take(ctx context.Context, came []inbox.Item) error {
	for _, item := range came {
		ack, err := s.Handle(ctx, item.Event)
		if err != nil {
			return err
		}
		if item.Over != nil {
			item.Over <- ack
		}
	}
	return nil
}
