//go:build browser

package trial_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"danvan/bot/trial"
	"danvan/bot/trial/pagetest"
)

// TestPageClock moves the clock of the page, by mouse and by keyboard, narrow
// and wide, in both languages, and alone.
func TestPageClock(t *testing.T) {
	t.Parallel()
	chromium := pagetest.Start(t)
	for name, story := range map[string]func(*testing.T, *pagetest.Browser){
		"wide": clockWide, "narrow": clockNarrow, "alone": clockAlone,
	} {
		t.Run(name, func(t *testing.T) { story(t, chromium) })
	}
}

const nextStep = `[data-step="next"]`

func clockWide(t *testing.T, chromium *pagetest.Browser) {
	v := newTravel()
	w := newWorld(t, withTravel(v))
	tab := chromium.Open(t, w.http.URL, 1440, 900)
	tab.Do(pagetest.Containing(".clock-time", "Thứ Năm 10/12/2026 09:30"),
		pagetest.Containing(".clock-next", "Mốc tới: Thứ Sáu 11/12, 09:30: nhắc 2 cán bộ"),
		pagetest.Click(`[data-step="hour"]`), pagetest.Containing(".clock-time", "10:30"))
	tab.Shoot("wide-clock")
	tab.Do(chromedp.Focus(nextStep, chromedp.NodeVisible), chromedp.KeyEvent(kb.Enter), pagetest.Containing(".clock-time", "Thứ Sáu 11/12/2026 09:30"),
		pagetest.Containing(".clock-next", "Chưa có mốc nào sắp tới."), pagetest.See(nextStep+`[aria-disabled="true"]`))
	w.say(an, "Một tin mới, để cột bên trái vẽ lại")
	w.say(binh, "Một tin nữa")
	tab.Do(pagetest.Containing(".theirs", "vẽ lại"))
	tab.True("the focus stays", `document.activeElement.dataset.step === "next"`)
	tab.Do(chromedp.Focus(`[data-step="day"]`, chromedp.NodeVisible), chromedp.KeyEvent(kb.Enter),
		pagetest.Containing(".clock-time", "Thứ Bảy 12/12/2026"), pagetest.Containing(".clock-said", "Bây giờ là Thứ Bảy 12/12/2026 09:30"))
	tab.Do(chromedp.SetValue(`[data-field="language"]`, "en"), pagetest.Script(`document.querySelector('[data-field="language"]').dispatchEvent(new Event("change"))`),
		pagetest.Containing(".clock-time", "Sat 12/12/2026 09:30"), pagetest.Containing(".clock", "To what is next"))
}

func clockNarrow(t *testing.T, chromium *pagetest.Browser) {
	v := newTravel()
	w := newWorld(t, withTravel(v))
	tab := chromium.Open(t, w.http.URL, 375, 740)
	tab.Do(pagetest.Containing(".clock-time", "10/12/2026"), pagetest.Containing(".clock-next", "nhắc 2 cán bộ"))
	tab.Shoot("narrow-clock")
	tab.True("nothing is wider than the screen", `document.documentElement.scrollWidth <= 375 &&
		[...document.querySelectorAll(".clock *:not(.clock-said)")].every((x) => x.getBoundingClientRect().right <= 375.5)`)
	tab.True("the steps are big enough for a thumb and stand in one row", `((steps) => steps.every((x) => x.getBoundingClientRect().height >= 36 &&
		x.getBoundingClientRect().top === steps[0].getBoundingClientRect().top))([...document.querySelectorAll(".clock-steps button")])`)
	tab.True("the clock takes little of the screen", `document.querySelector(".clock").getBoundingClientRect().height <= 80`)
	tab.Do(pagetest.Click(nextStep), pagetest.Containing(".clock-time", "11/12/2026"))
	tab.Do(chromedp.SetValue(`[data-field="language"]`, "en"), pagetest.Script(`document.querySelector('[data-field="language"]').dispatchEvent(new Event("change"))`),
		pagetest.Containing(".clock", "+1 hour"))
	tab.Shoot("narrow-clock-en")
	tab.True("nothing is wider than the screen in English", `document.documentElement.scrollWidth <= 375 &&
		[...document.querySelectorAll(".clock *:not(.clock-said)")].every((x) => x.getBoundingClientRect().right <= 375.5)`)
}

func clockAlone(t *testing.T, chromium *pagetest.Browser) {
	v := newTravel()
	web := httptest.NewServer(trial.ClockPage(v, "Danvan", []string{"vi", "en"}))
	t.Cleanup(web.Close)
	tab := chromium.OpenAt(t, web.URL, 375, 740, nextStep)
	tab.Do(pagetest.Containing("h1", "Đồng hồ thử của Danvan"), pagetest.Containing(".clock-time", "10/12/2026"), pagetest.Click(nextStep),
		pagetest.Containing(".clock-time", "11/12/2026"))
	tab.Shoot("clock-alone")
	tab.True("nothing is wider than the screen", `document.documentElement.scrollWidth <= 375 &&
		[...document.querySelectorAll("main > *")].every((x) => x.getBoundingClientRect().right <= 375.5)`)
	v.mu.Lock()
	v.next = v.now.Add(6 * time.Hour)
	v.mu.Unlock()
	tab.Do(chromedp.SetValue(`[data-field="language"]`, "en"), pagetest.Script(`document.querySelector('[data-field="language"]').dispatchEvent(new Event("change"))`),
		pagetest.Containing("h1", "Trial clock of Danvan"), pagetest.Click(`[data-step="hour"]`), pagetest.Containing(".clock-next", "15:30: 2 officers are reminded"))
}
