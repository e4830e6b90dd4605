package storetest

import (
	"strings"
	"testing"

	"danvan/store"
)

func textIsKept(t *testing.T, s store.Store) {
	texts := []string{
		"Xã Định Mỹ", "hoà bình", "hòa bình", "e\u0302\u0301", // NFD stays NFD
		"<b>1 < 2 & 3 > 2</b>", "\"quotes\" 'and' \\", "line\nline\r\n\ttab", "🧑🏽‍🌾 👍", "\u2028\u2029\ufeff", " spaces ",
		strings.Repeat("ế", 4096),
	}
	for i, text := range texts {
		update(t, s, func(tx store.Tx) error {
			return tx.PutSession(store.Session{ID: store.SessionID(i + 1), Partial: text})
		})
		got := read(t, s, func(r store.Reader) (store.Session, error) { return r.Session(store.SessionID(i + 1)) })
		if got.Partial != text {
			t.Errorf("put %q, got %q", text, got.Partial)
		}
	}
}

func largeRecords(t *testing.T, s store.Store) {
	long := strings.Repeat("đường bê tông nông thôn ", 170)
	session := store.Session{ID: 1, Post: "30709:officer"}
	for range 40 {
		session.Answers = append(session.Answers, store.Answer{Field: "content", Text: long})
	}

	message := store.Message{To: chatAt(1), Kind: store.Show, Text: long, At: when}
	for range 200 {
		message.Evidence = append(message.Evidence, store.Evidence{ID: long[:100], Caption: long[:1000]})
	}

	update(t, s, func(tx store.Tx) error {
		if err := tx.PutSession(session); err != nil {
			return err
		}
		_, err := tx.Enqueue(message)
		return err
	})

	same(t, "session", read(t, s, func(r store.Reader) (store.Session, error) { return r.Session(1) }), session)
	got := claim(t, s, when, 1)
	if len(got) != 1 {
		t.Fatalf("claimed %d messages, want 1", len(got))
	}
	got[0].ID, got[0].Attempts = 0, 0
	same(t, "message", got[0], message)
}
