package bolt

import (
	"context"
	"fmt"

	"danvan/store"
)

// EndLeases ends the leases of a process that died. The file has one process at
// a time, so they are nobody else's.
func (s *Store) EndLeases(ctx context.Context) error {
	err := s.Update(ctx, func(w store.Tx) error {
		t := w.(*tx)
		var taken []key
		for k, b := range t.scan(chats, nil) {
			if decodeLease(b).place != nil {
				taken = append(taken, key(nil).raw(string(k)))
			}
		}

		for _, k := range taken {
			c := t.chat(k)
			if err := c.putBack(false); err != nil {
				return err
			}
			if err := c.wake(); err != nil {
				return err
			}
		}

		return nil
	})
	if err != nil {
		return fmt.Errorf("end the leases of a dead process: %w", err)
	}

	return nil
}
