package campaigns

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// A campaign is changed by what its form's answers say, and only by those that
// the person gave: what stands in a session because the campaign said so when
// the form was opened is no change, so that two people who change different
// things do not undo each other's work.

// campaignOf returns the campaign that a session makes, or the changed one.
func (t turn) campaignOf(s *store.Session) (store.Campaign, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return store.Campaign{}, err
	}
	id := store.CampaignID(flows.Key(s, "plan"))
	b := builder{s: s, all: all, today: t.Today, fresh: id == forms.NewCampaign}
	if !b.fresh {
		if b.c, err = t.Tx.Campaign(id); err != nil {
			return b.c, err
		}
	}

	b.build()
	if b.fresh {
		b.c.ID, b.c.Known = newID(b.c.Document, all), t.Event.At
	}
	return b.c, nil
}

// builder makes a campaign of a session's answers.
type builder struct {
	s     *store.Session
	c     store.Campaign
	all   []store.Campaign
	today store.Date
	fresh bool // every answer counts, the standard ones too
}

// said returns an answer that changes something.
func (b *builder) said(field string) (store.Answer, bool) {
	a, ok := flows.Find(b.s, field)
	return a, ok && (b.fresh || !a.Given)
}

func (b *builder) saidAny(fields ...string) bool {
	return slices.ContainsFunc(fields, func(f string) bool {
		_, ok := b.said(f)
		return ok
	})
}

func (b *builder) text(field string, into *string) {
	if a, ok := b.said(field); ok {
		*into = a.Text
	}
}

func (b *builder) number(field string, into *int) {
	if b.saidAny(field) {
		*into = number(b.s, field)
	}
}

// number is the answer to a question for a number, 0 when it was not asked.
func number(s *store.Session, field string) int {
	a, _ := flows.Find(s, field)
	n, _ := readNumber(a.Text, 0, 1000) // it was checked when it was given
	return n
}

func (b *builder) build() {
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
	if a, ok := b.said("papers"); ok {
		b.c.Papers = a.Evidence
	}
	if a, ok := b.said("past"); ok {
		b.c.Past = slices.Contains(a.Keys, forms.PastYes)
	}
	if a, ok := b.said("who"); ok {
		b.c.Obliged = nil
		for _, key := range a.Keys {
			b.c.Obliged = append(b.c.Obliged, store.UnitKind(key))
		}
	}
}

