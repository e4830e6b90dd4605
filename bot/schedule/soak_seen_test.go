package schedule_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"danvan/bot/outbox"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/gather"
)

// seen is what the soak saw, to compare with later.
type seen struct {
	turns, models, downtimes int
	waiting                  int // evenings in a row on which something waited in the outbox

	mu        sync.Mutex
	delivered map[store.MessageID]int    // by which process, the last time
	ended     map[store.MessageID]string // why a message will not be
	told      map[string]store.MessageID // what somebody was reminded of, by which message
	cards     []card                     // digests of the day
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
		delivered: map[store.MessageID]int{}, ended: map[store.MessageID]string{}, told: map[string]store.MessageID{},
		frozen: map[string]store.Snapshot{}, closed: map[store.PeriodID]bool{},
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
	if v.delivered[d.ID] == 1+v.downtimes && !s.front.dead() {
		s.wrong("message %d was delivered again, and nothing had died", d.ID)
	}
	v.delivered[d.ID] = 1 + v.downtimes
	if d.Make == nil || !d.Make.Digest {
		return
	}
	v.cards = append(v.cards, card{d.Message, now})
	if d.Kind == store.Edit {
		v.edits++
		return
	}
	v.digests++
	if !s.open_(now) {
		s.wrong("digest %d disturbs", d.ID)
	}
}

// open_ says whether people may be disturbed.
func (s *soak) open_(t time.Time) bool {
	return s.folk.cal.Working(s.folk.cal.Day(t)) && t.Hour() >= 7 && t.Hour() < 20
}

// checkReminder wants a reminder to come at a good time, about what is still
// wanted, and once.
func (s *soak) checkReminder(m store.Message, now time.Time) {
	if !s.open_(now) {
		s.wrong("reminder %d disturbs: %+v", m.ID, m.About)
	}
	for _, about := range m.About {
		o, ok := s.obligation(about.Unit, about.Period)
		before := now.Add(-10 * time.Second) // it may have waited for its chat's pace
		if !ok {
			s.wrong("reminder %d is about %s and %s, who owe nothing", m.ID, about.Unit, about.Period)
			continue
		}
		why := o.Settled(before)
		if o.Report != nil && o.Report.SubmittedAt.After(before) || o.Exemption != nil && o.Exemption.At.After(before) {
			why = ""
		}
		if why == deadline.OnPaper && about.Rule == deadline.Escalate {
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

// obligation reads how a unit stands.
func (s *soak) obligation(unit store.UnitCode, period store.PeriodID) (o deadline.Obligation, ok bool) {
	h, err := s.book.Refresh(context.Background(), s.file)
	if err != nil {
		s.wrong("read the house: %v", err)
		return o, false
	}
	err = s.file.View(context.Background(), func(r store.Reader) error {
		p, c, err := s.period(r, period)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(h.Units, func(u store.Unit) bool { return u.Code == unit })
		list, err := h.Obligations(r, agenda.Period{Period: p, Of: c}, s.now(), h.Units[i:i+1])
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

// evening looks at what the day left behind.
func (s *soak) evening() {
	for _, p := range s.periods() {
		s.checkLedger(p)
		s.checkFrozen(p)
	}
	s.checkTotals()
	s.checkDigests()
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		n, err := r.Pending()
		if s.seen.waiting++; n == 0 {
			s.seen.waiting = 0
		}
		if s.seen.waiting > 14 { // longer than Tết and a downtime
			s.wrong("%d messages wait for two weeks", n)
		}
		return err
	}))
}

// periods lists the periods that may have changed lately.
func (s *soak) periods() []store.Period {
	var out []store.Period
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		list, err := r.Campaigns()
		today := s.folk.cal.Day(s.now())
		for _, c := range list {
			out = append(out, deadline.Periods(c, s.folk.cal, today.AddDays(-120), today)...)
		}
		return err
	}))
	return out
}

