package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	json2 "github.com/go-json-experiment/json"
	json1 "github.com/go-json-experiment/json/v1"
)

// codec is the first byte of a record: how the rest of it is written.
const codec = 1 // JSON

// encode writes a record.
func encode(v any) ([]byte, error) { return appendRecord(nil, v) }

// appendRecord writes a record behind a header.
func appendRecord(header []byte, v any) ([]byte, error) {
	var b bytes.Buffer
	b.Write(header)
	b.WriteByte(codec)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // a rendered message would grow by a quarter
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b.Bytes()[:b.Len()-1], nil
}

// decode reads what encode wrote.
func decode[T any](b []byte) (T, error) {
	var v T
	err := decodeInto(&v, b)
	return v, err
}

// rules are those of package json, in half of its time: nothing is looked
// through before it is decoded, for what turns out to be broken is thrown away.
var rules = json2.JoinOptions(json1.DefaultOptionsV1(), json1.ReportErrorsWithLegacySemantics(false))

// decodeInto reads a record into v, whose slices may have room already.
func decodeInto[T any](v *T, b []byte) error {
	if len(b) == 0 || b[0] != codec {
		return fmt.Errorf("decode %T: unknown codec", *v)
	}
	if err := json2.Unmarshal(b[1:], v, rules); err != nil {
		// The error quotes the value, which may be an answer.
		return fmt.Errorf("decode %T: %w", *v, errBroken)
	}
	return nil
}

var errBroken = errors.New("broken record")

// stamped puts a time before a record, so that Forget sees its age without
// decoding it.
func stamped(t time.Time, v any) ([]byte, error) { return appendRecord(key(nil).time(t), v) }

// stamp reads the time of a stamped record.
func stamp(b []byte) time.Time { return timeOf(binary.BigEndian.Uint64(b)) }

// unstamped is a stamped record without its time.
func unstamped(b []byte) []byte { return b[8:] }
