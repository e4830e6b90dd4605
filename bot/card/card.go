// Package card shows what the conversation engine says: it makes one message
// of the replies of a turn, in a person's language. What is particular to a form
// it asks of the form's Host; it reads no store and decides nothing.
package card

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// How much of a long answer the cards show; the rest stays in the draft.
const (
	settledRunes = 300
	reviewRunes  = 90
	doubtRunes   = 60
)

// Host says what is particular to the form of a session.
type Host interface {
	Head(flows.Question) (string, error) // first line of a question
	ReviewHead() (string, error)         // first line of the review card
	Advice() (string, error)             // what the review card says below
	Ask(flows.Doubtful) (string, error)  // words of a doubt of the form's own
	Protect() bool                       // whether the review card may not be forwarded
}

// Card shows the replies about one session.
type Card struct {
	text.Voice
	Host Host
}

// Show makes one message of the replies: notices first, then the question or
// card. Without Text there is nothing to show.
func (c Card) Show(replies []flows.Reply) (store.Message, error) {
	var m store.Message
	var parts []string
	for _, r := range replies {
		var part string
		var err error

		switch r := r.(type) {
		case flows.Notice:
			part = c.Text(r.Key, r.Args)
		case flows.Question:
			part, err = c.question(&m, r)
		case flows.Review:
			part, err = c.review(&m, r)
		case flows.Doubtful:
			part, err = c.doubtful(&m, r)
		default:
			err = fmt.Errorf("cannot say a %T", r)
		}

		if err != nil {
			return m, err
		}
		parts = append(parts, part)
	}

	m.Text = strings.Join(parts, "\n\n")
	return m, nil
}

// Settled is what stands in the chat of a turn: answered questions, one to a line,
// or the card that was submitted. "" says that there is nothing.
func (c Card) Settled(turn flows.Turn, at time.Time) string {
	var lines []string
	if turn.Sent != nil {
		head := c.Text(turn.Sent.Form.ID+".sent", text.Args{"At": text.Clock(at)})
		return strings.Join(append([]string{head}, c.lines(*turn.Sent)...), "\n")
	}
	for _, x := range turn.Settled {
		lines = append(lines, c.answered(x))
	}
	return strings.Join(lines, "\n")
}

// answered is an answered question.
func (c Card) answered(x flows.Settled) string {
	key := "form.settled"
	switch {
	case x.Answer.Skipped && x.Step.None:
		key = "form.none"
	case x.Answer.Skipped:
		key = "form.skipped"
	}
	return c.Text(key, text.Args{
		"Label": label(x.Form, x.Step.Field), "Answer": text.Shorten(c.Answers(c.Voice, x), settledRunes),
	})
}

// lines are the answers of a review card.
func (c Card) lines(r flows.Review) []string {
	out := make([]string, len(r.Lines))
	for i, l := range r.Lines {
		out[i] = c.Text("form.line", text.Args{
			"N": l.N, "Label": label(r.Form, l.Step.Field), "Fixed": l.Answer.Fixed, "Brought": l.Brought,
			"Answer": c.short(r.Form, l.Step, l.Answer, reviewRunes),
		})
	}
	return out
}

func label(f *flows.Form, field string) flows.Label {
	return flows.Label{Key: f.ID + "." + field + ".label"}
}

// question renders one question: where am I, what is asked, what do I tap.
func (c Card) question(m *store.Message, q flows.Question) (string, error) {
	head, err := c.Host.Head(q)
	if err != nil {
		return "", err
	}
	parts := append([]string{head}, c.asked(q)...)
	if q.Step.Kind == flows.Phone {
		c.phoneKeyboard(m, q)
		return strings.Join(parts, "\n"), nil
	}

	listed, rows := c.choices(q.Choices, (q.Page-1)*flows.PageSize)
	if listed != "" {
		parts = append(parts, listed)
	}
	if q.Pages > 1 {
		parts = append(parts, c.Text("form.pages", text.Args{"Page": q.Page, "Pages": q.Pages}))
		rows = append(rows, c.pager(q.Choices[0], q.Page, q.Pages)...)
	}
	m.Buttons = append(rows, c.navigation(q.Nav)...)
	return strings.Join(parts, "\n"), nil
}