// checkLedger wants every line to say what became of it, every message that it
// names to have come, and, once a period is locked, every rung of every unit
// that nothing happened to.
func (s *soak) checkLedger(p store.Period) {
	var lines []store.Sent
	pending := 0
	s.must(s.file.View(context.Background(), func(r store.Reader) (err error) {
		if lines, err = r.Ledger(p.ID); err == nil {
			pending, err = r.Pending()
		}
		return err
	}))
	v := s.seen
	v.mu.Lock()
	for _, l := range lines {
		if l.Rule == "freeze" {
			continue
		}
		if (l.Skipped == "") != (l.Message != 0) {
			s.wrong("the line %+v", l)
		}
		if l.Message != 0 && pending == 0 && v.delivered[l.Message] == 0 && v.ended[l.Message] == "" {
			s.wrong("nothing waits, and message %d never came: %+v", l.Message, l)
		}
	}
	seen := v.closed[p.ID]
	v.mu.Unlock()
	if seen || s.now().Before(p.Locked.AddDate(0, 0, 12)) || p.Due.Before(soakStart.AddDate(0, 0, 20)) {
		return
	}
	v.closed[p.ID] = true
	v.lines += len(lines)
	s.checkRungs(p, lines)
}

// checkRungs wants each rung of the ladder once for every unit that never
// reported, and whose officer was the same and within reach all the while.
func (s *soak) checkRungs(p store.Period, lines []store.Sent) {
	looked := 0
	for _, u := range s.folk.communes {
		o, ok := s.obligation(u.Code, p.ID)
		var post store.Post
		s.must(s.file.View(context.Background(), func(r store.Reader) (err error) {
			if post, err = r.Post(store.MakePostID(u.Code, store.Officer)); errors.Is(err, store.ErrNotFound) {
				err = nil
			}
			return err
		}))
		begin := p.Due.AddDate(0, 0, -30)
		if !ok || o.Report != nil || o.Extension != nil || o.Exemption != nil || s.folk.crooked[u.Code].After(begin) ||
			post.Holder == 0 || post.Deputy != 0 || post.Since.After(begin) {
			continue
		}
		looked++
		for _, step := range []string{"-7", "-3", "-1", "due", "+1"} {
			n := 0
			for _, l := range lines {
				if l.Rule == deadline.Remind && l.Step == step && slices.Contains(l.Units, u.Code) {
					n++
				}
			}
			if n != 1 {
				s.wrong("%s of %s for %s stands in %d lines", step, p.ID, u.Code, n)
			}
		}
	}
	how := map[string]int{}
	for _, l := range lines {
		how[l.Rule+" "+l.Skipped]++
	}
	s.t.Logf("%s: every rung once for %d units that never reported; %d lines: %v", p.ID, looked, len(lines), how)
}

// checkFrozen wants what was frozen to stay as it is, and to be what the
// figures of that instant still are.
func (s *soak) checkFrozen(p store.Period) {
	for _, unit := range []store.UnitCode{"", "91", "40"} {
		var snap store.Snapshot
		err := s.file.View(context.Background(), func(r store.Reader) (err error) {
			snap, err = r.Snapshot(p.ID, unit)
			return err
		})
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		s.must(err)
		key := string(p.ID) + "|" + string(unit)
		was, known := s.seen.frozen[key]
		if !known {
			s.seen.frozen[key] = snap
			was = snap
		}
		sum := sha256.Sum256(snap.Figures)
		if hex.EncodeToString(sum[:]) != snap.Hash || snap.Hash != was.Hash || !bytes.Equal(snap.Figures, was.Figures) {
			s.wrong("the figures of %s changed after they were frozen", key)
		}
		if known && s.dice.IntN(40) > 0 {
			continue // counting again takes a while
		}
		s.recount(p, snap)
	}
}

