package tracking

import (
	"fmt"
	"strings"

	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
)

// mostCases is of how many units an escalation says what became of the
// reminders; of more it says how many there are.
const mostCases = about.MostNudged

// mostNames is up to how many units are named under one case: how many more
// there are is said, and a tap shows who.
const mostNames = 12

// cases says of each unit what became of its reminders, the units of one case
// together, a line for each case.
func (t turn) cases(list []about.Matter) (text.Markup, error) {
	if len(list) > mostCases {
		return "", nil
	}
	var said []string
	of := map[string][]store.UnitCode{}
	for _, x := range list {
		how, err := t.caseOf(x.Obligation)
		if err != nil {
			return "", err
		}
		if of[how] == nil {
			said = append(said, how)
		}
		of[how] = append(of[how], x.Unit)
	}

	lines := make([]text.Args, len(said))
	for i, how := range said {
		units := of[how]
		names := ""
		if len(units) <= mostNames {
			names = text.Capital(about.Units(about.Then(t.Turn, list[0].Obligation.Period), units))
		}
		lines[i] = text.Args{"Units": names, "Count": len(units), "Case": how}
	}
	return t.Lines("case.line", lines), nil
}

// caseOf says what became of the reminders of one unit, from the ledger.
func (t turn) caseOf(o about.Obligation) (string, error) {
	in, err := o.Planning(t.Turn)
	if err != nil {
		return "", err
	}
	c := deadline.CaseOf(in, &o.Obligation)
	days := make([]string, len(c.Reminded))
	for i, d := range c.Reminded {
		days[i] = fmt.Sprintf("%02d/%02d", d.Day, d.Month)
	}

	a := text.Args{
		"Now": c.Now, "Day": c.At, "At": text.Clock(c.At), "Deputy": c.Deputy, "Earlier": c.Earlier,
		"Days": strings.Join(days, ", "), "Times": len(days), "Why": c.Why,
	}
	return t.Plain("case.said", a), nil
}

// together joins names by commas and, before the last, a word.
func (t turn) together(names []string) string {
	if n := len(names) - 1; n > 0 {
		return t.Plain("remind.both", text.Args{"First": strings.Join(names[:n], ", "), "Last": names[n]})
	}
	return strings.Join(names, "")
}

// codes are the units of some matters.
func codes(list []about.Matter) []store.UnitCode {
	out := make([]store.UnitCode, len(list))
	for i, x := range list {
		out[i] = x.Unit
	}
	return out
}
