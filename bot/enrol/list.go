package enrol

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/report"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
)

// ListOrder is how a list of people is invited.
type ListOrder struct {
	List  roster.List
	Life  time.Duration
	Renew bool // links that nobody has used are replaced by others
	// By is who invites: in its scope, and to no role above its own; nil: the command line.
	By *store.Post
}

// Came is what inviting a list came to, or would come to. With faults it is nothing.
type Came struct {
	Faults  []sheet.Fault
	Invited int // of them Renewed in the place of links that nobody had used
	Renewed int
	Waiting int // were invited before and have not come
	Sitting int // hold the seat
	Changed int // of those who wait or sit, look after something else from now on
}

// Compare says what inviting a list would come to.
func Compare(ctx context.Context, b *bot.Bot, l ListOrder, now time.Time) (came Came, err error) {
	err = b.Store.View(ctx, func(r store.Reader) error {
		c, err := newComparison(r, b, l, now)
		if err == nil {
			came = c.came
		}
		return err
	})
	return came, err
}

// InviteList invites everybody on a list who was not invited before, at the command
// line. With a fault nobody is.
func InviteList(ctx context.Context, b *bot.Bot, l ListOrder, now time.Time) (came Came, made []Invited, err error) {
	err = b.Store.Update(ctx, func(tx store.Tx) error {
		c, err := newComparison(tx, b, l, now)
		if err != nil || len(c.came.Faults) > 0 {
			came = c.came
			return err
		}
		came = c.came
		made, err = c.write(tx, b, b.Random, store.Audit{At: now})
		return err
	})
	return came, made, err
}

// comparison is a list beside who was invited before.
type comparison struct {
	r    store.Reader
	org  *org.Org
	now  time.Time
	list ListOrder

	seats map[store.UnitCode][]*seated
	came  Came

	// What is to be done.
	wanted []Wanted
	revoke []store.Invite
	mark   []store.Invite // that say of another portfolio
	posts  []store.Post   // that look after something else
}

// seated is a seat with those who were invited to it.
type seated struct {
	store.Post
	invites []store.Invite
	holder  store.Person
	met     bool // by a row of the list
}

// newComparison compares a list with the seats there are.
func newComparison(r store.Reader, b *bot.Bot, l ListOrder, now time.Time) (*comparison, error) {
	today := store.DateOf(now.In(b.Zone))
	o, err := b.Book().OrgOn(r, today)
	if err != nil {
		return nil, err
	}
	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, err
	}

	c := &comparison{r: r, org: o, now: now, list: l, seats: map[store.UnitCode][]*seated{}}
	var in *store.Subtree
	if l.By != nil && !o.Reaches(*l.By, "") {
		in = o.Scope(*l.By)
	}
	entries, faults := roster.NewReader(o, today, campaigns, in).Entries(l.List)
	faults = append(faults, l.above(entries)...)
	if c.came.Faults = faults; len(faults) > 0 {
		return c, nil
	}
	for _, e := range entries {
		if err := c.add(e); err != nil {
			return nil, fmt.Errorf("compare line %d with who was invited: %w", e.At.Line, err)
		}
	}
	return c, nil
}

// above finds those on a list whose role is above that of who invites, or who would see
// more.
func (l ListOrder) above(entries []roster.Entry) (faults []sheet.Fault) {
	if l.By == nil {
		return nil
	}
	for _, e := range entries {
		if slices.Index(store.Roles, e.Role) > slices.Index(store.Roles, l.By.Role) || len(l.By.Portfolio.Fields) > 0 {
			e.At.Key = "roster.above"
			faults = append(faults, e.At)
		}
	}
	return faults
}

// add decides what becomes of a row: its person sits, was invited, or is to be.
func (c *comparison) add(e roster.Entry) error {
	all, err := c.at(e.Unit)
	if err != nil {
		return err
	}
	find := func(is func(*seated) bool) *seated {
		i := slices.IndexFunc(all, func(s *seated) bool { return s.Role == e.Role && !s.met && is(s) })
		if i < 0 {
			return nil
		}
		all[i].met = true
		return all[i]
	}

	if s := find(func(s *seated) bool { return s.sits(e) }); s != nil {
		c.came.Sitting++
		c.watch(s.Post, e.Portfolio)
		return nil
	}

	w := Wanted{Unit: e.Unit, Role: e.Role, Life: c.list.Life, Name: e.Name, Phone: e.Phone, Portfolio: e.Portfolio}
	s := find(func(s *seated) bool { return len(s.open(e, c.now)) > 0 })
	switch {
	case s == nil:
	case c.list.Renew:
		c.came.Renewed++
		c.revoke = append(c.revoke, s.open(e, c.now)...)
		w.Seat = s.ID
	default:
		c.came.Waiting++
		c.expect(s.open(e, c.now), e.Portfolio)
		return nil
	}
	c.came.Invited++
	c.wanted = append(c.wanted, w)
	return nil
}

// watch gives a seat what it looks after, where the list says it.
func (c *comparison) watch(p store.Post, now store.Portfolio) {
	if now.Whole() || p.Portfolio.Equal(now) {
		return
	}
	c.came.Changed++
	p.Portfolio = now
	c.posts = append(c.posts, p)
}

