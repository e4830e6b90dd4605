package models

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
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
	units, rest := s.units().among(s.words)
	if len(units) > 0 {
		q.In = s.org.Below(units...)
	}

	campaigns, err := r.Campaigns()
	if err != nil {
		return q, false, err
	}
	fields, rest := fieldNames(campaigns).among(rest)
	if len(fields) > 0 {
		if len(q.Fields) > 0 { // those that are not watched are not found
			fields = slices.DeleteFunc(fields, func(f string) bool { return !slices.Contains(q.Fields, f) })
		}
		q.Fields = fields
	}
	q.Words = slices.DeleteFunc(rest, func(w string) bool { return slices.Contains(beside, w) })
	return q, len(units) > 0 || len(fields) > 0, nil
}

// units are those within the query by their names, now or once, and their codes.
func (s search) units() names[store.UnitCode] {
	byName := names[store.UnitCode]{}
	for _, code := range s.of.In.Codes() {
		u, _ := s.org.Unit(code)
		all := []string{u.Name}
		for _, v := range u.Versions {
			all = append(all, v.Name)
		}
		for _, c := range u.Codes() {
			all = append(all, string(c))
		}
		for _, name := range all {
			name = answer.Fold(name)
			byName.add(name, code)
			byName.add(withoutKind(name), code)
		}
	}
	return byName
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

// fieldNames are the keys of the campaigns' fields of work by their names, the
// parts of those, and what people type for them.
func fieldNames(campaigns []store.Campaign) names[string] {
	byName := names[string]{}
	for _, c := range campaigns {
		for _, f := range c.Fields {
			for _, name := range append([]string{f.Key}, f.Aliases...) {
				byName.add(answer.Fold(name), f.Key)
			}
			for _, label := range f.Label {
				words := strings.Fields(answer.Fold(label))
				byName.add(strings.Join(words, " "), f.Key)
				for from, to := range runs(words, 2, len(words)) {
					byName.add(strings.Join(words[from:to], " "), f.Key)
				}
			}
		}
	}
	return byName
}

// names are things by what they are called, folded.
type names[T comparable] map[string][]T

func (n names[T]) add(name string, x T) {
	if !slices.Contains(n[name], x) {
		n[name] = append(n[name], x)
	}
}

// among finds what the longest name among some words is of, and the words without
// it. A run longer than every name is not looked at: a whole text may come pasted.
func (n names[T]) among(words []string) (found []T, rest []string) {
	most := 0
	for name := range n {
		most = max(most, strings.Count(name, " ")+1)
	}
	for from, to := range runs(words, 1, most) {
		if found := n[strings.Join(words[from:to], " ")]; found != nil {
			return found, slices.Concat(words[:from], words[to:])
		}
	}
	return nil, slices.Clone(words)
}

// runs goes through the runs of at least and at most so many words, the longest first.
func runs(words []string, least, most int) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		for n := min(most, len(words)); n >= least; n-- {
			for from := range len(words) - n + 1 {
				if !yield(from, from+n) {
					return
				}
			}
		}
	}
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
		wrote := append([]string{m.Registrant()}, m.Title, m.Place, m.Problem, m.Target, m.Content, m.Output, m.Partners)
		text := " " + answer.Fold(strings.Join(wrote, " ")) + " "
		if !slices.ContainsFunc(s.words, func(w string) bool { return !strings.Contains(text, " "+w+" ") }) {
			found = append(found, h)
		}
	}
	return found, nil
}
