package exchange

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
)

// reading is what the rows of a table are read against: who brings it, and what there
// is today. The values go through the rules of the form, but that what is short is
// pointed out and not refused: people have what they wrote years ago.
type reading struct {
	text.Voice
	org       *org.Org
	post      store.Post // of whoever brings it; without an id the command line
	campaigns []store.Campaign
	form      *flows.Form // the registration
	now       time.Time
	today     store.Date

	past  map[string]past             // what the file tells of models beside their rows, by their codes
	names map[string][]store.UnitCode // the units that may be meant, by their folded names
	meant map[string]string           // what choices were read as
}

// row is a row while it is read.
type row struct {
	*reading
	line     sheet.Line
	m        store.Model
	campaign store.Campaign // the first of the model's
	others   []string       // its other campaigns, as they are written
	padded   store.UnitCode // the code that it is with the zeros that a spreadsheet dropped
	from     string         // the code of the model that it goes on from
	into     string         // and of that into which it was merged
	updated  store.Date
	results  []store.Quantity
	money    []store.Money
	stated   bool // the table says how far the work is
	faults   []sheet.Fault
	bad      map[string]bool // the columns that have one
}

// read reads a row of a table. What is wrong with it is among its faults.
func (r *reading) read(line sheet.Line, from []column) *row {
	out := &row{reading: r, line: line, bad: map[string]bool{}}
	for _, c := range from {
		cell := line.In(c.name)
		said := sheet.Unguard(answer.Clean(cell.Text))
		if c.read == nil || said == "" {
			continue
		}

		err := c.read(out, cell, said)
		switch {
		case cell.Kind == sheet.Error:
			err = &answer.Invalid{Key: "exchange.error_cell", Args: map[string]any{"Text": cell.Text}}
		case answer.Secret(said):
			err = &answer.Invalid{Key: "answer.secret"}
		}
		if err != nil {
			out.fault(c.name, err)
		}
	}
	out.finish()
	return out
}

// retold reports whether the file has the model's updates and the steps of its check.
func (r *row) retold() bool { _, ok := r.past[r.m.Code]; return ok && r.m.Code != "" }

// fault notes what is wrong in a column.
func (r *row) fault(column string, err error) {
	bad, ok := errors.AsType[*answer.Invalid](err)
	if !ok {
		bad = &answer.Invalid{Key: "exchange.unread"}
	}
	args := map[string]any{"Example": r.example(column)}
	for k, v := range bad.Args {
		args[k] = v
	}
	r.faults, r.bad[column] = append(r.faults, r.line.Fault(column, bad.Key, args)), true
}

// example is a good value of a column; "" where none is needed.
func (r *reading) example(column string) string {
	if key := "exchange.example." + column; r.Words.Has(r.Lang, key) {
		return r.Plain(key, nil)
	}
	return ""
}

// wrong is a refusal of the row's own.
func wrong(key string, args map[string]any) error { return &answer.Invalid{Key: key, Args: args} }

// finish looks at what belongs together, and fills in what follows from it.
func (r *row) finish() {
	if r.m.Unit == "" && r.single() && !r.bad["unit"] {
		r.m.Unit = r.post.Unit
	}

	for _, need := range []struct {
		column string
		given  bool
	}{
		{"unit", r.m.Unit != ""}, {"title", r.m.Title != ""}, {"kind", r.m.Kind != ""}, {"field", r.field() != ""},
	} {
		if !need.given && !r.bad[need.column] && !(need.column == "field" && r.m.Unit == "") {
			r.fault(need.column, wrong("exchange.needed", map[string]any{"Column": column{name: need.column}.head(r.Voice)}))
		}
	}

	if u, _ := r.org.Unit(r.m.Unit); r.m.Unit != "" && !u.InForce(r.today) && !r.stated && !r.retold() {
		r.fault("unit", wrong("exchange.ended", map[string]any{"Unit": u.Name}))
	}
	if !r.m.To.IsZero() && r.m.To.Before(r.m.From) {
		r.fault("to", wrong("exchange.backwards", map[string]any{"From": r.m.From, "To": r.m.To}))
	}
	if day := store.DateOf(r.m.RegisteredAt.In(r.Zone)); !r.m.RegisteredAt.IsZero() && r.today.Before(day) {
		r.fault("registered", wrong("answer.day_future", map[string]any{"Day": day, "Today": r.today}))
	}
	if len(r.faults) > 0 {
		return
	}

	r.date()
	r.title()
	r.m.Fold, r.m.Targets = answer.Fold(r.m.Title), answer.Figures(r.m.Target)
	r.m.Vague = answer.Vague(r.m.Title, r.m.Target, r.m.Content, r.m.Place, len(r.m.Registrants) > 0, !r.m.From.IsZero(), r.m.Output != "")
}

