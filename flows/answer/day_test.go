package answer_test

import (
	"slices"
	"testing"

	"danvan/flows/answer"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// Today is Sunday 22/11/2026 in these tests.

func TestDayTaken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]store.Date{
		"22,11,2026":                 {Year: 2026, Month: 11, Day: 22},
		"xong hồi 12/11, 350 m":      {Year: 2026, Month: 11, Day: 12},
		"30/11":                      {Year: 2026, Month: 11, Day: 30},
		"5/3/26":                     {Year: 2026, Month: 3, Day: 5},
		"5/3/98":                     {Year: 1998, Month: 3, Day: 5},
		"5-3-26":                     {Year: 2026, Month: 3, Day: 5},
		"15.6.2026":                  {Year: 2026, Month: 6, Day: 15},
		"15.6":                       {Year: 2026, Month: 6, Day: 15},
		"5 / 3 / 2026":               {Year: 2026, Month: 3, Day: 5},
		"5 3 2026":                   {Year: 2026, Month: 3, Day: 5},
		"2026-11-22":                 {Year: 2026, Month: 11, Day: 22},
		"５/３":                        {Year: 2026, Month: 3, Day: 5},
		"5/3/2026.":                  {Year: 2026, Month: 3, Day: 5},
		"29/2/2028":                  {Year: 2028, Month: 2, Day: 29},
		"ngay 5 thang 3":             {Year: 2026, Month: 3, Day: 5},
		"ngày 5 tháng 3/2026":        {Year: 2026, Month: 3, Day: 5},
		"ngày mười lăm tháng ba":     {Year: 2026, Month: 3, Day: 15},
		"5 tháng 3 năm ngoái":        {Year: 2025, Month: 3, Day: 5},
		"5/3 năm nay":                {Year: 2026, Month: 3, Day: 5},
		"thứ Sáu 27/11/2026":         {Year: 2026, Month: 11, Day: 27},
		"thứ sáu ngày 27/11":         {Year: 2026, Month: 11, Day: 27},
		"Ngày hoàn thành: 5/3/2026":  {Year: 2026, Month: 3, Day: 5},
		"8h ngày 5/3":                {Year: 2026, Month: 3, Day: 5},
		"17:30 5/3/2026":             {Year: 2026, Month: 3, Day: 5},
		"hôm nay":                    {Year: 2026, Month: 11, Day: 22},
		"20 th 11":                   {Year: 2026, Month: 11, Day: 20},
		"20t11":                      {Year: 2026, Month: 11, Day: 20},
		"20-XI-2026":                 {Year: 2026, Month: 11, Day: 20},
		"hai mốt tháng mười":         {Year: 2026, Month: 10, Day: 21},
		"ngày 5 tháng mười năm 2026": {Year: 2026, Month: 10, Day: 5},
		"hai mươi lăm tháng chín năm hai nghìn không trăm hai mươi sáu": {Year: 2026, Month: 9, Day: 25},
		"hom nay":              {Year: 2026, Month: 11, Day: 22},
		"ho\u0302m nay":        {Year: 2026, Month: 11, Day: 22},
		"tháng 3 ngày 5":       {Year: 2026, Month: 3, Day: 5},
		"thứ hai tuần sau":     {Year: 2026, Month: 11, Day: 23},
		"cuối tháng trước":     {Year: 2026, Month: 10, Day: 31},
		"CN vừa rồi":           {Year: 2026, Month: 11, Day: 15},
		"cuối tháng 2":         {Year: 2026, Month: 2, Day: 28},
		"ngày 5":               {Year: 2026, Month: 11, Day: 5},
		"thứ tư tới":           {Year: 2026, Month: 11, Day: 25},
		"cuối 6 tháng đầu năm": {Year: 2026, Month: 6, Day: 30},
		"cách đây 2 tuần":      {Year: 2026, Month: 11, Day: 8},
		"hết quý này":          {Year: 2026, Month: 12, Day: 31},
		"cuối tháng này":       {Year: 2026, Month: 11, Day: 30},
		"cuối năm":             {Year: 2026, Month: 12, Day: 31},
		"hôm kia":              {Year: 2026, Month: 11, Day: 20},
		"3 ngày trước":         {Year: 2026, Month: 11, Day: 19},
		"hai hôm trước":        {Year: 2026, Month: 11, Day: 20},
		"T6 tuần trước":        {Year: 2026, Month: 11, Day: 13},
		"mùng 5/10":            {Year: 2026, Month: 10, Day: 5},
		"mai":                  {Year: 2026, Month: 11, Day: 23},
		"chủ nhật tuần này":    {Year: 2026, Month: 11, Day: 22},
		"hôm kìa":              {Year: 2026, Month: 11, Day: 19},
		"cách nay 1 tuần":      {Year: 2026, Month: 11, Day: 15},
	} {
		got, err := answer.Day(text, today)
		if err != nil {
			t.Errorf("Day(%q): %v", text, err)
		} else if !sure(got) || got.Values[0] != want {
			t.Errorf("Day(%q) = %+v, want %v without a question", text, got, want)
		}
	}
}

