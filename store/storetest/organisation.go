package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"danvan/store"
)

func organisationCases() []testCase {
	return []testCase{
		{"units by parent, in order of code", unitsByParent},
		{"posts by holder, unit and role", postsBy},
		{"invitations by post, in the order of their making", invitesTo},
		{"a person moves to another address", personMoves},
		{"an address belongs to one person", addressIsTaken},
		{"addresses do not run into each other", addressesApart},
		{"campaigns in order of id", campaignsInOrder},
		{"a listed campaign stays as it was read", campaignsShared},
		{"a change of the organisation is a new edition", editions},
		{"units since an edition", changesOf(store.Reader.UnitsSince, putUnit, unitName, func(e store.Editions) uint64 { return e.Units })},
		{"posts since an edition", changesOf(store.Reader.PostsSince, putPost, postName, func(e store.Editions) uint64 { return e.Posts })},
	}
}

func unitCode(u store.Unit) store.UnitCode { return u.Code }

func unitsByParent(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for _, u := range []store.Unit{
			{Code: "40"}, {Code: "1"}, {Code: "30709", Parent: "1"}, {Code: "10", Parent: "1"},
			{Code: "9", Parent: "1"}, {Code: "09", Parent: "1"}, {Code: "Z", Parent: "10"}, {Code: "đ", Parent: "1"},
		} {
			errs = append(errs, tx.PutUnit(u))
		}
		return errors.Join(errs...)
	})
	children := func(parent store.UnitCode) []store.UnitCode {
		return ids(read(t, s, func(r store.Reader) ([]store.Unit, error) { return r.Units(parent) }), unitCode)
	}
	same(t, "roots", children(""), []store.UnitCode{"1", "40"})
	same(t, "children", children("1"), []store.UnitCode{"09", "10", "30709", "9", "đ"})
	same(t, "children of a code that begins alike", children("10"), []store.UnitCode{"Z"})
	update(t, s, func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "9", Parent: "40"}) })
	same(t, "children after a move", children("1"), []store.UnitCode{"09", "10", "30709", "đ"})
	same(t, "children at the new parent", children("40"), []store.UnitCode{"9"})
}

func postID(p store.Post) store.PostID { return p.ID }

func postsBy(t *testing.T, s store.Store) {
	post := func(unit store.UnitCode, role store.Role, holder store.PersonID) store.Post {
		return store.Post{ID: store.MakePostID(unit, role), Unit: unit, Role: role, Holder: holder}
	}
	put := func(posts ...store.Post) {
		update(t, s, func(tx store.Tx) error {
			var errs []error
			for _, p := range posts {
				errs = append(errs, tx.PutPost(p))
			}
			return errors.Join(errs...)
		})
	}

	of := func(p store.PersonID) []store.PostID {
		return ids(read(t, s, func(r store.Reader) ([]store.Post, error) { return r.PostsOf(p) }), postID)
	}
	at := func(u store.UnitCode) []store.PostID {
		return ids(read(t, s, func(r store.Reader) ([]store.Post, error) { return r.PostsAt(u) }), postID)
	}
	as := func(role store.Role) []store.PostID {
		return ids(read(t, s, func(r store.Reader) ([]store.Post, error) { return r.PostsAs(role) }), postID)
	}

	put(post("30709", store.Officer, 1), post("3070", store.Officer, 256), post("30709", store.Coordinator, 1),
		post("40", store.Supervisor, 0), post("", store.Admin, 1))
	same(t, "posts of 1", of(1), []store.PostID{"30709:coordinator", "30709:officer", ":admin"})
	same(t, "posts at 30709", at("30709"), []store.PostID{"30709:coordinator", "30709:officer"})
	same(t, "posts at 3070", at("3070"), []store.PostID{"3070:officer"})
	same(t, "posts without a unit", at(""), []store.PostID{":admin"})
	same(t, "officers", as(store.Officer), []store.PostID{"30709:officer", "3070:officer"})
	same(t, "vacant posts are nobody's", of(0), nil)

	put(post("30709", store.Officer, 256), post("3070", store.Officer, 0), post("40", store.Supervisor, 2))
	same(t, "posts of 1 after the handover", of(1), []store.PostID{"30709:coordinator", ":admin"})
	same(t, "posts of 256 after the handover", of(256), []store.PostID{"30709:officer"})
	same(t, "posts of 2", of(2), []store.PostID{"40:supervisor"})
	same(t, "posts at 30709 after the handover", at("30709"), []store.PostID{"30709:coordinator", "30709:officer"})
}

