package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// How wide a button may be, in characters, for two and for one in a row at
// 375 px. Longer labels move into the text, behind a number.
const (
	halfRow = 18
	fullRow = 40

	mostRows = 6 // of long buttons; the question above them stays in sight
)

// How much of a long answer the cards show; the rest stays in the draft.
const (
	settledRunes = 300
	reviewRunes  = 90
)

// card renders what a step of the engine says as one message: notices first,
// then the question or card.
func (t *turn) card(step flows.Turn) (store.Message, error) {
	var m store.Message
	var texts []string
	for _, r := range step.Replies {
		var text string
		var err error
		switch r := r.(type) {
		case flows.Notice:
			text = t.text(r.Key, r.Args)
		case flows.Question:
			text, err = t.question(&m, &step.Session, r)
		case flows.Review:
			text, err = t.review(&m, &step.Session, r)
		case flows.Doubtful:
			text, err = t.doubtful(&m, &step.Session, r)
		default:
			err = fmt.Errorf("cannot say a %T", r)
		}
		if err != nil {
			return m, err
		}
		texts = append(texts, text)
	}
	m.Text = strings.Join(texts, "\n\n")
	return m, nil
}

// question renders one question: where am I, what is asked, what do I tap.
func (t *turn) question(m *store.Message, s *store.Session, q flows.Question) (string, error) {
	prefix := q.Form.ID + "." + q.Step.Field + "."
	head, err := t.head(s, q.Form, q.Step, q.N, q.Of)
	if err != nil {
		return "", err
	}
	parts := []string{head}
	if q.Problem != nil {
		parts = append(parts, t.problem(q))
	}
	parts = append(parts, "<b>"+t.text(prefix+"ask", nil)+"</b>")
	if why := t.text(prefix+"why", nil); why != "" && q.Problem == nil {
		parts = append(parts, why)
	}
	if q.Help {
		parts = append(parts, t.text("form.help", args{"Help": markup(t.text(prefix+"help", nil))}))
	}
	if q.Partial != "" {
		parts = append(parts, t.text("form.partial", args{"Text": shorten(q.Partial, settledRunes)}))
	}
	if q.Kept != nil && q.Step.Kind == flows.Files {
		parts = append(parts, t.text("form.files", args{"Count": len(q.Kept.Evidence), "Max": q.Step.Max}))
	} else if q.Kept != nil && q.Step.Kind != flows.Many {
		parts = append(parts, t.text("form.kept", args{"Answer": shorten(t.answerText(t.own(), flows.Settled{Form: q.Form, Step: q.Step, Answer: *q.Kept}), settledRunes)}))
	}
	if q.Query != "" {
		parts = append(parts, t.text("form.narrowed", args{"Query": q.Query}))
	}
	if q.Step.Kind == flows.Phone {
		return strings.Join(parts, "\n"), t.phoneKeyboard(m, q)
	}
	listed, rows := t.choices(q.Choices, (q.Page-1)*flows.PageSize)
	if listed != "" {
		parts = append(parts, listed)
	}
	if q.Pages > 1 {
		parts = append(parts, t.text("form.pages", args{"Page": q.Page, "Pages": q.Pages}))
		rows = append(rows, t.formPager(q.Choices[0], q.Page, q.Pages)...)
	}
	m.Buttons = append(rows, t.navigation(q.Nav)...)
	return strings.Join(parts, "\n"), nil
}

// navigation keeps back, help and later together in the last row; what ends
// the question stands above them.
func (t *turn) navigation(nav []flows.Button) [][]store.Button {
	b := t.buttons(nav)
	if len(b) > 3 {
		return [][]store.Button{b[:1], b[1:]}
	}
	return [][]store.Button{b}
}

// problem says what was read, why it cannot be, and shows a good answer.
func (t *turn) problem(q flows.Question) string {
	a := args{"Example": markup(t.text(q.Form.ID+"."+q.Step.Field+".example", nil))}
	for k, v := range q.Problem.Args {
		a[k] = v
	}
	if text, ok := a["Text"].(string); ok {
		a["Text"] = shorten(text, 60)
	}
	return t.text(q.Problem.Key, a)
}

