package tracking

import (
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// mayClose reports whether the post closes the periods of a campaign: the
// coordinator of its own unit; of one that binds everyone, of the unit that is
// above all others. Who looks after a part does not close the whole.
func (t turn) mayClose(p store.Period) bool {
	if !t.May(access.ClosePeriods) || !t.Post.Portfolio.Whole() {
		return false
	}
	if p.Unit != "" || t.Post.Unit == "" {
		return p.Unit == t.Post.Unit
	}
	roots := slices.DeleteFunc(t.Org.Units(), func(u store.Unit) bool { return u.Parent != "" })
	return len(roots) == 1 && roots[0].Code == t.Post.Unit
}

// closable lists what the post can close now, and what binds its unit and somebody
// else closes, the oldest first.
func (t turn) closable() (own, others []reporting.Period, err error) {
	set, err := t.Setting()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range set.Campaigns {
		for _, p := range c.Begun {
			switch open := deadline.Closable(p, set.Calendar, t.Event.At); {
			case open && t.mayClose(p):
				own = append(own, reporting.Period{Period: p, Of: c})
			case open && t.Org.Under(t.Post.Unit, p.Unit):
				others = append(others, reporting.Period{Period: p, Of: c})
			}
		}
	}
	for _, list := range [][]reporting.Period{own, others} {
		slices.SortStableFunc(list, func(a, b reporting.Period) int { return a.To.Compare(b.To) })
	}
	return own, others, nil
}

// closeNext shows what is open of the period that can be closed first.
func (t turn) closeNext() error {
	list, others, err := t.closable()
	switch {
	case err != nil:
		return err
	case len(list) == 0 && len(others) > 0:
		p := others[0]
		held := slices.ContainsFunc(t.Org.SeatsOf(p.Unit, store.Coordinator), func(p store.Post) bool {
			return p.Holder != 0 && p.Portfolio.Whole()
		})
		err = t.Tell("close.others", text.Args{
			"Period": p.Period, "Unit": t.UnitName(p.Unit), "Locked": text.Clock(p.Locked), "Held": held,
		})

	case len(list) == 0:
		err = t.Tell("close.none", nil)
	default:
		err = t.showClosing(list[0], false)
	}
	if err != nil {
		return err
	}
	return t.Again()
}

// open is what still stands out of a period.
type open struct {
	unsent, papers []store.UnitCode
	unchecked      int // registrations of the period, and completions, that nobody has answered
}

func (o open) any() bool { return len(o.unsent)+len(o.papers)+o.unchecked > 0 }

// stillOpen looks what stands out of a period.
func (t turn) stillOpen(p reporting.Period) (open, error) {
	w, err := t.watch(p, p.Unit)
	if err != nil {
		return open{}, err
	}
	var out open
	for _, o := range w.open(everybody) {
		if o.Settled(t.Event.At) == deadline.OnPaper {
			out.papers = append(out.papers, o.Unit)
		} else {
			out.unsent = append(out.unsent, o.Unit)
		}
	}

	set, err := t.Setting()
	if err != nil {
		return out, err
	}
	within := set.Within(p.Of)

	out.unchecked, err = bot.Ahead(t.Turn, "unchecked of "+string(p.ID), func(r store.Reader) (n int, err error) {
		heads, err := r.Heads(store.ModelQuery{In: t.Org.Below(p.Unit), Unchecked: true})
		for _, h := range heads {
			m, err := r.Model(h.ID)
			if err != nil {
				return n, err
			}
			if m.State != store.Waiting && !m.Unconfirmed() {
				continue // it was checked, and only a change of it is proposed
			}
			if _, counts := m.Entries.Counted(p.Campaign, within); counts && !p.To.Before(t.Day(m.RegisteredAt)) {
				n++
			}
		}
		return n, err
	})
	return out, err
}

// showClosing says what is open of a period. Where anything is, closing it is
// asked about once more (sure).
func (t turn) showClosing(p reporting.Period, sure bool) error {
	o, err := t.stillOpen(p)
	if err != nil {
		return err
	}
	a := text.Args{
		"Period": p.Period, "To": p.To, "Locked": text.Clock(p.Locked), "Sure": sure, "Any": o.any(), "Unchecked": o.unchecked,
		"Unsent": len(o.unsent), "Names": about.Units(about.Then(t.Turn, p.Period), o.unsent),
		"Papers": len(o.papers), "PaperNames": about.Units(about.Then(t.Turn, p.Period), o.papers),
	}

	at := link.Period(p.ID)
	now, key := "ask", "close.now"
	if sure || !o.any() {
		now = "now"
	}
	if sure {
		key = "close.still"
	}
	buttons := []store.Button{text.Green(t.Button(key, link.Close.To(now, at), nil))}
	if len(o.unsent)+len(o.papers) > 0 {
		buttons = append(buttons, t.Button("close.who", link.Watch.To("show", at), nil))
	}
	if o.unchecked > 0 {
		buttons = append(buttons, t.Button("close.check", link.Check.To("queue."), nil))
	}
	return t.Show(store.Message{Text: t.Text("close.card", a), Buttons: t.InPairs(buttons)}, sure)
}

// pressedClose obeys the buttons of that card: what to do, and the period.
func (t turn) pressedClose(rest string) error {
	what, at, _ := strings.Cut(rest, ".")
	if !t.May(access.ClosePeriods) {
		return t.Toast("press.not_yours", nil)
	}
	list, _, err := t.closable()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(p reporting.Period) bool { return link.Period(p.ID) == at })
	if i < 0 {
		return t.Toast("press.closed", nil)
	}
	if what == "now" {
		return t.close(list[i].Period)
	}
	return t.showClosing(list[i], true)
}

// close closes a period for good: its figures are frozen, and its digest sent,
// by the clock.
func (t turn) close(p store.Period) error {
	p.ClosedAt, p.ClosedBy, p.ClosedPost = t.Event.At, t.Person.ID, t.Post.ID
	if err := t.Tx.PutPeriod(p); err != nil {
		return err
	}
	if err := t.Record("period/"+string(p.ID), "close", "closed", nil, t.Event.At.UTC().Format("2006-01-02T15:04:05Z")); err != nil {
		return err
	}
	return t.Revise(store.Message{Text: t.Text("close.done", text.Args{"Period": p, "When": text.Clock(t.Event.At)})})
}
