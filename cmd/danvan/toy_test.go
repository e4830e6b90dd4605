package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/inbox"
	"danvan/bot/outbox"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/store"
)

// toy is the least that a channel can be: it shows texts and hears texts, and
// has neither buttons nor edits, files, reactions or keyboards.
type toy struct {
	house *house
	said  chan bot.Event
	heard chan string // what came to its one chat
	sent  int
}

const toyText = 2000

func newToy(h *house) *toy {
	return &toy{house: h, said: make(chan bot.Event), heard: make(chan string, 100)}
}

func (*toy) Limits() store.Limits { return store.Limits{Text: toyText} }

// Deliver refuses whatever is more than its limits.
func (c *toy) Deliver(_ context.Context, d outbox.Delivery) (string, error) {
	beyond := d.Buttons != nil || d.Keyboard != nil || d.Evidence != nil || len([]rune(outbox.Words(d.Text))) > toyText
	if d.Kind != store.Send || beyond {
		return "", &outbox.Failure{Err: fmt.Errorf("a toy cannot do this: %+v", d)}
	}
	c.heard <- outbox.Words(d.Text)
	return fmt.Sprint(d.ID), nil
}

func (*toy) name() string { return "toy" }

func (c *toy) hear(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case ev := <-c.said:
			if err := c.house.inbox.Take(ctx, []inbox.Item{{Event: ev}}); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

func (*toy) introduce(context.Context) {}

func (*toy) learn(context.Context) error { return nil }

func (*toy) fetch(context.Context, store.Evidence) ([]byte, error) {
	return nil, errors.New("no files")
}

func (*toy) link(code string) string { return "toy:" + code }

func (*toy) close() {}

// toyWorld is a house that speaks over a toy alone, and somebody with nothing
// but its texts.
type toyWorld struct {
	*toy
	t     *testing.T
	house *house
}

func newToyWorld(t *testing.T) *toyWorld {
	t.Helper()
	c, log := testConfig(t), newLogbook()
	h, err := open(c, time.Now, c.logger(log))
	if err == nil {
		err = shipped.FillRehearsal(t.Context(), h.store, time.Now(), "vi")
	}
	if err != nil {
		t.Fatal(err)
	}

	w := &toyWorld{toy: newToy(h), t: t, house: h}
	h.speakOver(w.toy)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, h.close()); err != nil {
			t.Error(err)
		}
		if s := log.String(); strings.Contains(s, "level=ERROR") {
			t.Errorf("the log complains:\n%s", s)
		}
	})
	return w
}

// says types something and waits for a message with all of the words in it.
func (w *toyWorld) says(text string, words ...string) string {
	w.t.Helper()
	w.sent++
	id := fmt.Sprint("toy/", w.sent)
	w.said <- bot.Event{
		ID: id, At: time.Now(), Kind: bot.Said, From: store.Address{Channel: "toy", Chat: "1"},
		Input: flows.Input{Kind: flows.TextInput, Text: text, Message: id},
	}
	late := time.After(patience)
	for {
		select {
		case got := <-w.heard:
			if hasAll(got, words) {
				return got
			}
			w.t.Logf("also heard after %q:\n%s", text, got)
		case <-late:
			w.t.Fatalf("after %q nobody heard %q", text, words)
		}
	}
}

// rests waits until the outbox is done with all that was queued, and so has
// written down what the numbers in the last message stand for.
func (w *toyWorld) rests() {
	w.t.Helper()
	for late := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		left := 0
		err := w.house.store.View(w.t.Context(), func(r store.Reader) (err error) {
			left, err = r.Pending()
			return err
		})
		switch {
		case err != nil || time.Now().After(late):
			w.t.Fatalf("%d messages are still on their way, %v", left, err)
		case left == 0:
			return
		}
	}
}