func invitesTo(t *testing.T, s store.Store) {
	invite := func(hash string, post store.PostID, after time.Duration) store.Invite {
		return store.Invite{Hash: hash, Post: post, Made: when.Add(after), Expires: when.Add(24 * time.Hour)}
	}
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutInvite(invite("c", "30709:officer", 0)), tx.PutInvite(invite("a", "30709:officer", time.Hour)),
			tx.PutInvite(invite("b", "30709:officer", time.Minute)), tx.PutInvite(invite("d", "30709:officer:2", 0)))
	})
	to := func(post store.PostID) (out []string) {
		for _, i := range read(t, s, func(r store.Reader) ([]store.Invite, error) { return r.InvitesTo(post) }) {
			out = append(out, i.Hash+" "+string(i.State(when.Add(24*time.Hour))))
		}
		return out
	}
	same(t, "invitations", to("30709:officer"), []string{"c open", "b open", "a open"})
	same(t, "invitations to another seat", to("30709:officer:2"), []string{"d open"})
	same(t, "invitations to the unit", to("30709"), nil)

	used, revoked, moved := invite("c", "30709:officer", 0), invite("b", "30709:officer", time.Minute), invite("a", "40:officer", time.Hour)
	used.UsedAt, used.UsedBy, revoked.Revoked = when, 7, when
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutInvite(used), tx.PutInvite(revoked), tx.PutInvite(moved))
	})
	same(t, "invitations after", to("30709:officer"), []string{"c used", "b revoked"})
	same(t, "invitations to where one moved", to("40:officer"), []string{"a open"})
}

func personAt(at store.Address) func(store.Reader) (store.Person, error) {
	return func(r store.Reader) (store.Person, error) { return r.PersonAt(at) }
}

func personMoves(t *testing.T, s store.Store) {
	p := store.Person{ID: 1, Address: chatAt(1), Language: "vi"}
	update(t, s, func(tx store.Tx) error { return tx.PutPerson(p) })
	p.Address = chatAt(2)
	update(t, s, func(tx store.Tx) error { return tx.PutPerson(p) })
	missing(t, s, personAt(chatAt(1)))
	same(t, "person", read(t, s, personAt(chatAt(2))), p)
	same(t, "person", read(t, s, func(r store.Reader) (store.Person, error) { return r.Person(1) }), p)
	update(t, s, func(tx store.Tx) error { return tx.PutPerson(store.Person{ID: 2, Address: chatAt(1)}) })
	if got := read(t, s, personAt(chatAt(1))); got.ID != 2 {
		t.Errorf("person %d is at the address, want 2", got.ID)
	}
}

func addressIsTaken(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error { return tx.PutPerson(store.Person{ID: 1, Address: chatAt(1)}) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.PutPerson(store.Person{ID: 2, Address: chatAt(1)})
	})
	missing(t, s, func(r store.Reader) (store.Person, error) { return r.Person(2) })
}

func addressesApart(t *testing.T, s store.Store) {
	at := []store.Address{
		{Channel: "a", Chat: "bc"}, {Channel: "ab", Chat: "c"}, {Channel: "a", Chat: "b"},
		{Channel: "a", Chat: "b|c"}, {Channel: "a|b", Chat: "c"}, {Channel: "", Chat: "abc"},
	}
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for i, a := range at {
			errs = append(errs, tx.PutPerson(store.Person{ID: store.PersonID(i + 1), Address: a}))
		}
		return errors.Join(errs...)
	})
	for i, a := range at {
		if got := read(t, s, personAt(a)); got.ID != store.PersonID(i+1) {
			t.Errorf("person %d is at %v, want %d", got.ID, a, i+1)
		}
	}
}

func campaignsInOrder(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.PutCampaign(store.Campaign{ID: "2026"}), tx.PutCampaign(store.Campaign{ID: "2025"}),
			tx.PutCampaign(store.Campaign{ID: "2025-b"}))
	})
	got := read(t, s, store.Reader.Campaigns)
	same(t, "campaigns", ids(got, func(c store.Campaign) store.CampaignID { return c.ID }),
		[]store.CampaignID{"2025", "2025-b", "2026"})
}

// campaignsShared spoils all that is the caller's, the list of campaigns and one
// that was asked for, and then writes a campaign that was listed before.
func campaignsShared(t *testing.T, s store.Store) {
	first := store.Campaign{ID: "2026", Fields: []store.Option{{Key: "KT", Label: store.Label{"vi": "Kinh tế"}}}}
	second := store.Campaign{ID: "2026", Fields: []store.Option{{Key: "KT", Label: store.Label{"vi": "Kinh tế biển"}}}}
	update(t, s, func(tx store.Tx) error { return tx.PutCampaign(first) })
	list := read(t, s, store.Reader.Campaigns)
	listed := list[0]

	list[0] = store.Campaign{}
	own := read(t, s, func(r store.Reader) (store.Campaign, error) { return r.Campaign("2026") })
	scribble(reflect.ValueOf(&own).Elem())
	same(t, "the list after spoiling the caller's", read(t, s, store.Reader.Campaigns), []store.Campaign{first})

	update(t, s, func(tx store.Tx) error { return tx.PutCampaign(second) })
	same(t, "what was listed before the write", listed, first)
	same(t, "the list after the write", read(t, s, store.Reader.Campaigns), []store.Campaign{second})
}

