package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// compactSlice is how many bytes are copied in one transaction.
const compactSlice = 16 << 20

// Compact writes a file anew, without what is free in it, and says how large it
// was and is. The new file is made beside the old one and takes its name when it is
// whole and on the disk: until then, and whenever something goes wrong, the old one
// stays as it is. A link to the file stays one. It fails with store.ErrInUse while
// another process has the file open, with store.ErrNewer if a newer danvan wrote it,
// and with store.ErrFull where the disk has no room for a second one.
func Compact(path string) (was, is int64, err error) {
	p, err := soundUnused(path)
	if err != nil {
		return 0, 0, fmt.Errorf("compact: %w", err)
	}
	return compact(path, p, version(migrations))
}

// compact is Compact of a file that was looked through, for a program that knows a
// version of the schema.
func compact(path string, p *pages, known uint32) (was, is int64, err error) {
	path, err = filepath.EvalSymlinks(path)
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
		_, err = versionOf(from, known)
	}
	if err == nil {
		err = removeLeft(path)
	}
	if err == nil {
		err = hasRoom(filepath.Dir(path), p.used()+p.used()/8)
	}
	if err == nil {
		err = beside(path, func(f *os.File) error { return copyTo(f.Name(), from) }, os.Rename)
	}

	if err == nil {
		is, err = sizeOf(path)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("compact: %w", err)
	}
	return was, is, nil
}

// copyTo makes a copy of what is in use.
func copyTo(path string, from *bbolt.DB) error {
	set := settings(Options{})
	set.NoSync = true // all at once, at the end
	to, err := bbolt.Open(path, 0o600, set)
	if err != nil {
		return err
	}
	to.AllocSize = 1 << 20 // a file that is in use grows by more at once
	if err := errors.Join(bbolt.Compact(to, from, compactSlice), to.Sync(), to.Close()); err != nil {
		return err
	}
	_, err = sound(path)
	return err
}

func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
