package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// front renders a digest or a summary: first what needs a person, then what
// changed, then the totals, the sentence and the reconciliation. A digest with
// nothing new is one line.
func (s *screen) front(ctx context.Context, full bool) (string, [][]store.Button, error) {
	needs, err := s.needs(ctx)
	if err != nil {
		return "", nil, err
	}
	if s.of.Digest && !full && s.quiet(needs) {
		more, _ := s.press("board.show_all", nil, screenFull)
		return s.quietLine(), [][]store.Button{row(more)}, nil
	}
	text := s.frontText(needs)
	for _, s.most = range []int{40, 12, 4} {
		if !s.whole || len(utf16.Encode([]rune(text))) <= mostText {
			break
		}
		text = s.frontText(needs)
	}
	return text, s.frontButtons(needs.missing), nil
}

// mostText is how long a text may be that stands in one message, in UTF-16
// units (Bot API).
const mostText = 4096

func (s *screen) frontText(n needs) string {
	sum := s.found.Now.Sentence(s.say, s.found.Heading(s.Zone)) + "\n" + s.found.Now.Reconciled(s.say)
	if late := s.adjusted(); late != "" {
		sum += "\n" + late
	}
	parts := []string{s.head(), s.needsText(n), s.changes(), s.totals(), sum}
	if s.of.Live {
		parts = append(parts, s.text("digest.live", nil))
	}
	return strings.Join(parts, "\n\n")
}

// head says whose figures they are, of which period, as of when, and how far
// the reports are.
func (s *screen) head() string {
	a := args{"Name": s.root(), "Period": s.say.PeriodName(s.found.Period), "When": clock(s.of.AsOf), "Reports": ""}
	if t := deadline.Count(s.found.Obligations); t.Obliged > 0 {
		a["Reports"] = markup(s.text("digest.reports", args{
			"Done": t.Submitted(), "Of": t.Obliged, "Exempt": t.Exempt, "Due": s.due(s.found.Period),
			"One": s.one(), "State": s.reportWord(s.owed(), s.of.Unit),
		}))
	}
	return s.text("digest.head", a)
}

// one says whether the figures are of a single unit.
func (s *screen) one() bool { return len(s.found.Units) == 1 && s.found.Units[0].Code == s.of.Unit }

// due says when a report is due and how long that is: "thứ Sáu 27/11/2026, còn
// 3 ngày làm việc".
func (s *screen) due(p store.Period) markup {
	day := s.found.Calendar.Day(p.Due)
	days := s.found.Calendar.WorkingBetween(s.today, day)
	return markup(s.text("digest.due", args{"Day": weekday(day), "Days": days, "Late": -days, "Today": s.today == day}))
}

// headline are the figures whose change is told.
var headline = []figures.Key{
	{Set: figures.New}, {Set: figures.Maintained}, {Set: figures.Done}, {Set: figures.Failed}, {Metric: figures.Worth},
}

// changes compares with the digest before, or with the period before.
func (s *screen) changes() string {
	before, key, a := s.found.Since, "digest.since", args{"When": weekday(store.DateOf(s.of.Since.In(s.Zone)))}
	if before == nil {
		before, key, a = s.found.Against.Previous, "digest.against", args{"Period": s.say.PeriodName(s.found.Before)}
		outside := s.found.Before.ID == "" && s.found.Period.ID != "" // the campaign began later
		if before == nil || outside || len(before.All()) == 0 {
			before, key = nil, "digest.alone" // nothing is known of that time
		}
	}
	var said []string
	same := before != nil
	for _, c := range s.found.Now.Changes(before) {
		if !slices.Contains(headline, c.Key) || c.Now == 0 && c.Before[0].Value == 0 && c.Key.Set != figures.New {
			continue
		}
		if by, known := c.By(0); known && by == 0 {
			c.Before[0].Known = false // nothing to say of it
		} else {
			same = false
		}
		said = append(said, s.say.Change(c, 0))
	}
	a["Same"], a["Changes"] = same, markup(strings.Join(said, " · "))
	return s.text(key, a)
}

