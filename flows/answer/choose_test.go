package answer_test

import (
	"testing"

	"danvan/flows/answer"

	"github.com/google/go-cmp/cmp"
)

var fields = []answer.Named{
	{Key: "KT", Names: []string{"Kinh tế", "KT"}},
	{Key: "VHXH", Names: []string{"Văn hóa - xã hội", "VHXH", "văn xã"}},
	{Key: "QPAN", Names: []string{"Quốc phòng - an ninh", "QPAN"}},
	{Key: "HTCT", Names: []string{"Xây dựng hệ thống chính trị", "HTCT"}},
}

var titles = []answer.Named{
	{Key: "DVK", Names: []string{"Dân vận khéo"}},
	{Key: "NTM", Names: []string{"Dân vận khéo trong xây dựng nông thôn mới", "DVK-NTM"}},
	{Key: "NTMNC", Names: []string{"Dân vận khéo trong xây dựng nông thôn mới nâng cao"}},
}

// chosen gives the keys that a text may mean.
func chosen(text string, from []answer.Named) []string {
	var keys []string
	for _, i := range answer.Choose(text, from) {
		keys = append(keys, from[i].Key)
	}
	return keys
}

func TestChoose(t *testing.T) {
	t.Parallel()
	hamlets := []answer.Named{
		{Key: "1", Names: []string{"Ấp Hòa Bình"}}, {Key: "2", Names: []string{"Ấp Hoà Binh"}},
		{Key: "3", Names: []string{"Khối 3"}}, {Key: "4", Names: []string{"Khối 13"}}, {Key: "5", Names: []string{"2026"}},
	}
	news := []answer.Named{
		{Key: "results", Names: []string{"Có kết quả mới", "kết quả", "có"}},
		{Key: "complete", Names: []string{"Hoàn thành", "xong", "done"}},
		{Key: "fail", Names: []string{"Không làm được", "hủy"}},
	}
	for name, c := range map[string]struct {
		text string
		from []answer.Named
		want []string
	}{
		"number":                     {"2", fields, []string{"VHXH"}},
		"number with a full stop":    {"2.", fields, []string{"VHXH"}},
		"number in words around it":  {"số 3 ạ", fields, []string{"QPAN"}},
		"number beyond the list":     {"5", fields, nil},
		"zero":                       {"0", fields, nil},
		"name with diacritics":       {"Văn hoá – Xã hội", fields, []string{"VHXH"}},
		"alias":                      {"van xa", fields, []string{"VHXH"}},
		"beginning of words":         {"kinh", fields, []string{"KT"}},
		"words inside the name":      {"hệ thống", fields, []string{"HTCT"}},
		"words in another order":     {"an ninh quốc phòng", fields, []string{"QPAN"}},
		"end of the name":            {"an ninh", fields, []string{"QPAN"}},
		"inside a sentence":          {"lĩnh vực kinh tế ạ", fields, []string{"KT"}},
		"inside what is denied":      {"chưa hoàn thành", news, nil},
		"denied in English":          {"it is not done yet", news, nil},
		"denied and done":            {"không vướng gì, xong rồi", news, nil}, // asked again rather than guessed
		"a name that denies":         {"báo là không làm được ạ", news, []string{"fail"}},
		"said at length":             {"đã hoàn thành rồi nhé", news, []string{"complete"}},
		"slip":                       {"kih te", fields, []string{"KT"}},
		"swapped letters":            {"knih tế", fields, []string{"KT"}},
		"full width":                 {"ＫＴ", fields, []string{"KT"}},
		"nothing like it":            {"gì đó", fields, nil},
		"empty":                      {"", fields, nil},
		"punctuation":                {"?!", fields, nil},
		"no choices":                 {"kinh tế", nil, nil},
		"shared beginning asks":      {"dân vận khéo trong", titles, []string{"NTM", "NTMNC"}},
		"whole name of a short one":  {"dan van kheo", titles, []string{"DVK"}},
		"abbreviation":               {"ntm", titles, []string{"NTM"}},
		"abbreviation and more":      {"ntm nâng cao", titles, []string{"NTMNC"}},
		"tone mark decides":          {"ấp hoà bình", hamlets, []string{"1"}},
		"without diacritics it asks": {"ap hoa binh", hamlets, []string{"1", "2"}},
		"number that is a name":      {"2026", hamlets, []string{"5"}},
		"number wins over a part":    {"3", hamlets, []string{"3"}},
		"name with its number":       {"khoi 13", hamlets, []string{"4"}},
	} {
		if got := chosen(c.text, c.from); !cmp.Equal(got, c.want) {
			t.Errorf("%s: Choose(%q) = %v, want %v", name, c.text, got, c.want)
		}
	}
}

func TestYesNo(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"có", "Có ạ", "dạ có", "co", "đúng", "đúng rồi", "ok", "OK", "Ừ", "u", "dạ", "vâng ạ", "y", "đồng ý", "dong y", "được",
		"vâng, đúng rồi đồng chí ạ", "👍", "✔️", "👌🏻", "yes", "nhất trí", "Có.", "không sai",
	} {
		if isYes, ok := answer.YesNo(text); !isYes || !ok {
			t.Errorf("YesNo(%q) = %v, %v, want yes", text, isYes, ok)
		}
	}
	for _, text := range []string{
		"không", "khong", "ko", "k", "n", "dạ không", "không ạ", "sai", "sai rồi", "chưa", "không phải", "không đồng ý",
		"khong dong y", "không có đâu", "thôi", "👎", "❌", "không đúng",
	} {
		if isYes, ok := answer.YesNo(text); isYes || !ok {
			t.Errorf("YesNo(%q) = %v, %v, want no", text, isYes, ok)
		}
	}
	for _, text := range []string{"", "31 hộ", "có nhưng chưa đủ", "cỏ", "ạ", "?", "1", "có 42 hộ", "kinh tế"} {
		if _, ok := answer.YesNo(text); ok {
			t.Errorf("YesNo(%q) is sure, want neither", text)
		}
	}
}
