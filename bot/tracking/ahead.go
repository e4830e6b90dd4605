package tracking

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// How far the plan looks ahead, and how much of it one page shows.
const (
	aheadDays = 21
	aheadPage = 5
)

// aheadNew in a button opens the plan under the message that it is of.
const aheadNew = "new"

// planned is something that is to be sent at one moment, to one person or, put
// together, to several.
type planned struct {
	At      time.Time
	Rule    string
	Step    string
	Period  store.PeriodID
	Post    store.PostID // whom it goes to; of several the first
	People  int
	Units   []store.UnitCode
	Skipped string // why it will not be sent
}

// outline lists what some sends are about, line by line, in their order.
func outline(sends []deadline.Send) []planned {
	var out []planned
	for _, s := range sends {
		for _, l := range s.Lines {
			if l.Skipped == deadline.SkipCollapsed {
				continue // another line of the same message stands for it
			}
			p := planned{At: s.At, Rule: l.Rule, Step: l.Step, Period: l.Period, People: 1, Units: l.Units, Skipped: l.Skipped}
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
func together(list []planned) []planned {
	var out []planned
	for _, p := range list {
		i := slices.IndexFunc(out, func(q planned) bool {
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

// showAhead shows what would be sent to whom and when, in the post's scope.
func (t turn) showAhead(at int, inPlace bool) error {
	list, err := t.preview()
	if err != nil {
		return err
	}
	page := text.PageOf(len(list), aheadPage, at)
	shown := list[page.From:page.To]
	var lines []text.Args
	for i, p := range shown {
		a, err := t.plannedArgs(p)
		if err != nil {
			return err
		}
		a["Same"] = i > 0 && shown[i-1].At.Equal(p.At)
		lines = append(lines, a)
	}

	name := t.UnitName(org.Roots(t.Post)[0])
	a := text.Args{
		"Unit": name, "Days": aheadDays, "Of": len(list), "Page": page.At + 1, "Pages": page.Of, "Lines": t.Lines("ahead.line", lines),
	}
	return t.Show(store.Message{Text: t.Text("ahead.card", a), Buttons: t.Pager(page, text.Numbered(link.Ahead.To()))}, inPlace)
}

// preview looks at the next weeks for the units of the scope.
func (t turn) preview() ([]planned, error) {
	set, err := t.Setting()
	if err != nil {
		return nil, err
	}
	return bot.Ahead(t.Turn, "plan", func(r store.Reader) ([]planned, error) {
		until := t.Event.At.AddDate(0, 0, aheadDays)
		in, err := set.Ahead(r, t.Event.At, until, t.Scope(), t.Post.Portfolio.Fields...)
		if err != nil {
			return nil, err
		}

		// Of the digests only the person's own concern the scope.
		in.Supervisors = []store.Post{}
		for _, post := range t.Org.SeatsAs(store.Supervisor) {
			if org.StandsFor(post, t.Person.ID, t.Event.At) {
				in.Supervisors = append(in.Supervisors, post)
			}
		}
		if err := reporting.AddDigests(r, &in, t.Person.ID); err != nil {
			return nil, err
		}

		sends, err := reporting.PlanIn(r, in, func(in deadline.Input) []deadline.Send { return deadline.Preview(in, until) })
		return together(outline(sends)), err
	})
}

// plannedArgs are what a line of the plan says.
func (t turn) plannedArgs(p planned) (text.Args, error) {
	a := text.Args{
		"At": text.Clock(p.At), "Rule": p.Rule, "People": p.People, "Skipped": p.Skipped, "Period": "",
		"Units": about.Units(t.Voice, p.Units), "Count": len(p.Units),
	}
	if p.Rule == deadline.Freeze {
		a["Count"] = 0 // every unit's figures
	}

	if p.Period != "" {
		c, err := t.Tx.Campaign(p.Period.Campaign())
		if err != nil {
			return nil, err
		}
		cal, err := t.Calendar()
		if err != nil {
			return nil, err
		}
		if period, ok := deadline.ByID(c, cal, p.Period); ok {
			a["Period"] = period
		}
	}
	return a, nil
}

// ahead shows the plan on command.
func (t turn) ahead() error {
	if err := t.showAhead(0, false); err != nil {
		return err
	}
	return t.Again()
}

// pressedAhead turns the pages of the plan.
func (t turn) pressedAhead(rest string) error {
	page, err := strconv.Atoi(rest)
	if err != nil && rest != aheadNew {
		return t.Toast("press.unknown", nil)
	}
	if !t.May(access.WatchReports) {
		return t.Toast("press.not_yours", nil)
	}
	return t.showAhead(page, rest != aheadNew)
}

// Describe says planned sends in words, a line each, for the command line.
func Describe(ctx context.Context, b *bot.Bot, lang string, sends []deadline.Send, now time.Time) ([]string, error) {
	set, err := reporting.Now(ctx, b.Store, b.Book(), now)
	if err != nil {
		return nil, err
	}
	v := b.Voice(lang)
	v.Units = set.Org.Unit

	var out []string
	for _, p := range outline(sends) {
		names := make([]string, len(p.Units))
		for i, code := range p.Units {
			names[i] = v.UnitName(code)
		}
		post, _ := set.Org.Seat(p.Post)
		a := text.Args{
			"At": v.Say(text.Clock(p.At)), "Rule": p.Rule, "Units": strings.Join(names, ", "), "Skipped": p.Skipped, "Period": "",
			"Role": v.Key("role.", string(post.Role)), "Unit": v.UnitName(post.Unit),
		}
		if c, err := set.Campaign(p.Period.Campaign()); err == nil {
			if period, ok := deadline.ByID(c, set.Calendar, p.Period); ok {
				a["Period"] = v.Say(period)
			}
		}
		out = append(out, v.Plain("ahead.outline", a))
	}
	return out, nil
}
