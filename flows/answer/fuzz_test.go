package answer_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"danvan/flows/answer"
)

// seeds are texts of every kind; each fuzz target begins with all of them.
var seeds = []string{
	"", "1 tỷ 5", "2tr5", "1.500", "1,500,000", "102 tỷ 140 triệu đồng (tiền và hiện vật)", "500k/hộ x 42 hộ = 21 triệu", "80-100 triệu",
	"dân góp 85tr, DN 120tr, hiện vật 30tr", "tổng 235tr: dân góp 85, DN 120", "9999999999999999 tỷ", "1 x 1 x 1", "-5", "0",
	"thêm 350 m đường; 1.850 m2; 620 ngày công, 42 hộ", "63/65 hộ", "1,2km x 3m", "3 công; 5 sào", "2m5", "hộ: 42 người: 168", "m2", "%",
	"5/3", "15.6.2026", "ngày 05 tháng 02 năm 26", "mùng 10 tháng giêng", "30 Tết", "thứ 6 tuần trước", "cuối quý II", "29/2/2028",
	"03/2026–10/2026", "6 tháng cuối năm", "từ tháng 3 đến tháng 10", "đến hết năm", "3-10", "tháng 0", "quý 0", "0/0/0000",
	"0912 345 678", "+84", "01689123456 - đ/c An", "O912345678", "Tên mô hình: a\nMục tiêu: b", "a; b; c", "05-CT/TU", "MẬT", "đ/c",
	"\xff\xfe", "\u0301\u0301", "ភូមិ\u200bថ្មី", "👨\u200d👩", "１２３", "²³", "((((", "))))", ":::", "---", "\n\n\n", "'1'2'", "1'", "x", "=", "12:30",
}

func addSeeds(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
}

func FuzzMoney(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.Money(s)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		for _, m := range r.Values {
			if m.VND <= 0 || m.VND > 1e15 {
				t.Errorf("Money(%q) = %d", s, m.VND)
			}
		}
	})
}

func FuzzMoneyParts(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.MoneyParts(s)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		for _, parts := range r.Values {
			var sum int64
			for _, m := range parts {
				sum += m.VND
				if m.VND <= 0 && !m.Total {
					t.Errorf("MoneyParts(%q) holds %d", s, m.VND)
				}
			}
			if sum <= 0 || sum > 1e15 {
				t.Errorf("MoneyParts(%q) adds up to %d", s, sum)
			}
		}
	})
}

func FuzzQuantities(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := quantities(s)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		for _, figures := range append(r.Values, answer.Figures(s)) {
			for _, q := range figures {
				if q.Value <= 0 || q.Value > 1e15 || q.Metric == "" || q.Metric == "other" && q.Word == "" {
					t.Errorf("Quantities(%q) = %+v", s, q)
				}
			}
		}
	})
}

func FuzzResults(f *testing.F) {
	addSeeds(f)
	for _, text := range []string{"mỗi hộ 10kg gạo, 30 hộ", "tổng 640m (ngõ 1: 240m; ngõ 3: 400m)", "từ 3m lên 5m, dài 450m", "2OO hộ", "1150mđường", "không phải 350m mà là 530m"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.Results(s)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		covered(t, s)
	})
}

func FuzzPhone(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.Phone(s)
		checkReading(t, s, len(r.Values), r.Confirm, err)
	})
}

func FuzzDay(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.Day(s, today)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		for _, d := range r.Values {
			if !d.Valid() {
				t.Errorf("Day(%q) = %v", s, d)
			}
		}
	})
}

func FuzzPeriod(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := answer.Period(s, today)
		checkReading(t, s, len(r.Values), r.Confirm, err)
		for _, p := range r.Values {
			if !p.From.Valid() || !p.To.Valid() || p.To.Before(p.From) {
				t.Errorf("Period(%q) = %v", s, p)
			}
		}
	})
}

func FuzzContact(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		_, r, err := answer.Contact(s)
		if err == nil {
			checkReading(t, s, len(r.Values), r.Confirm, nil)
		}
		for _, p := range r.Values {
			if !strings.HasPrefix(p, "+") || len(p) < 8 || len(p) > 20 {
				t.Errorf("Contact(%q) = %q", s, p)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, parse := range parsers {
			parse(s)
		}
		clean := answer.Clean(s)
		if !utf8.ValidString(clean) || answer.Clean(clean) != clean {
			t.Errorf("Clean(%q) = %q", s, clean)
		}
		if fold := answer.Fold(s); answer.Fold(fold) != fold {
			t.Errorf("Fold(%q) = %q", s, fold)
		}
		if pieces := answer.Pieces(s); len(pieces) == 1 {
			t.Errorf("Pieces(%q) is one piece", s)
		}
	})
}

// checkReading holds the promises of every reading: values or a refusal whose
// key is listed, and a question where there are several.
func checkReading(t *testing.T, s string, values int, confirm bool, err error) {
	t.Helper()
	if err == nil {
		if values == 0 || values > 1 && !confirm {
			t.Errorf("%q: %d values, confirm %v, and no error", s, values, confirm)
		}
		return
	}
	invalid, ok := errors.AsType[*answer.Invalid](err)
	if !ok || values > 0 {
		t.Errorf("%q: %v with %d values", s, err, values)
		return
	}
	for _, key := range answer.Keys() {
		if key == invalid.Key {
			return
		}
	}
	t.Errorf("%q: key %q is not listed", s, invalid.Key)
}
