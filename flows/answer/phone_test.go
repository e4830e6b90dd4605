package answer_test

import (
	"strings"
	"testing"

	"danvan/flows/answer"

	"github.com/google/go-cmp/cmp"
)

func TestPhone(t *testing.T) {
	t.Parallel()
	const an = "+84912345678"
	for text, want := range map[string]answer.Reading[string]{
		"0912 345 678":                {Values: []string{an}},
		"0912-345-678":                {Values: []string{an}},
		"(091) 234 5678":              {Values: []string{an}},
		"0084912345678":               {Values: []string{an}},
		"+84 (0) 912 345 678":         {Values: []string{an}},
		"０９１２３４５６７８":                  {Values: []string{an}},
		"SĐT: 0912345678 (Zalo)":      {Values: []string{an}},
		"O912345678":                  {Values: []string{an}, Confirm: true},
		"gọi cho 0912345678":          {Values: []string{an}},
		"goi cho 0912345678 ok":       {Values: []string{an}},
		"091234567o":                  {Values: []string{"+84912345670"}, Confirm: true},
		"1689123456":                  {Values: []string{"+84389123456"}, Confirm: true},
		"+84 168 912 3456":            {Values: []string{"+84389123456"}, Confirm: true},
		"0238.3844.000":               {Values: []string{"+842383844000"}},
		"2963852999":                  {Values: []string{"+842963852999"}, Confirm: true},
		"0912 345 678 - 0983 111 222": {Values: []string{an, "+84983111222"}, Confirm: true},
		"0912345678/0983111222":       {Values: []string{an, "+84983111222"}, Confirm: true},
		"0912345678 0983111222":       {Values: []string{an, "+84983111222"}, Confirm: true},
		"0912345678, 0912345678":      {Values: []string{an}},
		"0912345678 hoặc 09123456":    {Values: []string{an}, Confirm: true},
		"+856 20 5555 5555":           {Values: []string{"+8562055555555"}, Confirm: true},
	} {
		got, err := answer.Phone(text)
		if err != nil {
			t.Errorf("Phone(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Phone(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// All prefixes of eleven digits that ended in 2018.
func TestPhoneOldPrefixes(t *testing.T) {
	t.Parallel()
	for old, renewed := range map[string]string{
		"0162": "32", "0163": "33", "0164": "34", "0165": "35", "0166": "36", "0167": "37", "0168": "38", "0169": "39",
		"0120": "70", "0121": "79", "0122": "77", "0126": "76", "0128": "78", "0123": "83", "0124": "84", "0125": "85",
		"0127": "81", "0129": "82", "0186": "56", "0188": "58", "0199": "59",
	} {
		got, err := answer.Phone(old + "1234567")
		want := answer.Reading[string]{Values: []string{"+84" + renewed + "1234567"}, Confirm: true}
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("Phone(%s…) = %v, %v, want %v", old, got, err, want)
		}
	}
}

func TestPhoneRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                "answer.phone.none",
		"không có":        "answer.phone.none",
		"113":             "answer.phone.length",
		"091234567890":    "answer.phone.length",
		"0912345":         "answer.phone.length",
		"0612345678":      "answer.phone.prefix",
		"1900 1234":       "answer.phone.prefix",
		"01701234567":     "answer.phone.prefix",
		"+84 6 1234 5678": "answer.phone.prefix",
		"+999 123456789":  "answer.phone.prefix",
		"000000000":       "answer.phone.prefix",
	} {
		_, err := answer.Phone(text)
		wantRefusal(t, text, err, key)
	}
}

// A number must not reach a log through an error's text.
func TestRefusalsDoNotLeak(t *testing.T) {
	t.Parallel()
	_, err := answer.Phone("0912345")
	if strings.Contains(err.Error(), "0912") {
		t.Errorf("the error text %q holds the number", err)
	}
}

func TestContact(t *testing.T) {
	t.Parallel()
	for text, name := range map[string]string{
		"Nguyễn Văn An, 0912 345 678":                           "Nguyễn Văn An",
		"0912 345 678 Nguyễn Văn An":                            "Nguyễn Văn An",
		"Nguyễn Văn An\n0912345678":                             "Nguyễn Văn An",
		"SĐT 0912345678 - đ/c An":                               "An",
		"đ/c Nguyễn Văn An - Bí thư chi bộ - SĐT: 0912.345.678": "Nguyễn Văn An - Bí thư chi bộ",
		"Bà Trần Thị B (0912345678)":                            "Bà Trần Thị B",
		"Họ và tên: Nguyễn Văn An; điện thoại: 0912345678":      "Nguyễn Văn An",
		"nguyen van an dt 0912345678":                           "nguyen van an",
		"Nguyễn Văn An, ấp 5, ĐT 0912345678":                    "Nguyễn Văn An, ấp 5",
		"H'Chưa Niê - 0912345678":                               "H'Chưa Niê",
	} {
		got, phone, err := answer.Contact(text)
		if err != nil || got != name || !sure(phone) || phone.Values[0] != "+84912345678" {
			t.Errorf("Contact(%q) = %q, %v, %v, want %q and the number", text, got, phone, err, name)
		}
	}
	for text, want := range map[string]struct{ name, key string }{
		"Nguyễn Văn An":          {"Nguyễn Văn An", "answer.contact.no_phone"},
		"Nguyễn Văn An, ấp 5":    {"Nguyễn Văn An, ấp 5", "answer.contact.no_phone"},
		"Nguyễn Văn An 09123456": {"Nguyễn Văn An", "answer.phone.length"},
		"0912345678":             {"", "answer.contact.no_name"},
		"SĐT: 0912345678":        {"", "answer.contact.no_name"},
		"":                       {"", "answer.contact.no_name"},
	} {
		name, _, err := answer.Contact(text)
		if wantRefusal(t, text, err, want.key) != nil && name != want.name {
			t.Errorf("Contact(%q) returns the name %q, want %q", text, name, want.name)
		}
	}
}

// What channels write of a shared contact, and numbers of other countries.
func TestSharedPhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		own  bool
		want string
	}{
		{"84912345678", true, "+84912345678"},
		{"+84912345678", false, "+84912345678"},
		{"0912345678", false, "+84912345678"},
		{"8562055500123", true, "+8562055500123"},
		{"79161230000", true, "+79161230000"},
		{"79161230000", false, "+79161230000"},
		{"99912345678", true, "+99912345678"}, // no numbering plan has it, and yet it is in use
		{"99912345678", false, ""},
	} {
		got, err := answer.SharedPhone(c.text, c.own)
		if c.want == "" {
			if err == nil {
				t.Errorf("SharedPhone(%q, %t) = %v, want a refusal", c.text, c.own, got)
			}
			continue
		}
		if err != nil || len(got.Values) != 1 || got.Values[0] != c.want || got.Confirm {
			t.Errorf("SharedPhone(%q, %t) = %v, %v, want %s", c.text, c.own, got, err, c.want)
		}
	}

	for _, typed := range []string{"79161230000", "+79161230000"} {
		if got, err := answer.Phone(typed); err != nil || got.Values[0] != "+79161230000" || !got.Confirm {
			t.Errorf("Phone(%q) = %v, %v", typed, got, err)
		}
	}
}
