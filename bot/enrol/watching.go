package enrol

import (
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/roster"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// What the buttons of a seat's portfolio do.
const (
	showParts = "show"
	typeParts = "type"
	partField = "field" // takes a field in, or leaves it out
	partUnit  = "unit"  // leaves a unit out
	noParts   = "all"   // everything again
)

// pressedPortfolio obeys the buttons of what a seat looks after: what to do, and the seat.
func (t turn) pressedPortfolio(rest string) error {
	what, id, _ := strings.Cut(rest, ".")
	post, ok := t.Org.Seat(store.PostID(id))
	if !ok || !t.mayKeep(post.Unit, post.Role) {
		return t.Toast("press.not_yours", nil)
	}

	kind, key, _ := strings.Cut(what, ":")
	p := store.Portfolio{Units: slices.Clone(post.Portfolio.Units), Fields: slices.Clone(post.Portfolio.Fields)}
	switch kind {
	case showParts:
		return t.showPortfolio(post, true)
	case typeParts:
		return t.Begin(forms.PartsID, func(s *store.Session) {
			s.Answers = append(s.Answers, store.Answer{Field: "seat", Keys: []string{id}})
		})

	case partField:
		if p.Fields = slices.DeleteFunc(p.Fields, func(f string) bool { return f == key }); len(p.Fields) == len(post.Portfolio.Fields) {
			p.Fields = append(p.Fields, key)
		}
	case partUnit:
		p.Units = slices.DeleteFunc(p.Units, func(code store.UnitCode) bool { return code == link.UnitCode(key) })
	case noParts:
		p = store.Portfolio{}
	default:
		return t.Toast("press.unknown", nil)
	}
	return t.watch(post, p, true)
}

// watch has a seat look after something else, and shows that.
func (t turn) watch(post store.Post, p store.Portfolio, inPlace bool) error {
	was := post.Portfolio
	post.Portfolio = p
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), "change", "portfolio", was, p); err != nil {
		return err
	}
	return t.showPortfolio(post, inPlace)
}

// mostParts is how many units of a portfolio have buttons that leave them out.
const mostParts = 8

// showPortfolio shows what a seat looks after, with a button for each field of work.
func (t turn) showPortfolio(post store.Post, inPlace bool) error {
	campaigns, err := t.Tx.Campaigns()
	if err != nil {
		return err
	}
	press := func(key string, a text.Args, what ...string) store.Button {
		return t.Button(key, link.Portfolio.To(strings.Join(what, ":"), string(post.ID)), a)
	}

	var fields, units []store.Button
	seen := map[string]bool{}
	for _, c := range campaigns {
		for _, f := range c.Fields {
			if on := slices.Contains(post.Portfolio.Fields, f.Key); !seen[f.Key] && (on || c.Running(t.Today)) {
				seen[f.Key] = true
				fields = append(fields, press("portfolio.field", text.Args{"Name": f.Label.In(t.Lang), "On": on}, partField, f.Key))
			}
		}
	}
	for _, code := range post.Portfolio.Units[:min(len(post.Portfolio.Units), mostParts)] {
		units = append(units, press("portfolio.unit", text.Args{"Name": text.Capital(t.UnitName(code))}, partUnit, link.Unit(code)))
	}

	rows := append(text.InRows(fields, 1), t.InPairs(units)...)
	rows = append(rows, text.Row(press("portfolio.type", nil, typeParts)))
	last := text.Row(t.Button("portfolio.back", link.People.To("seat", string(post.ID)), nil))
	if !post.Portfolio.Whole() {
		last = append(last, press("portfolio.all", nil, noParts))
	}
	words := portfolioWords(t.Org, t.Voice, campaigns, post.Portfolio)
	return t.Show(store.Message{
		Text: t.Text("portfolio.card", text.Args{"Post": post, "Words": words}), Buttons: append(rows, last),
	}, inPlace)
}

// parts is the home of the form by which units and fields are typed for a seat.
type parts struct{ about.Basic }

func newParts() parts { return parts{about.Basic{Of: forms.Parts()}} }

// Options offers the seat that the form is about.
func (parts) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	id := flows.Key(s, "seat")
	return flows.Among([]flows.Option{{Key: id, Label: flows.Label{Text: seatName(t, id)}}}, ask), nil
}

// Choice names the seat.
func (parts) Choice(t *bot.Turn, _ text.Voice, _ *flows.Step, key string) string {
	return seatName(t, key)
}

func seatName(t *bot.Turn, id string) string {
	post, _ := t.Org.Seat(store.PostID(id))
	return text.Capital(t.ShortPostName(post))
}

// Keeps reports whether a draft is worth keeping: never, it is begun anew as quickly.
func (parts) Keeps(*store.Session) bool { return false }

// typed is what was read of a list.
type typed struct {
	store.Portfolio
	fault string // a key of the catalogue
	args  text.Args
}

// read reads units and fields that the seat is to look after, outside of the writer.
func (t turn) read(post store.Post, list string) (typed, error) {
	units, today, in := t.Org, t.Today, t.Scope()
	return bot.Ahead(t.Turn, "parts "+string(post.ID)+" "+list, func(r store.Reader) (typed, error) {
		campaigns, err := r.Campaigns()
		p, key, args := roster.NewReader(units, today, campaigns, in).Portfolio(post.Unit, roster.Parts(list))
		return typed{p, key, args}, err
	})
}

// Doubt refuses a list in which something means nothing, or two things.
func (f parts) Doubt(b *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	if check != forms.CheckParts {
		return f.Basic.Doubt(b, s, check, a)
	}
	post, _ := b.Org.Seat(store.PostID(flows.Key(s, "seat")))
	p, err := turn{b}.read(post, a.Text)
	if err != nil || p.fault == "" {
		return nil, err
	}
	return nil, &answer.Invalid{Key: "parts.wrong", Args: text.Args{"Fault": b.Plain(p.fault, p.args)}}
}

// Submit adds the units and fields to what the seat looks after.
func (parts) Submit(b *bot.Turn, s store.Session) error {
	t := turn{b}
	post, ok := t.Org.Seat(store.PostID(flows.Key(&s, "seat")))
	if !ok || !t.mayKeep(post.Unit, post.Role) {
		return t.Refuse(access.KeepPeople)
	}
	list, _ := flows.Find(&s, "list")
	more, err := t.read(post, list.Text)
	if err != nil || more.fault != "" {
		return err
	}

	p := post.Portfolio
	for _, code := range more.Units {
		if !slices.Contains(p.Units, code) {
			p.Units = append(slices.Clip(p.Units), code)
		}
	}
	for _, key := range more.Fields {
		if !slices.Contains(p.Fields, key) {
			p.Fields = append(slices.Clip(p.Fields), key)
		}
	}
	return t.watch(post, p, false)
}
