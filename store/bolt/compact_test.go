package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// fillSessions puts so many sessions of 4 kB, and deletes most of them again.
func fillSessions(t *testing.T, s *bolt.Store, n, left int) {
	t.Helper()
	err := s.Update(t.Context(), func(tx store.Tx) error {
		for i := range n {
			v := store.Session{ID: store.SessionID(i + 1), Post: "30709:officer", Partial: strings.Repeat("x", 4000)}
			if err := tx.PutSession(v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx store.Tx) error {
		var errs []error
		for i := left; i < n; i++ {
			errs = append(errs, tx.DeleteSession(store.SessionID(i+1)))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestCompact makes a file small again: every record and every count stays.
func TestCompact(t *testing.T) {
	t.Parallel()
	path := writeFile(t, version10)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fillSessions(t, s, 2000, 20)
	if _, _, err := bolt.Compact(path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("compacting an open file returned %v", err)
	}
	mustClose(t, s)

	before := readFile(t, path)
	was, is, err := bolt.Compact(path)
	if err != nil || was < 4<<20 || is > 3<<20 || is != size(t, path) {
		t.Errorf("%d bytes became %d, %v", was, is, err)
	}
	if d := cmp.Diff(before, readFile(t, path)); d != "" {
		t.Errorf("what is in the file changed:\n%s", d)
	}
	left, err := filepath.Glob(path + ".new*")
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestCompactAtStart compacts a large file that is mostly free as it is opened, and
// no other.
func TestCompactAtStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		left int
		want bool
	}{"mostly free": {100, true}, "mostly used": {3500, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "danvan.db")
			said := 0
			open := func() *bolt.Store {
				s, err := bolt.Open(path, bolt.Options{Compacted: func(was, is int64, err error) {
					said++
					if err != nil || is >= was {
						t.Errorf("compacted from %d to %d: %v", was, is, err)
					}
				}})
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			s := open()
			fillSessions(t, s, 5000, c.left)
			mustClose(t, s)
			was := size(t, path)
			for range 2 { // the second time there is nothing to do
				mustClose(t, open())
			}
			if (said == 1) != c.want || (size(t, path) < was/2) != c.want {
				t.Errorf("compacted %d times, from %d to %d bytes", said, was, size(t, path))
			}
		})
	}
}

// wasteful makes a bbolt file that is large and mostly free, without a schema.
func wasteful(t *testing.T, path string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	name := []byte("other")
	err = errors.Join(
		db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucket(name)
			for i := 0; i < 5000 && err == nil; i++ {
				err = b.Put(fmt.Append(nil, i), make([]byte, 4000))
			}
			return err
		}),
		db.Update(func(tx *bbolt.Tx) error { return tx.DeleteBucket(name) }),
		db.Close())
	if err != nil {
		t.Fatal(err)
	}
}

// TestCompactsNoOther leaves alone what this program does not know, however much of it
// is free.
func TestCompactsNoOther(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other.db")
	wasteful(t, other)
	newer := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.OpenSteps(newer, func(*bbolt.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	fillSessions(t, s, 5000, 100)
	mustClose(t, s)

	for path, want := range map[string]string{other: "not a danvan store", newer: store.ErrNewer.Error()} {
		was := readBytes(t, path)
		_, _, compacting := bolt.Compact(path)
		_, opening := bolt.Open(path, bolt.Options{})
		for _, err := range []error{compacting, opening} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
		if !bytes.Equal(readBytes(t, path), was) {
			t.Errorf("%s: the file was changed", want)
		}
	}
}

// TestCompactKeepsTheLink compacts a file by a link to it.
func TestCompactKeepsTheLink(t *testing.T) {
	t.Parallel()
	path, link := filepath.Join(t.TempDir(), "real.db"), filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fillSessions(t, s, 500, 5)
	mustClose(t, s)
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	was, is, err := bolt.Compact(link)
	if err != nil || is >= was || is != size(t, path) {
		t.Errorf("%d bytes became %d, %v", was, is, err)
	}
	if to, err := os.Readlink(link); err != nil || to != path {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

// TestRemovesWhatIsLeft removes the copies that were not finished, and nothing with
// another name.
func TestRemovesWhatIsLeft(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	closed(t, s, err)
	before := fmt.Sprintf("%s.v%d", path, bolt.Schema()) // as the next migration will copy it
	for _, name := range []string{path + ".new-12345", path + ".new-mine", before + ".new-12345"} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	left := func() []string {
		names, err := filepath.Glob(path + ".*")
		if err != nil {
			t.Fatal(err)
		}
		return names
	}

	if _, _, err := bolt.Compact(path); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{path + ".new-mine", before + ".new-12345"}, left()); d != "" {
		t.Errorf("compacted (-want +got):\n%s", d)
	}
	s, err = bolt.OpenSteps(path, func(*bbolt.Tx) error { return nil })
	closed(t, s, err)
	if d := cmp.Diff([]string{path + ".new-mine", before}, left()); d != "" {
		t.Errorf("migrated (-want +got):\n%s", d)
	}

	link := filepath.Join(t.TempDir(), "danvan.db")
	if err := errors.Join(os.Symlink(path, link), os.WriteFile(path+".new-67890", []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	s, err = bolt.OpenSteps(link, func(*bbolt.Tx) error { return nil })
	closed(t, s, err)
	if d := cmp.Diff([]string{path + ".new-mine", before}, left()); d != "" {
		t.Errorf("opened (-want +got):\n%s", d)
	}
}

// TestScrub erases a name that stood in many places and was written over many
// times: after that no byte of the file tells it, whoever reads or writes meanwhile.
func TestScrub(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	path := s.DB().Path()
	const name = "Huỳnh Thị Bí Mật"
	put := func(name string) {
		t.Helper()
		for some := range 10 {
			if err := s.Update(t.Context(), func(tx store.Tx) error {
				var errs []error
				for i := 20 * some; i < 20*(some+1); i++ {
					to := store.Address{Channel: "test", Chat: fmt.Sprint(i)}
					errs = append(errs, tx.PutPerson(store.Person{ID: store.PersonID(i + 1), Name: name, Address: to}),
						tx.PutSession(store.Session{ID: store.SessionID(i + 1), Partial: strings.Repeat(name, i*20)}))
				}
				return errors.Join(errs...)
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(name)
	put("")
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b := readBytes(t, path); !bytes.Contains(b, []byte(name)) {
		t.Fatal("nothing tells the name before it is erased: this proves nothing")
	}

	ctx, stop := context.WithCancel(t.Context())
	var others sync.WaitGroup
	for n := range 4 {
		others.Go(func() {
			for ctx.Err() == nil {
				_ = s.View(ctx, func(r store.Reader) error {
					for i := range 200 {
						if _, err := r.Person(store.PersonID(i + 1)); err != nil {
							t.Errorf("person %d: %v", i+1, err)
						}
					}
					return nil
				})
				_ = s.Update(ctx, func(tx store.Tx) error { return tx.Accept(fmt.Sprintf("%d/%p", n, new(int)), when) })
			}
		})
	}
	err := s.Update(t.Context(), func(tx store.Tx) error { return tx.Erased() })
	if err := errors.Join(err, s.Scrub(t.Context())); err != nil {
		t.Fatal(err)
	}
	stop()
	others.Wait()
	if b := readBytes(t, path); bytes.Contains(b, []byte(name)) || bytes.Contains(b, []byte("Bí Mật")) {
		t.Error("the file still tells the name")
	}
	put("Lê Văn Tám") // it can still be written to
	if err := s.View(t.Context(), func(r store.Reader) error {
		p, err := r.Person(200)
		if p.Name != "Lê Văn Tám" {
			t.Errorf("read %+v", p)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func readBytes(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
