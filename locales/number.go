package locales

import (
	"strconv"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

func printer(lang string) *message.Printer {
	if lang == "en" {
		return message.NewPrinter(language.English)
	}
	return message.NewPrinter(language.Vietnamese)
}

// Number writes thousandths as the language does, without trailing zeros:
// 4494000 is "4.494" in Vietnamese.
func Number(lang string, thousandths int64) string {
	return decimal(lang, thousandths, 1000)
}

func decimal(lang string, n, unit int64) string {
	return printer(lang).Sprint(number.Decimal(float64(n)/float64(unit), number.MaxFractionDigits(3)))
}

// The units in which people name sums, and their words in each language.
var sums = []struct {
	unit int64
	word map[string]string
}{
	{1_000_000_000, map[string]string{"vi": "tỷ đồng", "en": "billion đồng"}},
	{1_000_000, map[string]string{"vi": "triệu đồng", "en": "million đồng"}},
}

// Money writes a sum of đồng as people say it, "1,2 tỷ đồng", as long as that
// is exact; otherwise in full.
func Money(lang string, vnd int64) string {
	for _, s := range sums {
		if vnd >= s.unit && vnd%(s.unit/1000) == 0 {
			return decimal(lang, vnd, s.unit) + " " + pick(s.word, lang)
		}
	}
	return MoneyInFull(lang, vnd)
}

// MoneyInFull writes a sum with all its digits.
func MoneyInFull(lang string, vnd int64) string {
	return printer(lang).Sprint(number.Decimal(vnd)) + " đồng"
}

func pick(words map[string]string, lang string) string {
	if w := words[lang]; w != "" {
		return w
	}
	return words[Default]
}

// Count writes a whole number.
func Count(lang string, n int) string {
	if n < 1000 && n > -1000 {
		return strconv.Itoa(n)
	}
	return printer(lang).Sprint(number.Decimal(n))
}
