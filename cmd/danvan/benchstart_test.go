package main

import (
	"context"
	"fmt"
	"log/slog"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// BenchmarkStart is from the command to the first poll, over a store with a
// hundred thousand models. config is the calibration: a process that reads its
// configuration and ends.
func BenchmarkStart(b *testing.B) {
	binary := build(b)
	data := fillModels(b, 100_000)
	var ours, theirs time.Duration
	var resident, private float64
	for b.Loop() {
		s, err := newStub(1, 1, registering)
		if err != nil {
			b.Fatal(err)
		}
		begun := time.Now()
		p := start(b, binary, s.url(), data)
		<-s.polled
		ours += time.Since(begun)
		end := p.stop(b)
		resident, private = max(resident, end.resident), max(private, end.private)
		s.end(nil)
		begun = time.Now()
		if out, err := exec.Command(binary, "config").CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		theirs += time.Since(begun)
		if err := s.close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(ours.Milliseconds())/float64(b.N), "ours-ms")
	b.ReportMetric(float64(theirs.Milliseconds())/float64(b.N), "config-ms")
	b.ReportMetric(resident, "resident-MB")
	b.ReportMetric(private, "private-MB")
	b.ReportMetric(0, "ns/op")
}

// fillModels makes a store with so many models and returns its path.
func fillModels(b *testing.B, n int) string {
	b.Helper()
	c := storeConfig{Data: filepath.Join(b.TempDir(), "danvan.db"), TimeZone: "Asia/Ho_Chi_Minh", Language: "vi"}
	h, err := open(c, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	const slice = 2000
	for from := 1; err == nil && from <= n; from += slice {
		err = h.store.Update(context.Background(), func(tx store.Tx) error {
			for i := from; i < from+slice; i++ {
				if _, err := tx.PutModel(sampleModel(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err == nil {
		err = h.close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return c.Data
}

func sampleModel(i int) store.Model {
	title := crowdTitles[i%len(crowdTitles)]
	return store.Model{
		ID: store.ModelID(i), Code: fmt.Sprintf("DVK-%05d-2026-%04d", i%3321, i/3321), Unit: store.UnitCode(fmt.Sprintf("%05d", i%3321)),
		Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "VHXH", TitleGroup: "DVK-NTM", Origin: store.New}},
		Year:    2026, Title: title, Fold: answer.Fold(title), Kind: store.Collective, Registrants: []store.Registrant{{Name: "Chi bộ ấp Phú Đa"}},
		Place: "ấp Phú Đa, 31 hộ hai bên đường", State: store.States[i%len(store.States)],
		Problem: "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn", Target: "31 hộ hiến 1.850 m², mở rộng 350 m đường",
		Content: "Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào",
		Contact: "Nguyễn Văn An", Phone: "+84912345678", RegisteredAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}
}
