package telegram_test

import (
	"context"

	"danvan/bot"
	"danvan/bot/inbox"
)

// handler takes turns.
type handler interface {
	Handle(context.Context, bot.Event) (bot.Ack, error)
}

// straight takes the turns of what comes one after the other, and confirms
// nothing before they are over.
type straight struct{ handler }

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
