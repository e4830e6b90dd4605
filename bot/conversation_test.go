package bot_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/schedule"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/flowtest"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "renew the golden conversations")

// TestConversations plays every transcript in testdata against the bot over a
// real store and compares what people saw.
func TestConversations(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		lang := filepath.Base(filepath.Dir(file))
		t.Run(lang+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w := worldFor(t, lang, filepath.Base(file))
			if strings.HasPrefix(filepath.Base(file), "check") {
				must(t, w.store.Update(t.Context(), func(tx store.Tx) error { return fillWaiting(tx, w.now) }))
				w.clock = strings.HasPrefix(filepath.Base(file), "check_late")
			}
			got, err := flowtest.Play(string(want), w, w.zone)
			if *update && err == nil {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err != nil {
				t.Fatalf("%v\nso far:\n%s", err, got)
			}
			if diff := cmp.Diff(string(want), got); diff != "" && !*update {
				t.Errorf("the conversation changed (-want +got), renew with -update:\n%s", diff)
			}
			w.pressEverything()
		})
	}
}

// world is the bot over a store in a temporary folder, and people with chats.
type world struct {
	t     *testing.T
	lang  string
	path  string
	zone  *time.Location
	words *locales.Catalogue
	store *bolt.Store
	bot   *bot.Bot
	sched *schedule.Schedule
	now   time.Time
	chats map[string]*flowtest.Chat
	names []string
	event int
	clock bool // it strikes when it is moved
}

// people are the names in the transcripts with their posts and numbers.
var people = map[string]struct {
	name, phone string
	unit        store.UnitCode
	role        store.Role
}{
	"hoa":  {"Nguyễn Thị Hoa", "+84912345678", "30709", store.Officer},
	"tu":   {"Lô Văn Tú", "+84987654321", "16804", store.Officer},
	"binh": {"Trần Văn Bình", "+84911222333", "30307", store.Officer},
	"minh": {"Lê Văn Minh", "+84909000111", "91", store.Coordinator},
	"lan":  {"Phạm Thị Lan", "+84909000222", "91", store.Supervisor},
	"quan": {"Võ Minh Quân", "", "", store.Admin},
	"ba":   {"Huỳnh Văn Ba", "+84933444555", "30346", store.Officer},
	"an":   {"Trần Văn An", "", "", ""},
}

// worldFor is the world of a transcript: those about figures need more in it.
func worldFor(t *testing.T, lang, file string) *world {
	if strings.HasPrefix(file, "figures_") {
		return newFiguresWorld(t, lang, file == "figures_quiet.txt")
	}
	if strings.HasPrefix(file, "report_") || strings.HasPrefix(file, "remind_") {
		return newReportsWorld(t, lang, file)
	}
	return newWorld(t, lang)
}

func newWorld(t *testing.T, lang string) *world {
	t.Helper()
	w := bareWorld(t, lang)
	if err := w.open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	w.fill()
	return w
}

// bareWorld has a place for a store but has not opened it.
func bareWorld(t *testing.T, lang string) *world {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &world{
		t: t, lang: lang, path: filepath.Join(t.TempDir(), "test.db"), zone: zone, words: words,
		now: time.Date(2026, 11, 23, 8, 0, 0, 0, zone), chats: map[string]*flowtest.Chat{},
	}
}

func (w *world) open() error {
	s, err := bolt.Open(w.path, bolt.Options{})
	if err != nil {
		return err
	}
	w.store = s
	w.bot, err = bot.New(bot.Config{
		Store: s, Words: w.words, Zone: w.zone, Language: w.lang, Wake: func() {},
		Random: rand.NewChaCha8([32]byte{1}), Log: slog.New(slog.DiscardHandler),
	})
	if err == nil {
		w.sched = schedule.New(schedule.Config{
			Store: s, Bot: w.bot, Now: func() time.Time { return w.now }, Zone: w.zone, Wake: func() {}, Log: slog.New(slog.DiscardHandler),
		})
	}
	return err
}

