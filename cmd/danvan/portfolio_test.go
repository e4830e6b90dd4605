package main

import (
	"strings"
	"testing"
)

// TestPortfolioCommand sets what a seat looks after, shows it, and takes it back; what
// cannot be read changes nothing.
func TestPortfolioCommand(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for _, c := range []struct {
			args   []string
			status int
			want   string
		}{
			{nil, 0, "91:supervisor phụ trách: toàn bộ đơn vị, mọi lĩnh vực."},
			{[]string{"--units", "30709,Phường Châu Đốc", "--fields", "KT"}, 0, "91:supervisor phụ trách: xã Định Mỹ, phường Châu Đốc · Kinh tế."},
			{[]string{"--fields", "Thể thao"}, 1, "Chưa đổi gì: phần phụ trách “Thể thao” không phải tên hay mã của đơn vị hoặc lĩnh vực nào."},
			{nil, 0, "91:supervisor phụ trách: xã Định Mỹ, phường Châu Đốc · Kinh tế."},
			{[]string{"--all"}, 0, "91:supervisor phụ trách: toàn bộ đơn vị, mọi lĩnh vực."},
			{[]string{"--all", "--fields", "KT"}, 1, "--all: a seat looks after everything"},
		} {
			got := runDanvan(t, s.env, append([]string{"portfolio", "--post", "91:supervisor"}, c.args...)...)
			if got.status != c.status || !strings.Contains(got.out+got.err, c.want) {
				t.Errorf("%v: status %d, want %q:\n%s%s", c.args, got.status, c.want, got.out, got.err)
			}
		}
		if got := runDanvan(t, s.env, "portfolio", "--post", "91:king"); got.status != 1 || !strings.Contains(got.err, `there is no seat "91:king"`) {
			t.Errorf("%s%s", got.out, got.err)
		}
	})
}
