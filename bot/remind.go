package bot

import (
	"errors"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// Reminder is what somebody is told about deadlines, as it stands now.
type Reminder struct {
	// Message is addressed and rendered; without Text there is nothing left to
	// say.
	Message store.Message
	// Dropped says why some of it is not said: what has settled itself since it
	// was planned. Its keys are those of a line of the ledger.
	Dropped map[store.Matter]string
	// Wait says that it is not the moment: the person is in the middle of a
	// form, or cannot be reached. The plan is to be made again.
	Wait bool
}

// Remind looks once more at what a person is to be reminded of, and says it in
// the person's language. It reads tx and writes nothing.
func (b *Bot) Remind(tx store.Tx, now time.Time, to store.PersonID, about []store.Matter) (Reminder, error) {
	p, err := tx.Person(to)
	if errors.Is(err, store.ErrNotFound) {
		return Reminder{Wait: true}, nil
	}
	if err != nil {
		return Reminder{}, err
	}
	known, err := agenda.Known(tx, p)
	if err != nil {
		return Reminder{}, err
	}
	r, err := b.remind(tx, now, p, about)
	r.Wait = known.Unreachable || known.InForm(now)
	return r, err
}

// Again is Remind for a message that waited to be sent: whoever is busy by now
// gets it all the same, because the chat's answers wait behind it.
func (b *Bot) Again(tx store.Tx, now time.Time, m store.Message) (Reminder, error) {
	p, err := tx.PersonAt(m.To)
	if errors.Is(err, store.ErrNotFound) {
		return Reminder{}, nil
	}
	if err != nil {
		return Reminder{}, err
	}
	return b.remind(tx, now, p, m.About)
}

func (b *Bot) remind(tx store.Tx, now time.Time, p store.Person, about []store.Matter) (Reminder, error) {
	t := b.speak(tx, now, p)
	r := Reminder{Dropped: map[store.Matter]string{}}
	var left []matter
	for _, m := range about {
		x, why, err := t.matter(m)
		if err != nil {
			return r, err
		}
		if why != "" {
			r.Dropped[m] = why
			continue
		}
		left = append(left, x)
		r.Message.About = append(r.Message.About, m)
	}
	if len(left) == 0 {
		return r, nil
	}
	m, err := t.reminder(left)
	if err != nil {
		return r, err
	}
	m.To, m.Kind, m.Lane, m.At, m.About = p.Address, store.Send, store.ReminderLane, now, r.Message.About
	r.Message = m
	return r, nil
}

// speak is a turn without an event, for what is said to somebody of the clock's
// or of another person's accord.
func (b *Bot) speak(tx store.Tx, now time.Time, p store.Person) *turn {
	return &turn{Bot: b, tx: tx, person: p, ev: Event{At: now, From: p.Address}, today: store.DateOf(now.In(b.Zone))}
}

// matter is a thing that somebody is reminded of, with the duty behind it.
type matter struct {
	store.Matter
	duty
	deputy bool // the person stands in for the post's holder
}

// matter looks up what is behind a thing, or says why it is none any more.
func (t *turn) matter(m store.Matter) (matter, string, error) {
	post, err := t.tx.Post(m.Post)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return matter{}, "", err
	}
	if !standsFor(post, t.person.ID, t.ev.At) {
		return matter{}, deadline.SkipMoved, nil
	}
	d, ok, err := t.duty(m.Unit, m.Period)
	if err != nil {
		return matter{}, "", err
	}
	if !ok {
		return matter{}, deadline.OwesNothing, nil
	}
	why, over := d.Settled(t.ev.At), !t.ev.At.Before(d.Locked) && m.Rule == deadline.Remind
	switch {
	case why == deadline.OnPaper && m.Rule == deadline.Escalate:
		why = "" // a supervisor is told that it is not confirmed yet
	case why == "" && over:
		why = deadline.SkipLate
	}
	return matter{m, d, post.Holder != t.person.ID}, why, nil
}

// standsFor says whether a person holds a post, or stands in for its holder.
func standsFor(post store.Post, person store.PersonID, now time.Time) bool {
	return person != 0 && (post.Holder == person || post.Deputy == person && (post.DeputyUntil.IsZero() || now.Before(post.DeputyUntil)))
}