func (w *world) fill() {
	units, err := shipped.Units("91", "40")
	must(w.t, err)
	campaigns, err := shipped.Campaigns()
	must(w.t, err)
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		for _, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
		for _, c := range campaigns {
			if err := tx.PutCampaign(c); err != nil {
				return err
			}
		}
		for _, name := range slices.Sorted(maps.Keys(people)) {
			p := people[name]
			if p.role == "" {
				continue
			}
			id, err := tx.NewID()
			if err != nil {
				return err
			}
			post := store.Post{ID: store.MakePostID(p.unit, p.role), Unit: p.unit, Role: p.role, Holder: store.PersonID(id), Since: w.now}
			person := store.Person{ID: post.Holder, Address: address(name), Language: w.lang, Active: post.ID,
				Name: p.name, Phone: p.phone, Consent: store.Given, ConsentAt: w.now}
			if err := tx.PutPost(post); err != nil {
				return err
			}
			if err := tx.PutPerson(person); err != nil {
				return err
			}
		}
		return fillModels(tx, w.now)
	}))
}

// models are the models of ba's commune: title, field and state.
var models = []struct {
	title, field string
	state        store.State
}{
	{"Tiếng kẻng bình yên", "QPAN", store.Doing},
	{"Xóa nhà tạm, xây nhà Đại đoàn kết", "VHXH", store.Accepted},
	{"Tổ hợp tác nuôi chồn hương", "KT", store.Paused},
	{"Bếp ăn nghĩa tình 0 đồng", "VHXH", store.Done},
}

func fillModels(tx store.Tx, now time.Time) error {
	for i, m := range models {
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		kept := store.Model{
			ID: store.ModelID(id), Code: fmt.Sprintf("DVK-30346-2025-%04d", i+1), Unit: "30346", Campaign: "dvk-2026-2030", Year: 2025,
			Title: m.title, Fold: answer.Fold(m.title), Kind: store.Collective, Registrant: "Công an xã", Field: m.field,
			TitleGroup: "DVK", Origin: store.New, Place: "ấp Bắc Đai", Content: "14 tổ tự quản tuần tra đêm",
			From: store.Date{Year: 2025, Month: 3, Day: 1}, To: store.Date{Year: 2026, Month: 12, Day: 31},
			Contact: "Huỳnh Văn Ba", Phone: "+84933444555",
			State: m.state, Post: store.MakePostID("30346", store.Officer), RegisteredAt: now.AddDate(-1, 0, i),
		}
		if m.state == store.Done {
			kept.ConfirmedAt = now.AddDate(0, -1, 0)
		}
		if _, err := tx.PutModel(kept); err != nil {
			return err
		}
		if err := tx.AddReview(store.Review{
			ID: store.ReviewID(id), Model: kept.ID, Verdict: store.AcceptVerdict, Was: store.Waiting, State: store.Accepted, At: kept.RegisteredAt,
		}); err != nil {
			return err
		}
	}
	return nil
}

// waiting are the registrations that wait for the check where a transcript is
// about it: one that is good, one that is vague, one that repeats another.
var waiting = []store.Model{
	{Unit: "30709", Title: "Hiến đất mở đường nội ấp Phú Đa", Registrant: "Chi bộ ấp Phú Đa", Field: "VHXH",
		TitleGroup: "DVK-NTM", Place: "ấp Phú Đa, 31 hộ hai bên đường", Problem: "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn",
		Target:  "31 hộ hiến 1.850 m², mở rộng 350 m đường",
		Content: "Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào"},
	{Unit: "30709", Title: "Nâng cao nhận thức cho hội viên", Registrant: "Hội LHPN xã", Field: "HTCT",
		TitleGroup: "DVK", Place: "toàn xã", Problem: "Nhận thức của một bộ phận hội viên còn hạn chế, chưa đồng đều",
		Target:  "Nâng cao nhận thức cho hội viên trên địa bàn",
		Content: "Tăng cường công tác tuyên truyền, vận động hội viên tích cực tham gia các phong trào thi đua"},
	{Unit: "30346", Title: "Tiếng kẻng bình yên ấp Bắc Đai", Registrant: "Chi bộ ấp Bắc Đai", Field: "QPAN",
		TitleGroup: "DVK", Place: "ấp Bắc Đai, 96 hộ", Problem: "Ban đêm vắng người qua lại, mất trộm vặt nhiều lần trong năm",
		Target:  "14 tổ, 96 người trực kẻng",
		Content: "Mỗi tổ treo một kẻng, phân công trực đêm, nghe kẻng là cùng ra hỗ trợ nhau"},
}