func TestDayAsked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]store.Date{
		"thứ 6":                         days(2026, 11, 20, 2026, 11, 27),
		"thứ năm 27/11":                 days(2026, 11, 27), // a Friday
		"đầu tháng 3":                   days(2026, 3, 1),
		"giữa tháng 3":                  days(2026, 3, 15),
		"5":                             days(2026, 11, 5),
		"11/22/2026":                    days(2026, 11, 22),
		"5/13":                          days(2026, 5, 13),
		"05032026":                      days(2026, 3, 5),
		"20260305":                      days(2026, 3, 5),
		"20112026":                      days(2026, 11, 20),
		"201126":                        days(2026, 11, 20),
		"20/11/2062":                    days(2062, 11, 20),
		"trước 25/12/2026":              days(2026, 12, 25),
		"5/3 và 7/3":                    days(2026, 3, 5, 2026, 3, 7),
		"rằm tháng bảy":                 days(2026, 8, 27),
		"rằm tháng giêng 2026":          days(2026, 3, 3),
		"10/3 âm lịch 2026":             days(2026, 4, 26, 2027, 4, 16),
		"10/3/2026 âm lịch":             days(2026, 4, 26),
		"10/3/2026 (ÂL)":                days(2026, 4, 26),
		"giỗ Tổ năm 2026":               days(2026, 4, 26),
		"mùng 1 Tết":                    days(2026, 2, 17, 2027, 2, 6),
		"mùng 1 Tết 2027":               days(2027, 2, 6),
		"30 Tết":                        days(2027, 2, 5),
		"mùng 5 tháng 6 nhuận năm 2025": days(2025, 7, 29),
		"23 tháng chạp":                 days(2027, 1, 30),
	} {
		got, err := answer.Day(text, today)
		if err != nil {
			t.Errorf("Day(%q): %v", text, err)
		} else if diff := cmp.Diff(answer.Reading[store.Date]{Values: want, Confirm: true}, got); diff != "" {
			t.Errorf("Day(%q) (-want +got):\n%s", text, diff)
		}
	}
}

// Months are counted back to the same day, or to the last of a shorter month.
func TestDayMonthsAgo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		today store.Date
		text  string
		want  store.Date
	}{
		{store.Date{Year: 2026, Month: 3, Day: 31}, "cách đây 1 tháng", store.Date{Year: 2026, Month: 2, Day: 28}},
		{store.Date{Year: 2026, Month: 12, Day: 31}, "cách đây 3 tháng", store.Date{Year: 2026, Month: 9, Day: 30}},
		{store.Date{Year: 2026, Month: 1, Day: 15}, "cách đây 2 tháng", store.Date{Year: 2025, Month: 11, Day: 15}},
	} {
		got, err := answer.Day(c.text, c.today)
		if err != nil || got.Confirm || !slices.Equal(got.Values, []store.Date{c.want}) {
			t.Errorf("on %v Day(%q) = %+v, %v, want %v", c.today, c.text, got, err, c.want)
		}
	}
}

