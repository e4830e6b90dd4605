package answer_test

import (
	"fmt"
	"strings"
	"testing"

	"danvan/flows/answer"
	"danvan/store"
)

// TestCases reads what officers typed and danvan once got wrong: what is summed,
// what is told beside it, and whether it is asked about.
func TestCases(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1850 m2,620 ngày công,31 hộ":                               "m2 1.850, workday 620, household 31",
		"bê tông hóa 1.150 m đường rộng 3m":                         "road m 1.150 | rộng 3m",
		"kênh dài 2.300m, ngang 6m, sâu 2m":                         "canal m 2.300 | ngang 6m; sâu 2m",
		"tường rào dài 120 m cao 1,8 m":                             "fence m 120 | cao 1,8 m",
		"mở rộng đường từ 3m lên 5m, dài 450m":                      "road m 450 | rộng đường từ 3m; lên 5m",
		"trồng 300 cây, mỗi cây cách nhau 5m":                       "tree 300 | cách nhau 5m",
		"chưa làm được 200m, mới được 150m":                         "m 150 | chưa làm được 200m",
		"10kg gạo x 30 hộ":                                          "rice kg 300, household 30",
		"1 km 200 đường":                                            "road m 1.200",
		"2OO hộ":                                                    "household 200 ? «2OO hộ»",
		"3,2 tấn nhựa đổi 1.150 kg gạo":                             "plastic kg 3.200, rice kg 1.150",
		"một nghìn hai trăm mét vuông; hai nghìn ba trăm ngày công": "m2 1.200, workday 2.300",
		"một nghìn hai trăm mét vuông":                              "m2 1.200",
		"hai nghìn ba trăm ngày công":                               "workday 2.300",
		"thêm 350 m đường; 120 ngày công":                           "road m 350, workday 120",
		"hiến 1.850m2 và canh tác 3.200m2 rau sạch":                 "land_given m2 1.850, land m2 3.200",
		"bê tông 300m đường, nạo vét 500m kênh":                     "road m 300, canal m 500",
		"42 hộ, 15": "household 42 ? 42 hộ, «15»",
		"bê tông 400m đường, lòng hẹp 2m":                                "road m 400, road m 2 ? bê tông 400m đường, lòng hẹp «2m»",
		"Tổng 640m (ngõ 1: 240m; ngõ 3: 400m)":                           "road m 640 | ngõ 1; 240m; ngõ 3; 400m",
		"Trên 1 tỷ (trong đó NN 700tr, ND 300tr), làm 500m đường":        "budget 700.000.000, people 300.000.000, total 0, road m 500",
		"- Nhà nước: 100 triệu\n- Dân: 50 triệu\n- Số hộ: 42":            "budget 100.000.000, people 50.000.000, household 42",
		"12 hộ vay vốn, 5 hộ thoát nghèo":                                "household 12 ? 12 hộ vay vốn, «5 hộ» thoát nghèo",
		"5 hộ thoát nghèo, 12 hộ vay vốn":                                "household 5, household 12",
		"35 (ba mươi lăm) hộ, 1.200 (một nghìn hai trăm) m2 đất hiến":    "household 35, land_given m2 1.200",
		"35 (ba mươi bốn) hộ":                                            "household 35 ? «35 (ba mươi bốn) hộ»",
		"tổng 500 triệu, dân 300tr, NN 250tr":                            "people 300.000.000, budget 250.000.000 ? tổng «500 triệu», dân «300tr», NN «250tr»",
		"Tổng 1,2 tỷ: NN 800tr, dân 500tr":                               "budget 800.000.000, people 500.000.000 ? Tổng «1,2 tỷ»: NN «800tr», dân «500tr»",
		"dân góp 300 triệu, trong đó hiện vật 200 triệu":                 "people 300.000.000 | hiện vật 200 triệu",
		"đến 15.6.2026: 350m đường ấp 3, theo QĐ 12/QĐ-UBND, 42 hộ":      "road m 350, household 42 | đến 15.6.2026; ấp 3; QĐ 12",
		"ngân sách 250 triệu, dân góp 124 triệu, 350m đường":             "budget 250.000.000, people 124.000.000, road m 350",
		"12 buổi, trong 6 tháng đầu năm; năm ngoái 400m, nay 650m đường": "session 12, road m 650 | trong 6 tháng; năm ngoái 400m",
		"ｌａ\u0300m 350 m đường, ngang 3 m":                               "road m 350 | ngang 3 m",
	} {
		r, err := answer.Results(text)
		if err != nil {
			t.Errorf("Results(%q): %v", text, err)
			continue
		}
		got := sayFound(r.Values[0])
		if r.Confirm {
			got += " ? " + r.Marked
		}
		if got != want {
			t.Errorf("Results(%q)\n\tgot  %s\n\twant %s", text, got, want)
		}
	}

	for text, want := range map[string]string{
		",5 tỷ":                    "all 500.000.000",
		"1 tỷ linh năm triệu":      "all 1.005.000.000",
		"NN: 700tr; ND: 300tr":     "budget 700.000.000, people 300.000.000",
		"DN: 45tr; Nhân dân: 30tr": "business 45.000.000, people 30.000.000",
		"nửa tỷ":                   "all 500.000.000",
		"12 vạn đồng":              "all 120.000",
		"Trên 1 tỷ (trong đó NN 700tr, ND 300tr)":      "budget 700.000.000, people 300.000.000, total 0",
		"tổng 500 triệu, trong đó dân góp 200 triệu":   "people 200.000.000, total 300.000.000",
		"tổng 500, trong đó dân góp 200":               "people 200.000.000, total 300.000.000 ?",
		"ngân sách 250 triệu, dân góp 124 triệu":       "budget 250.000.000, people 124.000.000",
		"tổng 500 triệu, NN 70%, ND 30%":               "budget 350.000.000, people 150.000.000, total 0",
		"Tổng 50.550.000đ, NN 70%, ND 30%":             "budget 35.385.000, people 15.165.000, total 0",
		"Tổng 33.333.333đ, NN 50%, ND 50%":             "budget 16.666.667, people 16.666.666, total 0",
		"Tổng 9 tỷ, NN 184467440737%, còn lại dân góp": "all 9.000.000.000 ?",
		"180tr, NN 80tr còn lại dân góp":               "budget 80.000.000, people 100.000.000, total 0",
		"4OO triệu":                                    "all 400.000.000 ?",
	} {
		r, err := answer.MoneyParts(text)
		if err != nil {
			t.Errorf("MoneyParts(%q): %v", text, err)
			continue
		}
		got := sayFound(answer.Found{Money: r.Values[0]})
		if r.Confirm {
			got += " ?"
		}
		if got != want {
			t.Errorf("MoneyParts(%q)\n\tgot  %s\n\twant %s", text, got, want)
		}
	}

	november := store.Date{Year: 2026, Month: 11, Day: 28}
	for text, want := range map[string]string{
		"T3 - T10/2026":  "2026-03-01..2026-10-31",
		"quý II, III":    "2026-04-01..2026-09-30",
		"đến 30/4":       "2026-11-28..2027-04-30",
		"quý II và III":  "2026-04-01..2026-09-30",
		"T11/2026-T3/27": "2026-11-01..2027-03-31",
	} {
		r, err := answer.Period(text, november)
		if err != nil || len(r.Values) != 1 || r.Confirm || r.Values[0].From.String()+".."+r.Values[0].To.String() != want {
			t.Errorf("Period(%q) = %+v, %v, want %s", text, r, err, want)
		}
	}
	if r, err := answer.Day("20112026", november); err != nil || !r.Confirm || r.Values[0] != (store.Date{Year: 2026, Month: 11, Day: 20}) {
		t.Errorf("Day(20112026) = %+v, %v, want 20/11/2026 with a question", r, err)
	}
}

// sayFound writes what is found in the order of the text.
func sayFound(f answer.Found) string {
	var out []string
	for _, m := range f.Money {
		name := string(m.Part)
		if m.Total {
			name = "total"
		} else if m.Part == store.AllMoney {
			name = "all"
		}
		out = append(out, name+" "+dotted(m.VND))
	}
	for _, q := range f.Amounts {
		out = append(out, strings.TrimSpace(string(q.Thing)+" "+q.Metric+" "+dotted(int64(q.Value)/1000)))
	}
	said := strings.Join(out, ", ")
	if len(f.Aside) > 0 {
		said += " | " + strings.Join(f.Aside, "; ")
	}
	return said
}

func dotted(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s.%03d", dotted(n/1000), n%1000)
}
