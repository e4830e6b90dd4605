package register

import (
	"slices"

	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// form is the home of the registration.
type form struct{ about.Basic }

func newForm() form { return form{about.Basic{Of: forms.Register()}} }

// Options lists units, the campaign's lists, and models to go on from.
func (f form) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	switch st.Source {
	case "":
		return f.Basic.Options(t, s, st, ask)
	case forms.ListUnits:
		return about.UnitOptions(t, ask), nil
	case forms.ListPast:
		return turn{t}.pastOptions(s, ask)
	case forms.ListCampaigns:
		return turn{t}.campaignOptions(s, ask)
	}

	campaigns, err := turn{t}.campaignsOf(s)
	if err != nil {
		return flows.Options{}, err
	}
	list := valuesOf(campaigns, st.Source)
	if own := t.Post.Portfolio.Fields; st.Source == forms.ListFields && len(own) > 0 { // or the post would not see what it registered
		list = slices.DeleteFunc(slices.Clone(list), func(o store.Option) bool { return !slices.Contains(own, o.Key) })
	}
	all := make([]flows.Option, len(list))
	for i, o := range list {
		names := append([]string{o.Key}, o.Aliases...)
		for _, lang := range t.Words.Languages() {
			names = append(names, o.Label.In(lang), o.Short.In(lang))
		}
		all[i] = flows.Option{Key: o.Key, Label: flows.Label{Text: short(o, t.Lang)}, Names: names}
	}
	return flows.Among(all, ask), nil
}

// short is an option's label for a button.
func short(o store.Option, lang string) string {
	if s := o.Short.In(lang); s != "" {
		return s
	}
	return o.Label.In(lang)
}

// Choice names a unit, a model, or a value of a campaign's list.
func (f form) Choice(t *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	switch st.Source {
	case "":
		return f.Basic.Choice(t, v, st, key)
	case forms.ListUnits:
		return about.UnitChoice(t, string(t.Org.Heir(store.UnitCode(key)))) // as it is registered
	case forms.ListPast:
		return about.ModelChoice(t, key)
	case forms.ListCampaigns:
		return turn{t}.campaignChoice(v, key)
	}

	name, err := about.Label(t, v, key, func(c store.Campaign) []store.Option { return listOf(c, st.Source) })
	if err != nil {
		return key
	}
	return name
}

// Default returns what is known of the unit, the time and the person.
func (form) Default(t *bot.Turn, s *store.Session, name string) (store.Answer, bool, error) {
	if field, ok := strings.CutPrefix(name, "predecessor."); ok {
		return turn{t}.brought(s, field)
	}

	switch name {
	case forms.OwnUnit:
		only := about.OnlyUnit(t) // who also registers for units below is asked which
		return store.Answer{Keys: []string{string(only)}}, only != "", nil
	case forms.KeptUp:
		return store.Answer{Keys: []string{string(store.Maintained)}}, goesOn(s), nil
	case forms.NewPeriod:
		if !goesOn(s) {
			return store.Answer{}, false, nil
		}
		return turn{t}.wholePeriod(s)

	case forms.LastGroup:
		return turn{t}.lastGroup(s)
	case forms.WholePeriod:
		return turn{t}.wholePeriod(s)
	case forms.Mistyped:
		return store.Answer{Text: t.Plain("register.reason.mistyped", nil)}, true, nil
	case forms.Me:
		p := t.Person
		return store.Answer{Text: p.Name, Phone: p.Phone}, p.Name != "" && p.Phone != "", nil
	}
	return store.Answer{}, false, nil
}

// Holds reports whether the unit has models of earlier years to go on from, unless
// this is a new one, that several campaigns bind it, and whether a registration is
// changed that was not returned, or was accepted.
func (f form) Holds(t *bot.Turn, s *store.Session, name string) (bool, error) {
	switch name {
	case forms.Several:
		list, err := about.Campaigns(t, unitOf(s))
		return s.Subject == 0 && len(list) > 1, err
	case forms.Changing, forms.Proposing:
		if s.Subject == 0 {
			return false, nil
		}
		m, err := about.Subject(t, s)
		return m.Allows(store.MovePropose) || name == forms.Changing && m.State != store.Returned, err
	}

	if name != forms.HasPast {
		return f.Basic.Holds(t, s, name)
	}
	if flows.Key(s, "origin") == string(store.New) {
		return false, nil
	}
	if _, ok := flows.Find(s, "predecessor"); ok {
		return true, nil
	}
	past, err := turn{t}.past(s)
	return len(past) > 0, err
}

