package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"danvan/store"
	"danvan/store/backup"
)

// TestBackup backs a running house up, encrypted too, and gets it back after its
// file is gone, with the form that somebody had open. The night's backup is made
// by itself.
func TestBackup(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dir := t.TempDir()
	who, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(dir, "key.txt")
	if err := os.WriteFile(key, []byte(who.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "DANVAN_BACKUP_DIR="+dir, "DANVAN_BACKUP_RECIPIENTS="+who.Recipient().String())
	s.start(t)
	s.hear(t, hoa, "/dangky", "Tên mô hình là gì?")
	s.hear(t, hoa, "Bếp ăn nghĩa tình cổng bệnh viện", "Tập thể hay cá nhân làm?")

	plain, sealed := filepath.Join(dir, "now.db"), filepath.Join(dir, "now.db.age")
	for _, path := range []string{plain, sealed} {
		if got := runDanvan(t, s.env, "backup", path); got.status != 0 || !strings.Contains(got.out, "nguyên vẹn") {
			t.Fatalf("backup: status %d: %s%s", got.status, got.out, got.err)
		}
	}
	if got := runDanvan(t, s.env, "backup", plain); got.status != 1 || !strings.Contains(got.err, "exist") {
		t.Errorf("it was written over: status %d: %s%s", got.status, got.out, got.err)
	}
	if got := runDanvan(t, s.env, "check"); got.status != 0 || !strings.Contains(got.out, "1 bản nháp") {
		t.Errorf("check: status %d: %s%s", got.status, got.out, got.err)
	}
	s.run.log.wait(t, "the night's backup was made", 1)
	s.end(t)

	if got := runDanvan(t, s.env, "restore", sealed, "--identity", key); got.status != 1 || !strings.Contains(got.err, "is there already") {
		t.Errorf("a store was overwritten: status %d: %s%s", got.status, got.out, got.err)
	}
	if err := os.Remove(s.config.Data); err != nil {
		t.Fatal(err)
	}
	if got := runDanvan(t, s.env, "restore", sealed); got.status != 1 {
		t.Errorf("it was decrypted without a key: %s%s", got.out, got.err)
	}
	if got := runDanvan(t, s.env, "restore", sealed, "--identity", key); got.status != 0 || !strings.Contains(got.out, "1 bản nháp") {
		t.Fatalf("restore: status %d: %s%s", got.status, got.out, got.err)
	}
	s.start(t)
	s.hear(t, hoa, "tập thể", "Tập thể nào làm?")
	s.end(t)
}

// TestBackupFails tells the administrator, once a day, that the night's backup was
// not made.
func TestBackupFails(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	fillHouse(t, c)
	log := newLogbook()
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.FixedZone("+07", 7*60*60))
	h, err := open(c, func() time.Time { return now }, c.logger(log))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.backUp(ctx, backup.Folder{Dir: filepath.Join(t.TempDir(), "gone"), Keep: 1, Zone: h.bot.Zone})
	}()
	log.wait(t, "the night's backup was not made", 1)
	cancel()
	<-done

	h.alarm(t.Context(), "store.backup_failed")
	now = now.AddDate(0, 0, 1)
	h.alarm(t.Context(), "store.backup_failed")
	said := 0
	err = h.store.Update(t.Context(), func(tx store.Tx) error {
		for range 3 { // one of a chat at a time
			list, err := tx.Claim(now, time.Minute, 100, store.DigestLane)
			for _, m := range list {
				if strings.Contains(m.Text, "Bản sao lưu đêm qua") && m.To.Chat == strconv.Itoa(int(quan)) {
					said++
				}
				err = errors.Join(err, tx.Finish(m, store.Outcome{}))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, h.close()); err != nil {
		t.Fatal(err)
	}
	if said != 2 {
		t.Errorf("it was said %d times in two days", said)
	}
}
