package digest_test

import (
	"errors"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestCampaignOfOneYear ends a campaign with the year: the digest of its last
// cut-off comes, and until its reports are closed digests and summaries are
// about them, whether the next campaign runs already or not. Then there is no
// digest, and the summary still shows what the last campaign came to.
func TestCampaignOfOneYear(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]bool{"alone": false, "followed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.Named(t, "vi", "figures")}
			w.Update(func(tx store.Tx) error {
				c, err := tx.Campaign("dvk-2026-2030")
				c.To = store.Date{Year: 2026, Month: 12, Day: 31}
				c.Rules = []store.PeriodRule{{Kind: store.FullYear, DueAfter: 5, Working: true, Hour: 17, Lock: 10, Shift: store.NextWorkingDay}}
				err = errors.Join(err, tx.PutCampaign(c))
				c.ID, c.From, c.To = "next", store.Date{Year: 2027, Month: 1, Day: 1}, store.Date{Year: 2027, Month: 12, Day: 31}
				if next {
					err = errors.Join(err, tx.PutCampaign(c))
				}
				return err
			})
			w.strike(w.Day(12, 25, 16, 0))
			w.waiting(store.Send)
			w.strike(w.Day(13, 4, 8, 0)) // the working day after the cut-off
			sent := w.waiting(store.Send)
			if len(sent) != 1 || !strings.Contains(w.card(sent[0]).Text, "năm 2026") {
				t.Fatalf("of the cut-off there are %d digests", len(sent))
			}
			w.strike(w.Day(13, 8, 16, 0)) // Friday, reports are late
			if sent = w.waiting(store.Send); len(sent) != 1 || !strings.Contains(w.card(sent[0]).Text, "đơn vị chưa báo cáo") {
				t.Errorf("on Friday there are %d digests, or nobody is missing in it", len(sent))
			}
			w.Say("lan", "/tonghop")
			if read := w.Read("lan"); !strings.Contains(read, "· năm 2026") {
				t.Errorf("the summary is\n%s", read)
			}
			w.strike(w.Day(14, 26, 16, 0)) // all is closed
			want, shown := 0, "· năm 2026"
			if next {
				want, shown = 1, "· năm 2027"
			}
			if sent = w.waiting(store.Send); len(sent) != want {
				t.Errorf("after the lock there are %d digests", len(sent))
			}
			w.Clear("lan")
			w.Say("lan", "/tonghop")
			if read := w.Read("lan"); !strings.Contains(read, shown) {
				t.Errorf("after the lock the summary is\n%s", read)
			}
		})
	}
}
