package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"

	"danvan/store"
)

// Store is a store.Store in one bbolt file.
type Store struct {
	db        *bbolt.DB
	campaigns *memo[store.Campaign]
	writer    *writer

	mu      sync.Mutex
	readers *sync.WaitGroup // that began since the last Scrub

	close  sync.Once
	closed error // what closing returned
}

var _ store.Store = (*Store)(nil)

func newStore(db *bbolt.DB, place *file, random io.Reader) *Store {
	campaigns := &memo[store.Campaign]{}
	return &Store{db: db, campaigns: campaigns, writer: newWriter(db, place, campaigns, random), readers: &sync.WaitGroup{}}
}

// Count has a function called for every key that a transaction looks at, which
// is how a test counts reads. It is set before the first transaction.
func (s *Store) Count(visited func()) { s.writer.visited = visited }

// View runs fn in a read-only transaction. The Reader must not be used after
// fn returned.
func (s *Store) View(ctx context.Context, fn func(store.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.writer.broken(); err != nil {
		return err
	}

	s.mu.Lock()
	readers := s.readers
	readers.Add(1)
	s.mu.Unlock()
	defer readers.Done()

	btx, err := s.db.Begin(false)
	if errors.Is(err, boltErrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	if err != nil {
		return fmt.Errorf("begin read transaction: %w", err)
	}

	r := &reader{btx, s.campaigns, s.writer.visited}
	defer func() {
		r.tx = nil // a reader that is kept fails at once instead of reading freed pages
		_ = btx.Rollback()
	}()

	return fn(r)
}

// Update runs fn in a write transaction, here or on another caller's goroutine,
// and waits for its commit. It must not be called inside fn: it would wait for
// itself.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.writer.do(ctx, fn)
}

// Close lets the current commit and every reader finish.
func (s *Store) Close() error {
	s.close.Do(func() {
		s.writer.stop()
		if err := s.db.Close(); err != nil {
			s.closed = fmt.Errorf("close store: %w", err)
		}
	})
	return s.closed
}