// Around New Year a day without a year may be of either.
func TestDayNearNewYear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		today store.Date
		text  string
		want  []store.Date
	}{
		{store.Date{Year: 2027, Month: 1, Day: 5}, "30/12", days(2026, 12, 30, 2027, 12, 30)},
		{store.Date{Year: 2026, Month: 12, Day: 28}, "4/1", days(2027, 1, 4, 2026, 1, 4)},
		{store.Date{Year: 2027, Month: 1, Day: 5}, "30/6", days(2027, 6, 30)},
	} {
		got, err := answer.Day(c.text, c.today)
		if err != nil || !cmp.Equal(got.Values, c.want) {
			t.Errorf("on %v Day(%q) = %v, %v, want %v", c.today, c.text, got.Values, err, c.want)
		}
	}
}

func TestDayRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                              "answer.date.none",
		"nhiều":                         "answer.date.none",
		"chưa biết":                     "answer.date.none",
		"tháng 3":                       "answer.date.no_day",
		"tuần trước":                    "answer.date.no_day",
		"2026":                          "answer.date.no_day",
		"quý II":                        "answer.date.no_day",
		"29/2/2026":                     "answer.date.no_such_day",
		"31 tháng 4":                    "answer.date.no_such_day",
		"45/3":                          "answer.date.no_such_day",
		"0/3":                           "answer.date.no_such_day",
		"ngày 31":                       "answer.date.no_such_day",
		"13/13/2026":                    "answer.date.no_such_month",
		"5/0/2026":                      "answer.date.no_such_month",
		"ngày 5 tháng 13":               "answer.date.no_such_month",
		"5/3/202":                       "answer.date.year",
		"5/3/20266":                     "answer.date.year",
		"mùng 5 tháng 6 nhuận năm 2026": "answer.date.no_such_lunar_day",
	} {
		r, err := answer.Day(text, today)
		if wantRefusal(t, text, err, key) != nil && len(r.Values) > 0 {
			t.Errorf("Day(%q) refuses and returns %v", text, r.Values)
		}
	}
}

func span(from, to [3]int) answer.Span {
	return answer.Span{From: days(from[:]...)[0], To: days(to[:]...)[0]}
}

