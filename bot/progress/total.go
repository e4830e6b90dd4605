package progress

import (
	"strings"

	"danvan/store"
	"danvan/store/figures"
)

// soFar says what a model's updates come to after one of them; "" where it has
// said so itself.
func (t turn) soFar(m store.Model, p store.Progress) (string, error) {
	if len(p.Results)+len(p.Money) == 0 && p.Corrects == 0 {
		return "", nil
	}
	steps, err := t.steps(m.ID)
	if err != nil {
		return "", err
	}

	alone := p.Step()
	alone.Corrects = 0
	all := t.amounts(figures.SoFar(steps, t.Event.At))
	if all == t.amounts(figures.SoFar([]store.FactStep{alone}, t.Event.At)) {
		return "", nil
	}
	return all, nil
}

// steps are what happened to a model, as the figures see it.
func (t turn) steps(id store.ModelID) ([]store.FactStep, error) {
	facts, err := t.Tx.Facts(store.ModelQuery{After: id - 1, Limit: 1})
	if err != nil || len(facts) == 0 || facts[0].ID != id {
		return nil, err
	}
	return facts[0].Steps, nil
}

// amounts writes what metrics came to.
func (t turn) amounts(list []figures.Amount) string {
	parts := make([]string, len(list))
	for i, a := range list {
		parts[i] = t.amount(a)
	}
	return strings.Join(parts, ", ")
}

// amount writes what a metric came to.
func (t turn) amount(a figures.Amount) string {
	if a.Metric.Money() {
		return t.Voice.Money(store.Money{VND: a.SoFar, Qualifier: a.Qualifier})
	}
	word, _ := a.Metric.Word()
	return t.Quantity(store.Quantity{
		Metric: a.Metric.Unit(), Thing: a.Metric.Thing(), Word: word, Value: store.Decimal(a.SoFar), Qualifier: a.Qualifier,
	})
}
