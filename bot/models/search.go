package models

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
)

// mostRead is how many models, the newest, are read for the words that people
// wrote of them; the heads of all of them are looked at for the rest.
const mostRead = 1000

// search shows the models that what was typed may mean, or the one whose code
// it is.
func (t turn) search(typed string) error {
	query := answer.Clean(typed)
	m, err := t.Tx.ModelByCode(strings.ToUpper(query))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil {
		if t.MayWith(access.ViewModels, m) {
			return t.showModel(m, false)
		}
	}

	if answer.Fold(query) == "" {
		return t.Tell("idle.nothing_open", nil)
	}
	t.Person.View, t.Dirty = store.View{Query: query, Revision: t.Person.View.Revision + 1}, true
	return t.showList(false)
}

// seek lists the models of a query that some words may mean: those with all of
// them in their titles, and those of the units and fields that they name. Where
// there is none, what people wrote of the models is read.
func (t turn) seek(q store.ModelQuery, typed string) ([]store.Head, error) {
	s := search{org: t.Org, of: q, words: strings.Fields(answer.Fold(typed))}
	heads, err := bot.Ahead(t.Turn, fmt.Sprintf("search %q among %+v", s.words, q), s.run)
	return slices.Clone(heads), err
}

// search is one search among the models of a query.
type search struct {
	org   *org.Org
	of    store.ModelQuery
	words []string // folded
}

func (s search) run(r store.Reader) ([]store.Head, error) {
	q := s.of
	q.Words = s.words
	found, err := r.Heads(q)
	if err != nil {
		return nil, err
	}

	if q, ok, err := s.named(r); err != nil {
		return nil, err
	} else if ok {
		more, err := r.Heads(q)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
		slices.SortFunc(found, func(a, b store.Head) int { return cmp.Compare(b.ID, a.ID) })
		found = slices.CompactFunc(found, func(a, b store.Head) bool { return a.ID == b.ID })
	}
	if len(found) > 0 {
		return found, nil
	}
	return s.written(r)
}

// beside are words that may stand beside the name of a unit or a field.
var beside = []string{"mo", "hinh", "cac", "cua", "o", "tai", "linh", "vuc", "don", "vi", "models", "of", "in"}

// named makes a query of the units and fields that are among the words; the
// others must stand in the titles.
func (s search) named(r store.Reader) (store.ModelQuery, bool, error) {
	q := s.of
	units, rest := s.units(s.words)
	if len(units) > 0 {
		q.In = s.org.Below(units...)
	}

	fields, rest, err := s.fields(r, rest)
	if err != nil {
		return q, false, err
	}
	if len(fields) > 0 {
		if len(q.Fields) > 0 { // those that are not watched are not found
			fields = slices.DeleteFunc(fields, func(f string) bool { return !slices.Contains(q.Fields, f) })
		}
		q.Fields = fields
	}
	q.Words = slices.DeleteFunc(rest, func(w string) bool { return slices.Contains(beside, w) })
	return q, len(units) > 0 || len(fields) > 0, nil
}

// units finds the units within the query whose name, now or once, or code is
// among the words.
func (s search) units(words []string) (found []store.UnitCode, rest []string) {
	byName := map[string][]store.UnitCode{}
	for _, code := range s.of.In.Codes() {
		u, _ := s.org.Unit(code)
		names := []string{u.Name}
		for _, v := range u.Versions {
			names = append(names, v.Name)
		}
		for _, c := range u.Codes() {
			names = append(names, string(c))
		}
		for _, name := range names {
			name = answer.Fold(name)
			byName[name] = append(byName[name], code)
			if bare := withoutKind(name); bare != name {
				byName[bare] = append(byName[bare], code)
			}
		}
	}

	run, rest := longest(words, func(run string) bool { return byName[run] != nil })
	return slices.Compact(byName[run]), rest
}

// withoutKind takes the kind of a place off its folded name.
func withoutKind(name string) string {
	for _, kind := range []string{"xa ", "phuong ", "dac khu ", "tinh ", "thanh pho "} {
		if bare, ok := strings.CutPrefix(name, kind); ok {
			return bare
		}
	}
	return name
}

// fields finds the fields of work whose name, a part of it, or what people type
// for it is among the words.
func (s search) fields(r store.Reader, words []string) (found, rest []string, err error) {
	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, nil, err
	}
	is := func(f store.Option, run string) bool {
		for _, name := range append([]string{f.Key}, f.Aliases...) {
			if answer.Fold(name) == run {
				return true
			}
		}
		for _, label := range f.Label {
			label = answer.Fold(label)
			if label == run || strings.Contains(run, " ") && strings.Contains(" "+label+" ", " "+run+" ") {
				return true
			}
		}
		return false
	}

	_, rest = longest(words, func(run string) bool {
		var keys []string
		for _, c := range campaigns {
			for _, f := range c.Fields {
				if is(f, run) && !slices.Contains(keys, f.Key) {
					keys = append(keys, f.Key)
				}
			}
		}
		if len(keys) > 0 {
			found = keys
		}
		return len(keys) > 0
	})
	return found, rest, nil
}

// longest finds the longest run of words that is a name, and the words without
// it.
func longest(words []string, is func(run string) bool) (run string, rest []string) {
	for n := len(words); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			if run := strings.Join(words[i:i+n], " "); is(run) {
				return run, slices.Concat(words[:i], words[i+n:])
			}
		}
	}
	return "", slices.Clone(words)
}

// written finds the newest models of which people wrote the words: who does it,
// where, why, to what end and how.
func (s search) written(r store.Reader) ([]store.Head, error) {
	q := s.of
	q.Limit = mostRead
	heads, err := r.Heads(q)
	if err != nil {
		return nil, err
	}

	var found []store.Head
	for _, h := range heads {
		m, err := r.Model(h.ID)
		if err != nil {
			return nil, err
		}
		wrote := append(m.Registrants, m.Title, m.Place, m.Problem, m.Target, m.Content, m.Output, m.Partners)
		text := " " + answer.Fold(strings.Join(wrote, " ")) + " "
		if !slices.ContainsFunc(s.words, func(w string) bool { return !strings.Contains(text, " "+w+" ") }) {
			found = append(found, h)
		}
	}
	return found, nil
}
