package answer

// The findings of the check of specificity.
const (
	vagueTitle   = "vague.title"
	vagueNumber  = "vague.target_number"
	vaguePlace   = "vague.place"
	vagueWho     = "vague.who"
	vagueDate    = "vague.date"
	vagueOutput  = "vague.output"
	vagueContent = "vague.slogan"
)

// Advice lists every key that Vague can return.
func Advice() []string {
	return []string{vagueTitle, vagueNumber, vaguePlace, vagueWho, vagueDate, vagueOutput, vagueContent}
}

// slogans are the phrases of a text that promises and says nothing.
var slogans = newLexicon([]entry[bool]{
	{"đẩy mạnh, tăng cường, nâng cao, nâng cao nhận thức, nâng cao hiệu quả, nâng cao chất lượng, phát huy, " +
		"phát huy vai trò, đổi mới, góp phần, tiếp tục, thường xuyên, quan tâm, chú trọng, tích cực, chủ động, " +
		"kịp thời, đồng bộ", true},
	{"thực hiện tốt, làm tốt, thực hiện, triển khai, triển khai thực hiện, tổ chức thực hiện, thực hiện có hiệu quả, " +
		"có hiệu quả, hiệu quả, hoàn thành tốt nhiệm vụ, hoàn thành nhiệm vụ", true},
	{"tuyên truyền, vận động, tuyên truyền vận động, phối hợp, lãnh đạo, chỉ đạo, quán triệt, phong trào, " +
		"phong trào thi đua, công tác, công tác dân vận, dân vận, dân vận khéo, khéo, mô hình, cuộc vận động", true},
	{"nhận thức, ý thức, trách nhiệm, tinh thần, đoàn kết, chất lượng, đời sống, vai trò, nhiệm vụ, " +
		"nhiệm vụ chính trị, chủ trương, chính sách, pháp luật, nghị quyết, nhân dân, người dân, quần chúng, bà con, " +
		"hội viên, đoàn viên, đảng viên, cán bộ, công chức, cán bộ hội viên", true},
	{"chủ trương của đảng, chính sách pháp luật, của đảng, của nhà nước, đảng, nhà nước, các cấp, các ngành, " +
		"các tầng lớp, địa phương, cơ sở, đơn vị, trên địa bàn", true},
	{"xây dựng nông thôn mới, nông thôn mới, đô thị văn minh, xây dựng, kinh tế, xã hội, văn hóa, chính trị, " +
		"hệ thống chính trị, an ninh, quốc phòng, trật tự, phát triển, thi đua", true},
	{"năm, trong, của, cho, và, các, những, để, tốt, hơn, về, với, là, được, có, trong năm, nay, này, tại, ở, đối với, " +
		"nhằm, theo, mọi, từng, giai đoạn, việc, cùng, một, bằng, từ, đến, đã, sẽ, cũng, do, ra, vào, sâu rộng, " +
		"mạnh mẽ, rộng khắp, toàn diện, thiết thực", true},
})

// generalPlaces name no place.
var generalPlaces = newLexicon([]entry[bool]{
	{"toàn xã, toàn phường, toàn tỉnh, trong xã, xã, phường, tỉnh, ấp, khóm, thôn, bản, xóm, khu phố, địa phương, " +
		"địa bàn, trên địa bàn, trên địa bàn xã, trên địa bàn phường, trên địa bàn tỉnh, các ấp, các khóm, các thôn, " +
		"các bản, các hộ, cơ sở, đơn vị, cơ quan, khu dân cư, nhân dân, người dân, hội viên, đoàn viên, đảng viên, " +
		"toàn dân, mọi người, mọi nơi, khắp nơi, nơi cư trú, tại, ở, và, trong, của, các, cho, cả, tổ dân phố, bà con", true},
})

// Vague checks a registration for the fault that reviews complain of, "còn
// chung chung" (domain.md §4.1), and returns the keys of what is missing in
// the order of Advice. Nothing is missing from a specific one. The output is an
// optional question: a target in figures tells it as well. It advises; it
// never blocks.
func Vague(title, target, content, place string, hasWho, hasDate, hasOutput bool) []string {
	aim := list(target, true)
	var out []string
	for _, check := range []struct {
		key     string
		missing bool
	}{
		{vagueTitle, empty(title, slogans, 1)},
		{vagueNumber, !aim.hasFigure()},
		{vaguePlace, empty(place, generalPlaces, 1)},
		{vagueWho, !hasWho},
		{vagueDate, !hasDate},
		{vagueOutput, !hasOutput && len(aim.certain()) == 0},
		{vagueContent, empty(content, slogans, 4) && !list(content, true).hasFigure()},
	} {
		if check.missing {
			out = append(out, check.key)
		}
	}

	return out
}

// empty reports whether fewer than enough words remain of a text when the
// phrases that say nothing are taken out. Years do not count.
func empty(text string, nothing lexicon[bool], enough int) bool {
	toks := scan(text)
	left := 0
	for i := 0; i < len(toks); {
		if f := nothing.at(toks, i); f.len > 0 {
			i += f.len
			continue
		}
		t := toks[i]
		if t.kind == word || t.kind == number && !(len(t.fold) == 4 && plausibleYear(t.fold)) {
			left++
		}
		i++
	}

	return left < enough
}

// hasFigure reports whether a text holds a number of something.
func (l *listing) hasFigure() bool {
	return len(l.items) > 0 || len(l.figures) > 0 && l.figures[0].kind == money
}
