package enrol_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/bot/enrol"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// What people read at the door.
const (
	saidConsent = "xin lưu họ tên và số điện thoại"
	saidUsed    = "đã được dùng ngày"
	saidExpired = "đã hết hạn ngày"
	saidUnknown = "Không có lời mời nào mang mã này"
	saidEnough  = "Đã thử quá nhiều mã"
	saidRefused = "Danvan dành cho cán bộ được mời"
)

// world is one in which what is answered at the door is looked at.
type world struct{ *bottest.World }

// answered sends a text and returns what is answered.
func (w world) answered(who, text string) string {
	w.T.Helper()
	w.Clear(who)
	w.Say(who, text)
	return w.Read(who)
}

func (w world) wantAnswer(who, text, want string) {
	w.T.Helper()
	if got := w.answered(who, text); want == "" && got != "" || !strings.Contains(got, want) {
		w.T.Errorf("%s: %q is answered with %q, want %q", who, text, got, want)
	}
}

// TestInvitationRace lets two people bring the same code at the same time,
// many times over: always one of them gets the post.
func TestInvitationRace(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	for i := range 30 {
		code := w.Invite("30316", store.Officer, time.Hour)
		racers := []string{fmt.Sprint("a", i), fmt.Sprint("b", i)}
		var running sync.WaitGroup
		for _, who := range racers {
			running.Go(func() {
				_, err := w.Bot.Handle(context.Background(), bot.Event{
					ID: "test/" + who, At: w.Now, Kind: bot.Said, From: bottest.Address(who),
					Input: flows.Input{Kind: flows.TextInput, Text: "/start " + code},
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		bottest.Must(t, w.Deliver())
		said := w.Read(racers[0]) + w.Read(racers[1])
		if strings.Count(said, saidConsent) != 1 || strings.Count(said, saidUsed) != 1 {
			t.Fatalf("one code, two people:\n%s", said)
		}
		w.View(func(r store.Reader) error {
			post, err := r.Post("30316:officer")
			if err != nil {
				return err
			}
			holder, err := r.Person(post.Holder)
			if err == nil && !strings.Contains(w.Read(holder.Address.Chat), saidConsent) {
				t.Errorf("%s holds the post and was told otherwise", holder.Address.Chat)
			}
			return err
		})
		w.Now = w.Now.Add(time.Minute)
	}
}

// TestInvitationLife looks at an invitation from its making to after its end.
func TestInvitationLife(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	fresh, late := w.Invite("30316", store.Officer, time.Hour), w.Invite("30313", store.Officer, time.Hour)
	w.Now = w.Now.Add(time.Hour)
	w.wantAnswer("first", "/start "+fresh, saidConsent)
	w.wantAnswer("first", "/start "+fresh, "đang làm việc với tư cách")
	w.wantAnswer("second", "/start "+fresh, saidUsed)
	w.Now = w.Now.Add(time.Microsecond)
	w.wantAnswer("third", "/start "+late, saidExpired)
	w.wantAnswer("third", "/start "+late+"x", saidUnknown)
	w.wantAnswer("third", "/start "+strings.ToLower(late), saidUnknown)
	w.wantAnswer("third", "/start "+strings.Repeat("x", 4000), saidUnknown)
	w.View(func(r store.Reader) error {
		p, err := r.Post("30313:officer")
		if p.Holder != 0 {
			t.Error("an expired invitation filled a post")
		}
		return err
	})
}

// TestInvitationForms brings a code in every form that people bring one in.
func TestInvitationForms(t *testing.T) {
	t.Parallel()
	for _, form := range []string{
		"/start %s", "/start@danvan_bot %s", "/Start %s", "/START  %s ", "https://t.me/danvan_bot?start=%s", "t.me/danvan_bot?start=%s",
		"Đường dẫn mời của đồng chí: https://t.me/danvan_bot?start=%s", "tg://resolve?domain=danvan_bot&start=%s", "%s", " %s\n",
	} {
		w := world{bottest.New(t, "vi")}
		w.wantAnswer("first", fmt.Sprintf(form, w.Invite("30316", store.Officer, time.Hour)), saidConsent)
	}

	w := world{bottest.New(t, "vi")}
	for _, other := range []string{"/start", "/Start", "xin chào", "https://t.me/danvan_bot", "Nguyễn Văn An"} {
		w.Now = w.Now.Add(time.Minute)
		w.wantAnswer("first", other, saidRefused)
	}
}

// TestNameOfTheChannel offers what the channel calls somebody only where it
// would be taken if it were typed.
func TestNameOfTheChannel(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"\u202eAn": "An", "Nguyễn  Văn\u200b An": "Nguyễn Văn An", "\u3164\u3164": "", strings.Repeat("a", 64) + " " + strings.Repeat("b", 64): "",
	} {
		w := bottest.New(t, "vi")
		code := w.Invite("30316", store.Officer, time.Hour)
		for i, text := range []string{"/start " + code, "Đồng ý"} {
			in := flows.Input{Kind: flows.TextInput, Text: text}
			if i > 0 {
				in = flows.Input{Kind: flows.PressInput, Press: link.Consent.To("yes")}
			}
			_, err := w.Bot.Handle(context.Background(), bot.Event{
				ID: fmt.Sprint("test/name", i), At: w.Now, Kind: bot.Said, From: bottest.Address("first"), Name: name, Input: in,
			})
			bottest.Must(t, errors.Join(err, w.Deliver()))
		}

		last := w.Chat("first").Messages[len(w.Chat("first").Messages)-1]
		offered := ""
		for _, row := range last.Buttons {
			for _, b := range row {
				if strings.Contains(b.Data, "~d") {
					offered = b.Text
				}
			}
		}
		if offered != want {
			t.Errorf("%q is offered as %q, want %q", name, offered, want)
		}
	}
}

// TestInvitationByAlias invites by a code that corrected a unit's: the post keeps
// the first.
func TestInvitationByAlias(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	w.Update(func(tx store.Tx) error {
		u, err := tx.Unit("30316")
		u.Aliases = []store.Alias{{Code: "30399", From: store.Date{Year: 2026, Month: 9, Day: 20}}}
		return errors.Join(err, tx.PutUnit(u), tx.PutUnit(store.Unit{Code: "30313", Withdrawn: true}))
	})
	w.wantAnswer("first", "/start "+w.InviteTo("30399 officer more"), saidConsent)
	w.View(func(r store.Reader) error {
		p, err := r.Post("30316:officer")
		if p.Unit != "30316" || p.Holder == 0 {
			t.Errorf("the post is %+v", p)
		}
		return err
	})
	if _, err := enrol.Invite(t.Context(), w.Bot, enrol.Wanted{Unit: "30313", Role: store.Officer, Life: time.Hour}, w.Now); !errors.Is(err, enrol.ErrNoUnit) {
		t.Errorf("an invitation to a unit that was withdrawn: %v", err)
	}
}

// TestDeputyEndsWithHolder hands a post over whose holder had chosen a deputy:
// the new holder reports and is reminded, and the deputy no longer.
func TestDeputyEndsWithHolder(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "reports")
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("30346:officer")
		post.Deputy, post.DeputyUntil = w.PersonIn(tx, "cuc").ID, w.Now.AddDate(0, 1, 0)
		return errors.Join(err, tx.PutPost(post))
	})
	w.Say("an", "/start {30346 officer}")
	w.SetClock(w.Day(12, 7, 8, 0))
	w.Press("cuc", "bc.show."+link.Obligation("30346", bottest.Period))
	if read := w.Read("cuc"); strings.Contains(read, "Nhơn Hội") {
		t.Errorf("the deputy still reads\n%s", read)
	}
	if read := w.Read("an"); !strings.Contains(read, "Còn 7 ngày làm việc") {
		t.Errorf("the new holder is not reminded:\n%s", read)
	}
}

// TestDeputyWithoutPost hands over the only post of a deputy, who then cannot
// answer: the officer is reminded again.
func TestDeputyWithoutPost(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "reports")
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("30346:officer")
		post.Deputy, post.DeputyUntil = w.PersonIn(tx, "cuc").ID, w.Now.AddDate(0, 1, 0)
		return errors.Join(err, tx.PutPost(post))
	})
	w.Say("an", "/start {30346ND officer}")
	w.SetClock(w.Day(12, 7, 8, 0))
	if read := w.Read("cuc"); strings.Contains(read, "Còn 7 ngày làm việc") {
		t.Errorf("somebody without a post is reminded:\n%s", read)
	}
	if read := w.Read("ba"); !strings.Contains(read, "Còn 7 ngày làm việc") {
		t.Errorf("the officer is not reminded:\n%s", read)
	}
}