func (r *row) field() string { return r.m.Entries.First().Field }

// title gives the model the first title where the table has none, and says what it is
// in its other campaigns: the same, unless the table says otherwise.
func (r *row) title() {
	first := &r.m.Entries[0]
	if first.TitleGroup == "" && len(r.campaign.Titles) > 0 {
		first.TitleGroup = r.campaign.Titles[0].Key
	}
	if first.Origin == "" {
		first.Origin = store.New
	}
	for _, other := range r.others {
		document, parts, apart := strings.Cut(strings.TrimSuffix(other, ")"), " (")
		c, ok := r.documented(document)
		if !ok {
			continue
		}

		e := *first
		if e.Campaign = c.ID; apart {
			if said := strings.Split(parts, entryParts); len(said) == 3 {
				e.Field, e.TitleGroup = keyOf(c.Fields, said[0]), keyOf(c.Titles, said[1])
				e.Origin = fixed(r.reading, "register.origin.", said[2], store.New, store.Maintained, store.Upgraded)
			}
		}
		r.m.Entries = append(r.m.Entries, e)
	}
}

// date gives the model the day and the year in which it was registered: those of the
// table, else now.
func (r *row) date() {
	m := &r.m
	switch {
	case m.RegisteredAt.IsZero() && m.Year != 0 && m.Year != r.today.Year:
		m.RegisteredAt = store.Date{Year: m.Year, Month: time.January, Day: 1}.Time(r.Zone)
	case m.RegisteredAt.IsZero() || m.RegisteredAt.After(r.now):
		m.RegisteredAt = r.now
	}
	if m.Year == 0 {
		m.Year = m.RegisteredAt.In(r.Zone).Year()
	}
}

// reaches reports whether whoever brings the table registers for a unit.
func (r *reading) reaches(unit store.UnitCode) bool {
	return r.post.ID == "" || r.org.Reaches(r.post, unit)
}

// single reports whether there is but one unit that whoever brings the table registers
// for: it need not be named.
func (r *reading) single() bool { return r.post.ID != "" && r.org.Scope(r.post).Len() == 1 }

// sized refuses a text that is longer than the form takes.
func (r *row) sized(field, s string) error {
	st := r.form.Step(field)
	if n := utf8.RuneCountInString(s); st.Max > 0 && n > st.Max {
		return wrong("answer.too_long", map[string]any{"Length": n, "Max": st.Max})
	}
	return nil
}

// soundCode is how the code of a model looks that a house gave.
var soundCode = regexp.MustCompile(`^[A-Z0-9][A-Z0-9._-]{3,39}$`)

func (r *row) readCode(_ sheet.Cell, s string) error {
	if r.m.Code = strings.ToUpper(s); !soundCode.MatchString(r.m.Code) {
		return wrong("exchange.code", map[string]any{"Text": answer.Excerpt(s)})
	}
	return nil
}

func (r *row) readUnitCode(_ sheet.Cell, s string) error {
	if u, ok := r.org.Unit(store.UnitCode(s)); ok {
		return r.setUnit(u.Code)
	}
	for padded := "0" + s; len(padded) <= 5; padded = "0" + padded {
		if u, ok := r.org.Unit(store.UnitCode(padded)); ok {
			r.padded = u.Code // its name must say so, too
			return nil
		}
	}
	return wrong("exchange.unit_code", map[string]any{"Text": answer.Excerpt(s)})
}