// head is the first line: which form, how far.
func (t *turn) head(s *store.Session, f *flows.Form, st *flows.Step, n, of int) (string, error) {
	if st.Field == "model" || st.Field == "news" {
		n = 0 // how many questions follow depends on the answer
	}
	if a, ok, err := t.formDuty(s); ok || err != nil {
		return t.text(f.ID+".head", withPlace(a, n, of)), err
	}
	if title, ok, err := t.about(s); ok || err != nil {
		return t.text("check.about", args{"Form": markup(t.text(f.ID+".head", nil)), "Title": title, "N": n, "Of": of}), err
	}
	if f.ID == forms.RegisterID && s.Subject != 0 {
		return t.mendHead(s, st.Field)
	}
	if f.ID != forms.UpdateID || st.Field == "model" {
		key := "form.head"
		if st.Detail {
			key = "form.head_detail"
		}
		return t.text(key, args{"Form": markup(t.text(f.ID+".head", nil)), "N": n, "Of": of}), nil
	}
	m, err := t.subject(s)
	if err != nil {
		return "", err
	}
	head := t.text("update.about", args{"Title": m.Title, "State": m.State, "N": n, "Of": of})
	if st.Field != "news" {
		return head, nil
	}
	rows, err := t.tx.Progress(m.ID)
	if err != nil || len(rows) == 0 {
		return head, err
	}
	last := rows[len(rows)-1]
	return head + "\n" + t.text("update.last", args{"Day": last.Day, "Progress": last}), nil
}

// choices lays options out as buttons, two to a row where they fit. When one
// is too long for a button, or there would be too many rows, all go into the
// text behind numbers.
func (t *turn) choices(list []flows.Button, offset int) (string, [][]store.Button) {
	var controls [][]store.Button // what is known already; each in a row of its own
	var buttons []store.Button
	widest := 0
	for i, b := range t.buttons(list) {
		if list[i].Control {
			b.Text = shorten(b.Text, fullRow)
			controls = append(controls, row(b))
			continue
		}
		widest = max(widest, utf8.RuneCountInString(b.Text))
		buttons = append(buttons, b)
	}
	if rows := inPairs(buttons); widest <= halfRow || widest <= fullRow && len(rows) <= mostRows {
		return "", append(controls, rows...)
	}
	lines := make([]string, len(buttons))
	for i := range buttons {
		n := offset + i + 1
		lines[i] = t.text("form.choice", args{"N": n, "Label": buttons[i].Text})
		buttons[i].Text = strconv.Itoa(n)
	}
	return strings.Join(lines, "\n"), append(controls, inRows(buttons, 4)...)
}

// buttons renders the engine's buttons.
func (t *turn) buttons(list []flows.Button) []store.Button {
	out := make([]store.Button, len(list))
	for i, b := range list {
		out[i] = store.Button{Text: t.label(t.own(), b.Label), Data: b.Data, Style: b.Style}
	}
	return out
}

// formPager turns the pages of a question's choices; like is any button of
// the question.
func (t *turn) formPager(like flows.Button, page, pages int) [][]store.Button {
	return t.pager(page-1, pages, func(p int) string { return flows.PageData(like.Data, p+1) })
}

// phoneKeyboard offers the person's own number by one tap. A message has
// either buttons or a keyboard, so skipping is a key too.
func (t *turn) phoneKeyboard(m *store.Message, q flows.Question) error {
	m.Keyboard = &store.Keyboard{Once: true, Rows: [][]store.Key{{{Text: t.plain("button.share_phone", nil), Request: "contact"}}}}
	if q.Step.Optional {
		m.Keyboard.Rows = append(m.Keyboard.Rows, []store.Key{{Text: t.plain("button.skip", nil)}})
	}
	return nil
}

