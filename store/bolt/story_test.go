//go:build strace

package bolt_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/bolt"
)

// storyFile is how a test tells the child that it is to live through the story, and
// where its store is.
const storyFile = "DANVAN_STORY_TEST_FILE"

func init() { children[storyFile] = live }

// secret is what somebody has erased in the story.
const secret = "Huỳnh Thị Bí Mật"

const storyWriters = 3

// live is a short life of a store, on one thread and always the same: it is made,
// takes turns, delivers, is compacted, erases and goes on. It says what it is about to
// do and what the store has acknowledged. A step for which there was no room is taken
// again, as in life; after any other failure of the store the process ends.
func live(path string) error {
	runtime.LockOSThread() // so that strace counts the calls through
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	if err := turns(s, 2); err != nil {
		return err
	}
	if err := errors.Join(again(func() error { return keepSecret(s) }), s.Close()); err != nil {
		return err
	}

	if _, _, err := bolt.Compact(path); err == nil {
		fmt.Println("compacted")
	}
	if s, err = bolt.Open(path, bolt.Options{}); err != nil {
		return err
	}
	if err := again(func() error { return s.EndLeases(context.Background()) }); err != nil {
		return err
	}
	if err := turns(s, 1); err != nil {
		return err
	}

	if err := again(func() error { return erase(s) }); err != nil {
		return err
	}
	if err := again(func() error { return s.Scrub(context.Background()) }); err != nil {
		return err
	}
	fmt.Println("scrubbed")
	if err := turns(s, 1); err != nil {
		return err
	}
	return s.Close()
}

// again does something once more for which there was no room.
func again(do func() error) error {
	err := do()
	if errors.Is(err, store.ErrFull) {
		err = do()
	}
	return err
}

