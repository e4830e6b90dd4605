package telegram_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

// told writes a call as one line: its method and its parameters in order.
func told(c call) string {
	var b strings.Builder
	b.WriteString(c.method)
	for _, name := range slices.Sorted(maps.Keys(c.params)) {
		fmt.Fprintf(&b, " %s=%s", name, c.params.Get(name))
	}
	return b.String()
}

func TestDeliver(t *testing.T) {
	t.Parallel()
	const usual = ` link_preview_options={"is_disabled":true} parse_mode=HTML`
	photo := func(n int) store.Evidence { return store.Evidence{ID: fmt.Sprint("p", n), Kind: store.Photo} }
	for _, tt := range []struct {
		name   string
		m      store.Message
		on     string
		words  bool
		remote string
		want   []string
	}{
		{"a text", store.Message{Kind: store.Send, Text: "<b>Chào</b>"}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + " text=<b>Chào</b>"}},
		{"words alone", store.Message{Kind: store.Send, Text: "<b>1 &lt; 2</b>"}, "", true, "101",
			[]string{`sendMessage chat_id=42 link_preview_options={"is_disabled":true} text=1 < 2`}},
		{"a text that may not be forwarded", store.Message{Kind: store.Send, Text: "x", Protect: true}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + " protect_content=true text=x"}},
		{"buttons", store.Message{Kind: store.Send, Text: "x", Buttons: [][]store.Button{
			{{Text: "Gửi", Data: "d.1.ok", Style: store.Success}, {Text: "Huỷ", Data: "d.1.no", Style: store.Danger}},
			{{Text: "Lùi", Data: "d.1.back"}},
		}}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + ` reply_markup={"inline_keyboard":[[` +
				`{"text":"Gửi","callback_data":"d.1.ok","style":"success"},{"text":"Huỷ","callback_data":"d.1.no","style":"danger"}],` +
				`[{"text":"Lùi","callback_data":"d.1.back"}]]} text=x`}},
		{"a keyboard", store.Message{Kind: store.Send, Text: "x", Keyboard: &store.Keyboard{
			Persistent: true, Once: true, Hint: "Số điện thoại",
			Rows: [][]store.Key{{{Text: "Gửi số", Request: "contact"}, {Text: "Vị trí", Request: "location"}}, {{Text: "Thôi"}}},
		}}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + ` reply_markup={"keyboard":[[{"text":"Gửi số","request_contact":true},` +
				`{"text":"Vị trí","request_location":true}],[{"text":"Thôi"}]],"is_persistent":true,"resize_keyboard":true,` +
				`"one_time_keyboard":true,"input_field_placeholder":"Số điện thoại"} text=x`}},
		{"no keyboard any more", store.Message{Kind: store.Send, Text: "x", Keyboard: &store.Keyboard{}}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + ` reply_markup={"remove_keyboard":true} text=x`}},
		{"an edit takes the buttons away", store.Message{Kind: store.Edit, Text: "x", Protect: true}, "9", false, "9",
			[]string{"editMessageText chat_id=42" + strings.Replace(usual, " parse_mode", " message_id=9 parse_mode", 1) +
				` reply_markup={"inline_keyboard":[]} text=x`}},
		{"an edit of the buttons only", store.Message{Kind: store.Edit}, "9", false, "9",
			[]string{`editMessageReplyMarkup chat_id=42 message_id=9 reply_markup={"inline_keyboard":[]}`}},
		{"a reaction", store.Message{Kind: store.React, Text: "👍"}, "9", false, "",
			[]string{`setMessageReaction chat_id=42 message_id=9 reaction=[{"type":"emoji","emoji":"👍"}]`}},
		{"busy", store.Message{Kind: store.Busy}, "", false, "",
			[]string{"sendChatAction action=upload_document chat_id=42"}},
		{"commands", store.Message{Kind: store.Commands, Commands: []store.Command{{Name: "moi", Text: "Đăng ký"}}}, "", false, "",
			[]string{`setMyCommands commands=[{"command":"moi","description":"Đăng ký"}] scope={"type":"chat","chat_id":42}`}},
		{"no commands", store.Message{Kind: store.Commands}, "", false, "",
			[]string{`deleteMyCommands scope={"type":"chat","chat_id":42}`}},
		{"one photo", store.Message{Kind: store.Show, Protect: true, Evidence: []store.Evidence{
			{ID: "p1", Kind: store.Photo, Caption: "a < b"},
		}}, "", false, "101",
			[]string{"sendChatAction action=upload_photo chat_id=42", "sendPhoto caption=a < b chat_id=42 photo=p1 protect_content=true"}},
		{"an album, then the text", store.Message{Kind: store.Show, Text: "2 ảnh", Evidence: []store.Evidence{
			photo(1), {ID: "p2", Kind: store.Photo, Caption: "hai"},
		}}, "", false, "101",
			[]string{"sendChatAction action=upload_photo chat_id=42",
				`sendMediaGroup chat_id=42 media=[{"type":"photo","media":"p1"},{"type":"photo","media":"p2","caption":"hai"}]`,
				"sendMessage chat_id=42" + usual + " text=2 ảnh"}},
		{"kinds apart", store.Message{Kind: store.Show, Evidence: []store.Evidence{
			{ID: "d1", Kind: store.Document}, {ID: "d2", Kind: store.Document}, {ID: "v1", Kind: store.Video}, photo(1),
		}}, "", false, "210",
			[]string{"sendChatAction action=upload_document chat_id=42",
				`sendMediaGroup chat_id=42 media=[{"type":"document","media":"d1"},{"type":"document","media":"d2"}]`,
				"sendVideo chat_id=42 video=v1", "sendPhoto chat_id=42 photo=p1"}},
		{"a long caption follows", store.Message{Kind: store.Show, Evidence: []store.Evidence{
			{ID: "p1", Kind: store.Photo, Caption: strings.Repeat("<", 1025)},
		}}, "", false, "101",
			[]string{"sendChatAction action=upload_photo chat_id=42", "sendPhoto chat_id=42 photo=p1",
				"sendMessage chat_id=42" + usual + " text=" + strings.Repeat("&lt;", 1025)}},
		{"nothing to show", store.Message{Kind: store.Show, Text: "x"}, "", false, "101",
			[]string{"sendMessage chat_id=42" + usual + " text=x"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				tt.m.To = store.Address{Channel: telegram.Name, Chat: "42"}
				remote, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(),
					outbox.Delivery{Message: tt.m, On: tt.on, Unformatted: tt.words})
				if err != nil || remote != tt.remote {
					t.Errorf("%q, %v; want %q", remote, err, tt.remote)
				}
				var got []string
				for _, c := range s.calls {
					got = append(got, told(c))
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestElevenPhotos(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStub(t)
		d := send("")
		d.Kind = store.Show
		for i := range 21 {
			d.Evidence = append(d.Evidence, store.Evidence{ID: fmt.Sprint(i), Kind: store.Photo})
		}
		if _, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if g, one := len(s.sent("sendMediaGroup")), len(s.sent("sendPhoto")); g != 2 || one != 1 {
			t.Errorf("%d albums and %d photos, want 2 and 1", g, one)
		}
	})
}

func TestRefusedEvidenceKeepsNothingBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStub(t)
		bad := refuse(400, "Bad Request: wrong file identifier/HTTP URL specified")
		s.failWith(func(c call) *reply {
			if c.method == "sendMediaGroup" || c.params.Get("photo") == "bad" {
				return bad
			}
			return nil
		})
		d := send("")
		d.Kind = store.Show
		d.Evidence = []store.Evidence{{ID: "bad", Kind: store.Photo}, {ID: "good", Kind: store.Photo}}
		channel := telegram.NewChannel(s.client, quiet(t))
		if remote, err := channel.Deliver(t.Context(), d); err != nil || remote != "102" {
			t.Errorf("%q, %v", remote, err)
		}
		d.Evidence = d.Evidence[:1]
		_, err := channel.Deliver(t.Context(), d)
		failed(t, err, outbox.Failure{})
		s.failWith(func(c call) *reply { return refuse(500, "Internal Server Error") })
		_, err = channel.Deliver(t.Context(), d)
		failed(t, err, outbox.Failure{Retry: true})
	})
}

func TestRefusedButtons(t *testing.T) {
	t.Parallel()
	coloured := send("x")
	coloured.Buttons = [][]store.Button{{{Text: "Gửi", Data: "x", Style: store.Success}}}
	t.Run("lose their colours, from then on", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(c call) *reply {
				if strings.Contains(c.params.Get("reply_markup"), "style") {
					return refuse(400, `Bad Request: can't parse inline keyboard button: Field "style" is not known`)
				}
				return nil
			})
			channel := telegram.NewChannel(s.client, quiet(t))
			for range 2 {
				if _, err := channel.Deliver(t.Context(), coloured); err != nil {
					t.Error(err)
				}
			}
			if n := len(s.sent("sendMessage")); n != 3 {
				t.Errorf("%d calls for two messages, want 3", n)
			}
		})
	})
	t.Run("are left out when they are wrong", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(c call) *reply {
				if strings.Contains(c.params.Get("reply_markup"), "Gửi") {
					return refuse(400, "Bad Request: BUTTON_DATA_INVALID")
				}
				return nil
			})
			channel := telegram.NewChannel(s.client, quiet(t))
			if _, err := channel.Deliver(t.Context(), coloured); err != nil {
				t.Error(err)
			}
			edit := coloured
			edit.Kind, edit.On = store.Edit, "9"
			if _, err := channel.Deliver(t.Context(), edit); err != nil {
				t.Error(err)
			}
			var got []string
			for _, c := range s.calls {
				got = append(got, c.method+" "+c.params.Get("reply_markup"))
			}
			const full, plain = `{"inline_keyboard":[[{"text":"Gửi","callback_data":"x","style":"success"}]]}`,
				`{"inline_keyboard":[[{"text":"Gửi","callback_data":"x"}]]}`
			want := []string{
				"sendMessage " + full, "sendMessage " + plain, "sendMessage ",
				"editMessageText " + full, "editMessageText " + plain, `editMessageText {"inline_keyboard":[]}`,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	})
}
