package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/trial"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// The province of the test: Nghệ An, with what its movement counts.
const (
	provinceCode  = "40"
	communeCount  = 130
	stockOfModels = 4262
	leaderCount   = 10
)

// province is a site with people who are not known yet.
type province struct {
	*site
	t        *testing.T
	dir      string
	communes []store.Unit
	links    []string // of whom the list invites, in its order
}

// TestProvinceInADay sets a province up from nothing, on the real program: its
// units, everybody in it by one list, a campaign, its stock of models, a report of
// every commune, a merging of two; and takes everything out into a second store,
// whose figures are the same.
func TestProvinceInADay(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"a store, and the units of the country", p.furnish}, {"a list of people, and their links", p.invite}, {"everybody comes in", p.enter},
		{"a campaign is announced to all", p.announce},
		{"a stock of models", p.stock}, {"a report of every commune", p.report}, {"two communes become one", p.merge},
		{"everything out, and into another store", p.copy},
	} {
		began := time.Now()
		step.do()
		t.Logf("%s: %.1f s", step.what, time.Since(began).Seconds())
		if t.Failed() {
			return
		}
	}
}

// person is the id of the n-th person on the list.
func person(n int) int64 { return int64(900_000 + n) }

func newProvince(t *testing.T) *province {
	t.Helper()
	var people []trial.Person
	for n := range 2*communeCount + leaderCount {
		people = append(people, trial.Person{ID: person(n), First: fmt.Sprintf("Người %d", n), Language: "vi"})
	}
	people = append(people, trialPeople()...)
	s := &site{Server: newTelegram(t, people), config: testConfig(t)}
	s.env = []string{
		"DANVAN_DATA=" + s.config.Data, "DANVAN_TELEGRAM_TOKEN=" + testToken, "DANVAN_TELEGRAM_API=" + serveTelegram(t, s.Server, s.Server),
	}
	return &province{site: s, t: t, dir: t.TempDir()}
}

// must runs the program, which is to succeed and to say something.
func (p *province) must(says string, args ...string) {
	p.t.Helper()
	if got := runDanvan(p.t, p.env, args...); got.status != 0 || !strings.Contains(got.out, says) {
		p.t.Fatalf("%v: status %d, want %q: %.2000s%s", args, got.status, says, got.out, got.err)
	}
}

