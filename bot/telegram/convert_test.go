package telegram_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
	"danvan/flows"
	"danvan/store"
)

// said is an update with a message of person 42.
func said(kind, content string) string {
	return `{"update_id":1,"` + kind + `":{"message_id":77,"date":1,"chat":{"id":42,"type":"private"},` +
		`"from":{"id":42,"is_bot":false,"first_name":"Nguyễn","last_name":"An","language_code":"vi"},` + content + `}}`
}

func TestConvert(t *testing.T) {
	t.Parallel()
	file := func(f store.Evidence) flows.Input {
		return flows.Input{Kind: flows.FileInput, Text: f.Caption, File: f, Message: "77"}
	}
	other := func(what string) flows.Input { return flows.Input{Kind: flows.OtherInput, What: what, Message: "77"} }
	for _, tt := range []struct {
		name, update string
		want         flows.Input
	}{
		{"text as typed", said("message", `"text":"  Hoà\u0300 & <b> "`),
			flows.Input{Kind: flows.TextInput, Text: "  Hoà\u0300 & <b> ", Message: "77"}},
		{"an edit", said("edited_message", `"text":"x","edit_date":2`),
			flows.Input{Kind: flows.TextInput, Text: "x", Message: "77", Edited: true}},
		{"a reply", said("message", `"text":"x","reply_to_message":{"message_id":70,"date":1,"chat":{"id":42,"type":"private"}}`),
			flows.Input{Kind: flows.TextInput, Text: "x", Message: "77", ReplyTo: "70"}},
		{"a photo in its best size", said("message", `"caption":"Ảnh","media_group_id":"9","photo":[`+
			`{"file_id":"s","file_unique_id":"us","width":90,"height":67,"file_size":1},`+
			`{"file_id":"l","file_unique_id":"ul","width":1280,"height":960,"file_size":5},`+
			`{"file_id":"m","file_unique_id":"um","width":320,"height":240,"file_size":3}]`),
			file(store.Evidence{ID: "l", UniqueID: "ul", Bot: "110201543", Kind: store.Photo, Size: 5, Caption: "Ảnh", Album: "9"})},
		{"a document", said("message", `"document":{"file_id":"d","file_unique_id":"u","file_name":"báo cáo.docx","file_size":9}`),
			file(store.Evidence{ID: "d", UniqueID: "u", Bot: "110201543", Kind: store.Document, Name: "báo cáo.docx", Size: 9})},
		{"a file as large as can be fetched", said("message", `"document":{"file_id":"d","file_unique_id":"u","file_size":20971520}`),
			file(store.Evidence{ID: "d", UniqueID: "u", Bot: "110201543", Kind: store.Document, Size: 20 << 20})},
		{"a larger one", said("message", `"video":{"file_id":"v","file_unique_id":"u","width":1,"height":1,"duration":1,"file_size":20971521}`),
			flows.Input{Kind: flows.FileInput, TooBig: true, Message: "77",
				File: store.Evidence{ID: "v", UniqueID: "u", Bot: "110201543", Kind: store.Video, Size: 20<<20 + 1}}},
		{"a recording", said("message", `"audio":{"file_id":"a","file_unique_id":"u","duration":1,"file_name":"a.mp3"}`),
			file(store.Evidence{ID: "a", UniqueID: "u", Bot: "110201543", Kind: store.Document, Name: "a.mp3"})},
		{"the own contact", said("message", `"contact":{"phone_number":"+84912345678","first_name":"An","user_id":42}`),
			flows.Input{Kind: flows.ContactInput, Phone: "+84912345678", Own: true, Name: "An", Message: "77"}},
		{"somebody else's contact", said("message", `"contact":{"phone_number":"84912345678","first_name":"B","last_name":"C","user_id":43}`),
			flows.Input{Kind: flows.ContactInput, Phone: "84912345678", Name: "B C", Message: "77"}},
		{"a contact of nobody", said("message", `"contact":{"phone_number":"1","first_name":"B"}`),
			flows.Input{Kind: flows.ContactInput, Phone: "1", Name: "B", Message: "77"}},
		{"a place", said("message", `"location":{"latitude":0,"longitude":105.4}`),
			flows.Input{Kind: flows.PlaceInput, Lon: 105.4, Message: "77"}},
		{"a place with a name", said("message", `"location":{"latitude":0,"longitude":105.4},`+
			`"venue":{"location":{"latitude":0,"longitude":105.4},"title":"Nhà văn hóa khóm 3","address":"Long Xuyên"}`),
			flows.Input{Kind: flows.PlaceInput, Lon: 105.4, Text: "Nhà văn hóa khóm 3, Long Xuyên", Message: "77"}},
		{"a text that may have been cut", said("message", `"text":"`+strings.Repeat("Đ", 4096)+`"`),
			flows.Input{Kind: flows.TextInput, Text: strings.Repeat("Đ", 4096), Full: true, Message: "77"}},
		{"an edited photo", said("edited_message", `"caption":"ảnh 1 sửa","photo":[{"file_id":"l","file_unique_id":"ua1b","width":9,"height":9}]`),
			flows.Input{Kind: flows.FileInput, Text: "ảnh 1 sửa", Message: "77", Edited: true,
				File: store.Evidence{ID: "l", UniqueID: "ua1b", Kind: store.Photo, Caption: "ảnh 1 sửa"}}},
		{"a sticker", said("message", `"sticker":{"file_id":"s","emoji":"👍"}`), other("sticker")},
		{"a voice message", said("message", `"voice":{"file_id":"s","duration":1}`), other("voice")},
		{"a poll", said("message", `"poll":{"id":"1","question":"x"}`), other("poll")},
		{"a round video", said("message", `"video_note":{}`), other("video_note")},
		{"a rich message", said("message", `"rich_message":{"blocks":[]}`), other("rich_message")},
		{"a button", press(1, 42, "d.3.f"),
			flows.Input{Kind: flows.PressInput, Press: "d.3.f", Message: "5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := heard(t, tt.update)
			if len(got) != 1 {
				t.Fatalf("%d events", len(got))
			}
			if tt.want.Kind != flows.PressInput {
				tt.want.At = time.Unix(1, 0).UTC()
			}
			if tt.want.Kind == flows.FileInput {
				tt.want.File.Message, tt.want.File.Bot = "77", "110201543"
			}
			if diff := cmp.Diff(tt.want, got[0].Input); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			at := store.Address{Channel: "telegram", Chat: "42"}
			if ev := got[0]; ev.From != at || ev.Kind != bot.Said || ev.ID != "telegram/1" || ev.At.IsZero() {
				t.Errorf("event is %+v", ev)
			}
		})
	}
}

