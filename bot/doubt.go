package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// likely is how similar two titles of one unit must be to ask whether they
// are the same model (domain.md §4.1).
const likely = 0.85

// maxSame is how many likely duplicates are shown.
const maxSame = 3

// Doubt returns what speaks against an answer, or refuses it.
func (l lookup) Doubt(check string, s *store.Session, a store.Answer) (*store.Doubt, error) {
	switch {
	case check == flows.DoubtSame:
		return l.same(s, a.Text)
	case check == flows.DoubtVague:
		return l.vague(a), nil
	case check == forms.CheckDay:
		return nil, l.checkDay(s, a.From)
	case check == forms.CheckPeriod:
		return nil, l.checkPeriod(s, a)
	case check == flows.CheckSubmit && s.Form == forms.RegisterID:
		title, _ := flows.Find(s, "title")
		return l.same(s, title.Text)
	case check == flows.CheckSubmit && s.Form == forms.UpdateID:
		return l.conflict(s)
	case check == forms.CheckGrant:
		return nil, l.checkGrant(s, a.From)
	case check == flows.CheckSubmit && s.Form == forms.CampaignID:
		return nil, l.checkPlanSubmit(s)
	case check == flows.CheckSubmit:
		return nil, nil
	case check == forms.CheckHoliday:
		return nil, l.checkHoliday(a)
	case s.Form == forms.CampaignID:
		return nil, l.checkPlanAnswer(check, s, a)
	}
	return nil, fmt.Errorf("unknown check %q", check)
}

// same finds models of the same unit with nearly the same title.
func (l lookup) same(s *store.Session, title string) (*store.Doubt, error) {
	heads, err := l.tx.Heads(store.ModelQuery{
		Units:  []store.UnitCode{store.UnitCode(flows.Key(s, "unit"))},
		States: standing,
	})
	if err != nil {
		return nil, err
	}
	type match struct {
		id    uint64
		score float64
	}
	var found []match
	for _, h := range heads {
		if flows.Known(s, uint64(h.ID)) || s.Subject == uint64(h.ID) || parseRef(flows.Key(s, "predecessor")) == uint64(h.ID) {
			continue
		}
		if score := answer.Similar(title, h.Title); score >= likely {
			found = append(found, match{uint64(h.ID), score})
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.score, a.score) })
	d := &store.Doubt{Kind: flows.DoubtSame}
	for _, m := range found[:min(len(found), maxSame)] {
		d.Records = append(d.Records, m.id)
	}
	return d, nil
}

// conflict notices that a colleague changed the model since the form was
// opened. Records holds the revision that is there now, then the updates that
// came in between.
func (l lookup) conflict(s *store.Session) (*store.Doubt, error) {
	m, err := l.subject(s)
	if err != nil || m.Revision == s.Base {
		return nil, err
	}
	rows, err := l.tx.Progress(m.ID)
	if err != nil {
		return nil, err
	}
	d := &store.Doubt{Kind: flows.DoubtConflict, Records: []uint64{m.Revision}}
	for _, p := range rows {
		if p.At.After(s.Created) {
			d.Records = append(d.Records, uint64(p.ID))
		}
	}
	return d, nil
}

// checkDay refuses a day to come, or before the model began.
func (l lookup) checkDay(s *store.Session, day store.Date) error {
	m, err := l.subject(s)
	if err != nil {
		return err
	}
	switch {
	case l.today.Before(day):
		return &answer.Invalid{Key: "answer.day_future", Args: args{"Day": day, "Today": l.today}}
	case day.Before(m.From) && day.Before(store.DateOf(m.RegisteredAt.In(l.Zone))):
		return &answer.Invalid{Key: "answer.day_early", Args: args{"Day": day, "From": m.From}}
	}
	return nil
}

// checkPeriod refuses a time that lies outside the campaign altogether.
func (l lookup) checkPeriod(s *store.Session, a store.Answer) error {
	c, ok, err := l.campaignOf(s)
	if err != nil || !ok {
		return err
	}
	if c.To.Before(a.From) || a.To.Before(c.From) {
		return &answer.Invalid{Key: "answer.period_outside", Args: args{"From": c.From, "To": c.To}}
	}
	return nil
}

// adviceOn names, for each question, the faults that are best mended at once.
var adviceOn = map[string]string{"title": "vague.title", "target": "vague.target_number", "content": "vague.slogan"}

// vague advises while the question is still open; it never refuses. What is
// best mended at once shows in the answer alone.
func (l lookup) vague(a store.Answer) *store.Doubt {
	for _, key := range vagueness(&store.Session{Answers: []store.Answer{a}}) {
		if strings.HasPrefix(key, adviceOn[a.Field]) {
			return &store.Doubt{Keys: []string{key}}
		}
	}
	return nil
}
