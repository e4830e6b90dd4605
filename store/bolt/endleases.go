package bolt

import (
	"context"
	"fmt"

	"danvan/store"
)

// EndLeases ends every claim that was not finished, each counted as a try. It
// is for a process that has just opened the store and has claimed nothing: the
// file has one process, so whoever took the leases is dead, and people would
// wait for what it had in flight until the leases run out.
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
			if err := c.putBack(); err != nil {
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
