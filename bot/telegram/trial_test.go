package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/bot/trial"
	"danvan/flows"
	"danvan/store"
)

// strict is the trial's server, which somebody else wrote from the
// specification, with one person and a client of ours.
func strict(t *testing.T) (*trial.Server, *telegram.Client) {
	t.Helper()
	server, err := trial.New(trial.Config{
		Bot: trial.Bot{Username: "danvan_bot", Name: "Dân vận khéo"}, Clock: time.Now,
		People: []trial.Person{{ID: 42, First: "Nguyễn", Last: "An", Phone: "84912345678", Language: "vi", Started: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server)
	client, err := telegram.NewClient(token, web.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		server.Close()
		web.Close()
	})
	return server, client
}

// Everything that a turn can queue is taken by the strict server.
func TestStrictServerTakesEverything(t *testing.T) {
	t.Parallel()
	server, client := strict(t)
	channel := telegram.NewChannel(client, quiet(t))
	deliver := func(m store.Message, on string) string {
		t.Helper()
		m.To = store.Address{Channel: telegram.Name, Chat: "42"}
		remote, err := channel.Deliver(t.Context(), outbox.Delivery{Message: m, On: on})
		if err != nil {
			t.Errorf("%s %q: %v", m.Kind, m.Text, err)
		}
		return remote
	}
	buttons := [][]store.Button{{{Text: "Gửi", Data: "d.1.ok", Style: store.Success}, {Text: "Huỷ", Data: "d.1.no", Style: store.Danger}}}
	card := deliver(store.Message{Kind: store.Send, Text: "<b>Tên</b> &lt;3/12&gt;", Buttons: buttons, Protect: true}, "")
	deliver(store.Message{Kind: store.Edit, Text: "Tên: <i>Đường hoa</i>", Buttons: buttons}, card)
	deliver(store.Message{Kind: store.Edit, Text: "Tên: <i>Đường hoa</i>", Buttons: buttons}, card) // not modified
	deliver(store.Message{Kind: store.Edit}, card)
	deliver(store.Message{Kind: store.Send, Text: "Số điện thoại?", Keyboard: &store.Keyboard{
		Rows: [][]store.Key{{{Text: "Gửi số", Request: "contact"}}, {{Text: "Thôi"}}}, Persistent: true, Once: true, Hint: "Số",
	}}, "")
	deliver(store.Message{Kind: store.Send, Text: "Cảm ơn", Keyboard: &store.Keyboard{}}, "")
	deliver(store.Message{Kind: store.Busy}, "")
	deliver(store.Message{Kind: store.Commands, Commands: []store.Command{{Name: "moi", Text: "Đăng ký mô hình"}}}, "")
	deliver(store.Message{Kind: store.Commands}, "")
	long := "<b>" + strings.Repeat("Mô hình dân vận khéo. ", 186) + "</b>"
	deliver(store.Message{Kind: store.Send, Text: long, Buttons: buttons}, "")
	said, err := server.Say(42, "xin chào")
	if err != nil {
		t.Fatal(err)
	}
	deliver(store.Message{Kind: store.React, Text: "👍"}, strconv.Itoa(said))
	telegram.Introduce(t.Context(), client, profiles, quiet(t))

	view, err := server.Chat(42)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, m := range view.Messages {
		if m.FromBot() && m.ID == said-1 {
			all.WriteString(m.Text + " ") // the server trims it
		}
	}
	if got, want := strings.Fields(all.String()), 186*5; len(got) != want {
		t.Errorf("the long text came with %d words, want %d", len(got), want)
	}
	_, err = channel.Deliver(t.Context(), outbox.Delivery{Message: store.Message{
		To: store.Address{Channel: telegram.Name, Chat: "42"}, Kind: store.Send, Text: "a <b>b",
	}})
	var f *outbox.Failure
	if !errors.As(err, &f) || !f.Format {
		t.Errorf("broken formatting gave %v", err)
	}
}

// What people do at the strict server arrives as it was done, and their files
// can be shown again and fetched.
func TestStrictServerIsHeard(t *testing.T) {
	t.Parallel()
	server, client := strict(t)
	heard := make(chan bot.Event, 20)
	d := &desk{handle: func(ev bot.Event) (bot.Ack, error) {
		heard <- ev
		return bot.Ack{Toast: "Đã nhận"}, nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		if err := telegram.NewPoller(client, straight{d}, time.Now, quiet(t)).Run(ctx); err != nil {
			t.Error(err)
		}
	})
	defer work.Wait()
	defer cancel()
	next := func(_ any, err error) flows.Input {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return (<-heard).Input
	}
	if in := next(server.Say(42, "  Hoà <b> ")); in.Kind != flows.TextInput || in.Text != "  Hoà <b> " && in.Text != "Hoà <b>" {
		t.Errorf("text: %+v", in)
	}
	if in := next(server.ShareOwnContact(42)); in.Kind != flows.ContactInput || !in.Own || in.Phone == "" {
		t.Errorf("contact: %+v", in)
	}
	if in := next(server.ShareLocation(42, trial.Location{Latitude: 10.4, Longitude: 105.2})); in.Kind != flows.PlaceInput || in.Lat != 10.4 {
		t.Errorf("location: %+v", in)
	}
	photo := func(name string) trial.File {
		data, err := os.ReadFile("../trial/page/samples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return trial.File{Name: name, Data: data}
	}
	photos := []trial.File{photo("1.jpg"), photo("2.jpg")}
	first := next(server.SendAlbum(42, photos, "Hai ảnh"))
	second := (<-heard).Input
	if first.File.Album == "" || first.File.Album != second.File.Album || first.Text != "Hai ảnh" {
		t.Errorf("album: %+v, %+v", first, second)
	}
	paper := next(server.SendDocument(42, trial.File{Name: "../kế hoạch.txt", Data: []byte("nội dung")}, ""))
	if paper.File.Name != "kế hoạch.txt" {
		t.Errorf("document: %+v", paper)
	}
	var b bytes.Buffer
	if err := client.Fetch(t.Context(), paper.File.ID, &b); err != nil || b.String() != "nội dung" {
		t.Errorf("fetched %q, %v", b.String(), err)
	}
	to := store.Address{Channel: telegram.Name, Chat: "42"}
	channel := telegram.NewChannel(client, quiet(t))
	_, err := channel.Deliver(t.Context(), outbox.Delivery{Message: store.Message{
		To: to, Kind: store.Show, Text: "Minh chứng", Evidence: []store.Evidence{first.File, second.File, paper.File},
	}})
	if err != nil {
		t.Error(err)
	}
	card, err := channel.Deliver(t.Context(), outbox.Delivery{Message: store.Message{
		To: to, Kind: store.Send, Text: "Gửi?", Buttons: [][]store.Button{{{Text: "Gửi", Data: "d.1.ok"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := strconv.Atoi(card)
	query, err := server.Press(42, id, "Gửi")
	if err != nil {
		t.Fatal(err)
	}
	if in := (<-heard).Input; in.Press != "d.1.ok" || in.Message != card {
		t.Errorf("press: %+v", in)
	}
	if a, err := server.WaitAnswer(t.Context(), query); err != nil || a.Text != "Đã nhận" {
		t.Errorf("answer %+v, %v", a, err)
	}
	if err := server.Block(42); err != nil {
		t.Fatal(err)
	}
	if ev := <-heard; ev.Kind != bot.Left {
		t.Errorf("block: %+v", ev)
	}
	_, err = channel.Deliver(t.Context(), send("x"))
	failed(t, err, outbox.Failure{Gone: true})
	if err := server.Unblock(42); err != nil {
		t.Fatal(err)
	}
	if ev := <-heard; ev.Kind != bot.Returned {
		t.Errorf("unblock: %+v", ev)
	}
}
