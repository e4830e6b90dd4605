package answer

import "time"

// relativeDays are days told by their distance from today.
var relativeDays = newLexicon([]entry[int]{
	{"hôm nay, hnay, h nay, h.nay, bữa nay, sáng nay, chiều nay, tối nay, trưa nay, nay, bây giờ, hiện nay, ngày nay, " +
		"hồi sáng, hồi trưa, hồi chiều, hồi nãy, vừa xong, mới xong", 0},
	{"hôm qua, bữa qua, sáng qua, chiều qua, tối qua, trưa qua, ngày hôm qua, hôm qa, hômqua, hqua, h qua, h.qua", -1},
	{"hôm kia, bữa kia, ngày hôm kia", -2},
	{"=hôm kìa, =bữa kìa", -3},
	{"mai, ngày mai, sáng mai, chiều mai", 1},
	{"ngày kia, ngày mốt, =mốt", 2},
})

var weekdays = newLexicon([]entry[time.Weekday]{
	{"thứ hai, thứ 2, t2", time.Monday},
	{"thứ ba, thứ 3, t3", time.Tuesday},
	{"thứ tư, thứ bốn, thứ 4, t4", time.Wednesday},
	{"thứ năm, thứ 5, t5", time.Thursday},
	{"thứ sáu, thứ 6, t6", time.Friday},
	{"thứ bảy, thứ bẩy, thứ 7, t7", time.Saturday},
	{"chủ nhật, chúa nhật, cn", time.Sunday},
})

// nearness is which one of several is meant: this, the last, the next.
var nearness = newLexicon([]entry[int]{
	{"này, nay", 0},
	{"trước, vừa rồi, vừa qua, qua, ngoái, rồi", -1},
	{"sau, tới, kế, tiếp theo", 1},
})

var edges = newLexicon([]entry[edge]{
	{"đầu, đầu của", startOf},
	{"giữa", middleOf},
	{"cuối, hết, cuối của", endOf},
})

// monthNames are the months that have names of their own.
var monthNames = newLexicon([]entry[int]{{"giêng", 1}, {"chạp", 12}})

var lunarWords = newLexicon([]entry[bool]{{"âm lịch, âl, âm, lịch âm, a l", true}})

// newYear is Tết; what is counted up to 28, 29, 30 Tết are the last days before it.
var newYear = newLexicon([]entry[bool]{{"tết, tết nguyên đán, tết âm lịch", true}})

// lunarDay is a day of the lunar year with a name.
type lunarDay struct{ day, month int }

var feasts = newLexicon([]entry[lunarDay]{
	{"giỗ tổ, giỗ tổ hùng vương", lunarDay{10, 3}},
	{"giao thừa, đêm giao thừa", lunarDay{30, 12}},
	{"rằm trung thu, trung thu", lunarDay{15, 8}},
	{"ông công ông táo", lunarDay{23, 12}},
	{"tết, tết nguyên đán, tết âm lịch", lunarDay{1, 1}},
})

// moonFeasts are kept by the moon: what is called mùng may be one of them. Any
// other is a day of the calendar on the wall.
var moonFeasts = map[lunarDay]bool{{3, 3}: true, {10, 3}: true, {5, 5}: true, {7, 7}: true, {9, 9}: true, {10, 10}: true}

// roman numbers the quarters.
var roman = newLexicon([]entry[int]{{"i", 1}, {"ii", 2}, {"iii", 3}, {"iv", 4}})

// romanMonths number the months where a date is written 20-XI-2026.
var romanMonths = map[string]string{
	"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12",
}

// fillers stand around the times of a period and say nothing.
var fillers = newLexicon([]entry[bool]{
	{"từ, từ ngày, kể từ, tính từ, ngày, khoảng, vào, trong, thời gian, thực hiện, dự kiến, bắt đầu, kết thúc, " +
		"hoàn thành, thời hạn, duy trì, giai đoạn, gđ, là, ạ, :, ., ;, (, ), dạ, thưa, trong khoảng, thời gian thực hiện, " +
		"khoảng thời gian, triển khai, và", true},
})

// endings stand behind the times of a period and say nothing.
var endings = newLexicon([]entry[bool]{{"là xong, xong, thì xong, là hoàn thành, ạ, nhé, nha", true}})

// since are the fillers that leave the end open.
var since = newLexicon([]entry[bool]{{"từ, kể từ, tính từ, bắt đầu, bắt đầu từ", true}})

// connectors stand between the two ends of a period.
var connectors = newLexicon([]entry[bool]{
	{"đến, tới, đến ngày, tới ngày, cho đến, cho tới, đến hết ngày, -, >, ~, - >, = >", true},
})

// finishes say that a time is the end: bắt đầu 15/3, xong 20/8.
var finishes = newLexicon([]entry[bool]{{"xong, kết thúc, kt, hoàn thành, khánh thành, nghiệm thu, bế giảng", true}})

// trimFillers takes the words off that say nothing, and signs at the end.
func trimFillers(toks []token) []token {
	for len(toks) > 0 {
		f := fillers.at(toks, 0)
		if f.len == 0 && !toks[0].ends() {
			break
		}
		toks = toks[max(f.len, 1):]
	}
	for len(toks) > 0 {
		n := endings.before(toks, len(toks)).len
		if n == 0 && !toks[len(toks)-1].ends() {
			break
		}
		toks = toks[:len(toks)-max(n, 1)]
	}
	return toks
}
