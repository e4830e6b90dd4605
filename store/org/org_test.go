package org_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/org"
)

var (
	zone = time.FixedZone("+07", 7*60*60)
	now  = time.Date(2026, 11, 28, 9, 0, 0, 0, zone)
)

func open(tb testing.TB) *bolt.Store {
	tb.Helper()
	s, err := bolt.Open(filepath.Join(tb.TempDir(), "org.db"), bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func update(tb testing.TB, s store.Store, fn func(store.Tx) error) {
	tb.Helper()
	if err := s.Update(tb.Context(), fn); err != nil {
		tb.Fatal(err)
	}
}

func refresh(tb testing.TB, b *org.Book, s store.Store) *org.Org {
	tb.Helper()
	o, err := b.Refresh(tb.Context(), s)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

// province has two communes and an agency, whose units come in a jumble; a ring
// and a unit that hangs on nothing beside.
func province(tb testing.TB, posts ...store.Post) *org.Org {
	tb.Helper()
	s := open(tb)
	update(tb, s, func(tx store.Tx) error {
		var errs []error
		for _, u := range []store.Unit{
			{Code: "102.1", Kind: store.Organisation, Parent: "102"}, {Code: "102", Kind: store.Commune, Parent: "10"},
			{Code: "10", Kind: store.Province}, {Code: "101", Kind: store.Ward, Parent: "10"},
			{Code: "10.so", Kind: store.Organisation, Parent: "10"},
			{Code: "102.1.1", Kind: store.Organisation, Parent: "102.1"}, {Code: "20", Kind: store.City}, {Code: "hoi", Kind: store.Organisation},
			{Code: "hoi.1", Kind: store.Organisation, Parent: "hoi"},
			{Code: "ring1", Parent: "ring2"}, {Code: "ring2", Parent: "ring1"}, {Code: "lost", Parent: "none"},
		} {
			errs = append(errs, tx.PutUnit(u))
		}
		for _, p := range posts {
			errs = append(errs, tx.PutPost(p))
		}
		return errors.Join(errs...)
	})
	return refresh(tb, org.NewBook(zone), s)
}

func seat(unit store.UnitCode, role store.Role, n int, holder store.PersonID) store.Post {
	return store.Post{ID: store.SeatID(unit, role, n), Unit: unit, Role: role, Holder: holder}
}

func codes[T any](list []T, code func(T) string) string {
	var out []string
	for _, v := range list {
		out = append(out, code(v))
	}
	return strings.Join(out, " ")
}

func unitCode(u store.Unit) string { return string(u.Code) }

func postID(p store.Post) string { return string(p.ID) }

func inSet(s *store.Subtree) string {
	return codes(s.Codes(), func(c store.UnitCode) string { return string(c) })
}

func want(tb testing.TB, what, got, want string) {
	tb.Helper()
	if got != want {
		tb.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	o := province(t)
	want(t, "the list", codes(o.Units(), unitCode), "10 10.so 101 102 102.1 102.1.1 20 hoi hoi.1")
	want(t, "upwards", codes(slices.Collect(o.Up("102.1.1")), unitCode), "102.1.1 102.1 102 10")
	want(t, "upwards from nothing", codes(slices.Collect(o.Up("999")), unitCode), "")
	want(t, "upwards to nothing", codes(slices.Collect(o.Up("lost")), unitCode), "lost")
	if n := len(slices.Collect(o.Up("ring1"))); n > 12 {
		t.Errorf("a ring has %d units", n)
	}

	for _, c := range []struct {
		code, above store.UnitCode
		under       bool
	}{
		{"102.1", "102", true}, {"102.1", "10", true}, {"102.1", "", true}, {"102", "102", true}, {"999", "999", true},
		{"102", "102.1", false}, {"101", "102", false}, {"999", "10", false}, {"ring1", "10", false}, {"", "10", false}, {"", "", true},
	} {
		if o.Under(c.code, c.above) != c.under {
			t.Errorf("%q under %q is not %v", c.code, c.above, c.under)
		}
		if other := o.Under(c.above, c.code); o.Binds(c.code, c.above) != (c.under || other) || o.Binds(c.above, c.code) != (c.under || other) {
			t.Errorf("%q and %q bind each other: want %v", c.code, c.above, c.under || other)
		}
	}
}

func TestBelow(t *testing.T) {
	t.Parallel()
	o := province(t)
	want(t, "of a commune", inSet(o.Below("102")), "102 102.1 102.1.1")
	want(t, "of two, one in the other", inSet(o.Below("102", "101", "102.1", "101")), "101 102 102.1 102.1.1")
	want(t, "of all", inSet(o.Below("")), "10 10.so 101 102 102.1 102.1.1 20 hoi hoi.1")
	want(t, "of nothing", inSet(o.Below()), "")
	want(t, "of what is unknown", inSet(o.Below("999", "ring1")), "")
	if first := o.Below("102", "101"); o.Below("102", "101") != first {
		t.Error("a set was made twice")
	}

	for code, commune := range map[store.UnitCode]string{
		"102": "102 102.1 102.1.1", "102.1.1": "102 102.1 102.1.1", "101": "101", "10": "10", "10.so": "10.so", "20": "20",
		"hoi.1": "hoi.1", "999": "999",
	} {
		want(t, "commune of "+string(code), inSet(o.Commune(code)), commune)
	}
	for code, place := range map[store.UnitCode]store.UnitCode{"102.1.1": "102", "102": "102", "10.so": "10", "hoi.1": "", "999": ""} {
		if u, ok := o.Place(code); u.Code != place || ok != (place != "") {
			t.Errorf("the place of %s is %q, %v", code, u.Code, ok)
		}
	}
}

func TestSeats(t *testing.T) {
	t.Parallel()
	o := province(t, seat("102", store.Officer, 1, 0), seat("102", store.Officer, 2, 7), seat("102", store.Coordinator, 1, 8),
		seat("10", store.Coordinator, 1, 9), seat("", store.Coordinator, 1, 10), seat("101", store.Officer, 1, 0))
	want(t, "at a unit", codes(o.SeatsAt("102"), postID), "102:coordinator 102:officer 102:officer:2")
	want(t, "in a role", codes(o.SeatsAs(store.Coordinator), postID), "102:coordinator 10:coordinator :coordinator")
	want(t, "in a role of a unit", codes(o.SeatsOf("102", store.Officer), postID), "102:officer 102:officer:2")
	if n := len(slices.Collect(o.Seats())); n != 6 {
		t.Errorf("%d seats, want 6", n)
	}
	if p, ok := o.Seat("102:officer:2"); !ok || p.Holder != 7 {
		t.Errorf("the second officer is %v, %v", p, ok)
	}
	if _, ok := o.Seat("20:officer"); ok {
		t.Error("there is a seat that nobody ever held")
	}
	for unit, id := range map[store.UnitCode]store.PostID{"102": "102:officer:2", "101": "101:officer", "20": "20:officer"} {
		if list := o.Officers(unit); len(list) != 1 || list[0].ID != id || list[0].Unit != unit || list[0].Role != store.Officer {
			t.Errorf("the officers of %s are %+v, want %s", unit, list, id)
		}
	}

	nearest := func(unit store.UnitCode, not ...store.PersonID) store.PostID {
		p, _ := o.Nearest(unit, store.Coordinator, func(p store.Post) bool { return !slices.Contains(not, p.Holder) })
		return p.ID
	}
	for got, want := range map[store.PostID]store.PostID{
		nearest("102.1"): "102:coordinator", nearest("101"): "10:coordinator",
		nearest("102.1", 8, 9): ":coordinator", nearest("102.1", 8, 9, 10): "",
	} {
		if got != want {
			t.Errorf("nearest is %q, want %q", got, want)
		}
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	o := province(t)
	whole, part := seat("10", store.Supervisor, 1, 1), seat("10", store.Supervisor, 2, 2)
	part.Portfolio = store.Portfolio{Units: []store.UnitCode{"101", "102.1"}, Fields: []string{"KT"}}
	want(t, "whole", inSet(o.Scope(whole)), "10 10.so 101 102 102.1 102.1.1")
	want(t, "part", inSet(o.Scope(part)), "101 102.1 102.1.1")
	for _, c := range []struct {
		post    store.Post
		unit    store.UnitCode
		reaches bool
	}{
		{whole, "102.1", true}, {whole, "10", true}, {whole, "20", false}, {whole, "", false},
		{part, "102.1.1", true}, {part, "102", false}, {part, "10", false}, {seat("", store.Admin, 1, 3), "102", true},
	} {
		if o.Reaches(c.post, c.unit) != c.reaches {
			t.Errorf("%s reaches %q: want %v", c.post.ID, c.unit, c.reaches)
		}
	}
	for field, covers := range map[string]bool{"KT": true, "VHXH": false} {
		if o.Covers(part, store.Model{Unit: "101",
			Entries: store.Entries{{Field: field}},
		}) != covers || !o.Covers(whole, store.Model{Unit: "101", Entries: store.Entries{{Field: field}}}) {
			t.Errorf("a model in field %s is covered wrongly", field)
		}
	}
}

func TestStandsFor(t *testing.T) {
	t.Parallel()
	p := store.Post{Holder: 1, Deputy: 2, DeputyUntil: now.Add(time.Hour)}
	forGood := store.Post{Deputy: 2}
	for _, c := range []struct {
		post             store.Post
		person           store.PersonID
		at               time.Time
		stands, deputise bool
	}{
		{p, 1, now, true, false}, {p, 2, now, true, true}, {p, 2, now.Add(time.Hour), false, false}, {p, 3, now, false, false},
		{forGood, 2, now, true, true}, {store.Post{}, 0, now, false, false}, {store.Post{Holder: 2, Deputy: 2}, 2, now, true, false},
	} {
		if org.StandsFor(c.post, c.person, c.at) != c.stands || org.Deputises(c.post, c.person, c.at) != c.deputise {
			t.Errorf("%d in %+v: want %v, %v", c.person, c.post, c.stands, c.deputise)
		}
	}
}

func TestChecker(t *testing.T) {
	t.Parallel()
	fields := seat("102", store.Coordinator, 2, 5)
	fields.Portfolio.Fields = []string{"KT"}
	o := province(t, seat("102", store.Coordinator, 1, 0), fields, seat("10", store.Coordinator, 1, 9), seat("101", store.Coordinator, 1, 4),
		seat("102", store.Officer, 1, 6), seat("20", store.Coordinator, 1, 7))
	silent := map[store.PersonID]bool{}
	for _, c := range []struct {
		what   string
		model  store.Model
		silent store.PersonID
		want   store.PostID
	}{
		{"the nearest", store.Model{Unit: "101"}, 0, "101:coordinator"},
		{"who looks after the field", store.Model{Unit: "102.1", Entries: store.Entries{{Field: "KT"}}}, 0, "102:coordinator:2"},
		{"who is above, for another field", store.Model{Unit: "102.1", Entries: store.Entries{{Field: "VHXH"}}}, 0, "10:coordinator"},
		{"who returned it", store.Model{Unit: "101", Checker: "10:coordinator"}, 0, "10:coordinator"},
		{"who is there, when nobody holds the post that returned it", store.Model{Unit: "101", Checker: "102:coordinator"}, 0, "101:coordinator"},
		{"who hears, before who does not", store.Model{Unit: "101"}, 4, "10:coordinator"},
		{"who does not hear, before nobody", store.Model{Unit: "20"}, 7, "20:coordinator"},
		{"nobody", store.Model{Unit: "hoi"}, 0, ""},
	} {
		clear(silent)
		silent[c.silent] = true
		p, ok, err := o.Checker(c.model, func(id store.PersonID) (bool, error) { return !silent[id], nil })
		if p.ID != c.want || ok != (c.want != "") || err != nil {
			t.Errorf("%s: %q, %v, %v; want %q", c.what, p.ID, ok, err, c.want)
		}
	}

	broken := errors.New("broken")
	if _, _, err := o.Checker(store.Model{Unit: "101"}, func(store.PersonID) (bool, error) { return false, broken }); !errors.Is(err, broken) {
		t.Errorf("an error became %v", err)
	}
}

// TestSeveralOfficers has two officers of a unit, of whom one stands in for the other, as
// somebody from elsewhere does.
func TestSeveralOfficers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	first, second, third := seat("102", store.Officer, 1, 7), seat("102", store.Officer, 2, 8), seat("102", store.Officer, 3, 0)
	first.Deputy, second.Deputy, second.DeputyUntil = 8, 9, now
	o := province(t, first, second, third)
	want(t, "officers", codes(o.Officers("102"), postID), "102:officer 102:officer:2")

	for who, post := range map[store.PersonID]store.PostID{7: "102:officer", 8: "102:officer:2", 9: "102:officer:2", 10: "", 0: ""} {
		if p, ok := o.OfficerFor("102", who, now.Add(-time.Second)); p.ID != post || ok != (post != "") {
			t.Errorf("person %d is officer in %q, want %q", who, p.ID, post)
		}
	}
	if p, ok := o.OfficerFor("102", 9, now); ok {
		t.Errorf("whose time is over stands in for %s", p.ID)
	}
	want(t, "where 8 stands in", codes(o.Deputising(8, now), postID), "102:officer")
	want(t, "where 9 does", codes(o.Deputising(9, now.Add(-time.Second)), postID), "102:officer:2")
	want(t, "where 9 no longer does", codes(o.Deputising(9, now), postID), "")
}

func TestSeatIDs(t *testing.T) {
	t.Parallel()
	got := []store.PostID{store.SeatID("30709", store.Officer, 1), store.SeatID("30709", store.Officer, 2), store.SeatID("", store.Admin, 1)}
	if d := cmp.Diff([]store.PostID{"30709:officer", "30709:officer:2", ":admin"}, got); d != "" {
		t.Error(d)
	}
}

// TestUnitsOfADay renames a commune, moves it to another province, and corrects
// a code.
func TestUnitsOfADay(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) store.Date { return store.Date{Year: 2026, Month: m, Day: d} }
	commune := store.Unit{Code: "101", Name: "Xã Một", Kind: store.Commune, Parent: "10", Aliases: []store.Alias{{Code: "109", From: day(9, 20)}}}
	commune = commune.Becoming(store.Version{From: day(9, 20), Name: "Phường Một", Kind: store.Ward, Parent: "10"}).
		Becoming(store.Version{From: day(11, 1), Name: "Phường Một", Kind: store.Ward, Parent: "20"})
	o := org.New([]store.Unit{
		{Code: "10", Kind: store.Province}, {Code: "20", Kind: store.Province}, commune,
		{Code: "102", Kind: store.Commune, Parent: "10", Withdrawn: true}, {Code: "CB", Kind: store.Organisation, Parent: "101"},
	}, nil)

	for _, c := range []struct {
		at       *org.Org
		name     string
		province store.UnitCode
	}{
		{o.On(day(8, 31)), "Xã Một", "10"}, {o.On(day(9, 20)), "Phường Một", "10"}, {o.On(day(10, 31)), "Phường Một", "10"},
		{o.On(day(11, 1)), "Phường Một", "20"}, {o, "Phường Một", "20"}, {o.On(day(11, 2)).On(day(8, 1)), "Xã Một", "10"},
	} {
		for _, code := range []store.UnitCode{"101", "109"} {
			if u, ok := c.at.Unit(code); !ok || u.Name != c.name || u.Code != "101" {
				t.Errorf("%s is %+v, want %s", code, u, c.name)
			}
		}
		other := map[store.UnitCode]store.UnitCode{"10": "20", "20": "10"}[c.province]
		if !c.at.Under("CB", c.province) || c.at.Under("CB", other) || !c.at.Below(c.province).Has("101") || c.at.Below(other).Has("101") {
			t.Errorf("%s is not in %s alone", c.name, c.province)
		}
	}
	if _, ok := o.Unit("102"); ok || len(o.Units()) != 4 {
		t.Error("a unit that was withdrawn is there")
	}
	if o.On(day(12, 1)) != o || o.On(day(9, 1)).On(day(12, 1)).Below("20") != o.Below("20") {
		t.Error("a day of the same era makes another tree")
	}
}

// TestSuccession lets one commune go up in another, which ends in its turn, and
// one be split.
func TestSuccession(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) store.Date { return store.Date{Year: 2026, Month: m, Day: d} }
	ended := func(u store.Unit, last store.Date, next ...store.Successor) store.Unit {
		u.Parent, u.Kind, u.ValidTo, u.Successors = "10", store.Commune, last, next
		return u
	}
	watched := seat("10", store.Supervisor, 1, 9)
	watched.Portfolio.Units = []store.UnitCode{"101", "102"}
	o := org.New([]store.Unit{
		{Code: "10", Kind: store.Province}, {Code: "school", Kind: store.Organisation, Parent: "101"},
		ended(store.Unit{Code: "101"}, day(6, 30), store.Successor{Code: "102"}),
		ended(store.Unit{Code: "102"}, day(8, 31), store.Successor{Code: "103", Share: 30}, store.Successor{Code: "104", Share: 70}),
		{Code: "103", Kind: store.Commune, Parent: "10"}, {Code: "104", Kind: store.Commune, Parent: "10"},
	}, []store.Post{
		seat("101", store.Officer, 1, 1), seat("102", store.Officer, 1, 2), seat("104", store.Officer, 1, 4), watched,
		seat("101", store.Coordinator, 1, 5),
	})

	for _, c := range []struct {
		at                      store.Date
		heir                    store.UnitCode // of 101
		scope, seats, commune   string         // of whom 101's officer works for, and of the school
		portfolio, above, below string
	}{
		{day(6, 30), "101", "101 school", "101:coordinator 101:officer", "101 school", "101 102", "101 10", "101 school"},
		{day(7, 1), "102", "102 101 school", "102:officer 101:coordinator 101:officer", "102 101 school", "102", "101 102 10", "101 school"},
		{day(9, 1), "104", "104 101 school 102", "104:officer 101:coordinator 101:officer 102:officer", "104 101 school 102", "104",
			"101 104 10", "101 school"},
	} {
		is := o.On(c.at)
		p, _ := is.Seat("101:officer")
		if is.Heir("101") != c.heir || p.Unit != c.heir {
			t.Errorf("%s: the heir is %s, the officer works for %s; want %s", c.at, is.Heir("101"), p.Unit, c.heir)
		}
		want(t, c.at.String()+": scope", inSet(is.Scope(p)), c.scope)
		want(t, c.at.String()+": seats of what ended", codes(is.SeatsAt("101"), postID), c.seats)
		want(t, c.at.String()+": seats of the heir", codes(is.SeatsAt(c.heir), postID), c.seats)
		want(t, c.at.String()+": commune", inSet(is.Commune("school")), c.commune)
		want(t, c.at.String()+": above", codes(slices.Collect(is.Up("101")), unitCode), c.above)
		want(t, c.at.String()+": below", inSet(is.Below("101")), c.below)

		leader, _ := is.Seat("10:supervisor")
		want(t, c.at.String()+": portfolio", codes(leader.Portfolio.Units, func(c store.UnitCode) string { return string(c) }), c.portfolio)
		for _, p := range []store.Post{p, leader} {
			kept, _ := o.On(day(1, 1)).Seat(p.ID)
			if d := cmp.Diff(kept, is.Kept(p)); d != "" {
				t.Errorf("%s: what is to be kept changes by the day: %s", c.at, d)
			}
		}
	}

	// Another successor is picked, and a list that ends in a ring keeps everybody.
	o = org.New([]store.Unit{
		ended(store.Unit{Code: "101", Picked: "103"}, day(6, 30), store.Successor{Code: "102"}, store.Successor{Code: "103"}),
		ended(store.Unit{Code: "104"}, day(6, 30), store.Successor{Code: "105"}), ended(store.Unit{Code: "105"}, day(6, 30), store.Successor{Code: "104"}),
		ended(store.Unit{Code: "106"}, day(6, 30), store.Successor{Code: "nowhere"}),
		{Code: "10", Kind: store.Province}, {Code: "102", Parent: "10"}, {Code: "103", Parent: "10"},
	}, nil).On(day(7, 1))
	for code, heir := range map[store.UnitCode]store.UnitCode{"101": "103", "106": "106", "102": "102"} {
		if o.Heir(code) != heir {
			t.Errorf("the heir of %s is %s, want %s", code, o.Heir(code), heir)
		}
	}
	want(t, "the province", inSet(o.Below("10")), "10 102 103 101 106")
}
