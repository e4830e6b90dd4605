package enrol_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/enrol"
	"danvan/bot/link"
	"danvan/store"
)

// TestWhoKeepsPeople presses every button about the officer of a commune as everybody:
// only coordinators and administrators in whose scope it is do anything.
func TestWhoKeepsPeople(t *testing.T) {
	t.Parallel()
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			may := a.Sees && (a.Role == store.Coordinator || a.Role == store.Admin)
			for _, what := range []string{"seat", "hand", "revoke", "suspendyes", "offyes"} {
				w := world{bottest.New(t, "vi")}
				w.Appoint(a)
				w.Invite("30346", store.Officer, time.Hour)
				at := "30346:officer"
				if strings.HasSuffix(what, "yes") {
					at = link.Ref(w.Person("ba").ID) + "/" + at
				}
				if a.Unit == "30346" && a.Role == store.Officer && what != "seat" {
					continue // the actor took ba's seat
				}
				w.Fresh()
				before := w.post("30346:officer")
				w.Press(bottest.Somebody, link.People.To(what, at))
				after, invites := w.post("30346:officer"), w.invites("30346:officer")

				did := map[string]bool{
					"seat": strings.Contains(w.Read(bottest.Somebody), "Huỳnh Văn Ba"), "hand": len(invites) == 2,
					"revoke": invites[0].State(w.Now) == store.Revoked, "suspendyes": after.Suspended == before.Holder && after.Holder == 0,
					"offyes": after.Holder == 0 && after.Suspended == 0,
				}[what]
				if did != may {
					t.Errorf("%s: did %v, want %v; sees\n%s", what, did, may, w.Read(bottest.Somebody))
				}
				if what == "seat" && may && strings.Contains(w.Read(bottest.Somebody), "0933 444 555") != a.Phones {
					t.Errorf("the phone is shown: want %v\n%s", a.Phones, w.Read(bottest.Somebody))
				}
			}
		})
	}
}

func (w world) post(id store.PostID) (p store.Post) {
	w.View(func(r store.Reader) (err error) { p, err = r.Post(id); return err })
	return p
}

func (w world) invites(id store.PostID) (list []store.Invite) {
	w.View(func(r store.Reader) (err error) { list, err = r.InvitesTo(id); return err })
	return list
}

// TestNoHigherRole lets a coordinator neither invite a leader or an administrator, nor
// take their seats.
func TestNoHigherRole(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	for _, what := range []string{"hand", "revoke", "offyes", "suspendyes"} {
		w.Press("minh", link.People.To(what, link.Ref(w.Person("lan").ID)+"/91:supervisor"))
		w.Press("minh", link.People.To(what, "91:supervisor"))
		w.Press("minh", link.People.To(what, link.Ref(w.Person("quan").ID)+"/:admin"))
	}
	if p := w.post("91:supervisor"); p.Holder == 0 || p.Suspended != 0 || len(w.invites("91:supervisor")) > 0 {
		t.Errorf("the leader's seat is %+v", p)
	}
	if p := w.post(":admin"); p.Holder == 0 || len(w.invites(":admin")) > 0 {
		t.Errorf("the administrator's seat is %+v", p)
	}
}

// TestLastAdministrator lets nobody remove themselves: of two administrators one can go,
// and the last one stays.
func TestLastAdministrator(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	made, err := enrol.Invite(t.Context(), w.Bot, enrol.Wanted{Role: store.Admin, Life: time.Hour}, w.Now)
	bottest.Must(t, err)
	w.Say("an", "/start "+made.Code)
	quan, an := w.Person("quan").ID, w.Person("an").ID
	w.Press("an", link.People.To("offyes", link.Ref(quan)+"/:admin"))
	if p := w.post(":admin"); p.Holder != 0 {
		t.Errorf("of two administrators one cannot go: %+v", p)
	}
	for _, what := range []string{"off", "offyes", "suspend", "suspendyes"} {
		w.Clear("an")
		w.Press("an", link.People.To(what, link.Ref(an)+"/:admin:2"))
		if !strings.Contains(w.Read("an"), "vị trí của chính đồng chí") || w.post(":admin:2").Holder != an {
			t.Errorf("%s: %s", what, w.Read("an"))
		}
	}
}

