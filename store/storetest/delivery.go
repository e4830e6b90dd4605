package storetest

import (
	"testing"
	"time"

	"danvan/store"
)

func deliveryCases() []testCase {
	return []testCase{
		{"a tracked message is found again", trackedIsFound},
		{"what is not delivered is not found", notDelivered},
		{"a later message under the same id wins", laterWins},
		{"the channel's ids belong to a chat", idsBelongToChat},
	}
}

// send queues a message, claims it and finishes it.
func send(t *testing.T, s store.Store, m store.Message, o store.Outcome) store.MessageID {
	t.Helper()
	id := enqueue(t, s, m)
	batch := claim(t, s, o.At, 1)
	if len(batch) != 1 || batch[0].ID != id {
		t.Fatalf("claimed %v, want message %d", texts(batch), id)
	}
	finish(t, s, batch[0], o)
	return id
}

func remote(id store.MessageID) func(store.Reader) (store.Remote, error) {
	return func(r store.Reader) (store.Remote, error) { return r.Remote(id) }
}

func deliveredAt(to store.Address, id string) func(store.Reader) (store.Remote, error) {
	return func(r store.Reader) (store.Remote, error) { return r.Delivered(to, id) }
}

func trackedIsFound(t *testing.T, s store.Store) {
	track := store.Track{Session: 5, Field: "title", Revision: 9}
	id := send(t, s, store.Message{To: chatAt(1), At: when, Track: &track}, store.Outcome{At: when, Remote: "77"})
	want := store.Remote{Message: id, To: chatAt(1), ID: "77", Track: track, At: when}
	same(t, "by row", read(t, s, remote(id)), want)
	same(t, "by the channel's id", read(t, s, deliveredAt(chatAt(1), "77")), want)
}

func notDelivered(t *testing.T, s store.Store) {
	track := &store.Track{Session: 5}
	id := enqueue(t, s, store.Message{To: chatAt(1), At: when, Track: track})
	missing(t, s, remote(id))
	m := claim(t, s, when, 1)[0]
	missing(t, s, remote(id))
	finish(t, s, m, store.Outcome{At: when, Retry: when, Remote: "76"})
	missing(t, s, remote(id))
	finish(t, s, claim(t, s, when, 1)[0], store.Outcome{At: when}) // given up
	missing(t, s, remote(id))
	untracked := send(t, s, store.Message{To: chatAt(1), At: when}, store.Outcome{At: when, Remote: "78"})
	missing(t, s, remote(untracked))
	missing(t, s, deliveredAt(chatAt(1), "78"))
}

// laterWins is what an edit does to the card that it changes.
func laterWins(t *testing.T, s store.Store) {
	first := send(t, s, store.Message{To: chatAt(1), At: when, Track: &store.Track{Field: "a"}}, store.Outcome{At: when, Remote: "77"})
	later := when.Add(time.Hour)
	second := send(t, s, store.Message{To: chatAt(1), At: later, Track: &store.Track{Field: "b"}}, store.Outcome{At: later, Remote: "77"})
	if got := read(t, s, deliveredAt(chatAt(1), "77")); got.Message != second || got.Track.Field != "b" {
		t.Errorf("under the channel's id stands %+v, want message %d", got, second)
	}
	if got := read(t, s, remote(first)); got.ID != "77" {
		t.Errorf("the first message stands under %q", got.ID)
	}
	update(t, s, func(tx store.Tx) error {
		_, err := tx.Forget(later, 100) // only the first one
		return err
	})
	missing(t, s, remote(first))
	if got := read(t, s, deliveredAt(chatAt(1), "77")); got.Message != second {
		t.Errorf("after forgetting the first, message %d stands there, want %d", got.Message, second)
	}
}

func idsBelongToChat(t *testing.T, s store.Store) {
	track := &store.Track{Session: 5}
	first := send(t, s, store.Message{To: chatAt(1), At: when, Track: track}, store.Outcome{At: when, Remote: "77"})
	second := send(t, s, store.Message{To: chatAt(2), At: when, Track: track}, store.Outcome{At: when, Remote: "77"})
	if got := read(t, s, deliveredAt(chatAt(1), "77")); got.Message != first {
		t.Errorf("chat 1 has message %d, want %d", got.Message, first)
	}
	if got := read(t, s, deliveredAt(chatAt(2), "77")); got.Message != second {
		t.Errorf("chat 2 has message %d, want %d", got.Message, second)
	}
	missing(t, s, deliveredAt(chatAt(1), "7"))
	missing(t, s, deliveredAt(chatAt(11), "7"))
}
