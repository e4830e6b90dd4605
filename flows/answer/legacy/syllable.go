package legacy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// count is how many words with other than ASCII letters are Vietnamese
// syllables, and how many are not.
type count struct{ right, wrong int }

// better reports whether a reading explains a text better than another.
func (c count) better(than count) bool { return c.wrong < than.wrong && c.right > than.right }

// sure reports whether nearly all words of a reading are syllables.
func (c count) sure() bool { return c.right > 0 && c.wrong*8 <= c.right }

// syllables looks at each word of a text that has more than ASCII letters.
func syllables(s string) count {
	var c count
	for word := range strings.FieldsFuncSeq(s, apart) {
		switch {
		case plain(word), !strings.ContainsFunc(strings.Trim(word, "µªº"), unicode.IsLetter): // signs
		case isSyllable(word):
			c.right++
		default:
			c.wrong++
		}
	}
	return c
}

// apart reports whether a character stands between words. What old text shows as
// a sign or a control character is a letter there, so only plain signs part.
func apart(r rune) bool {
	return r < 0x80 && !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') || unicode.IsSpace(r) && r != 0x85 ||
		strings.ContainsRune("–—“”‘’…", r)
}

// isSyllable reports whether a word is built like a Vietnamese syllable with at
// least one mark.
func isSyllable(word string) bool {
	var shape strings.Builder
	tone := rune(0)
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			if tone != 0 {
				return false
			}
			tone = r
		default:
			shape.WriteRune(r)
		}
	}

	s := norm.NFC.String(shape.String())
	onset := len(s) - len(strings.TrimLeft(s, "bcdđghklmnpqrstvx"))
	for _, cut := range []int{onset, onset + 1} { // gi and qu take a vowel with them
		if cut > len(s) || !onsets[s[:cut]] || !rimes[s[cut:]] {
			continue
		}
		stopped := strings.HasSuffix(s, "c") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "p") || strings.HasSuffix(s, "t")
		return !stopped || tone == 0x301 || tone == 0x323
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// onsets are the consonants that a syllable begins with; it may have none.
var onsets = func() map[string]bool {
	m := set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
	m[""] = true
	return m
}()

// rimes are what follows them, without the tone.
var rimes = set(`
a ac ach ai am an ang anh ao ap at au ay
ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
`)
