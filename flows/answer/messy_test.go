package answer_test

import (
	"errors"
	"testing"
	"time"

	"danvan/flows/answer"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// The table of messy inputs of domain.md §6.2, row by row.

func vnd(sums ...int64) []store.Money {
	var out []store.Money
	for _, v := range sums {
		out = append(out, store.Money{VND: v})
	}
	return out
}

func TestMessyMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]answer.Reading[store.Money]{
		"1,5 tỷ": {Values: vnd(1_500_000_000)},
		"1.5 tỉ": {Values: vnd(1_500_000_000)},
		"1 tỷ 5": {Values: vnd(1_500_000_000)},
		"102 tỷ 140 triệu đồng (tiền và hiện vật)": {Values: []store.Money{{VND: 102_140_000_000, Note: "tiền và hiện vật"}}},
		"2tr5":            {Values: vnd(2_500_000)},
		"2 triệu rưỡi":    {Values: vnd(2_500_000)},
		"1 tỷ 2":          {Values: vnd(1_200_000_000)},
		"350 củ":          {Values: vnd(350_000_000)},
		"trên 344 tỷ":     {Values: []store.Money{{VND: 344_000_000_000, Qualifier: store.Over}}},
		"gần 115 triệu":   {Values: []store.Money{{VND: 115_000_000, Qualifier: store.Nearly}}},
		"khoảng 80tr":     {Values: []store.Money{{VND: 80_000_000, Qualifier: store.About}}},
		"1.234,5 triệu":   {Values: vnd(1_234_500_000)},
		"1,500,000":       {Values: vnd(1_500_000)},
		"1.500":           {Values: vnd(1_500, 1_500_000, 1_500_000_000), Confirm: true},
		"500k/hộ x 42 hộ": {Values: vnd(21_000_000)},
	} {
		got, err := answer.Money(text)
		if err != nil {
			t.Errorf("Money(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Money(%q) (-want +got):\n%s", text, diff)
		}
	}
	for _, text := range []string{"vài chục triệu", "nhiều"} {
		_, err := answer.Money(text)
		wantRefusal(t, text, err, "answer.money.vague")
	}
}

func TestMessyDays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]answer.Reading[store.Date]{
		"5/3":                     {Values: days(2026, 3, 5)},
		"15-6-2026":               {Values: days(2026, 6, 15)},
		"ngày 05 tháng 02 năm 26": {Values: days(2026, 2, 5)},
		"hôm qua":                 {Values: days(2026, 11, 21)},
		"thứ 6 tuần trước":        {Values: days(2026, 11, 13)},
		"cuối quý II":             {Values: days(2026, 6, 30)},
		// The tenth of the first lunar month is nine months gone: the next is
		// offered beside it.
		"mùng 10 tháng giêng": {Values: days(2026, 2, 26, 2027, 2, 15), Confirm: true},
	} {
		got, err := answer.Day(text, today)
		if err != nil {
			t.Errorf("Day(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Day(%q) (-want +got):\n%s", text, diff)
		}
	}
	for text, last := range map[string]int{"31/11/2026": 30, "30/2": 28} {
		_, err := answer.Day(text, today)
		args := wantRefusal(t, text, err, "answer.date.no_such_day")
		if args != nil && (args["Last"] != last || args["Text"] != text) {
			t.Errorf("Day(%q) refuses with %v, want Last %d", text, args, last)
		}
	}
}

// days makes days of triples of numbers.
func days(ymd ...int) []store.Date {
	var out []store.Date
	for ; len(ymd) > 2; ymd = ymd[3:] {
		out = append(out, store.Date{Year: ymd[0], Month: time.Month(ymd[1]), Day: ymd[2]})
	}
	return out
}

