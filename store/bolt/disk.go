package bolt

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// beside makes a file under another name in its directory, and puts it in its place
// when it is whole and on the disk, as write leaves it.
func beside(path string, write func(*os.File) error, put func(from, to string) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it is gone where all went well

	if err := errors.Join(write(f), f.Close()); err != nil {
		return err
	}
	if err := put(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// settle ends, beside a store that is open, what a process that died may have left
// undone: its copies are removed, and the name that it gave the file is on the disk.
func settle(path string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return errors.Join(removeLeft(path), syncDir(filepath.Dir(path)))
}

// removeLeft removes what was to become a file, beside a store that is open: it was
// left by processes that died over it, or is made by one that came too late.
func removeLeft(path string) error {
	dir, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return err
	}
	for _, e := range entries {
		number, ours := strings.CutPrefix(e.Name(), name+".new-") // as os.CreateTemp names them
		if ours && strings.Trim(number, "0123456789") == "" {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
