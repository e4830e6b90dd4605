package inbox

import (
	"danvan/store"
)

// How much may wait.
const (
	lineLimit     = 200 // of somebody who is known
	strangerLimit = 5   // of a stranger
	doorLimit     = 100 // of all strangers
)

// line is what waits of one person. It is there as long as something does.
type line struct {
	from    store.Address
	known   bool
	waiting []*arrival // the first one may have its turn
	missed  *arrival   // at the end: what was not taken
}

// line returns the line of an event's sender.
func (b *Inbox) line(a *arrival, known map[store.Address]bool) *line {
	from := a.Event.From
	l := b.lines[from]
	if l == nil {
		l = &line{from: from}
		b.lines[from] = l
	}
	if known[from] && !l.known {
		l.known = true
		b.others -= len(l.waiting)
	}
	return l
}

// refuse leaves an event out where the line is full. Of somebody who is known it
// returns what will say so.
func (l *line) refuse(b *Inbox, a *arrival) (missed *arrival) {
	if !l.known {
		a.refused = len(l.waiting) >= strangerLimit || b.others >= doorLimit
	} else {
		a.refused = len(l.waiting) >= lineLimit || l.missed != nil
	}
	if !a.refused {
		return nil
	}

	a.close()
	if !l.known {
		if len(l.waiting) == 0 {
			delete(b.lines, l.from)
		}
		return nil
	}
	if l.missed != nil {
		l.missed.miss(a)
	} else {
		l.add(b, missing(a))
	}
	return l.missed
}

// add puts an event at the end of the line and returns how many are before it,
// of a stranger at the whole door.
func (l *line) add(b *Inbox, a *arrival) (before int) {
	before = len(l.waiting)
	l.waiting = append(l.waiting, a)
	b.events[a.Event.ID] = a
	if a.missing() {
		l.missed = a
	}
	if before == 0 {
		b.enter(l)
	}
	if !l.known {
		before = b.others
		b.others++
	}
	return before
}

// enter gives a line its place in the round.
func (b *Inbox) enter(l *line) {
	if l.known {
		b.round = append(b.round, l)
		return
	}
	b.door = append(b.door, l)
	if !b.opened {
		b.opened = true
		b.round = append(b.round, nil)
	}
}

// next takes the line whose turn it is out of the round.
func (b *Inbox) next() (l *line, stranger bool) {
	l, b.round = b.round[0], b.round[1:]
	if l != nil {
		return l, false
	}
	l, b.door = b.door[0], b.door[1:]
	return l, true
}

// leave ends a turn: what was first in the line is over, or stays where it is.
func (b *Inbox) leave(l *line, stranger, over bool) {
	if over {
		a := l.waiting[0]
		l.waiting = l.waiting[1:]
		delete(b.events, a.Event.ID)
		if !l.known {
			b.others--
		}
		close(a.done)
	}

	if len(l.waiting) > 0 {
		b.enter(l)
	} else {
		delete(b.lines, l.from)
	}
	if !stranger {
		return
	}
	b.opened = len(b.door) > 0
	if b.opened {
		b.round = append(b.round, nil)
	}
}
