package main

import (
	"context"
	"fmt"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/backup"
	"danvan/store/bolt"
)

// Backup backs the store up.
func (h *house) Backup(ctx context.Context, o backupOrder) (bolt.Holdings, error) {
	to, err := backup.Recipients(o.To)
	if err != nil {
		return bolt.Holdings{}, err
	}
	return backup.Make(ctx, h.store, o.Path, to)
}

// How often the house looks whether the night's backup was made, and how long it
// waits after one that failed.
const (
	backupEvery = 10 * time.Minute
	backupAgain = time.Hour
)

// backUp makes a backup every night until ctx ends, and lets administrators know
// of one that failed.
func (h *house) backUp(ctx context.Context, f backup.Folder) {
	for {
		wait := backupEvery
		due, err := f.Due(h.now())
		if err == nil && due {
			var path string
			if path, _, err = f.Make(ctx, h.store, h.now()); err == nil {
				h.log.Info("the night's backup was made and read again", "file", path)
			}
		}
		if err != nil && ctx.Err() == nil {
			h.log.Error("the night's backup was not made", "err", err)
			h.alarm(ctx, "store.backup_failed")
			wait = backupAgain
		}

		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// alarm tells administrators of something, once a day.
func (h *house) alarm(ctx context.Context, key string) {
	err := h.store.Update(ctx, func(tx store.Tx) error {
		posts, err := tx.PostsAs(store.Admin)
		for _, post := range posts {
			if err == nil && post.Holder != 0 {
				err = h.alarmOne(tx, post.Holder, key)
			}
		}
		return err
	})
	if err != nil && ctx.Err() == nil {
		h.log.Error("tell the administrators", "err", err)
	}
	h.wake()
}

func (h *house) alarmOne(tx store.Tx, who store.PersonID, key string) error {
	p, err := tx.Person(who)
	if err != nil {
		return err
	}
	t, err := h.bot.For(tx, h.now(), p)
	if err != nil {
		return err
	}
	once := fmt.Sprintf("%s/%d/%s", key, who, t.Today)
	return t.TellOther(p, func(o *bot.Turn) (store.Message, error) {
		return store.Message{Text: o.Text(key, nil), Key: once}, nil
	})
}
