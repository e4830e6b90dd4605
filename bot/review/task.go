package review

import (
	"cmp"
	"strconv"

	"danvan/bot/link"
	"danvan/store"
)

// taskKind is the sort of thing that waits for a coordinator, in the order in
// which they are shown: work waits for a registration, nothing for the rest.
type taskKind int

// The kinds of task.
const (
	noTask taskKind = iota
	registrationTask
	completionTask
	proposalTask
)

// proposed stands in a notice for a change that waits; no model is in it.
const proposed store.State = "proposed"

// waitsAs is what a model waits for a coordinator with: its completion before a
// change of it.
func waitsAs(m store.Model) store.State {
	if m.Proposed() && !m.Unconfirmed() {
		return proposed
	}
	return m.State
}

// task is one thing that waits for a coordinator.
type task struct {
	kind taskKind
	id   uint64
}

// taskOf is a model's place in the queue, by what it waits for in a state.
func taskOf(m store.Model, s store.State) task {
	switch {
	case s == store.Done:
		return task{completionTask, uint64(m.ID)}
	case s == proposed:
		return task{proposalTask, uint64(m.ID)}
	}
	return task{registrationTask, uint64(m.ID)}
}

// compare puts the oldest of a kind first.
func (d task) compare(e task) int {
	return cmp.Or(cmp.Compare(d.kind, e.kind), cmp.Compare(d.id, e.id))
}

func (d task) String() string { return strconv.Itoa(int(d.kind)) + link.Ref(d.id) }

// readTask reads what String wrote; no task when it is something else.
func readTask(s string) task {
	if len(s) < 2 {
		return task{}
	}
	return task{taskKind(s[0] - '0'), link.ID(s[1:])}
}
