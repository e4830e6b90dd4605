package bot

import (
	"errors"
	"slices"

	"danvan/flows/forms"
	"danvan/store"
)

// settings shows the language and the posts, each to be changed by a tap.
func (t *turn) settings() error {
	if err := t.showSettings(false); err != nil {
		return err
	}
	return t.again()
}

func (t *turn) showSettings(inPlace bool) error {
	var languages []store.Button
	for _, lang := range t.Words.Languages() {
		key := "settings.language"
		if lang == t.lang() {
			key = "settings.language_now"
		}
		languages = append(languages, t.button(key, pressLanguage+lang, args{"Language": t.Words.Text(lang, "language", nil)}))
	}
	buttons := [][]store.Button{languages}
	posts, err := t.tx.PostsOf(t.person.ID)
	if err != nil {
		return err
	}
	if len(posts) > 1 {
		for _, p := range posts {
			key := "settings.post"
			if p.ID == t.post.ID {
				key = "settings.post_now"
			}
			name, err := t.postName(t.own(), p, false)
			if err != nil {
				return err
			}
			buttons = append(buttons, row(t.button(key, pressPost+string(p.ID), args{"Name": capital(name)})))
		}
	}
	digest := ""
	if t.may(getDigests) {
		digest = t.timing(t.post.Digest)
		buttons = append(buttons, row(t.button("settings.digest", pressTiming, nil)))
	}
	buttons = append(buttons, row(t.button("settings.my_data", pressMine+"show", nil)))
	return t.show(store.Message{Text: t.text("settings.card", args{"Post": t.post, "Posts": len(posts), "Digest": digest}), Buttons: buttons}, inPlace)
}

// setLanguage changes the language that the bot speaks to this person.
func (t *turn) setLanguage(lang string) error {
	if !slices.Contains(t.Words.Languages(), lang) {
		return t.toast("press.unknown", nil)
	}
	t.person.Language, t.dirty = lang, true
	if err := t.showSettings(true); err != nil {
		return err
	}
	if err := t.greet("settings.language_set", nil); err != nil {
		return err
	}
	return t.again()
}

// switchPost makes another post of the same person the one acted for. The
// open draft stays with its own post.
func (t *turn) switchPost(id string) error {
	post, err := t.tx.Post(store.PostID(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && post.Holder != t.person.ID {
		return t.toast("press.not_yours", nil)
	}
	if err != nil {
		return err
	}
	if post.ID == t.post.ID {
		return t.toast("settings.post_same", nil)
	}
	if _, err := t.putAside(); err != nil {
		return err
	}
	if err := t.actFor(post); err != nil {
		return err
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.greet("settings.post_set", args{"Post": post})
}

// myData shows what is kept of the person, to see, change or erase.
func (t *turn) myData() error {
	if err := t.showMine(); err != nil {
		return err
	}
	return t.again()
}

func (t *turn) showMine() error {
	p := t.person
	buttons := [][]store.Button{row(t.button("mine.change", pressMine+"change", nil))}
	if p.Name != "" || p.Phone != "" {
		buttons = append(buttons, row(red(t.button("mine.erase", pressMine+"erase", nil))))
	}
	_, err := t.send(store.Message{
		Text: t.text("mine.card", args{
			"Name": p.Name, "Phone": phone(p.Phone), "Consent": string(p.Consent), "When": p.ConsentAt, "Post": t.post,
		}),
		Buttons: buttons, Protect: true,
	})
	return err
}

// pressedMine obeys the buttons of one's own data.
func (t *turn) pressedMine(what string) error {
	switch what {
	case "show":
		return t.showMine()
	case "change":
		if err := t.unbutton(); err != nil {
			return err
		}
		t.person.Consent, t.person.ConsentAt, t.dirty = store.Given, t.ev.At, true
		return t.begin(forms.ProfileID, nil)
	case "erase":
		return t.offer("mine.erase_ask", nil, [][]store.Button{row(
			t.button("mine.erase_no", pressMine+"keep", nil), red(t.button("mine.erase_yes", pressMine+"gone", nil)))})
	case "keep":
		return t.unbutton()
	case "gone":
		if err := t.unbutton(); err != nil {
			return err
		}
		t.person.Name, t.person.Phone, t.dirty = "", "", true
		t.person.Consent, t.person.ConsentAt = store.Refused, t.ev.At
		if err := t.record("person/"+ref(t.person.ID), "erase", "name, phone", nil, nil); err != nil {
			return err
		}
		return t.tell("mine.erased", nil)
	}
	return t.toast("press.unknown", nil)
}