// table writes a file of rows.
func (p *province) table(name string, rows [][]string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	f, err := os.Create(path)
	if err != nil {
		p.t.Fatal(err)
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		p.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// furnish makes the store, with the units and a campaign that began a year ago.
func (p *province) furnish() {
	p.must(p.config.Data, "init")
	p.must("3.355", "import", "units", "--shipped")
	p.must("02-kh-na", "import", "campaign", p.plan())

	h := p.open()
	defer p.close(h)
	err := h.store.View(p.t.Context(), func(r store.Reader) (err error) {
		p.communes, err = r.Units(provinceCode)
		return err
	})
	if err != nil || len(p.communes) != communeCount {
		p.t.Fatalf("%d communes: %v", len(p.communes), err)
	}
}

// plan is a campaign of the province that wants one report now, whatever day it is.
func (p *province) plan() string {
	now := time.Now()
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	path := filepath.Join(p.dir, "plan.toml")
	text := fmt.Sprintf(`id = "02-kh-na"
document = "02/KH/BDVTU"
issuer = "Ban Tuyên giáo và Dân vận Tỉnh ủy Nghệ An"
unit = "40"
from = %s
to = %s
obliged = ["xã", "phường", "đặc khu"]
ladder = [{ days = -3, hour = 8 }]
name = "Kế hoạch “Dân vận khéo” tỉnh Nghệ An"
fields = [{ key = "KT", label = "Kinh tế" }, { key = "VHXH", label = "Văn hóa - xã hội" }, { key = "QPAN", label = "Quốc phòng - an ninh" }]
titles = [{ key = "DVK", label = "Dân vận khéo" }]

[[rules]]
kind = "free"
due_after = 5
working = true
hour = 17
lock = 10

[[rules.free]]
name = "Đợt cao điểm"
from = %s
to = %s
`, day(-400), day(400), day(-90), day(90))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// invite invites two officers of each commune and ten leaders, of whom each looks
// after thirteen communes and one field.
func (p *province) invite() {
	rows := [][]string{{"Mã đơn vị", "Vai trò", "Họ và tên", "Phụ trách"}}
	for i, u := range p.communes {
		rows = append(rows, []string{string(u.Code), "cán bộ", fmt.Sprintf("Cán bộ Một %d", i), ""},
			[]string{string(u.Code), "cán bộ", fmt.Sprintf("Cán bộ Hai %d", i), ""})
	}
	for n := range leaderCount {
		var codes []string
		for _, u := range p.communes[n*13 : (n+1)*13] {
			codes = append(codes, string(u.Code))
		}
		rows = append(rows, []string{provinceCode, "thành viên BCĐ", fmt.Sprintf("Lãnh đạo %d", n), strings.Join(append(codes, "Kinh tế"), ", ")})
	}

	list := p.table("nguoi.csv", rows)
	p.start(p.t)
	p.must(fmt.Sprintf("Mời %d người", 2*communeCount+leaderCount), "invite", "--from", list)
	p.links = readLinks(p.t, filepath.Join(p.dir, "nguoi-loi-moi.xlsx"))
	if len(p.links) != len(rows)-1 {
		p.t.Fatalf("%d links for %d people", len(p.links), len(rows)-1)
	}
}

// enter lets everybody on the list in.
func (p *province) enter() {
	for n, code := range p.links {
		m := p.hear(p.t, person(n), "/start "+code, "Đây là lời mời làm")
		p.press(person(n), m.ID, "Không lưu số", "Không lưu họ tên")
	}
}

// announce has the administrator announce the campaign to everybody whom it binds.
// When they hear of it depends on the hour.
func (p *province) announce() {
	p.hear(p.t, quan, "/start "+p.invited(p.t, "--role", "admin"), "Đây là lời mời làm")
	list := p.hear(p.t, quan, "/kehoach", "Kế hoạch (1)")
	p.press(quan, list.ID, "1", "Chưa công bố")
	asked := p.press(quan, list.ID, "Công bố", fmt.Sprintf("Công bố cho %d người", 2*communeCount+leaderCount))
	p.press(quan, asked.ID, "Công bố", fmt.Sprintf("được gửi cho %d người", 2*communeCount+leaderCount))
}

// press presses a button of a message, and waits for what comes in its place or
// behind it.
func (p *province) press(who int64, message int, label, words string) trial.Message {
	p.t.Helper()
	if _, err := p.Press(who, message, label); err != nil {
		p.t.Fatal(err)
	}
	return p.heard(p.t, who, message-1, words)
}

// stock brings the models in that the province has.
func (p *province) stock() {
	fields, states := []string{"Kinh tế", "VHXH", "QPAN"}, []string{"đang thực hiện", "hoàn thành", "tạm dừng"}
	rows := [][]string{{"Mã đơn vị", "Đơn vị", "Tên mô hình", "Loại", "Chủ thể", "Lĩnh vực", "Danh hiệu", "Tình trạng", "Kết quả", "Giá trị"}}
	for i := range stockOfModels {
		u := p.communes[i%communeCount]
		rows = append(rows, []string{
			string(u.Code), u.Name, fmt.Sprintf("Mô hình %s số %d", []string{"hiến đất", "bếp ăn", "tiếng kẻng"}[i%3], i), "tập thể", fmt.Sprintf("Chi bộ %d", i),
			fields[i%3], "Dân vận khéo", states[i/communeCount%3], fmt.Sprintf("%d hộ", 10+i%40), fmt.Sprintf("%d triệu đồng", 1+i%90),
		})
	}
	p.must("Đã nhập 4.262 mô hình", "import", "models", p.table("mo-hinh.csv", rows), "--twins")
}

// report sends the report of every commune, by the first of its officers; the
// second hears of it and owes nothing.
func (p *province) report() {
	for i := range p.communes {
		card := p.hear(p.t, person(2*i), "/baocao", "Gửi báo cáo như trên?")
		p.press(person(2*i), card.ID, "Gửi báo cáo", "Đã nhận báo cáo")
	}
	p.hear(p.t, person(1), "/baocao", "Đã gửi ngày")
}

// merge lets the second commune go up in the first, whose officer then has the
// models of both.
func (p *province) merge() {
	from, to := p.communes[1], p.communes[0]
	before := p.models(person(0))
	list := p.table("sap-nhap.csv", [][]string{
		{"Mã", "Tên", "Loại", "Mã cấp trên", "Đến ngày", "Mã kế thừa"},
		{string(from.Code), from.Name, map[store.UnitKind]string{store.Commune: "xã", store.Ward: "phường"}[from.Kind], provinceCode,
			time.Now().In(time.FixedZone("+07", 7*60*60)).AddDate(0, 0, -1).Format("02/01/2006"), string(to.Code)},
	})
	p.must("1", "import", "units", list)
	if after := p.models(person(0)); after != 2*before {
		p.t.Errorf("the officer sees %d models, then %d", before, after)
	}
	p.end(p.t)
}

// models is how many models somebody sees.
func (p *province) models(who int64) (n int) {
	p.t.Helper()
	m := p.hear(p.t, who, "/mohinh", "Mô hình của")
	_, rest, _ := strings.Cut(m.Text, ": ")
	if _, err := fmt.Sscan(rest, &n); err != nil {
		p.t.Fatalf("no number in %q: %v", m.Text, err)
	}
	return n
}

// copy takes everything out and into another store, and compares the figures.
func (p *province) copy() {
	models, updates := filepath.Join(p.dir, "models.xlsx"), filepath.Join(p.dir, "updates.csv")
	p.must("Đã ghi", "export", "models", models)
	p.must("Đã ghi", "export", "progress", updates)
	was := p.figures()

	p.config.Data = filepath.Join(p.dir, "second.db")
	p.env[0] = "DANVAN_DATA=" + p.config.Data
	p.must(p.config.Data, "init")
	p.must("3.355", "import", "units", "--shipped")
	p.must("1", "import", "units", filepath.Join(p.dir, "sap-nhap.csv"))
	p.must("02-kh-na", "import", "campaign", p.plan())
	p.must("Đã nhập 4.262 mô hình", "import", "models", models, "--twins")
	p.must("nguyên vẹn", "check")
	if diff := cmp.Diff(was, p.figures()); diff != "" {
		p.t.Errorf("the figures of the second store (-first +second):\n%.3000s", diff)
	}
}

// figures are a year's, as of now, by line and by measure.
func (p *province) figures() (out struct {
	Lines   []figures.Line
	Amounts []figures.Amount
}) {
	p.t.Helper()
	h := p.open()
	defer p.close(h)
	found, err := reporting.Load(context.Background(), h.store, h.bot.Book(), reporting.Ask{
		Campaign: "02-kh-na", Unit: provinceCode, AsOf: time.Now(), Metrics: answer.Metrics(),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	out.Lines, out.Amounts = found.Now.Lines, found.Now.Amounts()
	return out
}

func (p *province) open() *house {
	p.t.Helper()
	h, err := open(p.config, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		p.t.Fatal(err)
	}
	return h
}

func (p *province) close(h *house) {
	p.t.Helper()
	if err := h.close(); err != nil {
		p.t.Fatal(err)
	}
}
