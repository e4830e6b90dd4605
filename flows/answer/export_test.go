package answer

import "danvan/store"

// Count reads a text as one number of something, with or without saying of what:
// what every parser of the package reads numbers with.
func Count(text string) (Reading[store.Decimal], error) {
	r, err := Quantities(text)
	var out Reading[store.Decimal]
	for _, list := range r.Values {
		out.Values = append(out.Values, list[0].Value)
	}
	out.Confirm = r.Confirm
	return out, err
}