// asked is the question itself, below what was wrong with the last answer, and
// above what is known already.
func (c Card) asked(q flows.Question) []string {
	prefix := q.Form.ID + "." + q.Step.Field + "."
	var parts []string
	if q.Problem != nil {
		parts = append(parts, c.problem(q))
	}
	parts = append(parts, "<b>"+c.Text(prefix+"ask", nil)+"</b>")
	if why := c.Text(prefix+"why", nil); why != "" && q.Problem == nil {
		parts = append(parts, why)
	}
	if q.Help {
		parts = append(parts, c.Text("form.help", text.Args{"Help": text.Markup(c.Text(prefix+"help", nil))}))
	}

	if q.Partial != "" {
		parts = append(parts, c.Text("form.partial", text.Args{"Text": text.Shorten(q.Partial, settledRunes)}))
	}
	if q.Kept != nil && q.Step.Kind == flows.Files {
		parts = append(parts, c.Text("form.files", text.Args{"Count": len(q.Kept.Evidence), "Max": q.Step.Max}))
	} else if q.Kept != nil && q.Step.Kind != flows.Many {
		parts = append(parts, c.Text("form.kept", text.Args{"Answer": c.short(q.Form, q.Step, *q.Kept, settledRunes)}))
	}
	if q.Query != "" {
		parts = append(parts, c.Text("form.narrowed", text.Args{"Query": q.Query}))
	}
	return parts
}

// short writes an answer, cut to so many characters.
func (c Card) short(f *flows.Form, st *flows.Step, a store.Answer, runes int) string {
	return text.Shorten(c.Answers(c.Voice, flows.Settled{Form: f, Step: st, Answer: a}), runes)
}

// problem says what was read, why it cannot be, and shows a good answer.
func (c Card) problem(q flows.Question) string {
	a := text.Args{"Example": text.Markup(c.Text(q.Form.ID+"."+q.Step.Field+".example", nil))}
	maps.Copy(a, q.Problem.Args)
	if typed, ok := a["Text"].(string); ok {
		a["Text"] = text.Shorten(typed, doubtRunes)
	}
	return c.Text(q.Problem.Key, a)
}

// phoneKeyboard offers the person's own number by one tap. A message has
// either buttons or a keyboard, so skipping is a key too.
func (c Card) phoneKeyboard(m *store.Message, q flows.Question) {
	m.Keyboard = &store.Keyboard{Once: true, Rows: [][]store.Key{{{Text: c.Plain("button.share_phone", nil), Request: "contact"}}}}
	if q.Step.Optional {
		m.Keyboard.Rows = append(m.Keyboard.Rows, []store.Key{{Text: c.Plain("button.skip", nil)}})
	}
}

// A row of navigation holds this many buttons, and characters on them: what fits
// on the narrowest screen.
const (
	navButtons = 3
	navRunes   = 30
)

