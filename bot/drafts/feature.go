// Package drafts keeps the forms that a post has not finished: their list, to go
// on with one or throw it away, and the question what becomes of the open one.
// It knows no form; what a draft is called and whether it is worth keeping its
// form says.
package drafts

import (
	"errors"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store"
)

// turn is a turn about drafts.
type turn struct{ *bot.Turn }

// Feature lists, opens and ends drafts.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "drafts",
		Commands: []bot.Command{
			{VI: "nhap", EN: "drafts", Text: "command.drafts", Key: "menu.drafts", Needs: access.KeepDrafts, Do: do(turn.list)},
			{VI: "huy", EN: "cancel", Text: "command.cancel", Do: do(turn.cancel)},
		},
		Buttons: map[link.Verb]bot.Handler{
			link.Draft: onDraft(turn.open),
			link.Leave: onDraft(turn.leave),
			link.Throw: onDraft(turn.askThrow),
			link.Drop:  onDraft(turn.throwAway),
		},
	}
}

func do(f func(turn) error) func(*bot.Turn) error {
	return func(t *bot.Turn) error { return f(turn{t}) }
}

// onDraft does what a link says about a draft of the post.
func onDraft(f func(turn, store.Session) error) bot.Handler {
	return func(t *bot.Turn, about string) error {
		s, err := t.Tx.Session(store.SessionID(link.ID(about)))
		if errors.Is(err, store.ErrNotFound) || err == nil && s.Post != t.Post.ID {
			return t.Toast("press.closed", nil)
		}
		if err != nil {
			return err
		}
		return f(turn{t}, s)
	}
}