func fillWaiting(tx store.Tx, now time.Time) error {
	for i, m := range waiting {
		post, err := tx.Post(store.MakePostID(m.Unit, store.Officer))
		if err != nil {
			return err
		}
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		n, err := tx.NextNumber("code/" + string(m.Unit) + "/2026")
		if err != nil {
			return err
		}
		m.Code = fmt.Sprintf("DVK-%s-2026-%04d", m.Unit, n)
		m.ID, m.Fold, m.Campaign, m.Year = store.ModelID(id), answer.Fold(m.Title), "dvk-2026-2030", 2026
		m.Kind, m.Origin, m.State, m.Post, m.By = store.Collective, store.New, store.Waiting, post.ID, post.Holder
		m.From, m.To = store.Date{Year: 2026, Month: 3, Day: 1}, store.Date{Year: 2026, Month: 12, Day: 31}
		m.Contact, m.Phone, m.RegisteredAt = "Nguyễn Văn Năm", "+84912000999", now.AddDate(0, 0, i-5)
		m.Vague = answer.Vague(m.Title, m.Target, m.Content, m.Place, true, true, len(answer.Figures(m.Target)) > 0)
		if _, err := tx.PutModel(m); err != nil {
			return err
		}
	}
	return nil
}

func address(name string) store.Address { return store.Address{Channel: "test", Chat: name} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) SetClock(at time.Time) {
	if w.now = at; w.clock {
		w.tick()
	}
}
func (w *world) People() []string { return w.names }

func (w *world) Restart() error {
	if err := w.store.Close(); err != nil {
		return err
	}
	return w.open()
}

func (w *world) Chat(who string) *flowtest.Chat {
	if w.chats[who] == nil {
		w.chats[who] = flowtest.NewChat()
		w.names = append(w.names, who)
	}
	return w.chats[who]
}

// Do handles one event and delivers what it queued. A code in the text stands
// for a real invitation: "/start {30709 officer}".
func (w *world) Do(who string, in flows.Input, again bool) (string, error) {
	if !again {
		w.event++
	}
	if unit, ok := strings.CutPrefix(in.Text, "=report "); ok { // another officer reports
		w.file(store.UnitCode(unit))
		return "", nil
	}
	text, err := w.invited(in.Text)
	if err != nil {
		return "", err
	}
	in.Text = text
	ack, err := w.bot.Handle(context.Background(), bot.Event{
		ID: "test/" + strconv.Itoa(w.event), At: w.now, Kind: bot.Said, From: address(who), Name: people[who].name, Input: in,
	})
	if err != nil {
		return "", err
	}
	return ack.Toast, w.deliver()
}

// invited replaces "{unit role days}" by the code of a fresh invitation.
func (w *world) invited(text string) (string, error) {
	from := strings.Index(text, "{")
	if !strings.HasPrefix(text, "/start ") || from < 0 {
		return text, nil
	}
	parts := strings.Fields(strings.Trim(text[from:], "{}"))
	code, err := w.bot.Invite(context.Background(), store.UnitCode(parts[0]), store.Role(parts[1]), w.now, 7*24*time.Hour)
	return text[:from] + code, err
}

// deliver sends what waits in the outbox to the chats.
func (w *world) deliver() error {
	for {
		var claimed []store.Message
		err := w.store.Update(context.Background(), func(tx store.Tx) (err error) {
			claimed, err = w.claim(tx)
			return err
		})
		if err != nil || len(claimed) == 0 {
			return err
		}
		for _, m := range claimed {
			if m.Make != nil && m.Kind != store.File {
				if m, err = w.bot.Card(context.Background(), m); err != nil {
					return err
				}
			}
			remote := w.Chat(m.To.Chat).Apply(m)
			if err := w.store.Update(context.Background(), func(tx store.Tx) error {
				return tx.Finish(m, store.Outcome{At: w.now, Remote: remote})
			}); err != nil {
				return err
			}
		}
	}
}

// claim takes what waits and looks once more at what it is about, as the outbox
// does.
func (w *world) claim(tx store.Tx) ([]store.Message, error) {
	claimed, err := tx.Claim(w.now, time.Minute, 16, store.DigestLane)
	var out []store.Message
	for _, m := range claimed {
		holds := true
		if len(m.About) > 0 {
			if m, holds, err = w.sched.Revise(tx, m); err != nil {
				return nil, err
			}
		}
		if holds {
			out = append(out, m)
		} else if err := tx.Finish(m, store.Outcome{At: w.now}); err != nil {
			return nil, err
		}
	}
	return out, err
}
