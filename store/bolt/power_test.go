//go:build strace

package bolt_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"danvan/store"
	"danvan/store/bolt"
)

var images = flag.Int("images", 200, "how many power cuts TestPowerCuts tries")

// TestPowerCuts rebuilds from the system calls of a process what a power cut may
// leave of its file: everything until the last sync, and of each later write any
// sectors. Every step that was acknowledged is there. On a disk that lies about its
// syncs it is not, which shows that the test would find it.
func TestPowerCuts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log, _ := strace(t, 1<<20, 400, "", crashFile+"="+filepath.Join(dir, "danvan.db"))
	deeds := readDeeds(t, log, dir)

	torn := func(f *folder) left { return f.cut(rand.IntN(len(f.pending) + 1)) }
	if err := cuts(t, deeds, *images, honest, torn); err != nil {
		t.Error(err)
	}
	if err := cuts(t, deeds, 20, lazy(20), (*folder).least); err == nil {
		t.Error("a disk that lies does no harm: the test proves nothing")
	}
}

// cuts cuts the power at random moments and returns what was wrong.
func cuts(t *testing.T, deeds []deed, n int, lies func(deed) bool, image func(*folder) left) error {
	t.Helper()
	at := map[int]int{}
	for range n {
		at[rand.IntN(len(deeds))]++
	}
	f, k := &folder{now: map[string]*disk{}, lies: lies}, newKnown()

	var wrong []error
	for i, d := range deeds {
		if line := d.said(); line != "" {
			k.hear(line)
		} else {
			f.do(d)
		}
		for range at[i] {
			dir := t.TempDir()
			image(f).into(t, dir)
			if err := k.restored(t, filepath.Join(dir, "danvan.db")); err != nil {
				wrong = append(wrong, fmt.Errorf("after %d of %d calls: %w", i+1, len(deeds), err))
			}
			_ = os.RemoveAll(dir)
		}
	}
	t.Logf("%d cuts, of which %d did harm", n, len(wrong))
	return errors.Join(wrong...)
}

// restored opens what is left of a file and looks for what was acknowledged.
func (k *known) restored(t *testing.T, path string) error {
	t.Helper()
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	defer mustClose(t, s)
	return s.View(t.Context(), func(r store.Reader) error {
		for w, n := range k.acked {
			v, err := r.Session(store.SessionID(w + 1))
			if n > 0 && (err != nil || v.Revision < n) {
				return fmt.Errorf("step %d of writer %d was acknowledged, and %d is there: %w", n, w, v.Revision, err)
			}
		}
		return nil
	})
}
