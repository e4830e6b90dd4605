package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"

	"danvan/store"
)

// file is the place of an open store. It must stay the file that was opened, and
// never get shorter: what is written to one that was removed is lost, and a page
// that was cut off ends the process.
type file struct {
	path   string
	opened os.FileInfo
	held   *os.File
	least  atomic.Int64 // bytes that it had at last
}

func newFile(held *os.File) (*file, error) {
	info, err := held.Stat()
	if err != nil {
		return nil, err
	}
	f := &file{path: held.Name(), opened: info, held: held}
	f.least.Store(info.Size())
	return f, nil
}

// gone returns ErrClosed, with the reason, when the file is no longer there as it
// was.
func (f *file) gone() error {
	now, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(f.opened, now):
		return fmt.Errorf("%w: %s was removed or replaced while it was open", store.ErrClosed, f.path)
	case err == nil && now.Size() < f.least.Load():
		return fmt.Errorf("%w: %s was cut off while it was open", store.ErrClosed, f.path)
	}
	return nil // or it cannot be told
}

// grown notes how long the file is after a commit.
func (f *file) grown() {
	if info, err := f.held.Stat(); err == nil && info.Mode().IsRegular() {
		f.least.Store(info.Size())
	}
}

// noRoom says whether a commit failed because there was no room for its pages:
// then nothing of it is in the file. A sync that fails says nothing of the kind.
func noRoom(err error) bool {
	if strings.HasPrefix(err.Error(), "file resize error") { // bbolt's words, before it writes a page
		return true
	}
	var at *fs.PathError
	if !errors.As(err, &at) || at.Op != "write" {
		return false
	}
	return slices.ContainsFunc([]error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}, func(e error) bool { return errors.Is(at.Err, e) })
}
