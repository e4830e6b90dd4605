package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// A campaign is changed by what its form's answers say, and only by those that
// the person gave: what stands in a session because the campaign said so when
// the form was opened is no change, so that two people who change different
// things do not undo each other's work.

// planOf returns the campaign that a session makes, or the changed one.
func (t *turn) planOf(s *store.Session) (store.Campaign, error) {
	all, err := t.tx.Campaigns()
	if err != nil {
		return store.Campaign{}, err
	}
	id := store.CampaignID(flows.Key(s, "plan"))
	b := planBuilder{s: s, all: all, today: t.today, fresh: id == forms.NewCampaign}
	if !b.fresh {
		if b.c, err = t.tx.Campaign(id); err != nil {
			return b.c, err
		}
		b.known = slices.Concat(b.c.Fields, b.c.Titles)
	}
	b.build()
	if b.fresh {
		b.c.ID = newPlanID(b.c.Document, all)
	}
	return b.c, nil
}

type planBuilder struct {
	s     *store.Session
	c     store.Campaign
	all   []store.Campaign
	known []store.Option
	today store.Date
	fresh bool // every answer counts, the standard ones too
}

// said returns an answer that changes something.
func (b *planBuilder) said(field string) (store.Answer, bool) {
	a, ok := flows.Find(b.s, field)
	return a, ok && (b.fresh || !a.Given)
}

func (b *planBuilder) text(field string, into *string) {
	if a, ok := b.said(field); ok {
		*into = a.Text
	}
}

func (b *planBuilder) number(field string, into *int) {
	if _, ok := b.said(field); ok {
		*into = number(b.s, field)
	}
}

func (b *planBuilder) build() {
	b.text("document", &b.c.Document)
	b.text("issuer", &b.c.Issuer)
	if a, ok := b.said("name"); ok {
		b.c.Name = store.Label{"vi": a.Text}
	}
	if a, ok := b.said("unit"); ok {
		b.c.Unit = store.UnitCode(a.Keys[0])
		if b.c.Unit == everywhere {
			b.c.Unit = ""
		}
	}
	if a, ok := b.said("span"); ok {
		b.c.From, b.c.To = a.From, a.To
	}
	b.lists()
	b.rules()
	if a, ok := b.said("ladder"); ok {
		b.c.Ladder, _ = readLadder(a.Text)
	}
	b.number("tell", &b.c.Escalate)
	b.number("check", &b.c.CheckDays)
	if a, ok := b.said("who"); ok {
		b.c.Obliged = nil
		for _, key := range a.Keys {
			b.c.Obliged = append(b.c.Obliged, store.UnitKind(key))
		}
	}
}

// lists copies the lists of another campaign, or takes what was typed. A value
// that any campaign has keeps its key, which means the same everywhere.
func (b *planBuilder) lists() {
	for _, c := range b.all {
		if b.fresh && flows.Key(b.s, "like") == string(c.ID) {
			b.c.Fields, b.c.Titles, b.c.Tags, b.c.Levels = c.Fields, c.Titles, c.Tags, c.Levels
		}
	}
	var fields, titles []store.Option
	for _, c := range append([]store.Campaign{b.c}, b.all...) {
		fields, titles = append(fields, c.Fields...), append(titles, c.Titles...)
	}
	if a, ok := b.said("fields"); ok {
		b.c.Fields, _ = readOptions(a.Text, fields)
	}
	if a, ok := b.said("titles"); ok {
		b.c.Titles, _ = readOptions(a.Text, titles)
	}
}

// ruleFields are the questions that a rule is made of.
var ruleFields = []string{"reports", "dates", "cut", "cut_day", "due", "due_days", "shift", "hour", "grace", "lock"}

// rules makes the rules of the kinds that were chosen. A rule that was there
// keeps what nobody changed; a new one is made of all the answers.
func (b *planBuilder) rules() {
	if !slices.ContainsFunc(ruleFields, func(f string) bool { _, ok := b.said(f); return ok }) {
		return
	}
	reports, _ := flows.Find(b.s, "reports")
	old := b.c.Rules
	b.c.Rules = nil
	for _, kind := range store.PeriodKinds {
		if !slices.Contains(reports.Keys, string(kind)) {
			continue
		}
		i := slices.IndexFunc(old, func(r store.PeriodRule) bool { return r.Kind == kind })
		if i >= 0 {
			b.c.Rules = append(b.c.Rules, b.rule(old[i]))
			continue
		}
		all := *b
		all.fresh = true
		b.c.Rules = append(b.c.Rules, all.rule(store.PeriodRule{Kind: kind, Shift: store.NextWorkingDay}))
	}
}

func (b *planBuilder) rule(r store.PeriodRule) store.PeriodRule {
	if a, ok := b.said("dates"); ok && r.Kind == store.FreePeriod {
		r.Free, _ = readFree(a.Text, b.today)
	}
	if _, ok := b.either("cut", "cut_day"); ok && r.Kind != store.FreePeriod {
		r.CutDay = map[string]int{forms.CutEnd: 0, forms.CutDay14: 14, forms.Another: number(b.s, "cut_day")}[flows.Key(b.s, "cut")]
	}
	if _, ok := b.either("due", "due_days"); ok {
		r.DueAfter, r.Working = dueOf(b.s)
	}
	if a, ok := b.said("shift"); ok {
		r.Shift = store.Shift(a.Keys[0])
	}
	b.number("hour", &r.Hour)
	b.number("grace", &r.Grace)
	b.number("lock", &r.Lock)
	return r
}

