package flows_test

import (
	"strings"
	"testing"

	"danvan/flows"
)

func TestLintNamesEveryFault(t *testing.T) {
	t.Parallel()
	one := func(st flows.Step) flows.Form { return flows.Form{ID: "f", Version: 1, Steps: []flows.Step{st}} }
	choice := flows.Step{Field: "a", Kind: flows.Choice, Options: []string{"x", "y"}}
	for name, c := range map[string]struct {
		form flows.Form
		want string
	}{
		"no id":               {flows.Form{Version: 1, Steps: []flows.Step{choice}}, "needs an id"},
		"no field":            {one(flows.Step{Kind: flows.Text}), "no good name"},
		"a sign in a field":   {one(flows.Step{Field: "a.b", Kind: flows.Text}), "no good name"},
		"asked twice":         {flows.Form{ID: "f", Version: 1, Steps: []flows.Step{choice, choice}}, "asked twice"},
		"no options":          {one(flows.Step{Field: "a", Kind: flows.Choice}), "options or a source"},
		"options of a text":   {one(flows.Step{Field: "a", Kind: flows.Text, Options: []string{"x"}}), "options or a source"},
		"a control as option": {one(flows.Step{Field: "a", Kind: flows.Choice, Options: []string{"~b"}}), "no good key"},
		"an option twice":     {one(flows.Step{Field: "a", Kind: flows.Choice, Options: []string{"x", "x"}}), "no good key"},
		"limits":              {one(flows.Step{Field: "a", Kind: flows.Text, Min: 9, Max: 3}), "cannot be met"},
		"a needed detail":     {one(flows.Step{Field: "a", Kind: flows.Text, Detail: true}), "must be optional"},
		"a later condition": {flows.Form{ID: "f", Version: 1, Steps: []flows.Step{
			{Field: "b", Kind: flows.Text, When: []flows.Cond{flows.Given("a")}}, choice}}, "does not come before it"},
		"a lead to nothing": {one(flows.Step{Field: "a", Kind: flows.Choice, Options: []string{"x"}, Lead: "b"}), "does not come after it"},
		"a lead back": {flows.Form{ID: "f", Version: 1, Steps: []flows.Step{
			{Field: "b", Kind: flows.Text}, {Field: "a", Kind: flows.Choice, Options: []string{"x"}, Lead: "b"}}}, "does not come after it"},
		"an impossible condition": {flows.Form{ID: "f", Version: 1, Steps: []flows.Step{
			choice, {Field: "b", Kind: flows.Text, When: []flows.Cond{flows.Is("a", "z")}}}}, "cannot be"},
	} {
		err := flows.Lint(&c.form)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
