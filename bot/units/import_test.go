package units_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/shipped"
	"danvan/bot/units"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// did is what an import did, as "new 3 same 1", and its complaints.
func did(c units.Changes) string {
	var out []string
	for _, part := range []struct {
		name string
		n    int
	}{
		{"new", len(c.New)}, {"renamed", len(c.Renamed)}, {"retyped", len(c.Retyped)}, {"moved", len(c.Moved)}, {"recoded", len(c.Recoded)},
		{"mended", len(c.Mended)}, {"closed", len(c.Closed)}, {"same", c.Same}, {"absent", c.Absent},
	} {
		if part.n > 0 {
			out = append(out, fmt.Sprint(part.name, " ", part.n))
		}
	}
	return strings.Join(append(out, faults(c.Faults)...), " ")
}

func load(t *testing.T, w *bottest.World, l units.List, asOf store.Date, dry bool) units.Changes {
	t.Helper()
	got, err := units.Import(context.Background(), w.Bot, units.Order{List: l, AsOf: asOf, Source: "test", Dry: dry}, w.Now)
	bottest.Must(t, err)
	return got
}

// TestImportUnits imports one list after another into the same store.
func TestImportUnits(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	first := "96|Tỉnh Thử|tỉnh|\n96001|Xã Mỹ Hoà|xã|96\n96002|Xã Hai|xã|96\n"
	for _, c := range []struct {
		why, table string
		dry        bool
		want       string
	}{
		{"a dry run", first, true, "new 3"},
		{"it wrote nothing", first, true, "new 3"},
		{"for good", first, false, "new 3"},
		{"again", first, false, "same 3"},
		{"children before their parent", "97001|Xã Con|xã|97\n97|Tỉnh Khác|tỉnh|\n", false, "new 2"},
		{"another spelling of the same name", "96001|Xã Mỹ Hòa|xã|96\n96002|Xã Hai|xã|96\n", false, "mended 1 same 1"},
		{"a new name", "96001|Xã Mỹ Hòa Hưng|xã|96\n96002|Xã Hai|xã|96\n", false, "renamed 1 same 1"},
		{"the same again", "96001|Xã Mỹ Hòa Hưng|xã|96\n96002|Xã Hai|xã|96\n", false, "same 2"},
		{"another kind", "96001|Phường Mỹ Hòa Hưng|phường|96\n96002|Xã Hai|xã|96\n", false, "retyped 1 same 1"},
		{"another parent and name", "96001|Phường Ba|phường|97\n97001|Xã Con|xã|97\n", false, "renamed 1 moved 1 same 1"},
		{"another code", "96009|Xã Hai|xã|96\n", false, "recoded 1"},
		{"by both codes", "96009|Xã Hai|xã|96\n96002|Xã Hai|xã|96\n", false, "same 1 A3 units.other_code"},
		{"a last day, and who follows", "96002|Xã Hai|xã|96||31/12/2026|96003\n96003|Xã Ba|xã|96|01/01/2027\n", false, "new 1 closed 1"},
		{"left out columns change nothing", "96002|Xã Hai|xã|96\n96003|Xã Ba|xã|96\n", false, "same 2"},
		{"one bad line holds up all", "96004|Xã Bốn|xã|96\n96005|Xã Năm|xã|98\n", false, "new 1 absent 1 A3 units.parent"},
		{"nothing was written of it", "96004|Xã Bốn|xã|96\n", true, "new 1 absent 1"},
		{"a successor that is nowhere", "96002|Xã Hai|xã|96||31/12/2026|09999\n", false, "absent 1 A2 units.successor"},
		{"successors in a ring", "96003|Xã Ba|xã|96||31/12/2027|96002\n96002|Xã Hai|xã|96\n", false, "same 1 A2 units.own_successor"},
		{"a circle", "C1|Chi bộ Một|chi bộ|C2\nC2|Chi bộ Hai|chi bộ|C1\n", false, "A2 units.circle A3 units.circle"},
		{"a commune under a commune", "96006|Xã Sáu|xã|96002\n", false, "A2 units.level"},
		{"a commune under an organisation", "96006|Xã Sáu|xã|C3\nC3|Chi bộ Ba|chi bộ|96\n", false, "new 1 A2 units.level"},
		{"a bad line and one that hangs on it", "96006||xã|96\nC3|Chi bộ Ba|chi bộ|96006\n", false, "B2 units.name A3 units.parent"},
	} {
		if got := did(load(t, w, list(t, unitHeader+c.table), store.Date{}, c.dry)); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
	w.View(func(r store.Reader) error {
		u, err := r.Unit("96002")
		if u.ValidTo != day(2026, 12, 31) || len(u.Successors) != 1 || len(u.Aliases) != 1 {
			t.Errorf("the unit is %+v", u)
		}
		return err
	})
}

// TestFourLists imports the country as of four days, in turn: 34 and 3,321 each
// time, nobody twice, and every name as of its days.
func TestFourLists(t *testing.T) {
	t.Parallel()
	lists, err := shipped.UnitLists()
	bottest.Must(t, err)
	w := bottest.Bare(t, "vi")
	sums := []string{
		"c493b108ffd436444fb250306b0bdce4c05334e442105c283296ae8dda3626ff", "bef09de646c715260e8598347cc38f2d5a8af7939c77cd8cedcab9e2532d998c",
		"d06d2bed3f45f72985a0f759b2b00827b5bc4c8958f84aafba7f41642a05d8f3", "2495b20b73e3e0c5d0c3b2cbfb14f82fee48ca87225360fa9a9232f47984c450",
	}
	for i, want := range []string{"new 3355", "retyped 11 same 3344", "retyped 1 same 3354", "retyped 13 recoded 1 same 3341"} {
		if sum := sha256.Sum256(lists[i].CSV); hex.EncodeToString(sum[:]) != sums[i] {
			t.Errorf("the list of %s is not the one that was published", lists[i].Day)
		}
		l, err := lists[i].Read()
		bottest.Must(t, err)
		for _, dry := range []bool{true, false} {
			if got := did(load(t, w, l, lists[i].Day, dry)); got != want {
				t.Errorf("%s: %s, want %s", lists[i].Day, got, want)
			}
		}
		if got := did(load(t, w, l, lists[i].Day, false)); got != "same 3355" {
			t.Errorf("%s again: %s", lists[i].Day, got)
		}
		for _, earlier := range lists[:i+1] {
			wantUnits(t, w, earlier.Day, 34, 3321)
		}
	}

	l, err := lists[0].Read()
	bottest.Must(t, err)
	if got := did(load(t, w, l, lists[0].Day, false)); got != "same 3355" {
		t.Errorf("the oldest list, at last: %s", got)
	}
	for _, c := range []struct {
		code store.UnitCode
		day  store.Date
		want string
	}{
		{"09193", day(2026, 8, 31), "Xã Yên Phong"}, {"09193", day(2026, 10, 31), "Phường Yên Phong"}, {"24", day(2026, 9, 19), "Tỉnh Bắc Ninh"},
		{"24", day(2026, 9, 20), "Thành phố Bắc Ninh"}, {"75", day(2026, 4, 29), "Tỉnh Đồng Nai"}, {"22", day(2026, 9, 1), "Thành phố Quảng Ninh"},
		{"06978", day(2026, 11, 28), "Xã Ba Chẽ"}, {"06970", day(2026, 11, 28), "Xã Ba Chẽ"}, {"06970", day(2025, 7, 1), "Xã Ba Chẽ"},
	} {
		o, err := w.Bot.Book().Refresh(context.Background(), w.Store)
		bottest.Must(t, err)
		if u, _ := o.On(c.day).Unit(c.code); u.Name != c.want {
			t.Errorf("on %s %s is %s, want %s", c.day, c.code, u.Name, c.want)
		}
	}

	// What came along is what was imported.
	units, err := shipped.Units()
	bottest.Must(t, err)
	w.View(func(r store.Reader) error {
		var errs []error
		for _, u := range units {
			kept, err := r.Unit(u.Code)
			if d := cmp.Diff(u, kept); d != "" {
				t.Errorf("%s (-shipped +imported):\n%s", u.Code, d)
			}
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
}

// wantUnits counts the provinces and the other places of a day.
func wantUnits(t *testing.T, w *bottest.World, on store.Date, top, others int) {
	t.Helper()
	o, err := w.Bot.Book().Refresh(context.Background(), w.Store)
	bottest.Must(t, err)
	list, _ := units.Listed(o, "", on)
	n := 0
	for _, u := range list {
		if u.Kind.Top() {
			n++
		}
	}
	if n != top || len(list)-n != others {
		t.Errorf("on %s there are %d and %d units, want %d and %d", on, n, len(list)-n, top, others)
	}
}

// TestSpelling mends names as they are published anew.
func TestSpelling(t *testing.T) {
	t.Parallel()
	w := bottest.Bare(t, "vi")
	load(t, w, file(t, "units-spelling-old.csv"), day(2025, 7, 1), false)
	got := load(t, w, file(t, "units-spelling-new.csv"), day(2026, 9, 20), false)
	if did(got) != "mended 5 same 1" {
		t.Error(did(got))
	}
	o, err := w.Bot.Book().Refresh(context.Background(), w.Store)
	bottest.Must(t, err)
	for code, want := range map[store.UnitCode]string{"96001": "Xã Iamơ", "96003": "Xã Sín Chéng", "96004": "Xã Thụy Hòa"} {
		if u, _ := o.On(day(2026, 1, 1)).Unit(code); u.Name != want {
			t.Errorf("%s was %s, want %s: a spelling is no new name", code, u.Name, want)
		}
	}
}

// TestOlderList refuses what an older list would overwrite.
func TestOlderList(t *testing.T) {
	t.Parallel()
	w := bottest.Bare(t, "vi")
	load(t, w, list(t, unitHeader+"96|Tỉnh Thử|tỉnh|\n96001|Xã Một|xã|96\n"), day(2026, 9, 20), false)
	older := list(t, unitHeader+"96|Tỉnh Thử|tỉnh|\n96001|Xã Cũ|xã|96\n96002|Xã Hai|xã|96\n")
	if got := did(load(t, w, older, day(2026, 4, 30), false)); got != "same 1 A3 units.older A4 units.older" {
		t.Error(got)
	}
}

// TestUndo takes imports back one after another, and not where something hangs
// on what they added.
func TestUndo(t *testing.T) {
	t.Parallel()
	w := bottest.Bare(t, "vi")
	undo := func(dry bool) units.Undone {
		t.Helper()
		got, err := units.Undo(context.Background(), w.Bot, w.Now, dry)
		bottest.Must(t, err)
		return got
	}
	if got := undo(false); got.Import.ID != 0 {
		t.Errorf("undone was %+v", got)
	}

	load(t, w, list(t, unitHeader+"96|Tỉnh Thử|tỉnh|\n96001|Xã Một|xã|96\n"), day(2025, 7, 1), false)
	load(t, w, list(t, unitHeader+"96|Thành phố Thử|thành phố|\n96001|Phường Một|phường|96\n96002|Xã Hai|xã|96\n"), day(2026, 9, 20), false)
	wantUnits(t, w, day(2026, 11, 1), 1, 2)
	if got := undo(true); got.Fault != nil || len(got.Import.Added) != 1 || len(got.Import.Before) != 2 {
		t.Errorf("a dry run says %+v", got)
	}
	wantUnits(t, w, day(2026, 11, 1), 1, 2)

	for _, c := range []struct {
		key  string
		hang func(store.Tx) error
		free func(store.Tx) error
	}{
		{"units.undo_unit", func(tx store.Tx) error {
			return tx.PutUnit(store.Unit{Code: "CB", Name: "Chi bộ", Kind: store.Organisation, Parent: "96002"})
		},
			func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "CB", Withdrawn: true}) }},
		{"units.undo_campaign", func(tx store.Tx) error { return tx.PutCampaign(store.Campaign{ID: "c", Unit: "96002"}) },
			func(tx store.Tx) error { return tx.PutCampaign(store.Campaign{ID: "c"}) }},
		{"units.undo_post", func(tx store.Tx) error {
			return tx.PutPost(store.Post{ID: "96002:officer", Unit: "96002", Role: store.Officer, Holder: 1})
		},
			func(tx store.Tx) error {
				return tx.PutPost(store.Post{ID: "96002:officer", Role: store.Officer})
			}},
	} {
		w.Update(c.hang)
		if got := undo(false); got.Fault == nil || got.Fault.Key != c.key {
			t.Errorf("want %s: %+v", c.key, got.Fault)
		}
		w.Update(c.free)
	}

	if got := undo(false); got.Fault != nil || got.Import.AsOf != day(2026, 9, 20) {
		t.Errorf("undone is %+v", got)
	}
	wantUnits(t, w, day(2026, 11, 1), 1, 1)
	w.View(func(r store.Reader) error {
		u, err := r.Unit("96001")
		if u.Name != "Xã Một" || len(u.Versions) != 0 {
			t.Errorf("the unit is %+v", u)
		}
		return err
	})
	again := list(t, unitHeader+"96|Thành phố Thử|thành phố|\n96001|Phường Một|phường|96\n96002|Xã Hai|xã|96\n")
	if got := did(load(t, w, again, day(2026, 9, 20), false)); got != "new 1 retyped 2" {
		t.Errorf("again: %s", got)
	}
	undo(false)
	undo(false)
	wantUnits(t, w, day(2026, 11, 1), 0, 0)

	w.Update(func(tx store.Tx) error { // a model without a post
		_, err := tx.PutModel(store.Model{ID: 1, Unit: "96001"})
		return err
	})
	load(t, w, list(t, unitHeader+"96|Tỉnh Thử|tỉnh|\n96001|Xã Một|xã|96\n"), day(2025, 7, 1), false)
	if got := undo(false); got.Fault == nil || got.Fault.Key != "units.undo_model" {
		t.Errorf("a unit with a model: %+v", got.Fault)
	}
}
