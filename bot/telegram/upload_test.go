package telegram_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

// TestMadeFiles sends what was made: a workbook as a file, a picture as one that
// is shown, unless it is too large for that.
func TestMadeFiles(t *testing.T) {
	t.Parallel()
	const title = "Phong trào Dân vận khéo – Tỉnh An Giang.xlsx" // arrives as it is
	dark := [][]store.Button{{{Text: "Nền tối", Data: "b.1.1.png::dark"}}}
	const markup = ` reply_markup={"inline_keyboard":[[{"text":"Nền tối","callback_data":"b.1.1.png::dark"}]]}`
	for _, tt := range []struct {
		name    string
		kind    store.MakeKind
		size    int
		buttons [][]store.Button
		want    []string // calls, then the file
	}{
		{"a workbook", store.Workbook, 5, nil, []string{
			"sendChatAction action=upload_document chat_id=42", "sendDocument caption=<b>Kỳ</b> chat_id=42 document=" + title + " parse_mode=HTML", title + ":5"}},
		{"a picture with a button", store.Chart, 5, dark, []string{
			"sendChatAction action=upload_photo chat_id=42", "sendPhoto caption=<b>Kỳ</b> chat_id=42 parse_mode=HTML photo=" + title + markup, title + ":5"}},
		{"a picture that is too large to be shown", store.Chart, 10<<20 + 1, nil, []string{
			"sendChatAction action=upload_document chat_id=42", "sendDocument caption=<b>Kỳ</b> chat_id=42 document=" + title + " parse_mode=HTML", title + ":10485761"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				remote, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), outbox.Delivery{
					Message: store.Message{Kind: store.File, To: store.Address{Channel: telegram.Name, Chat: "42"}, Text: "<b>Kỳ</b>", Buttons: tt.buttons,
						Make: &store.Make{Kind: tt.kind}},
					Content: bytes.Repeat([]byte{'x'}, tt.size), Name: title,
				})
				if err != nil || remote == "" {
					t.Fatalf("%q, %v", remote, err)
				}
				var got []string
				for _, c := range s.calls {
					got = append(got, told(c))
				}
				name, content, _ := strings.Cut(s.calls[len(s.calls)-1].file, ":")
				got = append(got, name+":"+strconv.Itoa(len(content)))
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestUnsendableFiles gives up a file that is empty or larger than the Bot API
// takes, without a call.
func TestUnsendableFiles(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 50<<20 + 1} {
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			_, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), outbox.Delivery{
				Message: store.Message{Kind: store.File, To: store.Address{Channel: telegram.Name, Chat: "42"}, Make: &store.Make{Kind: store.Workbook}},
				Content: make([]byte, size), Name: "a.xlsx",
			})
			if err == nil || len(s.calls) != 0 {
				t.Errorf("%d bytes: %v, %d calls", size, err, len(s.calls))
			}
		})
	}
}
