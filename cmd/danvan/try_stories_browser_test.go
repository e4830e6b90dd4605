//go:build browser

package main

import (
	"fmt"
	"testing"

	"danvan/bot/trial/pagetest"
)

const (
	problem = "Đường ấp không có đèn, tối đến bà con đi làm về dễ té ngã"
	method  = "Họp tổ nhân dân, đảng viên góp trước, mỗi nhà nhận chăm một cột đèn trước cửa"
)

// pageRegister walks Hoa through a whole registration: with a wrong answer, a
// step back, an old button and a change from the review card.
func pageRegister(t *testing.T, p *show) {
	c := p.as(hoa)
	c.Do(pagetest.Last(hoa, "cán bộ phụ trách xã Định Mỹ"))
	c.clicks(keyRegister, "Tên mô hình là gì?")
	c.says("Đèn", "Mới có 3 ký tự")
	c.says("Thắp sáng đường quê ấp Phú Đa", "Tập thể hay cá nhân làm?")
	c.presses("Tập thể", "Tập thể nào làm?")
	c.presses("« Quay lại", "Đang ghi: Tập thể")
	c.presses("Giữ nguyên", "Tập thể nào làm?")
	c.says("Chi bộ ấp Phú Đa", "Lĩnh vực chính là gì?")
	c.presses("Giải thích", "Mỗi mô hình chỉ tính vào một lĩnh vực")
	c.presses("Văn hóa - xã hội", "Đăng ký danh hiệu nào?")
	c.says("ntm", "Mới, duy trì hay nâng chất?")
	c.presses("Xây dựng mới", "Làm ở đâu, cho ai?")
	c.says("ấp Phú Đa, 42 hộ dọc đường", "Vì sao cần làm?")
	c.says(problem, "Mục tiêu đo được là gì?")
	c.says("42 cột đèn trên 1,2 km đường", "Làm thế nào?")
	c.says(method, "Làm từ bao giờ đến bao giờ?")
	c.says("31/11/2026", "tháng 11 năm 2026 chỉ có 30 ngày")
	c.says("03/2026 - 10/2026", "Ai phụ trách")
	c.presses("Nguyễn Thị Hoa · 0912 345 678", "Kiểm tra trước khi gửi")
	c.presses("Sửa một mục", "Sửa mục nào?")
	c.presses("8. Địa bàn", "Đang ghi: ấp Phú Đa, 42 hộ dọc đường")
	c.says("ấp Phú Đa, 40 hộ hai bên đường", "8. Địa bàn (đã sửa): ấp Phú Đa, 40 hộ hai bên đường")
	c.presses("Gửi đăng ký", "đang chờ duyệt")
	c.Do(pagetest.Last(hoa, "Thắp sáng đường quê ấp Phú Đa"), pagetest.Gone(pagetest.In(hoa, `[data-button="Gửi đăng ký"]`)),
		pagetest.Containing(pagetest.In(hoa, ".theirs"), "✔ Đã gửi lúc"))
	c.presses("Xem mô hình", "chờ duyệt")
	c.fits(t, 375)
}

// fits checks that nothing is wider than the screen, and that every button
// says what it does in one line.
func (c talk) fits(t *testing.T, width int64) {
	t.Helper()
	c.True("nothing is wider than the screen", fmt.Sprintf(`document.documentElement.scrollWidth <= %[1]d &&
		[...document.querySelectorAll(".chat *")].every((x) => x.getBoundingClientRect().right <= %[1]d.5 && x.getBoundingClientRect().left >= -0.5)`, width))
	c.True("no button wraps", `[...document.querySelectorAll(".inline-button, .reply-row button")].every((x) => x.getBoundingClientRect().height < 46)`)
}

