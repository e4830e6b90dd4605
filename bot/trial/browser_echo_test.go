//go:build browser

package trial_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

// village is who a visitor would meet.
func village(c *trial.Config) {
	c.Clock = time.Now
	note := func(vi, en string) map[string]string { return map[string]string{"vi": vi, "en": en} }
	c.People = []trial.Person{
		{ID: an, First: "Nguyễn Thị", Last: "An", Phone: "84912345678", Language: "vi", Started: true, Note: note("Cán bộ Hội Nông dân xã Định Mỹ", "Officer of Định Mỹ commune")},
		{ID: binh, First: "Trần Văn", Last: "Bình", Phone: "84912345679", Language: "vi", Started: true, Note: note("Cán bộ xã Phú Hòa", "Officer of Phú Hòa commune")},
		{ID: stranger, First: "Lê Thị", Last: "Lạ", Language: "vi", Note: note("Chưa có phân công", "No post yet")},
		{ID: 104, First: "Phạm Thị", Last: "Chi", Language: "vi", Started: true, Note: note("Đầu mối tổng hợp của tỉnh", "Coordinator of the province")},
		{ID: 105, First: "Võ Văn", Last: "Dũng", Language: "vi", Started: true, Note: note("Lãnh đạo theo dõi khối nông thôn", "Supervisor of rural units")},
		{ID: 106, First: "Đỗ Minh", Last: "Giang", Language: "vi", Started: true, Note: note("Quản trị", "Administrator")},
	}
	c.Tasks = []trial.Task{
		{Person: an, Text: note("Gõ /dangky và đăng ký một mô hình cùng xã Định Mỹ.", "Type /dangky and register a model with Định Mỹ commune.")},
		{Person: 104, Text: note("Duyệt đăng ký vừa gửi.", "Review what was just sent.")},
		{Person: stranger, Text: note("Mở đường dẫn mời để nhận phân công.", "Open an invitation to take up a post.")},
		{Text: note("Gửi một ảnh mẫu làm minh chứng.", "Send a sample photo as evidence.")},
	}
}

// echo is a tiny bot on net/http alone: it knows just enough to make the page
// show everything that it can.
type echo struct {
	t   *testing.T
	url string
}

func (e echo) call(method string, p params) {
	body, err := json.Marshal(p)
	if err != nil {
		e.t.Error(err)
		return
	}
	answer, err := http.Post(e.url+method, "application/json", strings.NewReader(string(body)))
	if err != nil {
		return // the server is closing
	}
	defer answer.Body.Close()
	if raw, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		e.t.Errorf("%s: %s", method, raw)
	}
}

// run answers until the context ends.
func (e echo) run(ctx context.Context) {
	e.call("setMyCommands", params{"commands": []params{
		{"command": "dangky", "description": "Đăng ký mô hình mới"}, {"command": "capnhat", "description": "Cập nhật mô hình"}, {"command": "trogiup", "description": "Trợ giúp"},
	}})
	e.call("setMyDescription", params{"description": "Ghi lại việc hay, việc khéo ở cơ sở.\nĐăng ký mô hình trong ba phút."})
	for offset := int64(0); ctx.Err() == nil; {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%sgetUpdates?timeout=20&offset=%d", e.url, offset), nil)
		if err != nil {
			return
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return
		}
		var got struct {
			Result []struct {
				received
				Message *struct {
					trial.Message
				}
				Tap *struct {
					ID, Data string
					Message  trial.Message
				} `json:"callback_query"`
			}
		}
		_ = json.NewDecoder(answer.Body).Decode(&got)
		answer.Body.Close()
		for _, u := range got.Result {
			offset = u.ID + 1
			if u.Message != nil {
				e.message(&u.Message.Message)
			}
			if u.Tap != nil {
				e.tap(u.Tap.ID, u.Tap.Data, u.Tap.Message)
			}
		}
	}
}

func (e echo) say(chat int64, text string, markup any) {
	p := params{"chat_id": chat, "text": text, "parse_mode": "HTML"}
	if markup != nil {
		p["reply_markup"] = markup
	}
	e.call("sendMessage", p)
}

func (e echo) message(m *trial.Message) {
	chat := m.Chat.ID
	switch {
	case strings.HasPrefix(m.Text, "/start"):
		e.say(chat, "👋 Chào đồng chí. Đây là lời mời làm <b>cán bộ phụ trách</b> của <b>Hội Nông dân xã Định Mỹ</b>, tỉnh An Giang.\nDanvan xin lưu họ tên và số điện thoại, chỉ để phân công, nhắc hạn và liên hệ. Xem, sửa hoặc xóa bất cứ lúc nào bằng /dulieu.",
			params{"inline_keyboard": [][]params{{{"text": "Đồng ý", "callback_data": "yes", "style": "success"}, {"text": "Không lưu số", "callback_data": "no", "style": "danger"}}}})
	case m.Text == "/dangky":
		e.call("sendChatAction", params{"chat_id": chat, "action": "typing"})
		e.say(chat, "📝 Đăng ký mô hình · 2/12\n<b>Tên mô hình là gì?</b>\nNgắn, nói được việc làm. Ví dụ: Hiến đất mở đường nội ấp",
			params{"inline_keyboard": [][]params{{{"text": "« Quay lại", "callback_data": "back"}, {"text": "Giải thích", "callback_data": "alert"}, {"text": "Để sau", "callback_data": "later"}}}})
	case m.Text == "/phim":
		e.say(chat, "Số điện thoại?", params{"keyboard": [][]params{{{"text": "Gửi số của tôi", "request_contact": true}}, {{"text": "Gửi vị trí", "request_location": true}, {"text": "Bỏ qua"}}}, "is_persistent": true})
	case m.Text == "/cho":
		e.call("sendChatAction", params{"chat_id": chat, "action": "typing"})
	case m.Photo != nil:
		e.call("setMessageReaction", params{"chat_id": chat, "message_id": m.ID, "reaction": []params{{"type": "emoji", "emoji": "👍"}}})
	case m.Contact != nil:
		e.say(chat, fmt.Sprintf("Của chính mình: %v", m.Contact.UserID == chat), nil)
	default:
		e.say(chat, "Đã nhận: <i>"+strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(m.Text)+"</i>", nil)
	}
}

func (e echo) tap(id, data string, m trial.Message) {
	switch data {
	case "alert":
		e.call("answerCallbackQuery", params{"callback_query_id": id, "text": "Tên nói được việc làm và nơi làm.", "show_alert": true})
	case "later": // never answered: the button spins
	default:
		e.call("answerCallbackQuery", params{"callback_query_id": id, "text": "Đã lưu"})
		e.call("editMessageText", params{"chat_id": m.Chat.ID, "message_id": m.ID, "text": "✔ Đã chọn: " + data})
	}
}
