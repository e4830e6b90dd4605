package answer_test

import (
	"errors"
	"slices"
	"testing"

	"danvan/flows/answer"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func TestMoneyTaken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]store.Money{
		"Tổng kinh phí: 300.000.000 đ (Ba trăm triệu đồng)": {VND: 300_000_000, Note: "Ba trăm triệu đồng"},
		"300trđ":                       {VND: 300_000_000},
		"300 tr đồng":                  {VND: 300_000_000},
		"120.500k":                     {VND: 120_500_000},
		"khoảng 1 tỷ 2 trăm triệu":     {VND: 1_200_000_000, Qualifier: store.About},
		"1 tỷ rưỡi":                    {VND: 1_500_000_000},
		"tỷ rưỡi":                      {VND: 1_500_000_000},
		"mot tram hai muoi trieu dong": {VND: 120_000_000},
		"một triệu hai trăm nghìn":     {VND: 1_200_000},
		"hai trăm năm mươi nghìn đồng": {VND: 250_000},
		"hai trăm linh năm triệu":      {VND: 205_000_000},
		"20tr*3":                       {VND: 60_000_000},
		"hai trăm triệu":               {VND: 200_000_000},
		"một tỷ hai":                   {VND: 1_200_000_000},
		"mười lăm triệu":               {VND: 15_000_000},
		"hai triệu rưỡi":               {VND: 2_500_000},
		"42 hộ x 500.000đ":             {VND: 21_000_000},
		"500k × 42 hộ × 2 đợt":         {VND: 42_000_000},
		"500k/hộ x 42 hộ = 21 triệu":   {VND: 21_000_000},
		",5 tỷ":                        {VND: 500_000_000},
		"nửa tỷ":                       {VND: 500_000_000},
		"12 vạn đồng":                  {VND: 120_000},
		"1 tỷ linh năm triệu":          {VND: 1_005_000_000},
		"trăm rưỡi triệu":              {VND: 150_000_000},
		"1 tỷ 5 đồng":                  {VND: 1_500_000_000},
		"300 triệu đồng tiền mặt":      {VND: 300_000_000},
		"1 ty 2":                       {VND: 1_200_000_000},
		"1tỷ2":                         {VND: 1_200_000_000},
		"1 TỶ 2":                       {VND: 1_200_000_000},
		"1 tỷ 250":                     {VND: 1_250_000_000},
		"1 tỷ 50 triệu 300 nghìn":      {VND: 1_050_300_000},
		"2tr250":                       {VND: 2_250_000},
		"2 triệu 5 trăm":               {VND: 2_500_000},
		"500k5":                        {VND: 500_500},
		"3 trăm triệu":                 {VND: 300_000_000},
		"5 chục triệu":                 {VND: 50_000_000},
		"2 nghìn tỷ":                   {VND: 2_000_000_000_000},
		"1.500 triệu":                  {VND: 1_500_000_000},
		"500.000đ":                     {VND: 500_000},
		"1.500.000":                    {VND: 1_500_000},
		"1 500 000":                    {VND: 1_500_000},
		"1’500’000 đ":                  {VND: 1_500_000},
		"300.000.000 đồng":             {VND: 300_000_000},
		"1.234.567,89 đồng":            {VND: 1_234_568},
		"１，５ tỷ":                       {VND: 1_500_000_000},
		"1,5 ty\u0309":                 {VND: 1_500_000_000}, // NFD
		"85 triệu đồng.":               {VND: 85_000_000},
		"- 5 triệu":                    {VND: 5_000_000}, // the dash of a list
		"300 (ba trăm) triệu":          {VND: 300_000_000, Note: "ba trăm"},
		"tren 300 trieu dong":          {VND: 300_000_000, Qualifier: store.Over},
		"hơn 2 tỷ":                     {VND: 2_000_000_000, Qualifier: store.Over},
		"80tr hơn":                     {VND: 80_000_000, Qualifier: store.Over},
		"300tr+":                       {VND: 300_000_000, Qualifier: store.Over},
		"từ 300 triệu trở lên":         {VND: 300_000_000, Qualifier: store.Over},
		">= 80tr":                      {VND: 80_000_000, Qualifier: store.Over},
		"dưới 80tr":                    {VND: 80_000_000, Qualifier: store.Nearly},
		"< 80tr":                       {VND: 80_000_000, Qualifier: store.Nearly},
		"~80tr":                        {VND: 80_000_000, Qualifier: store.About},
		"độ 80 triệu":                  {VND: 80_000_000, Qualifier: store.About},
		"ước khoảng 80 triệu":          {VND: 80_000_000, Qualifier: store.About},
		"xấp xỉ 80 triệu":              {VND: 80_000_000, Qualifier: store.About},
		"Kinh phí năm 2026: 300 triệu đồng": {VND: 300_000_000},
		"1.000.000.000.000.000":             {VND: 1_000_000_000_000_000},
	} {
		got, err := answer.Money(text)
		if err != nil {
			t.Errorf("Money(%q): %v", text, err)
		} else if !sure(got) || got.Values[0] != want {
			t.Errorf("Money(%q) = %+v, want %+v without a question", text, got, want)
		}
	}
}

