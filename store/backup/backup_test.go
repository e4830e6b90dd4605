package backup_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"danvan/store"
	"danvan/store/backup"
	"danvan/store/bolt"
)

var zone = time.FixedZone("+07", 7*60*60)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newStore has one unit.
func newStore(t *testing.T) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "danvan.db"), bolt.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutUnit(store.Unit{Code: "91", Name: "Tỉnh An Giang", Kind: store.Province})
	}))
	return s
}

// names lists a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

// TestEncrypted backs up so that only a recipient can read it, and restores that.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t), t.TempDir()
	who, err := age.GenerateX25519Identity()
	must(t, err)
	other, err := age.GenerateX25519Identity()
	must(t, err)
	to, err := backup.Recipients([]string{" " + who.Recipient().String()})
	must(t, err)
	key, wrong := filepath.Join(dir, "key.txt"), filepath.Join(dir, "wrong.txt")
	must(t, errors.Join(os.WriteFile(key, []byte("# key\n"+who.String()+"\n"), 0o600), os.WriteFile(wrong, []byte(other.String()+"\n"), 0o600)))

	path := filepath.Join(dir, "b.db.age")
	if _, err := backup.Make(t.Context(), s, path, nil); !errors.Is(err, backup.ErrRecipients) {
		t.Errorf("encrypted to nobody: %v", err)
	}
	if is, err := backup.Make(t.Context(), s, path, to); err != nil || is.Units != 1 {
		t.Fatalf("it holds %+v: %v", is, err)
	}
	if _, err := backup.Make(t.Context(), s, path, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a backup was written over: %v", err)
	}
	sealed, err := os.ReadFile(path)
	must(t, err)
	if bytes.Contains(sealed, []byte("An Giang")) {
		t.Error("it can be read by everybody")
	}

	restored := filepath.Join(dir, "restored.db")
	if _, err := backup.Restore(path, wrong, restored); err == nil {
		t.Error("it was restored with another key")
	}
	if is, err := backup.Restore(path, key, restored); err != nil || is.Units != 1 {
		t.Errorf("restored: %+v, %v", is, err)
	}
	if _, err := backup.Restore(path, key, restored); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a store was written over: %v", err)
	}
	if got := names(t, dir); got != "b.db.age key.txt restored.db wrong.txt" {
		t.Errorf("there are %s", got)
	}
	if _, err := backup.Recipients([]string{"age1nobody"}); err == nil {
		t.Error("a recipient that is none was taken")
	}
}

// TestFolder makes one backup a night, and keeps three.
func TestFolder(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t), t.TempDir()
	f := backup.Folder{Dir: dir, Keep: 3, Zone: zone}
	must(t, os.WriteFile(filepath.Join(dir, "danvan-old.db"), nil, 0o600))
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }

	for _, c := range []struct {
		now  time.Time
		due  bool
		made string
	}{
		{at(28, 9, 0), true, "danvan-2026-11-28.db"}, {at(28, 23, 0), false, ""}, {at(29, 1, 59), false, ""},
		{at(29, 2, 0), true, "danvan-2026-11-29.db"}, {at(30, 2, 10), true, "danvan-2026-11-30.db"}, {at(31, 5, 0), true, "danvan-2026-12-01.db"},
	} {
		due, err := f.Due(c.now)
		if err != nil || due != c.due {
			t.Errorf("%s: due %v, want %v: %v", c.now, due, c.due, err)
		}
		if !due {
			continue
		}
		path, is, err := f.Make(t.Context(), s, c.now)
		if err != nil || filepath.Base(path) != c.made || is.Units != 1 {
			t.Errorf("%s: made %s with %+v: %v", c.now, path, is, err)
		}
		if again, err := bolt.Check(path); err != nil || again != is {
			t.Errorf("%s holds %+v, then %+v: %v", path, is, again, err)
		}
	}
	if got := names(t, dir); got != "danvan-2026-11-29.db danvan-2026-11-30.db danvan-2026-12-01.db danvan-old.db" {
		t.Errorf("there are %s", got)
	}

	f.Dir = filepath.Join(dir, "gone")
	if _, _, err := f.Make(t.Context(), s, at(30, 2, 0)); err == nil {
		t.Error("a backup into no folder was made")
	}
}
