package telegram_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"danvan/bot/telegram"
)

// FuzzUpdate holds that no update does harm, that it becomes one event at most, of
// the person whose chat it is, and that no file name is a path.
func FuzzUpdate(f *testing.F) {
	for _, u := range []string{
		text(1, 42, "xin chào"), press(2, 42, "d.1.ok"), `{"update_id":3,"message":{"message_id":"x"}}`, `{"update_id":1e400}`, `null`, `[]`,
		`{"update_id":4,"edited_message":{"message_id":1,"date":1,"caption":"a\u202eb","chat":{"id":1,"type":"private"},"from":{"id":1},` +
			`"document":{"file_id":"f","file_unique_id":"u","file_name":"../../x\u202efdp.exe","file_size":9}}}`,
		`{"update_id":5,"my_chat_member":{"chat":{"id":1,"type":"private"},"from":{"id":1},"new_chat_member":{"status":"kicked"}}}`,
		`{"update_id":6,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"from":{"id":1},"venue":{"title":"x"},"location":{"latitude":1,"longitude":-1e308}}}`,
	} {
		f.Add(u)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		events := telegram.Convert([]json.RawMessage{json.RawMessage(raw)}, time.Unix(0, 0))
		if len(events) > 1 {
			t.Errorf("%d events", len(events))
		}
		for _, ev := range events {
			name := ev.Input.File.Name
			if ev.From.Channel != telegram.Name || ev.From.Chat == "" || strings.ContainsAny(name, "/\\\u202e\x00\n") || len([]rune(name)) > 100 {
				t.Errorf("%+v", ev)
			}
			if _, err := json.Marshal(ev); err != nil {
				t.Errorf("it cannot be kept: %v", err)
			}
		}
	})
}