// heard returns the events that an update makes.
func heard(t *testing.T, update string) (got []bot.Event) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := poll(t, nil)
		p.push(update)
		time.Sleep(time.Second)
		if err := p.stop(); err != nil || p.log.Len() > 0 {
			t.Errorf("%v, log %s", err, p.log)
		}
		got = p.desk.got
	})
	return got
}

func TestSenderIsDescribed(t *testing.T) {
	t.Parallel()
	ev := heard(t, said("message", `"text":"x"`))[0]
	if ev.Name != "Nguyễn An" || ev.Language != "vi" {
		t.Errorf("%q, %q", ev.Name, ev.Language)
	}
}

func TestMembership(t *testing.T) {
	t.Parallel()
	change := func(kind, status string) string {
		return `{"update_id":1,"my_chat_member":{"chat":{"id":42,"type":"` + kind + `"},"from":{"id":42,"is_bot":false,"first_name":"A"},` +
			`"date":1,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"` + status + `","until_date":0}}}`
	}
	for status, want := range map[string]bot.EventKind{"kicked": bot.Left, "member": bot.Returned} {
		if got := heard(t, change("private", status)); len(got) != 1 || got[0].Kind != want || got[0].From.Chat != "42" {
			t.Errorf("%s: %+v", status, got)
		}
	}
	for _, u := range []string{change("group", "member"), change("supergroup", "kicked"), change("private", "restricted")} {
		if got := heard(t, u); len(got) != 0 {
			t.Errorf("%s made %+v", u, got)
		}
	}
}

func TestNobodySpeaks(t *testing.T) {
	t.Parallel()
	for name, u := range map[string]string{
		"a group":            strings.ReplaceAll(said("message", `"text":"x"`), "private", "supergroup"),
		"a bot":              strings.ReplaceAll(said("message", `"text":"x"`), `"is_bot":false`, `"is_bot":true`),
		"another's chat":     strings.Replace(said("message", `"text":"x"`), `"id":42`, `"id":43`, 1),
		"no sender":          `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"text":"x"}}`,
		"a pinned message":   said("message", `"pinned_message":{"message_id":1}`),
		"a live place moves": said("edited_message", `"location":{"latitude":1,"longitude":2,"live_period":60}`),
		"an unknown kind":    `{"update_id":1,"something_new":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := heard(t, u); len(got) != 0 {
				t.Errorf("made %+v", got)
			}
		})
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`../../etc/passwd`:                    `passwd`,
		`C:\\Users\\an\\bao cao.xlsx`:         `bao cao.xlsx`,
		`a\u0000b\u202ecod.exe`:               `abcod.exe`,
		`Ba\u0301o ca\u0301o.doc`:             `Báo cáo.doc`,
		`a:b|c?.txt`:                          `a_b_c_.txt`,
		`..`:                                  ``,
		`.hidden`:                             `hidden`,
		strings.Repeat("đ", 300) + ".docx":    strings.Repeat("đ", 95) + ".docx",
		strings.Repeat("x", 99) + ".longlong": strings.Repeat("x", 91) + ".longlong",
		"a." + strings.Repeat("y", 200):       "a." + strings.Repeat("y", 98),
	} {
		got := heard(t, said("message", `"document":{"file_id":"d","file_unique_id":"u","file_name":"`+given+`"}`))
		if name := got[0].Input.File.Name; name != want || utf8.RuneCountInString(name) > 100 {
			t.Errorf("%s became %q, want %q", given, name, want)
		}
	}
}