// turns has every writer take so many steps, and most of what they say delivered: one
// row is put back, one stays in flight.
func turns(s *bolt.Store, n int) error {
	for range n {
		for w := range storyWriters {
			err := again(func() error {
				n, err := step(s, w)
				if err == nil {
					fmt.Printf("step %d %d\n", w, n)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		for _, out := range []store.Outcome{{At: when}, {At: when, Retry: when, Failed: true}, {At: when}} {
			if err := again(func() error { return deliver(s, out) }); err != nil {
				return err
			}
		}
	}
	return again(func() error { _, err := claimOne(s); return err })
}

func claimOne(s *bolt.Store) (batch []store.Message, err error) {
	err = s.Update(context.Background(), func(tx store.Tx) (err error) {
		batch, err = tx.Claim(when, time.Hour, 1, store.DigestLane)
		return err
	})
	return batch, err
}

// deliver claims a row and says when it is about to be finished and when it is.
func deliver(s *bolt.Store, out store.Outcome) error {
	batch, err := claimOne(s)
	if err != nil || len(batch) == 0 {
		return err
	}
	m := batch[0]
	if out.Retry.IsZero() {
		fmt.Printf("sending %d\n", m.ID)
	}
	err = again(func() error {
		return s.Update(context.Background(), func(tx store.Tx) error { return tx.Finish(m, out) })
	})
	if err == nil && out.Retry.IsZero() {
		fmt.Printf("sent %d\n", m.ID)
	}
	return err
}

// keepSecret writes what is erased later, over many pages of which most become free.
func keepSecret(s *bolt.Store) error {
	for range 2 {
		err := s.Update(context.Background(), func(tx store.Tx) error {
			return tx.PutSession(store.Session{ID: 99, Post: "1:officer", Partial: strings.Repeat(secret, 2000)})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func erase(s *bolt.Store) error {
	return s.Update(context.Background(), func(tx store.Tx) error {
		return errors.Join(tx.DeleteSession(99), tx.Erased())
	})
}

// known is what the story has told so far.
type known struct {
	acked         []uint64 // by writer
	sent, sending map[store.MessageID]bool
	scrubbed      bool
}

func newKnown() known {
	return known{acked: make([]uint64, crashWriters), sent: map[store.MessageID]bool{}, sending: map[store.MessageID]bool{}}
}

// hear takes in a line of the story.
func (k *known) hear(line string) {
	var w int
	var n uint64
	if c, _ := fmt.Sscanf(line, "step %d %d", &w, &n); c == 2 {
		k.acked[w] = n
	}
	if c, _ := fmt.Sscanf(line, "sending %d", &n); c == 1 {
		k.sending[store.MessageID(n)] = true
	}
	if c, _ := fmt.Sscanf(line, "sent %d", &n); c == 1 {
		k.sent[store.MessageID(n)] = true
	}
	k.scrubbed = k.scrubbed || strings.TrimSpace(line) == "scrubbed"
}

// check opens what is left of a store and returns what is wrong with it: it is whole,
// knows everything that was acknowledged, owes what was not sent and nothing that was,
// goes on, and has nothing left beside it.
func (k *known) check(t *testing.T, dir string) (err error) {
	t.Helper()
	path := filepath.Join(dir, "danvan.db")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && k.acked[0] > 0 {
		return errors.New("the file is gone")
	}
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	defer mustClose(t, s)

	err = errors.Join(k.alone(t, dir), s.EndLeases(t.Context()))
	for w, n := range k.acked[:storyWriters] {
		for _, look := range []func(store.Tx) error{
			func(tx store.Tx) error { return k.checkOwed(tx, w, n) },
			func(tx store.Tx) error { return checkWriter(tx, w, n, k.sent) },
		} {
			wrong := s.Update(t.Context(), func(tx store.Tx) error { return cmp.Or(look(tx), errStop) }) // leaves no trace
			if !errors.Is(wrong, errStop) {
				err = errors.Join(err, fmt.Errorf("writer %d, acknowledged %d: %w", w, n, wrong))
			}
		}
	}
	_, on := step(s, 0)
	return errors.Join(err, on)
}

// alone looks for files beside the store, and in it for what was scrubbed.
func (k *known) alone(t *testing.T, dir string) error {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return fmt.Errorf("the folder has %v", files)
	}
	if k.scrubbed && bytes.Contains(readBytes(t, filepath.Join(dir, files[0].Name())), []byte(secret)) {
		return errors.New("the file still tells what was erased")
	}
	return nil
}

// checkOwed wants every row of a writer that was acknowledged and of which nobody said
// that it was about to be done with.
func (k *known) checkOwed(tx store.Tx, w int, acked uint64) error {
	owed := map[store.MessageID]bool{}
	for n := range acked {
		id, err := tx.Enqueue(store.Message{To: address(w), Key: name(w, n+1), Text: "new", At: when})
		if err != nil {
			return err
		}
		owed[id] = !k.sending[id]
	}

	for now := when; ; now = now.Add(2 * time.Hour) {
		batch, err := tx.Claim(now, time.Hour, storyWriters, store.DigestLane)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for _, m := range batch {
			delete(owed, m.ID)
			if err := tx.Finish(m, store.Outcome{At: now}); err != nil {
				return err
			}
		}
	}
	for id, is := range owed {
		if is {
			return fmt.Errorf("row %d is gone", id)
		}
	}
	return nil
}

// TestStory cuts a short life of a store off after every call: there the process is
// killed, which leaves what it wrote, or the power is cut, which leaves what was
// synced, of everything later any sectors, and of the changes of names any first ones.
// On a disk that lies about its syncs much is lost, which shows that the test would
// find it.
func TestStory(t *testing.T) {
	t.Parallel()
	deeds, said := tellStory(t, "")
	if !strings.Contains(said, "compacted") || !strings.Contains(said, "scrubbed") {
		t.Fatalf("the story was not told to its end: %s", said)
	}
	if wrong := cutStory(t, deeds, honest, everything); len(wrong) > 0 {
		t.Errorf("%d images are not sound: %v", len(wrong), errors.Join(wrong[:min(len(wrong), 10)]...))
	}
	for lie, lies := range map[string]func(deed) bool{"names": nameless, "pages": lazy(20)} {
		wrong := cutStory(t, deeds, lies, atLeast)
		if len(wrong) < len(deeds)/2 {
			t.Errorf("only %d images of a disk that lies about its %s are not sound: the test proves nothing", len(wrong), lie)
		}
	}
}

// TestStoryOfNames cuts the power where a file was compacted and its new name was not
// brought to the disk before the process ended: what is acknowledged afterwards is
// not lost with the name.
func TestStoryOfNames(t *testing.T) {
	t.Parallel()
	deeds, _ := tellStory(t, "")
	syncs := 0
	for renamed, i := false, 0; !renamed || deeds[i].call != "fsync"; i++ {
		renamed = renamed || deeds[i].call == "renameat"
		if deeds[i].call == "fsync" {
			syncs++
		}
	}

	deeds, said := tellStory(t, fmt.Sprintf("fsync:error=EIO:when=%d", syncs+1))
	if strings.Contains(said, "compacted") || !strings.Contains(said, "scrubbed") {
		t.Fatalf("the wrong call failed: %s", said)
	}
	if wrong := cutStory(t, deeds, honest, everything); len(wrong) > 0 {
		t.Errorf("%d images are not sound: %v", len(wrong), errors.Join(wrong[:min(len(wrong), 10)]...))
	}
}

// tellStory has a child live through it and returns what it did and said.
func tellStory(t *testing.T, inject string) (deeds []deed, said string) {
	t.Helper()
	dir := t.TempDir()
	log, said := strace(t, 2<<20, 0, inject, storyFile+"="+filepath.Join(dir, "danvan.db"))
	return readDeeds(t, log, dir), said
}

// everything is whatever may be left of a folder.
func everything(f *folder) []left {
	all := []left{f.killed(), f.least()}
	for changes := range len(f.pending) + 1 {
		all = append(all, f.cut(changes))
	}
	return all
}

// atLeast is what is left of it at the least: of a disk that lies, for a mixture of
// pages may be the end of any process.
func atLeast(f *folder) []left { return []left{f.least()} }

// cutStory cuts it off after every call and returns what was wrong.
func cutStory(t *testing.T, deeds []deed, lies func(deed) bool, images func(*folder) []left) (wrong []error) {
	t.Helper()
	f, k, n := &folder{now: map[string]*disk{}, lies: lies}, newKnown(), 0
	for i, d := range deeds {
		if line := d.said(); line != "" {
			k.hear(line)
		} else {
			f.do(d)
		}

		for _, left := range images(f) {
			n++
			dir := t.TempDir()
			left.into(t, dir)
			if err := k.check(t, dir); err != nil {
				wrong = append(wrong, fmt.Errorf("%s after %s, %d of %d calls: %w", left.how, d.call, i+1, len(deeds), err))
			}
			_ = os.RemoveAll(dir)
		}
	}
	t.Logf("%d calls, %d images, of which %d are not sound", len(deeds), n, len(wrong))
	return wrong
}

// TestStoryFails lets every call of the story fail, one in each life, for want of room
// or because the disk is broken.
func TestStoryFails(t *testing.T) {
	t.Parallel()
	for name, calls := range map[string][]string{
		"ENOSPC": {"pwrite64", "ftruncate", "linkat", "renameat"},
		"EIO":    {"pwrite64", "ftruncate", "fdatasync", "fsync", "linkat", "renameat", "unlinkat"},
	} {
		for _, call := range calls {
			t.Run(name+" "+call, func(t *testing.T) {
				t.Parallel()
				lives := 0
				for liveWith(t, fmt.Sprintf("%s:error=%s:when=%d", call, name, lives+1)) {
					lives++
				}
				t.Logf("%d calls failed", lives)
				if lives == 0 {
					t.Error("none was made: the test proves nothing")
				}
			})
		}
	}
}

// liveWith has a child live through the story while a call fails, looks at what is left
// and says whether one failed.
func liveWith(t *testing.T, inject string) (failed bool) {
	t.Helper()
	dir := t.TempDir()
	defer func() { _ = os.RemoveAll(dir) }()
	log, said := strace(t, 0, 0, inject, storyFile+"="+filepath.Join(dir, "danvan.db"))

	k := newKnown()
	for line := range strings.Lines(said) {
		k.hear(line)
	}
	if err := k.check(t, dir); err != nil {
		t.Errorf("%s: %v", inject, err)
	}
	return strings.Contains(log, "(INJECTED)")
}
