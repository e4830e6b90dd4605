package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

func TestOpenCreatesOneFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "danvan.db" {
		t.Errorf("the directory holds %v, %v", files, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v; only its owner may read it", info.Mode(), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	if _, err := bolt.Open(filepath.Join(t.TempDir(), "no", "danvan.db"), bolt.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing directory: %v", err)
	}
	text := filepath.Join(t.TempDir(), "notes.txt")
	content := bytes.Repeat([]byte("not a database\n"), 1000)
	if err := os.WriteFile(text, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Open(text, bolt.Options{}); err == nil {
		t.Error("a text file was opened as a store")
	}
	if now, err := os.ReadFile(text); err != nil || !bytes.Equal(now, content) {
		t.Error("a file that is no store was changed")
	}
	other := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(other, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Open(other, bolt.Options{}); err == nil || !strings.Contains(err.Error(), "not a danvan store") {
		t.Errorf("another program's file: %v", err)
	}
}

// TestUnsoundFiles wants every file that cannot be a store refused in one line,
// before anything maps it, and left as it was.
func TestUnsoundFiles(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(good, bolt.Options{})
	if err == nil {
		err = s.Update(t.Context(), func(tx store.Tx) error {
			for i := range 2000 {
				if err := tx.PutUnit(store.Unit{Code: store.UnitCode(fmt.Sprint(i)), Name: "Xã Định Mỹ"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	closed(t, s, err)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}

	page := os.Getpagesize()
	files := map[string][]byte{"empty": {}, "half": whole[:len(whole)/2], "a page": whole[:page], "zeros": make([]byte, len(whole))}
	for id := 2; id < len(whole)/page; id += 29 { // each of these pages overwritten
		b := bytes.Clone(whole)
		copy(b[id*page:], bytes.Repeat([]byte{0xff}, page))
		files[fmt.Sprint("page ", id)] = b
	}
	refused := 0
	for name, content := range files {
		path := filepath.Join(t.TempDir(), "danvan.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := bolt.Open(path, bolt.Options{})
		if err == nil { // the page is a free one
			closed(t, s, nil)
			continue
		}
		refused++
		if !errors.Is(err, store.ErrDamaged) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if refused < 6 {
		t.Errorf("only %d files of %d were refused", refused, len(files))
	}

	for _, path := range []string{t.TempDir(), "/dev/null"} {
		if _, err := bolt.Open(path, bolt.Options{}); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", path, err)
		}
	}
	missing := filepath.Join(t.TempDir(), "danvan.db")
	if _, err := bolt.Open(missing, bolt.Options{Existing: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no store: %v", err)
	}
	if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a store was made: %v", err)
	}
}

// TestFileGone takes the file away from an open store in every way: nothing is
// read or written any more.
func TestFileGone(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(path string) error{
		"removed":  os.Remove,
		"moved":    func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, []byte("x"), 0o600)) },
		"cut off":  func(path string) error { return os.Truncate(path, 8192) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "danvan.db")
			s, err := bolt.Open(path, bolt.Options{})
			if err == nil {
				err = s.Update(t.Context(), func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "a"}) })
			}
			if err == nil {
				err = take(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			ran := false
			for _, err := range []error{
				s.Update(t.Context(), func(store.Tx) error { ran = true; return nil }),
				s.View(t.Context(), func(store.Reader) error { ran = true; return nil }),
			} {
				if ran || !errors.Is(err, store.ErrClosed) || !strings.Contains(err.Error(), path) {
					t.Errorf("ran %t: %v", ran, err)
				}
			}
			_ = s.Close()
		})
	}
}

func TestSecondOpenIsRefused(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	if _, err := bolt.Open(s.DB().Path(), bolt.Options{}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("the second open returned %v, want %v", err, store.ErrInUse)
	}
}

// TestOpenAtOnce lets several processes' worth of opens race for a new file:
// one gets it, and nobody gets another file under the same name.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	opened := make([]*bolt.Store, 6)
	errs := make([]error, len(opened))
	var all sync.WaitGroup
	for i := range opened {
		all.Go(func() { opened[i], errs[i] = bolt.Open(path, bolt.Options{}) })
	}
	all.Wait()
	won := 0
	for i, s := range opened {
		switch {
		case errs[i] == nil:
			won++
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		case !errors.Is(errs[i], store.ErrInUse):
			t.Errorf("open returned %v, want %v", errs[i], store.ErrInUse)
		}
	}
	if won != 1 {
		t.Errorf("%d opens succeeded, want 1", won)
	}
}

// rename is a migration that a later version might need.
func rename(from, to string) bolt.Migration {
	return func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("units"))
		v := b.Get([]byte(from))
		if v == nil {
			return errors.New("nothing to rename")
		}
		return errors.Join(b.Put([]byte(to), bytes.Clone(v)), b.Delete([]byte(from)))
	}
}

func hasUnit(t *testing.T, s *bolt.Store, code store.UnitCode) bool {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		_, err := r.Unit(code)
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func closed(t *testing.T, s *bolt.Store, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMigrations(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err == nil {
		err = s.Update(t.Context(), func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "a"}) })
	}
	closed(t, s, err)

	s, err = bolt.OpenSteps(path, rename("a", "b"), rename("b", "c"))
	if err == nil && (!hasUnit(t, s, "c") || hasUnit(t, s, "a")) {
		t.Error("the steps did not run in order")
	}
	closed(t, s, err)
	s, err = bolt.OpenSteps(path, rename("a", "b"), rename("b", "c"))
	closed(t, s, err) // they do not run again: there is nothing to rename

	if _, err := bolt.Open(path, bolt.Options{}); !errors.Is(err, store.ErrNewer) {
		t.Errorf("an older program opened the file: %v", err)
	}
	if _, err := bolt.OpenSteps(path, rename("a", "b")); !errors.Is(err, store.ErrNewer) {
		t.Errorf("an older program opened the file: %v", err)
	}

	s, err = bolt.Open(fmt.Sprintf("%s.v%d", path, bolt.Schema()), bolt.Options{})
	if err == nil && !hasUnit(t, s, "a") {
		t.Error("the copy is not what the file was")
	}
	closed(t, s, err)
}

// TestFailedMigration wants the file as it was, so that the older program can
// go on with it.
func TestFailedMigration(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err == nil {
		err = s.Update(t.Context(), func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "a"}) })
	}
	closed(t, s, err)
	broken := func(*bbolt.Tx) error { return errStop }
	if _, err := bolt.OpenSteps(path, rename("a", "b"), broken); !errors.Is(err, errStop) {
		t.Fatalf("open returned %v, want %v", err, errStop)
	}
	s, err = bolt.Open(path, bolt.Options{})
	if err == nil && !hasUnit(t, s, "a") {
		t.Error("half of a migration was kept")
	}
	closed(t, s, err)
}

func TestCloseTwice(t *testing.T) {
	t.Parallel()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "danvan.db"), bolt.Options{})
	closed(t, s, err)
	closed(t, s, nil)
}
