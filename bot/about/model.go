package about

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Model are the facts about a model that its texts use. Phone is among them for
// those who may see it.
func Model(t *bot.Turn, m store.Model) (text.Args, error) {
	if own := m.Entries.Within(t.Post.Portfolio.Fields); len(own) > 0 {
		m.Entries = own // what it is in other fields is others' to see
	}
	entry := m.Entries.First()
	campaigns, err := CampaignsOf(t, m)
	if err != nil {
		return nil, err
	}
	c := campaigns[0]

	a := text.Args{
		"Code": m.Code, "Title": m.Title, "State": m.State, "Unit": t.UnitName(m.Unit), "Registrant": m.Registrant(), "Kind": m.Kind,
		"Field": option(t.Voice, c.Fields, entry.Field), "TitleGroup": option(t.Voice, c.Titles, entry.TitleGroup), "Origin": entry.Origin,
		"Place": m.Place, "Problem": m.Problem, "Target": m.Target, "Content": m.Content, "From": m.From, "To": m.To,
		"Contact": m.Contact, "Partners": m.Partners, "Resources": m.Resources, "Output": m.Output, "Spread": m.Spread,
		"Basis": m.Basis, "Campaigns": campaignLines(t, campaigns), "Registered": m.RegisteredAt,
		"Reason": m.Reason, "Remark": m.Remark, "Vague": len(m.Vague),
	}
	if m.Level != "" {
		a["Level"] = option(t.Voice, c.Levels, m.Level)
	}
	tags := make([]string, len(m.Tags))
	for i, key := range m.Tags {
		tags[i] = option(t.Voice, c.Tags, key)
	}
	a["Tags"] = strings.Join(tags, ", ")

	if t.MayWith(access.SeePhones, m) {
		a["Phone"] = text.Phone(m.Phone)
	}
	return a, nil
}

// option names an option of a list by its key; the key itself when the list has
// it not.
func option(v text.Voice, options []store.Option, key string) string {
	for _, o := range options {
		if o.Key == key {
			return o.Label.In(v.Lang)
		}
	}
	return key
}

// Subject returns the model that a session is about; ID 0 while none is
// chosen.
func Subject(t *bot.Turn, s *store.Session) (store.Model, error) {
	id := store.ModelID(s.Subject)
	if id == 0 {
		n, err := strconv.ParseUint(flows.Key(s, "model"), 36, 64)
		if err != nil {
			return store.Model{}, nil
		}
		id = store.ModelID(n)
	}
	m, err := t.Tx.Model(id)
	if errors.Is(err, store.ErrNotFound) {
		return store.Model{}, nil
	}
	return m, err
}

// Questions names questions of a registration, in their order.
func Questions(t *bot.Turn, fields []string) string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = t.Plain("register."+f+".label", nil)
	}
	return strings.Join(out, ", ")
}

// LastReturn is the last time that a registration was returned.
func LastReturn(reviews []store.Review) (store.Review, bool) {
	for _, r := range slices.Backward(reviews) {
		if r.Verdict == store.ReturnVerdict && r.State == store.Returned {
			return r, true
		}
	}
	return store.Review{}, false
}

// ResubmitButton opens a returned registration at the questions at fault.
func ResubmitButton(t *bot.Turn, m store.Model, faults int) store.Button {
	return t.Button("button.mend", link.Resubmit.To(link.Ref(m.ID)), text.Args{"Count": faults})
}

// CardButton shows a model.
func CardButton(t *bot.Turn, m store.Model) store.Button {
	return t.Button("button.show_model", link.Card.To(link.Ref(m.ID)), nil)
}

// CheckButton decides on a model in its check, unless it has changed since.
func CheckButton(t *bot.Turn, key, verb string, m store.Model) store.Button {
	return t.Button(key, link.Check.To(verb+"."+link.Fence(m)), nil)
}

// Corrections tells which updates a later one puts right.
func Corrections(rows []store.Progress) map[store.ProgressID]bool {
	out := map[store.ProgressID]bool{}
	for _, p := range rows {
		if p.Corrects != 0 {
			out[p.Corrects] = true
		}
	}
	return out
}

// Evidence gathers what the updates show, leaving out those put right later.
func Evidence(rows []store.Progress) []store.Evidence {
	corrected := Corrections(rows)
	var out []store.Evidence
	for _, p := range rows {
		if !corrected[p.ID] {
			out = append(out, p.Evidence...)
		}
	}
	return out
}

// Progress returns an update by the ids in a link, "model.row", if the post may
// do the job with its model.
func Progress(t *bot.Turn, ids string, j access.Job) (m store.Model, p store.Progress, ok bool, err error) {
	modelID, rowID, found := link.IDs(ids)
	if !found {
		return m, p, false, nil
	}
	if m, ok, err = t.Model(store.ModelID(modelID), j); !ok || err != nil {
		return m, p, false, err
	}
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return m, p, false, err
	}
	i := slices.IndexFunc(rows, func(p store.Progress) bool { return p.ID == store.ProgressID(rowID) })
	if i < 0 {
		return m, p, false, nil
	}
	return m, rows[i], true, nil
}

// CheckLeft is by when a registration is to be answered, and how many working
// days are left until then.
func CheckLeft(t *bot.Turn, m store.Model) (due store.Date, left int, err error) {
	c, err := t.Tx.Campaign(m.Entries.First().Campaign)
	if err != nil {
		return store.Date{}, 0, err
	}
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return store.Date{}, 0, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return store.Date{}, 0, err
	}
	due = deadline.CheckDue(c, m, reviews, cal)
	return due, cal.WorkingBetween(t.Today, due), nil
}

// Checker returns the post that checks a model; false when nobody checks here.
func Checker(t *bot.Turn, m store.Model) (store.Post, bool, error) {
	return t.Org.Checker(m, reporting.Hears(t.Tx))
}

// AfterRegistration are the buttons under the answer to a registration.
func AfterRegistration(t *bot.Turn, m store.Model) [][]store.Button {
	return [][]store.Button{text.Row(CardButton(t, m), t.Button("button.register_another", link.Register.To(), nil))}
}

// MostSame is how many likely doubles of a model are shown.
const MostSame = 3

// Pair are the arguments of a text about a model that was merged into another.
func Pair(m, into store.Model) text.Args {
	return text.Args{"Title": m.Title, "Code": m.Code, "IntoTitle": into.Title, "IntoCode": into.Code}
}
