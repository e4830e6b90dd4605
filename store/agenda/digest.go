package agenda

import (
	"context"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// Digests plans the digests that are due, as if none had ever been sent: which
// of them were, only their own lines of the ledger say. That keeps the clock
// from reading, each minute, every line that any digest ever left.
func (b *Book) Digests(ctx context.Context, s store.Store, now time.Time) ([]deadline.Send, error) {
	h, err := b.Refresh(ctx, s)
	if err != nil {
		return nil, err
	}
	in := h.input(now)
	for _, p := range h.Periods(now, now) {
		in.Periods = append(in.Periods, p.Period)
	}
	return Plan(ctx, s, in, deadline.PlanDigests)
}
