package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// summary answers /tonghop: the figures of the post's scope for the period
// that is worked on now.
func (t *turn) summary() error {
	b, ok, err := t.newBoard(t.post.Unit)
	if err != nil {
		return err
	}
	if !ok {
		err = t.tell("summary.no_campaign", nil)
	} else {
		err = t.openBoard(b)
	}
	if err != nil {
		return err
	}
	return t.again()
}

// newBoard is a board of a unit for the period that is worked on now; false
// where no campaign binds the unit.
func (t *turn) newBoard(unit store.UnitCode) (store.Board, bool, error) {
	c, ok, err := t.counted(unit)
	if err != nil || !ok {
		return store.Board{}, false, err
	}
	b := store.Board{Unit: unit, Campaign: c.ID, AsOf: t.ev.At}
	p, ok, err := t.currentPeriod(c)
	if ok {
		b.Period = p.ID
	}
	return b, true, err
}

// counted is the campaign whose figures a unit looks at now: the one that runs,
// unless the reports of one before it, of the same unit, still come in; where
// none runs any more the one that ended last.
func (t *turn) counted(unit store.UnitCode) (store.Campaign, bool, error) {
	best, ok, err := t.campaign(unit)
	if err != nil {
		return best, ok, err
	}
	all, err := t.tx.Campaigns()
	if err != nil {
		return best, ok, err
	}
	runs := ok
	for _, c := range all {
		over, err := t.over(c)
		if err != nil {
			return best, ok, err
		}
		if !c.To.Before(t.today) || runs && (over || c.Unit != best.Unit) || ok && !runs && !best.To.Before(c.To) {
			continue
		}
		if binds, err := above(t.tx, c.Unit, unit); err != nil {
			return best, ok, err
		} else if binds {
			best, ok = c, true
		}
	}
	return best, ok, nil
}

// over says whether a campaign has ended and its last reports are closed.
func (t *turn) over(c store.Campaign) (bool, error) {
	cal, err := t.calendar()
	return c.To.Before(t.today) && len(deadline.Current(c, cal, t.ev.At)) == 0, err
}

// currentPeriod is the period of a campaign that is worked on now: of several
// the one that is due first. Of a campaign that is over it is the last one.
func (t *turn) currentPeriod(c store.Campaign) (store.Period, bool, error) {
	cal, err := t.calendar()
	if err != nil {
		return store.Period{}, false, err
	}
	all := deadline.Current(c, cal, t.ev.At)
	if over := deadline.Periods(c, cal, c.To, c.To); len(all) == 0 && c.To.Before(t.today) && len(over) > 0 {
		return over[len(over)-1], true, nil
	}
	if len(all) == 0 {
		return store.Period{}, false, nil
	}
	return slices.MinFunc(all, func(a, b store.Period) int { return a.Due.Compare(b.Due) }), true, nil
}

// span is a campaign's period that a board can show; without an id it is the
// year of the instant.
type span struct {
	campaign store.Campaign
	period   store.Period
}

// mark is what the button of a period says: ids are too long for it.
func (p span) mark() string {
	sum := sha256.Sum256([]byte(string(p.campaign.ID) + "\x00" + string(p.period.ID)))
	return hex.EncodeToString(sum[:5])
}

// spans lists the periods that a unit can be shown for, the latest first: those
// that began within two years before an instant, of every campaign that binds
// the unit, one above it or one below.
func spans(r store.Reader, b *Bot, unit store.UnitCode, at store.Date) ([]span, error) {
	cal, err := b.book.Calendar(r)
	if err != nil {
		return nil, err
	}
	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, err
	}
	var out []span
	for _, c := range campaigns {
		ok, err := binds(r, c.Unit, unit)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if len(c.Rules) == 0 && !at.Before(c.From) {
			out = append(out, span{campaign: c})
		}
		for _, p := range deadline.Periods(c, cal, at.AddDays(-2*365), at) {
			out = append(out, span{c, p})
		}
	}
	slices.SortStableFunc(out, func(a, b span) int { return b.period.To.Compare(a.period.To) })
	return out, nil
}

// binds says whether one unit is the other, above it or below it.
func binds(r store.Reader, a, b store.UnitCode) (bool, error) {
	up, err := above(r, a, b)
	if err != nil || up {
		return up, err
	}
	return above(r, b, a)
}

// above says whether a unit is at or over another; "" is above every unit.
func above(r store.Reader, top, unit store.UnitCode) (bool, error) {
	for {
		if unit == top || top == "" {
			return true, nil
		}
		if unit == "" {
			return false, nil
		}
		u, err := r.Unit(unit)
		if err != nil {
			return false, err
		}
		unit = u.Parent
	}
}

// periods offers the periods that the board can show.
func (s *screen) periods(ctx context.Context, page int) (string, [][]store.Button, error) {
	var all []span
	err := s.Store.View(ctx, func(r store.Reader) (err error) {
		all, err = spans(r, s.Bot, s.of.Unit, s.today)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	several := slices.ContainsFunc(all, func(p span) bool { return p.campaign.ID != all[0].campaign.ID })
	page, from, to, of := pages(len(all), boardPage, page)
	var list rows
	for _, p := range all[from:to] {
		name := s.plain("summary.year", args{"Year": year(s.today.Year)})
		if p.period.ID != "" {
			name = capital(s.say.PeriodName(p.period))
		}
		key := "summary.period"
		if p.campaign.ID == s.of.Campaign && p.period.ID == s.of.Period {
			key = "summary.period_now"
		}
		a := args{"Name": name, "Document": ""}
		if several {
			a["Document"] = p.campaign.Document
		}
		list.add(s.press(key, a, doPeriod, p.mark()))
	}
	buttons := inPairs(list.list)
	if of > 1 {
		buttons = append(buttons, s.turner(page, of, screenWhen))
	}
	return s.text("summary.pick", nil), append(buttons, s.back("board.back", screenFront)), nil
}

// pickPeriod shows the board's unit for another period, in a message of its
// own when the board is a digest: that one stays what it is.
func (t *turn) pickPeriod(b store.Board, mark string) error {
	all, err := spans(t.tx, t.Bot, b.Unit, store.DateOf(b.AsOf.In(t.Zone)))
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.mark() != mark {
			continue
		}
		other := store.Board{Unit: b.Unit, Campaign: p.campaign.ID, Period: p.period.ID, AsOf: t.ev.At}
		if b.Digest {
			if err := t.turnBoard(b, screenFront); err != nil {
				return err
			}
			return t.openBoard(other)
		}
		b.Campaign, b.Period, b.AsOf, b.Since = other.Campaign, other.Period, other.AsOf, other.Since
		return t.turnBoard(b, screenFront)
	}
	return t.toast("board.old", nil)
}

// findUnit asks for a unit by name.
func (t *turn) findUnit(b store.Board) error {
	return t.begin(forms.WhereID, func(s *store.Session) { s.Subject = uint64(b.ID) })
}

// submitWhere shows the figures of the unit that was asked for, of the period
// of the board that the question came from.
func (t *turn) submitWhere(s store.Session) error {
	unit := store.UnitCode(flows.Key(&s, "unit"))
	ok, err := t.reaches(unit)
	if err != nil {
		return err
	}
	if !ok || !t.may(viewFigures) {
		return t.refuse(viewFigures)
	}
	b, found, err := t.newBoard(unit)
	if err != nil {
		return err
	}
	if from, err := t.tx.Board(store.BoardID(s.Subject)); err == nil {
		b.Campaign, b.Period, found = from.Campaign, from.Period, true
	}
	if !found {
		return t.tell("summary.no_campaign", nil)
	}
	return t.openBoard(b)
}
