package about

import (
	"fmt"
	"strings"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// Basic answers for a form what most forms answer alike.
type Basic struct{ Of *flows.Form }

// Form is the form's questions.
func (b Basic) Form() *flows.Form { return b.Of }

// Options lists the choices that the form itself names.
func (b Basic) Options(t *bot.Turn, _ *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	if st.Source != "" {
		return flows.Options{}, fmt.Errorf("form %s: unknown list %q", b.Of.ID, st.Source)
	}
	return flows.Among(t.Fixed(b.Of.ID+"."+st.Field+".", st.Options), ask), nil
}

// Default knows nothing.
func (Basic) Default(*bot.Turn, *store.Session, string) (store.Answer, bool, error) {
	return store.Answer{}, false, nil
}

// Holds knows no condition.
func (b Basic) Holds(_ *bot.Turn, _ *store.Session, name string) (bool, error) {
	return false, fmt.Errorf("form %s: unknown condition %q", b.Of.ID, name)
}

// Doubt has nothing against submitting, and knows no other check.
func (b Basic) Doubt(_ *bot.Turn, _ *store.Session, check string, _ store.Answer) (*store.Doubt, error) {
	if check == flows.CheckSubmit {
		return nil, nil
	}
	return nil, fmt.Errorf("form %s: unknown check %q", b.Of.ID, check)
}

// Head says which form it is and how far.
func (b Basic) Head(t *bot.Turn, _ *store.Session, q flows.Question) (string, error) {
	key := "form.head"
	if q.Detail {
		key = "form.head_detail"
	}
	return t.Text(key, text.Args{"Form": text.Markup(t.Text(b.Of.ID+".head", nil)), "N": q.N, "Of": q.Of}), nil
}

// ReviewHead is the form's own text.
func (b Basic) ReviewHead(t *bot.Turn, _ *store.Session) (string, error) {
	return t.Text(b.Of.ID+".review", nil), nil
}

// Advice is none.
func (Basic) Advice(*bot.Turn, *store.Session) (string, error) { return "", nil }

// Ask knows no doubt of its own.
func (b Basic) Ask(_ *bot.Turn, _ *store.Session, d flows.Doubtful) (string, error) {
	return "", fmt.Errorf("form %s: cannot ask about a doubt of kind %q", b.Of.ID, d.Doubt.Kind)
}

// Choice names what the form itself names.
func (b Basic) Choice(_ *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	return v.Plain(b.Of.ID+"."+st.Field+"."+key, nil)
}

// Typed writes an answer in one line.
func (Basic) Typed(_ text.Voice, x flows.Settled) string {
	return strings.Join(strings.Fields(x.Answer.Text), " ")
}

// Protect reports whether the card may not be forwarded: it may.
func (Basic) Protect() bool { return false }

// Bind has nothing to note.
func (Basic) Bind(*bot.Turn, *store.Session) error { return nil }

// Name is what the form's head calls it, without the icon.
func (b Basic) Name(t *bot.Turn, _ *store.Session) (string, error) { return t.FormName(b.Of.ID), nil }

// Keeps reports whether the person has put anything of their own in.
func (Basic) Keeps(s *store.Session) bool {
	if s.Partial != "" || s.Doubt != nil {
		return true
	}
	for _, a := range s.Answers {
		if !a.Given && !a.Skipped {
			return true
		}
	}
	return false
}

// Saves reports whether it is saved: whatever there is.
func (Basic) Saves(*store.Session) bool { return true }

// Same is for forms that can turn out to be about another record.
func (b Basic) Same(*bot.Turn, store.Session, uint64) error {
	return fmt.Errorf("form %s: is about no record", b.Of.ID)
}

// Left says it in one sentence.
func (Basic) Left(t *bot.Turn, _ store.Session, key string, a text.Args) error {
	if key == bot.LeftForGood {
		return t.Tell(key, a)
	}
	return t.Greet(key, a)
}
