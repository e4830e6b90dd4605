package bolt

import (
	"encoding/binary"
	"time"
)

// key is built part by part. Numbers and times keep their order as bytes.
type key []byte

// text adds a string with its length in front, so that no text is the
// beginning of another one. The last part of a key needs no length: see raw.
func (k key) text(s string) key {
	k = binary.BigEndian.AppendUint16(k, uint16(len(s)))
	return append(k, s...)
}

// raw adds a string as it is, which keeps the order of its bytes.
func (k key) raw(s string) key { return append(k, s...) }

// num adds a number.
func (k key) num(n uint64) key { return binary.BigEndian.AppendUint64(k, n) }

// time adds a time to the microsecond.
func (k key) time(t time.Time) key { return k.num(stampOf(t)) }

// num is the key of a record that is known by its number.
func num[T ~uint64](n T) key { return key(nil).num(uint64(n)) }

// tail reads the number that a key ends with.
func tail(k []byte) uint64 { return binary.BigEndian.Uint64(k[len(k)-8:]) }

// stampOf maps a time to a number with the same order, before 1970 too.
func stampOf(t time.Time) uint64 { return uint64(t.UnixMicro()) ^ 1<<63 }

// timeOf reads what stampOf made.
func timeOf(n uint64) time.Time { return time.UnixMicro(int64(n ^ 1<<63)).UTC() }

// utc is how every time is kept: in UTC, to the microsecond.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