// reminder says everything that one person is to be told in one message.
func (t *turn) reminder(about []matter) (store.Message, error) {
	var m store.Message
	say := func(list []matter, tell func(*store.Message, []matter) error) error {
		if len(list) == 0 {
			return nil
		}
		if m.Text != "" {
			m.Text += "\n\n"
		}
		return tell(&m, list)
	}
	rule := func(rules ...string) []matter {
		return slices.DeleteFunc(slices.Clone(about), func(x matter) bool { return !slices.Contains(rules, x.Rule) })
	}
	if err := say(rule(deadline.Remind, deadline.Nudge), t.remindOfficer); err != nil {
		return m, err
	}
	for _, r := range []string{deadline.Escalate, deadline.Vacant, deadline.Unreachable} {
		if err := say(rule(r), func(m *store.Message, list []matter) error { return t.remindAbove(m, r, list) }); err != nil {
			return m, err
		}
	}
	return m, nil
}

// mostDuties is how many reports one reminder names; the others stand in
// /baocao.
const mostDuties = 6

// remindOfficer names what is missing, with a button for each.
func (t *turn) remindOfficer(m *store.Message, list []matter) error {
	missing, err := t.missing(list)
	if err != nil {
		return err
	}
	first := list[0]
	a, err := t.dutyArgs(first.duty)
	if err != nil {
		return err
	}
	a["Missing"], a["Nudge"] = markup(missing.text), first.Rule == deadline.Nudge
	at := dutyKey(first.duty)
	var buttons []store.Button
	if missing.stale > 0 {
		buttons = append(buttons, t.button("remind.update", pressReport+"models."+at, args{"Count": missing.stale}))
	}
	if len(list) == 1 {
		m.Text += t.text("remind.single", a)
		buttons = append(buttons, green(t.button("report.send", pressReport+"send."+at+"."+ref(first.revision()), nil)))
		if !missing.happened {
			buttons = append(buttons, t.button("report.nothing", pressReport+"nothing."+at+"."+ref(first.revision()), nil))
		}
	} else {
		if a["Lines"], err = t.dutyLines(list); err != nil {
			return err
		}
		a["Count"], a["More"] = len(list), max(0, len(list)-mostDuties)
		m.Text += t.text("remind.several", a)
		for i, x := range list[:min(len(list), mostDuties)] {
			buttons = append(buttons, green(t.button("remind.report", pressReport+"show."+dutyKey(x.duty), args{"N": i + 1})))
		}
	}
	buttons = append(buttons, t.button("remind.later", pressReport+"later."+at, nil))
	if len(list) == 1 {
		buttons = append(buttons, t.button("report.paper", pressReport+"paper."+at+"."+ref(first.revision()), nil))
	}
	if !first.deputy {
		buttons = append(buttons, t.button("remind.deputy", pressDeputy+"who."+inButton(first.Unit), nil))
	}
	buttons = append(buttons, t.button("remind.why", pressReport+"why."+at, nil))
	m.Buttons = append(m.Buttons, inPairs(buttons)...)
	return nil
}

// dutyLines lists reports with the days that are left for each.
func (t *turn) dutyLines(list []matter) (markup, error) {
	var lines []args
	for i, x := range list[:min(len(list), mostDuties)] {
		a, err := t.dutyArgs(x.duty)
		if err != nil {
			return "", err
		}
		a["N"] = i + 1
		lines = append(lines, a)
	}
	return t.lines("remind.line", lines), nil
}

// missing says what a person's units still owe, in words.
type missing struct {
	text     string
	stale    int  // models that nothing was heard of in the period
	happened bool // something is known to have happened in the period
}

func (t *turn) missing(list []matter) (missing, error) {
	var out missing
	seen := map[store.ModelID]bool{}
	since := list[0].duty.Period.From
	for _, x := range list {
		heads, err := t.stale(x.duty)
		if err != nil {
			return out, err
		}
		for _, h := range heads {
			seen[h.ID] = true
		}
		if x.duty.Period.From.Before(since) {
			since = x.duty.Period.From
		}
		if len(list) == 1 {
			if out.happened, err = t.happened(x.duty); err != nil {
				return out, err
			}
		}
	}
	out.stale = len(seen)
	out.text = t.text("remind.missing", args{"Stale": out.stale, "Since": since, "Reports": len(list)})
	return out, nil
}
