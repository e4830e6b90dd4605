package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Reason is one answer to "vì sao tôi (không) được nhắc?".
type Reason struct {
	Key   string    // what happened: one of the Skip keys, or one of those below
	Rule  string    // of a line of the ledger
	Step  string    // of a line, or of the rung that comes next
	At    time.Time // of a line; otherwise as the key says; zero: not known
	Units []store.UnitCode
	By    store.PostID // of a line: who wished it
}

// What Explain says beside the Skip keys. SkipUnreachable and SkipDeferred,
// without a Rule, stand for what is so now.
const (
	WasSent      = "sent"
	HasSubmitted = "submitted" // At: when; nothing more is sent
	IsExempt     = "exempt"    // At: until then
	OnPaper      = "paper"     // At: when it was said; the coordinator is to confirm it
	HasDeputy    = "deputy"    // somebody else is reminded; At: until then
	IsBusy       = "busy"      // At: until then, for a form is being filled in
	IsQuiet      = "quiet"     // At: until then, for the hour or the day
	ComesNext    = "next"      // At: when
	IsOver       = "over"      // no rung is left
	OwesNothing  = "nothing"   // no unit of the person owes this report
)

// Explain says what a person was sent about a period and what not, the oldest
// first, and then why nothing is sent now or what comes next, unit by unit.
// Obligations must hold those of the period, Ledger and Deferrals its lines.
func Explain(in Input, person store.PersonID, period store.PeriodID) []Reason {
	p := newPlanner(in)
	var out []Reason
	for _, l := range in.Ledger {
		if l.Person == person && l.Period == period {
			key := l.Skipped
			if key == "" {
				key = WasSent
			}
			if l.Out().After(in.Now) {
				out = append(out, Reason{Key: ComesNext, Step: l.Step, At: l.Due, Units: l.Units})
				continue
			}
			out = append(out, Reason{key, l.Rule, l.Step, l.Out(), l.Units, l.By})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return a.At.Compare(b.At) })

	owes := false
	for i := range in.Obligations {
		o := &in.Obligations[i]
		post, ok := p.Org.OfficerFor(o.Unit, person, p.Now)
		if o.Period.ID != period || !ok {
			continue
		}
		owes = true
		out = appendReason(out, p.standing(o, person, post), o.Unit)
	}
	if !owes {
		out = append(out, Reason{Key: OwesNothing})
	}
	return out
}

// appendReason adds a reason for a unit, to the same reason for another one if
// there is one.
func appendReason(reasons []Reason, r Reason, unit store.UnitCode) []Reason {
	for i, have := range reasons {
		if have.Rule == "" && have.Key == r.Key && have.Step == r.Step && have.At.Equal(r.At) {
			reasons[i].Units = append(have.Units, unit)
			return reasons
		}
	}
	r.Units = []store.UnitCode{unit}
	return append(reasons, r)
}

// standing says why a person is not reminded of an obligation now, or when the
// next reminder comes.
func (p *planner) standing(o *Obligation, person store.PersonID, post store.Post) Reason {
	to := p.recipient(post)
	switch {
	case o.exempt(p.Now):
		return Reason{Key: IsExempt, At: o.Exemption.Until}
	case !o.open(p.Now):
		return Reason{Key: HasSubmitted, At: o.Report.SubmittedAt}
	case o.onPaper():
		return Reason{Key: OnPaper, At: o.Report.SubmittedAt}
	case to.person != person:
		return Reason{Key: HasDeputy, At: post.DeputyUntil}
	case to.unreachable:
		return Reason{Key: SkipUnreachable}
	}
	if d, ok := p.deferred[deferralKey{person, o.Period.ID}]; ok && p.Now.Before(d.until) {
		return Reason{Key: SkipDeferred, At: d.until}
	}
	return p.next(o, to, post)
}

// next says what the next rung that reminds somebody waits for.
func (p *planner) next(o *Obligation, to recipient, post store.Post) Reason {
	if o.closed(p.Now) {
		return Reason{Key: IsOver}
	}

	since, officers := o.since(p.Calendar), len(p.Org.Officers(o.Unit))
	for _, r := range p.ladder(o) {
		settled := r.done.settled(o.Unit, post, officers) || r.done.people[to.person]
		if r.rule != Remind || settled || !p.Now.Before(r.until) || r.at.Before(since) || r.at.Before(to.since) {
			continue
		}
		switch {
		case r.goes.After(p.Now):
			return Reason{Key: ComesNext, Step: r.step, At: r.goes}
		case !p.Calendar.open(p.Now, p.Quiet):
			return Reason{Key: IsQuiet, Step: r.step, At: p.Calendar.Opens(p.Now, p.Quiet)}
		case p.busy(to.person):
			return Reason{Key: IsBusy, Step: r.step, At: p.person(to.person).Touched.Add(formPause)}
		default:
			return Reason{Key: ComesNext, Step: r.step, At: p.Now}
		}
	}
	return Reason{Key: IsOver}
}
