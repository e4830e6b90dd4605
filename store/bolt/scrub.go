package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// erasedKey is in meta while something was erased whose bytes may still be in the
// file: bbolt writes what changes elsewhere and leaves what was there.
const erasedKey = "erased"

// Erased has what was deleted and overwritten so far taken out of the file's bytes
// by the next Scrub.
func (t *tx) Erased() error { return t.put(meta, key(erasedKey), nil) }

// Scrub writes zeros over all pages that are not in use, if something was erased.
// Nobody can write meanwhile; what is read goes on.
func (s *Store) Scrub(ctx context.Context) error {
	wanted := false
	err := s.View(ctx, func(r store.Reader) error {
		wanted = r.(*reader).get(meta, key(erasedKey)) != nil
		return nil
	})
	if err != nil || !wanted {
		return err
	}

	select {
	case s.writer.pen <- struct{}{}:
	case <-s.writer.quit:
		return store.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.writer.pen }()
	if err := s.writer.broken(); err != nil {
		return err
	}
	if err := s.scrub(); err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	return s.write(func(b *bbolt.Bucket) error { return b.Delete([]byte(erasedKey)) })
}

// scrub does it, for whoever has the pen.
func (s *Store) scrub() error {
	// Two commits, so that neither of the pages by which a file is found leads to
	// what was there before; then whoever began to read before them is waited for.
	for range 2 {
		if err := s.write(func(*bbolt.Bucket) error { return nil }); err != nil {
			return err
		}
	}
	s.mu.Lock()
	before := s.readers
	s.readers = &sync.WaitGroup{}
	s.mu.Unlock()
	before.Wait()

	f := s.writer.file.held
	info, err := f.Stat()
	if err != nil {
		return err
	}
	p, err := look(f, info.Size())
	if err != nil {
		return err
	}
	return errors.Join(p.clear(f, info.Size()), s.db.Sync())
}

// write commits something in meta.
func (s *Store) write(change func(*bbolt.Bucket) error) error {
	btx, err := s.db.Begin(true)
	if err != nil {
		return err
	}
	if err := change(btx.Bucket([]byte(meta))); err != nil {
		return errors.Join(err, btx.Rollback())
	}
	return s.writer.write(btx)
}

// clear writes zeros over what is not in use.
func (p *pages) clear(f io.WriterAt, size int64) error {
	const stretch = 256 // pages that are written at once
	zeros := make([]byte, stretch*p.size)
	for id := uint64(2); id < uint64(size/p.size); id++ {
		free := uint64(0)
		for free < stretch && id+free < uint64(size/p.size) && !p.uses(id+free) {
			free++
		}
		if free == 0 {
			continue
		}
		if _, err := f.WriteAt(zeros[:free*uint64(p.size)], int64(id)*p.size); err != nil {
			return err
		}
		id += free - 1
	}
	return nil
}

func (p *pages) uses(id uint64) bool { return id < p.n && p.seen[id] }