// navigation keeps back, help and later together in the last row, as far as they
// fit; what ends the question stands above them.
func (c Card) navigation(nav []flows.Button) [][]store.Button {
	var rows [][]store.Button
	var row []store.Button
	runes := 0
	for _, b := range slices.Backward(c.buttons(nav)) {
		n := utf8.RuneCountInString(b.Text)
		if len(row) == navButtons || runes+n > navRunes {
			rows, row, runes = append(rows, row), nil, 0
		}
		row, runes = slices.Insert(row, 0, b), runes+n
	}

	if len(row) > 0 {
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// choices lays options out as buttons, two to a row where they fit. When one
// is too long for a button, or there would be too many rows, all go into the
// text behind numbers.
func (c Card) choices(list []flows.Button, offset int) (string, [][]store.Button) {
	var controls [][]store.Button // what is known already; each in a row of its own
	var buttons []store.Button
	for i, b := range c.buttons(list) {
		if list[i].Control {
			b.Text = c.ButtonLabel(b.Text)
			controls = append(controls, text.Row(b))
			continue
		}
		buttons = append(buttons, b)
	}
	if rows, ok := c.Choices(buttons); ok {
		return "", append(controls, rows...)
	}

	lines := make([]text.Args, len(buttons))
	for i := range buttons {
		n := offset + i + 1
		lines[i] = text.Args{"N": n, "Label": buttons[i].Text}
		buttons[i].Text = strconv.Itoa(n)
	}
	return string(c.Lines("form.choice", lines)), append(controls, text.InRows(buttons, 4)...)
}

// buttons renders the engine's buttons.
func (c Card) buttons(list []flows.Button) []store.Button {
	out := make([]store.Button, len(list))
	for i, b := range list {
		out[i] = store.Button{Text: c.Label(b.Label), Data: b.Data, Style: b.Style}
	}
	return out
}

// pager turns the pages of a question's choices; like is any button of the
// question.
func (c Card) pager(like flows.Button, page, pages int) [][]store.Button {
	return c.Pager(text.Page{At: page - 1, Of: pages}, func(p int) string { return flows.PageData(like.Data, p+1) })
}

// review renders the card before sending: one line for each answer.
func (c Card) review(m *store.Message, r flows.Review) (string, error) {
	head, err := c.Host.ReviewHead()
	if err != nil {
		return "", err
	}
	parts := []string{head}
	if r.Problem != nil {
		parts = append([]string{c.Text(r.Problem.Key, r.Problem.Args)}, parts...)
	}
	parts = append(parts, c.lines(r)...)

	advice, err := c.Host.Advice()
	if err != nil {
		return "", err
	}
	if advice != "" && !r.Editing {
		parts = append(parts, "", advice)
	}
	if r.Editing {
		parts = append(parts, "", c.Text("form.which", nil))
	}

	_, rows := c.choices(r.Choices, 0)
	if r.Pages > 1 {
		rows = append(rows, c.pager(r.Nav[0], r.Page, r.Pages)...)
	}
	m.Buttons = append(rows, c.buttons(r.Nav))
	if !r.Editing && len(rows) > 0 { // the main button has a row of its own
		all := c.buttons(r.Choices)
		m.Buttons = slices.Concat([][]store.Button{all[:1:1]}, text.InRows(all[1:], 2), [][]store.Button{c.buttons(r.Nav)})
	}
	m.Protect = c.Host.Protect()
	return strings.Join(parts, "\n"), nil
}

// doubtful renders a question about an answer.
func (c Card) doubtful(m *store.Message, d flows.Doubtful) (string, error) {
	var body string
	var err error
	switch d.Doubt.Kind {
	case flows.DoubtReading:
		body, err = c.reading(d)
	case flows.DoubtVague:
		body = c.Text("doubt.vague.ask", text.Args{"Advice": text.Markup(c.Text(d.Doubt.Keys[0], nil))})
	case flows.DoubtOdd:
		body, err = c.oddAsked(d)

	case flows.DoubtShort:
		body = c.Text("doubt.short.ask", text.Args{
			"Label": label(d.Form, d.Step.Field), "Length": utf8.RuneCountInString(d.Doubt.Readings[0].Text), "Enough": d.Step.Enough,
		})
	case flows.DoubtPaste:
		body = c.pasted(d)
	default:
		body, err = c.Host.Ask(d)
	}

	listed, rows := c.choices(d.Choices, 0)
	if listed != "" {
		body += "\n" + listed
	}
	m.Buttons = append(rows, c.buttons(d.Nav))
	return body, err
}

// reading asks whether a text was read well, below what is odd about it.
func (c Card) reading(d flows.Doubtful) (string, error) {
	most := doubtRunes
	if strings.Contains(d.Doubt.Keys[0], "«") {
		most = settledRunes // what is asked about is marked in it
	}
	body := c.Text("doubt.reading.ask", text.Args{
		"Text": text.Shorten(d.Doubt.Keys[0], most), "Count": len(d.Doubt.Readings),
		"Answer": flows.Settled{Form: d.Form, Step: d.Step, Answer: d.Doubt.Readings[0]},
	})

	odd := d.Doubt.Readings[0].Odd
	if len(odd) == 0 {
		return body, nil
	}
	lines, err := c.odd(d, odd)
	return c.Text("doubt.odd.lines", text.Args{"Lines": lines}) + "\n" + body, err
}

// oddAsked asks whether odd figures are right.
func (c Card) oddAsked(d flows.Doubtful) (string, error) {
	lines, err := c.odd(d, d.Doubt.Keys)
	a := text.Args{"Lines": lines}
	if d.Step != nil {
		a["Answer"] = flows.Settled{Form: d.Form, Step: d.Step, Answer: d.Doubt.Readings[0]}
	}
	return c.Text("doubt.odd.ask", a), err
}

// odd says what is odd about figures, in the words of their form.
func (c Card) odd(d flows.Doubtful, keys []string) (text.Markup, error) {
	d.Doubt.Kind, d.Doubt.Keys = flows.DoubtOdd, keys
	lines, err := c.Host.Ask(d)
	return text.Markup(lines), err
}

// pasted lists the answers that were found in one message.
func (c Card) pasted(d flows.Doubtful) string {
	lines := make([]text.Args, 0, len(d.Doubt.Readings))
	for i, a := range d.Doubt.Readings {
		if st := d.Form.Step(a.Field); st != nil {
			lines = append(lines, text.Args{
				"N": i + 1, "Fixed": false, "Brought": false,
				"Label": label(d.Form, a.Field), "Answer": c.short(d.Form, st, a, reviewRunes),
			})
		}
	}
	return c.Text("doubt.paste.ask", text.Args{"Count": len(lines), "Lines": c.Lines("form.line", lines)})
}
