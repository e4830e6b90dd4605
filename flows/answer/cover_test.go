package answer_test

import (
	"fmt"
	"strings"
	"testing"

	"danvan/flows/answer"

	"pgregory.net/rapid"
)

// Every number of a text is part of the reading that is shown, or is asked
// about, marked in the text as typed.
func TestEveryNumberIsShown(t *testing.T) {
	t.Parallel()
	for _, text := range realTexts(t) {
		covered(t, text)
	}
}

func TestEveryNumberIsShownWhateverIsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for i := range rapid.IntRange(1, 7).Draw(t, "clauses") {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{", ", "; ", " ", "\n", " và ", ". ", ",", " (", ") ", ": ", " - "}).Draw(t, "joint"))
			}
			clause := rapid.SampledFrom(clauses).Draw(t, "clause")
			for strings.Contains(clause, "#") {
				clause = strings.Replace(clause, "#", typedNumber().Draw(t, "number"), 1)
			}
			b.WriteString(clause)
		}
		covered(t, b.String())
	})
}

// clauses are what officers write, # for a number.
var clauses = []string{
	"# hộ hiến # m2 đất", "#m đường rộng #m", "kênh dài # km, sâu # m", "# ngày công", "dân góp # triệu", "NN: #tr", "tổng # tỷ", "còn # hộ chưa ký",
	"ấp #", "ngày #/11", "năm #", "theo QĐ #/QĐ-UBND", "mỗi hộ #kg gạo", "#kg gạo x # hộ", "đạt #%", "#/# hộ", "từ #m lên #m", "# - # người", "#",
	"lúc #h", "T# - T#", "sđt 0912345678", "# cây", "cách nhau #m", "trong đó # nữ", "# bò", "chưa làm được #m", "# x #", "#O hộ", "#k/tháng", "hẻm # dài #m",
	"thêm # buổi", "# lần", "quý II", "chục hộ", "không có # nào", "tặng # suất, mỗi suất #đ", "gđ # người", "# m", "m2 #", "(# khẩu)", "# tuổi",
}

func typedNumber() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(0, 3000).Draw(t, "n")
		form := rapid.SampledFrom([]string{"%d", "%02d", "%d,5", "1.%03d", "%d.000", "1,%03d,000", "%d 000"}).Draw(t, "form")
		return fmt.Sprintf(form, n)
	})
}

// realTexts are those of the corpus, of articles and of registrations.
func realTexts(t *testing.T) []string {
	t.Helper()
	all := lines(t, "testdata/real.txt")
	for _, path := range []string{"testdata/meant/values.tsv", "testdata/meant/fresh.tsv", "testdata/meant/answers.tsv"} {
		for _, l := range lines(t, path) {
			all = append(all, strings.ReplaceAll(strings.Split(l, "\t")[2], `\n`, "\n"))
		}
	}
	return all
}

// covered holds the promise for one text.
func covered(t interface{ Errorf(string, ...any) }, text string) {
	if lost := answer.Lost(text); len(lost) > 0 {
		t.Errorf("%q: neither shown nor asked about: %q", text, lost)
	}
	r, err := answer.Results(text)
	if err != nil {
		return
	}
	if strings.Contains(r.Marked, "«") && !r.Confirm {
		t.Errorf("%q: marked but taken", text)
	}
	for _, f := range r.Values {
		if len(f.Amounts)+len(f.Money) == 0 {
			t.Errorf("%q: a reading without a figure", text)
		}
	}
}
