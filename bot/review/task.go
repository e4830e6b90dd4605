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

// String names the kind as the texts know it.
func (k taskKind) String() string { return [...]string{"", "waiting", "done", "proposed"}[k] }

// of is the task of the kind that a model is.
func (k taskKind) of(m store.Model) task { return task{k, uint64(m.ID)} }

// waitsAs is what a model waits for a coordinator with: its completion before a
// change of it.
func waitsAs(m store.Model) taskKind {
	switch {
	case m.Proposed() && !m.Unconfirmed():
		return proposalTask
	case m.State == store.Done:
		return completionTask
	}
	return registrationTask
}

// task is one thing that waits for a coordinator.
type task struct {
	kind taskKind
	id   uint64
}

// taskOf is a model's place in the queue.
func taskOf(m store.Model) task { return waitsAs(m).of(m) }

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
