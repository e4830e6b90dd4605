//go:build browser

package main

import (
	"context"
	"net"
	"testing"

	"danvan/bot/trial/pagetest"
)

// More of the people of the trial.
const (
	minh = int64(1003) // coordinator of An Giang, and officer of Long Xuyên
	lan  = int64(1004) // supervisor of An Giang
)

// The keys under the chat.
const (
	keyRegister = `[data-key="📝 Đăng ký mô hình"]`
	keyUpdate   = `[data-key="🔄 Cập nhật"]`
)

// Sizes of the page.
type size struct{ width, height int64 }

var (
	phone = size{375, 740}
	desk  = size{1440, 900}
)

// TestPageWithBot uses the bot as a visitor of the trial does: by clicking and
// typing.
func TestPageWithBot(t *testing.T) {
	t.Parallel()
	chromium := pagetest.Start(t)
	for name, story := range map[string]struct {
		size
		tell func(*testing.T, *show)
	}{
		"register":     {phone, pageRegister},
		"restart":      {phone, pageRestart},
		"update":       {desk, pageUpdate},
		"find":         {phone, pageFind},
		"english":      {desk, pageEnglish},
		"enrol":        {phone, pageEnrol},
		"side by side": {desk, pageSideBySide},
		"clock, phone": {phone, pageClock},
		"clock, desk":  {desk, pageClock},
		"plans, phone": {phone, pagePlans},
		"plans, desk":  {desk, pagePlans},
		"tasks, phone": {phone, pageTasks},
		"tasks, desk":  {desk, pageTasks},
	} {
		t.Run(name, func(t *testing.T) { story.tell(t, present(t, chromium, story.size)) })
	}
}

// show is a trial that is open in a tab.
type show struct {
	*pagetest.Tab
	size
	trial *tried
	stop  context.CancelFunc // ends the bot
	ended chan error         // gets what it ended with
}

// present starts a trial of its own for a test and opens its page.
func present(t *testing.T, chromium *pagetest.Browser, s size) *show {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config := testConfig(t)
	config.Log = "warn"
	trial, err := startTrial(t.Context(), config, novemberClock(), l)
	if err != nil {
		t.Fatal(err)
	}
	stopPage := trial.servePage()
	if err := trial.greet(); err != nil {
		t.Fatal(err)
	}
	p := &show{trial: trial, size: s}
	p.startBot()
	t.Cleanup(func() {
		p.stopBot(t)
		stopPage()
	})
	p.Tab = chromium.Open(t, trial.address, s.width, s.height)
	return p
}

func (p *show) startBot() {
	ctx, stop := context.WithCancel(context.Background())
	p.stop, p.ended = stop, make(chan error, 1)
	go func(h *house) { p.ended <- h.run(ctx) }(p.trial.house)
}

func (p *show) stopBot(t *testing.T) {
	t.Helper()
	p.stop()
	if err := <-p.ended; err != nil {
		t.Errorf("the bot stopped: %v", err)
	}
	if err := p.trial.house.close(); err != nil {
		t.Error(err)
	}
}

// openBot opens the bot again, after stopBot, on the same store.
func (p *show) openBot(t *testing.T) {
	t.Helper()
	if err := p.trial.open(); err != nil {
		t.Fatal(err)
	}
	p.startBot()
}

// talk is what one person does and sees.
type talk struct {
	*show
	person int64
}

func (p *show) as(person int64) talk { return talk{p, person} }

// says types a text and waits for an answer that has the other.
func (c talk) says(text, answer string) {
	c.Do(pagetest.Say(c.person, text), pagetest.Last(c.person, answer))
}

// presses presses a button and waits for the newest message to have the text.
func (c talk) presses(label, answer string) {
	c.Do(pagetest.Press(c.person, label), pagetest.Last(c.person, answer))
}

// clicks clicks what a selector finds in the chat.
func (c talk) clicks(selector, answer string) {
	c.Do(pagetest.Click(pagetest.In(c.person, selector)), pagetest.Last(c.person, answer))
}

// opens opens the person's chat.
func (c talk) opens() { c.Do(pagetest.OpenChat(c.person)) }
