package about

import (
	"errors"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/store"
)

// Holder returns a turn that speaks to whoever holds a post, or, while nobody does, one
// beside it: in their language, with what they may see. False when there is nobody.
func Holder(t *bot.Turn, id store.PostID) (*bot.Turn, bool, error) {
	post, _ := t.Org.Seat(id)
	if beside := t.Org.SeatsOf(post.Unit, post.Role); post.Holder == 0 {
		i := slices.IndexFunc(beside, func(p store.Post) bool { return p.Holder != 0 })
		if i < 0 {
			return nil, false, nil
		}
		post = beside[i]
	}
	person, err := t.Tx.Person(post.Holder)
	if err != nil {
		return nil, false, err
	}

	to := t.For(person)
	to.Post = post
	return to, true, nil
}

// Who names to others who did something in a post: by name where it is kept.
func Who(t *bot.Turn, id store.PersonID, post store.PostID) (string, error) {
	p, ok := t.Org.Seat(post)
	if !ok {
		return t.Plain("who.nobody", nil), nil
	}
	name := t.ShortPostName(p)
	person, err := t.Tx.Person(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && person.Name == "" {
		return name, nil
	}
	return t.Plain("who.named", text.Args{"Name": person.Name, "Post": name}), err
}

// Person is somebody's name, or, of who keeps it from us, the post.
func Person(t *bot.Turn, p store.Person) string {
	if p.Name != "" {
		return p.Name
	}
	post, ok := t.Org.Seat(p.Active)
	if !ok {
		return t.Plain("deputy.unnamed", nil)
	}
	return text.Capital(t.ShortPostName(post))
}

// mostInLine is how many units one line names; how many more there are is said.
const mostInLine = 20

// Units names units as they stand inside a sentence.
func Units(v text.Voice, codes []store.UnitCode) string {
	names := make([]string, min(len(codes), mostInLine))
	for i := range names {
		names[i] = v.UnitName(codes[i])
	}
	list := strings.Join(names, ", ")
	if more := len(codes) - len(names); more > 0 {
		list = v.Plain("remind.more", text.Args{"Units": list, "Count": more})
	}
	return list
}