// expect has some invitations say what the seat is to look after.
func (c *comparison) expect(list []store.Invite, now store.Portfolio) {
	if now.Whole() || !slices.ContainsFunc(list, func(i store.Invite) bool { return !i.Portfolio.Equal(now) }) {
		return
	}
	c.came.Changed++
	for _, i := range list {
		i.Portfolio = now
		c.mark = append(c.mark, i)
	}
}

// at lists the seats of a unit with who was invited to them.
func (c *comparison) at(unit store.UnitCode) ([]*seated, error) {
	if known, ok := c.seats[unit]; ok {
		return known, nil
	}
	out := []*seated{}
	for _, p := range c.org.SeatsAt(unit) {
		s := &seated{Post: p}
		var err error
		if s.invites, err = c.r.InvitesTo(p.ID); err != nil {
			return nil, err
		}
		if p.Holder != 0 {
			if s.holder, err = c.r.Person(p.Holder); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	c.seats[unit] = out
	return out, nil
}

// sits reports whether the holder is who the list means: by name or number, or by the
// invitation that they came by.
func (s *seated) sits(e roster.Entry) bool {
	if s.Holder == 0 {
		return false
	}
	return same(e, s.holder.Name, s.holder.Phone) || slices.ContainsFunc(s.invites, func(i store.Invite) bool {
		return i.UsedBy == s.Holder && meant(e, i)
	})
}

// meant reports whether an invitation that was used was for who the list means.
func meant(e roster.Entry, i store.Invite) bool {
	switch {
	case i.NameMark+i.PhoneMark == "":
		return same(e, i.Name, i.Phone)
	case e.Phone != "" && i.PhoneMark != "":
		return mark(i, e.Phone) == i.PhoneMark
	}
	return e.Name != "" && mark(i, answer.Fold(e.Name)) == i.NameMark
}

// marked is an invitation that no longer says for whom it was.
func marked(i store.Invite) store.Invite {
	if i.Name != "" {
		i.NameMark = mark(i, answer.Fold(i.Name))
	}
	if i.Phone != "" {
		i.PhoneMark = mark(i, i.Phone)
	}
	i.Name, i.Phone = "", ""
	return i
}

// mark stands for what an invitation says of somebody; the same word has another
// mark in each.
func mark(i store.Invite, said string) string {
	sum := sha256.Sum256([]byte(i.Hash + "\n" + said))
	return hex.EncodeToString(sum[:8])
}

// open lists the invitations to the seat that wait for who the list means.
func (s *seated) open(e roster.Entry, now time.Time) (out []store.Invite) {
	for _, i := range s.invites {
		if i.State(now) == store.Open && same(e, i.Name, i.Phone) {
			out = append(out, i)
		}
	}
	return out
}

// same reports whether a row means somebody of a name and a number: by the number where
// both have one, by the name where both have that; one of whom nothing is told is
// anybody of whom nothing was.
func same(e roster.Entry, name, phone string) bool {
	switch {
	case e.Phone != "" && phone != "":
		return e.Phone == phone
	case e.Name != "" && name != "":
		return answer.Fold(e.Name) == answer.Fold(name)
	}
	return e.Name+e.Phone == "" && name+phone == ""
}

// write does what the comparison came to, for who and when a line of the audit says.
func (c *comparison) write(tx store.Tx, b *bot.Bot, random io.Reader, by store.Audit) ([]Invited, error) {
	for _, i := range c.revoke {
		i.Revoked = c.now
		line := by
		line.Subject, line.Action = "post/"+string(i.Post), "revoke"
		if err := tx.PutInvite(i); err != nil {
			return nil, err
		}
		if err := tx.AddAudit(line); err != nil {
			return nil, err
		}
	}

	for _, i := range c.mark {
		if err := tx.PutInvite(i); err != nil {
			return nil, err
		}
	}
	for _, p := range c.posts {
		if err := setPortfolio(tx, p, by); err != nil {
			return nil, err
		}
	}
	return inviteIn(tx, b, random, c.wanted, by)
}

// setPortfolio writes a seat that looks after something else from now on.
func setPortfolio(tx store.Tx, p store.Post, by store.Audit) error {
	was, err := tx.Post(p.ID)
	if err != nil {
		return err
	}
	by.Subject, by.Action, by.Field = "post/"+string(p.ID), "change", "portfolio"
	by.Old, by.New = was.Portfolio.String(), p.Portfolio.String()
	if err := tx.PutPost(p); err != nil {
		return err
	}
	return tx.AddAudit(by)
}

// Passes are invitations as they are handed over: with links of their codes, in the
// words of a language.
func Passes(o *org.Org, v text.Voice, made []Invited, link func(code string) string) []report.Pass {
	v.Units = o.Unit
	out := make([]report.Pass, len(made))
	for i, m := range made {
		unit, _ := o.Unit(m.Seat.Unit)
		p := report.Pass{
			Code: string(unit.Code), Unit: text.Capital(v.UnitName(unit.Code)), Role: text.Capital(v.Key("role.", string(m.Seat.Role))),
			Name: m.Name, Link: link(m.Code), Expires: m.Expires.In(v.Zone),
		}
		if up, ok := o.Unit(unit.Parent); ok {
			p.Above = v.UnitName(up.Code)
		}
		out[i] = p
	}
	return out
}
