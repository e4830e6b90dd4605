package bot

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// How far the plan looks ahead, and how much of it one page shows.
const (
	timetableDays = 21
	timetablePage = 5
)

// timetableNew in a button opens the plan under the message that it is of.
const timetableNew = "new"

// Planned is something that is to be sent at one moment, to one person or, put
// together, to several.
type Planned struct {
	At      time.Time        `json:"at"`
	Rule    string           `json:"rule"`
	Step    string           `json:"step"`
	Period  store.PeriodID   `json:"period,omitempty"`
	Post    store.PostID     `json:"post"` // whom it goes to; of several the first
	People  int              `json:"people"`
	Units   []store.UnitCode `json:"units"`
	Skipped string           `json:"skipped,omitempty"` // why it will not be sent
}

// Outline lists what some sends are about, line by line, in their order.
func Outline(sends []deadline.Send) []Planned {
	var out []Planned
	for _, s := range sends {
		for _, l := range s.Lines {
			if l.Skipped == deadline.SkipCollapsed {
				continue // another line of the same message stands for it
			}
			p := Planned{At: s.At, Rule: l.Rule, Step: l.Step, Period: l.Period, People: 1, Units: l.Units, Skipped: l.Skipped}
			for _, it := range s.Items {
				if it.Rule == l.Rule && it.Period == l.Period && it.Step == l.Step {
					p.Post = it.Post
				}
			}
			out = append(out, p)
		}
	}
	return out
}

// together puts what goes out at the same moment for the same reason into one.
func together(list []Planned) []Planned {
	var out []Planned
	for _, p := range list {
		i := slices.IndexFunc(out, func(q Planned) bool {
			return q.At.Equal(p.At) && q.Rule == p.Rule && q.Step == p.Step && q.Period == p.Period && q.Skipped == p.Skipped
		})
		if i < 0 {
			p.Units = slices.Clone(p.Units)
			out = append(out, p)
			continue
		}
		out[i].People += p.People
		for _, u := range p.Units {
			if !slices.Contains(out[i].Units, u) {
				out[i].Units = append(out[i].Units, u)
			}
		}
	}
	return out
}

// showTimetable shows what would be sent to whom and when, in the post's scope.
func (t *turn) showTimetable(page int, inPlace bool) error {
	list, err := t.planned()
	if err != nil {
		return err
	}
	pages := max(1, (len(list)+timetablePage-1)/timetablePage)
	page = min(max(page, 0), pages-1)
	var lines []args
	shown := list[page*timetablePage : min(len(list), (page+1)*timetablePage)]
	for i, p := range shown {
		a, err := t.plannedArgs(p)
		if err != nil {
			return err
		}
		a["Same"] = i > 0 && shown[i-1].At.Equal(p.At)
		lines = append(lines, a)
	}
	name, err := t.unit(t.roots()[0])
	if err != nil {
		return err
	}
	a := args{"Unit": name, "Days": timetableDays, "Of": len(list), "Page": page + 1, "Pages": pages, "Lines": t.lines("ahead.line", lines)}
	return t.show(store.Message{Text: t.text("ahead.card", a), Buttons: t.pager(page, pages, numbered(pressTimetable))}, inPlace)
}

// planned previews the next weeks for the units of the scope.
func (t *turn) planned() ([]Planned, error) {
	h, err := t.book.House(t.tx)
	if err != nil {
		return nil, err
	}
	until := t.ev.At.AddDate(0, 0, timetableDays)
	in, err := h.Ahead(t.tx, t.ev.At, until, h.Under(t.roots()...))
	if err != nil {
		return nil, err
	}
	// Of the digests only the person's own concern the scope.
	in.Posts = maps.Clone(in.Posts)
	for id, post := range in.Posts {
		if post.Role == store.Supervisor && !standsFor(post, t.person.ID, t.ev.At) {
			post.Digest.Every = store.Never
			in.Posts[id] = post
		}
	}
	if err := agenda.AddDigests(t.tx, &in, t.person.ID); err != nil {
		return nil, err
	}
	sends, err := agenda.PlanIn(t.tx, in, func(in deadline.Input) []deadline.Send { return deadline.Preview(in, until) })
	if err != nil {
		return nil, err
	}
	return together(Outline(sends)), nil
}

// plannedArgs are what a line of the plan says.
func (t *turn) plannedArgs(p Planned) (args, error) {
	units, err := t.unitList(p.Units)
	if err != nil {
		return nil, err
	}
	a := args{"At": clock(p.At), "Rule": p.Rule, "People": p.People, "Units": units, "Count": len(p.Units), "Skipped": p.Skipped, "Period": ""}
	if p.Period != "" {
		c, err := t.tx.Campaign(campaignOf(p.Period))
		if err != nil {
			return nil, err
		}
		cal, err := t.calendar()
		if err != nil {
			return nil, err
		}
		if period, ok := deadline.ByID(c, cal, p.Period); ok {
			a["Period"] = period
		}
	}
	return a, nil
}

// timetable shows the plan on command.
func (t *turn) timetable() error {
	if err := t.showTimetable(0, false); err != nil {
		return err
	}
	return t.again()
}

// pressedTimetable turns the pages of the plan.
func (t *turn) pressedTimetable(rest string) error {
	page, err := strconv.Atoi(rest)
	if err != nil && rest != timetableNew {
		return t.toast("press.unknown", nil)
	}
	if !t.may(watchReports) {
		return t.toast("press.not_yours", nil)
	}
	return t.showTimetable(page, rest != timetableNew)
}

// Describe says planned sends in words, a line each, for the command line.
func (b *Bot) Describe(h *agenda.House, lang string, list []Planned) []string {
	v := b.voice(lang)
	out := make([]string, len(list))
	for i, p := range list {
		names := make([]string, len(p.Units))
		for i, code := range p.Units {
			names[i] = inSentence(h.Tree[code])
		}
		unit, role := p.Post.Split()
		a := args{
			"At": v.say(clock(p.At)), "Rule": p.Rule, "Units": strings.Join(names, ", "), "Skipped": p.Skipped, "Period": "",
			"Role": v.key("role.", string(role)), "Unit": inSentence(h.Tree[unit]),
		}
		for _, c := range h.Campaigns {
			if period, ok := deadline.ByID(c, h.Calendar, p.Period); ok && c.ID == campaignOf(p.Period) {
				a["Period"] = v.say(period)
			}
		}
		out[i] = v.words.Text(v.lang, "ahead.outline", a)
	}
	return out
}