// pageRestart stops the bot in the middle of a form; the form goes on, and a
// button that was pressed meanwhile is obeyed.
func pageRestart(t *testing.T, p *show) {
	c := p.as(hoa)
	c.clicks(keyRegister, "Tên mô hình là gì?")
	c.says("Ngày Chủ nhật xanh ở ấp Phú Đa", "Tập thể hay cá nhân làm?")
	p.stopBot(t)
	c.Do(pagetest.Press(hoa, "Tập thể"), pagetest.See(pagetest.In(hoa, `[data-button="Tập thể"][aria-busy="true"]`)))
	p.openBot(t)
	c.Do(pagetest.Last(hoa, "Tập thể nào làm?"))
	c.says("Chi đoàn xã", "Lĩnh vực chính là gì?")
	c.clicks(`[data-action="commands"]`, "Lĩnh vực chính là gì?")
	c.clicks(`[data-command="huy"]`, "Ngày Chủ nhật xanh ở ấp Phú Đa")
	c.presses("Cất vào Bản nháp", "Đã cất bản nháp")
	c.says("/nhap", "Bản nháp của vị trí này (1)")
	c.presses("1. Làm tiếp", "Lĩnh vực chính là gì?")
}

// pageUpdate tells of results with a photo and an album, and sees them again
// in the model's history and evidence.
func pageUpdate(t *testing.T, p *show) {
	c := p.as(hoa)
	c.clicks(keyUpdate, "Cập nhật mô hình nào?")
	c.presses("Hiến đất mở đường nội ấp", "Đến nay có gì mới?")
	c.presses("Có kết quả mới", "Làm được những gì?")
	c.says("thêm 350 m đường; 120 ngày công", "Giá trị làm được là bao nhiêu?")
	c.presses("Không có", "Kiểm tra trước khi gửi")
	c.sendsSamples(1)
	c.Do(pagetest.Last(hoa, "Ảnh có rõ mặt người không?"), pagetest.See(pagetest.In(hoa, `[data-reactions="👍"]`)))
	c.sendsSamples(2, 3)
	c.Do(pagetest.See(pagetest.In(hoa, `.mine [data-count="2"]`)), pagetest.Last(hoa, "Ảnh có rõ mặt người không?"))
	c.presses("Không rõ mặt", "Kiểm tra trước khi gửi")
	c.Do(pagetest.Last(hoa, "Minh chứng: 3 tệp"))
	c.presses("Gửi cập nhật", "thêm 350 m đường, 120 ngày công")
	c.presses("Xem mô hình", "Lần cập nhật gần nhất: thêm 350 m đường, 120 ngày công")
	c.presses("Lịch sử (2)", "2 lần cập nhật")
	c.presses("« Mô hình", "Lần cập nhật gần nhất")
	c.Do(pagetest.Press(hoa, "Minh chứng (3)"), pagetest.See(pagetest.In(hoa, `.theirs [data-count="3"]`)))
}

// sendsSamples sends sample photos: one is a photo, several are an album.
func (c talk) sendsSamples(which ...int) {
	c.Do(pagetest.Click(pagetest.In(c.person, `[data-action="attach"]`)), pagetest.Click(`[data-menu="sample"]`))
	c.Do(pagetest.Click(`[data-sample="1"]`)) // it is chosen when the window opens
	for _, n := range which {
		c.Do(pagetest.Click(fmt.Sprintf(`[data-sample="%d"]`, n)))
	}
	c.Do(pagetest.Click(`dialog [data-action="confirm"]`), pagetest.Gone("dialog"))
}

// pageFind finds a model by a few letters without diacritics; an old list
// says so.
func pageFind(t *testing.T, p *show) {
	c := p.as(hoa)
	c.says("hien dat", "Tìm “hien dat”")
	c.presses("1", "Địa bàn")
	c.presses("Bản đăng ký", "Cách làm")
	c.Do(pagetest.Press(hoa, "« Danh sách"), pagetest.See(pagetest.In(hoa, `[data-button="Trạng thái"]`)))
	c.fits(t, 375)

	c = p.as(lan)
	c.opens()
	c.clicks(`[data-key="📋 Mô hình"]`, "Mô hình của tỉnh An Giang")
	c.presses("Lĩnh vực", "thuộc lĩnh vực nào?")
	c.presses("Kinh tế (4)", "Lĩnh vực: Kinh tế")
	c.says("keng", "Tiếng kẻng bình yên")
	c.Do(pagetest.Script(fmt.Sprintf(`document.querySelector(%q).click()`, pagetest.In(lan, `[data-button="Trạng thái"]`))),
		pagetest.See(pagetest.In(lan, `[data-toast="Danh sách này đã cũ. Mở danh sách mới bằng /mohinh."]`)))
	c.fits(t, 375)
}

