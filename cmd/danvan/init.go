package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// initCommand makes a new store.
type initCommand struct {
	storeConfig `embed:""`
}

// Run makes the store, with the campaigns and days that danvan ships, where there
// is no file yet.
func (c *initCommand) Run(k *kong.Context) error {
	switch _, err := os.Stat(c.Data); {
	case err == nil:
		return fmt.Errorf("%s is there already", c.Data)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}

	syscall.Umask(0o077) // as run makes it
	h, err := open(c.storeConfig, time.Now, c.logger(os.Stderr))
	if err != nil {
		return err
	}
	tell(k.Stdout, c.Data)
	return h.close()
}
