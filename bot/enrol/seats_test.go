package enrol_test

import (
	"errors"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/enrol"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// seatsOf are the seats to which some invitations, made in one transaction, go.
func (w world) seatsOf(wanted ...enrol.Wanted) []store.PostID {
	w.T.Helper()
	var out []store.PostID
	w.Update(func(tx store.Tx) error {
		made, err := enrol.InviteIn(tx, w.Bot, wanted, store.Audit{At: w.Now, Who: 7, Post: ":admin"})
		for _, m := range made {
			out = append(out, m.Post)
		}
		return err
	})
	return out
}

// wantedOfficer is an invitation of an officer for an hour.
func wantedOfficer(unit store.UnitCode) enrol.Wanted {
	return enrol.Wanted{Unit: unit, Role: store.Officer, Life: time.Hour}
}

// TestSeats invites to seats one after another: one that is free and to which nobody
// is on the way comes first, and nobody loses theirs.
func TestSeats(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	hour := wantedOfficer("30709")
	want := func(what string, got []store.PostID, want ...store.PostID) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	want("beside hoa's", w.seatsOf(hour, hour), "30709:officer:2", "30709:officer:3")
	want("while they are open", w.seatsOf(hour), "30709:officer:4")
	want("by name, twice", w.seatsOf(enrol.Wanted{Seat: "30709:officer", Life: time.Hour}, enrol.Wanted{Seat: "30709:officer", Life: time.Hour}),
		"30709:officer", "30709:officer")
	want("of administrators", w.seatsOf(enrol.Wanted{Role: store.Admin, Life: time.Hour}), ":admin:2")

	w.Now = w.Now.Add(time.Hour + time.Second)
	want("when they ran out", w.seatsOf(hour), "30709:officer:2")
	w.Update(func(tx store.Tx) error {
		list, err := tx.InvitesTo("30709:officer:2")
		i := list[len(list)-1]
		i.Revoked = w.Now
		return errors.Join(err, tx.PutInvite(i))
	})
	want("when one was taken back", w.seatsOf(hour), "30709:officer:2")

	w.Update(func(tx store.Tx) error {
		p, err := tx.Post("30709:officer")
		p.Holder = 0
		return errors.Join(err, tx.PutPost(p))
	})
	w.Now = w.Now.Add(time.Second)
	want("of who has left", w.seatsOf(hour, hour), "30709:officer", "30709:officer:3")
}

// TestSeatMoved does not give a seat to a unit that it has moved away from.
func TestSeatMoved(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	w.Update(func(tx store.Tx) error {
		return tx.PutPost(store.Post{ID: "30316:officer", Unit: "30709", Role: store.Officer})
	})
	hour := enrol.Wanted{Role: store.Officer, Life: time.Hour}
	there, here := hour, hour
	there.Unit, here.Unit = "30316", "30709"
	if d := cmp.Diff([]store.PostID{"30316:officer:2", "30316:officer"}, w.seatsOf(there, here)); d != "" {
		t.Error(d)
	}
}

// TestInviteAllOrNone makes none of several invitations when one cannot be made.
func TestInviteAllOrNone(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	good := wantedOfficer("30709")
	for want, bad := range map[error]enrol.Wanted{
		enrol.ErrNoUnit: {Unit: "99999", Role: store.Officer}, enrol.ErrNoRole: {Unit: "30709", Role: "king"},
		enrol.ErrNoSeat: {Unit: "30709", Role: store.Officer, Seat: "30709:officer:9"},
	} {
		err := w.Store.Update(t.Context(), func(tx store.Tx) error {
			_, err := enrol.InviteIn(tx, w.Bot, []enrol.Wanted{good, bad}, store.Audit{At: w.Now})
			return err
		})
		if !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", bad, err, want)
		}
	}
	w.View(func(r store.Reader) error {
		if list, err := r.InvitesTo("30709:officer:2"); len(list) > 0 || err != nil {
			t.Errorf("%d invitations, %v", len(list), err)
		}
		return nil
	})
}

// TestTwoOfOneCommune lets a second officer in beside the first, who keeps the seat;
// who has one already is told to pass the link on, and it is not used up.
func TestTwoOfOneCommune(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	link := "/start " + w.InviteTo("30709 officer more")
	w.wantAnswer("hoa", link, "lời mời này dành cho một người nữa")
	w.wantAnswer("an", link, saidConsent)
	w.wantAnswer("hoa", "/start", "cán bộ phụ trách xã Định Mỹ")
	w.wantAnswer("an", "/start", "cán bộ phụ trách xã Định Mỹ")
	w.View(func(r store.Reader) error {
		list, err := r.PostsAt("30709")
		for _, p := range list {
			if p.Role == store.Officer && p.Holder == 0 {
				t.Errorf("nobody holds %s", p.ID)
			}
		}
		return err
	})
}

// TestPortfolioComesWithTheInvitation gives the seat what the invitation says that it
// looks after.
func TestPortfolioComesWithTheInvitation(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	want := store.Portfolio{Units: []store.UnitCode{"30709"}, Fields: []string{"KT"}}
	made, err := enrol.Invite(t.Context(), w.Bot, enrol.Wanted{
		Unit: "91", Role: store.Supervisor, Life: time.Hour, Name: "Nguyễn Văn Bốn", Portfolio: want,
	}, w.Now)
	bottest.Must(t, err)
	w.wantAnswer("an", "/start "+made.Code, saidConsent)
	w.View(func(r store.Reader) error {
		p, err := r.Post(made.Post)
		if d := cmp.Diff(want, p.Portfolio); d != "" || p.Holder == 0 {
			t.Errorf("held by %d, %s", p.Holder, d)
		}
		return err
	})
}
