package bot

import (
	"fmt"
	"slices"

	"danvan/flows"
	"danvan/store"
)

// doubtful renders a question about an answer.
func (t *turn) doubtful(m *store.Message, s *store.Session, d flows.Doubtful) (string, error) {
	text, err := t.doubtText(s, d)
	if err != nil {
		return "", err
	}
	if d.Doubt.Kind == flows.DoubtSame && s.Subject == 0 {
		if err := t.nameCarriedOn(d); err != nil {
			return "", err
		}
	}
	_, rows := t.choices(d.Choices, 0)
	m.Buttons = append(rows, t.buttons(d.Nav))
	return text, nil
}

func (t *turn) doubtText(s *store.Session, d flows.Doubtful) (string, error) {
	switch d.Doubt.Kind {
	case flows.DoubtReading:
		return t.text("doubt.reading.ask", args{
			"Text": shorten(d.Doubt.Keys[0], 60), "Count": len(d.Doubt.Readings),
			"Answer": flows.Settled{Form: d.Form, Step: d.Step, Answer: d.Doubt.Readings[0]},
		}), nil
	case flows.DoubtVague:
		return t.text("doubt.vague.ask", args{"Advice": markup(t.text(d.Doubt.Keys[0], nil))}), nil
	case flows.DoubtPaste:
		return t.pasteText(d), nil
	case flows.DoubtSame:
		return t.sameText(s, d)
	case flows.DoubtConflict:
		return t.conflictText(s, d)
	}
	return "", fmt.Errorf("cannot ask about a doubt of kind %q", d.Doubt.Kind)
}

// nameCarriedOn labels the buttons of models that were completed before: there
// is nothing to update in them, they are registered as maintained.
func (t *turn) nameCarriedOn(d flows.Doubtful) error {
	for i, id := range d.Doubt.Records {
		m, err := t.tx.Model(store.ModelID(id))
		if err != nil {
			return err
		}
		if m.State == store.Done && len(d.Doubt.Records) == 1 {
			d.Choices[i].Label = flows.Label{Key: "doubt.same.carry_on"}
		}
	}
	return nil
}

func (t *turn) pasteText(d flows.Doubtful) string {
	lines := make([]args, 0, len(d.Doubt.Readings))
	for i, a := range d.Doubt.Readings {
		if st := d.Form.Step(a.Field); st != nil {
			lines = append(lines, args{
				"N": i + 1, "Label": flows.Label{Key: d.Form.ID + "." + a.Field + ".label"},
				"Answer": shorten(t.answerText(t.own(), flows.Settled{Form: d.Form, Step: st, Answer: a}), reviewRunes),
			})
		}
	}
	return t.text("doubt.paste.ask", args{"Count": len(lines), "Lines": t.lines("form.line", lines)})
}

func (t *turn) sameText(s *store.Session, d flows.Doubtful) (string, error) {
	unit, err := t.unit(store.UnitCode(flows.Key(s, "unit")))
	if err != nil {
		return "", err
	}
	lines := make([]args, len(d.Doubt.Records))
	for i, id := range d.Doubt.Records {
		m, err := t.tx.Model(store.ModelID(id))
		if err != nil {
			return "", err
		}
		lines[i] = args{"N": i + 1, "Title": m.Title, "Registrant": m.Registrant, "Code": m.Code, "When": m.RegisteredAt, "State": m.State}
	}
	return t.text("doubt.same.ask", args{"Unit": unit, "Count": len(lines), "Lines": t.lines("doubt.same.line", lines)}), nil
}

func (t *turn) conflictText(s *store.Session, d flows.Doubtful) (string, error) {
	m, err := t.subject(s)
	if err != nil {
		return "", err
	}
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return "", err
	}
	var lines []args
	for _, p := range rows {
		if slices.Contains(d.Doubt.Records[1:], uint64(p.ID)) {
			by, err := t.tx.Person(p.By)
			if err != nil {
				return "", err
			}
			lines = append(lines, args{"Name": by.Name, "When": p.At, "Progress": p})
		}
	}
	return t.text("doubt.conflict.ask", args{"Title": m.Title, "State": m.State, "Lines": t.lines("doubt.conflict.line", lines)}), nil
}
