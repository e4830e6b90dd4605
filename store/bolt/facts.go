package bolt

import (
	"bytes"
	"fmt"
	"runtime"

	"danvan/store"
)

// breath is after how many facts the processor is offered to those who wait
// for it: with two of them a turn would otherwise wait for a time slice.
const breath = 32

func (r *reader) Facts(q store.ModelQuery) ([]store.Fact, error) {
	found := []store.Fact{}
	var packed factReader
	take := func(id uint64, head, fact []byte) (more bool, err error) {
		h, err := viewHead(head)
		if err != nil {
			return false, fmt.Errorf("model %d: %w", id, err)
		}
		if !h.matches(q) || q.Unchecked && r.get(unchecked, num(id)) == nil {
			return true, nil
		}

		f, err := packed.unpack(id, fact)
		if err != nil {
			return false, fmt.Errorf("model %d: %w", id, err)
		}
		found = append(found, f)
		if len(found)%breath == 0 {
			runtime.Gosched()
		}
		return q.Limit <= 0 || len(found) < q.Limit, nil
	}

	walk := r.everyFact
	if few(q.In) {
		walk = r.factsOf
	}
	if err := walk(q, take); err != nil {
		return nil, err
	}
	return found, nil
}

// everyFact walks all facts, oldest model first, until take has enough. The
// heads lie under the same keys.
func (r *reader) everyFact(q store.ModelQuery, take func(id uint64, head, fact []byte) (bool, error)) error {
	from := num(uint64(q.After) + 1)
	hs, fs := r.bucket(heads).Cursor(), r.bucket(facts).Cursor()
	fk, fact := fs.Seek(from)
	for k, head := hs.Seek(from); k != nil; k, head = hs.Next() {
		r.visit()
		r.visit() // the fact
		if !bytes.Equal(k, fk) {
			return fmt.Errorf("model %d has no fact: %w", tail(k), errBroken)
		}
		if more, err := take(tail(k), head, fact); err != nil || !more {
			return err
		}
		fk, fact = fs.Next()
	}
	return nil
}

// factsOf walks the facts of some units, oldest model first, until take has
// enough.
func (r *reader) factsOf(q store.ModelQuery, take func(id uint64, head, fact []byte) (bool, error)) error {
	ids, err := r.modelsOf(q)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if more, err := take(id, r.get(heads, num(id)), r.get(facts, num(id))); err != nil || !more {
			return err
		}
	}
	return nil
}
