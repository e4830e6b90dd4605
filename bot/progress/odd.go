package progress

import (
	"slices"
	"strconv"
	"strings"

	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/figures"
)

// oddIn asks about the figures of an answer that are seldom right.
func (t turn) oddIn(s *store.Session, a store.Answer) (*store.Doubt, error) {
	odd, err := t.odds(s, a)
	if err != nil || len(odd) == 0 {
		return nil, err
	}
	return &store.Doubt{Kind: flows.DoubtOdd, Keys: odd}, nil
}

// oddLeft asks, before all is sent, about the figures that nobody was asked about:
// those that came with other answers in one message.
func (t turn) oddLeft(s *store.Session) (*store.Doubt, error) {
	d := &store.Doubt{Kind: flows.DoubtOdd}
	for _, field := range figureFields {
		a, _ := flows.Find(s, field)
		if a.Given {
			continue
		}
		odd, err := t.odds(s, a)
		if err != nil {
			return nil, err
		}
		odd = slices.DeleteFunc(odd, func(key string) bool { return slices.Contains(a.Odd, key) })
		if len(odd) > 0 {
			a.Odd = append(slices.Clip(a.Odd), odd...)
			d.Keys, d.Readings = append(d.Keys, odd...), append(d.Readings, a)
		}
	}

	if len(d.Keys) == 0 {
		return nil, nil
	}
	return d, nil
}

// odds tells what is odd about the figures of an answer.
func (t turn) odds(s *store.Session, a store.Answer) ([]string, error) {
	if len(a.Amounts)+len(a.Money) == 0 {
		return nil, nil
	}
	m, err := about.Subject(t.Turn, s)
	if err != nil || m.ID == 0 {
		return nil, err
	}
	had, err := t.had(m, store.ProgressID(s.Corrects), answer.Basis(a.Text) == store.Added)
	if err != nil {
		return nil, err
	}
	medians, err := t.medians(m.Entries.First())
	if err != nil {
		return nil, err
	}

	told := store.FactStep{Row: 1, Day: t.Today, At: t.Event.At, Results: a.Amounts, Money: a.Money}
	var out []string
	for _, o := range figures.Odds(figures.SoFar([]store.FactStep{told}, t.Event.At), had, medians) {
		out = append(out, oddKey(o))
	}
	return out, nil
}

// had is what a new figure of a model is held against: what its updates came to,
// or the last of them where the figure is only what was added.
func (t turn) had(m store.Model, but store.ProgressID, added bool) ([]figures.Amount, error) {
	steps, err := t.steps(m.ID)
	if err != nil {
		return nil, err
	}
	steps = slices.DeleteFunc(slices.Clone(steps), func(s store.FactStep) bool {
		return s.Row == 0 || but != 0 && (s.Row == but || s.Corrects == but)
	})
	if !added {
		return figures.SoFar(steps, t.Event.At), nil
	}

	var out []figures.Amount
	for _, s := range slices.Backward(steps) {
		s.Corrects = 0
		for _, a := range figures.SoFar([]store.FactStep{s}, t.Event.At) {
			if !slices.ContainsFunc(out, func(b figures.Amount) bool { return b.Metric == a.Metric }) {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// medians are those of a field in the last period of its campaign that is closed.
func (t turn) medians(e store.Entry) ([]store.Median, error) {
	c, err := t.Tx.Campaign(e.Campaign)
	if err != nil {
		return nil, err
	}
	var last store.Period
	for _, p := range c.Begun {
		if p.Closed(t.Event.At) && last.To.Before(p.To) {
			last = p
		}
	}
	return slices.DeleteFunc(slices.Clone(last.Medians), func(m store.Median) bool { return m.Field != e.Field }), nil
}

// oddKey writes what is odd for a session, oddLine for a person.
func oddKey(o figures.Odd) string {
	return strings.Join([]string{string(o.Kind), string(o.Metric), strconv.FormatInt(o.Value, 10), strconv.FormatInt(o.Than, 10)}, "\t")
}

func (t turn) oddLine(key string) string {
	part := append(strings.Split(key, "\t"), "", "", "")
	value, _ := strconv.ParseInt(part[2], 10, 64)
	than, _ := strconv.ParseInt(part[3], 10, 64)
	o := figures.Odd{Kind: figures.OddKind(part[0]), Metric: figures.Metric(part[1]), Value: value, Than: than}
	return t.Text("update.odd."+string(o.Kind), text.Args{
		"Value": t.amount(figures.Amount{Metric: o.Metric, SoFar: o.Value}),
		"Than":  t.amount(figures.Amount{Metric: o.Metric, SoFar: o.Than}),
		"Times": t.Voice.Figures().Count(o.Times()),
	})
}

// recordOdd keeps in the audit what somebody said is right all the same.
func (t turn) recordOdd(subject string, s *store.Session) error {
	for _, field := range figureFields {
		a, _ := flows.Find(s, field)
		for _, key := range a.Odd {
			if err := t.Record(subject, "confirm", field, "", strings.TrimPrefix(t.oddLine(key), "• ")); err != nil {
				return err
			}
		}
	}
	return nil
}
