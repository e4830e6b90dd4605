package legacy_test

import (
	"strings"
	"testing"

	"danvan/flows/answer/legacy"
)

const (
	name = "Hội Nông dân xã Định Mỹ, tỉnh An Giang"
	long = "Vận động ba mươi mốt hộ hiến đất, góp tiền mở rộng đường nội ấp; quỹ hỗ trợ người nghèo và những gia đình có trẻ mồ côi."
)

// As a phone shows what was copied out of an old document.
func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shown, want string
		name        legacy.Encoding
	}{
		{"Héi N«ng d©n x· §Þnh Mü, tØnh An Giang", name, legacy.TCVN3},
		{"VËn ®éng ba m\u00ad¬i mèt hé hiÕn ®Êt, gãp tiÒn më réng ®\u00adêng néi Êp; quü hç trî ng\u00adêi nghÌo vµ nh÷ng gia ®×nh cã trÎ må c«i.",
			long, legacy.TCVN3},
		{"Hoäi Noâng daân xaõ Ñònh Myõ, tænh An Giang", name, legacy.VNI},
		{"Vaän ñoäng ba möôi moát hoä hieán ñaát, goùp tieàn môû roäng ñöôøng noäi aáp; quyõ hoã trôï ngöôøi ngheøo vaø nhöõng gia ñình coù treû moà coâi.",
			long, legacy.VNI},
		{"HOÄI NOÂNG DAÂN XAÕ ÑÒNH MYÕ", "HỘI NÔNG DÂN XÃ ĐỊNH MỸ", legacy.VNI},
		{"Hµi Nông dân xã Ð¸nh MÛ, tïnh An Giang", name, legacy.VISCII},
		{"x· §Þnh Mü", "xã Định Mỹ", legacy.TCVN3},
	} {
		got, enc := legacy.Text(c.shown)
		if got != c.want || enc != c.name {
			t.Errorf("Text(%q) = %q, %q, want %q, %q", c.shown, got, enc, c.want, c.name)
		}
	}
}

// What is Unicode is left alone, whatever odd signs stand in it.
func TestTextLeftAlone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "31 ho hien 1850 m2", name, long, strings.ToUpper(long), "© 2026 Hội Nông dân", "30 °C, 5 µg, § 12", "café Nguyễn Huệ",
		"Đắk Lắk, Krông Păk, Ea H'Leo", "Ayun Pa – Kon Tum “làng Kon K’Tu”", "naïve Köln Besançon", "Ðịnh Mỹ", "© Nông dân", "1.850 m² đất · 620 công ✅", "ສະບາຍດີ",
	} {
		if got, enc := legacy.Text(s); got != s || enc != legacy.Unicode {
			t.Errorf("Text(%q) = %q, %q", s, got, enc)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, want string
		name       legacy.Encoding
	}{
		{"x\xb7 \xa7\xdenh M\xfc", "xã Định Mỹ", legacy.TCVN3},
		{"xa\xf5 \xd1\xf2nh My\xf5", "xã Định Mỹ", legacy.VNI},
		{"H\xb5i N\xf4ng d\xe2n x\xe3 \xd0\xb8nh M\xdb", "Hội Nông dân xã Định Mỹ", legacy.VISCII},
		{"H\xf4\xf2i N\xf4ng d\xe2n xa\xde \xd0i\xf2nh My\xde", "Hội Nông dân xã Định Mỹ", legacy.CP1258},
		{name, name, legacy.Unicode},
		{"caf\xe9", "café", legacy.Unicode},
	} {
		got, enc := legacy.Bytes([]byte(c.file))
		if got != c.want || enc != c.name {
			t.Errorf("Bytes(%q) = %q, %q, want %q, %q", c.file, got, enc, c.want, c.name)
		}
	}
}