// recount wants figures that were frozen to be what is counted now as of that
// instant, except for registrations that were completed since: what they say of
// themselves has changed.
func (s *soak) recount(p store.Period, snap store.Snapshot) {
	now := s.figures(gather.Ask{Campaign: p.Campaign, Period: p.ID, Unit: snap.Unit, AsOf: snap.At})
	now.Submissions = nil
	again, err := now.Freeze()
	s.must(err)
	if bytes.Equal(again, snap.Figures) {
		return
	}
	then, err := figures.Thaw(snap)
	s.must(err)
	mended := s.mendedSince(snap.At)
	for _, a := range figures.Adjusted(then, now) {
		if left := slices.DeleteFunc(a.Models, func(id store.ModelID) bool { return mended[id] }); len(left) > 0 {
			s.wrong("%s of %s is %d when it is counted again as of %s, it was frozen as %d: %v", a.Key, p.ID, a.To, snap.At, a.From, left)
		}
	}
	if len(mended) == 0 {
		s.wrong("the figures of %s for %q are others when they are counted again", p.ID, snap.Unit)
	}
}

// mendedSince are the registrations that were completed after an instant.
func (s *soak) mendedSince(at time.Time) map[store.ModelID]bool {
	out := map[store.ModelID]bool{}
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		for _, id := range s.folk.models {
			reviews, err := r.Reviews(id)
			if err != nil {
				return err
			}
			for _, v := range reviews {
				if v.Verdict == store.ResubmitVerdict && v.At.After(at) {
					out[id] = true
				}
			}
		}
		return nil
	}))
	return out
}

func (s *soak) figures(ask gather.Ask) *figures.Figures {
	ask.Zone, ask.Metrics = s.zone, answer.Metrics()
	found, err := gather.Load(context.Background(), s.file, ask)
	s.must(err)
	return found.Now
}

// checkTotals wants every total to close, and to be what the models say.
func (s *soak) checkTotals() {
	unit := []store.UnitCode{"91", "40", s.folk.communes[s.dice.IntN(len(s.folk.communes))].Code}[s.dice.IntN(3)]
	f := s.figures(gather.Ask{Campaign: soakCampaign, Unit: unit, AsOf: s.now()})
	for _, c := range f.Checks() {
		if !c.OK() {
			s.wrong("%s: %s by %s is %d, its parts are %d", unit, c.Key, c.Of, c.Total, c.Sum)
		}
	}
	counts := map[store.State]int{}
	s.must(s.file.View(context.Background(), func(r store.Reader) error {
		units := []store.UnitCode{unit}
		children, err := r.Units(unit)
		for _, u := range children {
			units = append(units, u.Code)
		}
		heads, headErr := r.Heads(store.ModelQuery{Units: units, Campaign: soakCampaign})
		for _, h := range heads {
			counts[h.State]++
		}
		return errors.Join(err, headErr)
	}))
	for set, want := range map[figures.Set]int{
		figures.Waiting: counts[store.Waiting], figures.Returned: counts[store.Returned],
		figures.Doing: counts[store.Accepted] + counts[store.Doing], figures.Paused: counts[store.Paused],
	} {
		if got := f.Count(set); got != want {
			s.wrong("%s: %s counts %d models, there are %d", unit, set, got, want)
		}
	}
}

// checkDigests makes some of the day's digests again: their figures are those
// of their instant, whatever was written since.
func (s *soak) checkDigests() {
	v := s.seen
	v.mu.Lock()
	cards := v.cards
	v.cards = nil
	v.mu.Unlock()
	for range min(len(cards), 2) {
		sent := cards[s.dice.IntN(len(cards))].message
		again, err := s.bot.Card(context.Background(), store.Message{To: sent.To, Kind: sent.Kind, Lane: sent.Lane, Make: sent.Make})
		s.must(err)
		if was, is := figuresOf(sent.Text), figuresOf(again.Text); was != "" && is != "" && was != is && len(s.mendedSince(sent.Make.AsOf)) == 0 {
			s.wrong("the digest as of %s said\n%s\nand says now\n%s", sent.Make.AsOf.In(s.zone), was, is)
		}
	}
}

// figuresOf is the part of a digest that is made of figures alone: what comes
// after its head and after what needs a person. One that had nothing to say has
// none: whether somebody is needed is as of now.
func figuresOf(text string) string {
	parts := strings.Split(text, "\n\n")
	return strings.Join(parts[min(2, len(parts)):], "\n\n")
}
