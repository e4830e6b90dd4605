package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/reporting"
)

// Reminded is what somebody is told because of the time, as it stands now.
type Reminded struct {
	// Message is addressed and rendered; without Text there is nothing left to
	// say.
	Message store.Message
	// Dropped says why some of it is not said: what has settled itself since it
	// was planned. Its keys are those of a line of the ledger.
	Dropped map[store.Matter]string
	// Wait says that it is not the moment: the person is in the middle of a
	// form, or cannot be reached. The plan is to be made again.
	Wait bool
}

// Remind looks once more at what a person is to be reminded of, and says it in
// the person's language. It reads tx and writes nothing.
func (b *Bot) Remind(tx store.Tx, now time.Time, to store.PersonID, about []store.Matter) (Reminded, error) {
	p, err := tx.Person(to)
	if errors.Is(err, store.ErrNotFound) {
		return Reminded{Wait: true}, nil
	}
	if err != nil {
		return Reminded{}, err
	}
	known, err := reporting.Known(tx, p)
	if err != nil {
		return Reminded{}, err
	}

	r, err := b.remind(tx, now, p, about)
	r.Wait = known.Unreachable || known.InForm(now)
	return r, err
}

// Revise is Remind for a message that waited to be sent: whoever is busy by now
// gets it all the same, because the chat's answers wait behind it.
func (b *Bot) Revise(tx store.Tx, now time.Time, m store.Message) (Reminded, error) {
	p, err := tx.PersonAt(m.To)
	if errors.Is(err, store.ErrNotFound) {
		return Reminded{}, nil
	}
	if err != nil {
		return Reminded{}, err
	}
	return b.remind(tx, now, p, m.About)
}

func (b *Bot) remind(tx store.Tx, now time.Time, p store.Person, about []store.Matter) (Reminded, error) {
	t, err := b.For(tx, now, p)
	if err != nil {
		return Reminded{}, err
	}

	out := Reminded{Dropped: map[store.Matter]string{}}

	var left []store.Matter
	for _, m := range about {
		r, ok := b.reminders[m.Rule]
		if !ok {
			return out, fmt.Errorf("no feature reminds under rule %q", m.Rule)
		}
		why, err := r.Dropped(t, m)
		if err != nil {
			return out, err
		}
		if why != "" {
			out.Dropped[m] = why
		} else {
			left = append(left, m)
		}
	}
	if len(left) == 0 {
		return out, nil
	}

	m, err := t.reminder(left)
	m.To, m.Kind, m.Lane, m.At, m.About = p.Address, store.Send, store.ReminderLane, now, left
	out.Message = m
	return out, err
}

// reminder says everything that one person is to be told in one message, in the
// order in which the features list their rules.
func (t *Turn) reminder(about []store.Matter) (store.Message, error) {
	var m store.Message
	for _, f := range t.Features {
		for _, r := range f.Reminders {
			list := slices.DeleteFunc(slices.Clone(about), func(x store.Matter) bool { return !slices.Contains(r.Rules, x.Rule) })
			if len(list) == 0 {
				continue
			}
			if m.Text != "" {
				m.Text += "\n\n"
			}
			if err := r.Say(t, &m, list); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// Queue has a matter said that comes to a message of its own, and returns its
// row in the outbox, for the ledger's line in the same transaction; 0 when there
// is nothing to say.
func (b *Bot) Queue(tx store.Tx, to store.PersonID, due Due) (store.MessageID, error) {
	p, err := tx.Person(to)
	if err != nil {
		return 0, err
	}
	t, err := b.For(tx, due.Now, p)
	if err != nil {
		return 0, err
	}
	t.Post, _ = t.Org.Seat(due.Post)
	id, err := b.reminders[due.Rule].Queue(t, due)
	if err != nil {
		return 0, fmt.Errorf("%s for %s: %w", due.Rule, due.Post, err)
	}
	return id, nil
}

// After does what features want done after people were written to. It returns
// the errors of all that failed; what did not fail is done.
func (b *Bot) After(ctx context.Context, now time.Time) error {
	var errs []error
	for _, f := range b.Features {
		for _, job := range f.After {
			if err := ctx.Err(); err != nil {
				return errors.Join(append(errs, err)...)
			}
			errs = append(errs, job(ctx, b, now))
		}
	}
	return errors.Join(errs...)
}

// Card renders the message that a row of the outbox refers to.
func (b *Bot) Card(ctx context.Context, m store.Message) (store.Message, error) {
	make := b.cards[m.Make.Kind]
	if make == nil {
		return m, fmt.Errorf("no feature makes a %s", m.Make.Kind)
	}
	return make(ctx, b, m)
}
