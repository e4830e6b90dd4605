package org

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// Book keeps the organisation and the calendar as they were last read. It is
// safe for concurrent use.
type Book struct {
	zone *time.Location

	reading sync.Mutex // held while something is read to be kept

	mu   sync.Mutex
	orgs []*Org // the last first; never without one
	days uint64 // the edition of calendar
	// calendar is nil until the first Refresh.
	calendar *deadline.Calendar
}

// orgsMost is how many are kept: a reader that began before the last Refresh
// goes by one before the last. They share nearly everything.
const orgsMost = 4

// NewBook returns an empty Book of a country whose days begin in a zone.
func NewBook(zone *time.Location) *Book { return &Book{zone: zone, orgs: []*Org{empty()}} }

// Zone is where days begin.
func (b *Book) Zone() *time.Location { return b.zone }

// Org returns the organisation as a transaction sees it. What the transaction
// has changed itself is seen and not kept, for it may be rolled back.
func (b *Book) Org(r store.Reader) (*Org, error) {
	e, err := r.Editions()
	if err != nil {
		return nil, err
	}
	e.Days = 0
	last := b.upTo(e)
	if last.edition == e {
		return last, nil
	}

	units, err := r.UnitsSince(last.edition.Units)
	if err != nil {
		return nil, fmt.Errorf("read the units: %w", err)
	}
	posts, err := r.PostsSince(last.edition.Posts)
	if err != nil {
		return nil, fmt.Errorf("read the posts: %w", err)
	}
	return last.with(e, units, posts), nil
}

// OrgOn is Org with its units as of a day.
func (b *Book) OrgOn(r store.Reader, day store.Date) (*Org, error) {
	o, err := b.Org(r)
	if err != nil {
		return nil, err
	}
	return o.On(day), nil
}

// Kept returns the organisation if it is kept, and the calendar too, as a
// transaction sees them; false when they are to be kept first.
func (b *Book) Kept(r store.Reader) (*Org, bool, error) {
	e, err := r.Editions()
	if err != nil {
		return nil, false, err
	}
	b.mu.Lock()
	known := b.calendar != nil && b.days == e.Days
	b.mu.Unlock()

	e.Days = 0
	last := b.upTo(e)
	return last, known && last.edition == e, nil
}

// upTo returns the last that was kept and is no newer than an edition.
func (b *Book) upTo(e store.Editions) *Org {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, o := range b.orgs {
		if o.edition.Units <= e.Units && o.edition.Posts <= e.Posts {
			return o
		}
	}
	return empty()
}

// Calendar returns the calendar as a transaction sees it.
func (b *Book) Calendar(r store.Reader) (*deadline.Calendar, error) {
	cal, _, err := b.readCalendar(r)
	return cal, err
}

func (b *Book) readCalendar(r store.Reader) (cal *deadline.Calendar, edition uint64, err error) {
	e, err := r.Editions()
	if err != nil {
		return nil, 0, err
	}
	b.mu.Lock()
	cal, edition = b.calendar, b.days
	b.mu.Unlock()
	if cal != nil && edition == e.Days {
		return cal, edition, nil
	}

	days, err := r.SpecialDays()
	if err != nil {
		return nil, 0, fmt.Errorf("read the calendar: %w", err)
	}
	return deadline.NewCalendar(days, b.zone), e.Days, nil
}

// Refresh returns the organisation as it is now, and keeps it and the calendar.
func (b *Book) Refresh(ctx context.Context, s store.Store) (*Org, error) {
	var o *Org
	err := s.View(ctx, func(r store.Reader) (err error) {
		o, err = b.Keep(r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("refresh the organisation: %w", err)
	}
	return o, nil
}

// Keep returns the organisation as a transaction sees it that changes nothing,
// and keeps it and the calendar.
func (b *Book) Keep(r store.Reader) (*Org, error) {
	// Of many who want the same, as after a start, the first one reads it for all.
	b.reading.Lock()
	defer b.reading.Unlock()
	o, err := b.Org(r)
	if err != nil {
		return nil, err
	}
	cal, days, err := b.readCalendar(r)
	if err != nil {
		return nil, err
	}

	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calendar == nil || days > b.days {
		b.calendar, b.days = cal, days
	}
	return b.keep(o), nil
}

// keep keeps an organisation that is committed, and returns the one that was
// kept of its edition if there was one.
func (b *Book) keep(o *Org) *Org {
	i := slices.IndexFunc(b.orgs, func(kept *Org) bool {
		return kept.edition.Units <= o.edition.Units && kept.edition.Posts <= o.edition.Posts
	})
	switch {
	case i < 0: // it was read long ago
	case b.orgs[i].edition == o.edition:
		return b.orgs[i]
	default:
		b.orgs = slices.Insert(b.orgs, i, o)
		b.orgs = slices.Clip(b.orgs[:min(len(b.orgs), orgsMost)])
	}
	return o
}
