package bolt_test

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// version1 is a file that a program of schema 1 wrote: buckets with their
// sequences, under each its keys and values as Go strings.
//
//go:embed testdata/v1.txt
var version1 string

// writeFile makes a bbolt file out of such a text.
func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "danvan.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, db)
	err = db.Update(func(tx *bbolt.Tx) error {
		var bucket *bbolt.Bucket
		for line := range strings.Lines(text) {
			k, v, isRecord := strings.Cut(strings.TrimPrefix(line[:len(line)-1], "\t"), "\t")
			if !isRecord {
				bucket, err = writeBucket(tx, line)
			} else {
				err = bucket.Put(unquote(t, k), unquote(t, v))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// openText opens such a file as the program of today does, until the test ends.
func openText(t *testing.T, text string) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(writeFile(t, text), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, s) })
	return s
}

func writeBucket(tx *bbolt.Tx, line string) (*bbolt.Bucket, error) {
	var name string
	var sequence uint64
	if _, err := fmt.Sscan(line, &name, &sequence); err != nil {
		return nil, err
	}
	b, err := tx.CreateBucket([]byte(name))
	if err != nil {
		return nil, err
	}
	return b, b.SetSequence(sequence)
}

func unquote(t *testing.T, s string) []byte {
	t.Helper()
	text, err := strconv.Unquote(s)
	if err != nil {
		t.Fatalf("unquote %s: %v", s, err)
	}
	return []byte(text)
}

// readFile writes a file as such a text.
func readFile(t *testing.T, path string) string {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, db)
	var text strings.Builder
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			fmt.Fprintf(&text, "%s %d\n", name, b.Sequence())
			return b.ForEach(func(k, v []byte) error {
				_, err := fmt.Fprintf(&text, "\t%q\t%q\n", k, v)
				return err
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// factsOfVersion1 are what the models of that file come to.
func factsOfVersion1() []store.Fact {
	at := func(day int) time.Time { return time.Date(2026, time.October, day, 2, 0, 0, 0, time.UTC) }
	return []store.Fact{{
		ID: 5, Unit: "30709", Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "VHXH", TitleGroup: "DVK", Origin: store.New}}, Kind: store.Collective,
		Tags: []string{"NTM"}, Registrants: []store.Registrant{{Name: "Chi bộ ấp"}}, Registered: at(1), Vague: true, State: store.Accepted,
		Steps: []store.FactStep{{
			At: at(9), State: store.Doing, Day: store.Date{Year: 2026, Month: 10, Day: 8}, Row: 11, Evidence: 1, Basis: store.Cumulative, Lesson: true,
			Results: []store.Quantity{{Metric: "m2", Value: store.Whole(1150), Qualifier: store.Over}, {Metric: "workday", Value: store.Whole(420)}},
			Money:   []store.Money{{VND: 120_000_000, Part: store.People, Note: "tiền và hiện vật"}},
		}, {
			At: at(20), State: store.Doing, Day: store.Date{Year: 2026, Month: 10, Day: 20}, Row: 12, Corrects: 11, Basis: store.Cumulative,
			Results: []store.Quantity{{Metric: "m2", Value: store.Whole(1185)}},
		}},
	}, {
		ID: 6, Unit: "30709", Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "QPAN", TitleGroup: "DVK", Origin: store.Maintained}}, Kind: store.Individual,
		Registered: at(3), State: store.Waiting,
	}}
}

// TestVersion2 opens a file of version 1: a copy stays as it was, every record
// is where it was, and the facts of its models are there and go on.
func TestVersion2(t *testing.T) {
	t.Parallel()
	path := writeFile(t, version1)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []store.Fact
	err = s.View(t.Context(), func(r store.Reader) (err error) {
		got, err = r.Facts(store.ModelQuery{})
		return err
	})
	if d := cmp.Diff(factsOfVersion1(), got); d != "" || err != nil {
		t.Errorf("facts (-want +got), %v:\n%s", err, d)
	}
	closed(t, s, err)

	if d := cmp.Diff(version1, readFile(t, path+".v1")); d != "" {
		t.Errorf("the copy is not what the file was (-want +got):\n%s", d)
	}
	wantRecordsOf(t, version1, readFile(t, path))

	s, err = bolt.Open(path, bolt.Options{})
	if err == nil {
		err = s.Update(t.Context(), writeVersion2)
	}
	closed(t, s, err)
}

