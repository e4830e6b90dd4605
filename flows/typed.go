package flows

import (
	"slices"
	"strings"

	"danvan/flows/answer"
)

// Not every channel has buttons, so whatever a button does can be typed: what
// it says, in any language, or a shorter word. Only what is no answer to the
// open question counts. A question for free text takes everything as an answer
// but the words of control, unless it is marked: "*giữ nguyên", or
// "[Giữ nguyên]" as a channel may show its buttons.

// word returns the control that a folded word stands for in every form, or "".
func word(fold string) string {
	switch fold {
	case "bo qua", "skip":
		return optSkip
	case "quay lai", "back":
		return optBack
	case "de sau", "later":
		return optLater

	case "giai thich", "huong dan", "help":
		return optHelp
	case "giu nguyen", "de nguyen", "keep":
		return optKeep
	case "xong", "done":
		return optDone
	case "viet lai", "rewrite", "tat ca", "all":
		return optRewrite
	case "kiem tra", "review":
		return optReview

	case "gui", "luu", "send", "save", "submit":
		return optSubmit
	case "sua", "edit", "change":
		return optEdit
	case "them", "them chi tiet", "more":
		return optMore
	case "bo", "discard":
		return optDiscard
	}
	return ""
}

// control obeys the words that count at every question, whatever it asks for.
func (w *walk) control(st *Step) (bool, error) {
	if w.in.Kind != TextInput {
		return false, nil
	}

	switch word(answer.Fold(w.in.Text)) {
	case optSkip:
		if st.Optional {
			return true, w.skip(st)
		}
	case optBack:
		return true, w.back()
	case optLater:
		return true, w.later()
	}
	return false, nil
}

const marks = "*[]"

// marked reports whether a text is meant for the form, and not as an answer.
func marked(text string) bool { return text != "" && strings.ContainsAny(text[:1], marks) }

// obey does what a button of the open question does, if the text stands for
// one.
func (w *walk) obey(st *Step) (bool, error) {
	if w.in.Kind != TextInput {
		return false, nil
	}

	page, err := w.typedPage(st)
	if err != nil {
		return false, err
	}
	if page > 0 {
		return true, w.question(st, show{page: page})
	}

	card := Question{Step: st}
	if a, ok := Find(&w.s, st.Field); ok && !a.Skipped {
		card.Kept = &a
	}
	if err := w.suggestion(&card); err != nil {
		return false, err
	}
	nav, err := w.navigation(st, false)
	if err != nil {
		return false, err
	}

	option, ok := w.typed(slices.Concat(card.Choices, nav))
	if !ok {
		return false, nil
	}
	return true, w.press(option)
}

// typed returns what the button does that the text stands for.
func (w *walk) typed(card []Button) (string, bool) {
	control := word(answer.Fold(w.in.Text))
	yes, _ := answer.YesNo(strings.Trim(w.in.Text, marks))
	for _, b := range card {
		p, err := parsePress(b.Data)
		if err != nil {
			continue
		}

		_, quotes := b.Label.Args["Answer"] // what it says is read as an answer
		if p.Option == control || p.Option == optSuggest && yes || !quotes && w.says(b.Label) {
			return p.Option, true
		}
	}
	return "", false
}

// says reports whether a label says what was typed.
func (w *walk) says(l Label) bool {
	text := answer.Fold(w.in.Text)
	return text != "" && slices.ContainsFunc(w.look.Says(l), func(s string) bool { return answer.Fold(s) == text })
}

// typedPage returns the page of a list that the text asks for; 0 where it asks
// for none, or there is but one.
func (w *walk) typedPage(st *Step) (int, error) {
	page := w.pageWord()
	if page == 0 || st.Kind != Choice && st.Kind != Many {
		return 0, nil
	}

	ask := Ask{Limit: 1}
	if st.Kind == Choice {
		ask.Text = w.s.Partial
	}
	found, err := w.options(st, ask)
	if err != nil || found.Total <= PageSize {
		return 0, err
	}
	_, _, at, _ := pageOf(found.Total, page)
	return at, nil
}

// pageWord reads "trang sau", "previous" or "page 3"; 0 for anything else.
func (w *walk) pageWord() int {
	fold := answer.Fold(w.in.Text)
	first, number, _ := strings.Cut(fold, " ")
	switch {
	case fold == "trang sau", fold == "next page", w.says(Label{Key: "button.next"}):
		return max(w.s.Page, 1) + 1
	case fold == "trang truoc", fold == "previous page", w.says(Label{Key: "button.previous"}):
		return max(w.s.Page-1, 1)
	case first == "trang", first == "page":
		return max(atoi(number), 0)
	}
	return 0
}
