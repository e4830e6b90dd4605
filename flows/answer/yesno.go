package answer

// verdict is what a word of a reply says.
type verdict uint8

const (
	yes verdict = iota + 1
	no
	// polite words say nothing by themselves.
	polite
)

var verdicts = newLexicon([]entry[verdict]{
	{"có, đúng, đúng rồi, đúng vậy, đúng thế, phải, phải rồi, ừ, ừm, ờ, vâng, dạ, ok, oke, okay, okie, oki, ok rồi, " +
		"đồng ý, nhất trí, chuẩn, chính xác, được, xác nhận, chắc, chắc chắn, tất nhiên, y, yes, yeah, uh, um, ô kê, " +
		"chấp nhận, tán thành, rồi, không sai", yes},
	{"không, ko, k, kg, khg, hong, hông, hok, không có, không phải, không đúng, không đồng ý, không phải đâu, chưa, " +
		"chưa đúng, chưa có, sai, sai rồi, n, no, nope, thôi, bỏ, hủy, nhầm, nhầm rồi, chưa phải, không được, " +
		"không nhất trí, chưa đồng ý", no},
	{"ạ, a, nhé, nha, nhe, nghe, thưa, đồng chí, em, anh, chị, cô, chú, bác, ad, admin, bạn, luôn, đâu, mà, đó, thế, " +
		"vậy, nó, là, tôi, mình, với, ., !, ?", polite},
	{"👍, 👌, ✅, ✔, 🆗, 💯", yes},
	{"👎, ❌, ✖, 🚫", no},
})

// YesNo reads a yes or a no, with or without diacritics. ok is false where the
// text says anything else as well: "có nhưng chưa đủ" is no answer to a yes or no
// question.
func YesNo(text string) (isYes, ok bool) {
	const longest = 12
	toks := scan(text)
	if len(toks) > longest {
		return false, false
	}

	var answer verdict
	for i := 0; i < len(toks); {
		f := verdicts.at(toks, i)
		switch {
		case f.len == 0 && (toks[i].ends() || toks[i].kind == sign && isVariation(toks[i].text)):
			f.len = 1
		case f.len == 0:
			return false, false
		case f.means == no:
			answer = no
		case f.means == yes && answer == 0:
			answer = yes
		}
		i += f.len
	}

	return answer == yes, answer != 0
}

// isVariation reports whether a sign only varies the emoji before it.
func isVariation(s string) bool {
	for _, r := range s {
		if r != '\ufe0f' && (r < 0x1f3fb || r > 0x1f3ff) {
			return false
		}
	}
	return true
}
