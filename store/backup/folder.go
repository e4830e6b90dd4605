package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"danvan/store/bolt"
)

// Folder is where a backup goes every night.
type Folder struct {
	Dir  string
	Keep int             // how many; at least 1
	To   []age.Recipient // none: they are not encrypted
	Zone *time.Location  // where it is night
}

// The hour at which a night's backup is made, and how its name is written.
const (
	hour   = 2
	layout = "danvan-2006-01-02.db"
)

// Due reports whether the backup of the last night is still to be made.
func (f Folder) Due(now time.Time) (bool, error) {
	_, err := os.Stat(f.path(now))
	switch {
	case err == nil:
		return false, nil
	case os.IsNotExist(err):
		return true, nil
	}
	return false, fmt.Errorf("look for the backup of tonight: %w", err)
}

// path is the file of the last night.
func (f Folder) path(now time.Time) string {
	name := now.In(f.Zone).Add(-hour * time.Hour).Format(layout)
	if len(f.To) > 0 {
		name += Ending
	}
	return filepath.Join(f.Dir, name)
}

// Make makes the backup of the last night, and then removes the oldest of those
// that are more than to be kept.
func (f Folder) Make(ctx context.Context, s *bolt.Store, now time.Time) (path string, is bolt.Holdings, err error) {
	path = f.path(now)
	if is, err = Make(ctx, s, path, f.To); err != nil {
		return path, is, fmt.Errorf("back up to %s: %w", path, err)
	}
	return path, is, f.rotate()
}

// rotate leaves alone what is named otherwise than a night's backup.
func (f Folder) rotate() error {
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return fmt.Errorf("list the backups: %w", err)
	}
	var ours []string
	for _, e := range entries {
		if _, err := time.Parse(layout, strings.TrimSuffix(e.Name(), Ending)); err == nil {
			ours = append(ours, e.Name())
		}
	}

	slices.Sort(ours)
	for _, name := range ours[:max(len(ours)-max(f.Keep, 1), 0)] {
		if err := os.Remove(filepath.Join(f.Dir, name)); err != nil {
			return fmt.Errorf("remove an old backup: %w", err)
		}
	}
	return nil
}
