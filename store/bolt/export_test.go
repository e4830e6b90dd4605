package bolt

import (
	"os"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// Migration is a step that a test adds.
type Migration = migration

// OpenSteps opens with other migrations than the program's.
func OpenSteps(path string, steps ...Migration) (*Store, error) { return open(path, Options{}, steps) }

// Settings are what files are opened with, for calibrations.
func Settings() *bbolt.Options { return settings(Options{}) }

// OpenHeld opens an existing file and hands out what it is written through.
func OpenHeld(path string) (s *Store, file *os.File, err error) {
	o := Settings()
	o.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	db, err := bbolt.Open(path, 0o600, o)
	if err != nil {
		return nil, nil, err
	}
	return newStore(db), file, nil
}

// Commits counts the commits that the file has seen.
func (s *Store) Commits() (n int) {
	_ = s.db.View(func(tx *bbolt.Tx) error {
		n = tx.ID()
		return nil
	})
	return n
}

// DB is the file under a store.
func (s *Store) DB() *bbolt.DB { return s.db }

// PackHead and UnpackHead let a fuzz test feed broken heads.
func PackHead(h store.Head) []byte { return packHead(h) }

// UnpackHead reads what PackHead made, or refuses.
func UnpackHead(id uint64, b []byte) (store.Head, error) {
	h, err := viewHead(b)
	if err != nil {
		return store.Head{}, err
	}
	return h.copy(id), nil
}
