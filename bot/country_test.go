package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"

	"go.etcd.io/bbolt"
)

// country is the bot over a store with all units, an officer in each of some
// communes, and drafts that lie about.
type country struct {
	tb    testing.TB
	path  string
	zone  *time.Location
	now   time.Time
	store *bolt.Store
	event atomic.Int64
}

func newCountry(tb testing.TB, officers int) *country {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		tb.Fatal(err)
	}
	c := &country{
		tb: tb, path: filepath.Join(tb.TempDir(), "country.db"), zone: zone,
		now: time.Date(2026, 11, 23, 8, 0, 0, 0, zone),
	}
	if c.store, err = bolt.Open(c.path, bolt.Options{}); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.store.Close() })
	if err := c.fill(officers); err != nil {
		tb.Fatal(err)
	}
	return c
}

// bot returns the bot over any store.
func (c *country) bot(s store.Store) *bot.Bot {
	c.tb.Helper()
	words, err := locales.Load()
	if err != nil {
		c.tb.Fatal(err)
	}
	b, err := bot.New(bot.Config{
		Store: s, Words: words, Zone: c.zone, Language: "vi", Wake: func() {}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		c.tb.Fatal(err)
	}
	return b
}

func (c *country) fill(officers int) error {
	units, err := shipped.Units()
	if err != nil {
		return err
	}
	if err := shipped.AddCampaigns(context.Background(), c.store); err != nil {
		return err
	}
	return c.store.Update(context.Background(), func(tx store.Tx) error {
		n := 0
		for _, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
			if u.Parent == "" || n == officers {
				continue
			}
			if err := c.settle(tx, n, u.Code); err != nil {
				return err
			}
			n++
		}
		return nil
	})
}

// settle puts an officer into a commune, with an old draft.
func (c *country) settle(tx store.Tx, n int, unit store.UnitCode) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id), Since: c.now}
	person := store.Person{
		ID: post.Holder, Address: address(strconv.Itoa(n)), Language: "vi", Active: post.ID,
		Name: "Nguyễn Văn An", Phone: "+84912345678", Consent: store.Given, ConsentAt: c.now,
	}
	draft, err := tx.NewID()
	if err != nil {
		return err
	}
	old := store.Session{ID: store.SessionID(draft), Post: post.ID, Person: person.ID, Form: "register", Revision: 9, At: "period", Created: c.now, Touched: c.now}
	for i, text := range registration(n)[1:12] {
		old.Answers = append(old.Answers, store.Answer{Field: "field_" + strconv.Itoa(i), Text: text, Source: strconv.Itoa(n + i)})
	}
	return errors.Join(tx.PutPost(post), tx.PutPerson(person), tx.PutSession(old))
}

// titles are unlike each other, so that nobody is asked whether two models
// are the same.
var titles = []string{
	"Hiến đất mở đường nội ấp", "Ký túc xá vùng biên", "Camera an ninh khóm Đông Thịnh", "Tặng bò giống cho hộ nghèo",
	"Bếp ăn nghĩa tình 0 đồng", "Thu gom vỏ thuốc bảo vệ thực vật", "Tiếng kẻng bình yên", "Lớp xóa mù chữ ban đêm",
	"Cây cầu nghĩa đảng tình dân", "Tổ hợp tác trồng sầu riêng VietGAP", "Ngày thứ bảy không hẹn giờ", "Vườn thuốc nam trạm y tế",
}

// registration is what an officer types for the nth registration: fourteen
// turns from the command to the code, no button needed.
func registration(n int) []string {
	return []string{
		"/dangky", titles[n%len(titles)] + " đợt " + strconv.Itoa(1+n/len(titles)), "Tập thể", "Chi bộ ấp Phú Đa", "VHXH", "ntm", "Xây dựng mới",
		"ấp Phú Đa, 31 hộ hai bên đường", "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn",
		"31 hộ hiến 1.850 m², mở rộng 350 m đường",
		"Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào",
		"từ tháng 3 đến tháng 10/2026", "Nguyễn Văn An, 0912 345 678", "gửi",
	}
}

// says makes the event of an officer who types something.
func (c *country) says(officer int, text string) bot.Event {
	n := c.event.Add(1)
	return bot.Event{
		ID: fmt.Sprintf("test/%d", 500_000_000+n), At: c.now, Kind: bot.Said, From: address(strconv.Itoa(officer)),
		Name: "Nguyễn Văn An", Input: flows.Input{Kind: flows.TextInput, Text: text, Message: strconv.FormatInt(n, 10)},
	}
}

// deliver empties the outbox, in one transaction, and returns what was said.
func (c *country) deliver(ctx context.Context) (said []store.Message, err error) {
	err = c.store.Update(ctx, func(tx store.Tx) error {
		said = nil
		for {
			batch, err := tx.Claim(c.now, time.Minute, 16, store.DigestLane)
			if err != nil || len(batch) == 0 {
				return err
			}
			said = append(said, batch...)
			for _, m := range batch {
				if err := tx.Finish(m, store.Outcome{At: c.now, Remote: strconv.FormatUint(uint64(m.ID), 10)}); err != nil {
					return err
				}
			}
		}
	})
	return said, err
}

// models counts what was registered.
func (c *country) models(ctx context.Context) (n int, err error) {
	err = c.store.View(ctx, func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{})
		n = len(heads)
		return err
	})
	return n, err
}

// copied is a copy of the store's file, opened with bbolt alone and the same
// settings.
func (c *country) copied() *bbolt.DB {
	c.tb.Helper()
	path := filepath.Join(c.tb.TempDir(), "copy.db")
	whole, err := os.ReadFile(c.path)
	if err == nil {
		err = os.WriteFile(path, whole, 0o600)
	}
	if err != nil {
		c.tb.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoFreelistSync: true, InitialMmapSize: 8 << 30})
	if err != nil {
		c.tb.Fatal(err)
	}
	c.tb.Cleanup(func() { db.Close(); os.Remove(path) })
	return db
}

// record is one put into a bucket, or a delete if value is nil.
type record struct {
	bucket     string
	key, value []byte
}

// recordsOf returns what something writes, by comparing the file before and
// after it.
func (c *country) recordsOf(do func() error) []record {
	c.tb.Helper()
	before := c.dump()
	if err := do(); err != nil {
		c.tb.Fatal(err)
	}
	after := c.dump()
	var all []record
	for at, v := range after {
		if old, ok := before[at]; !ok || old != v {
			bucket, key, _ := strings.Cut(at, "/")
			all = append(all, record{bucket, []byte(key), []byte(v)})
		}
	}
	maps.DeleteFunc(before, func(at, _ string) bool { _, there := after[at]; return there })
	for at := range before {
		bucket, key, _ := strings.Cut(at, "/")
		all = append(all, record{bucket: bucket, key: []byte(key)})
	}
	return all
}

// dump is the whole file: bucket/key and value.
func (c *country) dump() map[string]string {
	c.tb.Helper()
	all := map[string]string{}
	db := c.copied()
	err := db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(k, v []byte) error {
				all[string(name)+"/"+string(k)] = string(v)
				return nil
			})
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		c.tb.Fatal(err)
	}
	return all
}
