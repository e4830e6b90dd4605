package main

import (
	"os"
	"strings"
	"testing"
)

// planText is the sample of a campaign's file.
func planText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../bot/planfile/testdata/plan.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestImportCampaign imports a campaign: first for show, then for good, then
// once more, when nothing changes, and then with a change.
func TestImportCampaign(t *testing.T) {
	t.Parallel()
	path := write(t, "plan.toml", planText(t))
	later := write(t, "later.toml", strings.Replace(planText(t), "check_days = 5", "check_days = 3", 1))
	late := write(t, "late.toml", strings.Replace(planText(t), "days = 0, hour = 8", "days = 0, hour = 22", 1))
	const kept = "Kế hoạch 14-kh-2026 giữ nguyên"
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for _, step := range []struct {
			args []string
			want []string
		}{
			{[]string{path, "--dry-run"}, []string{"Kế hoạch mới: 14-kh-2026, 14-KH/BDVTU", "6 tháng: ", "chạy thử, chưa ghi gì"}},
			{[]string{path}, []string{"Kế hoạch mới: 14-kh-2026", "hạn "}},
			{[]string{path}, []string{kept}},
			{[]string{later}, []string{"Sửa kế hoạch 14-kh-2026: check_days"}},
			{[]string{late, "--dry-run"}, []string{"Lưu ý. Dòng 11 (ladder.3.hour): 22 giờ là giờ yên lặng", "ladder, check_days"}},
			{[]string{later, "--language", "en"}, []string{"14-kh-2026 stays as it is"}},
		} {
			got := runDanvan(t, s.env, append([]string{"import", "campaign"}, step.args...)...)
			if got.status != 0 || got.err != "" {
				t.Fatalf("%v: status %d: %s%s", step.args, got.status, got.out, got.err)
			}
			for _, want := range step.want {
				if !strings.Contains(got.out, want) {
					t.Errorf("%v: no %q in\n%s", step.args, want, got.out)
				}
			}
		}
	})
}

// TestImportCampaignNamesTheLine spoils the file: every complaint names its
// line and place, and nothing is written.
func TestImportCampaignNamesTheLine(t *testing.T) {
	t.Parallel()
	bad := strings.NewReplacer("hour = 17", "hour = 25", `to = "31/12/2027"`, `to = "31/12/2025"`, "to = 2026-11-18", "to = 2026-10-14", `unit = "91"`, `unit = "99999"`).
		Replace(planText(t))
	path := write(t, "bad.toml", bad)
	typo := write(t, "typo.toml", strings.Replace(planText(t), "cut_day", "cutday", 1))
	none := write(t, "none.toml", "id = [")
	good := write(t, "good.toml", planText(t))
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for file, want := range map[string][]string{
			path: {"Dòng 7 (to): ", "Dòng 36 (rules.1.hour): 25 không dùng được", "Dòng 56 (rules.2.free.2.", "Dòng 5 (unit): không có đơn vị 99999", "Có 4 chỗ chưa đúng. Chưa ghi gì cả"},
			typo: {"Dòng 33: không có mục rules.cutday", "Có 1 chỗ"},
			none: {"Dòng 1: không đọc được tệp"},
		} {
			got := runDanvan(t, s.env, "import", "campaign", file)
			if got.status != 1 || got.err != "" {
				t.Errorf("status %d: %s", got.status, got.err)
			}
			for _, want := range want {
				if !strings.Contains(got.out, want) {
					t.Errorf("no %q in\n%s", want, got.out)
				}
			}
		}
		if got := runDanvan(t, s.env, "import", "campaign", good, "--dry-run"); !strings.Contains(got.out, "Kế hoạch mới") {
			t.Errorf("something was written:\n%s", got.out)
		}
	})
}
