package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestModelsByCommand brings models in by the command line, takes them back, and writes
// them out.
func TestModelsByCommand(t *testing.T) {
	t.Parallel()
	models := write(t, "mo-hinh.csv", "Đơn vị,Tên mô hình,Loại,Lĩnh vực,Tình trạng\n"+
		"Châu Bình,Vườn thuốc nam trạm y tế xã,tập thể,VHXH,đang làm\nChâu Bình,Tiếng kẻng bình yên bản Kẻ Móng,tập thể,an ninh,\n"+
		",Không có đơn vị,tập thể,KT,\n")

	atWorkOrNot(t, func(t *testing.T, s *site) {
		out := filepath.Join(t.TempDir(), "out.xlsx")
		for _, step := range []step{
			{[]string{"import", "models", models, "--dry-run"}, []string{"3 dòng: 2 mô hình mới", "chưa ghi gì"}},
			{[]string{"import", "models", models}, []string{"ô A4: thiếu Đơn vị", "Đã nhập 2 mô hình"}},
			{[]string{"import", "models", models}, []string{"0 mô hình mới (0 còn chung chung), 2 có vẻ đã có", "Tiếng kẻng bình yên"}},
			{[]string{"export", "models", out, "--state", "đang thực hiện"}, []string{"Đã ghi"}},
			{[]string{"export", "progress", out + ".csv"}, []string{"Đã ghi"}},
			{[]string{"import", "models", "--undo"}, []string{"2 mô hình"}},
			{[]string{"import", "models", models}, []string{"Đã nhập 2 mô hình"}},
		} {
			step.run(t, s)
		}
		if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	})
}
