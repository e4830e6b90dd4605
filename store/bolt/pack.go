package bolt

import (
	"encoding/binary"
	"time"

	"danvan/store"
)

// packed is a hand-coded record under way: what is read by the ten thousand
// cannot afford JSON. Texts stand behind their length, times are stamps,
// numbers take as many bytes as they need.
type packed []byte

func (p packed) text(s string) packed { return append(p.uint(uint64(len(s))), s...) }

func (p packed) uint(n uint64) packed { return binary.AppendUvarint(p, n) }

func (p packed) int(n int64) packed { return binary.AppendVarint(p, n) }

func (p packed) time(t time.Time) packed { return binary.BigEndian.AppendUint64(p, stampOf(t)) }

func (p packed) date(d store.Date) packed {
	return p.uint(uint64(d.Year)).uint(uint64(d.Month)).uint(uint64(d.Day))
}

func (p packed) texts(list []string) packed {
	p = p.uint(uint64(len(list)))
	for _, s := range list {
		p = p.text(s)
	}
	return p
}

func (p packed) entries(es store.Entries) packed {
	p = p.uint(uint64(len(es)))
	for _, e := range es {
		p = p.text(string(e.Campaign)).text(e.Field).text(e.TitleGroup).text(string(e.Origin))
	}
	return p
}

// unpacker reads what packed wrote. After a fault it is broken and reads
// zeros; the caller looks once, at the end.
type unpacker struct {
	b      []byte // in the file
	kept   string // a copy of it: texts are parts of that
	at     int
	broken bool
}

func (u *unpacker) fail() {
	u.at, u.broken = len(u.b), true
}

func (u *unpacker) text() string {
	n := len(u.bytes())
	if n == 0 {
		return "" // and not an empty part, which would point into kept
	}
	return u.kept[u.at-n : u.at]
}

// bytes is a text that must not be kept.
func (u *unpacker) bytes() []byte {
	n := u.uint()
	if n > uint64(len(u.b)-u.at) {
		u.fail()
		return nil
	}
	u.at += int(n)
	return u.b[u.at-int(n) : u.at]
}

func (u *unpacker) uint() uint64 {
	if u.at < len(u.b) && u.b[u.at] < 0x80 {
		u.at++
		return uint64(u.b[u.at-1])
	}
	n, w := binary.Uvarint(u.b[u.at:])
	if w <= 0 {
		u.fail()
		return 0
	}
	u.at += w
	return n
}

func (u *unpacker) int() int64 {
	n := u.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (u *unpacker) stamp() uint64 {
	if len(u.b)-u.at < 8 {
		u.fail()
		return 0
	}
	u.at += 8
	return binary.BigEndian.Uint64(u.b[u.at-8:])
}

func (u *unpacker) date() store.Date {
	return store.Date{Year: int(u.uint()), Month: time.Month(u.uint()), Day: int(u.uint())}
}

func (u *unpacker) entry() store.Entry {
	return store.Entry{Campaign: store.CampaignID(u.text()), Field: u.text(), TitleGroup: u.text(), Origin: store.Origin(u.text())}
}

// done reports whether everything was read.
func (u *unpacker) done() bool { return u.at == len(u.b) }

// part reads a length, passes over what it is the length of, and returns that.
func (u *unpacker) part() unpacker {
	n := u.count(1)
	from := u.at
	u.at += n
	return unpacker{b: u.b[:u.at], kept: u.kept, at: from, broken: u.broken}
}

// parts counts the parts ahead.
func (u unpacker) parts() (n int) {
	for ; !u.done(); n++ {
		u.part()
	}
	return n
}

// count reads how many things follow that take at least size bytes each, so
// that a damaged number cannot ask for memory.
func (u *unpacker) count(size int) int {
	n := u.uint()
	if n > uint64((len(u.b)-u.at)/size) {
		u.fail()
		return 0
	}
	return int(n)
}
