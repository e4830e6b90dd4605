package answer

// metric is a unit of measure that results are counted in.
type metric struct {
	key   string
	milli int64 // thousandths of the key's unit in one
	// whole says that it counts things: half of one is a slip.
	whole bool
	local localUnit
	prose bool // certain enough to be read out of prose
}

// localUnit is a unit whose size differs by region.
type localUnit uint8

const (
	fixed     localUnit = iota
	cong                // công đất
	plainCong           // công without another word: it can be a day's work too
	sao
	mau
)

// sizes are the m² that a local unit can mean, the likeliest first (domain.md
// §6.2): công 1.000, or 1.296 by the long measure; sào 500 in the centre, 360 in the
// north; a mẫu is ten sào, and in the south ten công.
var sizes = map[localUnit][]int64{
	cong:      {1000, 1296},
	plainCong: {1000, 1296},
	sao:       {500, 360},
	mau:       {5000, 3600, 10000},
}

// otherMetric is the key of everything that is counted without being listed.
const otherMetric = "other"

// Metrics lists the key of every unit of measure, "other" last.
func Metrics() []string {
	return []string{
		"m2", "m", "workday", "household", "person", "turn", "house", "gift", "tree", "work", "session",
		"file", "case", "kg", "member", "learner", "meal", "group", "percent", otherMetric,
	}
}

// Things lists the key of everything that is known to be measured in a unit
// that does not say what it measures: 350 m of road, of canal, of fence.
func Things() []string {
	return []string{
		"road", "bridge", "canal", "drain", "dyke", "fence", "land_given", "land", "rice", "plastic", "lamp", "camera",
	}
}

// counted is a unit of measure for what is counted one by one, in prose too.
func counted(key string) metric { return metric{key: key, milli: 1000, whole: true, prose: true} }

// metrics are the words for units of measure.
var metrics = newLexicon([]entry[metric]{
	{"m2, mét vuông, mét 2, m vuông, thước vuông", metric{key: "m2", milli: 1000, prose: true}},
	{"ha, héc ta, hecta, héc-ta, hec-ta, mẫu tây", metric{key: "m2", milli: 10_000_000, prose: true}},
	{"km2, ki lô mét vuông, cây số vuông", metric{key: "m2", milli: 1_000_000_000, prose: true}},
	{"công đất, công ruộng, công lúa, công vườn, công rẫy", metric{key: "m2", local: cong}},
	{"công", metric{key: "m2", local: plainCong}},
	{"công thợ, công cấy, công nhật, công lđ, công lao động phổ thông", counted("workday")},
	{"sào, sào đất, sào ruộng", metric{key: "m2", local: sao}},
	{"mẫu, mẫu đất, mẫu ruộng", metric{key: "m2", local: mau}},
	{"m, mét, md, thước", metric{key: "m", milli: 1000, prose: true}},
	{"km, ki lô mét, kilômét, kilomet, cây số", metric{key: "m", milli: 1_000_000, prose: true}},
	{"cm", metric{key: "m", milli: 10}},
	{"ngày công, ngày công lao động, công lao động, lượt ngày công, nc", counted("workday")},
	{"hộ, hộ dân, hộ gia đình, gia đình, hộ nghèo, hộ cận nghèo, hộ hội viên, hộ giáo dân, số hộ", counted("household")},
	{"người, người dân, nhân khẩu, khẩu, cán bộ, chiến sĩ, lao động, đồng chí, đ/c, cán bộ chiến sĩ, " +
		"cán bộ chiến sỹ, chiến sỹ, =em, =cụ, =chị, chị em, công nhân, công chức, viên chức, tình nguyện viên, tnv, thầy cô, cô giáo, " +
		"giáo viên, phụ nữ, thanh niên, người cao tuổi, =nữ, tài xế, =dân, bà con, đối tượng, lđ, gv, dân quân, " +
		"giáo dân, diễn viên, vận động viên, bác sĩ, y bác sĩ, dân công, người khuyết tật, hộ lý", counted("person")},
	{"lượt, lượt người, lượt hộ, lượt công dân, lượt hội viên, lượt học sinh, lượt hs, lượt đoàn viên, lượt bà con", counted("turn")},
	{"căn nhà, căn, ngôi nhà, nhà, nhà đại đoàn kết, nhà tình thương, nhà tình nghĩa, " +
		"căn nhà đại đoàn kết, căn nhà tình nghĩa, căn nhà tình thương, nhà tạm, căn nhà tạm", counted("house")},
	{"phần quà, suất quà, quà, túi quà, giỏ quà, suất học bổng", counted("gift")},
	{"cây, cây xanh, gốc cây, cây giống", counted("tree")},
	{"công trình, công trình phần việc", counted("work")},
	{"buổi", counted("session")},
	{"hồ sơ, bộ hồ sơ", counted("file")},
	{"vụ, vụ việc, vụ hòa giải", counted("case")},
	{"kg, ký, kí, kilôgam, ki lô gam, ki lô, kgs, =cân", metric{key: "kg", milli: 1000, prose: true}},
	{"=yến", metric{key: "kg", milli: 10_000}},
	{"=tạ", metric{key: "kg", milli: 100_000, prose: true}},
	{"tấn", metric{key: "kg", milli: 1_000_000, prose: true}},
	{"đoàn viên, hội viên, đảng viên, thành viên, hv, đv, đ/v, đảng viên mới, xã viên", counted("member")},
	{"học viên, học sinh, em học sinh, trẻ, trẻ em, cháu, cháu học sinh, sinh viên, hs, học sinh nghèo, em hs", counted("learner")},
	{"suất cơm, suất ăn, suất, phần cơm, phần ăn, bữa cơm, bữa ăn, suất cháo", counted("meal")},
	{"tổ, nhóm, tổ tự quản, tổ liên gia, tổ hòa giải", counted("group")},
	{"%, phần trăm", metric{key: "percent", milli: 1000, prose: true}},
	// Longer names that begin like a unit of measure and are something else.
	{"cây cầu, cây vàng, cây nước, lượt xe, vụ lúa, vụ mùa, nhà vệ sinh, nhà văn hóa, nhà vườn, nhà máy, " +
		"nhà trường, nhà nước, nhóm máu, tổ ong, tổ dân phố, tổ hợp tác, tổ chức, tổ hợp, căn hộ, căn cước, hộ chiếu, " +
		"công ty, công an, công đoàn, công đoàn cơ sở, hộ kinh doanh, cụ thể, " +
		"em bé, dân tộc, dân cư, dân phòng, khẩu súng, khẩu pháo, khẩu hiệu, " +
		"khẩu phần", metric{key: otherMetric, milli: 1000, whole: true}},
	{"m3, mét khối, m khối, km3, khối, lít", metric{key: otherMetric, milli: 1000}},
	{"trẻ mầm non, trẻ mẫu giáo", counted("learner")},
})

