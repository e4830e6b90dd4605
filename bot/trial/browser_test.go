//go:build browser

package trial_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"danvan/bot/trial"
	"danvan/bot/trial/pagetest"
)

// TestPageInBrowser uses the page, with the echo bot behind it.
func TestPageInBrowser(t *testing.T) {
	t.Parallel()
	chromium := pagetest.Start(t)
	for name, story := range map[string]func(*testing.T, *pagetest.Browser){
		"talks": pageTalks, "keyboard and contact": pageKeyboardAndContact, "photos": pagePhotos, "invitation": pageInvitation,
		"reply, reaction, pin, delete": pageReplyReactionPinDelete, "narrow": pageNarrow, "dark": pageDark, "languages": pageLanguages,
	} {
		t.Run(name, func(t *testing.T) { story(t, chromium) })
	}
}

// open opens the page at a size, in front of a server with the echo bot.
func open(t *testing.T, chromium *pagetest.Browser, width, height int64) (*world, *pagetest.Tab) {
	t.Helper()
	w := newWorld(t, village)
	ctx, cancel := context.WithCancel(t.Context())
	bot := make(chan struct{})
	go func() { defer close(bot); echo{t, w.http.URL + "/bot7:t/"}.run(ctx) }()
	t.Cleanup(func() { cancel(); <-bot })
	return w, chromium.Open(t, w.http.URL, width, height)
}

func pageTalks(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 1440, 900)
	tab.Do(
		pagetest.See(pagetest.In(stranger, `.welcome`)), pagetest.Containing(pagetest.In(stranger, `.welcome`), "việc khéo"),
		pagetest.Click(pagetest.In(stranger, `[data-action="start"]`)), pagetest.See(pagetest.In(stranger, `[data-button="Đồng ý"].success`)),
		pagetest.See(pagetest.In(stranger, `[data-command="/dulieu"]`)), pagetest.Containing(pagetest.In(stranger, "strong"), "Hội Nông dân xã Định Mỹ"),
		pagetest.Click(pagetest.In(stranger, `[data-button="Đồng ý"]`)), pagetest.See(pagetest.In(stranger, `[data-toast="Đã lưu"]`)),
		pagetest.Containing(pagetest.In(stranger, ".words"), "✔ Đã chọn: yes"), pagetest.Gone(pagetest.In(stranger, `[data-button]`)), pagetest.See(pagetest.In(stranger, ".edited")),
	)
	tab.Do(
		pagetest.Say(an, "<b>không</b> & <script>alert(1)</script>"), pagetest.Containing(pagetest.In(an, ".theirs em"), "<b>không</b> & <script>alert(1)</script>"),
		chromedp.SendKeys(pagetest.In(an, `[data-field="text"]`), "/d"), pagetest.See(pagetest.In(an, `[role="option"][data-command="dangky"]`)), tab.Shot("wide-commands"),
		chromedp.KeyEvent(kb.ArrowDown), pagetest.Enter,
		pagetest.See(pagetest.In(an, `[data-button="Giải thích"]`)), pagetest.Click(pagetest.In(an, `[data-button="Giải thích"]`)),
		pagetest.Containing(`dialog h2`, "Tên nói được việc làm"), pagetest.Click(`dialog [data-action="confirm"]`), pagetest.Gone(`dialog`),
		pagetest.Click(pagetest.In(an, `[data-button="Để sau"]`)), pagetest.See(pagetest.In(an, `[data-button="Để sau"][aria-busy="true"]`)),
	)
	tab.Do(
		pagetest.Say(an, "lân một"), pagetest.Containing(pagetest.In(an, ".mine .words"), "lân một"), edit(an, "lần một"),
		pagetest.Containing(pagetest.In(an, ".mine .words"), "lần một"), pagetest.See(pagetest.In(an, ".mine .edited")),
	)
	tab.Shoot("wide-talk")
	if v := view(t, w, stranger); !v.Started || v.Messages[1].Text != "✔ Đã chọn: yes" {
		t.Errorf("the stranger's chat: %+v", v)
	}
}

// edit changes the person's last message by its menu.
func edit(person int64, text string) pagetest.Step {
	return chromedp.Steps(
		pagetest.Script(fmt.Sprintf(`[...document.querySelectorAll(%q)].pop().click()`, pagetest.In(person, ".mine .options"))),
		pagetest.Click(`[data-menu="edit"]`), pagetest.See(pagetest.In(person, ".over")),
		pagetest.Script(fmt.Sprintf(`document.querySelector(%q).select()`, pagetest.In(person, `[data-field="text"]`))), pagetest.Say(person, text),
	)
}