// TestInvitationOvertaken makes two invitations to one post: once somebody
// holds it, the older link takes it from nobody, and a newer one hands it over.
func TestInvitationOvertaken(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	lost, used := w.Invite("30316", store.Officer, time.Hour), w.Invite("30316", store.Officer, time.Hour)
	w.Now = w.Now.Add(time.Minute)
	w.wantAnswer("first", "/start "+used, saidConsent)
	w.Now = w.Now.Add(time.Minute)
	w.wantAnswer("second", "/start "+lost, saidUsed)
	w.wantAnswer("first", "/start", "đang làm việc với tư cách")
	next := w.Invite("30316", store.Officer, time.Hour)
	w.Now = w.Now.Add(time.Minute)
	w.wantAnswer("second", "/start "+next, "vừa được bàn giao cho đồng chí")
	w.wantAnswer("first", "/mohinh", "không giữ vị trí nào")
}

// TestGuesses tries codes: after five no code is looked at any more, not even
// a right one, until the hour is over.
func TestGuesses(t *testing.T) {
	t.Parallel()
	for name, who := range map[string]string{"a stranger": "guesser", "an officer": "hoa"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.New(t, "vi")}
			code := w.Invite("30316", store.Officer, 24*time.Hour)
			for range 4 {
				w.wantAnswer(who, "/start guess", saidUnknown)
			}
			w.wantAnswer(who, "/start guess", saidEnough)
			w.wantAnswer(who, "/start guess", "")
			w.wantAnswer(who, "/start "+code, "")
			w.Now = w.Now.Add(11 * time.Minute)
			w.wantAnswer(who, "/start "+code, saidEnough)
			w.wantAnswer("another", "/start guess", saidUnknown)
			w.Now = w.Now.Add(50 * time.Minute)
			w.wantAnswer(who, "/start guess", saidUnknown)
			w.wantAnswer(who, "/start "+code, "<b>cán bộ phụ trách phường Châu Đốc")
		})
	}
}