// counters begin the name of a thing that is counted, so that a number before
// them is a quantity even in prose.
var counters = newLexicon([]entry[bool]{
	{"con, cái, chiếc, bộ, bình, hố, giường, bóng đèn, trụ, cột, tuyến, điểm, lớp, cuộc, cây cầu, cổng, giếng, thùng, " +
		"camera, tủ, máy, quyển, cuốn, bao, mô hình, chi bộ, câu lạc bộ, bồn, bể, chậu, cống, băng ghế, ghế đá, bàn, " +
		"lá cờ, cờ, thẻ, sổ, phiếu, cây cầu, cầu, đèn, bóng, mắt camera, cột đèn, trụ đèn, tuyến đường, tuyến kênh, chuyến, ca, " +
		"xe, giấy, viên, chai, gói, hạng mục, sản phẩm, tiêu chí, loa, kệ, đàn, phiên, đợt, ngôi mộ, lớp học, cuộc họp", true},
})

// spanWords count time, not results.
var spanWords = newLexicon([]entry[bool]{
	{"ngày, tuần, tháng, quý, năm, giờ, phút, tiếng, tuổi, h, g, giây, ngày đêm, hôm, sao", true},
})

// stopWords end the name of a thing that is counted.
var stopWords = newLexicon([]entry[bool]{
	{"cho, của, tại, ở, để, với, trong, từ, và, được, đã, do, trên, dưới, mỗi, về, khi, sau, trước, gồm, là, bằng, " +
		"vào, nhằm, giúp, hỗ trợ, theo, đến, thuộc, có, này, nữa, rồi, ạ, qua, sẽ, đang, còn, cùng, phục vụ, tham gia, " +
		"như, nếu, thì, mà, hoặc, bị, dọc, làm, xong, hiến, góp, chưa, đang, nên, ra, lên, dài, rộng, ngang, cao, sâu, dày, trị giá, " +
		"tổng, thay, so, vì, hưởng lợi, vượt, nữa, thôi, nhận, mới, quanh, dự, hưởng ứng, đóng góp, nuôi, trồng, x", true},
})

// calendarWord stands before a number that names a time, not an amount.
var calendarWord = newLexicon([]entry[bool]{
	{"tháng, năm, quý, ngày, thứ, mùng, mồng", true},
})

// ordinalWord stands before a number that names one of several.
var ordinalWord = newLexicon([]entry[bool]{
	{"ấp, khóm, khối, bản, xóm, thôn, khu, khu phố, hẻm, ngõ, ngách, số, đợt, kỳ, lần, điều, khoản, lớp, phường, quận, " +
		"tổ, nhóm, đường, quốc lộ, tỉnh lộ, khóa, nhiệm kỳ, giai đoạn, quyết định, chỉ thị, nghị quyết, nghị định, " +
		"kế hoạch, công văn, thông tư, tổ dân phố, km, lô, nhà số, lúc, tuyến, kênh, mức, tiêu chí, tc, hạng, =bà, =ông, ql, " +
		"tl, đường tỉnh, hương lộ, tđ, cầu số, bão số, chương trình, kh số, kh, sdt, sđt, đt, đề án, quyển số, mục", true},
})

// counts reports whether what stands at i is a thing that is counted, not money.
func counts(toks []token, i int) bool {
	return metrics.at(toks, i).len > 0 || counters.at(toks, i).len > 0
}
