package exchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/exchange"
	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/figures"
	"danvan/store/reporting"

	"github.com/google/go-cmp/cmp"
)

// people's own table: a title, heads of two rows, marks, dates of three kinds, a phone
// that lost its zero.
const table = `DANH SÁCH MÔ HÌNH DÂN VẬN KHÉO,,,,,,,,,,,,
,,,,,,,,,,,,
STT,Đơn vị,Tên mô hình,Loại,,Lĩnh vực,,,,Thời gian thực hiện,Số ĐT,Kết quả đạt được,Tình trạng
,,,Tập thể,Cá nhân,KT,VHXH,QPAN,HTCT,,,,
1,Xã Định Mỹ,Tuyến đường hoa nông thôn mới,x,,,x,,,03/2026–10/2026,912345678,1.150 m đường,Đã hoàn thành
2,dinh my,Tổ tự quản an ninh trật tự ấp Bình An,x,,,,x,,cả năm 2026,0912 345 678,,Đang thực hiện
3,Xã Định Mỹ,Ông Sáu vận động hiến đất mở rộng kênh,,Nguyễn Văn Sáu,x,,,,,,,
4,Xã Định Mỹ,Bếp ăn,x,,,x,,,,,,
5,Xã Không Có,Cánh đồng không vỏ thuốc,x,,x,,,,31/02/2026,09123,,mơ hồ
`

func importInto(w *bottest.World, o exchange.Order) exchange.Sorted {
	w.T.Helper()
	o.Language = w.Lang
	got, err := exchange.Import(w.T.Context(), w.Bot, o, w.Now)
	bottest.Must(w.T, err)
	return got
}

// TestPeoplesOwnTable wants a table of people's own read by its heads: what is right
// written, and what is wrong named by its cell.
func TestPeoplesOwnTable(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	got := importInto(w, exchange.Order{Content: []byte(table), Source: "bang.csv"})
	if got.Unread != "" || got.Rows != 5 || got.New != 3 || got.Added != 3 {
		t.Fatalf("%+v", got)
	}
	var faults []string
	for _, f := range got.Faults {
		faults = append(faults, f.Cell+": "+f.Text)
	}
	want := []string{
		"C8: Mới có 6 ký tự, cần ít nhất 8. Ví dụ: Hiến đất mở đường nội ấp",
		"B9: không thấy đơn vị “Xã Không Có” trong phạm vi của đồng chí; ví dụ Xã Định Mỹ",
		"J9: Chưa đọc được ngày “31/02/2026”: tháng 2 năm 2026 chỉ có 28 ngày. Gõ lại, ví dụ 28/02/2026.",
		"K9: “09123” có 5 chữ số. Số di động có 10 chữ số, số bàn có 11, ví dụ 0912 345 678 hoặc 0296 3852 999.",
		"M9: chưa rõ “mơ hồ”: dùng một trong các mục đang thực hiện; hoàn thành; tạm dừng; không thực hiện được",
	}
	if d := cmp.Diff(want, faults); d != "" {
		t.Errorf("faults (-want +got):\n%s", d)
	}

	done := find(w, "Tuyến đường hoa nông thôn mới")
	if done.State != store.Done || done.ConfirmedAt.IsZero() || done.Phone != "+84912345678" || done.From != (store.Date{Year: 2026, Month: 3, Day: 1}) {
		t.Errorf("%+v", done)
	}
	single := find(w, "Ông Sáu vận động hiến đất mở rộng kênh")
	if single.Kind != store.Individual || single.Registrant() != "Nguyễn Văn Sáu" || single.State != store.Accepted {
		t.Errorf("%+v", single)
	}
	again := importInto(w, exchange.Order{Content: []byte(table), Source: "bang.csv"})
	if again.New != 0 || len(again.Twins) != 3 {
		t.Errorf("the same table again: %+v", again)
	}
}

