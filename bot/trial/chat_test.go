package trial_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/trial"
)

func view(t *testing.T, w *world, person int64) trial.View {
	t.Helper()
	v, err := w.Chat(person)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTaps(t *testing.T) {
	t.Parallel()
	t.Run("answered once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, query := w.tap()
		w.must("answerCallbackQuery", params{"callback_query_id": query, "text": "Đã lưu", "show_alert": true}, nil)
		got, err := w.WaitAnswer(soon(t), query)
		if err != nil || got != (trial.Answer{Text: "Đã lưu", Alert: true}) {
			t.Errorf("got %+v, %v", got, err)
		}
		w.refused(w.call("answerCallbackQuery", params{"callback_query_id": query}), 400, "query is too old")
	})
	t.Run("answered too late", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, query := w.tap()
		w.pass(16 * time.Second)
		w.refused(w.call("answerCallbackQuery", params{"callback_query_id": query}), 400, "query is too old and response timeout expired or query ID is invalid")
	})
	t.Run("another tap is another query", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		m, first := w.tap()
		second, err := w.PressAt(an, m, 0, 0)
		if err != nil || first == second {
			t.Errorf("queries %q and %q, %v", first, second, err)
		}
		if _, err := w.Press(an, m, "Khác"); err == nil {
			t.Error("a button that is not there was pressed")
		}
	})
}

func TestKeyboards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(an, "Số?", params{"reply_markup": params{"keyboard": [][]params{{{"text": "Gửi số", "request_contact": true}}, {{"text": "Gửi chỗ", "request_location": true}, {"text": "Bỏ qua"}}}}})
	for _, label := range []string{"Gửi số", "Gửi chỗ", "Bỏ qua"} {
		if _, err := w.PressKey(an, label, trial.Location{Latitude: 10, Longitude: 105}); err != nil {
			t.Fatal(err)
		}
	}
	list := w.updates(0)
	if list[0].Message.Contact == nil || list[1].Message.Location == nil || list[2].Message.Text != "Bỏ qua" {
		t.Errorf("got %+v", list)
	}
	w.say(an, "Tên?", params{"reply_markup": params{"force_reply": true, "input_field_placeholder": "Tên mô hình"}})
	if v := view(t, w, an); v.Asked == nil || v.Asked.Placeholder != "Tên mô hình" || v.Keyboard == nil {
		t.Errorf("a forced reply: %+v", v.Asked)
	}
	w.say(an, "Xong", params{"reply_markup": params{"remove_keyboard": true}})
	if v := view(t, w, an); v.Keyboard != nil || v.Asked != nil {
		t.Error("the keyboard stays")
	}
	if _, err := w.PressKey(an, "Bỏ qua", trial.Location{}); err == nil {
		t.Error("a key that is gone was pressed")
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bytesOf := map[string][]byte{"document": []byte("báo cáo")}
	r := w.upload("sendDocument", map[string]string{"chat_id": "101", "caption": "<b>Kỳ</b> /bao_cao", "parse_mode": "HTML"}, bytesOf)
	var m trial.Message
	if err := json.Unmarshal(r.Result, &m); err != nil || !r.OK {
		t.Fatalf("%s %v", r.Description, err)
	}
	if len(m.CaptionEntities) != 2 || m.Document.FileSize != len(bytesOf["document"]) {
		t.Errorf("got %+v", m)
	}
	var f struct {
		Path string `json:"file_path"`
	}
	w.must("getFile", params{"file_id": m.Document.FileID}, &f)
	answer, err := http.Get(w.http.URL + "/file/bot7:t/" + f.Path)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := io.ReadAll(answer.Body)
	mustClose(t, answer.Body)
	if !bytes.Equal(got, bytesOf["document"]) {
		t.Errorf("downloaded %q", got)
	}
	w.must("sendDocument", params{"chat_id": binh, "document": m.Document.FileID}, nil)
	w.refused(w.call("sendPhoto", params{"chat_id": binh, "photo": m.Document.FileID}), 400, "can't use file of type Document as Photo")
	w.refused(w.call("getFile", params{"file_id": m.Document.FileUniqueID}), 400, "wrong file_id")

	if _, err := w.SendDocument(an, trial.File{Name: "to.zip", Data: make([]byte, 20<<20+1)}, ""); err != nil {
		t.Fatal(err)
	}
	w.refused(w.call("getFile", params{"file_id": view(t, w, an).Last().Document.FileID}), 400, "file is too big")
}

func TestAlbumOfTheBot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	media := `[{"type":"photo","media":"attach://a","caption":"<i>Một</i>","parse_mode":"HTML"},{"type":"photo","media":"attach://b"}]`
	r := w.upload("sendMediaGroup", map[string]string{"chat_id": "101", "media": media}, map[string][]byte{"a": sample(t, 1), "b": sample(t, 3)})
	if !r.OK {
		t.Fatal(r.Description)
	}
	v := view(t, w, an)
	a, b := v.Messages[0], v.Messages[1]
	if a.MediaGroupID == "" || a.MediaGroupID != b.MediaGroupID || a.Caption != "Một" || a.CaptionEntities[0].Type != "italic" {
		t.Errorf("got %+v %+v", a, b)
	}
}

