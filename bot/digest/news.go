package digest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// news is what has happened to the reports of a period, for every subtree.
type news struct {
	set *reporting.Setting
	sum map[store.UnitCode]uint64    // changes with every change
	at  map[store.UnitCode]time.Time // of the last change
}

// readNews reads the news of the periods of some boards, each in a transaction
// of its own.
func readNews(ctx context.Context, b *bot.Bot, boards []store.Board, now time.Time) (map[store.PeriodID]*news, error) {
	set, err := reporting.Now(ctx, b.Store, b.Book(), now)
	if err != nil {
		return nil, err
	}
	out := map[store.PeriodID]*news{}
	for _, board := range boards {
		if out[board.Period] != nil {
			continue
		}

		n := &news{set, map[store.UnitCode]uint64{}, map[store.UnitCode]time.Time{}}
		out[board.Period] = n
		err := b.Store.View(ctx, func(r store.Reader) error { return n.read(r, board, now) })
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// read reads the news of a board's period. There is no more to hear of one that
// is gone.
func (n *news) read(r store.Reader, board store.Board, now time.Time) error {
	c, err := n.set.Campaign(board.Campaign)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p, ok := deadline.ByID(c, n.set.Calendar, board.Period)
	if !ok {
		return nil
	}

	list, err := n.set.Obligations(r, reporting.Period{Period: p, Of: c}, now, nil)
	for _, o := range list {
		n.add(o)
	}
	return err
}

// add tells the news of a unit to those above it.
func (n *news) add(o deadline.Obligation) {
	all := fmt.Appendf(nil, "%s %s", o.Unit, o.State)
	var last time.Time
	happened := func(at time.Time) {
		if all = fmt.Appendf(all, " %d", at.UnixNano()); at.After(last) {
			last = at
		}
	}
	if r := o.Report; r != nil {
		all = fmt.Appendf(all, " %d", r.Revision)
		happened(r.SubmittedAt)
		happened(r.WithdrawnAt)
	}
	for _, e := range []*store.Exception{o.Extension, o.Exemption} {
		if e != nil {
			happened(e.At)
		}
	}

	h := fnv.New64a()
	h.Write(all)
	tell := func(unit store.UnitCode) {
		n.sum[unit] += h.Sum64()
		if last.After(n.at[unit]) {
			n.at[unit] = last
		}
	}
	tell("")
	for u := range n.set.Org.Up(o.Unit) {
		tell(u.Code)
	}
}

// roots are the units whose subtrees a board is of.
func (n *news) roots(b store.Board) []store.UnitCode {
	if post, _ := n.set.Org.Seat(b.Post); len(post.Portfolio.Units) > 0 {
		return post.Portfolio.Units
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
