package review

import (
	"cmp"
	"context"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/org"
	"danvan/store/reporting"
)

// A coordinator has one list a day of what waits. It stands in the chat and is
// edited as things come and go. What it says is made when it goes out: an edit that
// waits shows what happens until then, so that there is never more than one.

// listEvery is how long a list stays as it is at least while things come.
const listEvery = 15 * time.Second

// listUnits is how many units a line of a list names.
const listUnits = 4

// list returns a turn that speaks to the holder of a post, and the post's list in
// that chat; false where nobody holds it.
func (t turn) list(p store.Post) (to turn, n store.Notice, held bool, err error) {
	holder, held, err := about.Holder(t.Turn, p.ID)
	if !held || err != nil {
		return t, n, false, err
	}
	to = turn{holder}
	n, err = to.notice("check/" + string(p.ID))
	if n.At.Sub(t.Event.At) > store.Quiet { // no edit waits so long: the clock was ahead
		n.At = t.Event.At
	}
	return to, n, true, err
}

// tellChecker tells a post that something waits for it: in the list of the day. The
// first of a day begins a new one, and the one before loses its button.
func (t turn) tellChecker(p store.Post) error {
	to, n, held, err := t.list(p)
	var m store.Message
	switch {
	case !held || err != nil:
		return err
	case n.Day == t.Today && n.At.After(t.Event.At):
		return nil // an edit waits already
	case n.Day == t.Today:
		m.Due = n.At.Add(listEvery)
	case n.Message != 0:
		if err := to.tidy(store.Message{Target: store.Target{Message: n.Message}}); err != nil {
			return err
		}
		n.Message = 0
	}

	n.Day, n.At = t.Today, t.Event.At
	if m.Due.After(n.At) {
		n.At = m.Due
	}
	m.Make = to.made(n.At)
	return to.put(n, m)
}

// beside reports whether a post is one of those that check what another does: it is
// that one, or a seat of the same role in the same unit.
func beside(checker, post store.Post) bool {
	return checker.Unit == post.Unit && checker.Role == post.Role
}

// desk lists the posts that somebody holds and that check a model together with one.
func (t turn) desk(checker store.Post, m store.Model) []store.Post {
	return slices.DeleteFunc(t.Org.SeatsOf(checker.Unit, checker.Role), func(p store.Post) bool {
		return p.Holder == 0 || !t.Org.Covers(p, m)
	})
}

// made refers to the list of the turn's post at an instant.
func (t turn) made(at time.Time) *store.Make {
	return &store.Make{Kind: store.Waits, Post: t.Post.ID, AsOf: at, Language: t.Lang}
}

// relist brings the list of who checks a model up to date.
func (t turn) relist(m store.Model) error {
	checker, ok, err := about.Checker(t.Turn, m)
	if !ok || err != nil {
		return err
	}
	for _, p := range t.desk(checker, m) {
		if err := t.renew(p); err != nil {
			return err
		}
	}
	return nil
}

// renew brings the list of a post up to date after something else than news of it:
// once the chat is quiet, and only if the list still stands there.
func (t turn) renew(checker store.Post) error {
	to, n, held, err := t.list(checker)
	if !held || err != nil || n.Message == 0 || n.At.After(t.Event.At) {
		return err
	}
	n.At = t.Event.At.Add(store.Quiet)
	if err := to.tidy(store.Message{Target: store.Target{Message: n.Message}, Make: to.made(n.At)}); err != nil {
		return err
	}
	return t.Tx.PutNotice(n)
}

// tidy changes the message of a list when its chat is quiet.
func (t turn) tidy(m store.Message) error {
	m.To = t.Event.From
	_, err := t.Tx.Enqueue(m.Tidy(t.Event.At))
	return err
}

// waitingList writes the list that a message refers to: what waits by now.
func waitingList(ctx context.Context, b *bot.Bot, m store.Message) (store.Message, error) {
	v, day := b.Voice(m.Make.Language), store.DateOf(m.Make.AsOf.In(b.Zone))
	v.Limits = b.Limits(m.To.Channel)
	var waits map[taskKind][]store.UnitCode
	err := b.Store.View(ctx, func(r store.Reader) error {
		o, err := b.Book().OrgOn(r, day)
		if err != nil {
			return err
		}
		post, _ := o.Seat(m.Make.Post)
		v.Units, waits = o.Unit, map[taskKind][]store.UnitCode{}
		return eachTask(r, o, post, func(m store.Model) { waits[waitsAs(m)] = append(waits[waitsAs(m)], m.Unit) })
	})
	if err != nil {
		return m, err
	}

	m.Text = v.Text("notice.list", text.Args{"Day": day, "Lines": listLines(v, waits)})
	if m.Buttons = nil; len(waits) > 0 {
		m.Buttons = [][]store.Button{text.Row(text.Green(v.Button("check.look", link.Check.To("list."), nil)))}
	}
	return m, nil
}

// listLines says how many registrations, completions and changes wait, and of
// which units.
func listLines(v text.Voice, waits map[taskKind][]store.UnitCode) text.Markup {
	var lines []text.Args
	for _, kind := range []taskKind{registrationTask, completionTask, proposalTask} {
		if of := waits[kind]; len(of) > 0 {
			units, more := countedUnits(v, of)
			lines = append(lines, text.Args{"Count": len(of), "State": kind.String(), "Units": units, "More": more})
		}
	}
	return v.Lines("notice.line", lines)
}

// countedUnits names the units of some models, those with the most first, and
// says how many more there are.
func countedUnits(v text.Voice, of []store.UnitCode) (named text.Markup, more int) {
	counts, units := map[store.UnitCode]int{}, []store.UnitCode{}
	for _, code := range of {
		if counts[code]++; counts[code] == 1 {
			units = append(units, code)
		}
	}
	slices.SortStableFunc(units, func(a, b store.UnitCode) int { return cmp.Compare(counts[b], counts[a]) })
	list := make([]text.Args, 0, listUnits)
	for _, code := range units[:min(len(units), listUnits)] {
		list = append(list, text.Args{"Unit": v.UnitName(code), "Count": counts[code]})
	}
	return v.Listed("notice.unit", list), len(units) - len(list)
}

// eachTask goes through the models that wait for a post. A model is the task of one
// post only: of the coordinator nearest to its unit, or of the one that returned it.
func eachTask(r store.Reader, o *org.Org, post store.Post, take func(store.Model)) error {
	q := store.ModelQuery{In: o.Scope(post), Fields: post.Portfolio.Fields}
	return reporting.EachUnchecked(r, o, q, func(m store.Model, checker store.Post) error {
		if beside(checker, post) {
			take(m)
		}
		return nil
	})
}