// lists copies the lists of another campaign, or takes what was typed. A value
// that any campaign has keeps its key, which means the same everywhere.
func (b *builder) lists() {
	for _, c := range append(slices.Clone(b.all), template()) {
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

// rules makes the rules of the kinds that were chosen. A rule that was there
// keeps what nobody changed; a new one is made of all the answers.
func (b *builder) rules() {
	if !b.saidAny("reports", "dates", "cut", "cut_day", "due", "due_days", "shift", "hour", "grace", "lock") {
		return
	}
	reports, _ := flows.Find(b.s, "reports")
	old := b.c.Rules
	b.c.Rules = nil
	for _, kind := range store.PeriodKinds {
		first := kind == store.HalfYear && slices.Contains(reports.Keys, forms.FirstHalf)
		if !first && !slices.Contains(reports.Keys, string(kind)) {
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

func (b *builder) rule(r store.PeriodRule) store.PeriodRule {
	if a, ok := b.said("dates"); ok && r.Kind == store.FreePeriod {
		r.Free, _ = readFree(a.Text, b.today)
	}
	if a, ok := b.said("reports"); ok && r.Kind == store.HalfYear {
		switch every := slices.Contains(a.Keys, string(store.HalfYear)); {
		case !every:
			r.Only = []int{1}
		case firstHalf(r):
			r.Only = nil
		}
	}

	if r.Kind != store.FreePeriod && b.saidAny("cut", "cut_day") {
		r.CutDay = cutOf(b.s)
	}
	if b.saidAny("due", "due_days") {
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

// firstHalf reports whether a rule asks for the first half-years alone.
func firstHalf(r store.PeriodRule) bool {
	return r.Kind == store.HalfYear && slices.Equal(r.Only, []int{1})
}

// cutOf is the day of the month on which periods end; 0 for the last.
func cutOf(s *store.Session) int {
	switch flows.Key(s, "cut") {
	case forms.CutDay14:
		return 14
	case forms.Another:
		return number(s, "cut_day")
	}
	return 0
}

func dueOf(s *store.Session) (days int, working bool) {
	key := flows.Key(s, "due")
	if key == forms.Another {
		a, _ := flows.Find(s, "due_days")
		days, working, _ = readDue(a.Text)
		return days, working
	}
	for _, d := range dues() {
		if d.key == key {
			return d.days, d.working
		}
	}
	return 0, false
}

// due is one of the usual answers to when a report is due after its cut-off.
type due struct {
	key     string
	days    int
	working bool
}

func dues() []due {
	return []due{{forms.DueSame, 0, false}, {forms.Due2, 2, true}, {forms.Due5, 5, true}, {forms.Due10, 10, false}}
}

// newID makes an id of a document's number: "05-ct-tu".
func newID(document string, all []store.Campaign) store.CampaignID {
	base := strings.Join(strings.FieldsFunc(answer.Fold(PrintedDocument(document)), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	}), "-")
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

// answersOf are the answers that a campaign stands for: what its form begins
// with when it is changed.
func answersOf(v text.Voice, c store.Campaign) []store.Answer {
	var out given
	out.key("plan", string(c.ID))
	out.text("name", c.Name.In("vi"))
	out.text("document", c.Document)
	out.text("issuer", c.Issuer)
	out.key("unit", cmp.Or(string(c.Unit), everywhere))
	out.add("span", store.Answer{From: c.From, To: c.To})
	out.text("fields", writeOptions(c.Fields))
	out.text("titles", writeOptions(c.Titles))
	out.number("check", c.CheckDays)
	out.add("papers", store.Answer{Evidence: c.Papers, Skipped: len(c.Papers) == 0})
	if len(c.Rules) == 0 {
		out.add("reports", store.Answer{Skipped: true})
		return out
	}

	var kinds store.Answer
	for _, r := range c.Rules {
		if firstHalf(r) {
			kinds.Keys = append(kinds.Keys, forms.FirstHalf)
		} else {
			kinds.Keys = append(kinds.Keys, string(r.Kind))
		}

		if r.Kind == store.FreePeriod {
			out.text("dates", writeFree(r.Free))
		}
	}
	out.add("reports", kinds)
	out.rule(v, c.Rules[0])
	out.text("ladder", writeLadder(v, c.Ladder))
	out.number("tell", c.Escalate)
	who := c.Obliged
	if len(who) == 0 {
		who = usuallyObliged()
	}
	out.add("who", store.Answer{Keys: unitKindKeys(who)})
	past := forms.PastNo
	if c.Past {
		past = forms.PastYes
	}
	out.key("past", past)
	return out
}

// usuallyObliged are the kinds of unit that report when a campaign names none.
func usuallyObliged() []store.UnitKind {
	return []store.UnitKind{store.Commune, store.Ward, store.SpecialZone}
}

func unitKindKeys(kinds []store.UnitKind) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, string(k))
	}
	return out
}

// given are answers that a campaign gives by itself.
type given []store.Answer

func (g *given) add(field string, a store.Answer) {
	a.Field, a.Given = field, true
	*g = append(*g, a)
}

func (g *given) key(field, key string)      { g.add(field, store.Answer{Keys: []string{key}}) }
func (g *given) text(field, body string)    { g.add(field, store.Answer{Text: body}) }
func (g *given) number(field string, n int) { g.text(field, strconv.Itoa(n)) }

// rule adds what the first rule says; it speaks for the others, which keep what
// is their own.
func (g *given) rule(v text.Voice, r store.PeriodRule) {
	switch r.CutDay {
	case 0:
		g.key("cut", forms.CutEnd)
	case 14:
		g.key("cut", forms.CutDay14)
	default:
		g.key("cut", forms.Another)
		g.number("cut_day", r.CutDay)
	}

	i := slices.IndexFunc(dues(), func(d due) bool { return d.days == r.DueAfter && d.working == r.Working })
	if i >= 0 {
		g.key("due", dues()[i].key)
	} else {
		g.key("due", forms.Another)
		g.text("due_days", v.Plain("campaign.days", text.Args{"Count": r.DueAfter, "Working": r.Working}))
	}

	g.key("shift", string(r.Shift))
	g.number("hour", r.Hour)
	g.number("grace", r.Grace)
	g.number("lock", r.Lock)
}
