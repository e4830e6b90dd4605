package bottest

import (
	"errors"
	"fmt"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// waiting are the registrations that wait for the check where a transcript is
// about it: one that is good, one that is vague, one that repeats another.
var waiting = []store.Model{
	{Unit: "30709", Title: "Hiến đất mở đường nội ấp Phú Đa", Registrants: []store.Registrant{{Name: "Chi bộ ấp Phú Đa"}},
		Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "VHXH", TitleGroup: "DVK-NTM", Origin: store.New}},
		Place:   "ấp Phú Đa, 31 hộ hai bên đường", Problem: "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn",
		Target:  "31 hộ hiến 1.850 m², mở rộng 350 m đường",
		Content: "Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào"},
	{Unit: "30709", Title: "Nâng cao nhận thức cho hội viên", Registrants: []store.Registrant{{Name: "Hội LHPN xã"}},
		Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "HTCT", TitleGroup: "DVK", Origin: store.New}},
		Place:   "toàn xã", Problem: "Nhận thức của một bộ phận hội viên còn hạn chế, chưa đồng đều",
		Target:  "Nâng cao nhận thức cho hội viên trên địa bàn",
		Content: "Tăng cường công tác tuyên truyền, vận động hội viên tích cực tham gia các phong trào thi đua"},
	{Unit: "30346", Title: "Tiếng kẻng bình yên ấp Bắc Đai", Registrants: []store.Registrant{{Name: "Chi bộ ấp Bắc Đai"}},
		Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "QPAN", TitleGroup: "DVK", Origin: store.New}},
		Place:   "ấp Bắc Đai, 96 hộ", Problem: "Ban đêm vắng người qua lại, mất trộm vặt nhiều lần trong năm",
		Target:  "14 tổ, 96 người trực kẻng",
		Content: "Mỗi tổ treo một kẻng, phân công trực đêm, nghe kẻng là cùng ra hỗ trợ nhau"},
}

func (w *World) fillWaiting(tx store.Tx) error {
	for i, m := range waiting {
		post, err := tx.Post(store.MakePostID(m.Unit, store.Officer))
		id, idErr := tx.NewID()
		n, nErr := tx.NextNumber("code/" + string(m.Unit) + "/2026")

		m.Code = fmt.Sprintf("DVK-%s-2026-%04d", m.Unit, n)
		m.ID, m.Fold, m.Year = store.ModelID(id), answer.Fold(m.Title), 2026
		m.Kind, m.State, m.Post, m.By = store.Collective, store.Waiting, post.ID, post.Holder
		m.From, m.To = store.Date{Year: 2026, Month: 3, Day: 1}, store.Date{Year: 2026, Month: 12, Day: 31}
		m.Contact, m.Phone, m.RegisteredAt = "Nguyễn Văn Năm", "+84912000999", w.Now.AddDate(0, 0, i-5)
		m.Vague = answer.Vague(m.Title, m.Target, m.Content, m.Place, true, true, false)

		_, putErr := tx.PutModel(m)
		if err := errors.Join(err, idErr, nErr, putErr); err != nil {
			return err
		}
	}
	return nil
}

// closeHalf closes the first half-year with what is usual in ba's field.
func closeHalf(tx store.Tx) error {
	at := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	return tx.PutPeriod(store.Period{
		ID: "dvk-2026-2030/half/2026-06-14", Campaign: "dvk-2026-2030", Kind: store.HalfYear, Unit: "91",
		From: store.Date{Year: 2025, Month: 12, Day: 15}, To: store.Date{Year: 2026, Month: 6, Day: 14},
		Due: at, OnTime: at, Locked: at, WrittenAt: at.AddDate(0, -6, 0), ListedAt: at, ClosedAt: at,
		Medians: []store.Median{{Field: "QPAN", Metric: "household", Value: 30_000}},
	})
}