// either returns the first of two answers that changes something.
func (b *planBuilder) either(first, second string) (store.Answer, bool) {
	if a, ok := b.said(first); ok {
		return a, ok
	}
	return b.said(second)
}

func dueOf(s *store.Session) (days int, working bool) {
	switch flows.Key(s, "due") {
	case forms.Due2:
		return 2, true
	case forms.Due5:
		return 5, true
	case forms.Due10:
		return 10, false
	case forms.Another:
		a, _ := flows.Find(s, "due_days")
		days, working, _ = readDue(a.Text)
		return days, working
	}
	return 0, false
}

// newPlanID makes an id of a document's number: "05-ct-tu".
func newPlanID(document string, all []store.Campaign) store.CampaignID {
	base := strings.Join(strings.FieldsFunc(answer.Fold(PrintedDocument(document)), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }), "-")
	base = strings.Trim(base[:min(len(base), 20)], "-")
	for n := 1; ; n++ {
		id := store.CampaignID(base)
		if n > 1 {
			id = store.CampaignID(fmt.Sprintf("%s-%d", base, n))
		}
		if !slices.ContainsFunc(all, func(c store.Campaign) bool { return c.ID == id }) {
			return id
		}
	}
}

// planAnswers are the answers that a campaign stands for: what its form begins
// with when it is changed.
func (t *turn) planAnswers(c store.Campaign) []store.Answer {
	var out []store.Answer
	add := func(field string, a store.Answer) {
		a.Field, a.Given = field, true
		out = append(out, a)
	}
	key := func(k string) store.Answer { return store.Answer{Keys: []string{k}} }
	text := func(s string) store.Answer { return store.Answer{Text: s} }
	add("plan", key(string(c.ID)))
	add("name", text(c.Name.In("vi")))
	add("document", text(c.Document))
	add("issuer", text(c.Issuer))
	add("unit", key(cmp.Or(string(c.Unit), everywhere)))
	add("span", store.Answer{From: c.From, To: c.To})
	add("fields", text(writeOptions(c.Fields)))
	add("titles", text(writeOptions(c.Titles)))
	add("check", text(itoa(c.CheckDays)))
	if len(c.Rules) == 0 {
		add("reports", store.Answer{Skipped: true})
		return out
	}
	var kinds store.Answer
	for _, r := range c.Rules {
		kinds.Keys = append(kinds.Keys, string(r.Kind))
		if r.Kind == store.FreePeriod {
			add("dates", text(writeFree(r.Free)))
		}
	}
	add("reports", kinds)
	t.ruleAnswers(c, add)
	return out
}

// ruleAnswers are those that the rules stand for; the first rule speaks for the
// others, which keep what is their own.
func (t *turn) ruleAnswers(c store.Campaign, add func(string, store.Answer)) {
	key := func(k string) store.Answer { return store.Answer{Keys: []string{k}} }
	text := func(s string) store.Answer { return store.Answer{Text: s} }
	r := c.Rules[0]
	switch r.CutDay {
	case 0:
		add("cut", key(forms.CutEnd))
	case 14:
		add("cut", key(forms.CutDay14))
	default:
		add("cut", key(forms.Another))
		add("cut_day", text(itoa(r.CutDay)))
	}
	due := map[[2]int]string{{2, 1}: forms.Due2, {5, 1}: forms.Due5, {10, 0}: forms.Due10, {0, 0}: forms.DueSame}
	working := 0
	if r.Working {
		working = 1
	}
	if k := due[[2]int{r.DueAfter, working}]; k != "" {
		add("due", key(k))
	} else {
		add("due", key(forms.Another))
		add("due_days", text(t.plain("campaign.days", args{"Count": r.DueAfter, "Working": r.Working})))
	}
	add("shift", key(string(r.Shift)))
	add("hour", text(itoa(r.Hour)))
	add("grace", text(itoa(r.Grace)))
	add("lock", text(itoa(r.Lock)))
	add("ladder", text(writeLadder(t.own(), c.Ladder)))
	add("tell", text(itoa(c.Escalate)))
	who := store.Answer{}
	for _, kind := range c.Obliged {
		who.Keys = append(who.Keys, string(kind))
	}
	if len(who.Keys) == 0 {
		who.Keys = []string{string(store.Commune), string(store.Ward), string(store.SpecialZone)}
	}
	add("who", who)
}

// submitCampaign writes what a session makes of a campaign.
func (t *turn) submitCampaign(s store.Session) error {
	c, err := t.planOf(&s)
	if err != nil {
		return err
	}
	old, err := t.tx.Campaign(c.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	for _, at := range []store.Campaign{c, old} {
		if ok, err := t.mayPlan(at); err != nil {
			return err
		} else if !ok && at.ID != "" {
			return t.refuse(planCampaigns)
		}
	}
	changes, _, err := t.planChanges(t.tx, c, t.ev.At)
	if err != nil {
		return err
	}
	if len(changes.Changed) == 0 {
		return t.tell("plans.same", args{"Name": c.Name.In(t.lang())})
	}
	if err := t.tx.PutCampaign(c); err != nil {
		return err
	}
	was, is := planValues(old), planValues(c)
	for _, place := range changes.Changed {
		if err := t.record("campaign/"+string(c.ID), "change", place, was[place], is[place]); err != nil {
			return err
		}
	}
	return t.planWritten(c, changes)
}
