//go:build browser

package pagetest

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Step is one thing to do or to wait for.
type Step = chromedp.Action[chromedp.Void]

// In narrows a selector to the chat of a person.
func In(person int64, selector string) string {
	return fmt.Sprintf(`[data-person="%d"].chat %s`, person, selector)
}

// Say types a text into a person's chat and presses Enter.
func Say(person int64, text string) Step {
	field := In(person, `[data-field="text"]`)
	return chromedp.Steps(steady(chromedp.Focus(field, chromedp.NodeVisible)), insert(text), Enter)
}

// insert puts a text in as an input method does: at once.
func insert(text string) Step {
	return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	}
}

// Enter presses the key as a keyboard does; as a typed character it would come
// in although the page handles the key.
func Enter(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		press := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
		if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, press); err != nil {
			return chromedp.Void{}, err
		}
	}
	return chromedp.Void{}, nil
}

// Click clicks what can be seen.
func Click(selector string) Step { return steady(chromedp.Click(selector, chromedp.NodeVisible)) }

// See waits until something can be seen.
func See(selector string) Step { return steady(chromedp.WaitVisible(selector)) }

// Gone waits until something is not there.
func Gone(selector string) Step { return steady(chromedp.WaitNotPresent(selector)) }

// steady does a step once more when the page has just put another element in
// the place of the one that was found; nothing was done to it then.
func steady(do Step) Step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		for {
			_, err := do(ctx, tab)
			if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "Could not find node with given id") {
				return err
			}
		}
	})
}

// Script runs a script and takes no notice of what it returns.
func Script(script string) Step { return chromedp.Evaluate[chromedp.Void](script) }

// Containing waits until an element that the selector finds has the text.
func Containing(selector, text string) Step {
	return until(fmt.Sprintf("%q in %s", text, selector),
		fmt.Sprintf(`[...document.querySelectorAll(%q)].some((x) => x.textContent.includes(%q))`, selector, text))
}

// Last waits until the newest of the bot's messages has the text.
func Last(person int64, text string) Step {
	return until(fmt.Sprintf("%q in the newest message to %d", text, person),
		fmt.Sprintf(`[...document.querySelectorAll(%q)].pop()?.textContent.includes(%q)`, In(person, ".message.theirs"), text))
}

// Press presses the button with this label under the newest message that has
// one.
func Press(person int64, label string) Step {
	newest := fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((x) => x.dataset.button === %q).pop()`, In(person, "[data-button]"), label)
	return chromedp.Steps(until(fmt.Sprintf("a button %q for %d", label, person), newest+" !== undefined"), Script(newest+".click()"))
}

// OpenChat opens a person's chat by the list of people, unless it is open.
func OpenChat(person int64) Step {
	button := fmt.Sprintf(`.person[data-person="%d"]`, person)
	return chromedp.Steps(See(button),
		Script(fmt.Sprintf(`document.querySelector(%q).matches(".open") || document.querySelector(%q).click()`, button, button)),
		See(In(person, ".log")))
}

// until waits for a script of the page to be true.
func until(what, script string) Step {
	there := chromedp.Poll[bool](script, chromedp.WithPollingTimeout(stepTime))
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := there(ctx, tab); err != nil {
			return fmt.Errorf("waiting for %s: %w", what, err)
		}
		return nil
	})
}

// Dark gives the page a dark screen.
func Dark(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	return chromedp.Void{}, err
}
