package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
	"danvan/store/reporting"
)

// What can be exported.
const (
	Models  = "models"
	Updates = "progress"
)

// Kinds are all of these.
var Kinds = []string{Models, Updates}

// The formats.
const (
	XLSX = "xlsx"
	CSV  = "csv"
)

// Wanted says what is to be exported, as of an instant, and for whom. Empty parts do
// not restrict.
type Wanted struct {
	What, Format string
	Post         store.PostID // whose scope and portfolio bound it; "" the command line
	Unit         store.UnitCode
	Campaign     store.CampaignID
	Period       store.PeriodID // the models that count in it
	Fields       []string
	States       []store.State
	AsOf         time.Time
	Language     string
}

// ErrNothing says that there is no such unit, campaign or period, or that the post is
// none any more.
var ErrNothing = errors.New("nothing to export")

// Export makes a file, outside of the writer and in short transactions.
func Export(ctx context.Context, b *bot.Bot, of Wanted) (name string, content []byte, err error) {
	w, in, err := prepare(ctx, b, &of)
	if err != nil {
		return "", nil, err
	}
	ids, err := chosen(ctx, b, of, in)
	if err != nil {
		return "", nil, err
	}
	list, err := w.load(ctx, b, ids)
	if err != nil {
		return "", nil, err
	}

	tables, err := w.tables(of, list)
	if err != nil {
		return "", nil, err
	}
	name = w.Plain("exchange.file."+of.What, nil) + "-" + of.AsOf.In(b.Zone).Format("2006-01-02") + "." + of.Format
	if of.Format == CSV {
		content, err = sheet.CSV(tables[0])
		return name, content, err
	}
	content, err = sheet.Workbook(tables...)
	return name, content, err
}

// tables are the sheets of an export: of models their updates and checks, too.
func (w *writer) tables(of Wanted, list []one) ([]sheet.Out, error) {
	updates, err := w.updates(list)
	if err != nil || of.What == Updates {
		return []sheet.Out{updates}, err
	}
	reviews, err := w.reviews(list)
	return []sheet.Out{w.models(list), updates, reviews}, err
}

// prepare finds what the file is written with, and the units that it is about.
func prepare(ctx context.Context, b *bot.Bot, of *Wanted) (*writer, *store.Subtree, error) {
	units, err := b.Book().Refresh(ctx, b.Store)
	if err != nil {
		return nil, nil, err
	}
	units = units.On(store.DateOf(of.AsOf.In(b.Zone)))
	w := &writer{Voice: b.Voice(of.Language), org: units, contacts: true, codes: map[store.ModelID]string{}}
	w.Units = units.Unit
	in, err := w.bound(of)
	if err != nil {
		return nil, nil, err
	}
	return w, in, b.Store.View(ctx, func(r store.Reader) (err error) {
		w.campaigns, err = r.Campaigns()
		return err
	})
}

// bound keeps an export to what its post may see.
func (w *writer) bound(of *Wanted) (*store.Subtree, error) {
	roots := []store.UnitCode{of.Unit}
	if _, ok := w.org.Unit(of.Unit); of.Unit != "" && !ok {
		return nil, fmt.Errorf("unit %q: %w", of.Unit, ErrNothing)
	}
	if of.Post == "" {
		return w.org.Below(roots...), nil
	}

	post, ok := w.org.Seat(of.Post)
	if !ok || !access.May(post.Role, access.ViewModels) || of.Unit != "" && !w.org.Reaches(post, of.Unit) {
		return nil, fmt.Errorf("post %q: %w", of.Post, ErrNothing)
	}
	w.contacts = access.May(post.Role, access.SeePhones)
	if of.Unit == "" {
		roots = org.Roots(post)
	}
	if len(post.Portfolio.Fields) > 0 {
		of.Fields = within(of.Fields, post.Portfolio.Fields)
	}
	return w.org.Below(roots...), nil
}

// within are those of some fields that are among others; all of those where none is
// named.
func within(fields, most []string) []string {
	if len(fields) == 0 {
		return most
	}
	out := slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return !slices.Contains(most, f) })
	if len(out) == 0 {
		return []string{"-"} // none is that
	}
	return out
}

// chosen lists the models that are wanted, the oldest first.
func chosen(ctx context.Context, b *bot.Bot, of Wanted, in *store.Subtree) ([]store.ModelID, error) {
	counts, err := counted(ctx, b, of)
	if err != nil {
		return nil, err
	}
	var ids []store.ModelID
	err = b.Store.View(ctx, func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{In: in, Fields: of.Fields, States: of.States})
		for _, h := range slices.Backward(heads) {
			if counts(h) {
				ids = append(ids, h.ID)
			}
		}
		return err
	})
	return ids, err
}

// counted says which models are of the campaign, and of its period.
func counted(ctx context.Context, b *bot.Bot, of Wanted) (func(store.Head) bool, error) {
	if of.Campaign == "" {
		return func(store.Head) bool { return true }, nil
	}
	set, err := reporting.Now(ctx, b.Store, b.Book(), of.AsOf)
	if err != nil {
		return nil, err
	}
	c, err := set.Campaign(of.Campaign)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNothing, err)
	}
	parts := set.Within(c)
	if of.Period == "" {
		return func(h store.Head) bool { _, ok := h.Entries.Counted(c.ID, parts); return ok }, nil
	}

	found, err := reporting.Load(ctx, b.Store, b.Book(), reporting.Ask{
		Campaign: c.ID, Period: of.Period, Unit: of.Unit, AsOf: of.AsOf, Metrics: answer.Metrics(),
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("%w: %w", ErrNothing, err)
	}
	if err != nil {
		return nil, err
	}
	all := map[store.ModelID]bool{}
	for _, id := range found.Now.All() {
		all[id] = true
	}
	return func(h store.Head) bool { return all[h.ID] }, nil
}

// load reads models with what happened to them, some in one transaction.
func (w *writer) load(ctx context.Context, b *bot.Bot, ids []store.ModelID) ([]one, error) {
	out := make([]one, 0, len(ids))
	for page := range slices.Chunk(ids, slice) {
		err := b.Store.View(ctx, func(r store.Reader) error {
			for _, id := range page {
				o, err := w.loadOne(r, id)
				if err != nil {
					return err
				}
				out = append(out, o)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the models: %w", err)
		}
	}
	return out, nil
}

func (w *writer) loadOne(r store.Reader, id store.ModelID) (o one, err error) {
	if o.Model, err = r.Model(id); err != nil {
		return o, err
	}
	if o.updates, err = r.Progress(id); err != nil {
		return o, err
	}
	if o.reviews, err = r.Reviews(id); err != nil {
		return o, err
	}

	named := []store.ModelID{o.Predecessor, o.Into}
	for _, v := range o.reviews {
		named = append(named, v.Into)
	}
	for _, other := range named {
		if other != 0 && w.codes[other] == "" {
			if m, err := r.Model(other); err == nil {
				w.codes[other] = m.Code
			}
		}
	}
	return o, nil
}

// statesNamed reads the states of a command line: their words, or as they are kept.
func StatesNamed(b *bot.Bot, lang string, words []string) ([]store.State, error) {
	r := reading{Voice: b.Voice(lang), meant: map[string]string{}}
	var out []store.State
	for _, word := range words {
		state := fixed(&r, "state.", strings.TrimSpace(word), store.States...)
		if state == "" {
			return nil, fmt.Errorf("no state is called %q", word)
		}
		out = append(out, state)
	}
	return out, nil
}