// review renders the card before sending: one line for each answer.
func (t *turn) review(m *store.Message, s *store.Session, r flows.Review) (string, error) {
	head, err := t.reviewHead(s, r)
	if err != nil {
		return "", err
	}
	parts := []string{head}
	if r.Problem != nil {
		parts = append([]string{t.text(r.Problem.Key, r.Problem.Args)}, parts...)
	}
	for _, l := range r.Lines {
		parts = append(parts, t.text("form.line", args{
			"N": l.N, "Label": flows.Label{Key: r.Form.ID + "." + l.Step.Field + ".label"},
			"Answer": shorten(t.answerText(t.own(), flows.Settled{Form: r.Form, Step: l.Step, Answer: l.Answer}), reviewRunes),
		}))
	}
	advice, err := t.advice(s)
	if err != nil {
		return "", err
	}
	if advice != "" && !r.Editing {
		parts = append(parts, "", advice)
	}
	if r.Editing {
		parts = append(parts, "", t.text("form.which", nil))
	}
	_, rows := t.choices(r.Choices, 0)
	if r.Pages > 1 {
		rows = append(rows, t.formPager(r.Nav[0], r.Page, r.Pages)...)
	}
	m.Buttons = append(rows, t.buttons(r.Nav))
	if !r.Editing && len(rows) > 0 {
		m.Buttons = slices.Concat([][]store.Button{row(t.buttons(r.Choices)[0])}, inRows(t.buttons(r.Choices)[1:], 2), [][]store.Button{t.buttons(r.Nav)})
	}
	m.Protect = s.Form == forms.RegisterID
	return strings.Join(parts, "\n"), nil
}

func (t *turn) reviewHead(s *store.Session, r flows.Review) (string, error) {
	if s.Form == forms.MergeID {
		return t.mergeHead(s)
	}
	if a, ok, err := t.formDuty(s); ok || err != nil {
		return t.text(r.Form.ID+".review", a), err
	}
	if title, ok, err := t.about(s); ok || err != nil {
		return t.text(r.Form.ID+".review", args{"Title": title}), err
	}
	if r.Form.ID != forms.UpdateID {
		return t.text(r.Form.ID+".review", nil), nil
	}
	m, err := t.subject(s)
	return t.text("update.review", args{"Title": m.Title, "Correcting": s.Corrects != 0}), err
}

// about names the model that a form of the check is about; false for other
// forms.
func (t *turn) about(s *store.Session) (string, bool, error) {
	switch s.Form {
	case forms.ReturnID, forms.RejectID, forms.UnfinishedID, forms.MergeID, forms.WithdrawID:
		m, err := t.subject(s)
		return m.Title, true, err
	}
	return "", false, nil
}

// advice is what would make a registration more specific, or what a day off
// would move; "" when there is nothing to say.
func (t *turn) advice(s *store.Session) (string, error) {
	switch s.Form {
	case forms.HolidayID:
		return t.holidayAdvice(s)
	case forms.CampaignID:
		return t.planAdvice(s)
	case forms.RegisterID:
	default:
		return "", nil
	}
	missing := vagueness(s)
	if len(missing) == 0 {
		return "", nil
	}
	return t.text("advice.card", args{"Advice": markup(t.text(missing[0], nil))}), nil
}

// settledText is an answered question as it stays in the chat.
func (t *turn) settledText(_ *store.Session, x flows.Settled) (string, error) {
	key := "form.settled"
	if x.Answer.Skipped {
		key = "form.skipped"
	}
	return t.text(key, args{
		"Label":  flows.Label{Key: x.Form.ID + "." + x.Step.Field + ".label"},
		"Answer": shorten(t.answerText(t.own(), x), settledRunes),
	}), nil
}

// shorten cuts a text for display and says so by an ellipsis; the whole text
// is kept where it came from.
func shorten(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	cut := []rune(s)[:runes-1]
	return strings.TrimRight(string(cut), " ,.;") + "…"
}
