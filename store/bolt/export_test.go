package bolt

import (
	"crypto/rand"
	"os"
	"slices"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// Migration is a step that a test adds.
type Migration = migration

// Schema is the version of the files that this program writes.
func Schema() uint32 { return version(migrations) }

// OpenSteps opens as a later program would, with more migrations.
func OpenSteps(path string, more ...Migration) (*Store, error) {
	return open(path, Options{}, slices.Concat(migrations, more))
}

// OpenHeld opens an existing file and hands out what it is written through.
func OpenHeld(path string) (s *Store, file *os.File, err error) {
	db, file, err := openFile(path, Options{})
	if err != nil {
		return nil, nil, err
	}
	place, err := newFile(file)
	return newStore(db, place, rand.Reader), file, err
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
	return h.copy(id)
}

// PackFact packs a model and what happened to it, step by step.
func PackFact(m store.Model, reviews []store.Review, updates []store.Progress) ([]byte, error) {
	b, err := []byte(packFact(m)), error(nil)
	for _, v := range reviews {
		if b, err = withStep(b, stepOfReview(v)); err != nil {
			return nil, err
		}
	}
	for _, p := range updates {
		if b, err = withStep(b, stepOfProgress(p)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// AddToFact puts one more step into a packed fact, or refuses.
func AddToFact(b []byte, p store.Progress) ([]byte, error) { return withStep(b, stepOfProgress(p)) }

// UnpackFact reads what PackFact made, or refuses.
func UnpackFact(id uint64, b []byte) (store.Fact, error) { return new(factReader).unpack(id, b) }

// PackSent and UnpackSent do the same for the ledger.
func PackSent(s store.Sent) []byte { return packSent(s) }

// UnpackSent reads what PackSent made, or refuses.
func UnpackSent(b []byte) (store.Sent, error) { return unpackSent(b) }
