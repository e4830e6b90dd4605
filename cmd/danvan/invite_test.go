package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"danvan/bot/report"

	qr "github.com/piglig/go-qr"
)

// TestInviteSaysWhose names the seat, and of one that is to be handed over who has it.
func TestInviteSaysWhose(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for want, args := range map[string][]string{
			"Vị trí: 30709:officer:2\n": {"--unit", "30709", "--role", "officer"},
			"Vị trí: :admin:2\n":        {"--role", "admin"},
			"Khi được mở, vị trí 30709:officer của Nguyễn Thị Hoa được bàn giao cho người mới.\n": {"--replace", "30709:officer"},
		} {
			if got := runDanvan(t, s.env, append([]string{"invite"}, args...)...); !strings.HasSuffix(got.out, want) {
				t.Errorf("%v: want %q:\n%s%s", args, want, got.out, got.err)
			}
		}
	})
}

// invited makes an invitation and returns its code.
func (s *site) invited(t *testing.T, args ...string) string {
	t.Helper()
	got := runDanvan(t, s.env, append([]string{"invite"}, args...)...)
	found := link.FindStringSubmatch(got.out)
	if got.status != 0 || found == nil {
		t.Fatalf("status %d, no link:\n%s%s", got.status, got.out, got.err)
	}
	return found[1]
}

// TestInvite makes an invitation with its picture and hands a post over; without
// --replace it is to a seat more.
func TestInvite(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		picture := filepath.Join(t.TempDir(), "invite.png")
		code := s.invited(t, "--replace", "30709:officer", "--days", "1", "--qr", picture)
		wantQR(t, picture, code)
		more := s.invited(t, "--unit", "30709", "--role", "officer")
		if more == code {
			t.Error("two invitations have one code")
		}
		s.start(t)
		s.handOver(t, code)
		s.hear(t, hoa, "/start "+more, "Từ nay đồng chí là cán bộ phụ trách xã Định Mỹ")
		wantQuiet(t, s.run.log.String(), code)
	})
}

// wantQR reads the picture back: the link in a square of the size that is
// promised, with the white border that scanners need.
func wantQR(t *testing.T, path, code string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}

	if size := picture.Bounds().Size(); size != image.Pt(report.QRSize, report.QRSize) {
		t.Errorf("the picture is %v", size)
	}
	if got, err := qr.DecodeDetailed(picture); err != nil || got.Text != "https://t.me/danvan_bot?start="+code || got.Ecc < qr.Medium {
		t.Errorf("the picture says %+v: %v", got, err)
	}

	// The corner of the symbol is dark; its modules are whole pixels wide.
	edge := 0
	for edge < report.QRSize/2 && picture.At(edge, edge) == (color.Gray{Y: 0xff}) {
		edge++
	}
	finder := edge
	for finder < report.QRSize/2 && picture.At(finder, edge) == (color.Gray{}) {
		finder++
	}
	if module := (finder - edge) / 7; module == 0 || (finder-edge)%7 != 0 || edge < report.QRBorder*module {
		t.Errorf("a border of %d pixels around modules of %d/7", edge, finder-edge)
	}
}

// handOver lets an take hoa's post.
func (s *site) handOver(t *testing.T, code string) {
	t.Helper()
	s.hear(t, hoa, "/dangky", "Tên mô hình là gì?")
	s.hear(t, hoa, "Bếp ăn nghĩa tình cổng bệnh viện", "Tập thể hay cá nhân làm?")
	s.hear(t, an, "/start "+code, "Có 1 bản nháp của vị trí đang chờ")
	s.heard(t, hoa, 0, "đã được bàn giao cho người khác")
	s.hear(t, hoa, "/mohinh", "không giữ vị trí nào")
	s.hear(t, tu, "/start "+code, "đã được dùng")
}

// TestInviteRefuses says what is wrong in one line, whoever takes the order.
func TestInviteRefuses(t *testing.T) {
	t.Parallel()
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for _, c := range []struct {
			args []string
			want string
		}{
			{[]string{"--unit", "9", "--role", "officer"}, `danvan: no unit has the code "9"; import the units first, with their leading zeros`},
			{[]string{"--role", "officer"}, "danvan: --unit: only the administrator of the whole house has no unit"},
			{[]string{"--role", "admin", "--days", "0"}, "danvan: --days: an invitation lives from 1 to 90 days"},
			{[]string{"--role", "admin", "--days", "91"}, "danvan: --days: an invitation lives from 1 to 90 days"},
			{[]string{"--role", "king"}, "danvan: --role: officer, coordinator, supervisor or admin; or --replace, a seat to hand over"},
			{[]string{"--unit", "30709"}, "danvan: --role: officer, coordinator, supervisor or admin; or --replace, a seat to hand over"},
			{[]string{"--unit", "30709", "--replace", "30709:officer"}, "danvan: --replace: the seat says its unit and its role itself"},
			{[]string{"--replace", "30709:officer:7"}, `danvan: --replace: there is no seat "30709:officer:7"`},
		} {
			got := runDanvan(t, s.env, append([]string{"invite"}, c.args...)...)
			if got.status == 0 || !strings.Contains(got.err, c.want) {
				t.Errorf("%v: status %d, want %q:\n%s%s", c.args, got.status, c.want, got.out, got.err)
			}
		}
	})
}

// TestInviteWithoutTelegram gives the code alone, and draws nothing, while
// nobody knows what the bot is called.
func TestInviteWithoutTelegram(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	env := s.env[:1]
	got := runDanvan(t, env, "invite", "--unit", "30709", "--role", "officer")
	if got.status != 0 || !strings.Contains(got.out, "/start ") || strings.Contains(got.out, "t.me") {
		t.Errorf("status %d:\n%s%s", got.status, got.out, got.err)
	}
	picture := filepath.Join(t.TempDir(), "invite.png")
	got = runDanvan(t, env, "invite", "--unit", "30709", "--role", "officer", "--qr", picture)
	if got.status != 1 || !strings.Contains(got.err, "--qr: the bot's name is not known") {
		t.Errorf("status %d:\n%s", got.status, got.err)
	}
	if _, err := os.Stat(picture); err == nil {
		t.Error("a picture of nothing was drawn")
	}
}
