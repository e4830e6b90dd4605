package figures

import (
	"slices"
	"time"

	"danvan/store"
)

// Figures are the numbers of a period, as of an instant. They are made by
// Compute, or by Thaw from frozen ones, and are not changed afterwards.
type Figures struct {
	Campaign store.CampaignID
	Period   Span
	AsOf     time.Time
	// Narrowed says that only the fields of a portfolio were counted.
	Narrowed bool

	Fields []store.Option // the fields that are counted by
	Titles []store.Option
	// Reasons are why models are paused or were given up; the first is "", of
	// those that are neither.
	Reasons     []string
	Lines       []Line
	Submissions []Submission

	metrics []Metric
	rows    []row
	amounts []amount
	people  []int32 // the registrants of the rows, by number
	tallies [setCount]Tally
	totals  []Amount
}

// Amount is what a metric came to.
type Amount struct {
	Metric Metric
	// InPeriod is what the period brought, SoFar what its models brought since
	// they were registered: đồng, or thousandths.
	InPeriod, SoFar int64
	// Qualifier is what InPeriod may say of itself.
	Qualifier store.Qualifier
	Models    int // that the period's value is made of
}

// Tally returns how a set is made up.
func (f *Figures) Tally(s Set) Tally { return f.tallies[s] }

// Count returns the size of a set.
func (f *Figures) Count(s Set) int { return f.tallies[s].Total }

// Amounts lists every metric that anything was reported in: all the money
// first, then its parts, then quantities.
func (f *Figures) Amounts() []Amount {
	if f == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.totals), func(a Amount) bool { return a.SoFar == 0 && a.Models == 0 })
}

// Amount returns what a metric came to; zero when nothing was reported in it.
func (f *Figures) Amount(m Metric) Amount {
	for _, a := range f.totals {
		if a.Metric == m {
			return a
		}
	}
	return Amount{Metric: m}
}

// Why lists the models behind a figure, by id. A count is as many; an amount
// is made of what they brought, and registrants have one model or more,
// as models have registrants.
func (f *Figures) Why(k Key) []store.ModelID {
	var out []store.ModelID
	f.each(k, func(r *row, _ int64) { out = append(out, r.id) })
	return out
}

// Part is a model behind a figure and what it adds to it.
type Part struct {
	Model store.ModelID
	N     int64
}

// Parts lists the models behind a figure as Why does, with what each adds.
func (f *Figures) Parts(k Key) []Part {
	var out []Part
	f.each(k, func(r *row, n int64) { out = append(out, Part{r.id, n}) })
	return out
}

// All lists every model that belongs to the period, in the totals or out of
// them, by id.
func (f *Figures) All() []store.ModelID {
	out := make([]store.ModelID, len(f.rows))
	for i, r := range f.rows {
		out[i] = r.id
	}
	return out
}

// Value returns a figure: a count or, for a key with a metric, what the
// period brought.
func (f *Figures) Value(k Key) int64 {
	var total int64
	f.each(k, func(_ *row, n int64) { total += n })
	return total
}

// each visits the models behind a figure with what each adds to it.
func (f *Figures) each(k Key, visit func(*row, int64)) {
	m := f.matcher(k)
	from, to := f.span(k.Metric)
	met, kind := map[int32]bool{}, -1
	if k.Metric == Registrants { // it is theirs, and not the model's
		kind, m.kind = m.kind, -1
	}
	for i := range f.rows {
		r := &f.rows[i]
		if !m.match(r) {
			continue
		}

		switch k.Metric {
		case "":
			visit(r, 1)
		case Registrants:
			if n, has := f.fresh(met, r, kind); has {
				visit(r, n)
			}
		default:
			if n, touched := f.brought(r, from, to); touched {
				visit(r, n)
			}
		}
	}
}

// whose is a registrant of a model by number, and of which kind they are. Who is not of
// the model's kind stands as ^n.
func whose(who int32, model uint8) (n int32, kind int) {
	if who < 0 {
		return ^who, 1 - int(model)
	}
	return who, int(model)
}

// renumber gives a registrant the number that they have among some people, the next
// where they have none.
func renumber(people map[int32]int32, who int32) int32 {
	from, sign := whose(who, 0)
	n, ok := people[from]
	if !ok {
		n = int32(len(people))
		people[from] = n
	}
	if sign == 1 {
		return ^n
	}
	return n
}

// fresh counts the registrants of a model and of a kind, all of them for -1, who were
// not met yet, and says whether there is any.
func (f *Figures) fresh(met map[int32]bool, r *row, kind int) (fresh int64, has bool) {
	for _, who := range f.people[r.who:r.last] {
		n, of := whose(who, r.kind)
		if !fits(kind, of) {
			continue
		}
		has = true
		if !met[n] {
			met[n] = true
			fresh++
		}
	}
	return fresh, has
}

// span returns the places of the metrics that make up m, to exclusive.
func (f *Figures) span(m Metric) (from, to int32) {
	if m == Worth {
		return 0, int32(len(moneyParts))
	}
	at := slices.Index(f.metrics, m)
	return int32(at), int32(at + 1)
}

// brought is what a model brought of some metrics in the period.
func (f *Figures) brought(r *row, from, to int32) (total int64, touched bool) {
	for _, a := range f.amounts[r.first:r.end] {
		if a.inPeriod != 0 && a.metric >= from && a.metric < to {
			total, touched = total+a.inPeriod, true
		}
	}
	return total, touched
}

// matcher is a key by numbers; -1 matches everything, -2 nothing.
type matcher struct{ set, line, field, title, kind, reason int }

func (f *Figures) matcher(k Key) matcher {
	set := k.Set
	if set == 0 {
		set = Registered
	}
	return matcher{
		set:    int(set),
		line:   index(k.Unit == "", slices.IndexFunc(f.Lines, func(l Line) bool { return l.Unit == k.Unit })),
		field:  index(k.Field == "", slices.Index(keysOf(f.Fields), k.Field)),
		title:  index(k.Title == "", slices.Index(keysOf(f.Titles), k.Title)),
		kind:   index(k.Kind == "", slices.Index(Kinds(), k.Kind)),
		reason: index(k.Reason == "", slices.Index(f.Reasons, k.Reason)),
	}
}

func index(all bool, at int) int {
	if all {
		return -1
	}
	if at < 0 {
		return -2
	}
	return at
}

func (m matcher) match(r *row) bool {
	return r.in.has(Set(m.set)) && fits(m.line, int(r.line)) && fits(m.field, int(r.field)) &&
		fits(m.title, int(r.title)) && fits(m.kind, int(r.kind)) && fits(m.reason, int(r.reason))
}

func fits(want, have int) bool { return want == -1 || want == have }
