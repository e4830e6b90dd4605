package main

import (
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/trial"
)

// novemberClock is a wall clock that stood at a day of November 2026 just now,
// so that every trial begins on Thursday 10 December, at nine.
func novemberClock() func() time.Time {
	began, day := time.Now(), time.Date(2026, time.November, 22, 3, 0, 0, 0, time.UTC)
	return func() time.Time { return day.Add(time.Since(began)) }
}

// journey is a trial that runs, to travel in.
type journey struct {
	*tried
	t testing.TB
}

// newJourney starts a trial, four working days before the reports are due.
func newJourney(t testing.TB, config storeConfig) (j *journey, end func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config.Log = "warn"
	tried, err := startTrial(t.Context(), config, novemberClock(), l)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- tried.run(ctx) }()
	j = &journey{tried, t}
	j.sees(hoa, "Chào đồng chí")
	return j, func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// sees waits until a message to somebody has a text, and returns it whole.
func (j *journey) sees(person int64, text string) trial.Message {
	j.t.Helper()
	ctx, giveUp := context.WithTimeout(j.t.Context(), patience)
	defer giveUp()
	has := func(m trial.Message) bool { return strings.Contains(m.Text, text) }
	v, err := j.server.Wait(ctx, person, func(v trial.View) bool { return slices.ContainsFunc(v.Messages, has) })
	if err != nil {
		j.t.Fatalf("%d does not see %q: %v\n%s", person, text, err, v.Last().Text)
	}
	return v.Messages[slices.IndexFunc(v.Messages, has)]
}

// next moves the clock to what is next and returns what that was to be.
func (j *journey) next() string {
	j.t.Helper()
	at, what, err := j.travel.Next(j.t.Context())
	if err == nil && at.IsZero() {
		j.t.Fatal("nothing is next")
	}
	if err == nil {
		err = j.travel.Move(j.t.Context(), at)
	}
	if err != nil {
		j.t.Fatal(err)
	}
	return at.Format("Mon 15:04 ") + what["vi"]
}

// date is when a message was sent, by the trial's clock.
func (j *journey) date(m trial.Message) string {
	return time.Unix(m.Date, 0).In(j.travel.zone).Format("Mon 02/01 15:04")
}

// TestJourney moves from one thing that is due to the next until the reports
// are overdue: each message comes when it was announced, with its own time.
func TestJourney(t *testing.T) {
	t.Parallel()
	j, end := newJourney(t, testConfig(t))
	defer end()
	if now := j.travel.Now().Format("Mon 02/01/2006 15:04"); now != "Thu 10/12/2026 09:00" {
		t.Errorf("the trial begins at %s", now)
	}
	var got []string
	for range 7 {
		got = append(got, j.next())
	}
	want := []string{
		"Fri 08:00 nhắc 3 cán bộ, báo 1 đầu mối nơi chưa có cán bộ, báo 1 đầu mối người không nhận được tin",
		"Fri 16:00 tổng hợp cho 1 lãnh đạo",
		"Mon 08:00 báo 1 đầu mối nơi chưa có cán bộ", // where time was extended
		"Tue 08:00 nhắc 3 cán bộ",
		"Wed 08:00 nhắc 3 cán bộ",
		"Thu 08:00 nhắc 3 cán bộ",
		"Fri 08:00 báo 1 lãnh đạo nơi còn thiếu",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came next (-want +got):\n%s", diff)
	}
	for person, saw := range map[int64]map[string]string{
		hoa:  {"Còn 3 ngày làm việc": "Fri 11/12 08:00", "Hạn 17 giờ hôm nay": "Wed 16/12 08:00", "Đã quá hạn 1 ngày làm việc": "Thu 17/12 08:00"},
		1003: {"không nhắn được cho cán bộ": "Fri 11/12 08:00"},
		1004: {"quá 2 ngày làm việc": "Fri 18/12 08:00"},
	} {
		for text, when := range saw {
			if date := j.date(j.sees(person, text)); date != when {
				t.Errorf("%q came to %d at %s, want %s", text, person, date, when)
			}
		}
	}
}