// wantRecordsOf wants every record of one text in another, but for the version,
// and models and heads, whose entries and registrants have become lists. A
// bucket's sequence may count something now.
func wantRecordsOf(t *testing.T, before, after string) {
	t.Helper()
	is := map[string]bool{}
	for line := range strings.Lines(after) {
		is[line] = true
	}
	version := fmt.Sprintf("\t%q\t%q\n", "version", binary.BigEndian.AppendUint32(nil, 1))
	anew := false
	for line := range strings.Lines(before) {
		if !strings.HasPrefix(line, "\t") {
			anew = strings.HasPrefix(line, "models ") || strings.HasPrefix(line, "heads ")
		} else if !anew && is[line] == (line == version) {
			t.Errorf("in the new file: %v: %s", is[line], line)
		}
	}
}

// writeVersion2 uses every bucket that version 2 brought.
func writeVersion2(tx store.Tx) error {
	_, reportErr := tx.PutReport(store.Report{Unit: "30709", Period: "p"})
	err := errors.Join(
		reportErr, tx.AddReview(store.Review{ID: 14, Model: 6, Was: store.Waiting, State: store.Accepted, At: when}),
		tx.PutSpecialDay(store.SpecialDay{Day: store.DateOf(when)}), tx.AddException(store.Exception{Unit: "30709", Period: "p"}),
		tx.AddSent(store.Sent{Period: "p"}), tx.PutDeferral(store.Deferral{Period: "p"}), tx.PutSnapshot(store.Snapshot{Period: "p"}))
	if err != nil {
		return err
	}
	facts, err := tx.Facts(store.ModelQuery{After: 5})
	if err == nil && (len(facts) != 1 || len(facts[0].Steps) != 1) {
		return fmt.Errorf("the facts did not go on: %v", facts)
	}
	return err
}

// version2 is the file as the program of schema 2 made it out of that one.
//
//go:embed testdata/v2.txt
var version2 string

// TestVersion3 opens a file of version 2: a copy stays as it was, every record
// is where it was, and units and posts are there since the first edition.
func TestVersion3(t *testing.T) {
	t.Parallel()
	path := writeFile(t, version2)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)

	if d := cmp.Diff(version2, readFile(t, path+".v2")); d != "" {
		t.Errorf("the copy is not what the file was (-want +got):\n%s", d)
	}
	seen := func(r store.Reader) (out []string, err error) {
		for _, edition := range []uint64{0, 1} {
			units, err := r.UnitsSince(edition)
			if err != nil {
				return nil, err
			}
			posts, err := r.PostsSince(edition)
			if err != nil {
				return nil, err
			}
			for _, u := range units {
				out = append(out, fmt.Sprint(edition, " ", u.Code))
			}
			for _, p := range posts {
				out = append(out, fmt.Sprint(edition, " ", p.ID, " ", p.Holder))
			}
		}
		return out, nil
	}
	want := func(want ...string) {
		t.Helper()
		var got []string
		err := s.View(t.Context(), func(r store.Reader) (err error) {
			got, err = seen(r)
			return err
		})
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("changed since editions 0 and 1 (-want +got), %v:\n%s", err, d)
		}
	}
	want("0 30709", "0 30709:officer 7")

	err = s.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutPost(store.Post{ID: "30709:officer", Unit: "30709", Role: store.Officer, Holder: 8})
	})
	if err != nil {
		t.Fatal(err)
	}
	want("0 30709", "0 30709:officer 8", "1 30709:officer 8")
}

// version3 is that file, opened, a day and a unit put, by the program of schema 3.
//
//go:embed testdata/v3.txt
var version3 string

