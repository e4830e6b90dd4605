package main

import (
	"context"
	"strings"

	"danvan/store"

	"github.com/alecthomas/kong"
)

// unitsCommand prints the units.
type unitsCommand struct {
	config   `embed:""`
	Province string `help:"Only this province, or the unit of this code, with what is below it." placeholder:"CODE"`
	AsOf     string `help:"The units of a day, as 31/08/2026; of today if it is left out." placeholder:"DAY"`
}

// Run prints the units of a day: code, name, parent, and the codes that
// corrected theirs.
func (c *unitsCommand) Run(ctx context.Context, k *kong.Context) error {
	words, err := words()
	if err != nil {
		return err
	}
	p := printer{k.Stdout, words, c.Language, ""}
	day, err := parseDay(c.AsOf)
	if err != nil {
		return p.refuse("import.as_of", map[string]any{"Text": c.AsOf})
	}

	return withOrders(c.config, func(o orders) error {
		listed, err := o.Units(ctx, store.UnitCode(c.Province), day)
		if err != nil {
			return err
		}
		if !listed.Known {
			return p.refuse("units.unknown", map[string]any{"Code": c.Province})
		}
		p.units(listed)
		return nil
	})
}

// units prints a line for each unit, and how many there are of each sort.
func (p printer) units(listed unitsListed) {
	top, places, others := 0, 0, 0
	for _, u := range listed.Units {
		indent := "  "
		switch {
		case u.Kind.Top():
			top, indent = top+1, ""
		case u.Kind.Place():
			places++
		default:
			others, indent = others+1, "    "
		}

		line := indent + string(u.Code) + "  " + u.Name
		var codes []string
		for _, a := range u.Aliases {
			codes = append(codes, p.words.Text(p.lang, "units.alias", map[string]any{"Code": string(a.Code), "Day": a.From.DMY()}))
		}
		if len(codes) > 0 {
			line += " (" + strings.Join(codes, "; ") + ")"
		}
		tell(p.w, line)
	}
	args := map[string]any{"Day": listed.Day.DMY(), "Top": p.count(top), "Places": p.count(places), "Others": ""}
	if others > 0 {
		args["Others"] = p.count(others)
	}
	p.say("units.sum", args)
}