// TestStaleSeat takes nobody's seat by a button that was shown when somebody else held it.
func TestStaleSeat(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	button := link.People.To("offyes", link.Ref(w.Person("hoa").ID)+"/30709:officer")
	w.Say("an", "/start {30709 officer}")
	w.Press("minh", button)
	if p := w.post("30709:officer"); p.Holder != w.Person("an").ID {
		t.Errorf("the seat is %+v", p)
	}
}

// TestSuspendedSeat gives a seat that is suspended to nobody else by chance, and hands it
// over when that is wished: then the one before does not get it back.
func TestSuspendedSeat(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	hoa := w.Person("hoa").ID
	w.Press("minh", link.People.To("suspendyes", link.Ref(hoa)+"/30709:officer"))
	if got := w.seatsOf(wantedOfficer("30709")); got[0] != "30709:officer:2" {
		t.Errorf("a suspended seat was given away: %v", got)
	}

	w.Press("hoa", "people.resume.30709:officer")
	if w.post("30709:officer").Holder != 0 {
		t.Error("whose seat is suspended took it back")
	}
	w.Say("an", "/start {30709 officer}")
	w.Press("minh", "people.resume.30709:officer")
	if p := w.post("30709:officer"); p.Holder != w.Person("an").ID || p.Suspended != 0 {
		t.Errorf("the seat is %+v", p)
	}
	if read := w.Read("hoa"); !strings.Contains(read, "đã được bàn giao cho người khác") {
		t.Errorf("hoa was not told:\n%s", read)
	}
}

// TestDraftsStayWithTheSeat takes an officer's seat away in the middle of a form and gives
// it back: the form is among its drafts.
func TestDraftsStayWithTheSeat(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	w.Say("hoa", "/dangky")
	w.Say("hoa", "Hiến đất mở đường nội ấp Phú Tây")
	w.Press("minh", link.People.To("suspendyes", link.Ref(w.Person("hoa").ID)+"/30709:officer"))
	w.wantAnswer("hoa", "/nhap", "không giữ vị trí nào")
	w.Press("minh", "people.resume.30709:officer")
	w.wantAnswer("hoa", "/nhap", "Hiến đất mở đường nội ấp Phú Tây")
}

// TestPeopleAreAudited reads who did what to a seat.
func TestPeopleAreAudited(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	hoa, minh := w.Person("hoa").ID, w.Person("minh").ID
	at := link.Ref(hoa) + "/30709:officer"
	for _, press := range []string{"hand.30709:officer", "revoke.30709:officer", "suspendyes." + at, "resume.30709:officer", "offyes." + at} {
		w.Press("minh", "people."+press)
	}
	w.View(func(r store.Reader) error {
		lines, err := r.AuditOf("post/30709:officer")
		var got []string
		for _, l := range lines {
			if l.Who != minh || l.Post != "91:coordinator" {
				t.Errorf("%s by %d as %s", l.Action, l.Who, l.Post)
			}
			got = append(got, l.Action)
		}
		if said := fmt.Sprint(got); said != "[invite revoke suspend resume remove]" {
			t.Errorf("the audit says %s", said)
		}
		return err
	})
}

// TestSeen notes the day on which somebody did something, once a day.
func TestSeen(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	if seen := w.Person("hoa").Seen; !seen.IsZero() {
		t.Errorf("hoa was seen %s, who did nothing", seen)
	}
	w.Say("hoa", "/mohinh")
	if seen := w.Person("hoa").Seen; seen != store.DateOf(w.Now) {
		t.Errorf("hoa was seen %s", seen)
	}
	w.Now = w.Now.AddDate(0, 0, 3)
	w.Press("hoa", "m.1")
	if seen := w.Person("hoa").Seen; seen != store.DateOf(w.Now) {
		t.Errorf("hoa was seen %s", seen)
	}
}
