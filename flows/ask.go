package flows

import (
	"slices"

	"danvan/flows/answer"
	"danvan/store"
)

// open shows the open question, or the review card, for the first time.
func (w *walk) open() error { return w.ask(nil) }

// ask shows what is open now: a doubt, a question or the review card. A
// problem tells why it is asked again.
func (w *walk) ask(problem *answer.Invalid) error {
	switch {
	case w.s.Doubt != nil && problem == nil:
		w.sayDoubt()
		return nil
	case w.s.At == "":
		return w.review(problem, false, 1)
	}
	return w.question(w.f.Step(w.s.At), show{problem: problem, help: w.s.Misses >= 2, page: 1})
}

// show is how a question is shown, apart from what the session holds.
type show struct {
	problem *answer.Invalid
	help    bool
	page    int // of the choices, from 1
}

func (w *walk) question(st *Step, how show) error {
	q := Question{Form: w.f, Step: st, Detail: w.detail(st), Problem: how.problem, Help: how.help}
	if st.Kind == Choice {
		q.Query = w.s.Partial
	} else {
		q.Partial = w.s.Partial
	}

	var err error
	if q.N, q.Of, err = w.position(st); err != nil {
		return err
	}
	if a, ok := Find(&w.s, st.Field); ok && !a.Skipped {
		q.Kept = &a
	}

	if err := w.choices(&q, how.page); err != nil {
		return err
	}
	w.s.Page = q.Page
	if err := w.suggestion(&q); err != nil {
		return err
	}
	if q.Nav, err = w.navigation(st, q.Help); err != nil {
		return err
	}
	w.say(q)
	return nil
}

// choices puts a page of the options on a question, the last one where there
// are fewer pages by now.
func (w *walk) choices(q *Question, page int) error {
	st := q.Step
	if st.Kind != Choice && st.Kind != Many {
		q.Pages = 1
		return nil
	}

	ask := Ask{Text: q.Query, From: (max(page, 1) - 1) * PageSize, Limit: PageSize}
	found, err := w.options(st, ask)
	if err != nil {
		return err
	}
	from, _, at, pages := pageOf(found.Total, page)
	if from != ask.From {
		ask.From = from
		if found, err = w.options(st, ask); err != nil {
			return err
		}
	}

	q.Page, q.Pages = at, pages
	for _, o := range found.List {
		b := w.button(st.Field, o.Key, "")
		b.Label, b.Style = o.Label, o.Style
		if st.Kind == Many {
			b = w.toggle(st, o)
		}
		q.Choices = append(q.Choices, b)
	}
	return nil
}

// toggle is a choice of a Many step: it says what it will do, so that a
// second tap that comes before the card has changed does no harm.
func (w *walk) toggle(st *Step, o Option) Button {
	option, key := optAdd+o.Key, "button.unchosen"
	if a, ok := Find(&w.s, st.Field); ok && slices.Contains(a.Keys, o.Key) {
		option, key = optRemove+o.Key, "button.chosen"
	}
	b := w.button(st.Field, option, key)
	b.Label.Args = map[string]any{"Label": o.Label}
	return b
}

// narrow shrinks the list to the choices that the typed text may mean.
func (w *walk) narrow() error {
	w.s.Partial = oneLine(w.in.Text)
	return w.open()
}

func (w *walk) button(field, option, key string) Button {
	return Button{Data: press{w.s.ID, w.s.Revision, field, option}.String(), Label: Label{Key: key}}
}

// suggestion offers what is known, or what was answered before, as a button.
func (w *walk) suggestion(q *Question) error {
	st := q.Step
	if q.Kept != nil && st.Kind != Files && st.Kind != Many {
		b := w.button(st.Field, optKeep, "button.keep")
		b.Control = true
		q.Choices = append([]Button{b}, q.Choices...)
		return nil
	}

	if st.Suggest == "" {
		return nil
	}
	a, ok, err := w.known(st)
	if err != nil || !ok {
		return err
	}
	b := w.button(st.Field, optSuggest, "button.suggest")
	b.Label.Args, b.Control = map[string]any{"Answer": Settled{w.f, st, a}}, true
	q.Choices = append([]Button{b}, q.Choices...)
	return nil
}

// known is what may be suggested as the answer to a step. A text is cleaned and
// measured as if it were typed.
func (w *walk) known(st *Step) (store.Answer, bool, error) {
	a, ok, err := w.look.Default(st.Suggest, &w.s)
	if err != nil || !ok || st.Kind != Text {
		return a, ok, err
	}
	a.Text = oneLine(a.Text)
	return a, size(st, a.Text) == nil, nil
}

// navigation is the last row: done or skip, back, help, later.
func (w *walk) navigation(st *Step, helping bool) ([]Button, error) {
	var nav []Button
	add := func(option, key string) { nav = append(nav, w.button(st.Field, option, key)) }

	a, answered := Find(&w.s, st.Field)
	switch {
	case (st.Kind == Files || st.Kind == Many) && answered && len(a.Evidence)+len(a.Keys) > 0:
		add(optDone, "button.done")
		nav[0].Style = store.Success
	case st.Optional:
		add(optSkip, skipKey(st))
	case w.s.Partial != "" && st.Kind == Choice:
		add(optRewrite, "button.all")
	case w.s.Partial != "":
		add(optRewrite, "button.rewrite")
	}

	before, err := w.before()
	if err != nil {
		return nil, err
	}
	switch {
	case w.s.Returning || w.detail(st):
		add(optReview, "button.to_review")
	case before != nil:
		add(optBack, "button.back")
	}

	if !helping {
		add(optHelp, "button.help")
	}
	switch {
	case !w.f.Plain:
		add(optLater, "button.later")
	case w.f.Leave:
		add(optLater, "button.leave")
	}
	return nav, nil
}

// skipKey is what the button says that skips a question.
func skipKey(st *Step) string {
	if st.None {
		return "button.none"
	}
	return "button.skip"
}
