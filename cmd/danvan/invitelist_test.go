package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"danvan/bot/sheet"
)

// clerkList is a list as a clerk keeps it.
const clerkList = `DANH SÁCH CÁN BỘ ĐẦU MỐI;;;;
;;;;
STT;Đơn vị;Vai trò;Họ và tên;Số điện thoại;Phụ trách
1;Xã Định Mỹ;Cán bộ phụ trách;Trần Văn Bảy;938111222;
2;30709;cán bộ;Lê Thị Tám;0938 333 444;
3;Tỉnh An Giang;Thành viên BCĐ;Phạm Chín;;Xã Định Mỹ, Kinh tế
`

var startLink = regexp.MustCompile(`^https://t\.me/danvan_bot\?start=([\w-]{32})$`)

// TestInviteList invites a list, comes in by its sheet, and runs it again: nobody is
// invited twice, and with --renew who has not come gets another link.
func TestInviteList(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		list := filepath.Join(t.TempDir(), "danh-sach.csv")
		if err := os.WriteFile(list, []byte(clerkList), 0o600); err != nil {
			t.Fatal(err)
		}
		out := strings.TrimSuffix(list, ".csv") + "-loi-moi"

		s.wantList(t, "Mời 3 người · đã mời, chưa vào 0 · đã giữ vị trí 0.", list, "--dry-run")
		if _, err := os.Stat(out + ".xlsx"); err == nil {
			t.Error("a dry run wrote a file")
		}
		s.wantList(t, "Mời 3 người · đã mời, chưa vào 0 · đã giữ vị trí 0.", list)
		links := readLinks(t, out+".xlsx")
		if info, err := os.Stat(out + ".pdf"); err != nil || info.Mode().Perm() != 0o600 || info.Size() < 10_000 {
			t.Errorf("the cards: %v, %v", info, err)
		}

		if got := runDanvan(t, s.env, "invite", "--from", list); got.status == 0 || !strings.Contains(got.err, "is there already") {
			t.Errorf("the first links are written over: %s%s", got.out, got.err)
		}
		s.start(t)
		s.hear(t, an, "/start "+links[1], "Đây là lời mời làm cán bộ phụ trách xã Định Mỹ")
		s.wantList(t, "Mời 0 người · đã mời, chưa vào 2 · đã giữ vị trí 1.", list, "--out", out+"2")
		s.wantList(t, "Mời 2 người (trong đó 2 người được thay đường dẫn chưa dùng; đường dẫn cũ không còn dùng được)", list, "--out", out+"3", "--renew")
		s.hear(t, tu, "/start "+links[0], "đã được thu hồi")
		s.hear(t, tu, "/start "+readLinks(t, out+"3.xlsx")[0], "Từ nay đồng chí là cán bộ phụ trách xã Định Mỹ")
		for _, code := range links {
			wantQuiet(t, s.run.log.String(), code)
		}
	})
}

// wantList invites a list and looks for what is said of it.
func (s *site) wantList(t *testing.T, want, list string, args ...string) {
	t.Helper()
	got := runDanvan(t, s.env, append([]string{"invite", "--from", list}, args...)...)
	if got.status != 0 || !strings.Contains(got.out, want) {
		t.Fatalf("%v: status %d, want %q:\n%s%s", args, got.status, want, got.out, got.err)
	}
}

// readLinks returns the codes on a sheet of links.
func readLinks(t *testing.T, path string) (codes []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sheets, err := sheet.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sheets[0].Rows {
		if m := startLink.FindStringSubmatch(row.Cell(4).Text); m != nil {
			codes = append(codes, m[1])
		}
	}
	return codes
}

// TestInviteListFaults names every fault by its cell, and invites nobody.
func TestInviteListFaults(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	list := filepath.Join(t.TempDir(), "danh-sach.csv")
	content := "Đơn vị;Vai trò;Phụ trách\nXã Định Mỹ;vua;\nXã Nào Đó;cán bộ;\nXã Định Mỹ;cán bộ;Thể thao\nXã Định Mỹ;cán bộ;\n"
	if err := os.WriteFile(list, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runDanvan(t, s.env, "invite", "--from", list)
	for _, want := range []string{
		"ô B2: chưa đọc được vai trò “vua”", "ô A3: không có đơn vị “Xã Nào Đó”", "ô C4: phần phụ trách “Thể thao”", "Có 3 chỗ chưa đúng. Chưa mời ai",
	} {
		if !strings.Contains(got.out, want) || got.status != 1 {
			t.Errorf("status %d, want %q:\n%s%s", got.status, want, got.out, got.err)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(filepath.Dir(list), "*loi-moi*")); len(found) > 0 {
		t.Errorf("%v were left", found)
	}
}
