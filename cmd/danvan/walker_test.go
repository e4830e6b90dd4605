package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
	"danvan/flows/forms"
	"danvan/locales"
	"danvan/store"
)

// registration is what somebody means to register: what they answer to each
// question, by its field, as it is typed or as the button says it.
type registration map[string]string

// Which keys the store keeps for the labels that a registration chooses.
var (
	kinds   = map[string]store.RegistrantKind{"Tập thể": store.Collective, "Cá nhân": store.Individual}
	fields  = map[string]string{"Kinh tế": "KT", "Văn hóa - xã hội": "VHXH", "Quốc phòng - an ninh": "QPAN", "Hệ thống chính trị": "HTCT"}
	titles  = map[string]string{"Dân vận khéo": "DVK", "DVK xây dựng NTM": "DVK-NTM", "DVK NTM nâng cao": "DVK-NTMNC"}
	origins = map[string]store.Origin{"Xây dựng mới": store.New, "Nâng chất": store.Upgraded}
)

// newRegistration invents one. The mark stands in every text, so that an
// answer that ends up elsewhere is noticed.
func newRegistration(r *rand.Rand, mark int) registration {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	return registration{
		"title":       fmt.Sprintf("%s số %d", pick("Hiến đất mở đường nội ấp", "Hũ gạo tình thương", "Tuyến đường hoa tự quản", "Bếp ăn nghĩa tình"), mark),
		"kind":        pick("Tập thể", "Cá nhân"),
		"group":       fmt.Sprintf("Chi bộ ấp Phú Đa %d", mark),
		"person":      fmt.Sprintf("Ông Nguyễn Văn An %d, ấp Phú Đa", mark),
		"field":       pick("Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Hệ thống chính trị"),
		"title_group": pick("Dân vận khéo", "DVK xây dựng NTM", "DVK NTM nâng cao"),
		"origin":      pick("Xây dựng mới", "Nâng chất"),
		"place":       fmt.Sprintf("hẻm %d, khóm Đông Thịnh; 42 hộ", mark),
		"problem":     fmt.Sprintf("Hẻm %d hẹp 1,5 m, mùa mưa học sinh phải lội bùn, xe cứu thương không vào được", mark),
		"target":      fmt.Sprintf("31 hộ hiến %d m², mở rộng 350 m đường", mark),
		"content":     fmt.Sprintf("Họp tổ nhân dân hẻm %d, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào", mark),
		"period":      "từ 01/03/2026 đến 31/10/2026",
		"contact":     fmt.Sprintf("Nguyễn Văn An, 0912 3%05d", mark%100_000),
	}
}

// private are the words that no log may hold, the phone number both as it is
// typed and as it is kept.
func (g registration) private() []string {
	_, phone, _ := strings.Cut(g["contact"], ", ")
	return []string{g["title"], g["place"], phone, strings.ReplaceAll(phone[1:], " ", "")}
}

// differs says in what a kept model differs from the registration; "" if in
// nothing.
func (g registration) differs(m store.Model) string {
	who := g["group"]
	if kinds[g["kind"]] == store.Individual {
		who = g["person"]
	}
	name, phone, _ := strings.Cut(g["contact"], ", ")
	entry := m.Entries.First()
	for _, c := range []struct{ field, want, got string }{
		{"title", g["title"], m.Title}, {"kind", string(kinds[g["kind"]]), string(m.Kind)}, {"registrant", who, m.Registrant()},
		{"field", fields[g["field"]], entry.Field}, {"title group", titles[g["title_group"]], entry.TitleGroup},
		{"origin", string(origins[g["origin"]]), string(entry.Origin)}, {"place", g["place"], m.Place},
		{"problem", g["problem"], m.Problem}, {"target", g["target"], m.Target}, {"content", g["content"], m.Content},
		{"from", "2026-03-01", m.From.String()}, {"to", "2026-10-31", m.To.String()},
		{"contact", name, m.Contact}, {"phone", "+84" + strings.ReplaceAll(phone[1:], " ", ""), m.Phone},
	} {
		if c.want != c.got {
			return fmt.Sprintf("%s is %q, not %q", c.field, c.got, c.want)
		}
	}
	return ""
}

// walker is a person who reads what the bot asks and answers it.
type walker struct {
	*trial.Server
	words *locales.Catalogue
	id    int64
	// silence is how long the person waits for something new before saying the
	// same once more; 0: they wait as long as it takes.
	silence time.Duration
	// twice says whether a button is pressed twice; nil: never.
	twice func() bool

	saw    int    // the newest message that was dealt with
	card   string // what it asked, buttons and all
	button string // what was pressed under it, "" if the answer was typed
	typed  string
	nudges int
}

// codePattern is the code of a registration in what a person reads.
var codePattern = regexp.MustCompile(`DVK-[0-9]+-[0-9]{4}-[0-9]{4}`)

// register registers and returns the code that was confirmed.
func (w *walker) register(ctx context.Context, g registration) (string, error) {
	if err := w.say("/dangky"); err != nil {
		return "", err
	}
	return w.finish(ctx, g)
}

