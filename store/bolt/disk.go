package bolt

import (
	"errors"
	"io"
	"os"
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
	// Compacted is told of a file that was mostly free: how large it was and is,
	// or why it stays as it is. nil: nobody is.
	Compacted func(was, is int64, err error)
}

func (o Options) compacted(was, is int64, err error) {
	if o.Compacted != nil {
		o.Compacted(was, is, err)
	}
}

// mapSize is the address space that is kept for the file from the start, so
// that no reader ever has to end before the file can grow (boltdb#378). It is
// only a reservation: it takes no memory, but it wants 64 bits. Files may
// still grow beyond it.
const mapSize = 8 << 30

// lockWait is how long Open waits for another process to let go of the file,
// which covers a restart but not a second instance.
const lockWait = time.Second

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

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
