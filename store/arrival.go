package store

// Arrival is an event whose turn is still to be taken. It is kept where the
// channel that it came by was told that it arrived.
type Arrival struct {
	Event string // its id
	Body  []byte // what whoever keeps it needs to take the turn
}
