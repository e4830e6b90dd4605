package digest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

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

// spansBack is for how many days back other periods are offered.
const spansBack = 2 * 365

// spans lists the periods that a unit can be shown for, the latest first: those
// that began within two years before an instant, of every campaign that binds
// the unit, one above it or one below.
func spans(set *reporting.Setting, unit store.UnitCode, at store.Date) []span {
	var out []span
	for _, c := range set.Campaigns {
		if !set.Org.Binds(c.Unit, unit) {
			continue
		}
		if len(c.Rules) == 0 && !at.Before(c.From) {
			out = append(out, span{campaign: c})
		}
		for _, p := range deadline.Periods(c, set.Calendar, at.AddDays(-spansBack), at) {
			out = append(out, span{c, p})
		}
	}
	slices.SortStableFunc(out, func(a, b span) int { return b.period.To.Compare(a.period.To) })
	return out
}

// periods offers the periods that the board can show.
func (s *screen) periods(ctx context.Context, page int) (store.Message, error) {
	set, err := reporting.Now(ctx, s.bot.Store, s.bot.Book(), s.of.AsOf)
	if err != nil {
		return store.Message{}, err
	}
	all := spans(set, s.of.Unit, s.today)

	several := slices.ContainsFunc(all, func(p span) bool { return p.campaign.ID != all[0].campaign.ID })
	at := text.PageOf(len(all), text.ListPage, page)
	var list []store.Button
	for _, p := range all[at.From:at.To] {
		name := s.Plain("summary.year", text.Args{"Year": text.Year(s.today.Year)})
		if p.period.ID != "" {
			name = text.Capital(s.say.PeriodName(p.period))
		}
		key := "summary.period"
		if p.campaign.ID == s.of.Campaign && p.period.ID == s.of.Period {
			key = "summary.period_now"
		}
		a := text.Args{"Name": name, "Document": ""}
		if several {
			a["Document"] = p.campaign.Document
		}
		list = append(list, s.press(key, a, doPeriod, p.mark()))
	}

	buttons := append(s.InPairs(s.fitting(list...)), s.pager(at, screenWhen)...)
	return store.Message{Text: s.Text("summary.pick", nil), Buttons: append(buttons, text.Row(s.back()))}, nil
}

// pickPeriod shows the board's unit for another period, in a message of its
// own when the board is a digest: that one stays what it is.
func (t turn) pickPeriod(b store.Board, mark string) error {
	set, err := t.Setting()
	if err != nil {
		return err
	}
	all := spans(set, b.Unit, t.Day(b.AsOf))
	i := slices.IndexFunc(all, func(p span) bool { return p.mark() == mark })
	if i < 0 {
		return t.Toast("board.old", nil)
	}

	other := store.Board{Unit: b.Unit, Campaign: all[i].campaign.ID, Period: all[i].period.ID, AsOf: t.Event.At}
	if b.Digest {
		if err := t.turnBoard(b, screenFront); err != nil {
			return err
		}
		return t.show(other)
	}
	b.Campaign, b.Period, b.AsOf, b.Since = other.Campaign, other.Period, other.AsOf, other.Since
	return t.turnBoard(b, screenFront)
}
