package schedule_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
)

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
	now := s.figures(reporting.Ask{Campaign: p.Campaign, Period: p.ID, Unit: snap.Unit, AsOf: snap.At})
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

func (s *soak) figures(ask reporting.Ask) *figures.Figures {
	ask.Metrics = answer.Metrics()
	found, err := reporting.Load(context.Background(), s.file, s.book, ask)
	s.must(err)
	if found.Adjusted != nil {
		return found.Adjusted // counted, and not what is kept
	}
	return found.Now
}

// checkTotals wants every total to close, and to be what the models say.
func (s *soak) checkTotals() {
	unit := []store.UnitCode{"91", "40", s.folk.communes[s.dice.IntN(len(s.folk.communes))].Code}[s.dice.IntN(3)]
	f := s.figures(reporting.Ask{Campaign: soakCampaign, Unit: unit, AsOf: s.now()})
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
		heads, headErr := r.Heads(store.ModelQuery{In: store.NewSubtree(units...), Campaign: soakCampaign})
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
