package figures

import (
	"slices"
	"time"

	"danvan/store"
)

// step is something that happened to a model and was known by the instant.
// rank is its place in the order of reporting; a correction has the rank of
// what it puts right.
type step struct {
	*store.FactStep
	rank int
}

// known lists the steps that count as of the instant, in the order in which
// they happened, less the rows that were put right by then. A row that is put
// right twice is what the last correction says.
func (fr *frame) known(steps []store.FactStep, into []step) []step {
	into = into[:0]
	for i := range steps {
		s := &steps[i]
		if s.At.After(fr.asOf) {
			continue
		}
		rank := i
		if s.Corrects != 0 {
			wrong := slices.IndexFunc(into, func(o step) bool { return o.Row == s.Corrects || o.Corrects == s.Corrects })
			if wrong >= 0 {
				rank = into[wrong].rank
				into = slices.Delete(into, wrong, wrong+1)
			}
		}
		into = append(into, step{s, rank})
	}
	return into
}

// life is where a model stands.
type life struct {
	// standing is what the check of the registration has come to: Waiting,
	// Returned, Rejected, Merged, or Accepted. Since is when it did.
	standing store.State
	since    time.Time
	// stage is how far the work is at the period's end, before how far it was
	// when the period began: Accepted, Doing, Paused, Done or Failed.
	stage, before store.State
	reason        string // of the stage

	heard, evidence, lesson bool
	worked                  bool // something was done in the period
}

// replay follows a model through the steps that count.
func (fr *frame) replay(f *store.Fact, steps []step) life {
	l := life{
		standing: store.Waiting, since: f.Registered, stage: store.Accepted, before: store.Accepted,
		heard: !f.Registered.Before(fr.heardSince),
	}
	for _, s := range steps {
		if s.Row == 0 {
			l.review(fr, s)
		} else {
			l.progress(fr, s)
		}
	}
	return l
}

// review follows a step of the check. One that undoes a merge does not say how
// far the work is: the updates do.
func (l *life) review(fr *frame, s step) {
	undone := l.standing == store.Merged
	stood := l.standing == store.Accepted
	l.stand(s)
	switch {
	case stood && s.State.Worked():
		l.move(s, s.At.Before(fr.end), s.At.Before(fr.from))
	case s.State == store.Accepted && !undone:
		l.heard = l.heard || !s.At.Before(fr.heardSince) && s.At.Before(fr.end)
	}
}

// progress follows an update.
func (l *life) progress(fr *frame, s step) {
	l.stand(s)
	if fr.to.Before(s.Day) {
		return
	}
	if s.State.Worked() {
		l.move(s, true, s.Day.Before(fr.first))
	}
	l.heard = l.heard || !s.Day.Before(fr.heardDay)
	l.worked = l.worked || !s.Nothing && !s.Day.Before(fr.first)
	l.evidence = l.evidence || s.Evidence > 0
	l.lesson = l.lesson || s.Lesson
}

// stand follows the standing: whatever moves the work on says too that the
// registration stands.
func (l *life) stand(s step) {
	l.standing, l.since = s.State, s.At
	if s.State.Worked() {
		l.standing = store.Accepted
	}
}

func (l *life) move(s step, within, before bool) {
	if within {
		if l.stage != s.State || s.Reason != "" {
			l.reason = s.Reason
		}
		l.stage = s.State
	}
	if before {
		l.before = s.State
	}
}

// classify puts a model into its sets: the one definition of every count.
// None means that the model does not belong to the period at all.
func (fr *frame) classify(f *store.Fact, origin store.Origin, l life) sets {
	var in sets
	switch {
	case !l.standing.Counts():
		in.put(setOf(l.standing))
	case l.before.Ended() && l.before == l.stage:
		in.put(Earlier)
	case fr.late(f, l) && f.To.Before(fr.first) && f.Registered.Before(fr.from) && !l.worked:
		in.put(Lapsed)
	default:
		stage := setOf(l.stage)
		if fr.late(f, l) {
			stage = Overdue
		}
		in.put(Registered, fr.origin(f, origin), stage)
		in |= quality(f, l, stage)
	}

	if l.since.Before(fr.from) && (in.has(Rejected) || in.has(Merged)) {
		return 0 // decided before the period began
	}
	return in
}

// late reports whether a model is unfinished past the last day that it was
// registered for.
func (fr *frame) late(f *store.Fact, l life) bool {
	return !f.To.IsZero() && f.To.Before(fr.last) && !l.stage.Ended()
}

func (fr *frame) origin(f *store.Fact, origin store.Origin) Set {
	switch {
	case origin == store.Upgraded:
		return Upgraded
	case origin == store.New && !f.Registered.Before(fr.from):
		return New
	}
	return Maintained
}

// setOf is the set of the models in a state; what was accepted counts as doing.
func setOf(s store.State) Set {
	switch s {
	case store.Waiting:
		return Waiting
	case store.Returned:
		return Returned
	case store.Rejected:
		return Rejected
	case store.Merged:
		return Merged
	case store.Done:
		return Done
	case store.Paused:
		return Paused
	case store.Failed:
		return Failed
	}
	return Doing
}

func quality(f *store.Fact, l life, stage Set) sets {
	var in sets
	if l.stage == store.Accepted && stage == Doing {
		in.put(NotStarted)
	}
	if f.Vague {
		in.put(Vague)
	}
	if !l.heard && stage == Doing {
		in.put(Silent)
	}
	if !l.evidence && (l.stage.Worked() || stage == Overdue) && l.stage != store.Failed {
		in.put(NoEvidence)
	}
	if !l.lesson && l.stage == store.Done {
		in.put(NoLesson)
	}
	return in
}
