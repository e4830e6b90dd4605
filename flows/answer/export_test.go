package answer

import "danvan/store"

// Count reads a text as one number of something, with or without saying of what:
// what every parser of the package reads numbers with.
func Count(text string) (Reading[store.Decimal], error) {
	r, err := Results(text)
	var out Reading[store.Decimal]
	for _, list := range r.Values {
		for _, q := range list.Amounts[:min(1, len(list.Amounts))] {
			out.Values = append(out.Values, q.Value)
		}
	}
	out.Confirm = r.Confirm
	return out, err
}