func TestPeriodTaken(t *testing.T) {
	t.Parallel()
	marchToOctober := span([3]int{2026, 3, 1}, [3]int{2026, 10, 31})
	fifthOfMarchOn := span([3]int{2026, 3, 5}, [3]int{2026, 11, 30})
	year := span([3]int{2026, 1, 1}, [3]int{2026, 12, 31})
	for text, want := range map[string]answer.Span{
		"03/2026–10/2026":                                marchToOctober,
		"03/2026-10/2026":                                marchToOctober,
		"từ tháng 3 đến tháng 10":                        marchToOctober,
		"tu thang 3 den thang 10":                        marchToOctober,
		"tháng 3 - tháng 10/2026":                        marchToOctober,
		"tháng 3-10":                                     marchToOctober,
		"T3/2026 - T10/2026":                             marchToOctober,
		"Thời gian: 03/2026 đến 10/2026":                 marchToOctober,
		"tháng 3 năm 2026 đến tháng 10 năm 2026":         marchToOctober,
		"Từ 01/3/2026 đến hết 31/10/2026":                marchToOctober,
		"5/3 - 30/11/2026":                               fifthOfMarchOn,
		"5/3-30/11":                                      fifthOfMarchOn,
		"từ 5/3 đến 30/11/2026":                          fifthOfMarchOn,
		"5.3.2026 - 30.11.2026":                          fifthOfMarchOn,
		"5-3-2026 - 30-11-2026":                          fifthOfMarchOn,
		"từ ngày 05 tháng 3 năm 26 đến ngày 30 tháng 11": fifthOfMarchOn,
		"26-30/11":                                       span([3]int{2026, 11, 26}, [3]int{2026, 11, 30}),
		"Q4/2026":                                        span([3]int{2026, 10, 1}, [3]int{2026, 12, 31}),
		"nửa cuối năm 2026":                              span([3]int{2026, 7, 1}, [3]int{2026, 12, 31}),
		"nửa đầu năm":                                    span([3]int{2026, 1, 1}, [3]int{2026, 6, 30}),
		"cả năm 2026":                                    year,
		"năm nay":                                        year,
		"2026":                                           year,
		"thực hiện trong năm 2026":                       year,
		"từ đầu năm đến cuối năm":                        year,
		"quý II":                                         span([3]int{2026, 4, 1}, [3]int{2026, 6, 30}),
		"Quý 2/2027":                                     span([3]int{2027, 4, 1}, [3]int{2027, 6, 30}),
		"quý I - quý III":                                span([3]int{2026, 1, 1}, [3]int{2026, 9, 30}),
		"quý I - III/2026":                               span([3]int{2026, 1, 1}, [3]int{2026, 9, 30}),
		"6 tháng đầu năm 2027":                           span([3]int{2027, 1, 1}, [3]int{2027, 6, 30}),
		"6 tháng cuối năm":                               span([3]int{2026, 7, 1}, [3]int{2026, 12, 31}),
		"sáu tháng cuối năm":                             span([3]int{2026, 7, 1}, [3]int{2026, 12, 31}),
		"9 tháng đầu năm":                                span([3]int{2026, 1, 1}, [3]int{2026, 9, 30}),
		"tháng 5/2026":                                   span([3]int{2026, 5, 1}, [3]int{2026, 5, 31}),
		"5-30/11/2026":                                   span([3]int{2026, 11, 5}, [3]int{2026, 11, 30}),
		"từ 1 đến 15/12/2026":                            span([3]int{2026, 12, 1}, [3]int{2026, 12, 15}),
		"11/2026 - 3/2027":                               span([3]int{2026, 11, 1}, [3]int{2027, 3, 31}),
		"giai đoạn 2026-2030":                            span([3]int{2026, 1, 1}, [3]int{2030, 12, 31}),
		"từ tháng 3/2026 đến nay":                        span([3]int{2026, 3, 1}, [3]int{2026, 11, 22}),
		"từ nay đến cuối năm":                            span([3]int{2026, 11, 22}, [3]int{2026, 12, 31}),
		"đến 30/4":                                       span([3]int{2026, 11, 22}, [3]int{2027, 4, 30}),
		"đến 30/11":                                      span([3]int{2026, 11, 22}, [3]int{2026, 11, 30}),
		"làm đường từ 5/3 cho tới khi xong là 30/11": span([3]int{2026, 3, 5}, [3]int{2026, 11, 30}),
		"hết quý I":       span([3]int{2026, 11, 22}, [3]int{2027, 3, 31}),
		"đến hết tháng 3": span([3]int{2026, 11, 22}, [3]int{2027, 3, 31}),
		"chiều thứ 6 hàng tuần, từ T3 đến T10/2026": span([3]int{2026, 3, 1}, [3]int{2026, 10, 31}),
		"đến hết năm": span([3]int{2026, 11, 22}, [3]int{2026, 12, 31}),
	} {
		got, err := answer.Period(text, today)
		if err != nil {
			t.Errorf("Period(%q): %v", text, err)
		} else if !sure(got) || got.Values[0] != want {
			t.Errorf("Period(%q) = %+v, want %v without a question", text, got, want)
		}
	}
}