func TestMessyPhones(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]answer.Reading[string]{
		"0912.345.678":    {Values: []string{"+84912345678"}},
		"+84 912 345 678": {Values: []string{"+84912345678"}},
		"912345678":       {Values: []string{"+84912345678"}},
		"84912345678":     {Values: []string{"+84912345678"}},
		"01689123456":     {Values: []string{"+84389123456"}, Confirm: true},
		"0296 3852 999":   {Values: []string{"+842963852999"}},
	} {
		got, err := answer.Phone(text)
		if err != nil {
			t.Errorf("Phone(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Phone(%q) (-want +got):\n%s", text, diff)
		}
	}
	_, err := answer.Phone("09123456")
	wantRefusal(t, "09123456", err, "answer.phone.length")
	_, err = answer.Phone("1912345678")
	wantRefusal(t, "1912345678", err, "answer.phone.prefix")
}

func TestMessyQuantities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]answer.Reading[[]store.Quantity]{
		"1.200m2":           {Values: one("m2", 1200)},
		"0,8 ha":            {Values: one("m2", 8000)},
		"462.585m²":         {Values: one("m2", 462_585)},
		"3 công":            {Values: append(append(one("m2", 3000), one("m2", 3888)...), one("workday", 3)...), Confirm: true},
		"5 sào":             {Values: append(one("m2", 2500), one("m2", 1800)...), Confirm: true},
		"2 mẫu":             {Values: append(append(one("m2", 10_000), one("m2", 7200)...), one("m2", 20_000)...), Confirm: true},
		"1,2km x 3m":        {Values: one("m", 1200)},
		"hon 800 ngay cong": {Values: [][]store.Quantity{{{Metric: "workday", Value: store.Whole(800), Qualifier: store.Over}}}},
	} {
		got, err := quantities(text)
		if err != nil {
			t.Errorf("Quantities(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Quantities(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// one is a reading of one figure.
func one(metric string, value int64) [][]store.Quantity {
	return [][]store.Quantity{{{Metric: metric, Value: store.Whole(value)}}}
}

func TestMessyChoices(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"kinh te": "KT", "QP-AN": "QPAN", "anqp": "QPAN", "VH-XH": "VHXH", "htct": "HTCT",
	} {
		if got := chosen(text, fields); !cmp.Equal(got, []string{want}) {
			t.Errorf("Choose(%q) = %v, want %v", text, got, want)
		}
	}
	if got := chosen("xay dung nong thon moi", titles); !cmp.Equal(got, []string{"NTM"}) {
		t.Errorf("Choose = %v, want the title NTM", got)
	}
}

func TestMessyAbbreviations(t *testing.T) {
	t.Parallel()
	for short, long := range map[string]string{
		"NTM": "nông thôn mới", "ĐTVM": "đô thị văn minh", "MTTQ": "Mặt trận Tổ quốc", "HND": "Hội Nông dân",
		"HPN": "Hội Phụ nữ", "LHPN": "Liên hiệp Phụ nữ", "CCB": "cựu chiến binh", "ĐTN": "Đoàn Thanh niên",
		"LLVT": "lực lượng vũ trang", "BĐBP": "Bộ đội Biên phòng", "CHQS": "chỉ huy quân sự", "GPMB": "giải phóng mặt bằng",
		"ANTT": "an ninh trật tự", "QCDC": "quy chế dân chủ", "TDP": "tổ dân phố", "KDC": "khu dân cư", "BCĐ": "ban chỉ đạo",
		"TTHC": "thủ tục hành chính", "CCHC": "cải cách hành chính", "DTTS": "dân tộc thiểu số",
		"CTMTQG": "chương trình mục tiêu quốc gia", "TSVM": "trong sạch vững mạnh",
		"CBCCVC": "cán bộ, công chức, viên chức", "đ/c": "đồng chí",
	} {
		if got, want := answer.Expand(short), answer.Fold(long); got != want {
			t.Errorf("Expand(%q) = %q, want %q", short, got, want)
		}
	}
}

// wantRefusal checks that err is an Invalid with a key, and returns what it
// says of the answer.
func wantRefusal(t *testing.T, text string, err error, key string) map[string]any {
	t.Helper()
	invalid, ok := errors.AsType[*answer.Invalid](err)
	if !ok || invalid.Key != key {
		t.Errorf("%q: error is %v, want the refusal %s", text, err, key)
		return nil
	}
	return invalid.Args
}

// sure reports whether a reading can be taken without a question.
func sure[T any](r answer.Reading[T]) bool { return len(r.Values) == 1 && !r.Confirm }
