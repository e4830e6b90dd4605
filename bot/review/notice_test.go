package review_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestNoticeIsGone decides for an officer who deletes the notice of it: the next
// decision comes as a new message, and that takes in those after it.
func TestNoticeIsGone(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "waiting")}
	models := w.withChecked()
	var other store.Model
	w.View(func(r store.Reader) (err error) {
		other, err = r.ModelByCode("DVK-30346-2026-0001")
		return err
	})

	chat := w.Chat("ba")
	w.Press("minh", "check.accept."+link.Fence(models[store.Waiting]))
	chat.Messages = nil
	w.Press("minh", "check.confirm."+link.Fence(models[store.Done]))
	w.Press("minh", "check.accept."+link.Fence(other))
	if n, read := len(chat.Messages), w.Read("ba"); n != 1 || strings.Count(read, "• ") != 3 {
		t.Errorf("ba reads %d messages:\n%s", n, read)
	}
}

// TestNoticeAsTheClockWasAhead has an officer told of a decision by a clock that is ahead:
// when that is right again the next one comes as a message of its own.
func TestNoticeAsTheClockWasAhead(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "waiting")}
	models := w.withChecked()
	now := w.Now
	w.Now = now.AddDate(1, 0, 0)
	w.Press("minh", "check.accept."+link.Fence(models[store.Waiting]))
	before := len(w.Chat("ba").Messages)

	w.Now = now
	w.Press("minh", "check.confirm."+link.Fence(models[store.Done]))
	if n := len(w.Chat("ba").Messages); n != before+1 {
		t.Errorf("ba has %d messages, %d before:\n%s", n, before, w.Read("ba"))
	}
}