func TestCopyForwardReactPin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.say(an, "gốc", params{"reply_markup": inline(params{"text": "a", "callback_data": "a"})})
	secret := w.say(an, "kín", params{"protect_content": true})
	w.must("copyMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": first}, nil)
	w.must("forwardMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": first}, nil)
	w.refused(w.call("copyMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": secret}), 400, "message can't be copied")
	w.refused(w.call("forwardMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": 99}), 400, "message to forward not found")
	v := view(t, w, binh)
	if v.Messages[0].ForwardOrigin != nil || v.Messages[1].ForwardOrigin == nil || v.Messages[0].Markup != nil || v.Messages[0].ID != 1 {
		t.Errorf("got %+v", v.Messages)
	}
	w.must("setMessageReaction", params{"chat_id": an, "message_id": first, "reaction": []params{{"type": "emoji", "emoji": "👍"}}}, nil)
	w.refused(w.call("setMessageReaction", params{"chat_id": an, "message_id": first, "reaction": []params{{"type": "emoji", "emoji": "🌾"}}}), 400, "REACTION_INVALID")
	w.must("pinChatMessage", params{"chat_id": an, "message_id": first}, nil)
	v = view(t, w, an)
	if diff := cmp.Diff([]string{"👍"}, v.Messages[0].Reactions); diff != "" || len(v.Pinned) != 1 {
		t.Errorf("reactions %s, pins %v", diff, v.Pinned)
	}
	w.must("unpinChatMessage", params{"chat_id": an}, nil)
	if v = view(t, w, an); len(v.Pinned) != 0 {
		t.Errorf("pins %v", v.Pinned)
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("sendChatAction", params{"chat_id": an, "action": "typing"}, nil)
	if got := view(t, w, an).Action; got != "typing" {
		t.Errorf("action %q", got)
	}
	w.pass(6 * time.Second)
	if got := view(t, w, an).Action; got != "" {
		t.Errorf("after six seconds: %q", got)
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	set := func(name string, more params) {
		t.Helper()
		p := params{"commands": []params{{"command": name, "description": "x"}}}
		for k, v := range more {
			p[k] = v
		}
		w.must("setMyCommands", p, nil)
	}
	menu := func(person int) string {
		t.Helper()
		var state struct {
			People []struct {
				ID       int
				Commands []trial.Command
			}
		}
		answer, err := http.Get(w.http.URL + "/api/state")
		if err != nil {
			t.Fatal(err)
		}
		defer mustClose(t, answer.Body)
		if err := json.NewDecoder(answer.Body).Decode(&state); err != nil {
			t.Fatal(err)
		}
		for _, p := range state.People {
			if p.ID == person && len(p.Commands) > 0 {
				return p.Commands[0].Command
			}
		}
		return ""
	}
	steps := []struct {
		name     string
		more     params
		an, binh string
	}{
		{"plain", nil, "plain", "plain"},
		{"vi", params{"language_code": "vi"}, "vi", "plain"},
		{"private", params{"scope": params{"type": "all_private_chats"}}, "private", "private"},
		{"private_en", params{"scope": params{"type": "all_private_chats"}, "language_code": "en"}, "private", "private_en"},
		{"chat", params{"scope": params{"type": "chat", "chat_id": an}}, "chat", "private_en"},
	}
	for _, step := range steps {
		set(step.name, step.more)
		if a, b := menu(an), menu(binh); a != step.an || b != step.binh {
			t.Errorf("after %s: %q and %q", step.name, a, b)
		}
	}
	w.must("deleteMyCommands", params{"scope": params{"type": "chat", "chat_id": an}}, nil)
	if got := menu(an); got != "private" {
		t.Errorf("after the chat's own list is gone: %q", got)
	}
	var list []trial.Command
	w.must("getMyCommands", params{"language_code": "en"}, &list)
	if len(list) != 0 {
		t.Errorf("getMyCommands falls back: %v", list)
	}
	w.must("setMyDescription", params{"description": "Ghi việc hay", "language_code": "vi"}, nil)
	var got struct{ Description string }
	w.must("getMyDescription", params{"language_code": "vi"}, &got)
	if got.Description != "Ghi việc hay" {
		t.Errorf("description %q", got.Description)
	}
}

func TestLongTextsComeInPieces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	say(t, w, an, strings.Repeat("😀", 2049))
	list := w.updates(0)
	if len(list) != 2 || list[0].Message.Text != strings.Repeat("😀", 2048) || list[1].Message.Text != "😀" {
		t.Errorf("%d messages", len(list))
	}
}

func TestStartMakesTheChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.Start(stranger, "LOI_MOI"); err != nil {
		t.Fatal(err)
	}
	if got := texts(w.updates(0)); got != "/start LOI_MOI" {
		t.Errorf("got %q", got)
	}
	w.say(stranger, "Chào")
}

func TestIDsGoOnFromEarlierOnes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *trial.Config) { c.Earlier = 5000 })
	if first, err := w.Say(an, "Một"); err != nil || first != 5001 {
		t.Errorf("the first message is %d (%v), want 5001", first, err)
	}
	second := w.say(an, "Hai")
	w.must("editMessageText", params{"chat_id": an, "message_id": second, "text": "Hai, sửa"}, nil)
	if m, err := w.Next(t.Context(), an, 5001); err != nil || m.ID != 5002 || m.Text != "Hai, sửa" {
		t.Errorf("the second message: %+v (%v)", m, err)
	}
	w.must("deleteMessage", params{"chat_id": an, "message_id": second}, nil)
	if v := view(t, w, an); len(v.Messages) != 1 {
		t.Errorf("%d messages are left, want 1", len(v.Messages))
	}
	if update := w.SendUpdate("poll", json.RawMessage(`{}`)); update <= 800_005_000 {
		t.Errorf("update %d is an earlier one's", update)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	go func() { _, _ = w.Say(an, "một"); _, _ = w.Say(an, "hai") }()
	v, err := w.Wait(soon(t), an, func(v trial.View) bool {
		_, err := w.Chat(an) // a condition may ask the server
		return err == nil && v.Last().Text == "hai"
	})
	if err != nil || len(v.Messages) != 2 {
		t.Errorf("got %+v, %v", v, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Next(ctx, an, 0); err == nil {
		t.Error("the bot said nothing, and yet there was a message")
	}
}
