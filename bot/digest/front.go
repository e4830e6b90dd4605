package digest

import (
	"context"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// front renders a digest or a summary: first what needs a person, then what
// changed, then the totals, the sentence and the reconciliation. A digest with
// nothing new is one line.
func (s *screen) front(ctx context.Context, full bool) (store.Message, error) {
	needs, err := s.needs(ctx)
	if err != nil {
		return store.Message{}, err
	}
	if s.of.Digest && !full && s.quiet(needs) {
		more := s.press("board.show_all", nil, screenFull)
		return store.Message{Text: s.quietLine(), Buttons: [][]store.Button{text.Row(more)}}, nil
	}

	return store.Message{Text: s.fitted(needs), Buttons: s.frontButtons(needs)}, nil
}

// fitted is the front with as many names as it has room for.
func (s *screen) fitted(n needs) string {
	body := s.frontText(n)
	for _, s.most = range []int{40, 12, 4, 2} {
		if s.fits(body) {
			break
		}
		body = s.frontText(n)
	}
	return body
}

// copied is the front as plain text, which a tap copies: other messengers know no
// signs of ours.
func (s *screen) copied(ctx context.Context) (store.Message, error) {
	needs, err := s.needs(ctx)
	return store.Message{Text: s.Text("board.copied", text.Args{"Text": plain(s.fitted(needs))})}, err
}

// plain is a text without its signs.
func plain(body string) string { return html.UnescapeString(tag.ReplaceAllString(body, "")) }

// mostPlain is how many characters of plain text a digest has at most: it is
// passed on in other messengers as it is. Names give way, and stand behind the
// button of the units.
const mostPlain = 2000

var tag = regexp.MustCompile(`<[^>]*>`)

// fits reports whether a front can be passed on, and, for what is edited cannot
// be split, stands in one message.
func (s *screen) fits(body string) bool {
	if utf8.RuneCountInString(plain(body)) > mostPlain {
		return false
	}
	return !s.whole || s.Limits.Text == 0 || len(utf16.Encode([]rune(body))) <= s.Limits.Text
}

func (s *screen) frontText(n needs) string {
	sum := s.found.Now.Sentence(s.say, s.found.Heading()) + "\n" + s.found.Now.Reconciled(s.say)
	if late := s.adjusted(); late != "" {
		sum += "\n" + late
	}
	parts := []string{s.head(), s.needsText(n), s.changes(), s.totals(), sum}
	if s.of.Live {
		parts = append(parts, s.Text("digest.live", nil))
	}
	return strings.Join(parts, "\n\n")
}

// head says whose figures they are, of which period, as of when, and how far
// the reports are.
func (s *screen) head() string {
	a := text.Args{"Name": s.root(), "Period": s.found.Period, "When": text.Clock(s.of.AsOf), "Reports": "", "Current": s.of.Current}
	s.addClosing(a)
	if t := deadline.Count(s.found.Obligations); t.Obliged > 0 {
		a["Reports"] = text.Markup(s.Text("digest.reports", text.Args{
			"Done": t.Submitted(), "Of": t.Obliged, "Exempt": t.Exempt, "Due": s.due(s.found.Period),
			"One": s.one(), "State": s.reportWord(s.owed(), s.of.Unit),
		}))
	}
	return s.Text("digest.head", a)
}

// addClosing says whether the figures were closed, and when.
func (s *screen) addClosing(a text.Args) {
	p := s.found.Period
	a["Open"], a["Closed"], a["With"] = p.ID != "", "", ""
	if p.Closed(s.of.AsOf) {
		a["Closed"] = text.Clock(p.ClosedAt)
		a["With"] = s.closedWith(p)
	}
}

// closedWith names the periods that were closed together with one: their digest
// is this one.
func (s *screen) closedWith(p store.Period) string {
	var names []string
	for _, o := range s.found.Of.Begun {
		if o.ID != p.ID && o.ClosedAt.Equal(p.ClosedAt) && s.of.Digest {
			names = append(names, s.say.PeriodName(o))
		}
	}
	return strings.Join(names, ", ")
}

// headline are the figures whose change is told.
func headline() []figures.Key {
	return []figures.Key{
		{Set: figures.New}, {Set: figures.Maintained}, {Set: figures.Done}, {Set: figures.Failed}, {Metric: figures.Worth},
	}
}

// changes compares with the digest before, or with the period before.
func (s *screen) changes() string {
	before, key, a := s.found.Since, "digest.since", text.Args{"When": text.DayOf(s.of.Since.In(s.Zone))}
	if before == nil {
		before, key, a = s.found.Against.Previous, "digest.against", text.Args{"Period": s.found.Before}
		if before == nil {
			key = "digest.alone"
		}
	}

	var said []string
	same := before != nil
	for _, c := range s.found.Now.Changes(before) {
		if !slices.Contains(headline(), c.Key) || c.Now == 0 && c.Before[0].Value == 0 && c.Key.Set != figures.New {
			continue
		}
		if by, known := c.By(0); known && by == 0 {
			c.Before[0].Known = false // nothing to say of it
		} else {
			same = false
		}
		said = append(said, s.say.Change(c, 0))
	}
	a["Same"], a["Changes"] = same, text.Markup(strings.Join(said, " · "))
	return s.Text(key, a)
}

// totals are the period's stock by how it came about, by kind and by field,
// and beside it what is out of every total.
func (s *screen) totals() string {
	f := s.found.Now
	t := f.Tally(figures.Registered)
	origins := s.sets(figures.New, figures.Maintained, figures.Upgraded)
	outside := s.sets(figures.Waiting, figures.Returned, figures.Rejected, figures.Merged)

	var kinds, fields counts
	for i, k := range figures.Kinds() {
		kinds.add(s, s.Plain("figures.kind."+string(k), nil), t.Kinds[i])
	}
	for i, o := range f.Fields {
		fields.add(s, s.say.Option(o), t.Fields[i])
	}
	return s.Text("digest.totals", text.Args{
		"N": s.count(t.Total), "Origins": origins.list(), "Kinds": kinds.list(), "Fields": fields.list(),
		"Outside": outside.list(), "Any": t.Total > 0,
	})
}

// counts are how many there are of several, as one line lists them.
type counts []string

// add counts what there is any of.
func (c *counts) add(s *screen, label string, n int) {
	if n > 0 {
		*c = append(*c, s.Text("digest.count", text.Args{"What": figures.Lower(label), "N": s.count(n)}))
	}
}

func (c counts) list() text.Markup { return text.Markup(strings.Join(c, " · ")) }

// sets counts the models in some sets.
func (s *screen) sets(sets ...figures.Set) (out counts) {
	for _, set := range sets {
		out.add(s, s.say.Set(set), s.found.Now.Count(set))
	}
	return out
}

func (s *screen) frontButtons(n needs) [][]store.Button {
	owed := s.owed()
	open := 0
	for _, unit := range n.missing {
		if s.of.AsOf.Before(owed[unit].Locked) && !slices.Contains(n.papers, unit) {
			open++
		}
	}

	var act []store.Button
	if open > 0 && open <= about.MostNudged && access.May(s.post.Role, access.RemindUnits) {
		act = append(act, text.Green(s.press("board.nudge", text.Args{"N": open}, doNudge)))
	}
	if open > 0 && s.one() && access.May(s.post.Role, access.SubmitReports) {
		act = append(act, text.Green(s.Button("report.open", link.Report.To("show", link.Obligation(s.of.Unit, s.found.Period.ID)), nil)))
	}
	if s.one() {
		act = append(act, s.press("board.the_unit", nil, screenUnit, string(s.of.Unit)))
	} else {
		act = append(act, s.press("board.by_unit", nil, screenUnits, "0"))
	}

	var see []store.Button
	key := figures.Key{Set: figures.New}
	if s.found.Now.Count(figures.New) == 0 {
		key.Set = figures.Registered
	}
	if n := s.found.Now.Value(key); n > 0 {
		see = append(see, s.press("board.why", text.Args{"N": text.Markup(s.say.Count(n))}, screenWhy, "0", key.String()))
	}
	see = append(see, s.press("board.workbook", nil, doWorkbook))
	more := text.Row(s.press("board.chart", nil, doChart), s.press("board.other_period", nil, screenWhen, "0"))

	rows := [][]store.Button{s.fitting(act...), s.fitting(see...), s.fitting(more...)}
	last := text.Row(s.press("board.copy", nil, screenCopy))
	if !s.of.Digest && len(s.found.Units) > 1 {
		last = append(last, s.press("board.other_unit", nil, doFind))
	}
	if s.found.Redrawn {
		key := "board.map_now"
		if s.of.Current {
			key = "board.map_then"
		}
		last = append(last, s.press(key, nil, doMap))
	}
	if s.adjusted() != "" {
		last = append(last, s.press("board.late", nil, screenLate, "0"))
	}
	return append(rows, s.InPairs(s.fitting(last...))...)
}

// quiet reports whether a digest has nothing to tell: nobody is waited for, and
// no figure is another than when the digest before was sent.
func (s *screen) quiet(n needs) bool {
	if n.any() || s.found.Since == nil || s.adjusted() != "" {
		return false
	}
	for _, c := range s.found.Now.Changes(s.found.Since) {
		if by, _ := c.By(0); by != 0 {
			return false
		}
	}
	for _, set := range figures.Sets() {
		if s.found.Now.Count(set) > s.found.Since.Count(set) {
			return false
		}
	}
	return true
}

func (s *screen) quietLine() string {
	t := deadline.Count(s.found.Obligations)
	return s.Text("digest.quiet", text.Args{
		"Name": s.root(), "Done": strconv.Itoa(t.Submitted()), "Of": t.Obliged, "Started": t.Submitted() > 0,
	})
}