// find is the model of a title.
func find(w *bottest.World, title string) (m store.Model) {
	w.T.Helper()
	w.View(func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{Words: strings.Fields(answer.Fold(title))})
		if err != nil || len(heads) != 1 {
			return errors.Join(err, fmt.Errorf("%d models are called %q", len(heads), title))
		}
		m, err = r.Model(heads[0].ID)
		return err
	})
	return m
}

// TestTakenBack wants a table taken back as a whole, but not where a model was changed.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	before := export(w, exchange.XLSX)
	got := importInto(w, exchange.Order{Content: []byte(table), Source: "bang.csv"})
	m := find(w, "Tuyến đường hoa nông thôn mới")
	m.Place = "ấp Phú Hòa"
	w.Update(func(tx store.Tx) error { _, err := tx.PutModel(m); return err })
	back, err := exchange.Undo(t.Context(), w.Bot, got.Batch, 0, w.Now, false)
	if err != nil || !slices.Equal(back.Changed, []string{m.Code}) {
		t.Fatalf("%+v, %v", back, err)
	}

	w2 := bottest.New(t, "vi")
	importInto(w2, exchange.Order{Content: []byte(table), Source: "bang.csv"})
	back, err = exchange.Undo(t.Context(), w2.Bot, 0, 0, w2.Now, false)
	if err != nil || back.Models != 3 || len(back.Changed) > 0 {
		t.Fatalf("%+v, %v", back, err)
	}
	if d := cmp.Diff(before, export(w2, exchange.XLSX)); d != "" {
		t.Errorf("something is left (-before +after):\n%s", d)
	}
	if again, err := exchange.Undo(t.Context(), w2.Bot, 0, 0, w2.Now, false); err != nil || again.Batch.ID != 0 {
		t.Errorf("taken back twice: %+v, %v", again, err)
	}
}

// export returns the rows of an export of all models, as they are read again.
func export(w *bottest.World, format string) map[string][]string {
	w.T.Helper()
	_, content := exported(w, format)
	sheets, err := sheet.Read(bytes.NewReader(content))
	bottest.Must(w.T, err)
	out := map[string][]string{}
	for _, s := range sheets {
		for _, row := range s.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			out[s.Name] = append(out[s.Name], strings.Join(cells, " | "))
		}
	}
	return out
}

func exported(w *bottest.World, format string) (string, []byte) {
	w.T.Helper()
	name, content, err := exchange.Export(w.T.Context(), w.Bot, exchange.Wanted{
		What: exchange.Models, Format: format, AsOf: w.Now, Language: w.Lang,
	})
	bottest.Must(w.T, err)
	return name, content
}

// TestRoundTrip wants what went out of one house to be the same models in another, with
// the same figures: completed, paused, merged, with updates and a correction.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"vi", "en"} {
		from := bottest.New(t, lang)
		importInto(from, exchange.Order{Content: []byte(table), Source: "bang.csv"})
		from.Update(func(tx store.Tx) error { return live(from, tx) })
		_, content := exported(from, exchange.XLSX)

		to := bottest.Bare(t, lang)
		to.Update(func(tx store.Tx) error { return furnish(from, tx) })
		to.Now = from.Now.Add(time.Hour)
		got := importInto(to, exchange.Order{Content: content, Source: "mo-hinh.xlsx"})
		if len(got.Faults)+len(got.Twins) > 0 || got.Added == 0 || got.Unread != "" {
			t.Fatalf("%+v", got)
		}
		if d := cmp.Diff(stripped(export(from, exchange.XLSX)), stripped(export(to, exchange.XLSX))); d != "" {
			t.Errorf("%s: the models are others (-sent +came):\n%s", lang, d)
		}
		if d := cmp.Diff(figuresOf(from), figuresOf(to)); d != "" {
			t.Errorf("%s: the figures are others (-sent +came):\n%s", lang, d)
		}
	}
}

// stripped takes the ids of one house out of its records.
func stripped(sheets map[string][]string) map[string][]string {
	for name, rows := range sheets {
		for i, row := range rows {
			row, _, _ = strings.Cut(row, ` | {"id"`)
			sheets[name][i] = row
		}
	}
	return sheets
}

