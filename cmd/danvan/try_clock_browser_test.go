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

	c.Do(pagetest.Click(toNext), pagetest.Last(hoa, "2 báo cáo cần gửi"), pagetest.Containing(".clock-time", "Thứ Sáu 11/12/2026 08:00"),
		pagetest.Containing(pagetest.In(hoa, ".theirs"), "còn 3 ngày làm việc"), pagetest.Containing(".clock-next", "16:00: tổng hợp cho 1 lãnh đạo"))
	p.Shoot(p.name("clock-reminder"))
	c.fits(t, p.width)

	supervisor.opens()
	c.Do(pagetest.Click(toNext), pagetest.Last(lan, "5/101 đơn vị chưa báo cáo"), pagetest.Last(lan, "xã Định Mỹ"),
		pagetest.Containing(".clock-time", "16:00"))
	p.Shoot(p.name("clock-digest"))
	supervisor.fits(t, p.width)

	c.opens()
	c.presses("Gửi báo cáo 1", "Gửi báo cáo như trên?")
	c.presses("Gửi báo cáo", "Đã nhận báo cáo")
	p.Shoot(p.name("clock-report"))
	supervisor.opens()
	supervisor.Do(pagetest.Last(lan, "4/101 đơn vị chưa báo cáo"), pagetest.Last(lan, "97/101 đơn vị đã nộp"))
	p.Shoot(p.name("clock-changed"))
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
