package answer

// The words that turn a number around, by where they stand.

// dims stand before a dimension, which describes and is never summed.
var dims = newLexicon([]entry[bool]{
	{"rộng, bề rộng, chiều rộng, rộng bình quân, ngang, bề ngang, chiều ngang, cao, chiều cao, bề cao, dày, dầy, bề dày, " +
		"chiều dày, độ dày, =sâu, chiều sâu, độ sâu, mặt đường, mặt, mặt cắt, bề mặt, mặt cầu, lòng đường, nền đường, đáy, " +
		"rộng đáy, cách nhau, cách, cách nhà, khoảng cách, đường kính, phi, tải trọng, trọng tải, công suất, dung tích, " +
		"kích thước, tiết diện, lùi, lùi vào, lùi cổng, mỗi bên, lòng, lòng mương, lòng kênh, lề, lề đường, vai đường, miệng, sâu thêm, " +
		"rộng thêm, cao thêm, nâng cao, tôn cao, r, d", true},
})

// containers hold litres.
var containers = newLexicon([]entry[bool]{{"bồn, bể, thùng, chai, can, bình, téc, lu", true}})

// lengths stand before a length, which counts where something long is built
// and describes anything else.
var lengths = newLexicon([]entry[bool]{
	{"dài, chiều dài, bề dài, tổng chiều dài, độ dài", true},
})

// undoneBefore and undoneAfter are said of what is not there: not yet, not any
// more, or never.
var (
	undoneBefore = newLexicon([]entry[bool]{
		{"=chưa, chua, =còn, còn lại, =thiếu, còn thiếu, =hư, =hỏng, =chết, =sập, làm sập, =gãy, gãy đổ, =trễ, trễ hẹn, còn nợ, =chờ, " +
			"đang, =hứa, =xin, xin thêm, =sẽ, dự kiến, sắp, chuẩn bị, dự định, sang năm, năm sau, năm tới, kỳ sau", true},
	})
	undoneAfter = newLexicon([]entry[bool]{
		{"=chưa, chua, đang, =chờ, còn lại, =chết, bị hư, bị hỏng, =sẽ, dang dở", true},
	})
	// hopes are those of them that a target is made of.
	hopes = newLexicon([]entry[bool]{{"=sẽ, dự kiến, dự định, sắp, chuẩn bị", true}})
)

// plans say what was planned, done what became of it.
var (
	plans = newLexicon([]entry[bool]{{"kế hoạch, chỉ tiêu, phấn đấu, mục tiêu, dự toán, đăng ký", true}})
	done  = newLexicon([]entry[bool]{{"đạt, thực hiện, đã, được, đc, mới, xong, hoàn thành, quyết toán", true},
		{"mới đủ, mới được phép", false}})
)

// extremes stand before one of many, which is in their total.
var extremes = newLexicon([]entry[bool]{{"nhiều nhất, cao nhất, lớn nhất, thấp nhất, nhỏ nhất, hộ ít nhất, có hộ", true}})

// notThis and butThat are the ends of a correction: không phải 350m mà là 530m.
var (
	notThis = newLexicon([]entry[bool]{{"không phải, ko phải, chứ không phải", true}})
	butThat = newLexicon([]entry[bool]{{"mà là", true}})
)

// past stands before what was there already.
var past = newLexicon([]entry[bool]{
	{"năm ngoái, năm trước, lần trước, kỳ trước, báo lần trước, trước đó, trước đây, =cũ, so với, " +
		"báo lần trước ghi", true},
})

// puzzling words make of a number what only a person can tell.
var puzzling = newLexicon([]entry[bool]{
	{"=nhầm, không phải, mà là, =thay, thay bằng, thay thế, =rút, rút lại, =giảm, không, " +
		"=tùy, tùy tâm, =mượn, cho mượn, cho thuê, =trừ, tối đa, =giạ, usd, $, đô la, =đô", true},
	{"rút đơn, rút ngắn, rút kinh nghiệm, giảm nghèo, giảm hộ, không ngại, không tính, không kể, không dưới, " +
		"không quá, đô thị, không gian, không khí", false},
})

// The ends of a change: mở rộng đường từ 3m lên 5m.
var (
	fromWords = newLexicon([]entry[bool]{{"=từ, tu", true}})
	toWords   = newLexicon([]entry[bool]{{"lên, thành, xuống, xuống còn, lên thành, sang", true},
		{"chiếu sáng, buổi sáng, thắp sáng, hoàn thành, trưởng thành", false}})
	widens = newLexicon([]entry[bool]{{"mở rộng, rộng, nới rộng, mở", true}})
)

// beside stands before what something else is put along.
var beside = newLexicon([]entry[bool]{
	{"dọc, dọc theo, dọc lộ, dọc đường, dọc tuyến đường, trên đường, trên tuyến đường, trên, tại, dọc theo tuyến đường", true},
})

// earns stands before money that people make, and before what one costs:
// neither is what was given.
var earns = newLexicon([]entry[bool]{
	{"lãi, lợi nhuận, thu nhập, thu nhập bình quân, năng suất, giá, đơn giá, lợi nhuận tăng", true},
	{"trị giá, tổng giá, giá trị, đánh giá, tổng trị giá", false},
})

// average says that a share of one is no exact one.
var average = newLexicon([]entry[bool]{{"bình quân, trung bình, tb, ít nhất, tối đa, khoảng", true}})

// every stands before the one that a share is of.
var every = newLexicon([]entry[bool]{{"mỗi, từng", true}})

// totals stand before what others come to.
var totals = newLexicon([]entry[bool]{
	{"tổng, tổng cộng, tổng số, cộng, tất cả, tổng chiều dài, tổng diện tích, tổng kinh phí, tổng trị giá, =, " +
		"là, tổng giá trị, cộng lại, cả thảy, tkp, tổng số tiền, bằng, tổng kp, tổng chi phí, tổng thu", true},
})

// aboveAll stands before one part of what was told.
var aboveAll = newLexicon([]entry[bool]{{"=riêng, trong đó riêng", true}})

// outcomes say what became of some of those who were counted before, or of others.
var outcomes = newLexicon([]entry[bool]{
	{"thoát nghèo, thoát cận nghèo, tiến bộ, vươn lên, khá lên, có việc làm, hoàn lương, hòa nhập, tái hòa nhập, " +
		"trở lại trường, trả hết nợ", true},
})

// partly stands before the parts of what was told, or some of it.
var partly = newLexicon([]entry[bool]{{"trong đó, gồm, bao gồm, chia ra, cụ thể, trong đó có", true}})

// around stands before what there is in a place, whatever was done.
var around = newLexicon([]entry[bool]{
	{"xã có, phường có, ấp có, thôn có, khóm có, bản có, chi bộ có, tổ có, khối có, toàn xã có, trong số, trong tổng số", true},
})

// verbs are what is done to things: they are no names of them.
var verbs = newLexicon([]entry[bool]{
	{"lắp, mua, tặng, trao, thu, cấp, lắp đặt, lắp mới, trang bị, dựng, đặt, gắn, treo, làm, xây", true},
})

// onlyNow says that less was reached than what stands before.
var onlyNow = newLexicon([]entry[bool]{{"mới thu, mới được, mới đạt, mới đc, mới làm", true}})
