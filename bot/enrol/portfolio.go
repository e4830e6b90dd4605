package enrol

import (
	"context"
	"fmt"

	"danvan/bot"
	"danvan/bot/roster"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/org"
)

// Watching is what a seat looks after, in codes and in words. With Fault, a key of the
// catalogue, what was wished could not be read, and nothing was changed.
type Watching struct {
	Seat  store.Post
	Words string
	Fault string
	Args  map[string]any
}

// Portfolio says what a seat looks after, in a language. Parts, units and fields of work
// by names or codes, are what it is to look after from now on; nil leaves it as it is, and
// none at all gives it the whole subtree.
func Portfolio(ctx context.Context, b *bot.Bot, id store.PostID, parts []string, lang string, by store.Audit) (out Watching, err error) {
	err = b.Store.Update(ctx, func(tx store.Tx) error {
		today := store.DateOf(by.At.In(b.Zone))
		o, err := b.Book().OrgOn(tx, today)
		if err != nil {
			return err
		}
		campaigns, err := tx.Campaigns()
		if err != nil {
			return err
		}
		seat, ok := o.Seat(id)
		if !ok {
			return fmt.Errorf("%q: %w", id, ErrNoSeat)
		}

		out = Watching{Seat: seat}
		if parts != nil {
			p, key, args := roster.NewReader(o, today, campaigns, nil).Portfolio(seat.Unit, parts)
			if out.Fault, out.Args = key, args; key != "" {
				return nil
			}
			if out.Seat.Portfolio = p; !p.Equal(seat.Portfolio) {
				if err := setPortfolio(tx, out.Seat, by); err != nil {
					return err
				}
			}
		}
		out.Words = portfolioWords(o, b.Voice(lang), campaigns, out.Seat.Portfolio)
		return nil
	})
	return out, err
}

// portfolioWords names the units and fields of a portfolio; "" of one that is whole.
func portfolioWords(o *org.Org, v text.Voice, campaigns []store.Campaign, p store.Portfolio) string {
	v.Units = o.Unit
	units, fields := make([]text.Args, len(p.Units)), make([]text.Args, len(p.Fields))
	for i, code := range p.Units {
		units[i] = text.Args{"Name": v.UnitName(code)}
	}
	for i, key := range p.Fields {
		fields[i] = text.Args{"Name": fieldName(campaigns, key, v.Lang)}
	}
	return v.Plain("portfolio.words", text.Args{"Units": v.Listed("portfolio.part", units), "Fields": v.Listed("portfolio.part", fields)})
}

// fieldName names a field of work as the first campaign does that has it.
func fieldName(campaigns []store.Campaign, key, lang string) string {
	for _, c := range campaigns {
		for _, f := range c.Fields {
			if f.Key == key {
				return f.Label.In(lang)
			}
		}
	}
	return key
}
