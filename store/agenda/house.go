package agenda

import (
	"context"
	"fmt"
	"sync"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// Bound is how long after its time something is still worth sending, counted
// in working days: the house's rule, which no campaign changes.
const Bound = 24 * time.Hour

// Quiet are the house's quiet hours: from eight in the evening until seven.
func Quiet() deadline.Quiet { return deadline.Quiet{From: 20, To: 7} }

// House is what changes rarely, as of an edition. It is not changed once made.
type House struct {
	Edition   uint64
	Calendar  *deadline.Calendar
	Campaigns []store.Campaign
	Units     []store.Unit // every one, each after the unit above it
	Tree      deadline.Tree
	Posts     map[store.PostID]store.Post
}

// Book keeps the last House that was read. It is safe for concurrent use.
type Book struct {
	zone *time.Location

	mu    sync.Mutex
	house *House
	done  map[store.PeriodID]time.Time // until when a period was awake that is settled
}

// NewBook returns a Book of a house whose days begin in a zone.
func NewBook(zone *time.Location) *Book { return &Book{zone: zone} }

// kept returns the House of an edition if it is the one that is kept.
func (b *Book) kept(edition uint64) *House {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.house != nil && b.house.Edition == edition {
		return b.house
	}
	return nil
}

// Refresh returns the House as it is now and keeps it. Each part is read in a
// transaction of its own; when the edition changes meanwhile, the next Refresh
// reads again.
func (b *Book) Refresh(ctx context.Context, s store.Store) (*House, error) {
	var edition uint64
	if err := s.View(ctx, func(r store.Reader) (err error) {
		edition, err = r.Edition()
		return err
	}); err != nil {
		return nil, fmt.Errorf("read the edition: %w", err)
	}
	if h := b.kept(edition); h != nil {
		return h, nil
	}
	h := &House{Edition: edition}
	if err := b.read(h, func(fn func(store.Reader) error) error { return s.View(ctx, fn) }); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.house = h
	return h, nil
}

// House returns the House as a transaction sees it. Inside a transaction that
// writes nothing is kept, for it may be rolled back.
func (b *Book) House(r store.Reader) (*House, error) {
	edition, err := r.Edition()
	if err != nil {
		return nil, err
	}
	if h := b.kept(edition); h != nil {
		return h, nil
	}
	h := &House{Edition: edition}
	return h, b.read(h, func(fn func(store.Reader) error) error { return fn(r) })
}

// Calendar returns the calendar as a transaction sees it.
func (b *Book) Calendar(r store.Reader) (*deadline.Calendar, error) {
	edition, err := r.Edition()
	if err != nil {
		return nil, err
	}
	if h := b.kept(edition); h != nil {
		return h.Calendar, nil
	}
	days, err := r.SpecialDays()
	return deadline.NewCalendar(days, b.zone), err
}

// read fills a House, part by part.
func (b *Book) read(h *House, part func(func(store.Reader) error) error) error {
	err := part(func(r store.Reader) error {
		days, err := r.SpecialDays()
		if err != nil {
			return err
		}
		h.Calendar = deadline.NewCalendar(days, b.zone)
		h.Campaigns, err = r.Campaigns()
		return err
	})
	if err == nil {
		err = h.readUnits("", part)
	}
	h.Tree, h.Posts = deadline.NewTree(h.Units), map[store.PostID]store.Post{}
	for _, role := range store.Roles {
		if err != nil {
			break
		}
		err = part(func(r store.Reader) error {
			posts, err := r.PostsAs(role)
			for _, p := range posts {
				h.Posts[p.ID] = p
			}
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("read the house: %w", err)
	}
	return nil
}

// readUnits reads the units below one, those of each unit in their own part.
func (h *House) readUnits(above store.UnitCode, part func(func(store.Reader) error) error) error {
	var children []store.Unit
	if err := part(func(r store.Reader) (err error) {
		children, err = r.Units(above)
		return err
	}); err != nil {
		return err
	}
	h.Units = append(h.Units, children...)
	for _, u := range children {
		if err := h.readUnits(u.Code, part); err != nil {
			return err
		}
	}
	return nil
}

// Under lists the units of some subtrees, in the order of Units.
func (h *House) Under(roots ...store.UnitCode) []store.Unit {
	var out []store.Unit
	for _, u := range h.Units {
		for _, root := range roots {
			if h.Tree.Under(u.Code, root) {
				out = append(out, u)
				break
			}
		}
	}
	return out
}

// Periods lists the periods of every campaign that Plan may have something to
// do for between two instants, with their campaigns.
func (h *House) Periods(from, until time.Time) []Period {
	var out []Period
	for _, c := range h.Campaigns {
		for _, p := range deadline.Live(c, h.Calendar, from, until) {
			out = append(out, Period{p, c})
		}
	}
	return out
}

// Period is a period with its campaign.
type Period struct {
	store.Period
	Of store.Campaign
}
