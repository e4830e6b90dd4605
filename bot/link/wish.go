package link

import (
	"slices"
	"strings"

	"danvan/flows/answer"
)

// wishes are commands by what people write who want them, folded. The longer
// ones come first: "bao cao tong hop" asks for figures.
var wishes = []struct{ said, command string }{
	{"khong phat sinh", "/report"}, {"nothing to report", "/report"},
	{"tien do bao cao", "/progress"}, {"ai chua bao cao", "/progress"},
	{"bao cao tong hop", "/summary"}, {"tong hop", "/summary"}, {"so lieu", "/summary"}, {"summary", "/summary"},
	{"bao cao", "/report"}, {"report", "/report"},
	{"dang ki", "/register"}, {"register", "/register"},
	{"cap nhat", "/update"}, {"co ket qua moi", "/update"}, {"chua co gi moi", "/update"}, {"update", "/update"},
	{"ban nhap", "/drafts"}, {"drafts", "/drafts"}, {"cai dat", "/settings"}, {"settings", "/settings"},
	{"danh sach mo hinh", "/models"}, {"xem mo hinh", "/models"}, {"models", "/models"},
	{"huong dan", "/help"}, {"tro giup", "/help"}, {"cach dung", "/help"}, {"lam the nao", "/help"}, {"lam sao", "/help"},
	{"giup", "/help"}, {"help", "/help"},
	{"cam on", "/thanks"}, {"thanks", "/thanks"},
	{"xin chao", "/start"}, {"chao", "/start"}, {"alo", "/start"}, {"hello", "/start"},
}

// around are the words that may stand around a wish. Any other word makes the
// text something that is sought.
var around = strings.Fields(`toi em minh chung ta muon can xin cho hay lai a oi voi nhe nha nhi di ban dong chi anh chu bac cach nhieu rat
	la phai the nao gui nop lam duoc mot mo hinh moi ki thang quy nam dau cuoi nay so cua con dua gio ngay hom lan gi tiep
	please i want to the a an mi me you veri much so how model new send`)

// misspelt are usual short and careless ways to write the words of wishes.
var misspelt = map[string]string{
	"capnhat": "cap nhat", "baocao": "bao cao", "bc": "bao cao", "dangki": "dang ki", "dki": "dang ki", "dk": "dang ki", "mh": "mo hinh",
	"ko": "khong", "k": "khong", "kg": "khong", "hong": "khong", "ps": "phat sinh", "trogiup": "tro giup", "jup": "giup",
	"camon": "cam on", "tks": "thanks", "thank": "thanks",
}

// Wish returns the command that a text at rest asks for in words, with or without
// diacritics, well spelt or nearly, and any other text as it is.
func Wish(text string, atRest bool) string {
	if !atRest || len(text) > 120 || strings.HasPrefix(text, "/") {
		return text
	}
	var words []string
	for w := range strings.FieldsSeq(answer.Fold(text)) {
		if meant := misspelt[w]; meant != "" {
			w = meant
		}
		words = append(words, strings.Fields(w)...)
	}

	for _, w := range wishes {
		said := strings.Fields(w.said)
		for i := 0; i+len(said) <= len(words); i++ {
			if !answer.Slip(strings.Join(words[i:i+len(said)], " "), w.said) {
				continue
			}
			if rest := slices.Concat(words[:i], words[i+len(said):]); !slices.ContainsFunc(rest, isSought) {
				return w.command
			}
		}
	}
	return text
}

// isSought reports whether a word is none of those around a wish.
func isSought(word string) bool {
	return !slices.Contains(around, word) && strings.Trim(word, "0123456789") != ""
}
