//go:build unix

package bolt

import (
	"errors"
	"os"
	"syscall"
	"time"

	"danvan/store"
)

// whileUnused runs fn while no process has the file open for writing, as bbolt
// locks it; ErrInUse if one goes on having it.
func whileUnused(path string, fn func() error) error {
	f, err := os.Open(path)
	if err != nil {
		return fn() // which says what is wrong
	}
	defer func() { _ = f.Close() }() // and the lock with it

	for range lockWait / lockTry {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
		if err == nil || !errors.Is(err, syscall.EWOULDBLOCK) {
			return fn() // where nothing can be locked nobody else has done so
		}
		time.Sleep(lockTry)
	}
	return store.ErrInUse
}

const lockTry = 50 * time.Millisecond
