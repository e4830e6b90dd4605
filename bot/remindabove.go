package bot

import (
	"slices"
	"strings"

	"danvan/store"
)

// remindAbove tells a supervisor or a coordinator which units are missing, by
// name.
func (t *turn) remindAbove(m *store.Message, rule string, list []matter) error {
	for i, group := range sameUnits(byPeriod(list)) {
		if i > 0 {
			m.Text += "\n"
		}
		names, err := t.unitList(codes(group[0]))
		if err != nil {
			return err
		}
		a, err := t.dutyArgs(group[0][0].duty)
		if err != nil {
			return err
		}
		if a["Vacant"], err = t.vacant(group[0]); err != nil {
			return err
		}
		periods := make([]string, len(group))
		for i, of := range group {
			periods[i] = t.own().say(of[0].duty.Period)
		}
		a["Units"], a["Count"], a["Period"] = capital(names), len(group[0]), strings.Join(periods, ", ")
		m.Text += t.text("remind."+rule, a)
		if button := t.button("remind.who", pressWho+"show."+token(group[0][0].Matter.Period), nil); len(m.Buttons) == 0 {
			m.Buttons = append(m.Buttons, row(button))
		}
	}
	return nil
}

// sameUnits puts together the periods that the same units owe by the same time.
func sameUnits(periods [][]matter) [][][]matter {
	var out [][][]matter
	for _, p := range periods {
		i := slices.IndexFunc(out, func(group [][]matter) bool {
			return group[0][0].Due.Equal(p[0].Due) && slices.Equal(codes(group[0]), codes(p))
		})
		if i < 0 {
			out = append(out, [][]matter{p})
		} else {
			out[i] = append(out[i], p)
		}
	}
	return out
}

// vacant names the units among some that have nobody to be reminded.
func (t *turn) vacant(list []matter) (string, error) {
	var out []store.UnitCode
	for _, x := range list {
		post, err := officerPost(t.tx, x.Unit)
		if err != nil {
			return "", err
		}
		if post.Holder == 0 {
			out = append(out, x.Unit)
		}
	}
	return t.unitList(out)
}

// byPeriod groups what is about the same period, in the order of first mention.
func byPeriod(list []matter) [][]matter {
	var out [][]matter
	at := map[store.PeriodID]int{}
	for _, x := range list {
		i, ok := at[x.Matter.Period]
		if !ok {
			i = len(out)
			at[x.Matter.Period] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], x)
	}
	return out
}

func codes(list []matter) []store.UnitCode {
	out := make([]store.UnitCode, len(list))
	for i, x := range list {
		out[i] = x.Unit
	}
	return out
}

// mostInLine is how many units one line names; how many more there are is said.
const mostInLine = 20

// unitList names units as they stand inside a sentence.
func (t *turn) unitList(codes []store.UnitCode) (string, error) {
	names := make([]string, min(len(codes), mostInLine))
	for i := range names {
		var err error
		if names[i], err = t.unit(codes[i]); err != nil {
			return "", err
		}
	}
	list := strings.Join(names, ", ")
	if more := len(codes) - len(names); more > 0 {
		list = t.plain("remind.more", args{"Units": list, "Count": more})
	}
	return list, nil
}
