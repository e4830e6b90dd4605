package digest

import (
	"context"
	"slices"
	"strings"

	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// When something begins to need a person, in working days.
const (
	noticeDays = 7 // before a report is due, missing ones are named
	waitDays   = 3 // for the check of a registration
	returnDays = 5 // for a registration to be completed
	closedDays = 7 // after a lock, those who never reported are named
)

// needs is what a supervisor is wanted for.
type needs struct {
	missing  []store.UnitCode // owe a report that is due soon, or was
	papers   []store.UnitCode // of those, say that it went on paper; nobody has confirmed it
	waiting  []store.UnitCode // of each model that waits for its check
	returned []store.UnitCode // of each that waits for its officer
	silenced []officer        // nothing reaches them
	vacant   []store.UnitCode
	others   []backlog // reports of other periods that are missing too
}

// backlog is which of so many obliged units have not reported for a period.
type backlog struct {
	period store.Period
	units  []store.UnitCode
	papers []store.UnitCode // of units: say that it went on paper
	of     int
}

// officer is somebody in charge of a unit.
type officer struct {
	unit store.UnitCode
	name string // "" without consent
}

func (n needs) any() bool {
	return len(n.missing)+len(n.waiting)+len(n.returned)+len(n.silenced)+len(n.vacant)+len(n.others) > 0
}

func (s *screen) needs(ctx context.Context) (needs, error) {
	var n needs
	if s.noticed(s.found.Period) {
		n.missing, n.papers = deadline.Open(s.found.Obligations)
	}
	n.waiting = s.waiting(s.found.Waiting, waitDays)
	n.returned = s.waiting(s.found.Returned, returnDays)

	// Who holds the posts is no concern of an officer.
	if err := s.findOthers(ctx, &n); err != nil || s.post.Role == store.Officer {
		return n, err
	}
	return n, s.findOfficers(ctx, &n)
}

// findOthers finds the reports that are missing for other periods of the
// campaign: a half and a year end on one day, and what has just been locked
// must not go by without a word.
func (s *screen) findOthers(ctx context.Context, n *needs) error {
	periods := deadline.Current(s.found.Of, s.found.Calendar, s.of.AsOf)
	for _, p := range about.JustLocked(s.found.Of, s.found.Calendar, s.of.AsOf) {
		if s.found.Calendar.WorkingBetween(s.found.Calendar.Day(p.Locked), s.today) <= closedDays {
			periods = append(periods, p)
		}
	}
	for _, p := range periods {
		if p.ID == s.found.Period.ID || !s.noticed(p) {
			continue
		}
		late, err := s.readMissing(ctx, p)
		if err != nil {
			return err
		}
		if len(late.units) > 0 {
			n.others = append(n.others, late)
		}
	}
	return nil
}

// noticed reports whether a period's reports are due soon, or were.
func (s *screen) noticed(p store.Period) bool {
	return !p.Due.IsZero() && s.found.Calendar.WorkingBetween(s.today, s.found.Calendar.Day(p.Due)) <= noticeDays
}

// officersPage is of how many units the officers are read in one transaction.
const officersPage = 200

// findOfficers finds whom nothing reaches, and obliged units without anybody.
func (s *screen) findOfficers(ctx context.Context, n *needs) error {
	obliged := map[store.UnitCode]bool{}
	for _, o := range s.found.Obligations {
		obliged[o.Unit] = o.State != deadline.Exempt
	}

	for some := range slices.Chunk(s.found.Units, officersPage) {
		err := s.bot.Store.View(ctx, func(r store.Reader) error {
			for _, u := range some {
				officers, err := s.found.Org.OfficersOf(r, u.Code)
				hears := slices.ContainsFunc(officers, func(p store.Person) bool {
					return p.Unreachable.IsZero() || p.Unreachable.After(s.of.AsOf)
				})
				switch {
				case err != nil:
					return err
				case len(officers) == 0 && obliged[u.Code]:
					n.vacant = append(n.vacant, u.Code)
				case len(officers) > 0 && !hears:
					n.silenced = append(n.silenced, officer{u.Code, officers[0].Name})
				}
			}
			return nil
		})

		if err != nil {
			return err
		}
	}
	return nil
}

// needsText says what needs a person, by the names of units.
func (s *screen) needsText(n needs) string {
	var lines []string
	of := deadline.Count(s.found.Obligations).Obliged
	add := func(key string, count int, names string) {
		if count > 0 {
			lines = append(lines, s.Text(key, text.Args{"N": count, "Names": names}))
		}
	}

	if len(n.missing) > 0 {
		lines = append(lines, s.Text("digest.missing", s.missingArgs(backlog{s.found.Period, n.missing, n.papers, of})))
	}
	lines = append(lines, s.othersText(n.others)...)
	add("digest.waiting", len(n.waiting), s.perUnit(n.waiting))
	add("digest.returned", len(n.returned), s.perUnit(n.returned))
	add("digest.silenced", len(n.silenced), s.who(n.silenced))
	add("digest.vacant", len(n.vacant), s.fewOf(n.vacant, of))
	add("digest.overdue_models", s.found.Now.Count(figures.Overdue)+s.found.Now.Count(figures.Lapsed), "")
	add("digest.quiet_models", s.found.Now.Count(figures.Silent), "")
	add("digest.vague_models", s.found.Now.Count(figures.Vague), "")

	if len(lines) == 0 {
		return s.Text("digest.needs_nothing", nil)
	}
	return s.Text("digest.needs", nil) + "\n" + strings.Join(lines, "\n")
}

// othersText counts what is missing for each of the other periods, and names
// it where the period is locked: it is found nowhere else then.
func (s *screen) othersText(list []backlog) []string {
	var out []string
	for _, o := range list {
		a := s.missingArgs(o)
		a["Due"] = s.due(o.period)
		if a["Locked"] = !s.of.AsOf.Before(o.period.Locked); a["Locked"] == false {
			a["Names"] = ""
		}
		out = append(out, s.Text("digest.other_period", a))
	}
	return out
}

// fewMissing is up to how many units are named even if they are most of those
// that owe the report.
const fewMissing = 8

// missingArgs counts who has not reported for a period, and names them if they
// are few.
func (s *screen) missingArgs(o backlog) text.Args {
	return text.Args{
		"Period": o.period, "N": len(o.units), "Of": o.of, "One": s.one(), "Names": s.fewOf(o.units, o.of),
		"Papers": len(o.papers), "PaperNames": s.names(o.papers),
	}
}

// fewOf names units unless they are most of so many: the names stand behind the
// button of the units then.
func (s *screen) fewOf(units []store.UnitCode, of int) string {
	if len(units) <= fewMissing || 2*len(units) <= of {
		return s.names(units)
	}
	return ""
}

// mostNamed is up to how many units are named one by one; more of them are
// counted by the unit above, and named on the screen of units.
const mostNamed = 130

// names names units as far as that can be read: "xã An Cư, xã Ba Chúc", or
// "tỉnh An Giang (7), tỉnh Nghệ An (12)".
func (s *screen) names(units []store.UnitCode) string {
	if len(units) > mostNamed {
		above := make([]store.UnitCode, len(units))
		for i, code := range units {
			u, _ := s.found.Org.Unit(code)
			above[i] = u.Parent
		}
		return s.perUnit(above)
	}
	out := make([]string, len(units))
	for i, code := range units {
		out[i] = s.UnitName(code)
	}
	return s.list(out)
}

// list writes names one after the other. Where a message must not be split it
// says how many there are more than it names.
func (s *screen) list(names []string) string {
	if more := len(names) - s.most; s.most > 0 && more > 1 {
		return s.Plain("digest.more", text.Args{"Names": strings.Join(names[:s.most], ", "), "N": more})
	}
	return strings.Join(names, ", ")
}

// perUnit names units with how often each is listed.
func (s *screen) perUnit(units []store.UnitCode) string {
	counts := map[store.UnitCode]int{}
	for _, code := range units {
		counts[code]++
	}
	var out []string
	for _, u := range s.found.Units {
		if n := counts[u.Code]; n > 0 {
			out = append(out, s.Plain("digest.of_unit", text.Args{"Unit": s.UnitName(u.Code), "N": n}))
		}
	}
	return s.list(out)
}

func (s *screen) who(list []officer) string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = s.UnitName(o.unit)
		if o.name != "" {
			out[i] = o.name + " (" + out[i] + ")"
		}
	}
	return s.list(out)
}