// BenchmarkJourney is how long a visitor waits for a week with reminders, a
// cut-off and digests: the issue wants less than two seconds.
func BenchmarkJourney(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		j, end := newJourney(b, testConfig(b))
		b.StartTimer()
		if err := j.travel.Move(b.Context(), j.travel.Now().AddDate(0, 0, 7)); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		j.sees(hoa, "Đã quá hạn 1 ngày làm việc")
		end()
		b.StartTimer()
	}
}

// TestJourneyGoesOn leaves a trial that is kept and comes back: the clock goes
// on from where it stood, and nothing comes a second time.
func TestJourneyGoesOn(t *testing.T) {
	t.Parallel()
	config := testConfig(t)
	j, end := newJourney(t, config)
	j.next()
	left := j.travel.Now()
	end()
	j, end = newJourney(t, config)
	defer end()
	if now := j.travel.Now(); now.Before(left.Truncate(time.Second)) || now.Sub(left) > time.Hour {
		t.Errorf("left at %v, back at %v", left, now)
	}
	if got := j.next(); got != "Fri 16:00 tổng hợp cho 1 lãnh đạo" {
		t.Errorf("what is next is %s", got)
	}
	v, err := j.server.Chat(hoa)
	if err != nil || strings.Contains(v.Last().Text, "Còn 3 ngày làm việc") {
		t.Errorf("a second reminder, or %v:\n%s", err, v.Last().Text)
	}
}

// TestJourneyDigest is a supervisor's Friday: the digest comes, the workbook and
// the picture for a tap, and a report that is sent afterwards changes it where
// it stands.
func TestJourneyDigest(t *testing.T) {
	t.Parallel()
	j, end := newJourney(t, testConfig(t))
	defer end()
	const supervisor = 1004
	j.next()
	j.next()
	digest := j.sees(supervisor, "5/101 đơn vị chưa báo cáo: phường Long Xuyên")
	j.press(supervisor, digest, "Tải Excel")
	j.until(supervisor, "a workbook", func(m trial.Message) bool {
		return m.Document != nil && strings.HasSuffix(m.Document.FileName, ".xlsx")
	})
	j.press(supervisor, digest, "Biểu đồ")
	j.until(supervisor, "a picture", func(m trial.Message) bool { return len(m.Photo) > 0 })

	j.press(hoa, j.sees(hoa, "báo cáo năm 2026 của xã Định Mỹ"), "Gửi báo cáo")
	j.press(hoa, j.sees(hoa, "Kỳ này còn đến 14/12/2026"), "Gửi luôn")
	j.sees(hoa, "Đã nhận báo cáo")
	if err := j.travel.Move(t.Context(), j.travel.Now().Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	j.until(supervisor, "the digest brought up to date", func(m trial.Message) bool {
		return m.ID == digest.ID && m.Edited && strings.Contains(m.Text, "4/101 đơn vị chưa báo cáo") && strings.Contains(m.Text, "97/101")
	})
}

func (j *journey) press(person int64, m trial.Message, label string) {
	j.t.Helper()
	if _, err := j.server.Press(person, m.ID, label); err != nil {
		j.t.Fatalf("press %q: %v", label, err)
	}
}

// until waits for a message of somebody's chat.
func (j *journey) until(person int64, what string, is func(trial.Message) bool) {
	j.t.Helper()
	ctx, giveUp := context.WithTimeout(j.t.Context(), patience)
	defer giveUp()
	v, err := j.server.Wait(ctx, person, func(v trial.View) bool { return slices.ContainsFunc(v.Messages, is) })
	if err != nil {
		j.t.Fatalf("%d does not see %s: %v\n%s", person, what, err, v.Last().Text)
	}
}
