package answer_test

import (
	"testing"
	"unicode"

	"danvan/flows/answer"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"plain":                     {"Hien dat", "Hien dat"},
		"outer space":               {" \n Hiến đất \t", "Hiến đất"},
		"inner space stays":         {"a  b\n\n c", "a  b\n\n c"},
		"NFD":                       {norm.NFD.String("Hiến đất mở đường"), "Hiến đất mở đường"},
		"line ends":                 {"a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"},
		"tab":                       {"An\t0912", "An 0912"},
		"odd spaces":                {"1\u00a0500\u3000đ", "1 500 đ"},
		"control characters":        {"a\x00\x07b\x1b[1mc\u007f", "ab[1mc"},
		"letters that show nothing": {"\u3164Hiến\u2800đất\uffa0", "Hiến đất"},
		"zero width":                {"Hi\u200bến\ufeff đ\u00adất\u200e\u202e", "Hiến đất"},
		"bytes that are no text":    {"a\xffb\xc3", "ab"},
		"Khmer and its word breaks": {"ភូមិ\u200bថ្មី", "ភូមិ\u200bថ្មី"},
		"Mông":                      {"Hmoob Xyooj Lwm ntxhw", "Hmoob Xyooj Lwm ntxhw"},
		"Chăm":                      {"Kaphiê Ja Ðạm", "Kaphiê Ja Ðạm"},
		"an emoji of four":          {"👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"},
		"empty":                     {"", ""},
	} {
		if got := answer.Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, c.in, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Hiến đất mở đường nội ấp": "hien dat mo duong noi ap",
		"ĐẶNG THÚY": "dang thuy",
		"hoà bình":  "hoa binh",
		"hòa bình":  "hoa binh",
		"thuý":      "thuy",
		"kỹ thuật":  "ki thuat",
		"kĩ thuật":  "ki thuat",
		"tỷ, tỉ":    "ti ti",
		"quý quí":   "qui qui",
		"Mỹ Lý":     "mi li",
		"ngày mây tay yên tuyên y tế quyết": "ngay may tay yen tuyen y te quyet",
		"Quốc phòng - an ninh":              "quoc phong an ninh",
		"  a,,b//c  ":                       "a b c",
		"m²":                                "m2",
		"ＫＴ１":                               "kt1",
		"ភូមិថ្មី":                          "ភូមិថ្មី",
		"H'Mông":                            "h mong",
		"Ðảng ðoàn, nƣớc":                   "dang doan nuoc", // letters of old converters
		"":                                  "",
		"!?":                                "",
		"a\u200bb":                          "ab",
		"\xff":                              "",
	} {
		if got := answer.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Folding takes text in any normal form, and twice is once.
func TestFoldProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := answer.Fold(s)
		if twice := answer.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		vietnamese := rapid.StringOf(rapid.RuneFrom([]rune("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ĐẢNG-,."))).Draw(t, "words")
		if nfc, nfd := answer.Fold(norm.NFC.String(vietnamese)), answer.Fold(norm.NFD.String(vietnamese)); nfc != nfd {
			t.Errorf("Fold of %q differs by normal form: %q, %q", vietnamese, nfc, nfd)
		}
	})
}

func TestCleanTwiceIsOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := answer.Clean(s)
		if twice := answer.Clean(once); twice != once {
			t.Errorf("Clean(%q) = %q, cleaned again %q", s, once, twice)
		}
	})
}

// TestCleanIsNFC goes through every letter and mark that Vietnamese can be made
// of, because Clean has a short way for letters that need nothing.
func TestCleanIsNFC(t *testing.T) {
	t.Parallel()
	for r := rune('!'); r < 0x2000; r++ {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "\u0301"} {
			if got := answer.Clean(s); !norm.NFC.IsNormalString(got) || norm.NFC.IsNormalString(s) && unicode.Is(unicode.Latin, r) && got != s {
				t.Errorf("Clean(%+q) = %+q", s, got)
			}
		}
	}
}

func TestExpandIsFolded(t *testing.T) {
	t.Parallel()
	for _, short := range []string{
		"NTM ĐTVM MTTQ HND HPN LHPN CCB ĐTN LLVT BĐBP CHQS GPMB ANTT QCDC TDP KDC BCĐ TTHC CCHC DTTS CTMTQG TSVM CBCCVC đ/c",
		"DVK MH HTX THT CLB UBND HĐND BVMT BVTV PCCC VSMT ĐĐK THCS KT VHXH QPAN ANQP HTCT KTXH TT CN DN XDĐ TGDV QP-AN AN-QP VH-XH XD",
	} {
		long := answer.Expand(short)
		if again := answer.Fold(long); again != long {
			t.Errorf("Expand(%q) = %q is not folded: %q", short, long, again)
		}
	}
	if got, want := answer.Expand("An QP, quốc phòng An"), "an ninh quoc phong quoc phong an"; got != want {
		t.Errorf("Expand = %q, want %q", got, want)
	}
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	const base = "Hiến đất mở đường nội ấp"
	for _, title := range []string{
		base, "Hiến đất mở đường nội ấp.", "hien dat mo duong noi ap", norm.NFD.String(base), "MÔ HÌNH “HIẾN ĐẤT MỞ ĐƯỜNG NỘI ẤP”",
		"MH Hiến đất mở đường nội ấp", "Mở đường nội ấp, hiến đất",
	} {
		if got := answer.Similar(base, title); got != 1 {
			t.Errorf("Similar(%q) = %.3f, want 1", title, got)
		}
	}
	for _, c := range []struct {
		a, b   string
		likely bool
	}{
		{base, "Hiến đất mở đươgn nội ấp", true},
		{base, "Hiến đất mở đườg nội ấp", true},
		{base, "Vận động nhân dân hiến đất mở đường nội ấp", true},
		{"Camera an ninh", "Cameraanninh", true},
		{"Tổ liên gia an toàn PCCC", "Tổ liên gia an toàn phòng cháy, chữa cháy", true},
		{base, "Hiến đất mở đường liên ấp", false},
		{base, "Hiến đất xây nhà văn hóa ấp", false},
		{base, "", false},
		{"", "", false},
		{"Tiếng kẻng bình yên", "Tiếng kẻng an ninh", false},
		{"Tuyến hẻm 51 tự quản xanh - sạch - đẹp", "Tuyến hẻm 53 tự quản xanh - sạch - đẹp", false},
		{"Dân vận khéo", "Dân vận khéo trong xây dựng nông thôn mới", false},
	} {
		if got := answer.Similar(c.a, c.b); (got >= 0.85) != c.likely || got > 1 || got < 0 {
			t.Errorf("Similar(%q, %q) = %.3f, likely: %v", c.a, c.b, got, c.likely)
		}
	}
}

func TestSimilarProperties(t *testing.T) {
	t.Parallel()
	title := rapid.StringOfN(rapid.RuneFrom([]rune("hiendatmoduongap 123 ")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := title.Draw(t, "a"), title.Draw(t, "b")
		ab, ba := answer.Similar(a, b), answer.Similar(b, a)
		if ab != ba || ab < 0 || ab > 1 {
			t.Errorf("Similar(%q, %q) = %v, the other way %v", a, b, ab, ba)
		}
		if self := answer.Similar(a, a); answer.Fold(a) != "" && self != 1 {
			t.Errorf("Similar(%q, itself) = %v", a, self)
		}
	})
}
