package answer_test

import (
	"slices"
	"testing"

	"danvan/flows/answer"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func q(metric string, thousandths int64, qualifier ...store.Qualifier) store.Quantity {
	out := store.Quantity{Metric: metric, Value: store.Decimal(thousandths)}
	if len(qualifier) > 0 {
		out.Qualifier = qualifier[0]
	}
	return out
}

func other(word string, n int64) store.Quantity {
	return store.Quantity{Metric: "other", Word: word, Value: store.Whole(n)}
}

func TestQuantitiesTaken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]store.Quantity{
		"thêm 350 m đường; 1.850 m2; 620 ngày công, 42 hộ":    {q("m", 350e3), q("m2", 1850e3), q("workday", 620e3), q("household", 42e3)},
		"da lam duoc 350m duong, 42 ho huong loi":             {q("m", 350e3), q("household", 42e3)},
		"thêm 350m đường bê tông, 42 hộ hưởng lợi (168 khẩu)": {q("m", 350e3), q("household", 42e3)},
		"30 đ/c":                        {q("person", 30e3)},
		"01 tuyến đường, 02 công trình": {other("tuyến đường", 1), q("work", 2e3)},
		"+350 m":                        {q("m", 350e3)},
		"12 000 m2":                     {q("m2", 12_000e3)},
		"63/65 hộ":                      {q("household", 63e3)},
		"350m/500m":                     {q("m", 350e3)},
		"1,500 m2":                      {q("m2", 1500e3)},
		"1.250 km":                      {q("m", 1250e3)},
		"hai hộ":                        {q("household", 2e3)},
		"dài 1,2 km rộng 3m":            {q("m", 1200e3)},
		"cộng dồn 1.150 m (thêm 350 m)": {q("m", 1150e3)},
		"42 hộ, dân góp 85 triệu":       {q("household", 42e3)},
		"97,5%":                         {q("percent", 97_500)},
		"97,5% sớm hoặc đúng hạn":       {q("percent", 97_500)},
		"100 phần trăm":                 {q("percent", 100e3)},
		"20 giường tầng cho học sinh":   {other("giường tầng", 20)},
		"18 con bò":                     {other("con bò", 18)},
		"24 hố":                         {other("hố", 24)},
		"120 ha; 24 hố":                 {q("m2", 1_200_000e3), other("hố", 24)},
		"10 bình chữa cháy":             {other("bình chữa cháy", 10)},
		"2 cây cầu":                     {other("cây cầu", 2)},
		"5 tổ chức":                     {other("tổ chức", 5)},
		"30 m3 cát":                     {other("m3 cát", 30)},
		"2 km; 850 ngày công":           {q("m", 2000e3), q("workday", 850e3)},
		"12 cây số":                     {q("m", 12_000e3)},
		"12 buổi; 2.400 lượt":           {q("session", 12e3), q("turn", 2400e3)},
		"186 lượt người":                {q("turn", 186e3)},
		"3,2 tấn nhựa; 1.150 kg gạo":    {q("kg", 3200e3), q("kg", 1150e3)},
		"5 tạ lúa":                      {q("kg", 500e3)},
		"24 buổi; 610 hồ sơ":            {q("session", 24e3), q("file", 610e3)},
		"64 trẻ":                        {q("learner", 64e3)},
		"27 học viên":                   {q("learner", 27e3)},
		"12.400 suất":                   {q("meal", 12_400e3)},
		"300 suất quà":                  {q("gift", 300e3)},
		"9 vụ hòa giải":                 {q("case", 9e3)},
		"1.480 đoàn viên":               {q("member", 1480e3)},
		"21 căn":                        {q("house", 21e3)},
		"24 nhà":                        {q("house", 24e3)},
		"1.200 cây":                     {q("tree", 1200e3)},
		"3 công trình":                  {q("work", 3e3)},
		"14 tổ; 96 người":               {q("group", 14e3), q("person", 96e3)},
		"42 ho, 168 nguoi":              {q("household", 42e3), q("person", 168e3)},
		"24 ho":                         {q("household", 24e3)},
		"1,500 hộ":                      {q("household", 1500e3)},
		"hộ: 42 người: 168":             {q("household", 42e3), q("person", 168e3)},
		"Số hộ: 42; số người: 168":      {q("household", 42e3), q("person", 168e3)},
		"ket qua: 42 ho":                {q("household", 42e3)},
		"- 5 hộ\n- 10 người":            {q("household", 5e3), q("person", 10e3)},
		"-5 hộ\n-10 người":              {q("household", 5e3), q("person", 10e3)},
		"trên 4 triệu m², 5 triệu ngày công": {q("m2", 4_000_000e3, store.Over), q("workday", 5_000_000e3)},
		"gần 500 hộ, khoảng 2.000 người":     {q("household", 500e3, store.Nearly), q("person", 2000e3, store.About)},
		"500 hộ trở lên":                     {q("household", 500e3, store.Over)},
		"2m5":                                {q("m", 2500)},
		"2 ha rưỡi":                          {q("m2", 25_000e3)},
		"đến ngày 12/11/2026 được 350 m":     {q("m", 350e3)},
		"đến 15.6.2026: 350m":                {q("m", 350e3)},
		"tháng 10 làm đường 350 m":           {q("m", 350e3)},
		"Khối 3: 58 hộ":                      {q("household", 58e3)},
		"theo 05-CT/TU, 58 hộ tham gia":      {q("household", 58e3)},
		"27 học viên trong 5 tháng":          {q("learner", 27e3)},
		"họp lúc 19:30, 58 hộ dự":            {q("household", 58e3)},
		"liên hệ 0912345678: 58 hộ":          {q("household", 58e3)},
		"42 hộ (168 người)":                  {q("household", 42e3), q("person", 168e3)},
		"thêm 350m đường, nâng 42 hộ":        {q("m", 350e3), q("household", 42e3)},
		"hiê\u0301n 1.200 m2":                {q("m2", 1200e3)},
		"１２０ hộ":                             {q("household", 120e3)},
	} {
		got, err := quantities(text)
		if err != nil {
			t.Errorf("Quantities(%q): %v", text, err)
		} else if diff := cmp.Diff(answer.Reading[[]store.Quantity]{Values: [][]store.Quantity{want}}, got); diff != "" {
			t.Errorf("Quantities(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestQuantitiesAsked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][][]store.Quantity{
		"đã làm 350m trong tổng số 500m": {{q("m", 350e3), q("m", 500e3)}},
		"1/2 ha":                         {{q("m2", 5000e3)}},
		"12-15 km":                       {{q("m", 12_000e3)}, {q("m", 15_000e3)}},
		"100 suất cơm/ngày":              {{q("meal", 100e3)}},
		"1.5 hộ":                         {{q("household", 1500)}},
		"120%":                           {{q("percent", 120e3)}},
		"42 hộ, 15":                      {{q("household", 42e3)}},
		"5 công ruộng":                   {{q("m2", 5000e3)}, {q("m2", 6480e3)}},
		"thêm 350 m đường; cộng dồn 1.150 m": {{q("m", 350e3)}},
		"5 sào; 3 tổ": {
			{q("m2", 2500e3), q("group", 3e3)}, {q("m2", 1800e3), q("group", 3e3)}},
	} {
		got, err := quantities(text)
		if err != nil {
			t.Errorf("Quantities(%q): %v", text, err)
		} else if diff := cmp.Diff(answer.Reading[[]store.Quantity]{Values: want, Confirm: true}, got); diff != "" {
			t.Errorf("Quantities(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// Several doubtful figures are offered together, but never more readings than
// fit on a screen.
func TestQuantitiesFewReadings(t *testing.T) {
	t.Parallel()
	got, err := quantities("3 công; 5 sào; 2 mẫu; 7 công; 4 sào")
	if err != nil || len(got.Values) < 2 || len(got.Values) > 8 || !got.Confirm {
		t.Fatalf("readings = %v, %v, want 2 to 8 of them", got.Values, err)
	}
	for _, v := range got.Values {
		if len(v) != 5 {
			t.Errorf("a reading holds %d figures, want 5: %v", len(v), v)
		}
	}
}

func TestQuantitiesRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                        "answer.quantity.none",
		"đang làm":                "answer.quantity.none",
		"5 tháng":                 "answer.quantity.none",
		"năm 2026":                "answer.quantity.none",
		"nhiều hộ":                "answer.quantity.vague",
		"vài chục hộ":             "answer.quantity.vague",
		"350":                     "answer.quantity.no_unit",
		"1.50.000":                "answer.quantity.unclear",
		"0 hộ":                    "answer.quantity.nothing",
		"-5 hộ":                   "answer.quantity.negative",
		"999999999999999 ha":      "answer.quantity.too_big",
		"99999999999999999999 hộ": "answer.quantity.too_big",
	} {
		r, err := quantities(text)
		if wantRefusal(t, text, err, key) != nil && len(r.Values) > 0 {
			t.Errorf("Quantities(%q) refuses and returns %v", text, r.Values)
		}
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]store.Quantity{
		"hiến 1.200 m², 100% hộ": {q("m2", 1200e3)},
		"31 hộ hiến đất, dời hàng rào mở rộng đường nội ấp":         {q("household", 31e3)},
		"9 hộ góp vốn nuôi chồn hương, lãi 35 triệu mỗi hộ":         {q("household", 9e3)},
		"Lắp kẻng báo động, 14 tổ tự quản tuần tra đêm":             {q("group", 14e3)},
		"Tổ chức 14 cuộc đối thoại, 63/65 hộ bàn giao sớm":          {other("cuộc đối thoại", 14), q("household", 63e3)},
		"Lắp 10 bình chữa cháy, 42 hộ cam kết":                      {other("bình chữa cháy", 10), q("household", 42e3)},
		"nhà xa 12-15 km đường rừng; 20 giường tầng":                {other("giường tầng", 20)},
		"Nghị quyết 05-CT/TU năm 2026, ấp 5, Khối 3, hẻm 51, T2-T4": nil,
		"3 công đất, 1,500 m2, khoảng hai hộ":                       {q("m2", 1500e3), q("household", 2e3, store.About)},
		"Nâng cao nhận thức cho hội viên":                           nil,
		"": nil,
	} {
		if diff := cmp.Diff(want, bare(answer.Figures(text))); diff != "" {
			t.Errorf("Figures(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// Every metric that a reading can carry is listed, so that each has a name.
func TestMetricsAreListed(t *testing.T) {
	t.Parallel()
	metrics := answer.Metrics()
	seen := make(map[string]bool)
	for _, text := range []string{
		"1 m2", "1 m", "1 ngày công", "1 hộ", "1 người", "1 lượt", "1 căn nhà", "1 phần quà", "1 cây", "1 công trình", "1 buổi",
		"1 hồ sơ", "1 vụ", "1 kg", "1 đoàn viên", "1 học viên", "1 suất cơm", "1 tổ", "1%", "1 con bò",
	} {
		r, err := quantities(text)
		if err != nil || !sure(r) || len(r.Values[0]) != 1 {
			t.Errorf("Quantities(%q) = %v, %v, want one figure", text, r, err)
			continue
		}
		metric := r.Values[0][0].Metric
		seen[metric] = true
		if !slices.Contains(metrics, metric) {
			t.Errorf("Quantities(%q) is of metric %q, which Metrics does not list", text, metric)
		}
	}
	if len(seen) != len(metrics) {
		t.Errorf("%d metrics were read, %d are listed", len(seen), len(metrics))
	}
}

// bare takes off what was measured, and what it is called.
func bare(list []store.Quantity) []store.Quantity {
	for i := range list {
		if list[i].Thing = ""; list[i].Metric != "other" {
			list[i].Word = ""
		}
	}
	return list
}

// quantities are the figures of a result without its money, and without what
// was measured.
func quantities(text string) (answer.Reading[[]store.Quantity], error) {
	r, err := answer.Results(text)
	out := answer.Reading[[]store.Quantity]{Confirm: r.Confirm}
	for _, f := range r.Values {
		out.Values = append(out.Values, bare(f.Amounts))
	}
	return out, err
}
