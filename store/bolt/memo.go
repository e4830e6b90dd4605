package bolt

import "sync"

// memo keeps records as they were decoded: those that nearly every turn reads
// and hardly anybody writes. It goes by a record's bytes and not by its key,
// so what it gives is never out of date, in whichever transaction.
type memo[T any] struct {
	mu   sync.Mutex
	kept map[string]T
}

// memoLimit is how many records a memo keeps before it begins anew.
const memoLimit = 1000

// decode is decode, from memory where the bytes have been seen. What it
// returns is shared and must not be altered.
func (m *memo[T]) decode(b []byte) (T, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.kept[string(b)]; ok {
		return v, nil
	}

	v, err := decode[T](b)
	if err != nil {
		return v, err
	}
	if m.kept == nil || len(m.kept) >= memoLimit {
		m.kept = map[string]T{}
	}

	m.kept[string(b)] = v
	return v, nil
}
