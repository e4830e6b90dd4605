package shipped

import (
	"errors"
	"time"

	"danvan/store"
)

// What the sample that is returned was returned for, with its fields, and what
// of it stands: only its fields are asked again. The person is invented.
const (
	returnedFor     = "Chưa rõ hội viên làm việc gì, ở ấp nào, bao nhiêu người. Chọn một việc cụ thể, ghi con số."
	returnedProblem = "Hội viên đông, có kinh nghiệm, nhưng chưa có việc chung để làm"
	returnedContact = "Trần Văn Lũy"
	returnedPhone   = "+84912000888"
)

var returnedFields = []string{"title", "place", "target", "content"}

// after is some days after an instant, but not in the future.
func (f filler) after(at time.Time, days int) time.Time {
	at = at.AddDate(0, 0, days)
	if at.After(f.now) {
		return f.now
	}
	return at
}

// check writes the steps of the check that brought a sample to its state:
// figures count a registration only from its acceptance on. Where nobody
// checks it was accepted at once.
func (f filler) check(m store.Model) error {
	post, err := f.checker(m.Unit)
	if err != nil {
		return err
	}

	r := store.Review{Model: m.ID, By: f.holders[post], Post: post, Was: store.Waiting}
	switch {
	case m.State == store.Waiting:
		return nil
	case m.State == store.Returned:
		r.Verdict, r.State, r.Reason, r.Fields = store.ReturnVerdict, store.Returned, returnedFor, returnedFields
		r.At = f.after(m.RegisteredAt, 6)
		return f.review(r)
	case post == "":
		r.At = m.RegisteredAt
	default:
		r.At = f.after(m.RegisteredAt, 4)
	}

	r.Verdict, r.State = store.AcceptVerdict, store.Accepted
	if err := f.review(r); err != nil || m.ConfirmedAt.IsZero() {
		return err
	}

	r.Verdict, r.Was, r.State, r.At = store.ConfirmVerdict, store.Done, store.Done, m.ConfirmedAt
	return f.review(r)
}

func (f filler) review(r store.Review) error {
	id, err := f.tx.NewID()
	r.ID = store.ReviewID(id)
	return errors.Join(err, f.tx.AddReview(r))
}

// checker is the coordinator's post nearest to a unit; "" where there is none.
func (f filler) checker(unit store.UnitCode) (store.PostID, error) {
	for unit != "" {
		if post := store.MakePostID(unit, store.Coordinator); f.holders[post] != 0 {
			return post, nil
		}
		u, err := f.tx.Unit(unit)
		if err != nil {
			return "", err
		}
		unit = u.Parent
	}
	return "", nil
}
