//go:build strace

package bolt_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// deed is one thing that a process did in the folder of its file, or said to have done.
type deed struct {
	call string // of the system
	name string // of the file; "." is the folder
	to   string // its other name from now on
	data []byte // what was written, or said
	n    int64  // where it was written, or how long the file is from now on
}

// said is what the process told its parent, "" for what it did otherwise.
func (d deed) said() string {
	if d.call == "write" {
		return string(d.data)
	}
	return ""
}

var (
	called = regexp.MustCompile(`^(\w+)\((.*)\) += (-?\d+)`)
	quoted = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	opened = regexp.MustCompile(`^\d+<((?:\\x[0-9a-f]{2})*)>`)
	number = regexp.MustCompile(`, (\d+)$`)
)

// strace lets this program work as a child under strace until it has ended, or said so
// many lines unless that is 0. It returns what strace wrote, with so many bytes of each
// text, and what the child said. inject, if there is one, lets calls fail.
func strace(t *testing.T, texts, lines int, inject, child string) (log, said string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "strace")
	args := []string{"-f", "-y", "-xx", "-s", strconv.Itoa(texts), "-o", path, "--seccomp-bpf",
		"-e", "trace=openat,pwrite64,ftruncate,fdatasync,fsync,linkat,renameat,unlinkat,write"}
	if inject != "" {
		args = append(args, "-e", "inject="+inject)
	}

	traced := exec.CommandContext(t.Context(), "strace", append(args, os.Args[0])...)
	traced.Env = append(os.Environ(), child)
	out, err := traced.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := traced.Start(); err != nil {
		t.Fatal(err)
	}
	for in, n := bufio.NewScanner(out), 1; in.Scan() && n != lines; n++ {
		said += in.Text() + "\n"
	}
	if lines > 0 {
		_ = traced.Process.Kill()
	}
	_ = traced.Wait() // it was killed, or ends with an error where a call failed

	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(b) == 0 {
		t.Fatal("strace saw nothing: may it trace here?")
	}
	return string(b), said
}

// readDeeds reads what strace wrote. A call that another thread interrupted stands in
// two lines.
func readDeeds(t *testing.T, log, dir string) (deeds []deed) {
	t.Helper()
	begun := map[string]string{} // by thread
	for line := range strings.Lines(log) {
		thread, call, _ := strings.Cut(strings.TrimSpace(line), " ")
		call = strings.TrimSpace(call)
		if begin, cut := strings.CutSuffix(call, " <unfinished ...>"); cut {
			begun[thread] = begin
			continue
		}
		if _, rest, cut := strings.Cut(call, " resumed>"); cut {
			call = begun[thread] + rest
		}
		if d, ok := readDeed(t, call, dir); ok {
			deeds = append(deeds, d)
		}
	}
	return deeds
}

// readDeed reads a call that succeeded, if it was about a folder or said something.
func readDeed(t *testing.T, line, dir string) (d deed, ok bool) {
	t.Helper()
	m := called.FindStringSubmatch(line)
	if m == nil || strings.HasPrefix(m[3], "-") {
		return d, false
	}
	text := func(s string) string {
		b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	within := func(path string) string {
		name, err := filepath.Rel(dir, path)
		if err != nil || strings.HasPrefix(name, "..") {
			return ""
		}
		return name
	}

	d.call = m[1]
	var words []string
	for _, q := range quoted.FindAllStringSubmatch(m[2], -1) {
		words = append(words, text(q[1]))
	}
	if at := opened.FindStringSubmatch(m[2]); at != nil {
		d.name = within(text(at[1]))
	}
	if at := number.FindStringSubmatch(m[2]); at != nil {
		d.n, _ = strconv.ParseInt(at[1], 10, 64)
	}

	switch d.call {
	case "write":
		d.data = []byte(words[0])
		return d, strings.HasPrefix(m[2], "1<")
	case "pwrite64":
		d.data = []byte(words[0])
	case "openat":
		d.name = within(words[0])
		return d, d.name != "" && strings.Contains(m[2], "O_CREAT")
	case "linkat", "renameat":
		d.name, d.to = within(words[0]), within(words[1])
	case "unlinkat":
		d.name = within(words[0])
	}
	return d, d.name != ""
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
		if p.call == "ftruncate" && survives() {
			size = p.n
		}
		for i := 0; i < len(p.data); i += 512 {
			if !survives() {
				continue
			}
			part, at := p.data[i:min(i+512, len(p.data))], int(p.n)+i
			if more := at + len(part) - len(b); more > 0 {
				b = append(b, make([]byte, more)...)
			}
			copy(b[at:], part)
		}
	}
	return b, max(size, int64(len(b)))
}

// folder is what a power cut may leave of a folder: the files, under the names
// that they had when it was synced last, or after some of what was done to the names
// since, in its order.
type folder struct {
	safe    map[string]*disk
	now     map[string]*disk
	pending []map[string]*disk // as it was after each change
	lies    func(deed) bool    // of a sync that was not done
}

// honest says that a disk does all of its syncs.
func honest(deed) bool { return false }

// lazy says that after so many syncs of files a disk does no more of them.
func lazy(n int) func(deed) bool {
	return func(d deed) bool {
		if d.name != "." {
			n--
		}
		return n < 0 && d.name != "."
	}
}

// nameless says that a disk never syncs the folder.
func nameless(d deed) bool { return d.name == "." }

// do does what a process did.
func (f *folder) do(d deed) {
	at, before := f.now[d.name], len(f.now)
	switch d.call {
	case "pwrite64", "ftruncate":
		at.pending = append(at.pending, d)
		return
	case "fsync", "fdatasync":
		if f.lies(d) {
			return
		}
		if d.name == "." {
			f.safe, f.pending = f.now, nil
		} else {
			at.settle()
		}
		return
	case "openat":
		if at != nil {
			return
		}
	}

	f.now = maps.Clone(f.now)
	switch d.call {
	case "openat":
		f.now[d.name] = &disk{}
	case "linkat":
		f.now[d.to] = at
	case "renameat":
		f.now[d.to] = at
		delete(f.now, d.name)
	case "unlinkat":
		delete(f.now, d.name)
	}
	if d.call != "unlinkat" || len(f.now) < before {
		f.pending = append(f.pending, f.now)
	}
}

// left is what may be left of a folder.
type left struct {
	how      string
	names    map[string]*disk
	survives func() bool
}

// killed is what the end of the process leaves.
func (f *folder) killed() left { return left{"killed", f.now, func() bool { return true }} }

// least is what a power cut leaves at the least.
func (f *folder) least() left { return left{"all unsynced lost", f.safe, func() bool { return false }} }

// cut is what a power cut may leave: the first so many changes of names, and any
// sectors.
func (f *folder) cut(changes int) left {
	odds := rand.Float64()
	names := slices.Concat([]map[string]*disk{f.safe}, f.pending)[changes]
	return left{"power cut", names, func() bool { return rand.Float64() < odds }}
}

// hole is a page of nothing.
var hole = make([]byte, 4096)

// into writes what is left into a folder.
func (l left) into(t *testing.T, dir string) {
	t.Helper()
	for name, d := range l.names {
		b, size := d.left(l.survives)
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for at := 0; at < len(b); at += len(hole) { // what is zero need not be written
			part := b[at:min(at+len(hole), len(b))]
			if bytes.Equal(part, hole[:len(part)]) {
				continue
			}
			if _, err := file.WriteAt(part, int64(at)); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(file.Truncate(size), file.Close()); err != nil {
			t.Fatal(err)
		}
	}
}
