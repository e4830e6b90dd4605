package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"danvan/store"
)

// A file is looked through before bbolt maps it: on a page that is damaged or
// not there bbolt panics, or the process dies of SIGBUS. The layout is bbolt's
// (internal/common), whose format has not changed since 2014.
const (
	pageHead   = 16 // id 8, flags 2, count 2, overflow 4
	elementLen = 16 // of a branch: pos 4, key 4, page 8; of a leaf: flags 4, pos 4, key 4, value 4
	metaLen    = 64 // magic 4, version 4, page size 4, flags 4, root 8, sequence 8, freelist 8, pages 8, txid 8, sum 8
	bucketLen  = 16 // root 8, sequence 8

	magic      = 0xED0CDAED
	branchPage = 0x01
	leafPage   = 0x02
	bucketFlag = 0x01

	deepest = 64 // pages below each other; a tree of that height holds everything
)

// pages is a file as its latest whole meta page describes it.
type pages struct {
	file io.ReaderAt
	size int64  // of a page
	n    uint64 // pages that the file must have
	root uint64
	txid uint64
	seen []bool   // by page; also what a long page goes on in
	bufs [][]byte // a page for each depth of the walk
}

// soundUnused is sound of a file that no process has open: ErrInUse if one has.
func soundUnused(path string) (p *pages, err error) {
	err = whileUnused(path, func() (err error) {
		p, err = sound(path)
		return err
	})
	return p, err
}

// sound returns the pages of a file that can be opened, and fs.ErrNotExist for
// none. What is wrong with any other it says in one line.
func sound(path string) (*pages, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: not a file, but %s", store.ErrDamaged, info.Mode().Type())
	case info.Size() == 0:
		return nil, fmt.Errorf("%w: the file is empty", store.ErrDamaged)
	}

	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return look(f, info.Size())
}

// look walks through all pages of a file that are in use.
func look(f io.ReaderAt, size int64) (*pages, error) {
	p, err := latest(f)
	if err != nil {
		return nil, err
	}
	if have := size / p.size; uint64(have) < p.n {
		return nil, fmt.Errorf("%w: the file was cut off, %d pages of %d are there", store.ErrDamaged, have, p.n)
	}
	p.seen = make([]bool, p.n)
	return p, p.walk(p.root, 0)
}

// used counts the bytes of the pages that are in use.
func (p *pages) used() int64 {
	n := int64(2) // which tell of the others
	for _, seen := range p.seen {
		if seen {
			n++
		}
	}
	return n * p.size
}

// latest reads the meta page that bbolt will go by: of the two the newer one
// that is whole.
func latest(f io.ReaderAt) (*pages, error) {
	var best *pages
	for size := int64(512); size <= 64<<10; size *= 2 {
		for _, at := range []int64{0, size} {
			p := readMeta(f, at)
			if p != nil && p.size == size && (best == nil || p.txid > best.txid) {
				best = p
			}
		}
	}
	if best == nil {
		return nil, fmt.Errorf("%w: not a store, or both of its first pages are damaged", store.ErrDamaged)
	}
	return best, nil
}

func readMeta(f io.ReaderAt, at int64) *pages {
	b := make([]byte, pageHead+metaLen)
	if _, err := f.ReadAt(b, at); err != nil {
		return nil
	}
	b = b[pageHead:]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaLen-8]) // a hash takes everything
	if ne.Uint32(b) != magic || ne.Uint64(b[metaLen-8:]) != sum.Sum64() {
		return nil
	}
	return &pages{file: f, size: int64(ne.Uint32(b[8:])), root: ne.Uint64(b[16:]), n: ne.Uint64(b[40:]), txid: ne.Uint64(b[48:])}
}

// ne is how this machine, which wrote the file, lays out numbers.
var ne = binary.NativeEndian

// walk looks through a page and everything below it.
func (p *pages) walk(id uint64, depth int) error {
	b, length, err := p.read(id, depth)
	if err != nil {
		return err
	}
	for i := range uint64(ne.Uint16(b[10:])) {
		at := pageHead + i*elementLen
		if e := b[at:]; ne.Uint16(b[8:]) == branchPage {
			err = p.walk(ne.Uint64(e[8:]), depth+1)
		} else {
			err = p.entry(id, e, at, length, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entry looks at one entry, which lies so far into a leaf of some length, and into
// the bucket that it may be.
func (p *pages) entry(id uint64, e []byte, at, length uint64, depth int) error {
	begin := at + uint64(ne.Uint32(e[4:])) + uint64(ne.Uint32(e[8:])) // of the value, behind its key
	if begin+uint64(ne.Uint32(e[12:])) > length {
		return p.broken(id, "an entry reaches beyond it")
	}
	if ne.Uint32(e)&bucketFlag == 0 {
		return nil
	}

	bucket := make([]byte, bucketLen)
	if _, err := p.file.ReadAt(bucket, int64(id)*p.size+int64(begin)); err != nil || ne.Uint32(e[12:]) < bucketLen {
		return p.broken(id, "a bucket has no root")
	}
	if root := ne.Uint64(bucket); root != 0 { // else it lies in this page
		return p.walk(root, depth+1)
	}
	return nil
}

// read returns a page that says it is the one that was asked for, as far as its list
// of entries goes, and how long it is: what is in large values is not read.
func (p *pages) read(id uint64, depth int) (b []byte, length uint64, err error) {
	if id < 2 || id >= p.n || depth > deepest || p.seen[id] {
		return nil, 0, p.broken(id, "something points at it that must not")
	}
	p.seen[id] = true
	if len(p.bufs) <= depth {
		p.bufs = append(p.bufs, make([]byte, p.size))
	}
	b = p.bufs[depth]
	if _, err := p.file.ReadAt(b, int64(id)*p.size); err != nil {
		return nil, 0, fmt.Errorf("read page %d: %w", id, err)
	}

	more := uint64(ne.Uint32(b[12:]))
	if flags := ne.Uint16(b[8:]); ne.Uint64(b) != id || flags != branchPage && flags != leafPage || id+more >= p.n {
		return nil, 0, p.broken(id, "it is not what it should be")
	}
	for next := id + 1; next <= id+more; next++ {
		p.seen[next] = true
	}
	length = (more + 1) * uint64(p.size)
	if list := pageHead + uint64(ne.Uint16(b[10:]))*elementLen; list > length {
		return nil, 0, p.broken(id, "its list is longer than it")
	} else if list > uint64(len(b)) {
		b = make([]byte, length)
		_, err = p.file.ReadAt(b, int64(id)*p.size)
	}
	return b, length, err
}

func (p *pages) broken(id uint64, how string) error {
	return fmt.Errorf("%w: page %d of %d: %s", store.ErrDamaged, id, p.n, how)
}
