package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"filippo.io/age"
	"github.com/alecthomas/kong"

	"danvan/locales"
	"danvan/store"
	"danvan/store/backup"
	"danvan/store/bolt"
)

// backupConfig says how backups are made.
type backupConfig struct {
	Dir        string   `help:"The folder of nightly backups; none: there are none." env:"DIR" type:"path" placeholder:"DIR"`
	Keep       int      `help:"How many nightly backups are kept." env:"KEEP" default:"14" placeholder:"N"`
	Recipients []string `help:"Who may read backups: age public keys." env:"RECIPIENTS" placeholder:"age1…"`
}

// recipients are who may read encrypted backups.
func (c backupConfig) recipients() ([]age.Recipient, error) {
	to, err := backup.Recipients(c.Recipients)
	if err != nil {
		return nil, fmt.Errorf("DANVAN_BACKUP_RECIPIENTS: %w", err)
	}
	return to, nil
}

// folder is where a backup goes every night; nil: nowhere.
func (c backupConfig) folder(zone *time.Location) (*backup.Folder, error) {
	to, err := c.recipients()
	if err != nil || c.Dir == "" {
		return nil, err
	}
	return &backup.Folder{Dir: c.Dir, Keep: c.Keep, To: to, Zone: zone}, nil
}

// backupCommand backs the store up to a file.
type backupCommand struct {
	config `embed:""`
	File   string `arg:"" help:"A new file; one that ends in .age is encrypted to DANVAN_BACKUP_RECIPIENTS." type:"path"`
}

// Run has the bot do it where it runs.
func (c *backupCommand) Run(ctx context.Context, k *kong.Context) error {
	if _, err := c.recipients(); err != nil {
		return err
	}
	return withOrders(c.config, func(o orders) error {
		is, err := o.Backup(ctx, backupOrder{Path: c.File, To: c.Recipients})
		if err != nil {
			return err
		}
		return c.holds(k, c.File, is)
	})
}

// holds says what a file holds that was found whole.
func (c storeConfig) holds(k *kong.Context, path string, is bolt.Holdings) error {
	words, err := words()
	if err != nil {
		return err
	}
	n := func(n int) string { return locales.Count(c.Language, n) }
	tell(k.Stdout, words.Text(c.Language, "store.holds", map[string]any{
		"File": path, "Schema": int(is.Version), "Units": n(is.Units), "People": n(is.People), "Models": n(is.Models),
		"Progress": n(is.Progress), "Reports": n(is.Reports), "Drafts": n(is.Drafts), "Lines": n(is.Lines),
	}))
	return nil
}

// restoreCommand makes a store of a backup.
type restoreCommand struct {
	storeConfig `embed:""`
	File        string `arg:"" help:"The backup." type:"existingfile"`
	Identity    string `help:"The file with the key of an encrypted backup." type:"existingfile" placeholder:"FILE"`
}

// Run makes the store where there is none.
func (c *restoreCommand) Run(k *kong.Context) error {
	is, err := backup.Restore(c.File, c.Identity, c.Data)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: move it away first, or name another file by --data", c.Data)
	}
	if err != nil {
		return err
	}
	return c.holds(k, c.Data, is)
}

// checkCommand looks through a store or a backup.
type checkCommand struct {
	config `embed:""`
	File   string `arg:"" optional:"" help:"A backup; without one it is the store." type:"existingfile"`
}

// Run looks through the file or, while the bot has the store open, through a
// backup of it, which is removed.
func (c *checkCommand) Run(ctx context.Context, k *kong.Context) error {
	path := c.File
	if path == "" {
		path = c.Data
	}

	is, err := bolt.Check(path)
	if errors.Is(err, store.ErrInUse) {
		err = withOrders(c.config, func(o orders) (err error) {
			copied := path + ".checked"
			defer func() { _ = os.Remove(copied) }()
			is, err = o.Backup(ctx, backupOrder{Path: copied})
			return err
		})
	}
	if errors.Is(err, fs.ErrNotExist) {
		return c.noStore()
	}
	if err != nil {
		return err
	}
	return c.holds(k, path, is)
}
