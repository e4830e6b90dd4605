package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// compactSlice is how many bytes are copied in one transaction.
const compactSlice = 16 << 20

// Compact writes a file anew, without what is free in it, and says how large it
// was and is. The new file is made beside the old one and takes its name when it is
// whole and on the disk: until then, and whenever something goes wrong, the old one
// stays as it is. It fails with store.ErrInUse while another process has the file open,
// and with store.ErrFull where the disk has no room for a second one.
func Compact(path string) (was, is int64, err error) {
	err = whileUnused(path, func() error {
		p, err := sound(path)
		if err != nil {
			return err
		}
		return hasRoom(filepath.Dir(path), p.used()+p.used()/8)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("compact: %w", err)
	}

	from, _, err := openFile(path, Options{})
	if err != nil {
		return 0, 0, fmt.Errorf("compact: %w", err)
	}
	defer func() { _ = from.Close() }() // it was only read, and may have no name any more
	was, err = sizeOf(path)
	if err == nil {
		err = copyTo(path, from)
	}
	if err != nil {
		return was, was, fmt.Errorf("compact: %w", err)
	}
	is, err = sizeOf(path)
	return was, is, err
}

// copyTo puts a copy of what is in use in the place of a file.
func copyTo(path string, from *bbolt.DB) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it is gone where all went well
	if err := f.Close(); err != nil {
		return err
	}

	set := settings(Options{})
	set.NoSync = true // all at once, at the end
	to, err := bbolt.Open(f.Name(), 0o600, set)
	if err != nil {
		return err
	}
	to.AllocSize = 1 << 20 // a file that is in use grows by more at once
	if err := errors.Join(bbolt.Compact(to, from, compactSlice), to.Sync(), to.Close()); err != nil {
		return err
	}
	if _, err := sound(f.Name()); err != nil {
		return err
	}

	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// errNoRoom says how much room is missing.
func errNoRoom(wanted, free int64) error {
	return fmt.Errorf("%w: %d MiB are free on the disk, and %d are needed", store.ErrFull, free>>20, wanted>>20+1)
}
