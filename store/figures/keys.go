package figures

import "danvan/store"

// Keys lists the catalogue keys that this package puts together; the others
// are spelt out in it.
func Keys() []string {
	var out []string
	add := func(prefix string, keys ...string) {
		for _, k := range keys {
			out = append(out, prefix+k)
		}
	}

	for _, s := range Sets() {
		add("figures.set.", s.String())
	}

	for _, k := range Kinds() {
		add("figures.kind.", string(k))
		add("figures.p1_kind_", string(k))
	}

	for _, p := range moneyParts {
		add("figures.money.", string(PartMetric(p))[len(Worth)+1:])
	}
	for _, k := range store.UnitKinds {
		add("figures.scope.", string(k))
	}
	for _, o := range Outcomes {
		add("figures.outcome.", string(o))
	}

	add("figures.scope.", "house", "watched")
	add("figures.period.", string(store.Month), string(store.Quarter), string(store.NineMonths), string(store.FullYear))
	add("figures.check.", "kind", "field", "unit", "title", "origin", "state", "money")
	add("figures.column.", "number", "unit", "what", "models", "rate", "field", "title", "measure", "in_period", "so_far",
		"reports", "now", "value", "previous", "year_before", "by", "code", "name", "kind", "origin", "state", "worth", "sum",
		"registrant", "place", "problem", "target", "content", "time", "contact", "results", "evidence")

	for _, t := range []string{"t1", "t2", "t4", "t5", "t6", "t11", "t12", "t13", "list", "outcomes"} {
		add("figures."+t+".", "sheet", "title")
	}

	for _, s := range []Set{New, Registered} {
		add("figures.t3.sheet_", s.String())
		add("figures.t3.title_", s.String())
	}

	return out
}
