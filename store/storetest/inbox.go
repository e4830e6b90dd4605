package storetest

import (
	"fmt"
	"testing"

	"danvan/store"
)

func inboxCases() []testCase {
	return []testCase{
		{"events wait in the order in which they came", eventsWait},
		{"what was accepted is not kept", acceptedIsNotKept},
	}
}

// waiting lists what waits, with its bodies.
func waiting(t *testing.T, s store.Store) []string {
	t.Helper()
	var all []string
	for _, w := range read(t, s, store.Reader.Arrivals) {
		all = append(all, fmt.Sprintf("%s %s", w.Event, w.Body))
	}
	return all
}

func await(t *testing.T, s store.Store, event, body string) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.Await(store.Arrival{Event: event, Body: []byte(body)}) })
}

func accept(t *testing.T, s store.Store, event string) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.Accept(event, when) })
}

func eventsWait(t *testing.T, s store.Store) {
	await(t, s, "telegram/10", "a")
	await(t, s, "telegram/9", "b")
	await(t, s, "telegram/11", "c")
	await(t, s, "telegram/10", "a, and more")
	same(t, "waiting", waiting(t, s), []string{"telegram/10 a, and more", "telegram/9 b", "telegram/11 c"})

	accept(t, s, "telegram/9")
	same(t, "waiting", waiting(t, s), []string{"telegram/10 a, and more", "telegram/11 c"})
	refuse(t, s, store.ErrSeen, func(tx store.Tx) error { return tx.Accept("telegram/9", when) })
}

func acceptedIsNotKept(t *testing.T, s store.Store) {
	accept(t, s, "telegram/9")
	await(t, s, "telegram/9", "late")
	same(t, "waiting", waiting(t, s), nil)
}
