package bolt_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/figures"
	"danvan/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	var paths sync.Map // of the open stores
	open := func(tb testing.TB, path string) store.Store {
		s, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			tb.Fatalf("open: %v", err)
		}
		paths.Store(s, path)
		return s
	}
	storetest.Run(t, storetest.Options{
		Open: func(tb testing.TB) store.Store {
			path := filepath.Join(tb.TempDir(), "danvan.db")
			tb.Cleanup(func() { // when it was closed
				if _, err := bolt.Check(path); err != nil && !errors.Is(err, figures.ErrChanged) { // nobody counted those
					tb.Error(err)
				}
			})
			return open(tb, path)
		},
		Reopen: func(tb testing.TB, s store.Store) store.Store {
			path, _ := paths.Load(s)
			if err := s.Close(); err != nil {
				tb.Fatalf("close: %v", err)
			}
			return open(tb, path.(string))
		},
	})
}
