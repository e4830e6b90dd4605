package telegram_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
)

func TestPressedButtons(t *testing.T) {
	t.Parallel()
	t.Run("show the toast when their turn is over", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			long := strings.Repeat("đ", 300)
			p := poll(t, func(ev bot.Event) (bot.Ack, error) {
				if ev.Input.Press == "long" {
					return bot.Ack{Toast: long}, nil
				}
				return bot.Ack{Toast: "Đã lưu"}, nil
			})
			p.push(press(1, 1, "x"), press(2, 2, "long"))
			synctest.Wait()
			_ = p.stop()
			got := map[string]string{}
			for _, c := range p.sent("answerCallbackQuery") {
				got[c.params.Get("callback_query_id")] = c.params.Get("text")
			}
			if diff := cmp.Diff(map[string]string{"q1": "Đã lưu", "q2": strings.Repeat("đ", 200)}, got); diff != "" {
				t.Error(diff)
			}
		})
	})
	t.Run("stop spinning after a second, once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, func(bot.Event) (bot.Ack, error) {
				time.Sleep(5 * time.Second)
				return bot.Ack{Toast: "late"}, nil
			})
			p.push(press(1, 1, "x"))
			time.Sleep(1100 * time.Millisecond)
			if got := p.sent("answerCallbackQuery"); len(got) != 1 || got[0].params.Has("text") {
				t.Errorf("got %v", got)
			}
			time.Sleep(10 * time.Second)
			if got := p.sent("answerCallbackQuery"); len(got) != 1 {
				t.Errorf("answered %d times", len(got))
			}
		})
	})
	t.Run("that nobody handles stop spinning too", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			p.push(strings.ReplaceAll(press(1, 1, "x"), "private", "group"), press(2, 1, ""),
				`{"update_id":3,"callback_query":{"id":"q3","chat_instance":"1","data":"x","from":{"id":1,"is_bot":false,"first_name":"A"},"inline_message_id":"i"}}`)
			synctest.Wait()
			_ = p.stop()
			if n := len(p.sent("answerCallbackQuery")); n != 3 || len(p.desk.ids()) != 0 {
				t.Errorf("%d answers, events %v", n, p.desk.ids())
			}
		})
	})
	t.Run("too old ones disturb nobody", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := poll(t, nil)
			p.failWith(once("answerCallbackQuery",
				refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")))
			p.push(press(1, 1, "x"), press(2, 1, "y"))
			time.Sleep(time.Second)
			_ = p.stop()
			if len(p.desk.ids()) != 2 || p.log.Len() > 0 || len(p.sent("answerCallbackQuery")) != 2 {
				t.Errorf("events %v, log %s", p.desk.ids(), p.log)
			}
		})
	})
}
