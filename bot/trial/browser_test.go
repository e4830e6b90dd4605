//go:build browser

package trial_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"danvan/bot/trial"
)

// chromium finds the browser; without one these tests cannot say anything.
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

// browser opens the page at a width, in front of a server with the echo bot.
func browser(t *testing.T, width, height int64) (*world, context.Context) {
	t.Helper()
	w := newWorld(t, village)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	bot := make(chan struct{})
	go func() { defer close(bot); echo{t, w.http.URL + "/bot7:t/"}.run(ctx) }()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.NoFirstRun)
	alloc, stop := chromedp.NewExecAllocator(ctx, flags...)
	tab, shut := chromedp.NewContext(alloc)
	t.Cleanup(func() { shut(); stop(); cancel(); <-bot })
	if err := chromedp.Do(tab); err != nil { // starts the browser, which lives as long as this context
		t.Fatal(err)
	}
	do(t, tab, chromedp.EmulateViewport(width, height), chromedp.Navigate(w.http.URL), chromedp.WaitVisible(`[data-action="send"], [data-action="start"]`))
	return w, tab
}

type step = chromedp.Action[chromedp.Void]

func do(t *testing.T, tab context.Context, steps ...step) {
	t.Helper()
	ctx, cancel := context.WithTimeout(tab, 15*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		shoot(t, tab, "failed-"+strings.ReplaceAll(t.Name(), "/", "-"))
		t.Fatal(err)
	}
}

// shoot saves a picture of the page where TRIAL_SHOTS says, if it does.
func shoot(t *testing.T, tab context.Context, name string) {
	t.Helper()
	dir := os.Getenv("TRIAL_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		t.Errorf("taking a picture: %v", err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		t.Error(err)
	}
}

func shot(t *testing.T, name string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		shoot(t, ctx, name)
		return nil
	})
}

// In the chat of a person.
func in(person int, selector string) string {
	return fmt.Sprintf(`[data-person="%d"].chat %s`, person, selector)
}

func typeIn(person int, text string) step {
	return chromedp.Steps(chromedp.SendKeys(in(person, `[data-field="text"]`), text), enter)
}

// enter presses the key as a keyboard does; as a typed character it would come
// in although the page handles the key.
func enter(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		press := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
		if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, press); err != nil {
			return chromedp.Void{}, err
		}
	}
	return chromedp.Void{}, nil
}

func click(selector string) step { return chromedp.Click(selector, chromedp.NodeVisible) }

func see(selector string) step { return chromedp.WaitVisible(selector) }

func gone(selector string) step { return chromedp.WaitNotPresent(selector) }

// containing waits until an element has the text.
func containing(selector, text string) step {
	there := chromedp.Poll[bool](fmt.Sprintf(`[...document.querySelectorAll(%q)].some((x) => x.textContent.includes(%q))`, selector, text), chromedp.WithPollingTimeout(10*time.Second))
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := there(ctx, tab); err != nil {
			return fmt.Errorf("waiting for %q in %s: %w", text, selector, err)
		}
		return nil
	})
}

func truth(t *testing.T, tab context.Context, what, script string) {
	t.Helper()
	ok, err := chromedp.Run(tab, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise))
	if err != nil || !ok {
		t.Errorf("not so: %s (%v)", what, err)
	}
}

func TestPageTalks(t *testing.T) {
	w, tab := browser(t, 1440, 900)
	do(t, tab,
		see(in(stranger, `.welcome`)), containing(in(stranger, `.welcome`), "việc khéo"),
		click(in(stranger, `[data-action="start"]`)), see(in(stranger, `[data-button="Đồng ý"].success`)),
		see(in(stranger, `[data-command="/dulieu"]`)), containing(in(stranger, "strong"), "Hội Nông dân xã Định Mỹ"),
		click(in(stranger, `[data-button="Đồng ý"]`)), see(in(stranger, `[data-toast="Đã lưu"]`)),
		containing(in(stranger, ".words"), "✔ Đã chọn: yes"), gone(in(stranger, `[data-button]`)), see(in(stranger, ".edited")),
	)
	do(t, tab,
		typeIn(an, "<b>không</b> & <script>alert(1)</script>"), containing(in(an, ".theirs em"), "<b>không</b> & <script>alert(1)</script>"),
		chromedp.SendKeys(in(an, `[data-field="text"]`), "/d"), see(in(an, `[role="option"][data-command="dangky"]`)), shot(t, "wide-commands"),
		chromedp.KeyEvent(kb.ArrowDown), enter,
		see(in(an, `[data-button="Giải thích"]`)), click(in(an, `[data-button="Giải thích"]`)),
		containing(`dialog h2`, "Tên nói được việc làm"), click(`dialog [data-action="confirm"]`), gone(`dialog`),
		click(in(an, `[data-button="Để sau"]`)), see(in(an, `[data-button="Để sau"][aria-busy="true"]`)),
	)
	do(t, tab,
		typeIn(an, "lân một"), containing(in(an, ".mine .words"), "lân một"), edit(an, "lần một"),
		containing(in(an, ".mine .words"), "lần một"), see(in(an, ".mine .edited")),
	)
	shoot(t, tab, "wide-talk")
	if v := view(t, w, stranger); !v.Started || v.Messages[1].Text != "✔ Đã chọn: yes" {
		t.Errorf("the stranger's chat: %+v", v)
	}
}

