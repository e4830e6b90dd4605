package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

func on(y, m, d int) store.Date {
	return store.DateOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
}

// TestUnitThroughTime renames a unit, moves it, mends its spelling and takes a
// change back.
func TestUnitThroughTime(t *testing.T) {
	t.Parallel()
	commune := store.Unit{Code: "09193", Name: "Xã Yen Phong", Kind: store.Commune, Parent: "24"}
	ward := store.Version{From: on(2026, 9, 20), Name: "Phường Yên Phong", Kind: store.Ward, Parent: "24"}
	moved := store.Version{From: on(2027, 1, 1), Name: "Phường Yên Phong", Kind: store.Ward, Parent: "01"}
	u := commune.Spelt("Xã Yên Phong", on(2026, 9, 1)).Becoming(ward).Becoming(moved)

	for _, c := range []struct {
		day    store.Date
		name   string
		parent store.UnitCode
	}{
		{store.Date{}, "Xã Yên Phong", "24"}, {on(2025, 1, 1), "Xã Yên Phong", "24"}, {on(2026, 9, 19), "Xã Yên Phong", "24"},
		{on(2026, 9, 20), "Phường Yên Phong", "24"}, {on(2026, 12, 31), "Phường Yên Phong", "24"}, {on(2027, 1, 1), "Phường Yên Phong", "01"},
	} {
		if got := u.On(c.day); got.Name != c.name || got.Parent != c.parent {
			t.Errorf("on %s it is %s of %s, want %s of %s", c.day, got.Name, got.Parent, c.name, c.parent)
		}
	}
	if u.Name != "Phường Yên Phong" || u.Parent != "01" || u.Kind != store.Ward {
		t.Errorf("as it is kept it is not the newest: %+v", u)
	}
	if got := u.On(on(2026, 1, 1)).On(on(2027, 1, 1)); cmp.Diff(u, got) != "" {
		t.Errorf("a day forgets the others: %+v", got)
	}

	respelt := u.Spelt("Phường Yên-Phong", on(2027, 1, 1))
	if respelt.Name != "Phường Yên-Phong" || respelt.On(ward.From).Name != "Phường Yên-Phong" || respelt.On(on(2026, 1, 1)).Name != "Xã Yên Phong" {
		t.Errorf("a spelling reaches as far as the name: %+v", respelt)
	}

	same := store.Version{From: ward.From, Name: "Xã Yên Phong", Kind: store.Commune, Parent: "24"}
	again := commune.Spelt("Xã Yên Phong", ward.From).Becoming(ward).Becoming(same)
	if want := commune.Spelt("Xã Yên Phong", ward.From); cmp.Diff(want, again) != "" {
		t.Errorf("a change of the same day that says what was before leaves %+v", again)
	}
}
