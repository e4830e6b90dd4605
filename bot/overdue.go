package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/agenda"
)

// The hours of a working day between which coordinators are told of what is
// due.
const (
	checksFrom  = 8
	checksUntil = 17
)

// overdueNotice names the note of when a coordinator's queue was last looked at.
func overdueNotice(p store.PostID) string { return "overdue/" + string(p) }

// RemindChecks tells coordinators, at most once on a working day, of the
// registrations whose answer is due by then. It is to be called by the clock;
// who is in the middle of a form is told by a later call.
func (b *Bot) RemindChecks(ctx context.Context, now time.Time) error {
	if hour := now.In(b.Zone).Hour(); hour < checksFrom || hour >= checksUntil {
		return nil
	}
	house, err := b.book.Refresh(ctx, b.Store)
	if err != nil || !house.Calendar.Working(house.Calendar.Day(now)) {
		return err
	}
	var posts []store.PostID
	if err := b.Store.View(ctx, func(r store.Reader) (err error) {
		posts, err = b.checking(r, house, now)
		return err
	}); err != nil {
		return fmt.Errorf("look for checks: %w", err)
	}
	var errs []error
	queued := false
	for _, p := range posts {
		told := false
		if err := b.Store.Update(ctx, func(tx store.Tx) (err error) {
			told, err = b.remindChecks(tx, now, p)
			return err
		}); err != nil {
			errs = append(errs, fmt.Errorf("remind %s of checks: %w", p, err))
			continue
		}
		queued = queued || told
	}
	if queued {
		b.Wake()
	}
	return errors.Join(errs...)
}

// checking lists the coordinators' posts in whose scope a registration waits
// and whose queue was not looked at today.
func (b *Bot) checking(r store.Reader, house *agenda.House, now time.Time) ([]store.PostID, error) {
	heads, err := r.Heads(store.ModelQuery{Unchecked: true, States: []store.State{store.Waiting}})
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	above := map[store.UnitCode]bool{"": true} // the units where something waits, and those above them
	for _, h := range heads {
		for unit := range house.Tree.Up(h.Unit) {
			above[unit] = true
		}
	}
	var out []store.PostID
	for id, post := range house.Posts {
		if post.Holder == 0 || !roleMay(post.Role, checkModels) || !slices.ContainsFunc(roots(post), func(u store.UnitCode) bool { return above[u] }) {
			continue
		}
		looked, err := b.lookedToday(r, id, now)
		if err != nil {
			return nil, err
		}
		if !looked {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (b *Bot) lookedToday(r store.Reader, p store.PostID, now time.Time) (bool, error) {
	n, err := r.Notice(overdueNotice(p))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return store.DateOf(n.At.In(b.Zone)) == store.DateOf(now.In(b.Zone)), err
}

// remindChecks tells the holder of one post, unless it was done today.
func (b *Bot) remindChecks(tx store.Tx, now time.Time, id store.PostID) (told bool, err error) {
	if looked, err := b.lookedToday(tx, id, now); looked || err != nil {
		return false, err
	}
	post, err := tx.Post(id)
	if err != nil || post.Holder == 0 {
		return false, err
	}
	person, err := tx.Person(post.Holder)
	if err != nil {
		return false, err
	}
	known, err := agenda.Known(tx, person)
	if err != nil || known.InForm(now) {
		return false, err
	}
	t := b.speak(tx, now, person)
	t.post = post
	text, err := t.overdueText()
	if err != nil {
		return false, err
	}
	if told = text != "" && !known.Unreachable; told {
		if _, err := tx.Enqueue(store.Message{
			To: person.Address, Kind: store.Send, Lane: store.ReminderLane, At: now, Text: text,
			Buttons: [][]store.Button{row(green(t.button("check.look", pressCheck+"queue.", nil)))},
		}); err != nil {
			return false, err
		}
	}
	return told, tx.PutNotice(store.Notice{Name: overdueNotice(id), To: person.ID, At: now})
}

// overdueText says what is due in the post's queue; "" when nothing is.
func (t *turn) overdueText() (string, error) {
	tasks, err := t.tasks()
	if err != nil {
		return "", err
	}
	var due []store.Told
	over := 0
	for _, one := range tasks {
		if one.kind != registrationTask {
			continue
		}
		m, err := t.tx.Model(store.ModelID(one.id))
		if err != nil {
			return "", err
		}
		reviews, err := t.tx.Reviews(m.ID)
		if err != nil {
			return "", err
		}
		_, left, err := t.checkLeft(m, reviews)
		if err != nil {
			return "", err
		}
		if left <= 0 {
			due, over = append(due, store.Told{Model: m.ID, Unit: m.Unit}), max(over, -left)
		}
	}
	if len(due) == 0 {
		return "", nil
	}
	units, more, err := t.countedUnits(due)
	return t.text("notice.overdue", args{"Count": len(due), "Over": over, "Units": units, "More": more, "All": len(tasks)}), err
}
