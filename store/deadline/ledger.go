package deadline

import "danvan/store"

// The rules under which people are written to.
const (
	Remind      = "remind"      // the officer, of a report
	Escalate    = "escalate"    // the supervisor: a unit is missing
	Vacant      = "vacant"      // the coordinator: nobody is there to be reminded
	Unreachable = "unreachable" // the coordinator: who is to be reminded gets nothing
	Digest      = "digest"      // the supervisor
	Nudge       = "nudge"       // the officer, because somebody above asked for it
	Check       = "check"       // the coordinator: answers to registrations are due
	End         = "end"         // the officer: the last day of models that are not finished
	Confirm     = "confirm"     // the coordinator: a report on paper waits for their word
	Announce    = "announce"    // everybody whom a campaign concerns
	Freeze      = "freeze"      // nobody: the figures of a period are frozen
)

// Why a line of the ledger says that nothing was sent.
const (
	SkipLate        = "late"        // no tick came while it was useful
	SkipQuiet       = "quiet"       // all of that while was quiet or off
	SkipDeferred    = "deferred"    // the person wanted it later
	SkipCollapsed   = "collapsed"   // a later one of the same message stands for it
	SkipUnreachable = "unreachable" // the person blocked the bot
	SkipNobody      = "nobody"      // nobody holds the post that it is for; its Person is 0
	SkipMoved       = "moved"       // somebody else holds the post by now
	SkipAnswered    = "answered"    // the registrations were answered meanwhile
	SkipRead        = "read"        // the person has read what it was about
	SkipFinished    = "finished"    // the models were finished meanwhile, or given more time
)

// slot is a line's key without its person.
type slot struct {
	rule   string
	period store.PeriodID
	step   string
}

// record is what the ledger says of a slot.
type record struct {
	people map[store.PersonID]bool
	// units are those for which the slot is done with, whoever was written
	// to: a deputy is not told again what the holder was told.
	units map[store.UnitCode]bool
}

// settled reports whether the slot is done with for one of so many officers of a
// unit. Of several each is reminded; who stands in is not told again what the holder
// was, and the other way round.
func (r *record) settled(unit store.UnitCode, post store.Post, officers int) bool {
	return r.units[unit] && (officers == 1 || r.people[post.Holder] || r.people[post.Deputy])
}

// ledger is the lines in the order in which they are looked for.
type ledger struct {
	slots map[slot]*record
	// told are the units that a coordinator was told of, once for a period
	// under a rule: the step is "".
	told map[slot]map[store.UnitCode]bool

	lastSlot slot // lines of one slot follow one another
	last     *record
}

func newLedger(lines []store.Sent) *ledger {
	l := &ledger{slots: map[slot]*record{}, told: map[slot]map[store.UnitCode]bool{}}
	for _, s := range lines {
		l.add(s)
	}
	return l
}

// at returns the record of a slot, an empty one if there was none.
func (l *ledger) at(s slot) *record {
	if l.last != nil && l.lastSlot == s {
		return l.last
	}
	r := l.slots[s]
	if r == nil {
		r = &record{people: map[store.PersonID]bool{}, units: map[store.UnitCode]bool{}}
		l.slots[s] = r
	}
	l.lastSlot, l.last = s, r
	return r
}

func (l *ledger) add(s store.Sent) {
	r := l.at(slot{s.Rule, s.Period, s.Step})
	r.people[s.Person] = true
	if s.Skipped == SkipUnreachable || s.Skipped == SkipNobody {
		return // somebody else may still be told
	}
	for _, u := range s.Units {
		r.units[u] = true
	}
	if s.Rule != Vacant && s.Rule != Unreachable {
		return
	}
	t := slot{rule: s.Rule, period: s.Period}
	if l.told[t] == nil {
		l.told[t] = map[store.UnitCode]bool{}
	}
	for _, u := range s.Units {
		l.told[t][u] = true
	}
}
