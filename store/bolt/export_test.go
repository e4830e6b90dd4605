package bolt

import (
	"os"

	"go.etcd.io/bbolt"
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
	return &Store{db: db, writer: newWriter(db)}, file, nil
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

// EncodeHead and ReadHead let a fuzz test feed broken heads.
var EncodeHead = encodeHead

// ReadHead reads what EncodeHead made, or refuses.
func ReadHead(b []byte) error {
	_, err := viewHead(b)
	return err
}
