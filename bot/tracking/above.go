package tracking

import (
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// remindAbove tells a supervisor or a coordinator which units are missing, by
// name.
func remindAbove(b *bot.Turn, m *store.Message, matters []store.Matter) error {
	t, rule := turn{b}, matters[0].Rule
	list, err := about.AllDue(b, matters)
	if err != nil {
		return err
	}

	for i, group := range sameUnits(byPeriod(list)) {
		if i > 0 {
			m.Text += "\n"
		}
		names := about.Units(about.Then(b, group[0][0].Obligation.Period), codes(group[0]))
		a := group[0][0].Obligation.Args(t.Turn)
		a["Vacant"] = t.vacant(group[0])
		periods := make([]string, len(group))
		for i, of := range group {
			periods[i] = t.Voice.Say(of[0].Obligation.Period)
		}
		a["Units"], a["Count"], a["Period"] = text.Capital(names), len(group[0]), strings.Join(periods, ", ")
		m.Text += t.Text("remind."+rule, a)
		if button := t.Button("remind.who", link.Watch.To("show."+link.Period(group[0][0].Matter.Period)), nil); len(m.Buttons) == 0 {
			m.Buttons = append(m.Buttons, text.Row(button))
		}
	}
	return nil
}

// sameUnits puts together the periods that the same units owe by the same time.
func sameUnits(periods [][]about.Matter) [][][]about.Matter {
	var out [][][]about.Matter
	for _, p := range periods {
		i := slices.IndexFunc(out, func(group [][]about.Matter) bool {
			return group[0][0].Due.Equal(p[0].Due) && slices.Equal(codes(group[0]), codes(p))
		})
		if i < 0 {
			out = append(out, [][]about.Matter{p})
		} else {
			out[i] = append(out[i], p)
		}
	}
	return out
}

// vacant names the units among some that have nobody to be reminded.
func (t turn) vacant(list []about.Matter) string {
	var out []store.UnitCode
	for _, x := range list {
		if t.Org.Officer(x.Unit).Holder == 0 {
			out = append(out, x.Unit)
		}
	}
	return about.Units(t.Voice, out)
}

// byPeriod groups what is about the same period, in the order of first mention.
func byPeriod(list []about.Matter) [][]about.Matter {
	var out [][]about.Matter
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

func codes(list []about.Matter) []store.UnitCode {
	out := make([]store.UnitCode, len(list))
	for i, x := range list {
		out[i] = x.Unit
	}
	return out
}
