package answer_test

import (
	"slices"
	"strings"
	"testing"

	"danvan/flows/answer"

	"github.com/google/go-cmp/cmp"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"CV số 14/KH/BDVTU ngày 24/02/2021":    {"14-KH/BDVTU"},
		"Kế hoạch số 205-KH/BDVQU và 05-CT/TU": {"205-KH/BDVQU", "05-CT/TU"},
		"số 44-CV/KDV":                   {"44-CV/KDV"},
		"44-CV/KDV, 19/4/2021":           {"44-CV/KDV"},
		"5-ct/tu":                        {"05-CT/TU"},
		"05 - CT/TU":                     {"05-CT/TU"},
		"05–CT/TU":                       {"05-CT/TU"},
		"06/2021/QĐ-UBND; 249/MTTQ-BTT":  {"06/2021/QĐ-UBND", "249/MTTQ-BTT"},
		"06/2022/QH15 và 152/2025/NĐ-CP": {"06/2022/QH15", "152/2025/NĐ-CP"},
		"1654/NQ-UBTVQH15, 2312/CVT-CS":  {"1654/NQ-UBTVQH15", "2312/CVT-CS"},
		"399-QĐ/TW 05-HD/VPTW 12-NQ/ĐU 05-CT/TU 05-CT/TU": {"399-QĐ/TW", "05-HD/VPTW", "12-NQ/ĐU", "05-CT/TU"},
		"399-QD/TW": {"399-QĐ/TW"},
		"5/3/2026, 63/65 hộ, T2-T4, 12-15 km, 2-ha/hộ": nil,
		"theo chỉ đạo của cấp trên":                    nil,
		"":                                             nil,
	} {
		if diff := cmp.Diff(want, answer.Documents(text)); diff != "" {
			t.Errorf("Documents(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"MẬT", "MẬT\nSố 05-BC/ĐU", "TỐI MẬT", "Tuyệt mật", "(Mật)", "[MẬT] kế hoạch", "Độ mật: Mật", "Văn bản đóng dấu MẬT",
		"tài liệu mật", "CÔNG VĂN MẬT", "Kế hoạch MẬT của tỉnh", "TOI MAT", "tuyet mat", "Tối mật", "ĐỘ MẬT: TỐI MẬT",
		"Báo cáo mật về tình hình", "M\u00c2\u0323T",
	} {
		if !answer.Secret(text) {
			t.Errorf("Secret(%q) = false", text)
		}
	}
	for _, text := range []string{
		"", "bí mật", "BÍ MẬT", "giữ bí mật thông tin", "nuôi ong lấy mật ong", "NUÔI ONG LẤY MẬT", "MẬT ONG RỪNG", "mật độ dân cư",
		"MẬT ĐỘ", "bảo mật", "mật khẩu VNeID", "nấm, mật, gạo", "tôi mất xe", "toi mat xe", "mặt trận", "MẶT TRẬN", "tài liệu mật ong",
		"thân mật", "mất mát", "mat",
	} {
		if answer.Secret(text) {
			t.Errorf("Secret(%q) = true", text)
		}
	}
}

func TestVague(t *testing.T) {
	t.Parallel()
	type registration struct {
		title, target, content, place string
		who, date, output             bool
	}
	for name, c := range map[string]struct {
		in   registration
		want []string
	}{
		"specific": {registration{
			"Hiến đất mở đường nội ấp", "31 hộ hiến 1.850 m²", "31 hộ hiến đất, dời hàng rào mở rộng đường nội ấp, đảng viên hiến trước",
			"ấp Phú Đa, 42 hộ", true, true, true}, nil},
		"specific without figures in the content": {registration{
			"Gắn kết yêu thương giữa lương và giáo", "9 vụ hòa giải", "Lập tổ hòa giải chung của hai cộng đồng", "xóm 5 xã Quỳnh Anh", true, true, true}, nil},
		"target in money": {registration{"Viên gạch nghĩa tình", "vận động 300 triệu", "Góp gạch xây nhà cho hội viên nghèo", "xã Định Mỹ", true, true, true}, nil},
		"no output, a target in money": {registration{"Viên gạch nghĩa tình", "vận động 300 triệu", "Góp gạch xây nhà cho hội viên nghèo", "xã Định Mỹ", true, true, false},
			[]string{"vague.output"}},
		"no output, a target in figures": {registration{"Viên gạch nghĩa tình", "xây 3 căn nhà", "Góp gạch xây nhà cho hội viên nghèo", "xã Định Mỹ", true, true, false}, nil},
		"target in beds":                 {registration{"Ký túc xá vùng biên", "20 giường tầng", "Sửa trường cũ làm chỗ ở", "bản Huồi Mới", true, true, true}, nil},
		"target in a year":               {registration{"Bếp ăn nghĩa tình", "hoàn thành năm 2026", "Nấu cơm trưa cho người bệnh nghèo", "hẻm 51", true, true, true}, []string{"vague.target_number"}},
		"a slogan": {registration{"Làm tốt công tác dân vận năm 2026", "nâng cao hiệu quả", "Thực hiện tốt công tác dân vận", "toàn xã", true, false, false},
			[]string{"vague.title", "vague.target_number", "vague.place", "vague.date", "vague.output", "vague.slogan"}},
		"another slogan": {registration{"Nâng cao nhận thức cho hội viên", "", "Tăng cường tuyên truyền, nâng cao nhận thức", "trên địa bàn xã", false, true, true},
			[]string{"vague.title", "vague.target_number", "vague.place", "vague.who", "vague.slogan"}},
		"only the movement":   {registration{"Dân vận khéo", "100% hộ", "Đẩy mạnh dân vận khéo", "", true, true, true}, []string{"vague.title", "vague.place", "vague.slogan"}},
		"without diacritics":  {registration{"dan van kheo", "42 ho", "lam duong 350 m", "ap Phu Da", true, true, true}, []string{"vague.title"}},
		"everything is empty": {registration{}, answer.Advice()},
	} {
		in := c.in
		got := answer.Vague(in.title, in.target, in.content, in.place, in.who, in.date, in.output)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Titles of real models are never called vague.
func TestVagueRealTitles(t *testing.T) {
	t.Parallel()
	for _, title := range []string{
		"Ký túc xá vùng biên", "Viên gạch nghĩa tình", "Đoàn kết quân dân, ấm tình xứ đạo", "Giúp dân no đủ, tự chủ bản làng",
		"Tôi yêu Tổ quốc tôi", "Tuyến hẻm tự quản xanh - sạch - an toàn PCCC", "Rác thải nhựa đổi gạo", "Cánh đồng không vỏ thuốc BVTV",
		"Tổ hợp tác nuôi chồn hương", "Tiếng kẻng bình yên", "Ngày thứ Bảy vì dân", "Chính quyền thân thiện vì Nhân dân phục vụ",
		"Vận động trẻ mẫu giáo đến lớp", "Vận động đồng bào Khmer đổi cây trồng", "Xóa nhà tạm, xây nhà Đại đoàn kết", "Ngày Chủ nhật xanh",
		"Công đoàn cơ sở trong doanh nghiệp FDI", "Chi bộ dạy chữ cho phụ nữ Mông", "Cán bộ một cửa hướng dẫn VNeID tại nhà",
		"Vận động dân bàn giao mặt bằng sớm",
	} {
		if got := answer.Vague(title, "42 hộ", "350 m", "ấp Phú Đa", true, true, true); len(got) > 0 {
			t.Errorf("Vague(%q) = %v", title, got)
		}
	}
}

var questions = []answer.Named{
	{Key: "title", Names: []string{"Tên mô hình", "Tên"}},
	{Key: "place", Names: []string{"Địa bàn, đối tượng", "Địa bàn", "Nơi thực hiện"}},
	{Key: "target", Names: []string{"Mục tiêu đo được", "Mục tiêu"}},
	{Key: "period", Names: []string{"Thời gian"}},
	{Key: "contact", Names: []string{"Người phụ trách", "Phụ trách"}},
}

func TestPaste(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []answer.Pasted
	}{
		"one a line": {
			"Tên mô hình: Hiến đất mở đường\nĐịa bàn: ấp Phú Đa\nMục tiêu: 31 hộ hiến 1.850 m2",
			[]answer.Pasted{{"title", "Hiến đất mở đường"}, {"place", "ấp Phú Đa"}, {"target", "31 hộ hiến 1.850 m2"}}},
		"a text over lines": {
			"Em gửi đăng ký ạ:\n1. Tên mô hình: Hiến đất\nmở đường\n2) Thời gian thực hiện: 3-10/2026\nhoặc sớm hơn",
			[]answer.Pasted{{"title", "Hiến đất\nmở đường"}, {"period", "3-10/2026\nhoặc sớm hơn"}}},
		"one line": {
			"Tên: Hiến đất; địa bàn: ấp Phú Đa; mục tiêu: 31 hộ",
			[]answer.Pasted{{"title", "Hiến đất"}, {"place", "ấp Phú Đa"}, {"target", "31 hộ"}}},
		"without diacritics": {
			"ten mo hinh: hien dat\nnguoi phu trach: An 0912345678",
			[]answer.Pasted{{"title", "hien dat"}, {"contact", "An 0912345678"}}},
		"a slip in a label": {
			"Tên mô hìn: Hiến đất\n- Mục tiêu = 31 hộ",
			[]answer.Pasted{{"title", "Hiến đất"}, {"target", "31 hộ"}}},
		"a colon inside an answer": {
			"Tên: Hiến đất: mở đường\nCách làm: họp dân\nMục tiêu: 31 hộ",
			[]answer.Pasted{{"title", "Hiến đất: mở đường\nCách làm: họp dân"}, {"target", "31 hộ"}}},
		"a field twice": {
			"Mục tiêu: 31 hộ\nTên: Hiến đất\nMục tiêu: 1.850 m2",
			[]answer.Pasted{{"target", "31 hộ\n1.850 m2"}, {"title", "Hiến đất"}}},
		"one label only":  {"Tên mô hình: Hiến đất mở đường", nil},
		"the same twice":  {"Tên: Hiến đất\nTên: mở đường", nil},
		"no label":        {"Hiến đất mở đường nội ấp", nil},
		"unknown labels":  {"Họp dân: 31 hộ\nLàm đường: 350 m", nil},
		"empty":           {"", nil},
		"numbered answer": {"1: Hiến đất\n2: ấp Phú Đa", nil},
	} {
		if diff := cmp.Diff(c.want, answer.Paste(c.text, questions)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("họp dân, đảng viên làm trước ", 10)
	for text, want := range map[string][]string{
		"Hiến đất; ấp Phú Đa; 31 hộ":   {"Hiến đất", "ấp Phú Đa", "31 hộ"},
		"Hiến đất\nấp Phú Đa\n\n31 hộ": {"Hiến đất", "ấp Phú Đa", "31 hộ"},
		"1. Hiến đất\r\n2. ấp Phú Đa":  {"Hiến đất", "ấp Phú Đa"},
		"- Hiến đất;\n- ấp Phú Đa;":    {"Hiến đất", "ấp Phú Đa"},
		"thêm 1.850 m2; 620 ngày công": {"thêm 1.850 m2", "620 ngày công"},
		"Hiến đất mở đường":            nil,
		"Hiến đất;":                    nil,
		";;;":                          nil,
		"":                             nil,
		"Mở đầu\n" + long + "\nkết":    nil,
		strings.Repeat("a\n", 60):      nil,
	} {
		if diff := cmp.Diff(want, answer.Pieces(text)); diff != "" {
			t.Errorf("Pieces(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{answer.Keys(), answer.Advice(), answer.Metrics()} {
		sorted := slices.Sorted(slices.Values(list))
		if len(slices.Compact(sorted)) != len(list) {
			t.Errorf("a key stands twice in %v", list)
		}
	}
}