// edit changes the person's last message by its menu.
func edit(person int, text string) step {
	return chromedp.Steps(
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...document.querySelectorAll(%q)].pop().click()`, in(person, ".mine .options"))),
		click(`[data-menu="edit"]`), see(in(person, ".over")),
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).select()`, in(person, `[data-field="text"]`))), typeIn(person, text),
	)
}

func TestPageKeyboardAndContact(t *testing.T) {
	w, tab := browser(t, 1440, 900)
	do(t, tab, typeIn(an, "/phim"), see(in(an, `[data-key="Bỏ qua"]`)),
		click(in(an, `[data-action="keyboard"]`)), chromedp.WaitNotVisible(in(an, `[data-key="Bỏ qua"]`)), click(in(an, `[data-action="keyboard"]`)),
		click(in(an, `[data-key="Gửi số của tôi"]`)), click(`dialog [data-action="confirm"]`), containing(in(an, ".words"), "Của chính mình: true"),
		click(in(an, `[data-key="Gửi vị trí"]`)), click(`dialog [data-action="confirm"]`), see(in(an, ".map")),
		click(in(an, `[data-action="attach"]`)), click(`[data-menu="other-contact"]`), click(`dialog [data-action="confirm"]`), containing(in(an, ".words"), "Của chính mình: false"),
	)
	shoot(t, tab, "wide-keyboard")
	do(t, tab, click(in(an, `[data-action="more"]`)), click(`[data-menu="block"]`), see(in(an, `[data-action="unblock"]`)))
	if !view(t, w, an).Blocked {
		t.Error("the bot is not blocked")
	}
	do(t, tab, click(in(an, `[data-action="unblock"]`)), see(in(an, `[data-action="send"]`)))
}

func TestPagePhotos(t *testing.T) {
	w, tab := browser(t, 1440, 900)
	picked := filepath.Join(t.TempDir(), "duong.png")
	if err := os.WriteFile(picked, trial.Sample(3), 0o600); err != nil {
		t.Fatal(err)
	}
	paper := filepath.Join(t.TempDir(), "bao-cao.docx")
	if err := os.WriteFile(paper, []byte("báo cáo"), 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, tab,
		chromedp.SetUploadFiles(in(an, `[data-pick="photo"]`), []string{picked}, chromedp.NodeReady), see(in(an, `[data-photo]`)), see(in(an, `[data-reactions="👍"]`)),
		chromedp.SetUploadFiles(in(an, `[data-pick="document"]`), []string{paper}, chromedp.NodeReady), see(in(an, `[data-document="bao-cao.docx"]`)),
		click(in(binh, `[data-action="attach"]`)), click(`[data-menu="sample"]`), click(`[data-sample="2"]`), click(`[data-sample="3"]`), shot(t, "wide-samples"),
		chromedp.SendKeys(`dialog [data-field="caption"]`, "Đường nội ấp, trước và sau"), click(`dialog [data-action="confirm"]`),
		see(in(binh, `[data-count="3"]`)), containing(in(binh, ".words"), "trước và sau"),
	)
	time.Sleep(300 * time.Millisecond) // for the pictures to be decoded before one of the page is taken
	shoot(t, tab, "wide-photos")
	do(t, tab, click(in(binh, `.picture`)), see(`dialog.viewer img`), shot(t, "wide-viewer"), click(`dialog.viewer img`), gone(`dialog`))
	truth(t, tab, "the photos are shown", `[...document.querySelectorAll("[data-photo]")].every((x) => x.complete && x.naturalWidth > 0)`)
	v := view(t, w, binh)
	if len(v.Messages) != 3 || v.Messages[0].MediaGroupID == "" || v.Messages[0].Caption == "" {
		t.Errorf("the album: %+v", v.Messages)
	}
}

func TestPageInvitation(t *testing.T) {
	w, tab := browser(t, 1440, 900)
	w.say(an, "Lời mời: https://t.me/danvan_bot?start=MA_MOI-1")
	do(t, tab, click(in(an, `.words a`)), see(`dialog [data-field="invite"]`),
		chromedp.SetValue(`dialog [data-field="person"]`, fmt.Sprint(stranger)), click(`dialog [data-action="confirm"]`),
		containing(in(stranger, ".mine .words"), "/start MA_MOI-1"))
	if v := view(t, w, stranger); v.Messages[0].Text != "/start MA_MOI-1" {
		t.Errorf("got %+v", v.Messages)
	}
}

