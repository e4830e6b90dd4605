package bot

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// lookup answers the engine's questions out of the turn's transaction.
type lookup struct{ *turn }

func (l lookup) Today() store.Date { return l.today }

// Options lists what a choice step offers, with every name that people type
// for it.
func (l lookup) Options(f *flows.Form, st *flows.Step, s *store.Session) ([]flows.Option, error) {
	switch st.Source {
	case "":
		return l.fixed(f, st.Field, st.Options), nil
	case forms.ListMoves:
		return l.moves(f, s)
	case forms.ListUnits:
		return l.units()
	case forms.ListModels:
		return l.models(updatable(), "")
	case forms.ListDuties:
		return l.dutyOptions(s)
	case forms.ListPlans, forms.ListPlanUnits, forms.ListCopies:
		return l.planOptions(st.Source)
	case forms.ListPast:
		return l.models(goesOn, store.UnitCode(flows.Key(s, "unit")))
	case forms.ListFaults:
		return l.faults(), nil
	case forms.ListMerge:
		return l.mergeOptions(s)
	}
	c, ok, err := l.campaignOf(s)
	if err != nil || !ok {
		return nil, err
	}
	return l.campaignOptions(campaignList(c, st.Source)), nil
}

// goesOn are the states of a model that next year's can go on from.
var goesOn = []store.State{store.Accepted, store.Doing, store.Paused, store.Done}

// fixed lists choices that the form itself names.
func (l lookup) fixed(f *flows.Form, field string, keys []string) []flows.Option {
	out := make([]flows.Option, len(keys))
	for i, k := range keys {
		key := f.ID + "." + field + "." + k
		out[i] = flows.Option{Key: k, Label: flows.Label{Key: key}, Names: l.names(key)}
	}
	return out
}

// names lists what people may type for a catalogue text: the text in every
// language, and its "_names".
func (b *Bot) names(key string) []string {
	var out []string
	for _, lang := range b.Words.Languages() {
		out = append(out, b.Words.Text(lang, key, nil))
		if more := key + "_names"; b.Words.Has(lang, more) {
			out = append(out, strings.Split(b.Words.Text(lang, more, nil), "|")...)
		}
	}
	return out
}

// moves lists what can have happened to the model, the likely things first.
func (l lookup) moves(f *flows.Form, s *store.Session) ([]flows.Option, error) {
	m, err := l.subject(s)
	if err != nil {
		return nil, err
	}
	from := m.State
	if s.Corrects != 0 {
		if from, err = l.stateBefore(m, store.ProgressID(s.Corrects)); err != nil {
			return nil, err
		}
	}
	var keys []string
	for _, mv := range moves[from] {
		if s.Corrects == 0 || mv.key != forms.MoveNothing {
			keys = append(keys, mv.key)
		}
	}
	if len(keys) == 0 { // a closed model: its updates can still be corrected
		keys = []string{forms.MoveResults}
	}
	return l.fixed(f, "news", keys), nil
}

// units lists the units of the post's scope that are in force.
func (l lookup) units() ([]flows.Option, error) {
	codes, err := l.scope()
	if err != nil {
		return nil, err
	}
	var out []flows.Option
	for _, code := range codes {
		u, err := l.tx.Unit(code)
		if err != nil {
			return nil, err
		}
		if u.InForce(l.today) {
			out = append(out, flows.Option{Key: string(code), Label: flows.Label{Text: u.Name}, Names: []string{u.Name, string(code)}})
		}
	}
	return out, nil
}

// models lists models in some states, of one unit or of the whole scope. Those
// of the same title are told apart by who registered them.
func (l lookup) models(states []store.State, unit store.UnitCode) ([]flows.Option, error) {
	units := []store.UnitCode{unit}
	if unit == "" {
		var err error
		if units, err = l.scope(); err != nil {
			return nil, err
		}
	}
	heads, err := l.tx.Heads(store.ModelQuery{Units: units, States: states, Fields: l.post.Portfolio.Fields})
	if err != nil {
		return nil, err
	}
	titles := map[string]int{}
	for _, h := range heads {
		titles[h.Fold]++
	}
	out := make([]flows.Option, len(heads))
	for i, h := range heads {
		label := h.Title
		if titles[h.Fold] > 1 {
			m, err := l.tx.Model(h.ID)
			if err != nil {
				return nil, err
			}
			label += " · " + m.Registrant
		}
		out[i] = flows.Option{Key: ref(h.ID), Label: flows.Label{Text: label}, Names: []string{label, h.Title, h.Code}}
	}
	return out, nil
}

func campaignList(c store.Campaign, source string) []store.Option {
	switch source {
	case forms.ListFields:
		return c.Fields
	case forms.ListTitles:
		return c.Titles
	case forms.ListTags:
		return c.Tags
	case forms.ListLevels:
		return c.Levels
	}
	return nil
}