func TestPeriodAsked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]answer.Span{
		"đến Tết":                      {span([3]int{2026, 11, 22}, [3]int{2027, 2, 6})},
		"từ nay đến Tết":               {span([3]int{2026, 11, 22}, [3]int{2027, 2, 6})},
		"năm học 2026-2027":            {span([3]int{2026, 9, 1}, [3]int{2027, 5, 31})},
		"năm học 2026 - 2027":          {span([3]int{2026, 9, 1}, [3]int{2027, 5, 31})},
		"26/11 đến 5/1":                {span([3]int{2026, 11, 26}, [3]int{2027, 1, 5})},
		"3 tháng":                      {span([3]int{2026, 11, 22}, [3]int{2027, 2, 21})},
		"trong 6 tháng":                {span([3]int{2026, 11, 22}, [3]int{2027, 5, 21})},
		"1 năm":                        {span([3]int{2026, 11, 22}, [3]int{2027, 11, 21})},
		"trong năm":                    {span([3]int{2026, 1, 1}, [3]int{2026, 12, 31})},
		"3-10/2026":                    {span([3]int{2026, 3, 1}, [3]int{2026, 10, 31})},
		"từ 3 đến 10/2026":             {span([3]int{2026, 3, 1}, [3]int{2026, 10, 31})},
		"đến ngày 5":                   {span([3]int{2026, 11, 22}, [3]int{2026, 12, 5})},
		"từ 15 đến 20":                 {span([3]int{2026, 11, 15}, [3]int{2026, 11, 20})},
		"20, 21, 22/11":                {span([3]int{2026, 11, 20}, [3]int{2026, 11, 22})},
		"quý I và quý III":             {span([3]int{2026, 1, 1}, [3]int{2026, 9, 30})},
		"tháng 3, 6, 9":                {span([3]int{2026, 3, 1}, [3]int{2026, 9, 30})},
		"từ giữa tháng 3 đến tháng 10": {span([3]int{2026, 3, 15}, [3]int{2026, 10, 31})},
		"3-10":                         {span([3]int{2026, 3, 1}, [3]int{2026, 10, 31})},
		"3/10":                         {span([3]int{2026, 3, 1}, [3]int{2026, 10, 31}), span([3]int{2026, 10, 3}, [3]int{2026, 10, 3})},
		"30/11/2026":                   {span([3]int{2026, 11, 22}, [3]int{2026, 11, 30}), span([3]int{2026, 11, 30}, [3]int{2026, 11, 30})},
		"từ tháng 3":                   {span([3]int{2026, 3, 1}, [3]int{2026, 12, 31}), span([3]int{2026, 3, 1}, [3]int{2026, 3, 31})},
		"11 - 3/2027":                  {span([3]int{2026, 11, 1}, [3]int{2027, 3, 31})},
		"tháng 11 đến tháng 3": {
			span([3]int{2026, 11, 1}, [3]int{2027, 3, 31}), span([3]int{2025, 11, 1}, [3]int{2026, 3, 31})},
	} {
		got, err := answer.Period(text, today)
		if err != nil {
			t.Errorf("Period(%q): %v", text, err)
		} else if diff := cmp.Diff(answer.Reading[answer.Span]{Values: want, Confirm: true}, got); diff != "" {
			t.Errorf("Period(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestPeriodRefused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                      "answer.period.none",
		"dài hạn":               "answer.period.none",
		"thường xuyên":          "answer.period.none",
		"12/2026 - 3/2026":      "answer.period.backwards",
		"30/11/2026 - 5/3/2026": "answer.period.backwards",
		"đến 5/3/2026":          "answer.period.backwards",
		"31/11 - 5/12":          "answer.date.no_such_day",
		"từ 13/2026 đến 3/2027": "answer.date.no_such_month",
	} {
		_, err := answer.Period(text, today)
		if args := wantRefusal(t, text, err, key); args != nil && args["Text"] == nil {
			t.Errorf("Period(%q) refuses without quoting", text)
		}
	}
}
