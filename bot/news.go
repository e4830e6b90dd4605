package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// news is what has happened to the reports of a period, for every subtree.
type news struct {
	house *agenda.House
	sum   map[store.UnitCode]uint64    // changes with every change
	at    map[store.UnitCode]time.Time // of the last change
}

// readNews reads the news of the periods of some boards, each in a transaction
// of its own.
func (b *Bot) readNews(ctx context.Context, boards []store.Board, now time.Time) (map[store.PeriodID]*news, error) {
	h, err := b.book.Refresh(ctx, b.Store)
	if err != nil {
		return nil, err
	}
	out := map[store.PeriodID]*news{}
	for _, board := range boards {
		if out[board.Period] != nil {
			continue
		}
		n := &news{h, map[store.UnitCode]uint64{}, map[store.UnitCode]time.Time{}}
		out[board.Period] = n
		err := b.Store.View(ctx, func(r store.Reader) error {
			c, err := r.Campaign(board.Campaign)
			if errors.Is(err, store.ErrNotFound) {
				return nil // there is no more to hear of it
			}
			if err != nil {
				return err
			}
			p, ok := deadline.ByID(c, h.Calendar, board.Period)
			if !ok {
				return nil
			}
			list, err := h.Obligations(r, agenda.Period{Period: p, Of: c}, now, h.Units)
			for _, o := range list {
				n.add(o)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// add tells the news of a unit to those above it.
func (n *news) add(o deadline.Obligation) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s", o.Unit, o.State)
	var last time.Time
	happened := func(at time.Time) {
		if fmt.Fprintf(h, " %d", at.UnixNano()); at.After(last) {
			last = at
		}
	}
	if r := o.Report; r != nil {
		fmt.Fprintf(h, " %d", r.Revision)
		happened(r.SubmittedAt)
		happened(r.WithdrawnAt)
	}
	for _, e := range []*store.Exception{o.Extension, o.Exemption} {
		if e != nil {
			happened(e.At)
		}
	}
	tell := func(unit store.UnitCode) {
		n.sum[unit] += h.Sum64()
		if last.After(n.at[unit]) {
			n.at[unit] = last
		}
	}
	tell("")
	for unit := range n.house.Tree.Up(o.Unit) {
		tell(unit)
	}
}

// roots are the units whose subtrees a board is of.
func (n *news) roots(b store.Board) []store.UnitCode {
	if units := n.house.Posts[b.Post].Portfolio.Units; len(units) > 0 {
		return units
	}
	return []store.UnitCode{b.Unit}
}

// stamp changes with everything that happens to the reports of a board.
func (n *news) stamp(b store.Board) string {
	sum := uint64(1)
	for _, root := range n.roots(b) {
		sum += n.sum[root]
	}
	return strconv.FormatUint(sum, 36)
}

// last is when something happened to them the last time.
func (n *news) last(b store.Board) time.Time {
	var out time.Time
	for _, root := range n.roots(b) {
		if at := n.at[root]; at.After(out) {
			out = at
		}
	}
	return out
}
