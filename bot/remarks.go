package bot

import (
	"maps"
	"slices"
	"strings"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// beginRemarks opens the form of difficulties and proposals for a report.
func (t *turn) beginRemarks(d duty) error {
	if !t.ev.At.Before(d.Locked) {
		_, err := t.mayStillReport(d)
		return err
	}
	return t.begin(forms.RemarksID, func(s *store.Session) {
		s.Answers = append(s.Answers, store.Answer{Field: "duty", Keys: []string{dutyKey(d)}, Given: true})
	})
}

// dutyKey is how buttons and forms name a report.
func dutyKey(d duty) string { return inButton(d.Unit) + "." + token(d.Period.ID) }

// dutyOptions lists the reports that a form can be about.
func (l lookup) dutyOptions(s *store.Session) ([]flows.Option, error) {
	list, err := l.duties()
	if err != nil {
		return nil, err
	}
	if d, ok, err := l.dutyOfForm(s); err != nil {
		return nil, err
	} else if ok && !slices.ContainsFunc(list, func(e duty) bool { return dutyKey(e) == dutyKey(d) }) {
		list = append(list, d)
	}
	out := make([]flows.Option, len(list))
	for i, d := range list {
		a, err := l.dutyArgs(d)
		if err != nil {
			return nil, err
		}
		out[i] = flows.Option{Key: dutyKey(d), Label: flows.Label{Text: l.plain("report.name", a)}}
	}
	return out, nil
}

// dutyOfForm returns the duty that a session is about.
func (t *turn) dutyOfForm(s *store.Session) (duty, bool, error) {
	unit, tok, ok := strings.Cut(flows.Key(s, "duty"), ".")
	if !ok {
		return duty{}, false, nil
	}
	return t.dutyBy(unit, tok)
}

// formDuty is what a form about a report says of it; false for other forms.
func (t *turn) formDuty(s *store.Session) (args, bool, error) {
	if s.Form != forms.RemarksID && s.Form != forms.GrantID {
		return nil, false, nil
	}
	d, ok, err := t.dutyOfForm(s)
	if err != nil || !ok {
		return nil, false, err
	}
	a, err := t.dutyArgs(d)
	if err != nil {
		return nil, false, err
	}
	a["Kind"] = flows.Key(s, "kind")
	return a, true, nil
}

// withPlace adds to what a head says how far the form is.
func withPlace(a args, n, of int) args {
	out := args{"N": n, "Of": of}
	maps.Copy(out, a)
	return out
}

// submitRemarks sends the report with its remarks, or adds them to the one that
// was sent.
func (t *turn) submitRemarks(s store.Session) error {
	d, ok, err := t.dutyOfForm(&s)
	if err != nil {
		return err
	}
	if !ok {
		return t.tell("report.gone", nil)
	}
	if may, err := t.mayReportFor(d.Unit); err != nil {
		return err
	} else if !may {
		return t.refuse(submitReports)
	}
	fill := func(r *store.Report) {
		difficulty, _ := flows.Find(&s, "difficulty")
		proposal, _ := flows.Find(&s, "proposal")
		r.Difficulty, r.Proposal = difficulty.Text, proposal.Text
	}
	if d.Settled(t.ev.At) != deadline.HasSubmitted || !t.ev.At.Before(d.Locked) {
		return t.submitReport(d, fill)
	}
	if _, err := t.putReport(d, "remark", fill); err != nil {
		return err
	}
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	return t.offer("report.remarked", a, [][]store.Button{row(t.button("report.see", pressReport+"show."+dutyKey(d), nil))})
}
