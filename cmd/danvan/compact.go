package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/alecthomas/kong"

	"danvan/store"
	"danvan/store/bolt"
)

// compactCommand writes the store's file anew, without what is free in it.
type compactCommand struct {
	storeConfig `embed:""`
}

// Run does it while the bot does not run: which does the same by itself, when it
// starts on a file that is mostly free.
func (c *compactCommand) Run(k *kong.Context) error {
	was, is, err := bolt.Compact(c.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c.noStore()
	case errors.Is(err, store.ErrInUse):
		return fmt.Errorf("danvan runs on %s: stop it first", c.Data)
	case err != nil:
		return fmt.Errorf("%s stays as it is: %w", c.Data, err)
	}
	tell(k.Stdout, fmt.Sprintf("%s: %s → %s", c.Data, mebibytes(was), mebibytes(is)))
	return nil
}

// mebibytes prints a size.
func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
