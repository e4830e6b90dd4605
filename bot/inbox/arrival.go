package inbox

import (
	"encoding/json"

	"danvan/bot"
	"danvan/store"
)

// arrival is an event that waits, or the first of those that were not taken.
type arrival struct {
	kept
	ids     map[string]bool // what was not taken, of this process
	over    chan<- bot.Ack
	done    chan struct{} // closed when it is dealt with
	refused bool
}

// kept is what the store keeps of an arrival.
type kept struct {
	Event  bot.Event
	Missed int // how many were not taken; 0: this is one that was
}

func newArrival(item Item) *arrival {
	return &arrival{kept: kept{Event: item.Event}, over: item.Over, done: make(chan struct{})}
}

// missing is what says that an event and those after it were not taken.
func missing(first *arrival) *arrival {
	a := &arrival{kept: kept{Event: first.Event}, ids: map[string]bool{}, done: make(chan struct{})}
	a.miss(first)
	a.Event.ID += "/missed" // if it comes again it may be taken
	return a
}

func (a *arrival) missing() bool { return a.Missed > 0 }

// miss counts what was not taken, once.
func (a *arrival) miss(other *arrival) {
	if id := other.Event.ID; !a.ids[id] {
		a.ids[id] = true
		a.Missed++
	}
}

// show says what the turn showed.
func (a *arrival) show(ack bot.Ack) {
	if a.over != nil {
		a.over <- ack
		a.over = nil
	}
}

// close says that there will be no turn.
func (a *arrival) close() {
	if a.over != nil {
		close(a.over)
		a.over = nil
	}
}

// row is what is kept; nothing is when it is dealt with.
func (a *arrival) row() (row store.Arrival, wanted bool) {
	select {
	case <-a.done:
		return row, false
	default:
	}
	body, err := json.Marshal(a.kept)
	if err != nil {
		panic(err) // an event is made of texts and numbers
	}
	return store.Arrival{Event: a.Event.ID, Body: body}, true
}

// read makes an arrival of what was kept.
func read(row store.Arrival) (*arrival, error) {
	a := &arrival{ids: map[string]bool{}, done: make(chan struct{})}
	err := json.Unmarshal(row.Body, &a.kept)
	return a, err
}
