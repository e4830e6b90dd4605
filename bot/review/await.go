package review

import (
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// awaited sends a registration to its check: "model", or "model.again" when it
// was returned before. With "model.quiet" only who checks it is told; "model.gone"
// takes one that was withdrawn off the list.
func awaited(b *bot.Turn, about string) error {
	id, how, _ := strings.Cut(about, ".")
	m, err := b.Tx.Model(store.ModelID(link.ID(id)))
	if err != nil {
		return err
	}
	switch how {
	case "quiet":
		return turn{b}.retell(m)
	case "gone":
		return turn{b}.relist(m)
	}
	return turn{b}.await(m, how == "again")
}

// await sends a registration to who checks it and says by when an answer is
// due; where nobody checks, it is accepted at once and that is said.
func (t turn) await(m store.Model, again bool) error {
	checker, ok, err := about.Checker(t.Turn, m)
	if err != nil {
		return err
	}
	if !ok {
		if m, err = t.step(m, store.Review{Verdict: store.AcceptVerdict, State: store.Accepted}); err != nil {
			return err
		}
		return t.Offer("register.accepted", text.Args{"Code": m.Code, "Title": m.Title}, about.AfterRegistration(t.Turn, m))
	}

	due, _, err := about.CheckLeft(t.Turn, m)
	if err != nil {
		return err
	}
	buttons := about.AfterRegistration(t.Turn, m)
	if beside(checker, t.Post) {
		buttons = append(buttons, text.Row(text.Green(about.CheckButton(t.Turn, "check.open", "open", m))))
	}
	if err := t.tell(checker, m); err != nil {
		return err
	}
	return t.Offer("register.done", text.Args{
		"Code": m.Code, "Title": m.Title, "Again": again, "Due": text.Weekday(due), "Own": beside(checker, t.Post),
		"Who": text.Capital(t.ShortPostName(checker)),
	}, buttons)
}

// retell tells who checks a model, if anybody does, that it waits.
func (t turn) retell(m store.Model) error {
	checker, ok, err := about.Checker(t.Turn, m)
	if !ok || err != nil {
		return err
	}
	return t.tell(checker, m)
}

// tell tells who checks a model that it waits. Of their own doing people are told
// nothing; their list shows it.
func (t turn) tell(checker store.Post, m store.Model) error {
	for _, p := range t.desk(checker, m) {
		tell := t.tellChecker
		if p.ID == t.Post.ID {
			tell = t.renew
		}
		if err := tell(p); err != nil {
			return err
		}
	}
	return nil
}

// awaitConfirmation sends a completion to who confirms it. Where nobody does
// it stands as it is.
func (t turn) awaitConfirmation(m store.Model) error {
	checker, ok, err := about.Checker(t.Turn, m)
	switch {
	case err != nil:
		return err
	case ok:
		return t.tell(checker, m)
	}
	m.ConfirmedAt = t.Event.At
	_, err = t.step(m, store.Review{Verdict: store.ConfirmVerdict, State: store.Done})
	return err
}

// step records a step of a model's check, and the list of whose task it was shows
// it. Nobody is the one who decides where nobody checks.
func (t turn) step(m store.Model, r store.Review) (store.Model, error) {
	was, err := t.Tx.Model(m.ID)
	if err != nil {
		return m, err
	}
	if err := t.relist(was); err != nil {
		return m, err
	}
	r.At = t.Event.At
	return store.Decide(t.Tx, m, r)
}
