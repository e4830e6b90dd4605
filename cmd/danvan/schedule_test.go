package main

import (
	"strings"
	"testing"
	"time"
)

// TestSchedule prints the reminders of the months to come, whether the bot runs
// or not. A report is due in June and one in December, of the whole year alone.
func TestSchedule(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		got := runDanvan(t, s.env, "schedule", "--until", time.Now().AddDate(0, 11, 0).Format(time.DateOnly))
		if got.status != 0 {
			t.Fatalf("status %d:\n%s", got.status, got.err)
		}
		if strings.Contains(got.out, "6 tháng cuối năm") {
			t.Errorf("two reports are due in December:\n%.3000s", got.out)
		}
		for _, want := range []string{"cán bộ phụ trách xã Định Mỹ · nhắc · báo cáo ", "lãnh đạo theo dõi tỉnh An Giang"} {
			if !strings.Contains(got.out, want) {
				t.Errorf("no %q in\n%.3000s", want, got.out)
			}
		}
	})
}

// TestScheduleRefuses wants a day that is to come and not too far.
func TestScheduleRefuses(t *testing.T) {
	t.Parallel()
	for until, want := range map[string]string{
		"2020-01-01": "is past", "2999-01-01": "more than a year ahead", "31/12/2026": "--until", "": "--until",
	} {
		got := runDanvan(t, nil, "schedule", "--until", until)
		if got.status == 0 || !strings.Contains(got.err, want) {
			t.Errorf("%q: status %d, no %q in\n%s", until, got.status, want, got.err)
		}
	}
}
