package figures

import (
	"cmp"
	"slices"

	"danvan/store"
)

// row is a model as it was counted: everything that a figure needs.
type row struct {
	id         store.ModelID
	line       int32
	field      int16
	title      int16
	reason     int16 // its place among the Figures' reasons; 0: not a matter of reasons
	kind       uint8
	in         sets
	first, end int32 // its amounts
	who, last  int32 // its registrants, last exclusive
}

// Compute counts facts. Facts of other campaigns, units or fields than the
// query's are left out, so a caller may pass more than is needed.
func Compute(q Query, facts []store.Fact, units []store.Unit) *Figures {
	c := Begin(q, units)
	c.rows = make([]row, 0, len(facts))
	c.Add(facts)
	return c.Figures()
}

// Begin starts a computation to which facts are added slice by slice, so that
// nobody has to hold them all, nor a read transaction open meanwhile: what was
// known by the query's instant is the same in every one of them.
func Begin(q Query, units []store.Unit) *Computation {
	c := &Computation{
		query: q, frame: newFrame(q), lineup: newLineup(q, units),
		fields: newNames[string](), titles: newNames[string](), reasons: newNames("", NotGiven),
		metrics: newNames[Metric](), registrants: newNames[registrant](),
	}

	for _, o := range q.Campaign.Fields {
		if c.watched(o.Key) {
			c.fields.of(o.Key)
		}
	}

	for _, o := range q.Campaign.Titles {
		c.titles.of(o.Key)
	}
	for _, p := range moneyParts {
		c.metrics.of(PartMetric(p))
	}

	c.folder.metrics = c.metrics
	return c
}

// Add counts facts and keeps nothing of them. A model is to be added once.
func (c *Computation) Add(facts []store.Fact) {
	for i := range facts {
		c.count(&facts[i])
	}
}

// Computation counts facts; Begin makes it. It is not for concurrent use.
type Computation struct {
	query Query
	frame
	lineup
	folder folder

	fields, titles, reasons *names[string]
	metrics                 *names[Metric]
	registrants             *names[registrant]

	name    []byte // of a registrant, folded
	steps   []step
	rows    []row
	amounts []amount
	people  []int32 // the registrants of the rows, ^n of one who is not of the model's kind
}

// registrant is who registered a model.
type registrant struct {
	unit store.UnitCode
	kind uint8
	name string
}

func (c *Computation) watched(field string) bool {
	return len(c.query.Fields) == 0 || slices.Contains(c.query.Fields, field)
}

func (c *Computation) count(f *store.Fact) {
	line, ok := c.of[f.Unit]
	entry, counts := f.Entries.Counted(c.campaign, c.within)
	if !ok || !counts || !c.watched(entry.Field) || !f.Registered.Before(c.end) || f.Registered.After(c.asOf) {
		return
	}

	c.steps = c.known(f.Steps, c.steps)
	life := c.replay(f, c.steps)
	in := c.classify(f, entry.Origin, life)
	if in == 0 {
		return
	}

	r := row{
		id: f.ID, line: line, in: in, first: int32(len(c.amounts)),
		field: int16(c.fields.of(cmp.Or(entry.Field, NotGiven))), title: int16(c.titles.of(cmp.Or(entry.TitleGroup, NotGiven))),
	}

	if f.Kind == store.Individual {
		r.kind = 1
	}

	r.who = int32(len(c.people))
	c.register(f, r.kind)
	r.last = int32(len(c.people))
	if in.has(Failed) || in.has(Paused) {
		r.reason = int16(c.reasons.of(cmp.Or(life.reason, NotGiven)))
	}
	if in.has(Registered) {
		c.amounts = c.folder.fold(&c.frame, c.steps, c.amounts)
	}

	r.end = int32(len(c.amounts))
	c.rows = append(c.rows, r)
}