func pageKeyboardAndContact(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 1440, 900)
	tab.Do(pagetest.Say(an, "/phim"), pagetest.See(pagetest.In(an, `[data-key="Bỏ qua"]`)),
		pagetest.Click(pagetest.In(an, `[data-action="keyboard"]`)), chromedp.WaitNotVisible(pagetest.In(an, `[data-key="Bỏ qua"]`)), pagetest.Click(pagetest.In(an, `[data-action="keyboard"]`)),
		pagetest.Click(pagetest.In(an, `[data-key="Gửi số của tôi"]`)), pagetest.Click(`dialog [data-action="confirm"]`), pagetest.Containing(pagetest.In(an, ".words"), "Của chính mình: true"),
		pagetest.Click(pagetest.In(an, `[data-key="Gửi vị trí"]`)), pagetest.Click(`dialog [data-action="confirm"]`), pagetest.See(pagetest.In(an, ".map")),
		pagetest.Click(pagetest.In(an, `[data-action="attach"]`)), pagetest.Click(`[data-menu="other-contact"]`), pagetest.Click(`dialog [data-action="confirm"]`), pagetest.Containing(pagetest.In(an, ".words"), "Của chính mình: false"),
	)
	tab.Shoot("wide-keyboard")
	tab.Do(pagetest.Click(pagetest.In(an, `[data-action="more"]`)), pagetest.Click(`[data-menu="block"]`), pagetest.See(pagetest.In(an, `[data-action="unblock"]`)))
	if !view(t, w, an).Blocked {
		t.Error("the bot is not blocked")
	}
	tab.Do(pagetest.Click(pagetest.In(an, `[data-action="unblock"]`)), pagetest.See(pagetest.In(an, `[data-action="send"]`)))
}

func pagePhotos(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 1440, 900)
	picked := filepath.Join(t.TempDir(), "duong.jpg")
	if err := os.WriteFile(picked, sample(t, 3), 0o600); err != nil {
		t.Fatal(err)
	}
	paper := filepath.Join(t.TempDir(), "bao-cao.docx")
	if err := os.WriteFile(paper, []byte("báo cáo"), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Do(
		chromedp.SetUploadFiles(pagetest.In(an, `[data-pick="photo"]`), []string{picked}, chromedp.NodeReady), pagetest.See(pagetest.In(an, `[data-photo]`)), pagetest.See(pagetest.In(an, `[data-reactions="👍"]`)),
		chromedp.SetUploadFiles(pagetest.In(an, `[data-pick="document"]`), []string{paper}, chromedp.NodeReady), pagetest.See(pagetest.In(an, `[data-document="bao-cao.docx"]`)),
		pagetest.Click(pagetest.In(binh, `[data-action="attach"]`)), pagetest.Click(`[data-menu="sample"]`), pagetest.Click(`[data-sample="2"]`), pagetest.Click(`[data-sample="3"]`), tab.Shot("wide-samples"),
		chromedp.SendKeys(`dialog [data-field="caption"]`, "Đường nội ấp, trước và sau"), pagetest.Click(`dialog [data-action="confirm"]`),
		pagetest.See(pagetest.In(binh, `[data-count="3"]`)), pagetest.Containing(pagetest.In(binh, ".words"), "trước và sau"),
	)
	time.Sleep(300 * time.Millisecond) // for the pictures to be decoded before one of the page is taken
	tab.Shoot("wide-photos")
	tab.Do(pagetest.Click(pagetest.In(binh, `.picture`)), pagetest.See(`dialog.viewer img`), tab.Shot("wide-viewer"), pagetest.Click(`dialog.viewer img`), pagetest.Gone(`dialog`))
	tab.True("the photos are shown", `[...document.querySelectorAll("[data-photo]")].every((x) => x.complete && x.naturalWidth > 0)`)
	v := view(t, w, binh)
	if len(v.Messages) != 3 || v.Messages[0].MediaGroupID == "" || v.Messages[0].Caption == "" {
		t.Errorf("the album: %+v", v.Messages)
	}
}

func pageInvitation(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 1440, 900)
	w.say(an, "Lời mời: https://t.me/danvan_bot?start=MA_MOI-1")
	tab.Do(pagetest.Click(pagetest.In(an, `.words a`)), pagetest.See(`dialog [data-field="invite"]`),
		chromedp.SetValue(`dialog [data-field="person"]`, fmt.Sprint(stranger)), pagetest.Click(`dialog [data-action="confirm"]`),
		pagetest.Containing(pagetest.In(stranger, ".mine .words"), "/start"))
	tab.True("the code is not shown", `[...document.querySelectorAll(".mine .words")].every((x) => x.textContent === "/start")`)
	if v := view(t, w, stranger); v.Messages[0].Text != "/start MA_MOI-1" {
		t.Errorf("got %+v", v.Messages)
	}
}

func pageReplyReactionPinDelete(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 1440, 900)
	question := w.say(an, "Bao nhiêu hộ?", params{"reply_markup": params{"force_reply": true, "input_field_placeholder": "Số hộ"}})
	tab.Do(pagetest.See(pagetest.In(an, ".over")), pagetest.See(pagetest.In(an, `[placeholder="Số hộ"]`)), pagetest.Say(an, "31 hộ"), pagetest.See(pagetest.In(an, ".mine .quote")))
	if v := view(t, w, an); v.Messages[1].ReplyTo == nil || v.Messages[1].ReplyTo.ID != question {
		t.Errorf("no reply: %+v", v.Messages[1])
	}
	w.must("pinChatMessage", params{"chat_id": an, "message_id": question}, nil)
	tab.Do(pagetest.Containing(pagetest.In(an, ".pins"), "Bao nhiêu hộ?"), pagetest.Say(an, "/cho"), pagetest.See(pagetest.In(an, ".acting")))
	w.must("deleteMessage", params{"chat_id": an, "message_id": question}, nil)
	tab.Do(pagetest.Gone(pagetest.In(an, fmt.Sprintf(`[data-message-id="%d"]`, question))))
}

