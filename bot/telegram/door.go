package telegram

import (
	"context"
	"sync"
	"time"

	"danvan/bot"
	"danvan/bot/inbox"
	"danvan/flows"
)

const (
	patience   = time.Second     // how long a pressed button waits for its turn's toast
	answerTime = 5 * time.Second // for stopping a button's spinner
	answering  = 11              // spinners stopped at once; see connections
	toastLimit = 200
)

// Intake takes in what came. A nil error says that it may be confirmed.
type Intake interface {
	Take(ctx context.Context, came []inbox.Item) error
}

// door is where updates come in, however they came to us.
type door struct {
	client  *Client
	to      Intake
	now     func() time.Time
	answers sync.WaitGroup
	slots   chan struct{}
}

func newDoor(client *Client, to Intake, now func() time.Time) *door {
	return &door{client: client, to: to, now: now, slots: make(chan struct{}, answering)}
}

// take has updates taken in, and the buttons behind them released.
func (d *door) take(ctx context.Context, got []update) error {
	now := d.now()
	came := make([]inbox.Item, 0, len(got))
	for _, u := range got {
		item, query := d.item(u, now)
		if query != "" {
			over := make(chan bot.Ack, 1)
			item.Over = over
			d.answers.Go(func() { d.answer(ctx, query, over) })
		}
		if item.Event.ID != "" {
			came = append(came, item)
		} else if item.Over != nil {
			item.Over <- bot.Ack{}
		}
	}
	return d.to.Take(ctx, came)
}

// item is what the bot understands of an update, and the pressed button's query.
func (d *door) item(u update, now time.Time) (inbox.Item, string) {
	in := convert(u, now)
	if of := &in.event.Input; of.Kind == flows.FileInput {
		of.File.Bot = d.client.Bot()
	}
	return inbox.Item{Event: in.event}, in.query
}

// answer stops the spinner of a pressed button when its turn is over, or when
// that takes long; that of one that is not taken stops by itself. Errors are of no
// use to anybody: the press may be too old.
func (d *door) answer(ctx context.Context, query string, over <-chan bot.Ack) {
	ack, taken := toast(over)
	if !taken {
		return
	}

	d.slots <- struct{}{}
	defer func() { <-d.slots }()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
	defer cancel()
	_ = d.client.Call(ctx, "answerCallbackQuery", answerTo(query, ack), nil)
}

// toast waits, not for long, for what a pressed button's turn showed; false: it is
// not taken.
func toast(over <-chan bot.Ack) (ack bot.Ack, taken bool) {
	select {
	case ack, taken = <-over:
		return ack, taken
	case <-time.After(patience):
		return ack, true
	}
}

// answerTo are the parameters of answerCallbackQuery.
func answerTo(query string, ack bot.Ack) Params {
	params := Params{"callback_query_id": query}
	toast := ack.Toast
	if r := []rune(toast); len(r) > toastLimit {
		toast = string(r[:toastLimit])
	}
	if toast != "" {
		params["text"] = toast
	}
	return params
}