func TestPageReplyReactionPinDelete(t *testing.T) {
	w, tab := browser(t, 1440, 900)
	question := w.say(an, "Bao nhiêu hộ?", params{"reply_markup": params{"force_reply": true, "input_field_placeholder": "Số hộ"}})
	do(t, tab, see(in(an, ".over")), see(in(an, `[placeholder="Số hộ"]`)), typeIn(an, "31 hộ"), see(in(an, ".mine .quote")))
	if v := view(t, w, an); v.Messages[1].ReplyTo == nil || v.Messages[1].ReplyTo.ID != question {
		t.Errorf("no reply: %+v", v.Messages[1])
	}
	w.must("pinChatMessage", params{"chat_id": an, "message_id": question}, nil)
	do(t, tab, containing(in(an, ".pins"), "Bao nhiêu hộ?"), typeIn(an, "/cho"), see(in(an, ".acting")))
	w.must("deleteMessage", params{"chat_id": an, "message_id": question}, nil)
	do(t, tab, gone(in(an, fmt.Sprintf(`[data-message-id="%d"]`, question))))
}

func TestPageNarrow(t *testing.T) {
	w, tab := browser(t, 375, 740)
	do(t, tab, typeIn(an, "/start"), see(in(an, `[data-button="Đồng ý"]`)), typeIn(an, "/dangky"), see(in(an, `[data-button="Giải thích"]`)))
	w.say(binh, "Một")
	w.say(binh, "Hai")
	do(t, tab, see(fmt.Sprintf(`.person[data-person="%d"] [data-unread="2"]`, binh)))
	shoot(t, tab, "narrow")
	photos := []trial.File{{Name: "a.png", Data: trial.Sample(1)}, {Name: "b.png", Data: trial.Sample(2)}, {Name: "c.png", Data: trial.Sample(3)}, {Name: "d.png", Data: trial.Sample(1)}}
	if _, err := w.SendAlbum(an, photos, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.SendDocument(an, trial.File{Name: "bao-cao-ket-qua-thuc-hien-phong-trao-dan-van-kheo-6-thang-cuoi-nam-2026.docx", Data: []byte("x")}, strings.Repeat("dài", 60)); err != nil {
		t.Fatal(err)
	}
	do(t, tab, typeIn(an, "/phim"), see(in(an, `[data-key="Bỏ qua"]`)))
	truth(t, tab, "nothing is wider than the screen", `document.documentElement.scrollWidth <= 375 && [...document.querySelectorAll(".chat *")].every((x) => x.getBoundingClientRect().right <= 375.5 && x.getBoundingClientRect().left >= -0.5)`)
	truth(t, tab, "one chat at a time", `document.querySelectorAll(".chat").length === 1`)
	shoot(t, tab, "narrow-files")
	do(t, tab, click(in(an, `[data-action="attach"]`)), see(`[data-menu="sample"]`), shot(t, "narrow-menu"), click(`[data-menu="sample"]`), see(`[data-sample]`), shot(t, "narrow-samples"), click(`dialog [data-action="cancel"]`))
	do(t, tab, click(fmt.Sprintf(`.person[data-person="%d"]`, binh)), containing(in(binh, ".words"), "Hai"), gone(`[data-unread]`))
	do(t, tab, click(`.tasks summary`), containing(`.tasks li`, "Gõ /dangky"), shot(t, "narrow-tasks"), click(`[data-open="101"]`), gone(`.tasks[open]`), chromedp.WaitReady(in(an, `[data-button="Giải thích"]`)))
}

func dark(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	return chromedp.Void{}, err
}

func TestPageDark(t *testing.T) {
	_, tab := browser(t, 375, 740)
	do(t, tab, dark,
		typeIn(an, "/start"), see(in(an, `[data-button="Đồng ý"]`)))
	truth(t, tab, "the page is dark", `getComputedStyle(document.body).backgroundColor === "rgb(12, 18, 23)"`)
	shoot(t, tab, "narrow-dark")
	do(t, tab, chromedp.EmulateViewport(1440, 900), click(fmt.Sprintf(`.person[data-person="%d"]`, binh)), typeIn(binh, "/dangky"), see(in(binh, `[data-button="Giải thích"]`)))
	shoot(t, tab, "wide-dark")
}

func TestPageLanguages(t *testing.T) {
	_, tab := browser(t, 1440, 900)
	do(t, tab, chromedp.SetValue(`[data-field="language"]`, "en"), chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-field="language"]').dispatchEvent(new Event("change"))`),
		containing(`h1`, "Try Danvan"), see(in(an, `[placeholder="Message"]`)), containing(`.tasks`, "Type /dangky"))
	truth(t, tab, "the languages of the page have the same words", `import("/words.js").then(({ words }) => Object.values(words).every((w) => {
		const keys = Object.keys(words.vi);
		const holes = (s) => (s.match(/\{\w+\}/g) ?? []).sort().join();
		return Object.keys(w).length === keys.length && keys.every((k) => w[k] && holes(w[k]) === holes(words.vi[k]));
	}))`)
}
