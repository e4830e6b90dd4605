package answer

import (
	"slices"
	"strings"
)

// secretPhrases mark a classified document (Luật Bảo vệ bí mật nhà nước): they
// speak of the mark, not of secrecy or honey.
var secretPhrases = newLexicon([]entry[bool]{
	{"tuyệt mật, =tối mật, độ mật, dấu mật, đóng dấu mật, =tài liệu mật, =văn bản mật, =công văn mật, =hồ sơ mật, " +
		"=kế hoạch mật, =báo cáo mật, =chế độ mật, =loại mật, =thông tin mật", true},
})

// otherMat are the words with mật that are no classification, by the word after it.
var otherMat = []string{
	"ong", "do", "thiet", "khau", "ngot", "vu", "mia", "hoa", "danh", "ma", "thu", "nghi", "phuc", "bao", "gau", "tong", "dua",
}

// Secret reports whether a text is marked MẬT, TỐI MẬT or TUYỆT MẬT. Documents so
// marked may not be kept on this network (domain.md §2.8). Bí mật, mật ong and
// mật độ are no marks.
func Secret(text string) bool {
	toks := scan(text)
	for i := range toks {
		f := secretPhrases.at(toks, i)
		switch {
		case f.len > 0 && !follows(toks, i+f.len, otherMat):
			return true
		case toks[i].text == "TOI" && i+1 < len(toks) && toks[i+1].text == "MAT":
			return true
		case isMark(toks, i):
			return true
		}
	}

	return false
}

func follows(toks []token, i int, words []string) bool {
	return i < len(toks) && slices.Contains(words, toks[i].fold)
}

// isMark reports whether the word at i is the stamp MẬT: in capitals among words
// that are not, or by itself in a line or in brackets.
func isMark(toks []token, i int) bool {
	if toks[i].tone != "mât5" || follows(toks, i+1, otherMat) || i > 0 && toks[i-1].is("bi", "bao") {
		return false
	}
	if capitals(toks, i) {
		return !capitals(toks, i-1) && !capitals(toks, i+1)
	}
	opens := i == 0 || toks[i-1].is("\n", "(", "[")
	closes := i+1 == len(toks) || toks[i+1].is("\n", ")", "]")
	return opens && closes && strings.HasPrefix(toks[i].text, "M")
}

// capitals reports whether the token is a word in capitals, as in a heading.
func capitals(toks []token, i int) bool {
	if i < 0 || i >= len(toks) || toks[i].kind != word {
		return false
	}
	return toks[i].text == strings.ToUpper(toks[i].text)
}
