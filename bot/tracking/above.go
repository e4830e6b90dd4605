package tracking

import (
	"slices"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
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
			m.Text += "\n\n"
		}
		said, err := t.above(rule, group)
		if err != nil {
			return err
		}
		m.Text += said
		if len(m.Buttons) == 0 {
			who := t.Button("remind.who", link.Watch.To("show."+link.Period(group[0][0].Matter.Period)), nil)
			m.Buttons = append(m.Buttons, append(t.inviteButton(rule, group[0]), who))
		}
	}
	return nil
}

// inviteButton invites an officer where there is none, for a post that may; of several
// units it asks which.
func (t turn) inviteButton(rule string, units []about.Matter) []store.Button {
	post, _ := t.Org.Seat(units[0].Matter.Post)
	if rule != deadline.Vacant || !access.May(post.Role, access.KeepPeople) {
		return nil
	}
	unit := ""
	if len(units) == 1 {
		unit = link.Unit(units[0].Matter.Unit)
	}
	return text.Row(text.Green(t.Button("people.invite", link.Invite.To(unit), nil)))
}

// above says what is missing for some periods that the same units owe.
func (t turn) above(rule string, group [][]about.Matter) (string, error) {
	units := group[0]
	periods := make([]string, len(group))
	for i, of := range group {
		periods[i] = t.Voice.Say(of[0].Obligation.Period)
	}
	a := units[0].Obligation.Args(t.Turn)
	a["Units"], a["Count"] = text.Capital(about.Units(about.Then(t.Turn, units[0].Obligation.Period), codes(units))), len(units)
	a["Period"], a["Reports"] = t.together(periods), len(group)

	a["Cases"] = text.Markup("")
	if rule == deadline.Escalate {
		var err error
		if a["Cases"], err = t.cases(units); err != nil {
			return "", err
		}
	}
	return t.Text("remind."+rule, a), nil
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
