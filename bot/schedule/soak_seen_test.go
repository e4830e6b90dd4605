package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// seen is what the soak saw, to compare with later.
type seen struct {
	turns, models, downtimes int
	waiting                  int // evenings in a row on which something waited in the outbox

	mu        sync.Mutex
	delivered map[store.MessageID]int           // by which process, the last time
	part      map[store.MessageID]string        // what came last of a message, if it had no buttons
	ended     map[store.MessageID]string        // why a message will not be
	told      map[string]store.MessageID        // what somebody was reminded of, by which message
	cards     []card                            // digests of the day
	boards    map[store.BoardID]store.MessageID // which digest stands in which message
	frozen    map[string]store.Snapshot
	closed    map[store.PeriodID]bool // periods of which every rung was looked for

	reminders, digests, edits, lines int
}

// card is a digest as it was sent.
type card struct {
	message store.Message
	at      time.Time
}

func newSeen() *seen {
	return &seen{
		delivered: map[store.MessageID]int{}, part: map[store.MessageID]string{}, ended: map[store.MessageID]string{}, told: map[string]store.MessageID{},
		boards: map[store.BoardID]store.MessageID{}, frozen: map[string]store.Snapshot{}, closed: map[store.PeriodID]bool{},
	}
}

func (v *seen) summary() string {
	return fmt.Sprintf("%d turns, %d models, %d downtimes, %d messages, %d reminders, %d digests, %d edits of digests, %d lines of the ledger, %d snapshots",
		v.turns, v.models, v.downtimes, len(v.delivered), v.reminders, v.digests, v.edits, v.lines, len(v.frozen))
}

// lived counts what people did, so that nobody takes an idle house for a sound
// one.
func (s *soak) lived() map[string]int {
	out := map[string]int{}
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		for _, id := range s.folk.models {
			reviews, err := r.Reviews(id)
			if err != nil {
				return err
			}
			for _, v := range reviews {
				out[string(v.Verdict)]++
			}
		}
		for _, p := range s.folk.periods {
			reports, err := r.Reports(p.ID)
			exceptions, alsoErr := r.Exceptions(p.ID)
			wishes, lastErr := r.Deferrals(p.ID)
			if err := errors.Join(err, alsoErr, lastErr); err != nil {
				return err
			}
			out["deferral"] += len(wishes)
			for _, e := range exceptions {
				out[string(e.Kind)]++
			}
			for _, v := range reports {
				out["report"]++
				out["nothing"] += boolInt(v.Nothing)
				out["paper"] += boolInt(v.Paper)
				out["withdrawn"] += boolInt(!v.WithdrawnAt.IsZero())
			}
		}
		return nil
	}))
	return out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// end notes why a message is never delivered.
func (v *seen) end(m store.Message, why string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ended[m.ID] = why
}

// arrived holds a message against the promises whose delivery began at an
// instant: what happens while it is on its way it cannot know.
func (s *soak) arrived(d outbox.Delivery, now time.Time) {
	if len(d.About) > 0 {
		s.checkReminder(d.Message, now)
	}
	v := s.seen
	v.mu.Lock()
	defer v.mu.Unlock()
	if d.At.IsZero() {
		return // an earlier card that is settled on the way
	}
	if v.delivered[d.ID] == 1+v.downtimes && !s.front.dead() && !v.goesOn(d) {
		s.wrong("message %d was delivered again, and nothing had died", d.ID)
	}
	v.delivered[d.ID] = 1 + v.downtimes
	if v.part[d.ID] = d.Text; len(d.Buttons) > 0 {
		delete(v.part, d.ID)
	}
	if d.Make == nil || !d.Make.Digest {
		return
	}
	v.cards = append(v.cards, card{d.Message, now})
	if d.Kind == store.Edit {
		v.edits++
		return
	}
	v.digests++
	if was, ok := v.boards[d.Make.Board]; ok && was != d.ID {
		s.wrong("digest %d stands in the chat twice, by messages %d and %d", d.Make.Board, was, d.ID)
	}
	v.boards[d.Make.Board] = d.ID
	if !s.mayDisturb(now) {
		s.wrong("digest %d disturbs", d.ID)
	}
}