// TestVersion4 opens a file of version 3: the editions are the same, and go on.
func TestVersion4(t *testing.T) {
	t.Parallel()
	s := openText(t, version3)

	for _, want := range []store.Editions{{Units: 2, Posts: 1, Days: 1}, {Units: 3, Posts: 1, Days: 1}} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			if have, err := tx.Editions(); have != want || err != nil {
				t.Errorf("editions %+v, want %+v: %v", have, want, err)
			}
			return tx.PutUnit(store.Unit{Code: "30712"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// version4 is that file as the program of schema 4 made it.
//
//go:embed testdata/v4.txt
var version4 string

// TestVersion5 opens a file of version 4: its facts are what they were, and
// take a result with its thing.
func TestVersion5(t *testing.T) {
	t.Parallel()
	s := openText(t, version4)

	want := factsOfVersion1()
	added := store.Progress{ID: 99, Model: 5, At: when.AddDate(1, 0, 0), State: store.Doing, Results: []store.Quantity{
		{Metric: "m", Thing: "road", Word: "đường", Value: store.Whole(350)},
	}, Money: []store.Money{{VND: 1, Part: store.People}, {Qualifier: store.Over, Total: true}}}
	for i := range 2 {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			got, err := tx.Facts(store.ModelQuery{})
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("facts with %d updates more (-want +got):\n%s", i, d)
			}
			return errors.Join(err, tx.AddProgress(added))
		})
		if err != nil {
			t.Fatal(err)
		}
		want[0].Steps = append(want[0].Steps, added.Step())
		added.ID++
		added.At = added.At.AddDate(0, 0, 1)
	}
}

// version5 is that file, opened, a province and a commune put, by the program of
// schema 5.
//
//go:embed testdata/v5.txt
var version5 string

// TestVersion6 opens a file of version 5: its units are what they were on every
// day, can become something else, and what an import did is kept.
func TestVersion6(t *testing.T) {
	t.Parallel()
	s := openText(t, version5)

	ward := store.Version{From: store.Date{Year: 2026, Month: 9, Day: 20}, Name: "Phường Yên Phong", Kind: store.Ward, Parent: "24"}
	for _, want := range []string{"Xã Yên Phong, Xã Yên Phong, 0 imports", "Xã Yên Phong, Phường Yên Phong, 1 imports"} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			u, err := tx.Unit("09193")
			all, allErr := tx.UnitImports()
			got := fmt.Sprintf("%s, %s, %d imports", u.On(ward.From.AddDays(-1)).Name, u.On(ward.From).Name, len(all))
			if got != want {
				t.Errorf("%s; want %s", got, want)
			}
			return errors.Join(err, allErr, tx.PutUnit(u.Becoming(ward)), tx.PutUnitImport(store.UnitImport{ID: 1, Before: []store.Unit{u}}))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// version7 is that file, opened, and two reports put and changed, one of them
// taken back, by the program of schema 7.
//
//go:embed testdata/v7.txt
var version7 string

// TestVersion8 opens a file of version 7: of a report that was taken back it is
// known what it was before, and editions go on.
func TestVersion8(t *testing.T) {
	t.Parallel()
	s := openText(t, version7)

	const period = "dvk-2026-2030/half/2026-12-14"
	err := s.Update(t.Context(), func(tx store.Tx) error {
		v, err := tx.Report("30709", period)
		if err != nil {
			return err
		}
		v.WithdrawnAt, v.At = time.Time{}, v.WithdrawnAt.Add(time.Hour)
		_, err = tx.PutReport(v)
		return errors.Join(err, tx.PutPeriod(store.Period{ID: period}), tx.PutObliged(period, []store.UnitCode{"30709"}))
	})
	if err != nil {
		t.Fatal(err)
	}

	var got []string
	err = s.View(t.Context(), func(r store.Reader) error {
		for _, unit := range []store.UnitCode{"3070", "30709"} {
			all, err := r.ReportEditions(unit, period)
			if err != nil {
				return err
			}
			for _, v := range all {
				got = append(got, fmt.Sprint(v.Unit, " ", v.Revision, " ", v.At.Hour(), " ", v.Counts()))
			}
		}
		_, err := r.Period(period)
		return err
	})
	want := []string{"3070 2 4 true", "30709 1 2 true", "30709 2 3 false", "30709 3 4 true"}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("editions (-want +got), %v:\n%s", err, d)
	}
}

// TestBrokenVersion1 wants a file whose model cannot be read left as it is.
func TestBrokenVersion1(t *testing.T) {
	t.Parallel()
	broken := strings.Replace(version1, `"\x01{\"id\":6,\"rev\"`, `"\x01{\"id\":6,rev\"`, 1)
	path := writeFile(t, broken)
	if s, err := bolt.Open(path, bolt.Options{}); err == nil {
		t.Error("a store with a broken model was upgraded")
		closed(t, s, nil)
	}
	if now := readFile(t, path); now != broken {
		t.Errorf("half of the migration was kept:\n%s", cmp.Diff(broken, now))
	}
}
