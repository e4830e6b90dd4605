package bolt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"danvan/store"
)

// answerBegins is how an answer begins in a record, where what was typed has its
// quotation marks escaped.
const answerBegins = `{"f":`

func (r *reader) Session(id store.SessionID) (store.Session, error) {
	b := r.get(sessions, num(id))
	if b == nil {
		return store.Session{}, fmt.Errorf("session %d: %w", id, store.ErrNotFound)
	}
	// A list that grew as it is read would be copied again and again. One more
	// answer is likely.
	s := store.Session{Answers: make([]store.Answer, 0, bytes.Count(b, []byte(answerBegins))+1)}
	if err := decodeInto(&s, b); err != nil {
		return store.Session{}, fmt.Errorf("session %d: %w", id, err)
	}
	return s, nil
}

func (r *reader) SessionsOf(post store.PostID) ([]store.Session, error) {
	all, err := listBy[store.Session](r, sessionsByPost, key(nil).text(string(post)), sessions)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b store.Session) int {
		return cmp.Or(b.Touched.Compare(a.Touched), cmp.Compare(b.ID, a.ID))
	})
	return all, nil
}

func (t *tx) PutSession(s store.Session) error {
	s.Created, s.Touched = utc(s.Created), utc(s.Touched)
	if s.Cut != nil {
		cut := *s.Cut // the caller's stays as it is
		cut.At = utc(cut.At)
		s.Cut = &cut
	}
	// A session has one entry. Where it is in place already, as in nearly
	// every turn, the old record need not be decoded.
	now := sessionKey(s.Post, s.ID)
	if t.get(sessionsByPost, now) == nil {
		if err := t.unlistSession(s.ID); err != nil {
			return err
		}
		if err := t.put(sessionsByPost, now, nil); err != nil {
			return err
		}
	}

	return t.save(sessions, num(s.ID), s)
}

func (t *tx) DeleteSession(id store.SessionID) error {
	if err := t.unlistSession(id); err != nil {
		return err
	}
	return t.delete(sessions, num(id))
}

// unlistSession takes a session, if there is one, off its post's list.
func (t *tx) unlistSession(id store.SessionID) error {
	b := t.get(sessions, num(id))
	if b == nil {
		return nil
	}
	old, err := decode[store.Session](b)
	if err != nil {
		return err
	}
	return t.delete(sessionsByPost, sessionKey(old.Post, id))
}

func sessionKey(post store.PostID, id store.SessionID) key {
	return key(nil).text(string(post)).num(uint64(id))
}