// goesOn reports whether a delivery is a further part of a message that is too
// long for one: only the last has buttons.
func (v *seen) goesOn(d outbox.Delivery) bool {
	before, open := v.part[d.ID]
	return open && before != d.Text
}

// mayDisturb says whether people may be disturbed.
func (s *soak) mayDisturb(t time.Time) bool {
	return s.folk.cal.Working(s.folk.cal.Day(t)) && t.Hour() >= 7 && t.Hour() < 20
}

// checkReminder wants a reminder to come at a good time, about what is still
// wanted, and once.
func (s *soak) checkReminder(m store.Message, now time.Time) {
	if !s.mayDisturb(now) {
		s.wrong("reminder %d disturbs: %+v", m.ID, m.About)
	}
	before := now.Add(-10 * time.Second) // it may have waited for its chat's pace
	for _, about := range m.About {
		if about.Rule == deadline.Check {
			if !s.due(about, before) {
				s.wrong("reminder %d nags about checks of %s for %s that are not due", m.ID, about.Post, about.Unit)
			}
			continue
		}
		o, ok := s.obligation(about.Unit, about.Period)
		if !ok {
			s.wrong("reminder %d is about %s and %s, who owe nothing", m.ID, about.Unit, about.Period)
			continue
		}
		why := o.Settled(before)
		if o.Report != nil && o.Report.SubmittedAt.After(before) || o.Exemption != nil && o.Exemption.At.After(before) {
			why = ""
		}
		if why == deadline.OnPaper && (about.Rule == deadline.Escalate || about.Rule == deadline.Confirm) {
			why = ""
		}
		if why != "" {
			s.wrong("reminder %d nags about %s for %s: %s", m.ID, about.Unit, about.Period, why)
		}
	}
	v := s.seen
	v.mu.Lock()
	defer v.mu.Unlock()
	v.reminders++
	for _, about := range m.About {
		key := fmt.Sprint(about.Rule, "|", about.Period, "|", about.Step, "|", about.Unit, "|", m.To.Chat)
		if was, ok := v.told[key]; ok && was != m.ID {
			s.wrong("told %s by message %d and by %d", key, was, m.ID)
		}
		v.told[key] = m.ID
	}
}

// due reports whether a unit's registration is to be checked by today, or was
// after an instant.
func (s *soak) due(about store.Matter, after time.Time) (due bool) {
	set, err := reporting.Now(context.Background(), s.file, s.book, s.now())
	s.must(err)
	today := s.folk.cal.Day(s.now())
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		list, err := set.Waiting(r, store.NewSubtree(about.Unit))
		for _, w := range list {
			due = due || w.Post == about.Post && !today.Before(w.Due)
		}

		heads, headsErr := r.Heads(store.ModelQuery{In: store.NewSubtree(about.Unit)})
		for _, h := range heads {
			reviews, err := r.Reviews(h.ID)
			if err != nil {
				return err
			}
			due = due || len(reviews) > 0 && reviews[len(reviews)-1].At.After(after)
		}
		return errors.Join(err, headsErr)
	}))
	return due
}

// obligation reads how a unit stands.
func (s *soak) obligation(unit store.UnitCode, period store.PeriodID) (o deadline.Obligation, ok bool) {
	set, err := reporting.Now(context.Background(), s.file, s.book, s.now())
	if err != nil {
		s.wrong("read the house: %v", err)
		return o, false
	}
	err = s.file.View(context.Background(), func(r store.Reader) error {
		p, c, err := s.period(r, period)
		if err != nil {
			return err
		}
		list, err := set.Obligations(r, reporting.Period{Period: p, Of: c}, s.now(), store.NewSubtree(unit))
		if len(list) == 1 {
			o, ok = list[0], true
		}
		return err
	})
	if err != nil {
		s.wrong("read the obligation of %s for %s: %v", unit, period, err)
	}
	return o, ok
}

func (s *soak) period(r store.Reader, id store.PeriodID) (store.Period, store.Campaign, error) {
	name, _, _ := strings.Cut(string(id), "/")
	c, err := r.Campaign(store.CampaignID(name))
	p, ok := deadline.ByID(c, s.folk.cal, id)
	if !ok && err == nil {
		err = fmt.Errorf("no period %s", id)
	}
	return p, c, err
}