// totals are the period's stock by how it came about, by kind and by field,
// and beside it what is out of every total.
func (s *screen) totals() string {
	f := s.found.Now
	t := f.Tally(figures.Registered)
	count := func(label string, n int) string {
		return s.text("digest.count", args{"What": label, "N": markup(s.say.Count(int64(n)))})
	}
	join := func(list []string) markup { return markup(strings.Join(list, " · ")) }
	var origins, kinds, fields, outside []string
	for _, set := range []figures.Set{figures.New, figures.Maintained, figures.Upgraded} {
		if n := f.Count(set); n > 0 {
			origins = append(origins, count(figures.Lower(s.say.Set(set)), n))
		}
	}
	for i, k := range figures.Kinds() {
		if t.Kinds[i] > 0 {
			kinds = append(kinds, count(figures.Lower(s.plain("figures.kind."+string(k), nil)), t.Kinds[i]))
		}
	}
	for i, o := range f.Fields {
		if t.Fields[i] > 0 {
			fields = append(fields, count(figures.Lower(s.say.Option(o)), t.Fields[i]))
		}
	}
	for _, set := range []figures.Set{figures.Waiting, figures.Returned, figures.Rejected, figures.Merged} {
		if n := f.Count(set); n > 0 {
			outside = append(outside, count(figures.Lower(s.say.Set(set)), n))
		}
	}
	return s.text("digest.totals", args{
		"N": markup(s.say.Count(int64(t.Total))), "Origins": join(origins), "Kinds": join(kinds), "Fields": join(fields),
		"Outside": join(outside), "Any": t.Total > 0,
	})
}

func (s *screen) frontButtons(missing []store.UnitCode) [][]store.Button {
	var act, see, more rows
	owed := s.owed()
	open := 0
	for _, unit := range missing {
		if s.of.AsOf.Before(owed[unit].Locked) {
			open++
		}
	}
	if open > 0 && open <= mostNudged && roleMay(s.post.Role, remindUnits) {
		b, ok := s.press("board.nudge", args{"N": open}, doNudge)
		act.add(green(b), ok)
	}
	if open > 0 && s.one() && roleMay(s.post.Role, submitReports) {
		act.add(green(s.button("report.open", pressReport+"show."+inButton(s.of.Unit)+"."+token(s.found.Period.ID), nil)), true)
	}
	if s.one() {
		act.add(s.press("board.the_unit", nil, screenUnit, string(s.of.Unit)))
	} else {
		act.add(s.press("board.by_unit", nil, screenUnits, "0"))
	}
	key := figures.Key{Set: figures.New}
	if s.found.Now.Count(figures.New) == 0 {
		key.Set = figures.Registered
	}
	if n := s.found.Now.Value(key); n > 0 {
		see.add(s.press("board.why", args{"N": markup(s.say.Count(n))}, screenWhy, "0", key.String()))
	}
	see.add(s.press("board.workbook", nil, doWorkbook))
	more.add(s.press("board.chart", nil, doChart))
	more.add(s.press("board.other_period", nil, screenWhen, "0"))
	out := [][]store.Button{act.list, see.list, more.list}
	var last rows
	if !s.of.Digest && len(s.found.Units) > 1 {
		last.add(s.press("board.other_unit", nil, doFind))
	}
	if s.adjusted() != "" {
		last.add(s.press("board.late", nil, screenLate, "0"))
	}
	if len(last.list) > 0 {
		out = append(out, last.list)
	}
	return out
}

// quiet says whether a digest has nothing to tell: nobody is waited for, and
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
	return s.text("digest.quiet", args{"Name": s.root(), "Done": strconv.Itoa(t.Submitted()), "Of": t.Obliged, "Started": t.Submitted() > 0})
}
