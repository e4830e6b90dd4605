package bolt

import (
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"

	"danvan/store"
)

// Options say how a file is opened. The zero value is good.
type Options struct {
	// MaxSize is a quota in bytes for the file; beyond it writes fail with
	// store.ErrFull, cleanly, while the disk still has room. 0: no quota.
	MaxSize int64
	// Random salts the hashes of the audit. nil: the system's.
	Random io.Reader
	// Existing says that no new store is to be made.
	Existing bool
}

// mapSize is the address space that is kept for the file from the start, so
// that no reader ever has to end before the file can grow (boltdb#378). It is
// only a reservation: it takes no memory, but it wants 64 bits. Files may
// still grow beyond it.
const mapSize = 8 << 30

// lockWait is how long Open waits for another process to let go of the file,
// which covers a restart but not a second instance.
const lockWait = time.Second

// Open opens the store at path and creates it if there is none. A file of an
// older schema is copied and brought up to date first.
//
// It fails with store.ErrInUse if another process has it open, with store.ErrNewer
// if a newer danvan wrote it, with store.ErrDamaged if it is not whole, which an
// empty file is not, and where Existing is set with fs.ErrNotExist if there is none.
func Open(path string, o Options) (*Store, error) {
	return open(path, o, migrations)
}

func open(path string, o Options, steps []migration) (*Store, error) {
	err := whileUnused(path, func() error { return sound(path) })
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
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), db.Close())
	}
	return newStore(db, place, cmp.Or(o.Random, rand.Reader)), nil
}

// openFile opens a file and hands out what it is written through.
func openFile(path string, o Options) (db *bbolt.DB, held *os.File, err error) {
	set := settings(o)
	set.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		held, err = os.OpenFile(name, flag, mode)
		return held, err
	}
	db, err = bbolt.Open(path, 0o600, set)
	if errors.Is(err, boltErrors.ErrTimeout) {
		err = store.ErrInUse
	}
	return db, held, err
}

// settings are bbolt's. Its defaults write the list of free pages with every
// commit and search it page by page, and freeze all readers behind a long one.
func settings(o Options) *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockWait,
		FreelistType:    bbolt.FreelistMapType,
		NoFreelistSync:  true,
		InitialMmapSize: mapSize,
		MaxSize:         int(o.MaxSize),
		NoStatistics:    true,
	}
}

// create makes a new file beside its place and moves it there whole: a power
// cut while bbolt lays out the first pages of a file can leave one that does
// not open (etcd#16596).
func create(path string, version uint32) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it is gone where all went well

	if err := f.Close(); err != nil {
		return err
	}
	if err := layOut(f.Name(), version); err != nil {
		return err
	}
	if err := place(f.Name(), path); err != nil {
		return err
	}

	return syncDir(dir)
}

// place gives a new file its name, and leaves a file alone that another
// process has put there meanwhile.
func place(from, path string) error {
	err := os.Link(from, path)
	if errors.Is(err, fs.ErrExist) {
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

func putVersion(tx *bbolt.Tx, version uint32) error {
	return tx.Bucket([]byte(meta)).Put([]byte(versionKey), binary.BigEndian.AppendUint32(nil, version))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
