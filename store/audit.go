package store

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"slices"
	"time"
)

// Audit is one line of who did what.
type Audit struct {
	ID      uint64    `json:"id"`
	At      time.Time `json:"at"`
	Who     PersonID  `json:"who,omitempty"` // 0: the command line
	Post    PostID    `json:"post,omitempty"`
	Subject string    `json:"subject"` // "model/12", "post/30709:officer"
	Action  string    `json:"action"`
	Field   string    `json:"field,omitempty"`
	Old     string    `json:"old,omitempty"`
	New     string    `json:"new,omitempty"`
	// Erased says that there were values, which have been erased.
	Erased bool `json:"-"`
}

// SealedAudit is a line as it is kept: a link of the chain of all lines. It
// holds salted hashes of what was and what is. The values lie beside it with
// their salt and can be erased: the chain holds all the same, and nobody can
// guess what they were.
type SealedAudit struct {
	Audit        // without its values
	Seq   uint64 `json:"seq,omitempty"`  // its place in the chain, from 1; 0: it stood before there was one
	Prev  []byte `json:"prev,omitempty"` // Hash of the line before
	Was   []byte `json:"was,omitempty"`  // the salted hash of Old; none: the line has no values
	Is    []byte `json:"is,omitempty"`   // that of New
	Hash  []byte `json:"hash,omitempty"` // of all this
}

// AuditValues are what can be erased of a line.
type AuditValues struct {
	Salt []byte `json:"salt"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

// AuditEnd is where the chain of lines ends: the next line goes on from it.
type AuditEnd struct {
	Seq  uint64
	Hash []byte
}

// Seal makes a line the next link of a chain. The values are nil where it has
// none.
func (end AuditEnd) Seal(a Audit, salt []byte) (SealedAudit, *AuditValues) {
	s, v := a.seal(salt)
	s.Seq, s.Prev = end.Seq+1, end.Hash
	s.Hash = s.sum()
	return s, v
}

// seal takes the values out of a line.
func (a Audit) seal(salt []byte) (SealedAudit, *AuditValues) {
	v := AuditValues{salt, a.Old, a.New}
	s := SealedAudit{Audit: a}
	s.Old, s.New, s.Erased = "", "", false
	if v.Old == "" && v.New == "" {
		return s, nil
	}
	s.Was, s.Is = v.hashes()
	return s, &v
}

func (v AuditValues) hashes() (was, is []byte) {
	salted := func(value string) []byte {
		h := hmac.New(sha256.New, v.Salt)
		h.Write([]byte(value))
		return h.Sum(nil)
	}
	return salted(v.Old), salted(v.New)
}

// Open puts the values of a line back; nil: they are erased, if there were any.
func (s SealedAudit) Open(v *AuditValues) Audit {
	a := s.Audit
	if a.Erased = v == nil && s.Was != nil; v != nil {
		a.Old, a.New = v.Old, v.New
	}
	return a
}

// sum is the hash of everything in a line but of the hash itself, each part
// behind its length.
func (s SealedAudit) sum() []byte {
	h := sha256.New()
	part := func(b []byte) {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
		h.Write(b)
	}
	for _, n := range []uint64{s.Seq, s.ID, uint64(s.At.UnixMicro()), uint64(s.Who)} {
		h.Write(binary.BigEndian.AppendUint64(nil, n))
	}
	for _, text := range []string{string(s.Post), s.Subject, s.Action, s.Field} {
		part([]byte(text))
	}
	part(s.Was)
	part(s.Is)
	part(s.Prev)
	return h.Sum(nil)
}

// AuditCheck checks a whole audit. The zero value is one to which no line has
// been added.
type AuditCheck struct {
	stood hash.Hash
	links []SealedAudit // hashes alone
}

// Stand takes in a line that stood before there was a chain, in the order of
// subjects and ids, and returns it as it is kept. What they come to is where the
// chain begins.
func (c *AuditCheck) Stand(a Audit, salt []byte) (SealedAudit, *AuditValues) {
	s, v := a.seal(salt)
	c.stand(s)
	return s, v
}

func (c *AuditCheck) stand(s SealedAudit) {
	if c.stood == nil {
		c.stood = sha256.New()
	}
	c.stood.Write(s.sum())
}

// Begin is the end of a chain without a link yet.
func (c *AuditCheck) Begin() AuditEnd {
	if c.stood == nil {
		c.stood = sha256.New()
	}
	return AuditEnd{Hash: c.stood.Sum(nil)}
}

// Add checks one line, in the order of subjects and ids. Values that are not
// there have been erased, or there were none.
func (c *AuditCheck) Add(s SealedAudit, v *AuditValues) error {
	if v != nil {
		was, is := v.hashes()
		if !bytes.Equal(was, s.Was) || !bytes.Equal(is, s.Is) {
			return fmt.Errorf("values of line %d of %q: %w", s.ID, s.Subject, ErrTampered)
		}
	}
	if s.Seq == 0 {
		c.stand(s)
		return nil
	}
	if !bytes.Equal(s.Hash, s.sum()) {
		return fmt.Errorf("line %d of %q: %w", s.ID, s.Subject, ErrTampered)
	}
	c.links = append(c.links, SealedAudit{Seq: s.Seq, Prev: s.Prev, Hash: s.Hash})
	return nil
}

// End checks that the lines are one chain from the first to the end.
func (c *AuditCheck) End(end AuditEnd) error {
	slices.SortFunc(c.links, func(a, b SealedAudit) int { return cmp.Compare(a.Seq, b.Seq) })
	at := c.Begin()
	for _, s := range c.links {
		if s.Seq != at.Seq+1 || !bytes.Equal(s.Prev, at.Hash) {
			return fmt.Errorf("link %d of the audit: %w", at.Seq+1, ErrTampered)
		}
		at = AuditEnd{s.Seq, s.Hash}
	}
	if at.Seq != end.Seq || !bytes.Equal(at.Hash, end.Hash) {
		return fmt.Errorf("the end of the audit: %w", ErrTampered)
	}
	return nil
}
