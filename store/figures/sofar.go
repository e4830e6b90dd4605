package figures

import (
	"time"

	"danvan/store"
)

// SoFar is what one model's updates come to by an instant, all the money last:
// the same sums that the figures of its units are made of.
func SoFar(steps []store.FactStep, at time.Time) []Amount {
	fo := folder{metrics: newNames[Metric]()}
	for _, p := range moneyParts {
		fo.metrics.of(PartMetric(p))
	}
	fr := frame{asOf: at, to: store.Date{Year: 9999, Month: 12, Day: 31}}

	var out []Amount
	worth := Amount{Metric: Worth}
	var doubts marks
	for _, a := range fo.fold(&fr, fr.known(steps, nil), nil) {
		if m := fo.metrics.list[a.metric]; !m.Money() {
			out = append(out, Amount{Metric: m, SoFar: a.soFar, Qualifier: a.marks.qualifier(), Models: 1})
			continue
		}
		worth.SoFar += a.soFar
		doubts |= a.marks
	}
	if worth.SoFar != 0 {
		worth.Qualifier, worth.Models = doubts.qualifier(), 1
		out = append(out, worth)
	}
	return out
}