func hasAll(s string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

// TestRegisterOverAToy registers a model from the invitation to the code with
// nothing but texts: choices are answered by number or by name, and the words
// "quay lai", "bo qua" and "gui" do what the buttons do elsewhere.
func TestRegisterOverAToy(t *testing.T) {
	t.Parallel()
	w := newToyWorld(t)
	inv, err := w.house.Invite(t.Context(), inviteOrder{Unit: "30709", Role: store.Officer, Life: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	code, ok := strings.CutPrefix(inv.Link, "toy:")
	if !ok {
		t.Fatalf("the invitation's link is %q", inv.Link)
	}

	ask := func(field string) string { return w.house.words.Source("vi", "register."+field+".ask") }
	w.says("/start "+code, "Danvan xin lưu họ tên", "1. Đồng ý\n2. Không lưu số")
	w.rests()
	w.says("2", "✔ Không lưu họ tên và số điện thoại")
	w.says("/dangky", ask("title"))
	w.says("Hiến đất mở đường nội ấp số 7", "đã có mô hình giống", "2. Khác: đăng ký mới")
	w.says("không", ask("kind"), "1. Tập thể\n2. Cá nhân\n3. « Quay lại")
	w.says("1", ask("group"))
	w.says("quay lai", ask("kind"))
	w.says("ca nhan", ask("person"))
	w.says("quay lai", ask("kind"))
	w.says("tap the", ask("group"))
	w.says("Chi bộ ấp Phú Đa", ask("field"), "1. Kinh tế")
	w.says("kinh te", ask("title_group"), "1. Dân vận khéo")
	w.says("2", ask("origin"))
	w.says("duy trì", ask("place"))
	w.says("hẻm 7, khóm Đông Thịnh; 42 hộ", ask("problem"))
	w.says("Hẻm 7 hẹp 1,5 m, mùa mưa học sinh phải lội bùn, xe cứu thương không vào được", ask("target"))
	w.says("31 hộ hiến 640 m², mở rộng 350 m đường", ask("content"))
	w.says("Họp tổ nhân dân hẻm 7, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào", ask("period"))
	w.says("từ 01/03/2026 đến 31/10/2026", ask("contact"))
	w.says("Nguyễn Văn An, 0912 345 678", plain(w.house.words.Source("vi", "register.review")), "Chi bộ ấp Phú Đa")

	done := w.says("gui", "✅", "Hiến đất mở đường nội ấp số 7")
	model := codePattern.FindString(done)
	if err := w.house.store.View(t.Context(), func(r store.Reader) error {
		m, err := r.ModelByCode(model)
		same := m.Kind == store.Collective && m.Registrant() == "Chi bộ ấp Phú Đa" &&
			m.Entries.First().Field == "KT" && m.Entries.First().Origin == store.Maintained
		if err == nil && (!same || m.Predecessor != 0) {
			t.Errorf("kept as %+v", m)
		}
		return err
	}); err != nil {
		t.Errorf("model %q: %v", model, err)
	}
}

// TestInventedPeopleHearNothing sends something to people of a trial who are
// nowhere: it is done with, and nobody complains.
func TestInventedPeopleHearNothing(t *testing.T) {
	t.Parallel()
	c, log := testConfig(t), newLogbook()
	h, err := open(c, time.Now, c.logger(log))
	if err != nil {
		t.Fatal(err)
	}
	h.quiet = true
	h.speakOver(newToy(h))
	if err := h.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.Enqueue(store.Message{
			To: store.Address{Channel: shipped.Nowhere, Chat: "1"}, Kind: store.Edit, Text: "x", Target: store.Target{Remote: "9"}, At: time.Now(),
		})
		return err
	}); err != nil {
		t.Fatal(err)
	}

	done := make(chan error, 1)
	go func() { done <- h.outbox.Run(t.Context()) }()
	err = errors.Join(h.outbox.Drain(t.Context()), <-done)
	left := 0
	err = errors.Join(err, h.store.View(t.Context(), func(r store.Reader) (err error) {
		left, err = r.Pending()
		return err
	}), h.close())
	if err != nil || left != 0 || strings.Contains(log.String(), "given up") {
		t.Errorf("%v, %d messages left, log:\n%s", err, left, log)
	}
}
