package enrol

import (
	"errors"
	"slices"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// settings shows the language and the posts, each to be changed by a tap.
func (t turn) settings() error {
	if err := t.showSettings(false); err != nil {
		return err
	}
	return t.Again()
}

func (t turn) showSettings(inPlace bool) error {
	var languages []store.Button
	for _, lang := range t.Words.Languages() {
		key := "settings.language"
		if lang == t.Lang {
			key = "settings.language_now"
		}
		languages = append(languages, t.Button(key, link.Language.To(lang), text.Args{"Language": t.Words.Text(lang, "language", nil)}))
	}
	buttons := [][]store.Button{languages}

	posts, err := t.Org.HeldBy(t.Tx, t.Person.ID)
	if err != nil {
		return err
	}
	if len(posts) > 1 {
		for _, p := range posts {
			key := "settings.post"
			if p.ID == t.Post.ID {
				key = "settings.post_now"
			}
			name := text.Args{"Name": text.Capital(t.ShortPostName(p))}
			buttons = append(buttons, text.Row(t.Button(key, link.Post.To(string(p.ID)), name)))
		}
	}

	digest := ""
	if t.May(access.GetDigests) {
		digest = t.Timing(t.Post.Digest)
		buttons = append(buttons, text.Row(t.Button("settings.digest", link.Timing.To(), nil)))
	}
	buttons = append(buttons, text.Row(t.Button("settings.my_data", link.Mine.To("show"), nil)))
	return t.Show(store.Message{
		Text:    t.Text("settings.card", text.Args{"Post": t.Post, "Posts": len(posts), "Digest": digest}),
		Buttons: buttons,
	}, inPlace)
}

// setLanguage changes the language that the bot speaks to this person.
func (t turn) setLanguage(lang string) error {
	if !slices.Contains(t.Words.Languages(), lang) {
		return t.Toast("press.unknown", nil)
	}
	p := t.Person
	p.Language, t.Dirty = lang, true
	t.Speak(p)

	if err := t.showSettings(true); err != nil {
		return err
	}
	if err := t.Greet("settings.language_set", nil); err != nil {
		return err
	}
	return t.Again()
}

// switchPost makes another post of the same person the one acted for.
func (t turn) switchPost(id string) error {
	post, err := t.Tx.Post(store.PostID(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && post.Holder != t.Person.ID {
		return t.Toast("press.not_yours", nil)
	}
	if err != nil {
		return err
	}
	if post.ID == t.Post.ID {
		return t.Toast("settings.post_same", nil)
	}

	if err := t.ActFor(post); err != nil {
		return err
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.Greet("settings.post_set", text.Args{"Post": post})
}