// TestFlood lets a stranger send all kinds of things for 25 minutes: they are
// answered once a minute, so that whoever writes on learns what to do.
func TestFlood(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	w.Clear("flooder")
	toasts := ""
	for i := range 300 {
		in := flows.Input{Kind: flows.TextInput, Text: "/start"}
		switch i % 5 {
		case 1:
			in = flows.Input{Kind: flows.PressInput, Press: "m.1", Message: "1"}
		case 2:
			in = flows.Input{Kind: flows.TextInput, Text: strings.Repeat("x", 4096)}
		case 3:
			in = flows.Input{Kind: flows.FileInput, File: store.Evidence{ID: "f", UniqueID: "f", Kind: store.Photo}}
		case 4:
			in = flows.Input{Kind: flows.TextInput, Text: "/mohinh", Edited: true}
		}
		toasts += w.MustDo("flooder", in)
		w.Now = w.Now.Add(5 * time.Second)
	}
	if n := strings.Count(w.Read("flooder"), saidRefused); n != 25 || len(w.Chat("flooder").Messages) != 25 || toasts != "" {
		t.Errorf("300 messages in 25 minutes got %d answers and %q:\n%s", n, toasts, w.Read("flooder"))
	}
}

// TestCrowd has 300 strangers guess once each: a hundred are answered in ten
// minutes, and who is invited comes in all the same.
func TestCrowd(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	code := w.Invite("30316", store.Officer, 24*time.Hour)
	answered := 0
	for i := range 300 {
		if w.answered(fmt.Sprint("guest", i), "/start guess") != "" {
			answered++
		}
	}
	if answered != 100 {
		t.Errorf("%d of 300 were answered, want 100", answered)
	}
	w.wantAnswer("hoa", "/start guess", saidUnknown)
	w.wantAnswer("guest7", "/start "+code, "<b>cán bộ phụ trách phường Châu Đốc")
	w.Now = w.Now.Add(11 * time.Minute)
	w.wantAnswer("late", "xin chào", saidRefused)
}

// TestClockAhead lets a year that was not be full of guesses: when the clock is right
// again they keep nobody out.
func TestClockAhead(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	code, now := w.Invite("30316", store.Officer, 24*time.Hour), w.Now
	w.Now = now.AddDate(1, 0, 0)
	for range 5 {
		w.answered("guesser", "/start guess")
	}
	for i := range 100 {
		w.answered(fmt.Sprint("guest", i), "/start guess")
	}
	w.wantAnswer("late", "xin chào", "")

	w.Now = now
	w.wantAnswer("late", "xin chào", saidRefused)
	w.wantAnswer("guest7", "xin chào", saidRefused)
	w.wantAnswer("guesser", "/start guess", saidUnknown)
	w.wantAnswer("guesser", "/start "+code, "<b>cán bộ phụ trách phường Châu Đốc")
}
