package review

import (
	"maps"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// accept takes a registration in and shows what waits next.
func (t turn) accept(m store.Model) error {
	m, err := t.decide(m, store.Review{Verdict: store.AcceptVerdict, State: store.Accepted})
	if err != nil {
		return err
	}
	if err := t.tellAccepted(m); err != nil {
		return err
	}
	return t.showNext(registrationTask.of(m), t.did("check.accepted", m, true), true)
}

// confirm says that a completion is one.
func (t turn) confirm(m store.Model) error {
	m.ConfirmedAt = t.Event.At
	m, err := t.decide(m, store.Review{Verdict: store.ConfirmVerdict, State: store.Done})
	if err != nil {
		return err
	}
	if err := t.tellAccepted(m); err != nil {
		return err
	}
	return t.showNext(completionTask.of(m), t.did("check.confirmed", m, true), true)
}

// did is what was done with a model, as it stands above what comes next; told
// reports whether somebody holds the post that was to be told.
func (t turn) did(key string, m store.Model, told bool) text.Markup {
	return text.Markup(t.Text(key, text.Args{"Title": m.Title, "Code": m.Code, "Told": told}))
}

// decide records what the person decided.
func (t turn) decide(m store.Model, r store.Review) (store.Model, error) {
	r.By, r.Post = t.Person.ID, t.Post.ID
	return t.step(m, r)
}

// inOrder puts fields into the order of their form.
func inOrder(f *flows.Form, fields []string) []string {
	var out []string
	for _, st := range f.Steps {
		for _, field := range fields {
			if field == st.Field {
				out = append(out, field)
			}
		}
	}
	return out
}

// giveBack returns a registration to be completed. Its officer gets the reason
// as it was written, and one button that opens the questions at fault.
func (t turn) giveBack(m store.Model, reason string, fields []string) error {
	m.Checker, m.Amended = t.Post.ID, nil // what is answered anew from now on, the return asked for
	m, err := t.decide(m, store.Review{Verdict: store.ReturnVerdict, Reason: reason, Fields: fields, State: store.Returned})
	if err != nil {
		return err
	}

	a := text.Args{"Reason": reason, "Fields": len(fields)}
	told, err := t.tellOfficer(m, "returned.card", a, func(to *bot.Turn) (text.Args, []store.Button) {
		return text.Args{"Names": about.Questions(to, fields)}, text.Row(text.Green(about.ResubmitButton(to, m, len(fields))))
	})
	if err != nil {
		return err
	}
	return t.showNext(registrationTask.of(m), t.did("check.returned", m, told), false)
}

// reject refuses a registration for good.
func (t turn) reject(m store.Model, reason string) error {
	m, err := t.decide(m, store.Review{Verdict: store.RejectVerdict, Reason: reason, State: store.Rejected})
	if err != nil {
		return err
	}

	told, err := t.tellOfficer(m, "rejected.card", text.Args{"Reason": reason}, func(to *bot.Turn) (text.Args, []store.Button) {
		return nil, text.Row(about.CardButton(to, m), to.Button("button.register", link.Register.To(), nil))
	})
	if err != nil {
		return err
	}
	return t.showNext(registrationTask.of(m), t.did("check.rejected", m, told), false)
}

// reopen takes back a completion that is none yet: the model is under way.
func (t turn) reopen(m store.Model, reason string) error {
	m.Reason, m.Remark = "", ""
	m, err := t.decide(m, store.Review{Verdict: store.ReturnVerdict, Reason: reason, State: store.Doing})
	if err != nil {
		return err
	}

	told, err := t.tellOfficer(m, "unfinished.card", text.Args{"Reason": reason}, func(to *bot.Turn) (text.Args, []store.Button) {
		return nil, text.Row(text.Green(to.Button("button.update", link.Update.To(link.Ref(m.ID)), nil)), about.CardButton(to, m))
	})
	if err != nil {
		return err
	}
	return t.showNext(completionTask.of(m), t.did("check.reopened", m, told), false)
}

// agree makes a change that was proposed: from now on it counts, and the review
// says who agreed and to what.
func (t turn) agree(m store.Model) error {
	changes := about.Proposed(t.Turn, m)
	if err := t.Follow(link.Adopt, link.Ref(m.ID)); err != nil {
		return err
	}
	m, err := t.Tx.Model(m.ID)
	if err != nil {
		return err
	}
	if m, err = t.decide(m, store.Review{Verdict: store.AgreeVerdict, Fields: about.ChangedFields(changes), State: m.State}); err != nil {
		return err
	}

	told, err := t.tellOfficer(m, "agreed.card", nil, func(to *bot.Turn) (text.Args, []store.Button) {
		return text.Args{"Names": about.Questions(to, about.ChangedFields(changes))}, text.Row(about.CardButton(to, m))
	})
	if err != nil {
		return err
	}
	return t.showNext(proposalTask.of(m), t.did("check.agreed", m, told), true)
}

// decline leaves the registration as it is, and says why.
func (t turn) decline(m store.Model, reason string) error {
	m.Proposal = store.Proposal{}
	m, err := t.decide(m, store.Review{Verdict: store.DeclineVerdict, Reason: reason, State: m.State})
	if err != nil {
		return err
	}

	told, err := t.tellOfficer(m, "declined.card", text.Args{"Reason": reason}, func(to *bot.Turn) (text.Args, []store.Button) {
		return nil, text.Row(about.CardButton(to, m), to.Button("button.propose", link.Amend.To(link.Ref(m.ID)), nil))
	})
	if err != nil {
		return err
	}
	return t.showNext(proposalTask.of(m), t.did("check.declined", m, told), false)
}

// tellOfficer tells the officer of a model what was decided, and by whom; false
// when nobody holds the post, or nothing reaches them.
func (t turn) tellOfficer(m store.Model, key string, a text.Args, more func(*bot.Turn) (text.Args, []store.Button)) (told bool, err error) {
	to, ok, err := about.Holder(t.Turn, m.Post)
	if !ok || err != nil {
		return false, err
	}
	who, err := about.Who(to, t.Person.ID, t.Post.ID)
	if err != nil {
		return false, err
	}
	all := text.Args{"Title": m.Title, "Code": m.Code, "Who": text.Capital(who)}
	extra, buttons := more(to)
	maps.Copy(all, a)
	maps.Copy(all, extra)
	return to.Person.Unreachable.IsZero(), to.Offer(key, all, [][]store.Button{buttons})
}
