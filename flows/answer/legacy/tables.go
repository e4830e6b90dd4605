package legacy

import "strings"

// table is an encoding with a byte for each letter.
type table [256]rune

// pairs makes a table of the characters that show and those that are meant.
func pairs(shown, meant string) *table {
	var t table
	to := []rune(meant)
	for i, r := range []rune(shown) {
		b, _ := western(r)
		t[b] = to[i]
	}
	return &t
}

// read converts a string that shows text of the encoding.
func (t *table) read(s string) string {
	return strings.Map(func(r rune) rune {
		if b, ok := western(r); ok && t[b] != 0 {
			return t[b]
		}
		return r
	}, s)
}

// tcvn3 has no capitals but seven: the fonts whose names end in H show the small
// letters as capitals.
var tcvn3 = pairs("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ")

// viscii leaves out the six capitals that it keeps among the control characters:
// those reach nobody.
var viscii = func() *table {
	var t table
	for i, r := range []rune("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" +
		"ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ" +
		"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư" +
		"àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ") {
		t[0x80+i] = r
	}
	return &t
}()

// What VNI writes behind a vowel: a tone, or the shape of the vowel with a tone.
// The marks are those of decomposed Unicode; capitals have their own.
var vniMarks = marks{
	'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
	'â': "\u0302", 'à': "\u0302\u0300", 'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
	'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
}

type marks map[rune]string

// vniLetters are the letters with a place of their own.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'ô': 'ơ', 'ö': 'ư', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ',
	'Ñ': 'Đ', 'Ô': 'Ơ', 'Ö': 'Ư', 'Æ': 'Ỉ', 'Ó': 'Ĩ', 'Ò': 'Ị', 'Î': 'Ỵ',
}

// readVNI converts a string that shows VNI text, to decomposed Unicode.
func readVNI(s string) string {
	var out strings.Builder
	vowel := false
	for _, r := range s {
		if mark, ok := vniMarks[small(r)]; ok && vowel {
			out.WriteString(mark)
			vowel = false
			continue
		}

		vowel = strings.ContainsRune("aeouyôö", small(r))
		if letter, ok := vniLetters[r]; ok {
			r = letter
		}
		out.WriteRune(r)
	}
	return out.String()
}

// small is the small letter of a Latin-1 capital.
func small(r rune) rune {
	if r >= 'A' && r <= 'Z' || r >= 0xc0 && r <= 0xde && r != 0xd7 {
		return r + 0x20
	}
	return r
}
