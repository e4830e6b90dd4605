package units

import (
	"time"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// Feature lets coordinators say who takes over from a unit that has ended.
func Feature() bot.Feature {
	return bot.Feature{
		Name:    "units",
		Buttons: map[link.Verb]bot.Handler{link.Heir: pick},
	}
}

// tellEnds tells whom it concerns that units end, and who takes over what they
// leave. Nothing of that is written: it follows from the day.
func tellEnds(b *bot.Bot, tx store.Tx, now time.Time, ended []Change) error {
	t, err := b.For(tx, now, store.Person{})
	if err != nil {
		return err
	}
	for _, c := range ended {
		if c.Now.ValidTo.IsZero() || c.Now.Heir() == "" {
			continue
		}
		n := notice{Turn: t, unit: c.Now, told: map[store.PersonID]bool{}}
		if err := n.tell(); err != nil {
			return err
		}
	}
	return nil
}

// notice is what people are told of one unit that ends.
type notice struct {
	*bot.Turn
	unit store.Unit
	told map[store.PersonID]bool
}

// tell tells the people of the unit, those of its heir, and the coordinator above
// them, who says which of several successors is the heir.
func (n notice) tell() error {
	var own, heirs []store.Post
	for p := range n.Org.Seats() {
		switch n.Org.Kept(p).Unit {
		case n.unit.Code:
			own = append(own, p)
		case n.unit.Heir():
			heirs = append(heirs, p)
		}
	}
	for _, list := range []struct {
		key   string
		posts []store.Post
	}{{"ends.own", own}, {"ends.heir", heirs}} {
		for _, p := range list.posts {
			if err := n.tellHolder(p, list.key, nil); err != nil {
				return err
			}
		}
	}

	held := func(p store.Post) bool { return p.Holder != 0 }
	above, ok := n.Org.Nearest(n.unit.Parent, store.Coordinator, held)
	if !ok {
		above, ok = n.Org.Nearest("", store.Admin, held)
	}
	if !ok {
		return nil
	}
	return n.tellHolder(above, "ends.above", choices(n.unit))
}

// tellHolder tells who holds a post, unless they were told.
func (n notice) tellHolder(p store.Post, key string, buttons func(*bot.Turn) [][]store.Button) error {
	if p.Holder == 0 || n.told[p.Holder] {
		return nil
	}
	n.told[p.Holder] = true
	person, err := n.Tx.Person(p.Holder)
	if err != nil {
		return err
	}
	return n.TellOther(person, func(o *bot.Turn) (store.Message, error) {
		m := store.Message{Text: o.Text(key, ending(o, n.unit))}
		if buttons != nil {
			m.Buttons = buttons(o)
		}
		return m, nil
	})
}

// ending is what is said of a unit that ends.
func ending(t *bot.Turn, u store.Unit) text.Args {
	share := 0
	for _, s := range u.Successors {
		if s.Code == u.Heir() {
			share = s.Share
		}
	}
	return text.Args{
		"Unit": t.UnitName(u.Code), "Heir": t.UnitName(u.Heir()), "Day": u.ValidTo.AddDays(1), "Share": share,
		"Several": len(u.Successors) > 1, "Over": u.ValidTo.Before(t.Today),
	}
}

// choices are the successors of a unit, of which one is to be its heir; none
// where there is nothing to choose.
func choices(u store.Unit) func(*bot.Turn) [][]store.Button {
	return func(t *bot.Turn) [][]store.Button {
		if len(u.Successors) < 2 {
			return nil
		}
		var rows [][]store.Button
		for _, s := range u.Successors {
			key := "ends.pick"
			if s.Code == u.Heir() {
				key = "ends.picked"
			}
			a := text.Args{"Unit": text.Capital(t.UnitName(s.Code)), "Share": s.Share}
			rows = append(rows, text.Row(t.Button(key, link.Heir.To(link.Unit(u.Code), link.Unit(s.Code)), a)))
		}
		return rows
	}
}

// pick makes a successor the heir of a unit: "unit.successor". What the unit left
// goes over to it, in this transaction and as a whole.
func pick(t *bot.Turn, about string) error {
	unit, to := link.Units(about)
	u, err := t.Tx.Unit(unit)
	if err != nil || !t.May(access.PickHeirs) || !t.Reaches(unit) {
		return t.Toast("press.not_yours", nil)
	}
	was := u.Heir()
	u.Picked = to
	switch {
	case !u.Follows(to):
		return t.Toast("press.closed", nil)
	case was == to:
		return t.Toast("ends.same", text.Args{"Unit": t.UnitName(to)})
	}

	if err := t.Tx.PutUnit(u); err != nil {
		return err
	}
	if err := t.Record("unit/"+string(u.Code), "succeed", "heir", was, to); err != nil {
		return err
	}
	if err := t.Revise(store.Message{Text: t.Text("ends.above", ending(t, u)), Buttons: choices(u)(t)}); err != nil {
		return err
	}
	other, err := t.Bot.For(t.Tx, t.Event.At, t.Person) // who sees the unit where it is now
	if err != nil {
		return err
	}
	n := notice{Turn: other, unit: u, told: map[store.PersonID]bool{t.Person.ID: true}}
	return n.tell()
}
