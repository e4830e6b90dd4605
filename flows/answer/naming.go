package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isOrdinal reports whether the number at i names a time or one of several:
// tháng 10, năm 2026, ấp 5, Khối 3.
func isOrdinal(toks []token, i int) bool {
	if i == 0 || toks[i].kind != number {
		return false
	}
	if f := calendarWord.before(toks, i); f.len > 0 {
		if toks[i-1].is("thu") && counts(toks, i+1) {
			return false // thu 6 tạ nhựa
		}
		n := readNumeral(toks[i].fold)
		return n.grouped.whole() && (n.grouped.less(32) || !n.grouped.less(1990) && n.grouped.less(2100))
	}
	f := ordinalWord.before(toks, i)
	return f.len > 0 && !counts(toks, i+1) && every.before(toks, i-f.len).len == 0
}

// isDocument reports whether the number at i begins a document number: 05-CT/TU.
func isDocument(toks []token, i int) bool {
	if i+2 >= len(toks) || !toks[i+1].is("-", "/") || toks[i+2].kind != word {
		return false
	}
	w := toks[i+2].text
	return len(w) > 1 && w == strings.ToUpper(w) && metrics.at(toks, i+2).len == 0
}

// isDotted reports whether a number token is a date like 15.6.2026.
func isDotted(s string) bool {
	parts := strings.Split(s, ".")
	return len(parts) == 3 && len(parts[0]) < 3 && len(parts[1]) < 3 && (len(parts[2]) == 2 || len(parts[2]) == 4) &&
		isDigits(strings.Join(parts, ""))
}

// dateLen measures a date like 12/11/2026, 15.6.2026 or ngày 5/3, 0 if none
// stands at i.
func dateLen(toks []token, i int) int {
	small := func(k int, most int64) bool {
		return k < len(toks) && toks[k].kind == number && len(toks[k].fold) <= 4 &&
			isDigits(toks[k].fold) && readNumeral(toks[k].fold).grouped.less(most+1)
	}

	mark := func(k int) bool { return k < len(toks) && toks[k].is("/", "-") }
	switch {
	case isDotted(toks[i].fold):
		return 1
	case !small(i, 31) || !mark(i+1) || !small(i+2, 9999):
		return 0
	case mark(i+3) && toks[i+3].fold == toks[i+1].fold && small(i+4, 9999):
		return 5
	case toks[i+1].is("/") && small(i+2, 12) && !counts(toks, i+3):
		return 3
	}

	return 0
}

// isMonth reports whether a month with its year stands at i: 3/2026.
func isMonth(toks []token, i int) bool {
	return i+2 < len(toks) && toks[i+1].is("/", "-") && toks[i+2].kind == number && len(toks[i].fold) < 3 && isDigits(toks[i].fold) &&
		len(toks[i+2].fold) == 4 && plausibleYear(toks[i+2].fold) && !counts(toks, i+3)
}

// phoneLen measures a telephone number, in one piece or in several.
func phoneLen(toks []token, i int) int {
	if !strings.HasPrefix(toks[i].fold, "0") {
		return 0
	}
	digits, n := 0, 0
	for ; i+n < len(toks) && toks[i+n].kind == number && digits < 11; n++ {
		digits += len(strings.Map(func(r rune) rune {
			if isDigit(r) {
				return r
			}
			return -1
		}, toks[i+n].fold))
		if digits >= 9 && digits <= 11 {
			return n + 1
		}
	}
	return 0
}

// isPart reports whether a fraction of something stands at i: 1/2 của, 2/3 khối
// lượng.
func isPart(toks []token, i int) bool {
	return i+3 < len(toks) && toks[i+1].is("/") && toks[i+3].is("cua", "khoi", "so", "tuyen", "doan", "chieu", "cong")
}

// isNumbered reports whether the number at i belongs to a name: Đông Thịnh 6.
func (l *listing) isNumbered(i int) bool {
	t := l.toks
	if i < 2 || len(t[i].fold) > 2 || t[i-1].kind != word || t[i-2].kind != word || counts(t, i+1) || moneyWords.at(t, i+1).len > 0 ||
		nameLen(t[i+1:]) > 0 {
		return false
	}
	capital := func(s string) bool {
		r, n := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(r) && s[n:] != strings.ToUpper(s[n:])
	}
	return capital(t[i-1].text) && capital(t[i-2].text)
}