func (l lookup) campaignOptions(options []store.Option) []flows.Option {
	out := make([]flows.Option, len(options))
	for i, o := range options {
		names := slices.Concat([]string{o.Key}, o.Aliases)
		for _, lang := range l.Words.Languages() {
			names = append(names, o.Label.In(lang), o.Short.In(lang))
		}
		out[i] = flows.Option{Key: o.Key, Label: flows.Label{Text: short(o, l.lang())}, Names: names}
	}
	return out
}

// short is an option's label for a button.
func short(o store.Option, lang string) string {
	if s := o.Short.In(lang); s != "" {
		return s
	}
	return o.Label.In(lang)
}

// Names lists what each question of a form goes by.
func (l lookup) Names(f *flows.Form) []answer.Named {
	out := make([]answer.Named, len(f.Steps))
	for i, st := range f.Steps {
		out[i] = answer.Named{Key: st.Field, Names: l.names(f.ID + "." + st.Field + ".label")}
	}
	return out
}

// Default returns what is known already.
func (l lookup) Default(name string, s *store.Session) (store.Answer, bool, error) {
	switch name {
	case forms.OwnUnit:
		codes, err := l.scope() // who also registers for units below is asked which
		return store.Answer{Keys: []string{string(l.post.Unit)}}, l.post.Unit != "" && len(codes) == 1, err
	case forms.LastGroup:
		return l.lastGroup(s)
	case forms.WholePeriod:
		return l.period(s)
	case forms.Me:
		return store.Answer{Text: l.person.Name, Phone: l.person.Phone}, l.person.Name != "" && l.person.Phone != "", nil
	case forms.Today:
		return store.Answer{From: l.today}, true, nil
	case forms.QuickReason:
		return l.quickReason(s), flows.Key(s, "why") != "" && flows.Key(s, "why") != forms.ReturnAnother, nil
	case forms.FoundFaults:
		return l.foundFaults(s)
	case forms.ChannelName:
		name := cmp.Or(l.person.Name, l.ev.Name)
		return store.Answer{Text: name}, name != "", nil
	}
	a, ok := l.standard(name)
	return a, ok, nil
}

// campaignOf is the campaign that a registration is under: the one that binds
// its unit today, or the one that a returned one is in already.
func (l lookup) campaignOf(s *store.Session) (store.Campaign, bool, error) {
	if s.Form == forms.RegisterID && s.Subject != 0 {
		m, err := l.subject(s)
		if err != nil || m.ID == 0 {
			return store.Campaign{}, false, err
		}
		c, err := l.tx.Campaign(m.Campaign)
		return c, err == nil, err
	}
	return l.campaign(store.UnitCode(flows.Key(s, "unit")))
}

// lastGroup is the collective that registered last in the unit.
func (l lookup) lastGroup(s *store.Session) (store.Answer, bool, error) {
	heads, err := l.tx.Heads(store.ModelQuery{Units: []store.UnitCode{store.UnitCode(flows.Key(s, "unit"))}, Limit: 5})
	if err != nil {
		return store.Answer{}, false, err
	}
	for _, h := range heads {
		m, err := l.tx.Model(h.ID)
		if err != nil {
			return store.Answer{}, false, err
		}
		if m.Kind == store.Collective && m.Registrant != "" {
			return store.Answer{Text: m.Registrant}, true, nil
		}
	}
	return store.Answer{}, false, nil
}

// period runs from today to the end of the year, or of the next one when this
// one is nearly over, but not past the campaign.
func (l lookup) period(s *store.Session) (store.Answer, bool, error) {
	c, ok, err := l.campaignOf(s)
	if err != nil || !ok {
		return store.Answer{}, false, err
	}
	end := store.Date{Year: l.today.Year, Month: 12, Day: 31}
	if end.Before(l.today.AddDays(60)) {
		end.Year++
	}
	if c.To.Before(end) {
		end = c.To
	}
	return store.Answer{From: l.today, To: end}, true, nil
}

// Holds decides the forms' named conditions.
func (l lookup) Holds(name string, s *store.Session) (bool, error) {
	switch name {
	case forms.HasPast:
		heads, err := l.tx.Heads(store.ModelQuery{Units: []store.UnitCode{store.UnitCode(flows.Key(s, "unit"))}, States: goesOn, Limit: 1})
		return len(heads) > 0, err
	case forms.Correcting:
		return s.Corrects != 0, nil
	case forms.Unproven:
		return l.unproven(s)
	}
	if holds, known := planHolds(name, s); known {
		return holds, nil
	}
	return false, errors.New("unknown condition " + name)
}

// unproven says that a model has no photo or file at all, and that the
// question for them has been passed over.
func (l lookup) unproven(s *store.Session) (bool, error) {
	if a, ok := flows.Find(s, "evidence"); !ok || len(a.Evidence) > 0 {
		return false, nil
	}
	rows, err := l.tx.Progress(store.ModelID(s.Subject))
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(rows, func(p store.Progress) bool { return len(p.Evidence) > 0 }), nil
}
