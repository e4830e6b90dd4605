package bottest

import (
	"context"
	"strings"
	"testing"
	"time"

	"danvan/flows"
	"danvan/flows/flowtest"
	"danvan/store"
)

// Must ends a test that went wrong before what it is about.
func Must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Address is where somebody's chat is.
func Address(who string) store.Address { return store.Address{Channel: "test", Chat: who} }

// View looks into the store.
func (w *World) View(look func(store.Reader) error) {
	w.T.Helper()
	Must(w.T, w.Store.View(context.Background(), look))
}

// Update changes the store behind the bot's back.
func (w *World) Update(change func(store.Tx) error) {
	w.T.Helper()
	Must(w.T, w.Store.Update(context.Background(), change))
}

// Propose has the officer of a model propose a change of it.
func (w *World) Propose(code string) {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		m, err := tx.ModelByCode(code)
		if err != nil {
			return err
		}
		m.Proposal = store.Proposal{Answers: Registration(string(m.Unit)), By: m.By, Post: m.Post}
		_, err = tx.PutModel(m)
		return err
	})
}

// MustDo does something and returns the toast.
func (w *World) MustDo(who string, in flows.Input) string {
	w.T.Helper()
	toast, err := w.Do(who, in, false)
	Must(w.T, err)
	return toast
}

// Say types something and returns the toast.
func (w *World) Say(who, text string) string {
	w.T.Helper()
	return w.MustDo(who, flows.Input{Kind: flows.TextInput, Text: text})
}

// Press presses a button somewhere in a chat and returns the toast.
func (w *World) Press(who, data string) string {
	w.T.Helper()
	return w.MustDo(who, flows.Input{Kind: flows.PressInput, Press: data, Message: "1"})
}

// Read is all that somebody has been shown, buttons too.
func (w *World) Read(who string) string {
	var s strings.Builder
	for _, m := range w.Chat(who).Messages {
		s.WriteString("\n" + m.Text)
		for _, row := range m.Buttons {
			for _, b := range row {
				s.WriteString("\n[" + b.Text + "]")
			}
		}
	}
	return s.String()
}

// Clear empties somebody's chat.
func (w *World) Clear(who string) { w.chats[who] = flowtest.NewChat() }

// Day is a time of 2026; months beyond twelve are of the year after.
func (w *World) Day(month, day, hour, minute int) time.Time {
	return time.Date(2026, time.Month(month), day, hour, minute, 0, 0, w.Zone)
}

// Person is somebody as the store has them now.
func (w *World) Person(who string) (p store.Person) {
	w.T.Helper()
	w.View(func(r store.Reader) error {
		p = w.PersonIn(r, who)
		return nil
	})
	return p
}

// PersonIn is somebody as a transaction has them.
func (w *World) PersonIn(r store.Reader, who string) store.Person {
	w.T.Helper()
	p, err := r.PersonAt(Address(who))
	Must(w.T, err)
	return p
}

// Session is the form that somebody has open.
func (w *World) Session(who string) (s store.Session) {
	w.T.Helper()
	w.View(func(r store.Reader) (err error) {
		s, err = r.Session(w.PersonIn(r, who).Open)
		return err
	})
	return s
}

// Model is a model as it is now.
func (w *World) Model(id store.ModelID) (m store.Model) {
	w.T.Helper()
	w.View(func(r store.Reader) (err error) {
		m, err = r.Model(id)
		return err
	})
	return m
}