func TestMoneyAsked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]store.Money{
		"300 triệu, đã chi 120 triệu":        vnd(300_000_000, 120_000_000),
		"1,500":                              vnd(1_500, 1_500_000, 1_500_000_000),
		"300":                                vnd(300_000_000, 300_000, 300_000_000_000),
		"1,5":                                vnd(1_500_000, 1_500_000_000),
		"500.000":                            vnd(500_000, 500_000_000),
		"1.234 tỷ":                           vnd(1_234_000_000, 1_234_000_000_000),
		"1,234 tỷ":                           vnd(1_234_000_000, 1_234_000_000_000),
		"2tr50":                              vnd(2_050_000, 2_500_000),
		"1500.000":                           vnd(1_500, 1_500_000, 1_500_000_000),
		"80-100 triệu":                       vnd(80_000_000, 100_000_000),
		"từ 80 đến 100 triệu":                vnd(80_000_000, 100_000_000),
		"85 triệu và 30 triệu":               vnd(115_000_000),
		"đã chi 50tr trên tổng 120tr":        vnd(50_000_000, 120_000_000),
		"tổng 235tr: dân góp 85tr, DN 150tr": vnd(235_000_000),
		"500k/hộ x 42 hộ = 20 triệu":         vnd(21_000_000, 20_000_000),
		"20 giường, 300 triệu":               vnd(300_000_000),
	} {
		got, err := answer.Money(text)
		if err != nil {
			t.Errorf("Money(%q): %v", text, err)
			continue
		}
		for i := range got.Values {
			got.Values[i].Qualifier = ""
		}
		if diff := cmp.Diff(answer.Reading[store.Money]{Values: want, Confirm: true}, got); diff != "" {
			t.Errorf("Money(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestMoneyRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                            "answer.money.none",
		"chưa tính":                   "answer.money.none",
		"mấy trăm triệu":              "answer.money.vague",
		"hàng trăm triệu":             "answer.money.vague",
		"1.50.000":                    "answer.money.unclear",
		"0 đồng":                      "answer.money.nothing",
		"0":                           "answer.money.nothing",
		"không có":                    "answer.money.nothing",
		"-5 triệu":                    "answer.money.negative",
		"−5 triệu":                    "answer.money.negative",
		"âm 5 triệu":                  "answer.money.negative",
		"2000000 tỷ":                  "answer.money.too_big",
		"1.000.000.000.000.001 đồng":  "answer.money.too_big",
		"99999999999999999999":        "answer.money.too_big",
		"999999999999999 nghìn tỷ":    "answer.money.too_big",
		"999999999 tỷ x 999999999 hộ": "answer.money.too_big",
		"900000 tỷ + 900000 tỷ":       "answer.money.too_big",
		"35 triệu/hộ":                 "answer.money.each",
		"mỗi hộ 35 triệu":             "answer.money.each",
		"35 triệu một hộ":             "answer.money.each",
		"5000 USD":                    "answer.money.currency",
		"42 hộ":                       "answer.money.another",
		"20 giường tầng":              "answer.money.another",
		"12 và 15":                    "answer.money.another",
	} {
		r, err := answer.Money(text)
		if wantRefusal(t, text, err, key) != nil && len(r.Values) > 0 {
			t.Errorf("Money(%q) refuses and returns %v", text, r.Values)
		}
	}
}

func parts(sums ...any) []store.Money {
	var out []store.Money
	for i := 0; i+1 < len(sums); i += 2 {
		out = append(out, store.Money{VND: int64(sums[i+1].(int)), Part: sums[i].(store.MoneyPart)})
	}
	return out
}

// rest closes parts with what a total that was told exceeds them by.
func rest(parts []store.Money, vnd int64) []store.Money {
	return append(parts, store.Money{VND: vnd, Total: true})
}

func TestMoneyParts(t *testing.T) {
	t.Parallel()
	const m = 1_000_000
	three := parts(store.People, 85*m, store.Business, 120*m, store.InKind, 30*m)
	for text, want := range map[string]answer.Reading[[]store.Money]{
		"dân góp 85tr, DN 120tr, hiện vật 30tr":           {Values: [][]store.Money{three}},
		"dan gop 85tr, dn 120tr, hien vat 30tr":           {Values: [][]store.Money{three}},
		"dân góp 85tr DN 120tr hiện vật 30tr":             {Values: [][]store.Money{three}},
		"85tr dân góp, 120tr DN, 30tr hiện vật":           {Values: [][]store.Money{three}},
		"85tr dân góp 120tr DN 30tr hiện vật":             {Values: [][]store.Money{three}},
		"85tr (dân góp), 120tr (của DN) và 30tr hiện vật": {Values: [][]store.Money{three}},
		"tổng 235tr: dân góp 85tr, DN 120tr, HV 30tr":     {Values: [][]store.Money{rest(slices.Clone(three), 0)}},
		"dân góp 85, DN 120, hiện vật 30 triệu":           {Values: [][]store.Money{three}, Confirm: true},
		"- Nhà nước: 100 triệu\n- Dân: 50 triệu":          {Values: [][]store.Money{parts(store.Budget, 100*m, store.People, 50*m)}},
		"ngân sách 0 đồng, dân góp 50tr":                  {Values: [][]store.Money{parts(store.People, 50*m)}},
		"300 triệu":                                       {Values: [][]store.Money{parts(store.AllMoney, 300*m)}},
		"tổng 300tr":                                      {Values: [][]store.Money{parts(store.AllMoney, 300*m)}},
		"102 tỷ 140 triệu đồng (tiền và hiện vật)": {
			Values: [][]store.Money{{{VND: 102_140 * m, Note: "tiền và hiện vật"}}}},
		"300 triệu, trong đó dân góp 85tr": {
			Values: [][]store.Money{rest(parts(store.People, 85*m), 215*m)}},
		"tổng 300 triệu, dân góp 85tr": {
			Values: [][]store.Money{rest(parts(store.People, 85*m), 215*m)}},
		"300 triệu, dân góp 85tr": {Values: [][]store.Money{
			rest(parts(store.People, 85*m), 215*m), parts(store.People, 85*m, store.AllMoney, 300*m)}, Confirm: true},
		// A sum that says whose all of it is tells below of what it consists.
		"dân góp 300 triệu, trong đó tiền mặt 100 triệu, hiện vật 200 triệu": {
			Values: [][]store.Money{{{Part: store.People, VND: 300 * m, Note: "tiền mặt 100 triệu; hiện vật 200 triệu"}}}},
		"dân góp 300tr (hiện vật 200tr), NN 500tr": {
			Values: [][]store.Money{{{Part: store.People, VND: 300 * m, Note: "hiện vật 200tr"}, {Part: store.Budget, VND: 500 * m}}}},
		"NN 200 triệu; dân góp 300 triệu, trong đó ngày công 50 triệu": {
			Values: [][]store.Money{{{Part: store.Budget, VND: 200 * m}, {Part: store.People, VND: 300 * m, Note: "ngày công 50 triệu"}}}},
		"dân góp 150 triệu, trong đó ông Ba góp 20 triệu": {
			Values: [][]store.Money{{{Part: store.People, VND: 150 * m, Note: "ông Ba góp 20 triệu"}}}},
		"dân góp 300 triệu, trong đó tiền mặt 100 triệu, hiện vật 250 triệu": {
			Values: [][]store.Money{parts(store.People, 300*m)}, Confirm: true},
		"tiền mặt 85tr, hiện vật 30tr": {Values: [][]store.Money{parts(store.AllMoney, 85*m, store.InKind, 30*m)}},
		"NN 100 - dân 50 - DN 20 (triệu đồng)": {
			Values: [][]store.Money{parts(store.Budget, 100*m, store.People, 50*m, store.Business, 20*m)}},
		"hộ ông A góp 5tr, công ty B góp 10tr": {
			Values: [][]store.Money{parts(store.Business, 10*m, store.AllMoney, 5*m)}, Confirm: true},
		"dân góp 85, DN 120": {Values: [][]store.Money{
			parts(store.People, 85*m, store.Business, 120*m), parts(store.People, 85_000, store.Business, 120_000)}, Confirm: true},
		"31 hộ dân góp 85tr":    {Values: [][]store.Money{parts(store.People, 85*m)}, Aside: []string{"31 hộ dân"}},
		"mạnh thường quân 50tr": {Values: [][]store.Money{parts(store.AllMoney, 50*m)}},
		"NN: 700tr; ND: 300tr":  {Values: [][]store.Money{parts(store.Budget, 700*m, store.People, 300*m)}},
		"Trên 1 tỷ (trong đó NN 700tr, ND 300tr)": {Values: [][]store.Money{append(
			parts(store.Budget, 700*m, store.People, 300*m), store.Money{Qualifier: store.Over, Total: true})}},
		"tổng 500 triệu, trong đó dân góp 200 triệu": {Values: [][]store.Money{rest(parts(store.People, 200*m), 300*m)}},
		"dân góp 500k x 42 hộ, DN 120tr":             {Values: [][]store.Money{parts(store.People, 21*m, store.Business, 120*m)}},
		"hiện vật quy đổi của dân 30tr":              {Values: [][]store.Money{parts(store.InKind, 30*m)}},
		"85tr, 20tr dân góp, 30tr":                   {Values: [][]store.Money{parts(store.People, 20*m, store.AllMoney, 85*m, store.AllMoney, 30*m)}, Confirm: true},
	} {
		got, err := answer.MoneyParts(text)
		if err != nil {
			t.Errorf("MoneyParts(%q): %v", text, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("MoneyParts(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestMoneyPartsRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"tổng 200tr: dân góp 85tr, DN 120tr": "answer.money.sum",
		"tổng 500tr, dân 300tr, NN 250tr":    "answer.money.sum",
		"dân góp nhiều":                      "answer.money.vague",
		"dân góp":                            "answer.money.none",
		"dân góp 2tr/hộ, DN 120tr":           "answer.money.each",
		"dân góp 0 đồng":                     "answer.money.nothing",
		"dân góp -5tr":                       "answer.money.negative",
		"dân góp 900000 tỷ, DN 900000 tỷ":    "answer.money.too_big",
		"42 hộ dân":                          "answer.money.another",
	} {
		_, err := answer.MoneyParts(text)
		wantRefusal(t, text, err, key)
	}
	_, err := answer.MoneyParts("tổng 200tr: dân góp 85tr, DN 120tr")
	if invalid, ok := errors.AsType[*answer.Invalid](err); !ok || invalid.Args["Total"] != (store.Money{VND: 200_000_000}) || invalid.Args["Sum"] != (store.Money{VND: 205_000_000}) {
		t.Errorf("the refusal of a wrong total is %+v, want both sums", err)
	}
}