// finish answers question after question until a code is confirmed.
func (w *walker) finish(ctx context.Context, g registration) (string, error) {
	for {
		m, err := w.next(ctx)
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(m.Text, "✅") && codePattern.MatchString(m.Text) && strings.Contains(m.Text, g["title"]) {
			return codePattern.FindString(m.Text), nil
		}
		if err := w.answer(m, g); err != nil {
			return "", err
		}
	}
}

// say types something and notes what can be typed again.
func (w *walker) say(text string) error {
	v, err := w.Chat(w.id)
	if err != nil {
		return err
	}
	w.saw, w.card, w.button, w.typed = newest(v).ID, "", "", text
	_, err = w.Say(w.id, text)
	return err
}

// next waits for the next message that the person has not dealt with, or for the
// card that they tapped to become one. A card that came twice is passed over: it has
// been answered.
func (w *walker) next(ctx context.Context) (trial.Message, error) {
	for {
		waiting, cancel := ctx, context.CancelFunc(func() {})
		if w.silence > 0 {
			waiting, cancel = context.WithTimeout(ctx, w.silence)
		}
		var m trial.Message
		_, err := w.Wait(waiting, w.id, func(v trial.View) (ok bool) {
			m, ok = w.news(v)
			return ok
		})
		cancel()
		switch {
		case ctx.Err() != nil:
			return m, fmt.Errorf("person %d hears nothing after %q%q under %q: %w", w.id, w.button, w.typed, w.card, ctx.Err())
		case err != nil:
			w.nudges++
			if err := w.again(); err != nil {
				return m, err
			}
			continue
		}

		if m.Markup == nil {
			m.Markup = &trial.InlineKeyboard{}
		}
		w.saw = m.ID
		if card := face(m); card != w.card {
			w.card, w.button, w.typed = card, "", ""
			return m, nil
		}
	}
}

// news is the first message that the person has not dealt with, or the card that
// they tapped once it asks something else.
func (w *walker) news(v trial.View) (trial.Message, bool) {
	for _, m := range v.Messages {
		if m.ID > w.saw && m.FromBot() && m.Pinned == nil {
			return m, true
		}
	}
	m := newest(v)
	return m, w.button != "" && m.ID == w.saw && len(m.Markup.Rows) > 0 && face(m) != w.card
}

// again presses or types once more what brought no answer. What was typed is
// sent as a reply to its question, so that it cannot be taken for the answer
// to another one.
func (w *walker) again() error {
	switch {
	case w.button != "":
		_, _ = w.Press(w.id, w.saw, w.button) // when it was obeyed, the buttons are gone
	case w.typed != "":
		to := w.saw
		if w.card == "" {
			to = 0
		}
		_, err := w.Reply(w.id, to, w.typed)
		return err
	}
	return nil
}

// answer answers the question of a message: by the button that says what is
// meant, or else in words.
func (w *walker) answer(m trial.Message, g registration) error {
	field, want := w.question(m.Text), ""
	switch {
	case field != "":
		want = g[field]
	case strings.Contains(m.Text, plain(w.words.Source("vi", "register.review"))):
		want = w.words.Source("vi", "register.submit")
	default: // a doubt: the person means what they said
		for _, key := range []string{"doubt.same.no", "doubt.vague.yes"} {
			if label := w.words.Source("vi", key); hasButton(m, label) {
				want = label
			}
		}
	}
	if want == "" {
		return nil // a remark; the question follows
	}
	if !hasButton(m, want) {
		w.typed = want
		_, err := w.Say(w.id, want)
		return err
	}
	w.button = want
	if _, err := w.Press(w.id, m.ID, want); err != nil {
		return err
	}
	if w.twice != nil && w.twice() {
		_, _ = w.Press(w.id, m.ID, want) // the buttons may be gone already
	}
	return nil
}

// question is the field that a message asks for; "" if it asks for none.
func (w *walker) question(text string) string {
	for _, st := range forms.Register().Steps {
		if strings.Contains(text, w.words.Source("vi", "register."+st.Field+".ask")) {
			return st.Field
		}
	}
	return ""
}

// newest is the bot's last message, without id if there is none.
func newest(v trial.View) trial.Message {
	for _, m := range slices.Backward(v.Messages) {
		if m.FromBot() {
			if m.Markup == nil {
				m.Markup = &trial.InlineKeyboard{}
			}
			return m
		}
	}
	return trial.Message{Markup: &trial.InlineKeyboard{}}
}

// face is what tells one card from another: its words and its buttons' data.
func face(m trial.Message) string {
	var s strings.Builder
	s.WriteString(m.Text)
	for _, row := range m.Markup.Rows {
		for _, b := range row {
			s.WriteString("\n" + b.CallbackData)
		}
	}
	return s.String()
}

func hasButton(m trial.Message, label string) bool {
	return slices.ContainsFunc(m.Markup.Rows, func(row []trial.Button) bool {
		return slices.ContainsFunc(row, func(b trial.Button) bool { return b.Text == label })
	})
}

// plain is a catalogue text without its tags.
func plain(s string) string { return strings.NewReplacer("<b>", "", "</b>", "").Replace(s) }

// mustRegister registers and fails the test if that does not work.
func (w *walker) mustRegister(t *testing.T, g registration) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	code, err := w.register(ctx, g)
	if err != nil {
		t.Fatal(err)
	}
	return code
}