// register notes who registered a model: the unit, where nobody is named.
func (c *Computation) register(f *store.Fact, kind uint8) {
	if len(f.Registrants) == 0 {
		c.people = append(c.people, c.registrant(f, kind, ""))
		return
	}

	first := len(c.people)
	for _, one := range f.Registrants {
		n := int32(0)
		if own := one.Kind == "" || (one.Kind == store.Individual) == (kind == 1); own {
			n = c.registrant(f, kind, one.Name)
		} else {
			n = ^c.registrant(f, 1-kind, one.Name)
		}
		if !slices.Contains(c.people[first:], n) {
			c.people = append(c.people, n)
		}
	}
}

// registrant numbers somebody who registers.
func (c *Computation) registrant(f *store.Fact, kind uint8, name string) int32 {
	c.name = appendFolded(c.name[:0], name)
	if n, ok := c.registrants.number[registrant{f.Unit, kind, string(c.name)}]; ok {
		return n // asked like this, the name is not copied
	}
	return c.registrants.of(registrant{f.Unit, kind, string(c.name)})
}

// Figures ends the computation: it puts everything into an order that does not
// depend on the order of the facts, and counts. Call it once.
func (c *Computation) Figures() *Figures {
	q := c.query
	f := &Figures{
		Campaign: q.Campaign.ID, Period: q.Period, AsOf: q.AsOf, Narrowed: len(q.Fields) > 0,
		Fields: options(q.Campaign.Fields, c.fields), Titles: options(q.Campaign.Titles, c.titles),
		Submissions: slices.Clone(q.Submissions), rows: c.rows, amounts: c.amounts, people: c.people,
	}

	slices.SortFunc(f.rows, func(a, b row) int { return cmp.Compare(a.id, b.id) })
	f.Reasons = slices.Sorted(slices.Values(c.reasons.list)) // "" comes first
	f.metrics = slices.SortedFunc(slices.Values(c.metrics.list), metricOrder(q.Metrics))

	fields, titles := places(c.fields.list, keysOf(f.Fields)), places(c.titles.list, keysOf(f.Titles))
	reasons, metrics, lines := places(c.reasons.list, f.Reasons), places(c.metrics.list, f.metrics), c.drop(f)
	people := map[int32]int32{}
	for i := range f.rows {
		r := &f.rows[i]
		r.line, r.field, r.title, r.reason = lines[r.line], int16(fields[r.field]), int16(titles[r.title]), int16(reasons[r.reason])
		for i, who := range f.people[r.who:r.last] {
			f.people[int(r.who)+i] = renumber(people, who)
		}
	}

	for i := range f.amounts {
		f.amounts[i].metric = metrics[f.amounts[i].metric]
	}
	for _, r := range f.rows {
		slices.SortFunc(f.amounts[r.first:r.end], func(a, b amount) int { return cmp.Compare(a.metric, b.metric) })
	}

	f.count()
	return f
}

// drop leaves out the lines of units that were not in force in the period and
// have nothing; it returns the new place of each line.
func (c *Computation) drop(f *Figures) []int32 {
	used := slices.Clone(c.inForce)
	for _, r := range f.rows {
		used[r.line] = true
	}
	to := make([]int32, len(used))
	for i, line := range c.lines {
		to[i] = int32(len(f.Lines))
		if used[i] {
			f.Lines = append(f.Lines, line)
		}
	}
	return to
}

// options are the campaign's options that are counted by, and after them what
// models have that the campaign does not know.
func options(known []store.Option, counted *names[string]) []store.Option {
	var out []store.Option
	for _, o := range known {
		if _, ok := counted.number[o.Key]; ok {
			out = append(out, store.Option{Key: o.Key, Label: o.Label, Short: o.Short})
		}
	}

	unknown := slices.DeleteFunc(slices.Sorted(slices.Values(counted.list)), func(key string) bool {
		return slices.ContainsFunc(known, func(o store.Option) bool { return o.Key == key })
	})

	for _, key := range unknown {
		out = append(out, store.Option{Key: key, Label: store.Label{"vi": key}})
	}

	return out
}

func keysOf(list []store.Option) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.Key
	}
	return out
}

// places returns where each name of from stands in to.
func places[N comparable](from, to []N) []int32 {
	there := newNames(to...).number
	out := make([]int32, len(from))
	for i, name := range from {
		out[i] = there[name]
	}
	return out
}
