package campaigns_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/campaigns"
	"danvan/store"
	"danvan/store/deadline"
)

// TestAnnounceAccess has everybody announce the ward's campaign, see who has read it
// and remind them: only those do who may change it, and each button once.
func TestAnnounceAccess(t *testing.T) {
	t.Parallel()
	may := []string{"coordinator of the province", "administrator of the house"}
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi")
			w.Appoint(a)
			get := func() (c store.Campaign) {
				w.View(func(r store.Reader) (err error) { c, err = r.Campaign(ward); return err })
				return c
			}
			press := func(data string) string {
				w.Fresh()
				w.ShowButtons(bottest.Somebody)
				return w.Press(bottest.Somebody, data) + w.Read(bottest.Somebody)
			}
			want := 0
			if slices.Contains(may, name) {
				want = 1
			}

			for range 2 {
				press("campaign.p.0." + ward)
				if c := get(); c.Announced.Edition != want || want > 0 && !c.Announced.At.Equal(w.Now) {
					t.Errorf("announced: %+v", c.Announced)
				}
			}
			w.Update(func(tx store.Tx) error {
				c, err := tx.Campaign(ward)
				c.Announced = store.Announcement{Edition: 1, At: w.Now.AddDate(0, 0, -1), By: "91:coordinator"}
				return errors.Join(err, tx.PutCampaign(c), tx.AddSent(store.Sent{
					Rule: deadline.Announce, Period: c.Edition(), Person: 1, Step: deadline.FirstTold, Units: []store.UnitCode{"30307"},
				}))
			})
			if read := press("campaign.w.0." + ward); strings.Contains(read, "0/1") != (want == 1) {
				t.Errorf("who has read it:\n%s", read)
			}
			press("campaign.u.0." + ward) // of an edition before
			if urged := get().Announced.Urged; !urged.IsZero() {
				t.Errorf("an old button reminds, %v", urged)
			}
			press("campaign.u.1." + ward)
			if urged := get().Announced.Urged; urged.IsZero() != (want == 0) {
				t.Errorf("reminded at %v", urged)
			}
		})
	}
}

// TestUnsaidIsKept imports a change of an announced campaign: what people are to be told
// of it waits, whoever changes something else, and its document stays.
func TestUnsaidIsKept(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	w.Update(func(tx store.Tx) error {
		c, err := tx.Campaign(national)
		c.Papers = []store.Evidence{{ID: "f", UniqueID: "u", Kind: store.Document, Name: "ke-hoach.pdf"}}
		return errors.Join(err, tx.PutCampaign(campaigns.Announced(c, w.Now, "")))
	})
	c := good(t)
	for _, change := range []func(){func() { c.CheckDays = 3 }, func() { c.Issuer = "Ban Chỉ đạo" }, func() { c.CheckDays = 4 }} {
		change()
		got, err := campaigns.Import(t.Context(), w.Bot, c, w.Now, false)
		if err != nil || len(got.Errors) > 0 {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	w.View(func(r store.Reader) error {
		kept, err := r.Campaign(national)
		slices.Sort(kept.Unsaid)
		if !slices.Equal(kept.Unsaid, []string{"check_days", "issuer", "rules"}) || len(kept.Papers) != 1 || kept.Announced.Edition != 1 {
			t.Errorf("unsaid is %v, papers %v, announced %+v", kept.Unsaid, kept.Papers, kept.Announced)
		}
		if next := campaigns.Announced(kept, w.Now, ""); len(next.Unsaid) > 0 || len(next.Announced.Changed) != 3 || next.Announced.Edition != 2 {
			t.Errorf("announced again it is %+v", next.Announced)
		}
		return err
	})
}

// TestKnownWhenAnnounced moves the day from which a campaign binds to its first
// announcement, but not that of one that was always known.
func TestKnownWhenAnnounced(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	c := good(t)
	c.ID, c.Unit, c.Document = "14-kh-2026", "91", "14/KH/BDVTU"
	if _, err := campaigns.Import(t.Context(), w.Bot, c, w.Now.AddDate(0, -6, 0), false); err != nil {
		t.Fatal(err)
	}
	for id, known := range map[string]bool{"14-kh-2026": true, national: false} {
		w.ShowButtons("quan")
		w.Press("quan", "campaign.p.0."+id)
		w.View(func(r store.Reader) error {
			c, err := r.Campaign(store.CampaignID(id))
			if c.Announced.Edition != 1 || c.Known.Equal(w.Now) != known || c.Known.IsZero() == known {
				t.Errorf("%s is known since %v, announced %+v", id, c.Known, c.Announced)
			}
			return err
		})
	}
}
