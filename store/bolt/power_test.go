//go:build strace

package bolt_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/bolt"
)

var images = flag.Int("images", 200, "how many power cuts TestPowerCuts tries")

// deed is one thing that a process did to its file, or said to have done.
type deed struct {
	at   int64  // of a write
	data []byte // nil: none
	sync bool
	size int64 // of the file from now on; -1: as it was
	w    int   // a step that was acknowledged; -1: none
	n    uint64
}

var (
	wrote   = regexp.MustCompile(`pwrite64\(\d+, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)`)
	resized = regexp.MustCompile(`ftruncate\(\d+, (\d+)`)
	printed = regexp.MustCompile(`write\(1, "((?:\\x[0-9a-f]{2})*)"`)
	synced  = regexp.MustCompile(`fdatasync(?:\(\d+\)| resumed>\)) += 0`)
)

// readDeed reads a line of strace.
func readDeed(t *testing.T, line string) (d deed, ok bool) {
	t.Helper()
	d = deed{size: -1, w: -1}
	text := func(s string) []byte {
		b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if m := wrote.FindStringSubmatch(line); m != nil {
		d.data = text(m[1])
		d.at, _ = strconv.ParseInt(m[2], 10, 64)
		return d, true
	}
	if m := resized.FindStringSubmatch(line); m != nil {
		d.size, _ = strconv.ParseInt(m[1], 10, 64)
		return d, true
	}
	if m := printed.FindStringSubmatch(line); m != nil {
		c, _ := fmt.Sscanf(string(text(m[1])), "step %d %d", &d.w, &d.n)
		return d, c == 2
	}
	d.sync = synced.MatchString(line)
	return d, d.sync
}

// disk is what a power cut may leave of a file.
type disk struct {
	whole   []byte // what is safe
	size    int64
	pending []deed // what is not
}

// settle makes everything safe.
func (d *disk) settle() {
	d.whole, d.size = d.left(func() bool { return true })
	d.pending = nil
}

// left is the file with those sectors of the pending writes that survive.
func (d *disk) left(survives func() bool) ([]byte, int64) {
	b, size := bytes.Clone(d.whole), d.size
	for _, p := range d.pending {
		if p.size >= 0 && survives() {
			size = p.size
		}
		for i := 0; i < len(p.data); i += 512 {
			if !survives() {
				continue
			}
			part, at := p.data[i:min(i+512, len(p.data))], int(p.at)+i
			if more := at + len(part) - len(b); more > 0 {
				b = append(b, make([]byte, more)...)
			}
			copy(b[at:], part)
		}
	}
	return b, max(size, int64(len(b)))
}

// watch lets the child work under strace and returns what it did, from an empty
// store on.
func watch(t *testing.T, path string, steps int) []deed {
	t.Helper()
	log := filepath.Join(t.TempDir(), "strace")
	child := exec.CommandContext(t.Context(), "strace", "-f", "-xx", "-s", "1000000", "-e", "trace=pwrite64,fdatasync,ftruncate,write", "-o", log, os.Args[0])
	child.Env = append(os.Environ(), crashFile+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines, n := bufio.NewScanner(out), 0; n < steps && lines.Scan(); n++ {
	}
	_ = child.Process.Kill()
	_ = child.Wait()

	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var deeds []deed
	for line := range strings.Lines(string(b)) {
		if d, ok := readDeed(t, line); ok {
			deeds = append(deeds, d)
		}
	}
	if len(deeds) == 0 {
		t.Fatal("strace saw nothing: may it trace here?")
	}
	return deeds
}

// TestPowerCuts rebuilds from the system calls of a process what a power cut may
// leave of its file: everything until the last sync, and of each later write any
// sectors. Every step that was acknowledged is there. On a disk that lies about its
// syncs it is not, which shows that the test would find it.
func TestPowerCuts(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	empty := readBytes(t, path)
	deeds := watch(t, path, 400)
	if err := cuts(t, empty, deeds, *images, false); err != nil {
		t.Error(err)
	}
	if err := cuts(t, empty, deeds, 20, true); err == nil {
		t.Error("a disk that lies does no harm: the test proves nothing")
	}
}

// cuts cuts the power at random moments and returns what was wrong.
func cuts(t *testing.T, empty []byte, deeds []deed, n int, lying bool) error {
	t.Helper()
	at := map[int]int{}
	for range n {
		at[rand.IntN(len(deeds))]++
	}
	d := disk{whole: bytes.Clone(empty), size: int64(len(empty))}
	acked := make([]uint64, crashWriters)
	var wrong []error
	for i, did := range deeds {
		switch {
		case did.w >= 0:
			acked[did.w] = max(acked[did.w], did.n)
		case !did.sync:
			d.pending = append(d.pending, did)
		case !lying:
			d.settle()
		}
		for range at[i] {
			odds := rand.Float64()
			b, size := d.left(func() bool { return rand.Float64() < odds })
			if err := restored(t, b, size, acked); err != nil {
				wrong = append(wrong, fmt.Errorf("after %d of %d calls: %w", i+1, len(deeds), err))
			}
		}
	}
	t.Logf("%d cuts, of which %d did harm; the disk lies: %v", n, len(wrong), lying)
	return errors.Join(wrong...)
}

// restored opens what is left of a file and looks for what was acknowledged.
func restored(t *testing.T, b []byte, size int64, acked []uint64) (err error) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil { // bbolt's, where a disk that lies left a mixture of pages
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	path := filepath.Join(t.TempDir(), "left.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Remove(path) }()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	defer mustClose(t, s)
	return s.View(t.Context(), func(r store.Reader) error {
		for w, n := range acked {
			v, err := r.Session(store.SessionID(w + 1))
			if n > 0 && (err != nil || v.Revision < n) {
				return fmt.Errorf("step %d of writer %d was acknowledged, and %d is there: %w", n, w, v.Revision, err)
			}
		}
		return nil
	})
}
