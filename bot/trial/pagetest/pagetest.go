//go:build browser

// Package pagetest drives the trial's page in Chromium: for the tests of the
// page alone and for those of the bot behind it. It knows the page's marks
// (data-person, data-button, data-field, …) and nothing of any bot. One
// browser serves all tests of a package, each in its own tab, since starting
// it takes longer than most of them. It is built with the tag browser only.
package pagetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// ShotsVariable names the environment variable with the folder that pictures
// of the page go to; without it none are taken.
const ShotsVariable = "TRIAL_SHOTS"

const (
	tabTime  = 10 * time.Minute // one test
	stepTime = 2 * time.Minute  // one Do
)

// Browser is a running Chromium.
type Browser struct{ ctx context.Context }

// Start starts Chromium; it lives as long as the test. Without Chromium the
// test fails: it could not say anything.
func Start(t *testing.T) *Browser {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.NoFirstRun)
	alloc, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), flags...)
	ctx, shut := chromedp.NewContext(alloc)
	t.Cleanup(func() { shut(); stop() })
	if err := chromedp.Do(ctx); err != nil { // starts the browser, which lives as long as this context
		t.Fatal(err)
	}
	return &Browser{ctx}
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("there is no Chromium on PATH")
	return ""
}

// Tab is one page, of one test.
type Tab struct {
	t   *testing.T
	ctx context.Context
}

// Open opens an address in a tab of this size, in CSS pixels, and waits until
// a chat is there. The tab closes with the test.
func (b *Browser) Open(t *testing.T, address string, width, height int64) *Tab {
	t.Helper()
	return b.OpenAt(t, address, width, height, `[data-action="send"], [data-action="start"]`)
}

// OpenAt is Open for a page without chats: it waits until sign can be seen.
func (b *Browser) OpenAt(t *testing.T, address string, width, height int64, sign string) *Tab {
	t.Helper()
	limited, cancel := context.WithTimeout(b.ctx, tabTime)
	ctx, shut := chromedp.NewContext(limited)
	t.Cleanup(func() { shut(); cancel() })
	if err := chromedp.Do(ctx); err != nil { // opens the tab, which lives as long as this context
		t.Fatal(err)
	}
	p := &Tab{t, ctx}
	p.Do(chromedp.EmulateViewport(width, height), chromedp.Navigate(address), See(sign))
	return p
}

// Do takes the steps, or ends the test with a picture of where it stuck.
func (p *Tab) Do(steps ...Step) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Shoot("failed-" + strings.ReplaceAll(p.t.Name(), "/", "-"))
		p.t.Fatal(err)
	}
}

// Shoot saves a picture of the page, if ShotsVariable says where.
func (p *Tab) Shoot(name string) {
	p.t.Helper()
	dir := os.Getenv(ShotsVariable)
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Errorf("taking a picture: %v", err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		p.t.Error(err)
	}
}

// Shot is Shoot among steps.
func (p *Tab) Shot(name string) Step {
	return chromedp.Func(func(context.Context, *chromedp.Target) error {
		p.Shoot(name)
		return nil
	})
}

// True fails the test, and goes on, when a script of the page is not true.
func (p *Tab) True(what, script string) {
	p.t.Helper()
	ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise))
	if err != nil || !ok {
		p.t.Errorf("not so: %s (%v)", what, err)
	}
}
