package enrol_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestWhomToAsk names who may do what somebody may not: the phone to those alone who may
// see phones, the name only where it is kept, and nobody who is not reached.
func TestWhomToAsk(t *testing.T) {
	t.Parallel()
	minh := func(change func(*store.Person)) func(w world) {
		return func(w world) {
			w.Update(func(tx store.Tx) error {
				p := w.PersonIn(tx, "minh")
				change(&p)
				return tx.PutPerson(p)
			})
		}
	}
	for name, c := range map[string]struct {
		who, says string
		first     func(w world)
		want      string
	}{
		"an officer":              {"hoa", "/moi", func(world) {}, "Gần nhất: đ/c Lê Văn Minh, đầu mối tổng hợp tỉnh An Giang, 0909 000 111."},
		"without a name":          {"hoa", "/moi", minh(func(p *store.Person) { p.Name, p.Phone = "", "" }), "Gần nhất: đầu mối tổng hợp tỉnh An Giang."},
		"where nobody is reached": {"hoa", "/moi", minh(func(p *store.Person) { p.Unreachable = p.ConsentAt.Add(time.Hour) }), "Gần nhất: đ/c Võ Minh Quân, quản trị toàn hệ thống."},
		"an administrator, of whom there is but one": {"quan", "/duyet", func(world) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.New(t, "vi")}
			c.first(w)
			w.Clear(c.who)
			w.Say(c.who, c.says)
			if read := w.Read(c.who); !strings.Contains(read, "⛔ Chỉ") || !strings.Contains(read, c.want) || c.want == "" && strings.Contains(read, "Gần nhất") {
				t.Errorf("want %q:\n%s", c.want, read)
			}
		})
	}
}

// TestAskWhoIsNotIt asks nobody but whom the refusal named.
func TestAskWhoIsNotIt(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	for _, who := range []string{"lan", "quan", "ba"} {
		w.Press("hoa", link.Ask.To("people", link.Ref(w.Person(who).ID)))
		if read := w.Read(who); read != "" {
			t.Errorf("%s reads\n%s", who, read)
		}
	}
}

// TestAnotherInvitation asks who made an invitation for another one; where they are gone
// who is nearest above; and for one that is good, or of no invitation, nobody.
func TestAnotherInvitation(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	code := w.Invite("30316", store.Officer, time.Hour)
	ask := func(who, code string) { w.Press(who, link.Ask.To("new", code)) }
	ask("an", code)
	ask("an", strings.Repeat("x", 32))
	if read := w.Read("minh") + w.Read("quan"); read != "" {
		t.Errorf("somebody is asked while the invitation is good:\n%s", read)
	}

	w.Now = w.Now.Add(2 * time.Hour)
	ask("an", code)
	if read := w.Read("minh"); !strings.Contains(read, "xin lời mời mới làm <b>cán bộ phụ trách phường Châu Đốc") {
		t.Errorf("minh is not asked:\n%s", read)
	}
	w.Clear("minh")
	ask("tam", code)
	if read := w.Read("minh"); read != "" {
		t.Errorf("minh is asked again:\n%s", read)
	}
	w.View(func(r store.Reader) error {
		if _, err := r.PersonAt(bottest.Address("an")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("somebody who only asked is kept: %v", err)
		}
		return nil
	})
}
