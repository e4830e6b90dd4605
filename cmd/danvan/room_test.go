package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"danvan/store"
)

// TestNoRoom fills the store of a running house: it goes on, says so once to who
// writes, to the administrators and in the log, and takes in what was written as
// soon as there is room.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	c.MaxSize = 24
	w := newWorldOf(t, c)
	w.hear(hoa, "/trogiup", "Đồng chí làm được gì")
	w.hear(quan, "/trogiup", "Đồng chí làm được gì")

	const first = store.SessionID(1 << 40)
	last := first
	w.fill(func(tx store.Tx) error {
		last++
		return tx.PutSession(store.Session{ID: last - 1, Post: "nowhere:officer", Partial: strings.Repeat("x", 256<<10)})
	})
	n := 0
	w.fill(func(tx store.Tx) error { // into what is left
		n++
		return tx.Accept(fmt.Sprintf("%0500d", n), w.house.now())
	})

	at, err := w.Say(hoa, "/mohinh")
	if err != nil {
		t.Fatal(err)
	}
	w.heard(hoa, at, "Máy chủ tạm hết chỗ")
	w.heard(quan, 0, "Ổ đĩa của máy chủ Danvan đã đầy")
	w.hear(quan, "/mohinh", "Máy chủ tạm hết chỗ") // who has heard of the disk is answered, too
	w.log.wait(t, "there is no room to write", 1)
	if !w.record(hoa).Unreachable.IsZero() {
		t.Error("who was told is unreachable")
	}

	err = w.house.store.Update(context.Background(), func(tx store.Tx) error {
		var errs []error
		for id := first; id < last; id++ {
			errs = append(errs, tx.DeleteSession(id))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.heard(hoa, at, "Mô hình của")
	w.log.wait(t, "there is room to write again", 1)
}

// fill writes until there is no room for that, not even once more.
func (w *world) fill(write func(store.Tx) error) {
	w.t.Helper()
	for refused := 0; refused < 3; {
		err := w.house.store.Update(context.Background(), write)
		if errors.Is(err, store.ErrFull) {
			refused++
		} else if err != nil {
			w.t.Fatal(err)
		}
	}
}