// editions wants a new number of its own after everything that is promised to
// raise it, the old one back after what was rolled back, and the same one
// otherwise.
func editions(t *testing.T, s store.Store) {
	day := store.Date{Year: 2026, Month: 11, Day: 24}
	units, posts := func(e *store.Editions) *uint64 { return &e.Units }, func(e *store.Editions) *uint64 { return &e.Posts }
	days := func(e *store.Editions) *uint64 { return &e.Days }
	last := read(t, s, store.Reader.Editions)
	for _, c := range []struct {
		what string
		put  func(store.Tx) error
		of   func(*store.Editions) *uint64
	}{
		{"a unit", func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "40"}) }, units},
		{"a post", func(tx store.Tx) error { return tx.PutPost(store.Post{ID: "40:officer"}) }, posts},
		{"a special day", func(tx store.Tx) error { return tx.PutSpecialDay(store.SpecialDay{Day: day}) }, days},
		{"a day no longer", func(tx store.Tx) error { return tx.DeleteSpecialDay(day) }, days},
	} {
		refuse(t, s, errRefused, func(tx store.Tx) error { return errors.Join(c.put(tx), errRefused) })
		same(t, c.what+" that was rolled back", read(t, s, store.Reader.Editions), last)

		update(t, s, c.put)
		now := read(t, s, store.Reader.Editions)
		if *c.of(&now) <= *c.of(&last) {
			t.Errorf("%s left edition %d at %d", c.what, *c.of(&last), *c.of(&now))
		}
		*c.of(&last) = *c.of(&now)
		same(t, "the other editions after "+c.what, now, last)
	}

	update(t, s, func(tx store.Tx) error {
		_, err := tx.NewID()
		return errors.Join(err, tx.Accept("test/1", when), tx.PutCampaign(store.Campaign{ID: "dvk"}))
	})
	same(t, "editions after something else", read(t, s, store.Reader.Editions), last)
}

func putUnit(tx store.Tx, id, name string) error {
	return tx.PutUnit(store.Unit{Code: store.UnitCode(id), Name: name})
}

func unitName(u store.Unit) string { return string(u.Code) + u.Name }

func putPost(tx store.Tx, id, unit string) error {
	return tx.PutPost(store.Post{ID: store.PostID(id), Unit: store.UnitCode(unit)})
}

func postName(p store.Post) string { return string(p.ID) + string(p.Unit) }

// changesOf puts records, some of them again, and wants each listed once, in
// the order of the last time; inside a transaction too, and none of what was
// rolled back.
func changesOf[T any](since func(store.Reader, uint64) ([]T, error), put func(tx store.Tx, id, text string) error,
	name func(T) string, of func(store.Editions) uint64) func(*testing.T, store.Store) {
	return func(t *testing.T, s store.Store) {
		edition := func() uint64 { return of(read(t, s, store.Reader.Editions)) }
		after := func(edition uint64) []string {
			return ids(read(t, s, func(r store.Reader) ([]T, error) { return since(r, edition) }), name)
		}
		same(t, "of an empty store", after(0), nil)

		update(t, s, func(tx store.Tx) error {
			return errors.Join(put(tx, "9", "a"), put(tx, "40", "a"), put(tx, "4", "a"))
		})
		first := edition()
		same(t, "since the beginning", after(0), []string{"9a", "40a", "4a"})
		same(t, "since now", after(first), nil)

		update(t, s, func(tx store.Tx) error { return errors.Join(put(tx, "40", "b"), put(tx, "4", "b"), put(tx, "40", "c")) })
		same(t, "since the beginning, after changes", after(0), []string{"9a", "4b", "40c"})
		same(t, "since before the changes", after(first), []string{"4b", "40c"})
		same(t, "since the last change", after(edition()), nil)

		refuse(t, s, errRefused, func(tx store.Tx) error {
			put := put(tx, "9", "d")
			inside, err := since(tx, first)
			same(t, "inside a transaction", ids(inside, name), []string{"4b", "40c", "9d"})
			return errors.Join(put, err, errRefused)
		})
		same(t, "after what was rolled back", after(first), []string{"4b", "40c"})
		same(t, "since an edition that is to come", after(1<<40), nil)
	}
}

var errRefused = errors.New("refused")
