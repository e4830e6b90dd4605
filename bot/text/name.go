package text

import (
	"strings"

	"danvan/locales"
	"danvan/store"
)

// UnitName returns a unit's name as it stands inside a sentence: "xã Định Mỹ"; for
// "" it is the whole house.
func (v Voice) UnitName(code store.UnitCode) string {
	u, ok := v.Units(code)
	if !ok {
		return v.Plain("unit.everything", nil)
	}
	return v.place(u)
}

// place names a unit inside a sentence in the voice's language: "xã Định Mỹ",
// "Định Mỹ commune".
func (v Voice) place(u store.Unit) string {
	if !u.Kind.Place() {
		return u.Name
	}
	key := "unit.place." + string(u.Kind)
	word := strings.TrimSpace(v.Words.Text(locales.Default, key, Args{"Name": ""}))
	if n := len(word); n < len(u.Name) && strings.EqualFold(u.Name[:n], word) {
		return v.Words.Text(v.Lang, key, Args{"Name": strings.TrimSpace(u.Name[n:])})
	}
	return u.Name
}

// PostName names a post in full: role, unit and the unit above it. Of a unit that
// is unknown it is the role alone.
func (v Voice) PostName(p store.Post) string { return v.post(p, true) }

// ShortPostName names a post by role and unit: a person's own posts are told apart
// by that, and fit a button.
func (v Voice) ShortPostName(p store.Post) string { return v.post(p, false) }

func (v Voice) post(p store.Post, full bool) string {
	role := v.Key("role.", string(p.Role))
	if p.Unit == "" {
		return v.Words.Text(v.Lang, "post.of_all", Args{"Role": role})
	}
	u, ok := v.Units(p.Unit)
	if !ok {
		return role
	}

	a := Args{"Role": role, "Unit": v.place(u), "Parent": ""}
	if up, ok := v.Units(u.Parent); full && ok {
		a["Parent"] = v.place(up)
	}
	return v.Words.Text(v.Lang, "post.of_unit", a)
}