func pageNarrow(t *testing.T, chromium *pagetest.Browser) {
	w, tab := open(t, chromium, 375, 740)
	tab.Do(pagetest.Say(an, "/start"), pagetest.See(pagetest.In(an, `[data-button="Đồng ý"]`)), pagetest.Say(an, "/dangky"), pagetest.See(pagetest.In(an, `[data-button="Giải thích"]`)))
	w.say(binh, "Một")
	w.say(binh, "Hai")
	tab.Do(pagetest.See(fmt.Sprintf(`.person[data-person="%d"] [data-unread="2"]`, binh)))
	tab.Shoot("narrow")
	photos := []trial.File{{Name: "a.jpg", Data: sample(t, 1)}, {Name: "b.jpg", Data: sample(t, 2)}, {Name: "c.jpg", Data: sample(t, 3)}, {Name: "d.jpg", Data: sample(t, 1)}}
	if _, err := w.SendAlbum(an, photos, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.SendDocument(an, trial.File{Name: "bao-cao-ket-qua-thuc-hien-phong-trao-dan-van-kheo-6-thang-cuoi-nam-2026.docx", Data: []byte("x")}, strings.Repeat("dài", 60)); err != nil {
		t.Fatal(err)
	}
	tab.Do(pagetest.Say(an, "/phim"), pagetest.See(pagetest.In(an, `[data-key="Bỏ qua"]`)))
	tab.True("nothing is wider than the screen", `document.documentElement.scrollWidth <= 375 && [...document.querySelectorAll(".chat *")].every((x) => x.getBoundingClientRect().right <= 375.5 && x.getBoundingClientRect().left >= -0.5)`)
	tab.True("one chat at a time", `document.querySelectorAll(".chat").length === 1`)
	tab.Shoot("narrow-files")
	tab.Do(pagetest.Click(pagetest.In(an, `[data-action="attach"]`)), pagetest.See(`[data-menu="sample"]`), tab.Shot("narrow-menu"), pagetest.Click(`[data-menu="sample"]`), pagetest.See(`[data-sample]`), tab.Shot("narrow-samples"), pagetest.Click(`dialog [data-action="cancel"]`))
	tab.Do(pagetest.Click(fmt.Sprintf(`.person[data-person="%d"]`, binh)), pagetest.Containing(pagetest.In(binh, ".words"), "Hai"), pagetest.Gone(`[data-unread]`))
	tab.Do(pagetest.Click(`.tasks summary`), pagetest.Containing(`.tasks li`, "Gõ /dangky"), tab.Shot("narrow-tasks"), pagetest.Click(`[data-open="101"]`), pagetest.Gone(`.tasks[open]`), chromedp.WaitReady(pagetest.In(an, `[data-button="Giải thích"]`)))
}

func pageDark(t *testing.T, chromium *pagetest.Browser) {
	_, tab := open(t, chromium, 375, 740)
	tab.Do(pagetest.Dark,
		pagetest.Say(an, "/start"), pagetest.See(pagetest.In(an, `[data-button="Đồng ý"]`)))
	tab.True("the page is dark", `getComputedStyle(document.body).backgroundColor === "rgb(12, 18, 23)"`)
	tab.Shoot("narrow-dark")
	tab.Do(chromedp.EmulateViewport(1440, 900), pagetest.Click(fmt.Sprintf(`.person[data-person="%d"]`, binh)), pagetest.Say(binh, "/dangky"), pagetest.See(pagetest.In(binh, `[data-button="Giải thích"]`)))
	tab.Shoot("wide-dark")
}

func pageLanguages(t *testing.T, chromium *pagetest.Browser) {
	_, tab := open(t, chromium, 1440, 900)
	tab.Do(chromedp.SetValue(`[data-field="language"]`, "en"), pagetest.Script(`document.querySelector('[data-field="language"]').dispatchEvent(new Event("change"))`),
		pagetest.Containing(`h1`, "Try Danvan"), pagetest.See(pagetest.In(an, `[placeholder="Message"]`)), pagetest.Containing(`.tasks`, "Type /dangky"))
	tab.True("the languages of the page have the same words", `import("/words.js").then(({ words }) => Object.values(words).every((w) => {
		const keys = Object.keys(words.vi);
		const holes = (s) => (s.match(/\{\w+\}/g) ?? []).sort().join();
		return Object.keys(w).length === keys.length && keys.every((k) => w[k] && holes(w[k]) === holes(words.vi[k]));
	}))`)
}