// figuresOf are the figures of the year, but for the evidence, whose files stay.
func figuresOf(w *bottest.World) []string {
	w.T.Helper()
	found, err := reporting.Load(w.T.Context(), w.Store, w.Bot.Book(), reporting.Ask{
		Campaign: "dvk-2026-2030", AsOf: w.Now.Add(2 * time.Hour), Metrics: answer.Metrics(),
	})
	bottest.Must(w.T, err)
	var out []string
	for _, set := range figures.Sets() {
		if set != figures.NoEvidence {
			out = append(out, fmt.Sprint(set, " ", found.Now.Count(set)))
		}
	}
	for _, a := range found.Now.Amounts() {
		out = append(out, fmt.Sprint(a.Metric, " ", a.InPeriod))
	}
	return out
}

// live has models of every sort: one paused, one with updates of which one corrects
// another, one merged into it, one that goes on from another.
func live(w *bottest.World, tx store.Tx) error {
	heads, err := tx.Heads(store.ModelQuery{})
	if err != nil {
		return err
	}
	slices.Reverse(heads)
	var all []store.Model
	for _, h := range heads {
		m, err := tx.Model(h.ID)
		if err != nil {
			return err
		}
		m.Vague = answer.Vague(m.Title, m.Target, m.Content, m.Place, len(m.Registrants) > 0, !m.From.IsZero(), m.Output != "")
		if m, err = tx.PutModel(m); err != nil {
			return err
		}
		all = append(all, m)
	}

	doing, _ := answer.Results("350 m đường; 1.850 m² đất hiến; 42 hộ")
	more, _ := answer.MoneyParts("trên 1 tỷ (trong đó NN 700tr, ND 300tr)")
	first, paused, merged := all[0], all[1], all[2]
	day := store.DateOf(w.Now)
	rows := []store.Progress{
		{ID: 901, Model: first.ID, At: w.Now.Add(time.Minute), Day: day, Was: first.State, State: first.State, Basis: store.Added,
			Results: doing.Values[0].Amounts, Difficulty: "=2 hộ chưa đồng thuận"},
		{ID: 902, Model: first.ID, At: w.Now.Add(2 * time.Minute), Day: day, Was: first.State, State: first.State, Basis: store.Cumulative,
			Money: more.Values[0], Corrects: 901, Correction: "gõ nhầm", Lesson: "đảng viên hiến trước"},
		{ID: 903, Model: paused.ID, At: w.Now, Day: day, Was: paused.State, State: store.Paused, Reason: "budget", Remark: "chờ vốn năm sau"},
	}
	for _, p := range rows {
		err = errors.Join(err, tx.AddProgress(p))
	}
	first.ProgressAt, first.Phone, first.Contact = rows[1].At, "+84912345678", "Nguyễn Thị Hoa"
	paused.State, paused.Reason, paused.Remark, paused.ProgressAt = store.Paused, "budget", "chờ vốn năm sau", w.Now
	paused.Predecessor = all[3].ID
	first.Absorbed = []store.ModelID{merged.ID}
	_, firstErr := tx.PutModel(first)
	_, pausedErr := tx.PutModel(paused)

	review := store.Review{Verdict: store.MergeVerdict, State: store.Merged, Into: first.ID, At: w.Now.Add(time.Minute)}
	merged.Into = first.ID
	_, mergedErr := store.Decide(tx, merged, review)
	return errors.Join(err, firstErr, pausedErr, mergedErr)
}

// furnish gives a bare house the units and campaigns of another.
func furnish(from *bottest.World, tx store.Tx) error {
	return from.Store.View(from.T.Context(), func(r store.Reader) error {
		units, err := r.UnitsSince(0)
		for _, u := range units {
			err = errors.Join(err, tx.PutUnit(u))
		}
		campaigns, campaignsErr := r.Campaigns()
		for _, c := range campaigns {
			err = errors.Join(err, tx.PutCampaign(c))
		}
		return errors.Join(err, campaignsErr)
	})
}
