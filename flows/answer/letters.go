package answer

import (
	"regexp"
	"strings"
)

// typedLetters are letters that stand where a digit was meant: 2OO hộ, l50
// triệu, 45o.ooo.ooo, 3S hộ.
var typedLetters = regexp.MustCompile(
	`(?:^|[^\pL\d.,])((?:\d[\d.,]*[oOS](?:[oOlIS.,\d]*[oOlIS\d])?|[lIO][oOlI]*[.,]?\d[\d.,oOlIS]*))` +
		`(?:$|[^\pL\d]|(?:m2|m²|tr|ha|kg|km|m)(?:$|[^\pL]))`)

// digitsFor are the digits that such letters stand for.
var digitsFor = strings.NewReplacer("o", "0", "O", "0", "l", "1", "I", "1", "S", "5")

// withDigits writes digits for the letters that stand in numbers, and reports
// whether there were any: what is read then is to be confirmed.
func withDigits(text string) (string, bool) {
	var b strings.Builder
	end := 0
	for _, at := range typedLetters.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[end:at[2]] + digitsFor.Replace(text[at[2]:at[3]]))
		end = at[3]
	}
	if end == 0 {
		return text, false
	}
	return b.String() + text[end:], true
}
