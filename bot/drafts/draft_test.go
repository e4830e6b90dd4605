package drafts_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/flows"
	"danvan/store"

	"go.etcd.io/bbolt"
)

// TestDraftIsSmall writes a registration with fifteen answers, as long as
// people write them, and looks at what the store keeps of it. Every answer
// writes the whole draft, so its size is what a turn costs.
func TestDraftIsSmall(t *testing.T) {
	t.Parallel()
	c := bottest.NewCountry(t, 1)
	danvan := c.Bot(c.Store)
	var card store.Message
	do := func(in flows.Input) {
		t.Helper()
		ev := c.Says(0, "")
		in.Message = ev.Input.Message
		ev.Input = in
		_, err := danvan.Handle(t.Context(), ev)
		bottest.Must(t, err)
		said, err := c.Deliver(t.Context())
		bottest.Must(t, err)
		card = said[len(said)-1]
	}
	for _, text := range []string{
		"/dangky", "Vận động nhân dân hiến đất, góp công làm đường bê tông nội ấp Phú Đa", "Tập thể",
		"Chi bộ và Ban công tác Mặt trận ấp Phú Đa", "VHXH", "ntm", "Xây dựng mới",
		"Ấp Phú Đa, xã Định Mỹ, 31 hộ hai bên tuyến đường từ cầu Kênh Ranh đến trường tiểu học",
		"Đường nội ấp hẹp 1,5 m, lầy lội; mùa mưa học sinh phải lội bùn, xe chở lúa không vào được",
		"31 hộ hiến 1.850 m² đất, mở rộng 350 m đường, 18 hộ nghèo được giúp ngày công",
		"Họp tổ nhân dân tự quản, đảng viên hiến trước, đến từng nhà vận động, ký cam kết, chọn ngày cùng dời rào và làm lại cổng cho hộ khó khăn",
		"từ tháng 3 đến tháng 10/2026", "Nguyễn Văn An, 0912 345 678",
	} {
		do(flows.Input{Kind: flows.TextInput, Text: text})
	}
	do(flows.Input{Kind: flows.PressInput, Press: pressUnder(t, card, "Thêm chi tiết")})
	do(flows.Input{Kind: flows.TextInput, Text: "Hội Nông dân, Đoàn Thanh niên và Hội Cựu chiến binh xã"})
	do(flows.Input{Kind: flows.TextInput, Text: "Nhân dân góp 120 triệu đồng và 260 ngày công, xã hỗ trợ xi măng"})

	kept := draftOf(t, c, card.Track.Session)
	var s store.Session
	if err := json.Unmarshal(kept[1:], &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Answers) != 15 {
		t.Errorf("the draft has %d answers, want 15", len(s.Answers))
	}
	if len(kept) >= 2000 {
		t.Errorf("the draft takes %d bytes, want less than 2000", len(kept))
	}
	t.Logf("%d bytes", len(kept))
}

// pressUnder is what a message's button sends.
func pressUnder(t *testing.T, m store.Message, label string) string {
	t.Helper()
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Text == label {
				return b.Data
			}
		}
	}
	t.Fatalf("no button %q under %q", label, m.Text)
	return ""
}

// draftOf is the draft as it lies in the file.
func draftOf(t *testing.T, c *bottest.Country, id store.SessionID) (kept []byte) {
	t.Helper()
	db, err := bbolt.Open(c.Copy(), 0o600, &bbolt.Options{ReadOnly: true})
	bottest.Must(t, err)
	defer func() { bottest.Must(t, db.Close()) }()
	err = db.View(func(tx *bbolt.Tx) error {
		kept = bytes.Clone(tx.Bucket([]byte("sessions")).Get(binary.BigEndian.AppendUint64(nil, uint64(id))))
		return nil
	})
	if err != nil || len(kept) == 0 {
		t.Fatalf("draft %d was not kept: %v", id, err)
	}
	return kept
}

// TestDraftsOfRoles wants everybody to find a draft again who can put one
// aside: an administrator's are of campaigns and of the calendar.
func TestDraftsOfRoles(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	for who, want := range map[string]string{
		"ba": "Không có bản nháp nào", "minh": "Không có bản nháp nào", "quan": "Không có bản nháp nào", "lan": "⛔ Chỉ cán bộ phụ trách, đầu mối",
	} {
		w.Say(who, "/nhap")
		if read := w.Read(who); !strings.Contains(read, want) {
			t.Errorf("%s: /nhap is answered with %q, want %q", who, read, want)
		}
	}
}