func (r *row) readUnit(_ sheet.Cell, s string) error {
	if r.m.Unit != "" || r.bad["unit_code"] {
		return nil
	}
	found := r.unitsNamed(s)
	switch {
	case r.padded != "" && slices.Contains(found, r.padded):
		return r.setUnit(r.padded)
	case len(found) == 1:
		return r.setUnit(found[0])
	case len(found) > 1:
		return wrong("exchange.unit_several", map[string]any{
			"Text": answer.Excerpt(s), "Code": string(found[0]), "Other": string(found[1]),
		})
	}
	return wrong("exchange.unit", map[string]any{"Text": answer.Excerpt(s)})
}

// setUnit takes a unit that whoever brings the table may register for.
func (r *row) setUnit(code store.UnitCode) error {
	if !r.reaches(code) {
		u, _ := r.org.Unit(code)
		return wrong("exchange.not_yours", map[string]any{"Unit": u.Name})
	}
	r.m.Unit = code
	return nil
}

// unitsNamed are the units that bear a name, with or without its kind.
func (r *reading) unitsNamed(name string) []store.UnitCode {
	if r.names == nil {
		r.names = map[string][]store.UnitCode{}
		for _, u := range r.org.Units() {
			if u.InForce(r.today) && r.reaches(u.Code) {
				full := answer.Fold(u.Name)
				bare := bareName.ReplaceAllString(full, "")
				r.names[full] = append(r.names[full], u.Code)
				if bare != full {
					r.names[bare] = append(r.names[bare], u.Code)
				}
			}
		}
	}
	return r.names[answer.Fold(name)]
}

// bareName is what of a folded name says the kind of place.
var bareName = regexp.MustCompile(`^(tinh|thanh pho|xa|phuong|dac khu) `)

func (r *row) readCampaigns(_ sheet.Cell, s string) error {
	parts := strings.Split(s, ";")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	c, ok := r.documented(parts[0])
	if !ok {
		return wrong("exchange.campaign", map[string]any{"Text": answer.Excerpt(parts[0])})
	}
	r.begin(c)
	r.others = parts[1:]
	return nil
}

// documented finds a campaign by its document, its name or its id; where several have
// one document, the one that binds the row's unit.
func (r *row) documented(said string) (store.Campaign, bool) {
	fold := answer.Fold(said)
	var found []store.Campaign
	for _, c := range r.campaigns {
		names := []string{c.Document, string(c.ID)}
		for _, label := range c.Name {
			names = append(names, label)
		}
		if slices.ContainsFunc(names, func(n string) bool { return n != "" && answer.Fold(n) == fold }) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b store.Campaign) int { return r.far(a) - r.far(b) })
	if len(found) == 0 {
		return store.Campaign{}, false
	}
	return found[0], true
}

// far is how many units lie between the row's and that whose campaign it is; many
// where it does not bind the unit.
func (r *row) far(c store.Campaign) int {
	n := 0
	for u := range r.org.Up(r.m.Unit) {
		if u.Code == c.Unit {
			return n
		}
		n++
	}
	if c.Unit == "" {
		return n
	}
	return farAway
}

// farAway is where a campaign is that does not bind the row's unit.
const farAway = 1000

// bind finds the campaign of a row that names none: the nearest that runs on the day
// on which the model was registered, else today.
func (r *row) bind() error {
	if r.campaign.ID != "" {
		return nil
	}
	days := []store.Date{r.today}
	if !r.m.RegisteredAt.IsZero() {
		days = []store.Date{store.DateOf(r.m.RegisteredAt.In(r.Zone)), r.today}
	} else if r.m.Year != 0 && r.m.Year != r.today.Year {
		days = []store.Date{{Year: r.m.Year, Month: time.December, Day: 31}, r.today}
	}

	for _, day := range days {
		best := slices.DeleteFunc(slices.Clone(r.campaigns), func(c store.Campaign) bool {
			return !c.Running(day) || r.far(c) == farAway
		})
		if len(best) > 0 {
			r.begin(slices.MinFunc(best, func(a, b store.Campaign) int { return r.far(a) - r.far(b) }))
			return nil
		}
	}
	return wrong("exchange.no_campaign", nil)
}

func (r *row) begin(c store.Campaign) {
	r.campaign, r.m.Entries = c, store.Entries{{Campaign: c.ID}}
}
