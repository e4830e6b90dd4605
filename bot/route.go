package bot

import (
	"slices"
	"strings"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
)

// command finds the command that a text is: by its word in either language, or
// by the label of a menu key in any language.
func (t *Turn) command(typed string) (Command, bool) {
	if word, slash := strings.CutPrefix(typed, "/"); slash {
		word, _, _ = strings.Cut(word, " ")
		word, _, _ = strings.Cut(word, "@")
		c, ok := t.words["/"+strings.ToLower(word)]
		return c, ok
	}

	c, ok := t.words[answer.Clean(typed)]
	return c, ok
}

// allowed is what a command does for the person.
func (t *Turn) allowed(c Command) func(*Turn) error {
	switch {
	case c.Needs == "" || t.May(c.Needs):
		return c.Do
	case c.Otherwise != nil:
		return c.Otherwise
	}
	return func(t *Turn) error { return t.Refuse(c.Needs) }
}

// Refuse says who may do a job.
func (t *Turn) Refuse(j access.Job) error {
	return t.Follow(link.Refused, string(j))
}

// pressed obeys a button: of a form, if it is of the draft that is open, or of
// the feature that has its verb.
func (t *Turn) pressed(data string) error {
	if id, ok := flows.PressedSession(data); ok {
		return t.pressedForm(id)
	}
	verb, about := link.Parse(data)
	if do := t.buttons[verb]; do != nil {
		return do(t, about)
	}
	return t.Toast("press.unknown", nil)
}

func (t *Turn) pressedForm(id store.SessionID) error {
	if id == t.Person.Open && id != 0 {
		return t.resume(t.Event.Input)
	}
	s, err := t.Tx.Session(id)
	if err == nil && s.Post == t.Post.ID {
		return t.Toast("press.other_draft", nil)
	}
	return t.Toast("press.closed", nil)
}

// Follow has another feature do what a link says, in this turn.
func (t *Turn) Follow(verb link.Verb, about ...string) error {
	do := t.links[verb]
	if do == nil {
		do = t.buttons[verb]
	}
	return do(t, strings.Join(about, "."))
}

// OnModel does what a link says about a model, "model", whose reader may see it;
// what else the post may do is the job's own question.
func OnModel(do func(*Turn, store.Model) error) Handler {
	return func(t *Turn, about string) error {
		m, ok, err := t.Model(store.ModelID(link.ID(about)), access.ViewModels)
		if err != nil {
			return err
		}
		if !ok {
			return t.NotHere(func(p store.Post) bool { return t.PostMay(p, access.ViewModels, m) })
		}
		return do(t, m)
	}
}

// NotHere answers a button that is not for the post that the person acts for:
// another post of theirs may have it.
func (t *Turn) NotHere(may func(store.Post) bool) error {
	posts, err := t.Org.HeldBy(t.Tx, t.Person.ID)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.ID != t.Post.ID && may(p) {
			return t.Toast("press.other_post", nil)
		}
	}
	return t.Toast("press.not_yours", nil)
}

// Commands is the list that the channel shows for a role, in a language.
func (b *Bot) Commands(lang string, role store.Role) []store.Command {
	var out []store.Command
	for _, c := range b.commands {
		if c.Text == "" || c.Needs != "" && !access.May(role, c.Needs) {
			continue
		}
		name := c.VI
		if lang == "en" {
			name = c.EN
		}
		out = append(out, store.Command{Name: name, Text: b.Words.Text(lang, c.Text, nil)})
	}
	return out
}

// Menu is the keyboard with a role's main jobs.
func (b *Bot) Menu(lang string, role store.Role) *store.Keyboard {
	k := &store.Keyboard{Persistent: true, Hint: b.Words.Text(lang, "menu.hint", nil)}
	for _, words := range b.Layout.Menus[role] {
		row := make([]store.Key, len(words))
		for i, word := range words {
			at := slices.IndexFunc(b.commands, func(c Command) bool { return c.EN == word })
			row[i].Text = b.Words.Text(lang, b.commands[at].Key, nil)
		}
		k.Rows = append(k.Rows, row)
	}
	return k
}
