package bolt

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"
)

// Open opens the store at path and creates it if there is none. A large file that is
// mostly free is compacted first, and stays as it is where that fails. One of an older
// schema is copied to "<path>.v<version>" and brought up to date.
//
// It fails with store.ErrInUse if another process has it open, with store.ErrNewer
// if a newer danvan wrote it, with store.ErrDamaged if it is not whole, which an
// empty file is not, and where Existing is set with fs.ErrNotExist if there is none.
func Open(path string, o Options) (*Store, error) {
	return open(path, o, migrations)
}

func open(path string, o Options, steps []migration) (*Store, error) {
	is, err := soundUnused(path)
	if err == nil && is.mostlyFree() {
		o.compacted(compact(path, is, version(steps)))
	}
	if errors.Is(err, fs.ErrNotExist) && !o.Existing {
		if err := create(path, version(steps)); err != nil {
			return nil, fmt.Errorf("create store: %w", err)
		}
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}

	db, held, err := openFile(path, o)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := migrate(db, path, steps); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	place, err := newFile(held)
	if err == nil {
		err = settle(path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), db.Close())
	}
	return newStore(db, place, cmp.Or(o.Random, rand.Reader)), nil
}

// mostlyFree reports whether a file is worth to be compacted: at least some
// megabytes, of which less than half are in use.
func (p *pages) mostlyFree() bool {
	all := int64(p.n) * p.size
	return all >= worthIt && 2*p.used() < all
}

const worthIt = 16 << 20

// create makes a new file. A power cut while bbolt lays out the first pages of one in
// its place could leave a file that does not open (etcd#16596).
func create(path string, version uint32) error {
	return beside(path, func(f *os.File) error { return layOut(f.Name(), version) }, place)
}

// place gives a new file its name, and leaves a file alone that another
// process has put there meanwhile.
func place(from, path string) error {
	err := os.Link(from, path)
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) { // it has cleared ours away already
		return nil
	}
	if err != nil { // links are unknown here
		return os.Rename(from, path)
	}
	return nil
}

// layOut writes the buckets of an empty store.
func layOut(path string, version uint32) error {
	db, _, err := openFile(path, Options{})
	if err != nil {
		return err
	}

	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return fmt.Errorf("create bucket %s: %w", name, err)
			}
		}
		return putVersion(tx, version)
	})

	return errors.Join(err, db.Sync(), db.Close())
}
