package schedule_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/deadline"
)

// folk are the people of the soak.
type folk struct {
	communes []store.Unit
	posts    map[store.PostID]store.PersonID // who holds them; 0: nobody
	next     store.PersonID
	cal      *deadline.Calendar

	models  []store.ModelID
	periods []store.Period
	crooked map[store.UnitCode]time.Time // units whose officer changed or was out of reach, when last
}

// found sets the house up: the units of An Giang and Nghệ An, the shipped
// campaign with quarters beside its halves and years, and a person in nearly
// every post.
func (s *soak) found() error {
	units, err := shipped.Units("91", "40")
	if err != nil {
		return err
	}
	campaigns, err := shipped.Campaigns()
	if err != nil {
		return err
	}
	days, err := shipped.Days()
	if err != nil {
		return err
	}
	campaigns[0].Rules = append(campaigns[0].Rules, store.PeriodRule{
		Kind: store.Quarter, DueAfter: 5, Working: true, Shift: store.NextWorkingDay, Hour: 17, Grace: 2, Lock: 8,
	})
	f := s.folk
	first := store.DateOf(soakStart)
	f.periods = deadline.Periods(campaigns[0], deadline.NewCalendar(days, s.zone), first, first.AddDays(*soakDays))
	f.cal, f.posts, f.crooked = deadline.NewCalendar(days, s.zone), map[store.PostID]store.PersonID{}, map[store.UnitCode]time.Time{}
	return s.file.Update(context.Background(), func(tx store.Tx) error {
		for _, d := range days {
			if err := tx.PutSpecialDay(d); err != nil {
				return err
			}
		}
		for _, c := range campaigns {
			if err := tx.PutCampaign(c); err != nil {
				return err
			}
		}
		for i, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
			if err := s.staff(tx, u, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// staff fills the posts of a unit.
func (s *soak) staff(tx store.Tx, u store.Unit, i int) error {
	if u.Kind == store.Province {
		for _, role := range []store.Role{store.Coordinator, store.Supervisor} {
			if err := s.appoint(tx, store.MakePostID(u.Code, role), store.Timing{}); err != nil {
				return err
			}
		}
		return nil
	}
	s.folk.communes = append(s.folk.communes, u)
	if i%25 == 7 {
		for _, role := range []store.Role{store.Coordinator, store.Supervisor} {
			timing := []store.Timing{{Every: store.Daily, Hour: 7}, {Every: store.Monthly, Day: 31}, {Every: store.Never}, {Day: 6, Hour: 10}}[i/25%4]
			if err := s.appoint(tx, store.MakePostID(u.Code, role), timing); err != nil {
				return err
			}
		}
	}
	if i%40 == 11 {
		s.folk.posts[store.MakePostID(u.Code, store.Officer)] = 0
		return nil
	}
	return s.appoint(tx, store.MakePostID(u.Code, store.Officer), store.Timing{})
}

// appoint puts a new person into a post.
func (s *soak) appoint(tx store.Tx, id store.PostID, timing store.Timing) error {
	s.folk.next++
	unit, role := id.Split()
	p := store.Person{
		ID: s.folk.next, Address: address(s.folk.next), Language: []string{"vi", "vi", "en"}[s.folk.next%3],
		Name: fmt.Sprint("Người ", s.folk.next), Consent: store.Given, ConsentAt: s.now(), Active: id,
	}
	post, err := tx.Post(id)
	if err != nil {
		post = store.Post{ID: id, Unit: unit, Role: role, Digest: timing}
	}
	post.Holder, post.Since = p.ID, s.now()
	s.folk.posts[id] = p.ID
	if err := tx.PutPerson(p); err != nil {
		return err
	}
	return tx.PutPost(post)
}

// act is what people do in the while after a strike of the clock.
func (s *soak) act() {
	hour := s.now().Hour()
	if hour < 7 || hour >= 21 {
		return
	}
	busy := s.folk.cal.Working(s.folk.cal.Day(s.now())) && hour < 18
	s.must(s.file.Update(context.Background(), func(tx store.Tx) error { return s.change(tx, busy) }))
	if !busy {
		if s.dice.IntN(4) == 0 {
			s.officer()
		}
		return
	}
	for range s.some(4) {
		s.officer()
	}
	for _, id := range s.sorted() {
		_, role := id.Split()
		switch {
		case s.folk.posts[id] == 0:
		case s.some(1) == 0:
		case role == store.Coordinator && s.dice.IntN(5) == 0:
			s.coordinator(s.folk.posts[id])
		case role == store.Supervisor && s.dice.IntN(25) == 0:
			s.supervisor(s.folk.posts[id])
		}
	}
}

// some is how many of something that is done so often in the whole soak are done
// now: of a short one a part.
func (s *soak) some(often int) int {
	if *soakDays >= soakWhole {
		return often
	}
	n := often / soakShare
	if s.dice.IntN(soakShare) < often%soakShare {
		n++
	}
	return n
}

// sorted lists the posts above officers, in an order that a seed repeats.
func (s *soak) sorted() (out []store.PostID) {
	for id := range s.folk.posts {
		if _, role := id.Split(); role != store.Officer {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// officer lets a random officer do something.
func (s *soak) officer() {
	unit := s.folk.communes[s.dice.IntN(len(s.folk.communes))].Code
	id := s.folk.posts[store.MakePostID(unit, store.Officer)]
	if id == 0 {
		return
	}
	chat := address(id).Chat
	if s.dice.IntN(2) == 0 && s.pressOne(id, link.Resubmit.To()) {
		s.walk(id)
		return
	}
	switch n := s.dice.IntN(100); {
	case n < 55:
		if s.pressing() || s.dice.IntN(20) == 0 {
			s.report(id)
		}
	case n < 65:
		s.pressOne(id, link.Report.To("later."), link.Report.To("why."))
	case n < 72:
		s.pressOne(id, link.Report.To("back."))
	case n < 82:
		s.say(id, "/capnhat")
		s.walk(id)
	case n < 89:
		s.say(id, "/dangky")
		s.walk(id)
	case n < 91:
		s.pressOne(id, link.Deputy.To())
		s.pressOne(id, link.Deputy.To())
	case n < 92:
		s.line.block(chat, true)
		s.folk.crooked[unit] = s.now()
		if s.dice.IntN(2) == 0 {
			s.happens(id, bot.Left)
		}
	case n < 96:
		if s.line.isBlocked(chat) {
			s.line.block(chat, false)
			s.folk.crooked[unit] = s.now()
			s.happens(id, bot.Returned)
		}
	default:
		s.monkey(id, 3)
	}
}

// pressing says whether a report is due about now.
func (s *soak) pressing() bool {
	for _, p := range s.folk.periods {
		if s.now().After(p.Due.AddDate(0, 0, -8)) && s.now().Before(p.Locked.AddDate(0, 0, 3)) {
			return true
		}
	}
	return false
}

// report is an officer who looks at the report, and perhaps sends it.
func (s *soak) report(id store.PersonID) {
	s.say(id, "/baocao")
	switch n := s.dice.IntN(20); {
	case n < 11:
		s.pressOne(id, link.Report.To("send."))
	case n < 13:
		s.pressOne(id, link.Report.To("nothing."))
	case n < 15:
		s.pressOne(id, link.Report.To("paper."))
	case n < 16:
		if s.pressOne(id, link.Report.To("words.")) {
			s.walk(id)
		}
	case n < 17:
		s.pressOne(id, link.Report.To("others."))
		s.pressOne(id, link.Report.To("card."))
		s.pressOne(id, link.Report.To("send."))
	}
}

// coordinator works through what waits, and looks at who has reported.
func (s *soak) coordinator(id store.PersonID) {
	for s.pressOne(id, link.Report.To("got."), link.Report.To("unseen.")) && s.dice.IntN(3) > 0 {
	}
	s.say(id, "/duyet")
	for range 3 + s.dice.IntN(30) {
		switch n := s.dice.IntN(100); {
		case n < 84:
			if !s.pressOne(id, link.Check.To("accept."), link.Check.To("confirm.")) {
				return
			}
			continue
		case n < 92:
			s.pressOne(id, link.Check.To("return."), link.Check.To("unfinished."))
		case n < 94:
			s.pressOne(id, link.Check.To("reject."))
		case n < 98:
			s.pressOne(id, link.Check.To("merge."))
		default:
			s.pressOne(id, link.Check.To("unmerge."))
			continue
		}
		s.walk(id)
		if s.dice.IntN(3) == 0 {
			s.pressOne(id, link.Check.To("unmerge."))
		}
		s.say(id, "/duyet")
	}
	if s.dice.IntN(2) == 0 {
		s.grant(id)
	}
}

// supervisor looks at figures and at who has reported, and presses what is
// there.
func (s *soak) supervisor(id store.PersonID) {
	switch s.dice.IntN(4) {
	case 0:
		s.say(id, "/tonghop")
	case 1:
		s.say(id, "/lich")
	case 2:
		s.grant(id)
	}
	s.monkey(id, 4)
}

// grant gives a unit more time, or none to report on.
func (s *soak) grant(id store.PersonID) {
	s.say(id, "/tiendo")
	s.pressOne(id, link.Watch.To("unit."))
	if s.pressOne(id, link.Grant.To()) {
		s.walk(id)
	}
}

// monkey presses whatever there is, new or old.
func (s *soak) monkey(id store.PersonID, times int) {
	for range times {
		if !s.pressOne(id) {
			return
		}
	}
	if s.dice.IntN(2) == 0 {
		s.walk(id)
	} else {
		s.say(id, "/huy")
	}
}
