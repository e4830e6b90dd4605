//go:build unix

package bolt

import (
	"fmt"
	"syscall"

	"danvan/store"
)

// hasRoom returns store.ErrFull where a disk has no room for so many bytes.
func hasRoom(dir string, wanted int64) error {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return nil // it will be seen
	}
	if free := int64(s.Bavail) * int64(s.Bsize); free < wanted {
		return fmt.Errorf("%w: %d MiB are free on the disk, and %d are needed", store.ErrFull, free>>20, wanted>>20+1)
	}
	return nil
}
