package bot

import (
	"errors"
	"slices"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/gather"
)

// nudged is the rule of the ledger under which a person had units reminded.
const nudged = "nudge"

// remindMissing reminds the officers of the units whose report is missing, or of one
// of them, at somebody's wish: each unit once a day, whoever asks. It says what
// it did.
func (t *turn) remindMissing(b store.Board, one store.UnitCode) error {
	if !t.may(watchReports) {
		return t.toast("press.not_yours", nil)
	}
	f, err := gather.ReadFrame(t.tx, gather.Of(*boardMake(b, t.post, t.lang()), gather.Alone, t.Zone, answer.Metrics()).AsAt(t.ev.At))
	if errors.Is(err, store.ErrNotFound) {
		return t.toast("board.gone", nil)
	}
	if err != nil {
		return err
	}
	missing := f.Missing()
	if one != "" {
		missing = slices.DeleteFunc(missing, func(o deadline.Obligation) bool { return o.Unit != one })
	}
	if len(missing) > mostNudged {
		return t.toast("nudge.too_many", args{"Most": mostNudged})
	}
	var did nudges
	for _, o := range missing {
		if err := t.nudgeUnit(&did, f, o); err != nil {
			return err
		}
	}
	if _, err := t.send(store.Message{Text: t.nudgeText(&did, f)}); err != nil {
		return err
	}
	return t.record("period/"+string(b.Period), nudged, "units", nil, did.told)
}

// nudges are the units by what became of the wish to remind them.
type nudges struct{ told, already, nobody []store.UnitCode }

// nudgeUnit reminds a unit's officer, once a day.
func (t *turn) nudgeUnit(did *nudges, f *gather.Frame, o deadline.Obligation) error {
	who, held, err := officerOf(t.tx, o.Unit)
	if err != nil {
		return err
	}
	if !held || !who.Unreachable.IsZero() || o.Report != nil && o.Report.Paper && o.Report.WithdrawnAt.IsZero() {
		did.nobody = append(did.nobody, o.Unit)
		return nil
	}
	line := store.Sent{
		Rule: nudged, Period: o.Period.ID, Person: who.ID, Step: t.today.String() + "/" + string(o.Unit),
		At: t.ev.At, Due: t.ev.At, Units: []store.UnitCode{o.Unit},
	}
	if _, err := t.tx.Sent(line.Rule, line.Period, line.Person, line.Step); err == nil {
		did.already = append(did.already, o.Unit)
		return nil
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	v := t.voice(who.Language)
	text, err := t.textFor(v, "nudge.officer", args{
		"By": t.post, "Unit": inSentence(f.Tree[o.Unit]), "Period": t.figuresVoice(v.lang).PeriodName(o.Period), "Due": weekday(f.Calendar.Day(o.Due)),
	})
	if err != nil {
		return err
	}
	line.Message, err = t.tx.Enqueue(store.Message{
		To: who.Address, Kind: store.Send, Lane: store.ReminderLane, Text: text, At: t.ev.At,
		Key: nudged + "/" + string(line.Period) + "/" + line.Step,
	})
	if err != nil {
		return err
	}
	did.told = append(did.told, o.Unit)
	return t.tx.AddSent(line)
}

// nudgeText says who was reminded, who had been, and who could not be.
func (t *turn) nudgeText(did *nudges, f *gather.Frame) string {
	names := func(list []store.UnitCode) string {
		out := ""
		for i, code := range list {
			if i > 0 {
				out += ", "
			}
			out += inSentence(f.Tree[code])
		}
		return out
	}
	return t.text("nudge.done", args{
		"Told": len(did.told), "Already": len(did.already), "Nobody": len(did.nobody),
		"Names": names(did.told), "AlreadyNames": names(did.already), "NobodyNames": names(did.nobody),
	})
}
