package reports

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// remarks is the home of the form of what goes with a report.
type remarks struct{ about.OnObligation }

func newRemarks() remarks {
	return remarks{about.OnObligation{Basic: about.Basic{Of: forms.Remarks()}}}
}

// beginRemarks opens the form of difficulties and proposals for a report.
func (t turn) beginRemarks(d about.Obligation) error {
	if !t.Event.At.Before(d.Locked) {
		_, err := t.mayStillReport(d)
		return err
	}
	return t.Begin(forms.RemarksID, func(s *store.Session) {
		s.Answers = append(s.Answers, store.Answer{Field: "duty", Keys: []string{d.Link()}, Given: true})
	})
}

// Submit sends the report with its remarks, or adds them to the one that
// was sent.
func (remarks) Submit(b *bot.Turn, s store.Session) error {
	t := turn{b}
	d, ok, err := about.Of(b, &s)
	if err != nil {
		return err
	}
	if !ok {
		return t.Tell("report.gone", nil)
	}
	if !about.MayReport(t.Turn, d.Unit) {
		return t.Refuse(access.SubmitReports)
	}

	fill := func(r *store.Report) {
		difficulty, _ := flows.Find(&s, "difficulty")
		proposal, _ := flows.Find(&s, "proposal")
		r.Difficulty, r.Proposal = difficulty.Text, proposal.Text
	}

	if d.Settled(t.Event.At) != deadline.HasSubmitted || !t.Event.At.Before(d.Locked) {
		return t.submitReport(d, fill)
	}
	if _, err := t.putReport(d, "remark", fill); err != nil {
		return err
	}
	a := d.Args(t.Turn)
	return t.Offer("report.remarked", a, [][]store.Button{text.Row(t.Button("report.see", link.Report.To("show."+d.Link()), nil))})
}
