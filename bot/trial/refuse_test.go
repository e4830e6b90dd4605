package trial_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	buttons := func(b params) params {
		return params{"chat_id": an, "text": "x", "reply_markup": inline(b)}
	}
	html := func(text string) params { return params{"chat_id": an, "text": text, "parse_mode": "HTML"} }
	many := func(n int) [][]params {
		var rows [][]params
		for i := range n {
			rows = append(rows, []params{{"text": fmt.Sprint(i), "callback_data": "x"}})
		}
		return rows
	}
	for _, test := range []struct {
		name, method string
		params       params
		code         int
		text         string
	}{
		{"unknown method", "sendMesage", nil, 404, "Not Found"},
		{"method not built", "sendPoll", nil, 501, "not supported by the trial server"},
		{"unknown parameter", "sendMessage", params{"chat_id": an, "text": "x", "parsemode": "HTML"}, 400, `unknown parameter "parsemode"`},
		{"unknown field of a button", "sendMessage", buttons(params{"text": "a", "callback_dta": "b"}), 400, `unknown field "callback_dta"`},
		{"parameter without effect here", "sendMessage", params{"chat_id": an, "text": "x", "message_thread_id": 3}, 501, "message_thread_id"},
		{"wrong type", "getUpdates", params{"limit": "many"}, 400, `field "limit" must be of type Integer`},
		{"wrong nested type", "setMyCommands", params{"commands": []params{{"command": 1, "description": "x"}}}, 400, `field "command" must be of type String`},
		{"missing field", "setMyCommands", params{"commands": []params{{"command": "a"}}}, 400, `can't find field "description"`},
		{"missing parameter", "setMyCommands", params{}, 400, `parameter "commands" is required`},
		{"no chat", "sendMessage", params{"text": "x"}, 400, "chat_id is empty"},
		{"unknown chat", "sendMessage", params{"chat_id": 999, "text": "x"}, 400, "Bad Request: chat not found"},
		{"chat that never started", "sendMessage", params{"chat_id": stranger, "text": "x"}, 400, "chat not found"},
		{"no text", "sendMessage", params{"chat_id": an}, 400, "message text is empty"},
		{"blank text", "sendMessage", params{"chat_id": an, "text": " \n "}, 400, "message text is empty"},
		{"only tags", "sendMessage", html("<b> </b>"), 400, "message text is empty"},
		{"text too long", "sendMessage", params{"chat_id": an, "text": strings.Repeat("a", 4097)}, 400, "message is too long"},
		{"text too long in UTF-16", "sendMessage", params{"chat_id": an, "text": strings.Repeat("😀", 2049)}, 400, "message is too long"},
		{"bad HTML", "sendMessage", html("a<br>b"), 400, `can't parse entities: Unsupported start tag "br" at byte offset 1`},
		{"unknown parse mode", "sendMessage", params{"chat_id": an, "text": "x", "parse_mode": "BBCode"}, 400, "unsupported parse_mode"},
		{"markdown", "sendMessage", params{"chat_id": an, "text": "x", "parse_mode": "MarkdownV2"}, 501, "parse_mode markdownv2"},
		{"entity outside", "sendMessage", params{"chat_id": an, "text": "x", "entities": []params{{"type": "bold", "offset": 0, "length": 2}}}, 400, "out of the text"},
		{"callback_data over 64 bytes", "sendMessage", buttons(params{"text": "a", "callback_data": strings.Repeat("đ", 33)}), 400, "BUTTON_DATA_INVALID"},
		{"empty callback_data", "sendMessage", buttons(params{"text": "a", "callback_data": ""}), 400, "BUTTON_DATA_INVALID"},
		{"null keyboard", "sendMessage", params{"chat_id": an, "text": "x", "reply_markup": params{"inline_keyboard": nil}}, 400, `field "inline_keyboard" must be of type Array`},
		{"button without an action", "sendMessage", buttons(params{"text": "a"}), 400, "Text buttons are unallowed in the inline keyboard"},
		{"button with two actions", "sendMessage", buttons(params{"text": "a", "callback_data": "x", "url": "https://example.org"}), 400, "exactly one action"},
		{"button without a label", "sendMessage", buttons(params{"text": "", "callback_data": "x"}), 400, "Text of the button is empty"},
		{"button with a bad link", "sendMessage", buttons(params{"text": "a", "url": "http://localhost"}), 400, "Wrong HTTP URL"},
		{"button with a bad style", "sendMessage", buttons(params{"text": "a", "callback_data": "x", "style": "pink"}), 400, "invalid button style"},
		{"copy text too long", "sendMessage", buttons(params{"text": "a", "copy_text": params{"text": strings.Repeat("a", 257)}}), 400, "BUTTON_COPY_TEXT_INVALID"},
		{"too many buttons", "sendMessage", params{"chat_id": an, "text": "x", "reply_markup": params{"inline_keyboard": many(101)}}, 400, "reply markup is too long"},
		{"markup that is no object", "sendMessage", params{"chat_id": an, "text": "x", "reply_markup": "{"}, 400, "object expected as reply markup"},
		{"keyboard without buttons", "sendMessage", params{"chat_id": an, "text": "x", "reply_markup": params{"keyboard": [][]string{}}}, 400, "reply markup is too long"},
		{"placeholder too long", "sendMessage", params{"chat_id": an, "text": "x", "reply_markup": params{"force_reply": true, "input_field_placeholder": strings.Repeat("a", 65)}}, 400, "placeholder is too long"},
		{"reply to nothing", "sendMessage", params{"chat_id": an, "text": "x", "reply_parameters": params{"message_id": 77}}, 400, "message to be replied not found"},
		{"edit of nothing", "editMessageText", params{"chat_id": an, "message_id": 77, "text": "x"}, 400, "message to edit not found"},
		{"edit without a message", "editMessageText", params{"chat_id": an, "text": "x"}, 400, "message identifier is not specified"},
		{"delete of nothing", "deleteMessage", params{"chat_id": an, "message_id": 77}, 400, "message to delete not found"},
		{"delete of too many", "deleteMessages", params{"chat_id": an, "message_ids": make([]int, 101)}, 400, "too many message identifiers"},
		{"unknown callback", "answerCallbackQuery", params{"callback_query_id": "1"}, 400, "query is too old and response timeout expired or query ID is invalid"},
		{"toast too long", "answerCallbackQuery", params{"callback_query_id": "1", "text": strings.Repeat("a", 201)}, 400, "MESSAGE_TOO_LONG"},
		{"no photo", "sendPhoto", params{"chat_id": an}, 400, "there is no photo in the request"},
		{"unknown file", "sendPhoto", params{"chat_id": an, "photo": "AgAC"}, 400, "wrong file identifier/HTTP URL specified"},
		{"file by link", "sendPhoto", params{"chat_id": an, "photo": "https://example.org/a.png"}, 501, "HTTP URL"},
		{"empty album", "sendMediaGroup", params{"chat_id": an, "media": []params{}}, 400, "there are no messages to send"},
		{"album of a type that is none", "sendMediaGroup", params{"chat_id": an, "media": []params{{"type": "gif", "media": "x"}, {"type": "gif", "media": "x"}}}, 501, "an album of type gif"},
		{"unknown file to get", "getFile", params{"file_id": "AgAC"}, 400, "wrong file_id or the file is temporarily unavailable"},
		{"unknown action", "sendChatAction", params{"chat_id": an, "action": "thinking"}, 400, "wrong parameter action in request"},
		{"bad command", "setMyCommands", params{"commands": []params{{"command": "Đăng", "description": "x"}}}, 400, "BOT_COMMAND_INVALID"},
		{"bad command text", "setMyCommands", params{"commands": []params{{"command": "a", "description": ""}}}, 400, "BOT_COMMAND_DESCRIPTION_INVALID"},
		{"bad language", "setMyCommands", params{"commands": []params{}, "language_code": "vie"}, 400, "invalid language code"},
		{"bad scope", "setMyCommands", params{"commands": []params{}, "scope": params{"type": "everybody"}}, 400, "type everybody is unsupported"},
		{"scope of an unknown chat", "setMyCommands", params{"commands": []params{}, "scope": params{"type": "chat", "chat_id": 999}}, 400, "chat not found"},
		{"description too long", "setMyDescription", params{"description": strings.Repeat("a", 513)}, 400, "too long"},
		{"place off the map", "sendLocation", params{"chat_id": an, "latitude": 91, "longitude": 0}, 400, "location is invalid"},
		{"webhook without TLS", "setWebhook", params{"url": "http://example.org"}, 400, "An HTTPS URL must be provided for webhook"},
		{"webhook on an odd port", "setWebhook", params{"url": "https://example.org:1234"}, 400, "ports 80, 88, 443 or 8443"},
		{"webhook with a bad secret", "setWebhook", params{"url": "https://example.org", "secret_token": "a b"}, 400, "secret token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.refused(w.call(test.method, test.params), test.code, test.text)
		})
	}
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(an, strings.Repeat("a", 4096))
	w.say(an, "<b>"+strings.Repeat("đ", 4096)+"</b>", params{"parse_mode": "html"})
	w.say(an, "x", params{"reply_markup": inline(params{"text": "a", "callback_data": strings.Repeat("a", 64), "style": "success"})})
	w.say(an, "x", params{"reply_markup": params{"inline_keyboard": [][]string{}}})
	w.say(an, "x", params{"reply_parameters": params{"message_id": 77, "allow_sending_without_reply": true}})
	w.say(an, "x", params{"entities": nil, "reply_markup": nil})
	w.say(an, "x", params{"reply_markup": params{"keyboard": [][]string{{"Một"}, {"Hai"}}}})
	if r := w.send("SENDMESSAGE", "application/x-www-form-urlencoded", []byte("chat_id=101&text=a%20b&entities=null&disable_notification=true")); !r.OK {
		t.Errorf("form body and another case: %s", r.Description)
	}
	if r := w.upload("sendMessage", map[string]string{"chat_id": "101", "text": "x"}, nil); !r.OK {
		t.Errorf("multipart body: %s", r.Description)
	}
	if r := w.send("sendMessage?chat_id=101&text=x", "", nil); !r.OK {
		t.Errorf("query: %s", r.Description)
	}
}

func TestEditRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := params{"reply_markup": inline(params{"text": "a", "callback_data": "a"})}
	text := w.say(an, "<b>Một</b> hai", params{"parse_mode": "HTML"}, keys)
	own, err := w.Say(an, "của tôi")
	if err != nil {
		t.Fatal(err)
	}
	same := params{"chat_id": an, "message_id": text, "text": " <b>Một</b> hai", "parse_mode": "HTML", "reply_markup": keys["reply_markup"]}
	w.refused(w.call("editMessageText", same), 400, "message is not modified: specified new message content and reply markup are exactly the same")
	w.refused(w.call("editMessageReplyMarkup", params{"chat_id": an, "message_id": text, "reply_markup": keys["reply_markup"]}), 400, "message is not modified")
	w.refused(w.call("editMessageText", params{"chat_id": an, "message_id": own, "text": "x"}), 400, "message can't be edited")
	w.refused(w.call("editMessageCaption", params{"chat_id": an, "message_id": text, "caption": "x"}), 400, "there is no caption in the message to edit")
	w.refused(w.call("editMessageText", params{"chat_id": an, "message_id": text, "text": "x", "reply_markup": params{"remove_keyboard": true}}), 400, "unknown field \"remove_keyboard\"")

	delete(same, "reply_markup")
	w.must("editMessageText", same, nil)
	v, err := w.Chat(an)
	if err != nil {
		t.Fatal(err)
	}
	if m := v.Messages[0]; m.Markup != nil || m.EditDate == 0 || m.Edited {
		t.Errorf("an edit that only takes the buttons away: %+v", m)
	}
	w.must("editMessageText", params{"chat_id": an, "message_id": text, "text": "khác"}, nil)
	if v, _ = w.Chat(an); !v.Messages[0].Edited {
		t.Error("an edit of the text shows no mark")
	}
}

func TestDeleteIsForTwoDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old, kept := w.say(an, "cũ"), w.say(an, "mới")
	w.must("deleteMessage", params{"chat_id": an, "message_id": kept}, nil)
	w.refused(w.call("deleteMessage", params{"chat_id": an, "message_id": kept}), 400, "message to delete not found")
	w.pass(48 * time.Hour)
	w.refused(w.call("deleteMessage", params{"chat_id": an, "message_id": old}), 400, "message can't be deleted")
	w.refused(w.call("deleteMessages", params{"chat_id": an, "message_ids": []int{old}}), 400, "message can't be deleted")
}

func TestToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *trial.Config) { c.Token = "7:other" })
	w.refused(w.call("getMe", nil), 401, "Unauthorized")
	for path, want := range map[string]int{"/bot7:other/getMe": 200, "/botnonsense/getMe": 404, "/bot7:other": 404, "/file/bot7:wrong/x": 404} {
		answer, err := http.Get(w.http.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		mustClose(t, answer.Body)
		if answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, answer.StatusCode, want)
		}
	}
}

// picture is a PNG of one colour.
func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFileRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	to := map[string]string{"chat_id": "101"}
	big := append(picture(t, 10, 10), make([]byte, 10<<20)...)
	for _, test := range []struct {
		name, method, part string
		content            []byte
		code               int
		text               string
	}{
		{"photo over 10 MiB", "sendPhoto", "photo", big, 400, "is too big for a photo; the maximum size is 10485760 bytes"},
		{"photo that is none", "sendPhoto", "photo", []byte("no picture"), 400, "IMAGE_PROCESS_FAILED"},
		{"photo too long", "sendPhoto", "photo", picture(t, 210, 10), 400, "PHOTO_INVALID_DIMENSIONS"},
		{"photo too wide and high", "sendPhoto", "photo", []byte("GIF89a\x70\x17\xa1\x0f\x00\x00\x00"), 400, "PHOTO_INVALID_DIMENSIONS"},
		{"empty file", "sendDocument", "document", nil, 400, "file must be non-empty"},
		{"document over 50 MiB", "sendDocument", "document", make([]byte, 50<<20+1), 413, "Request Entity Too Large"},
		{"far too much", "sendDocument", "document", make([]byte, 52<<20), 413, "Request Entity Too Large"},
		{"file of no parameter", "sendDocument", "paper", []byte("x"), 400, `unknown file "paper"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			w.refused(w.upload(test.method, to, map[string][]byte{test.part: test.content}), test.code, test.text)
		})
	}
	t.Run("caption too long", func(t *testing.T) {
		values := map[string]string{"chat_id": "101", "caption": strings.Repeat("đ", 1025)}
		w.refused(w.upload("sendPhoto", values, map[string][]byte{"photo": picture(t, 10, 10)}), 400, "message caption is too long")
	})
	t.Run("albums", func(t *testing.T) {
		album := func(media string) reply {
			return w.upload("sendMediaGroup", map[string]string{"chat_id": "101", "media": media}, map[string][]byte{"a": picture(t, 10, 10)})
		}
		one := `{"type":"photo","media":"attach://a"}`
		w.refused(album("["+one+"]"), 400, "2-10 items")
		w.refused(album("["+strings.Repeat(one+",", 10)+one+"]"), 400, "too many messages to send as an album")
		w.refused(album("["+one+`,{"type":"document","media":"attach://a"}]`), 400, "document can't be mixed with other media types")
		w.refused(album("["+one+`,{"type":"photo","media":"attach://b"}]`), 400, "media not found")
	})
}
