package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Notice(name string) (store.Notice, error) {
	n, err := find[store.Notice](r, notices, key(name))
	if err != nil {
		return store.Notice{}, fmt.Errorf("notice %q: %w", name, err)
	}
	return n, nil
}

func (t *tx) PutNotice(n store.Notice) error {
	n.At = utc(n.At)
	return t.save(notices, key(n.Name), n)
}
