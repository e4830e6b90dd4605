//go:build unix

package bolt

import "syscall"

// hasRoom returns store.ErrFull where a disk has no room for so many bytes.
func hasRoom(dir string, wanted int64) error {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return nil // it will be seen
	}
	if free := int64(s.Bavail) * int64(s.Bsize); free < wanted {
		return errNoRoom(wanted, free)
	}
	return nil
}
