package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// Backup copies the store, as it is at one instant, to a new file that Open and
// Restore can read, while people go on. It fails with fs.ErrExist where there is
// one; what was not whole is never there.
func (s *Store) Backup(ctx context.Context, path string) error {
	err := whereNone(path)
	if err == nil {
		err = copyFile(func(fn func(*bbolt.Tx) error) error {
			return s.View(ctx, func(r store.Reader) error { return fn(r.(*reader).tx) })
		}, path)
	}
	if err != nil {
		return fmt.Errorf("back up the store: %w", err)
	}
	return nil
}

// Restore makes a store of a backup that Check finds whole. It fails with
// fs.ErrExist where there is a file: no store is ever overwritten.
func Restore(backup, path string) (Holdings, error) {
	err := whereNone(path)
	var is Holdings
	if err == nil {
		is, err = Check(backup)
	}
	if err == nil {
		err = beside(path, func(f *os.File) error { return errors.Join(fill(f, backup), f.Sync()) }, os.Rename)
	}
	if err != nil {
		return Holdings{}, fmt.Errorf("restore %s: %w", path, err)
	}
	return is, nil
}

func whereNone(path string) error {
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return nil
}

// fill copies what is in a file.
func fill(to io.Writer, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	_, err = io.Copy(to, from)
	return err
}
