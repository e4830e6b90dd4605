//go:build browser

package main

import (
	"fmt"
	"testing"

	"danvan/bot/trial/pagetest"
)

// The step of the clock that every story takes.
const toNext = `.clock [data-step="next"]`

// pageClock moves from a quiet board to a digest that changes: two clicks on the
// clock bring a reminder to the officer and a digest to the supervisor, and one
// report from the reminder's button edits the digest.
func pageClock(t *testing.T, p *show) {
	c, supervisor := p.as(hoa), p.as(lan)
	c.Do(pagetest.Last(hoa, "cán bộ phụ trách xã Định Mỹ"), pagetest.Containing(".clock-time", "Thứ Năm 10/12/2026"),
		pagetest.Containing(".clock-next", "Mốc tới: Thứ Sáu 11/12, 08:00: nhắc 3 cán bộ"))
	p.Shoot(p.name("clock-quiet"))

	c.Do(pagetest.Click(toNext), pagetest.Last(hoa, "báo cáo năm 2026 của xã Định Mỹ"), pagetest.Containing(".clock-time", "Thứ Sáu 11/12/2026 08:00"),
		pagetest.Containing(pagetest.In(hoa, ".theirs"), "Còn 3 ngày làm việc"), pagetest.Containing(".clock-next", "16:00: tổng hợp cho 1 lãnh đạo"))
	p.Shoot(p.name("clock-reminder"))
	c.fits(t, p.width)

	supervisor.opens()
	c.Do(pagetest.Click(toNext), pagetest.Last(lan, "5/101 đơn vị chưa báo cáo"), pagetest.Last(lan, "xã Định Mỹ"),
		pagetest.Containing(".clock-time", "16:00"))
	p.Shoot(p.name("clock-digest"))
	supervisor.fits(t, p.width)

	c.opens()
	c.presses("Gửi báo cáo", "Kỳ này còn đến 14/12/2026")
	c.presses("Gửi luôn", "Đã nhận báo cáo")
	p.Shoot(p.name("clock-report"))
	supervisor.opens()
	supervisor.Do(pagetest.Last(lan, "4/101 đơn vị chưa báo cáo"), pagetest.Last(lan, "97/101 đơn vị đã báo cáo"))
	p.Shoot(p.name("clock-changed"))
}

// pagePlans has Minh look at a campaign and make one, and Quân add a day off that
// moves due days.
func pagePlans(t *testing.T, p *show) {
	c := p.as(minh)
	c.opens()
	c.Do(pagetest.Last(minh, "đến hạn trả lời")) // what he is told of first
	c.says("/kehoach", "Kế hoạch (2)")
	c.presses("1", "Báo cáo của xã, phường, đặc khu")
	p.Shoot(p.name("plan-card"))
	c.fits(t, p.width)
	c.presses("« Các kế hoạch", "Kế hoạch (2)")
	c.presses("Lập kế hoạch mới", "Kế hoạch tên là gì?")
	c.says("Phong trào “Dân vận khéo” tỉnh An Giang năm 2027", "Số, ký hiệu văn bản?")
	c.says("14/KH/BDVTU", "Cơ quan nào ban hành?")
	c.says("Ban Tuyên giáo và Dân vận Tỉnh ủy An Giang", "Từ ngày nào đến ngày nào?")
	c.says("01/01/2027 - 31/12/2027", "lấy từ đâu?")
	c.presses("1", "Cần những báo cáo nào?")
	c.presses("Quý", "Chọn một hoặc nhiều")
	p.Shoot(p.name("plan-reports"))
	c.presses("Xong", "Kiểm tra kế hoạch trước khi lưu")
	p.Shoot(p.name("plan-review"))
	c.fits(t, p.width)
	c.presses("Lưu kế hoạch", "14-KH/BDVTU")

	c = p.as(quan)
	c.opens()
	c.says("/ngaynghi", "Lịch làm việc tháng 12/2026")
	c.presses("Thêm ngày", "Nghỉ hay làm bù?")
	c.presses("Ngày nghỉ", "Ngày nào")
	c.says("16/12/2026", "Nghỉ dịp gì?")
	c.says("Đại hội thi đua yêu nước", "thông báo chính thức chưa?")
	c.presses("Đã chính thức", "nay là thứ Năm 17/12/2026")
	p.Shoot(p.name("days-review"))
	c.presses("Lưu vào lịch", "Hạn nộp dời")
	c.presses("« Tháng 12/2026", "Đại hội thi đua yêu nước")
	p.Shoot(p.name("days-month"))
	c.fits(t, p.width)
}

// pageTasks opens the list of things to try.
func pageTasks(t *testing.T, p *show) {
	p.Do(pagetest.Last(hoa, "cán bộ phụ trách xã Định Mỹ"))
	p.Do(pagetest.Script(`document.querySelector(".tasks").open = true`), pagetest.See(".tasks li"))
	p.True("there are seven things to try", `document.querySelectorAll(".tasks li").length === 7`)
	p.True("all of them can be seen", fmt.Sprintf(`[...document.querySelectorAll(".tasks li")].every((x) => x.getBoundingClientRect().right <= %d)`, p.width))
	p.Shoot(p.name("tasks"))
}

// name is a picture's, with the page's width.
func (p *show) name(what string) string { return fmt.Sprintf("%s-%d", what, p.width) }
