package outbox

import "context"

// Settle waits until nothing that is due is left: it was delivered, given up or
// put off, or its channel takes nothing for now. It is for whoever moves the
// clock, so that each message goes out at its own time. Run must have been
// called.
func (o *Outbox) Settle(ctx context.Context) error {
	if !o.pending(ctx) {
		return ctx.Err()
	}
	for _, r := range o.routes {
		settled := make(chan struct{})
		select {
		case r.asked <- settled:
		case <-o.done:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case <-settled:
		case <-o.done:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// question takes the next question whether all is settled, unless there is one
// already. A question is answered by a look that began after it.
func (r *route) question(have chan struct{}) chan struct{} {
	if have != nil {
		return have
	}
	select {
	case q := <-r.asked:
		return q
	default:
		return nil
	}
}
