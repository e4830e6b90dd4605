package bottest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/campaigns"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/store"
	"danvan/store/bolt"
)

// Country is the bot over a store with all units, an officer in each of some
// communes, and drafts that lie about.
type Country struct {
	TB    testing.TB
	Zone  *time.Location
	Now   time.Time
	Store *bolt.Store
	path  string
	event atomic.Int64
}

// NewCountry is a country with officers in some communes: the nth has the chat
// that Officer names.
func NewCountry(tb testing.TB, officers int) *Country {
	tb.Helper()
	zone := zone(tb)
	c := &Country{TB: tb, path: filepath.Join(tb.TempDir(), "country.db"), Zone: zone, Now: start(zone)}
	var err error
	c.Store, err = bolt.Open(c.path, bolt.Options{})
	Must(tb, err)
	tb.Cleanup(func() { Must(tb, c.Store.Close()) })
	Must(tb, c.fill(officers))
	return c
}

// Bot is the bot over any store.
func (c *Country) Bot(s store.Store) *bot.Bot {
	c.TB.Helper()
	return newBot(c.TB, bot.Config{Store: s, Zone: c.Zone, Language: "vi", Words: words(c.TB)})
}

func (c *Country) fill(officers int) error {
	units, err := shipped.Units()
	if err != nil {
		return err
	}

	return c.Store.Update(context.Background(), func(tx store.Tx) (err error) {
		n := 0
		err = tx.PutCampaign(campaigns.Template())
		for _, u := range units {
			err = errors.Join(err, tx.PutUnit(u))
			if u.Parent != "" && n < officers {
				err = errors.Join(err, c.settle(tx, n, u.Code))
				n++
			}
		}
		return err
	})
}

// settle puts an officer into a commune, with an old draft.
func (c *Country) settle(tx store.Tx, n int, unit store.UnitCode) error {
	post := store.Post{Unit: unit, Role: store.Officer, Since: c.Now}
	err := seat(tx, post, Officer(n), "vi", store.Person{
		Name: "Nguyễn Văn An", Phone: "+84912345678", Consent: store.Given, ConsentAt: c.Now,
	})
	who, whoErr := tx.PersonAt(Officer(n))
	draft, draftErr := tx.NewID()
	old := store.Session{
		ID: store.SessionID(draft), Post: who.Active, Person: who.ID, Form: "register", Revision: 9, At: "period",
		Created: c.Now, Touched: c.Now,
	}
	for i, text := range Typed(n)[1:12] {
		old.Answers = append(old.Answers, store.Answer{Field: "field_" + strconv.Itoa(i), Text: text, Source: strconv.Itoa(n + i)})
	}
	return errors.Join(err, whoErr, draftErr, tx.PutSession(old))
}

// Titles are unlike each other, so that nobody is asked whether two models
// are the same.
var Titles = []string{
	"Hiến đất mở đường nội ấp", "Ký túc xá vùng biên", "Camera an ninh khóm Đông Thịnh", "Tặng bò giống cho hộ nghèo",
	"Bếp ăn nghĩa tình 0 đồng", "Thu gom vỏ thuốc bảo vệ thực vật", "Tiếng kẻng bình yên", "Lớp xóa mù chữ ban đêm",
	"Cây cầu nghĩa đảng tình dân", "Tổ hợp tác trồng sầu riêng VietGAP", "Ngày thứ bảy không hẹn giờ", "Vườn thuốc nam trạm y tế",
}

// Typed is what an officer types for the nth registration: fourteen turns from
// the command to the code, no button needed.
func Typed(n int) []string {
	return []string{
		"/dangky", Titles[n%len(Titles)] + " đợt " + strconv.Itoa(1+n/len(Titles)), "Tập thể", "Chi bộ ấp Phú Đa",
		"VHXH", "ntm", "Xây dựng mới",
		"ấp Phú Đa, 31 hộ hai bên đường", "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn",
		"31 hộ hiến 1.850 m², mở rộng 350 m đường",
		"Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào",
		"từ tháng 3 đến tháng 10/2026", "Nguyễn Văn An, 0912 345 678", "gửi",
	}
}

// Officer is where the nth officer's chat is.
func Officer(n int) store.Address { return Address(strconv.Itoa(n)) }

// Says is the event of an officer who types something.
func (c *Country) Says(officer int, text string) bot.Event {
	n := c.event.Add(1)
	return bot.Event{
		ID: fmt.Sprintf("test/%d", 500_000_000+n), At: c.Now, Kind: bot.Said, From: Officer(officer),
		Name: "Nguyễn Văn An", Input: flows.Input{Kind: flows.TextInput, Text: text, Message: strconv.FormatInt(n, 10)},
	}
}

// Deliver empties the outbox, in one transaction, and returns what was said.
func (c *Country) Deliver(ctx context.Context) (said []store.Message, err error) {
	err = c.Store.Update(ctx, func(tx store.Tx) error {
		said = nil
		for {
			batch, err := tx.Claim(c.Now, time.Minute, 16, store.DigestLane)
			if err != nil || len(batch) == 0 {
				return err
			}
			said = append(said, batch...)
			for _, m := range batch {
				if err := tx.Finish(m, store.Outcome{At: c.Now, Remote: strconv.FormatUint(uint64(m.ID), 10)}); err != nil {
					return err
				}
			}
		}
	})
	return said, err
}

// Copy copies the store's file as it is now and returns the copy's path.
func (c *Country) Copy() string {
	c.TB.Helper()
	path := filepath.Join(c.TB.TempDir(), "copy.db")
	copyFile(c.TB, c.path, path)
	return path
}