// pageEnglish has Hoa choose English: the screen, the keys and the commands
// change with it.
func pageEnglish(t *testing.T, p *show) {
	c := p.as(hoa)
	c.says("/caidat", "Cài đặt")
	c.presses("English", "Messages will now be in English.")
	c.Do(pagetest.Containing(pagetest.In(hoa, ".theirs"), "Post: officer of Định Mỹ commune"))
	c.clicks(`[data-key="📝 Register a model"]`, "What is the model called?")
	c.clicks(`[data-action="commands"]`, "What is the model called?")
	c.clicks(`[data-command="help"]`, "What is the model called?")
	c.Do(pagetest.Containing(pagetest.In(hoa, ".theirs"), "What you can do here"))
}

// pageEnrol refuses the stranger, then takes him in by the link of the task.
func pageEnrol(t *testing.T, p *show) {
	c := p.as(an)
	c.opens()
	c.Do(pagetest.See(pagetest.In(an, ".welcome")))
	c.clicks(`[data-action="start"]`, "Danvan dành cho cán bộ được mời")
	c.Do(pagetest.Click(".tasks summary"), pagetest.Click(fmt.Sprintf(`.tasks [data-link="%d"]`, an)),
		pagetest.Gone(".tasks[open]"), pagetest.Last(an, "cán bộ phụ trách phường Châu Đốc"))
	c.presses("Đồng ý", "Họ tên của đồng chí?")
	c.presses("Trần Văn An", "Số điện thoại của đồng chí?")
	c.Do(pagetest.Click(pagetest.In(an, `[data-action="attach"]`)), pagetest.Click(`[data-menu="other-contact"]`),
		pagetest.Click(`dialog [data-action="confirm"]`), pagetest.Last(an, "Đây là danh bạ của người khác"))
	c.Do(pagetest.Click(pagetest.In(an, `[data-key="📱 Gửi số của tôi"]`)), pagetest.Click(`dialog [data-action="confirm"]`),
		pagetest.Last(an, "Đã ghi nhận đồng chí Trần Văn An"))
	c.clicks(keyRegister, "Tên mô hình là gì?")
	c.fits(t, 375)
}

// pageSideBySide has three people talk at once, each to their own form.
func pageSideBySide(t *testing.T, p *show) {
	p.Do(pagetest.Say(hoa, "/dangky"), pagetest.Say(tu, "/dangky"), pagetest.Say(minh, "/dangky"))
	p.Do(pagetest.Last(hoa, "Tên mô hình là gì?"), pagetest.Last(tu, "Tên mô hình là gì?"), pagetest.Last(minh, "Mô hình của đơn vị nào?"))
	p.Do(pagetest.Say(tu, "Nuôi ong dưới tán rừng"), pagetest.Say(hoa, "Đọc sách cùng con"), pagetest.Say(minh, "thoai son"))
	p.Do(pagetest.Last(tu, "Tập thể hay cá nhân làm?"), pagetest.Last(hoa, "Tập thể hay cá nhân làm?"),
		pagetest.Containing(pagetest.In(minh, ".theirs"), "✔ Đơn vị: Xã Thoại Sơn"))
	p.as(lan).opens() // in the column of one who was not heard for longest
	p.True("three chats stand side by side", `document.querySelectorAll(".chat").length === 3`)
	p.Do(pagetest.Say(lan, "/dangky"), pagetest.Last(lan, "Chỉ cán bộ phụ trách"))
}