// Doubt looks for a double and for vague words, and wants a time within the
// campaign.
func (f form) Doubt(t *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	switch check {
	case flows.DoubtSame:
		return turn{t}.same(s, a.Text)
	case flows.CheckSubmit: // the answers may have come pasted together
		if err := (turn{t}).tooLate(s); err != nil {
			return nil, err
		}
		title, _ := flows.Find(s, "title")
		return turn{t}.same(s, title.Text)
	case flows.DoubtVague:
		return vague(a), nil
	case forms.CheckPeriod:
		return nil, turn{t}.checkPeriod(s, a)
	}
	return f.Basic.Doubt(t, s, check, a)
}

// Head tells a registration that was there before by its title, and which of the
// questions at fault it is.
func (f form) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	if s.Subject == 0 {
		return f.Basic.Head(t, s, q)
	}
	return turn{t}.reopenedHead(s, q.Step.Field)
}

// Advice is what would make a registration more specific.
func (form) Advice(t *bot.Turn, s *store.Session) (string, error) {
	missing := vagueness(s)
	if len(missing) == 0 {
		return "", nil
	}
	return t.Text("advice.card", text.Args{"Advice": text.Markup(t.Text(missing[0], nil))}), nil
}

// Ask shows the likely doubles.
func (form) Ask(t *bot.Turn, s *store.Session, d flows.Doubtful) (string, error) {
	return turn{t}.askSame(s, d)
}

// ReviewHead says where answers were brought from.
func (f form) ReviewHead(t *bot.Turn, s *store.Session) (string, error) {
	head, err := f.Basic.ReviewHead(t, s)
	if err != nil || !goesOn(s) {
		return head, err
	}
	m, err := t.Tx.Model(predecessor(s))
	return head + "\n" + t.Text("register.brought", text.Args{"Title": m.Title, "Code": m.Code}), err
}

// Protect reports whether the card may not be forwarded: it has a phone number.
func (form) Protect() bool { return true }

// Name is the model's title.
func (form) Name(t *bot.Turn, s *store.Session) (string, error) {
	a, ok := flows.Find(s, "title")
	switch {
	case ok && s.Subject != 0:
		return t.Plain("draft.mend", text.Args{"Title": a.Text}), nil
	case ok:
		return t.Plain("draft.register", text.Args{"Title": a.Text}), nil
	}
	return t.Plain("draft.register_unnamed", nil), nil
}

// Submit registers the model, or sends a completed one back to be checked.
func (form) Submit(t *bot.Turn, s store.Session) error {
	if s.Subject != 0 {
		return turn{t}.resubmit(s)
	}
	return turn{t}.register(s)
}

// Same leaves the registration for the model that it turned out to be.
func (form) Same(t *bot.Turn, s store.Session, record uint64) error {
	return turn{t}.isSame(s, store.ModelID(record))
}

// Typed lists registrants in one line.
func (f form) Typed(v text.Voice, x flows.Settled) string {
	if x.Step.Field == "others" {
		return store.WriteRegistrants(store.ReadRegistrants(x.Answer.Text))
	}
	return f.Basic.Typed(v, x)
}

// lastGroup is the collective that registered last in the unit.
func (t turn) lastGroup(s *store.Session) (store.Answer, bool, error) {
	heads, err := t.Heads(store.ModelQuery{In: t.here(s), Limit: 5})
	if err != nil {
		return store.Answer{}, false, err
	}
	for _, h := range heads {
		m, err := t.Tx.Model(h.ID)
		if err != nil {
			return store.Answer{}, false, err
		}
		if m.Kind == store.Collective && len(m.Registrants) > 0 {
			return store.Answer{Text: m.Registrant()}, true, nil
		}
	}
	return store.Answer{}, false, nil
}

// wholePeriod runs from today to the end of the year, or of the next one when
// this one is nearly over, but not past a campaign.
func (t turn) wholePeriod(s *store.Session) (store.Answer, bool, error) {
	campaigns, err := t.campaignsOf(s)
	if err != nil || len(campaigns) == 0 {
		return store.Answer{}, false, err
	}

	end := store.Date{Year: t.Today.Year, Month: 12, Day: 31}
	if end.Before(t.Today.AddDays(60)) {
		end.Year++
	}
	for _, c := range campaigns {
		if c.To.Before(end) {
			end = c.To
		}
	}
	return store.Answer{From: t.Today, To: end}, true, nil
}

// checkPeriod refuses a time that lies outside a campaign altogether.
func (t turn) checkPeriod(s *store.Session, a store.Answer) error {
	list, err := t.campaignsOf(s)
	for _, c := range list {
		if c.To.Before(a.From) || a.To.Before(c.From) {
			return &answer.Invalid{Key: "answer.period_outside", Args: text.Args{"From": c.From, "To": c.To}}
		}
	}
	return err
}
