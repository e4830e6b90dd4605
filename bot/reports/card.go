package reports

import (
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// showReport shows what the bot already knows for a report, what had better be
// told before, and the buttons that send it.
func (t turn) showReport(d about.Obligation, others, inPlace bool) error {
	a := d.Args(t.Turn)
	known, err := t.knownFor(d)
	if err != nil {
		return err
	}

	f := known.Figures()
	weak, err := t.weak(known, f)
	if err != nil {
		return err
	}
	a["Known"] = t.known(f)
	a["Weak"], a["Lines"], a["More"] = len(weak), t.weakLines(weak[:min(len(weak), weakShown)], 0), max(0, len(weak)-weakShown)

	why := d.Settled(t.Event.At)
	a["Why"] = why
	if r := d.Report; r != nil {
		a["When"], a["Nothing"], a["Paper"] = r.SubmittedAt, r.Nothing, r.Paper
		a["Difficulty"], a["Proposal"], a["Withdrawn"] = r.Difficulty, r.Proposal, !r.WithdrawnAt.IsZero()
		a["Late"] = r.SubmittedAt.After(d.OnTime)
	}
	buttons := t.reportButtons(d, why, weak, known.Happened(), others)
	return t.Show(store.Message{Text: t.Text("report.card", a), Buttons: buttons}, inPlace)
}

// reportButtons are what can be done about a report now.
func (t turn) reportButtons(d about.Obligation, why string, weak []weakModel, happened, others bool) [][]store.Button {
	at, fence, open := d.Link(), d.Fence(), t.Event.At.Before(d.Locked)

	var out [][]store.Button
	if len(weak) > 0 && open && why == "" {
		numbers := make([]store.Button, min(len(weak), weakShown))
		for i := range numbers {
			numbers[i] = store.Button{Text: strconv.Itoa(i + 1), Data: link.Update.To(link.Ref(weak[i].ID), at)}
		}
		out = append(out, numbers)
		if len(weak) > weakShown {
			all := t.Button("report.all_models", link.Report.To("weak."+at), text.Args{"Count": len(weak)})
			out = append(out, text.Row(all))
		}
	}

	var more []store.Button
	words := t.Button("report.words", link.Report.To("words."+at), nil)
	switch {
	case !open || why == deadline.IsExempt:
	case why == deadline.HasSubmitted || why == deadline.OnPaper:
		if why == deadline.HasSubmitted {
			out = append(out, text.Row(words))
		}
		more = append(more, t.Button("report.withdraw", link.Report.To("back."+fence), nil))

	default:
		send := t.Button("report.send", link.Report.To("send."+fence), nil)
		if happened {
			out = append(out, text.Row(text.Green(send)), text.Row(words))
		} else {
			nothing := t.Button("report.nothing", link.Report.To("nothing."+fence), nil)
			out = append(out, text.Row(text.Green(nothing)), text.Row(send, words))
		}
		more = append(more, t.Button("report.paper", link.Report.To("paper."+fence), nil))
		if seat, _ := t.Org.OfficerFor(d.Unit, t.Person.ID, t.Event.At); seat.Holder == t.Person.ID {
			more = append(more, t.Button("remind.deputy", link.Deputy.To("who."+link.Unit(d.Unit)), nil))
		}
	}

	if others {
		more = append(more, t.Button("report.others", link.Report.To("others."+at), nil))
	}
	more = append(more, t.Button("report.why", link.Report.To("why."+at), nil))
	return append(out, t.InPairs(more)...)
}

// knownFor reads what is known for a report: the models of the unit and of all
// below it.
func (t turn) knownFor(d about.Obligation) (*reporting.Card, error) {
	set, err := t.Setting()
	if err != nil {
		return nil, err
	}
	return bot.Ahead(t.Turn, "report."+d.Link(), func(r store.Reader) (*reporting.Card, error) {
		return set.Card(r, d.Obligation, t.Event.At, t.Post.Portfolio.Fields...)
	})
}

// known says the figures of a report, a line each. Models, those who registered
// them and lượt are three counts and never mix.
func (t turn) known(f *figures.Figures) text.Markup {
	v := t.Voice.Figures()
	all := f.Tally(figures.Registered)
	if all.Total == 0 {
		return text.Markup(t.Text("report.known_nothing", nil)) + t.outside(f)
	}

	counted := func(sets ...figures.Set) string {
		var parts []string
		for _, s := range sets {
			if n := f.Count(s); n > 0 {
				part := v.Count(int64(n)) + " " + text.Lower(v.Set(s))
				if reasons := t.reasons(f, s); reasons != "" {
					part += " (" + reasons + ")"
				}
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, " · ")
	}

	var fields, kinds []string
	for i, o := range f.Fields {
		if n := all.Fields[i]; n > 0 {
			fields = append(fields, v.Option(o)+" "+v.Count(int64(n)))
		}
	}
	for i, k := range figures.Kinds() {
		if n := all.Kinds[i]; n > 0 {
			kinds = append(kinds, v.Count(int64(n))+" "+text.Lower(v.Text("figures.kind."+string(k), nil)))
		}
	}

	a := text.Args{
		"Count": all.Total, "Origins": counted(figures.New, figures.Maintained, figures.Upgraded), "Kinds": strings.Join(kinds, " · "),
		"States": counted(figures.Done, figures.Doing, figures.Paused, figures.Failed, figures.Overdue),
		"Fields": strings.Join(fields, " · "), "Registrants": all.Registrants[0] + all.Registrants[1],
	}
	if w := f.Amount(figures.Worth); w.InPeriod > 0 {
		a["Worth"] = store.Money{VND: w.InPeriod, Qualifier: w.Qualifier}
	}
	if n := f.Amount("turn"); n.InPeriod > 0 {
		a["Turns"] = store.Quantity{Metric: "turn", Value: store.Decimal(n.InPeriod), Qualifier: n.Qualifier}
	}
	return text.Markup(t.Text("report.known", a)) + t.outside(f)
}

// outside says what stands beside the totals: not checked yet, or sent back.
func (t turn) outside(f *figures.Figures) text.Markup {
	v := t.Voice.Figures()
	var parts []string
	for _, s := range []figures.Set{figures.Waiting, figures.Returned, figures.Rejected, figures.Merged, figures.Lapsed} {
		if n := f.Count(s); n > 0 {
			parts = append(parts, v.Count(int64(n))+" "+text.Lower(v.Set(s)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return text.Markup("\n" + t.Text("report.outside", text.Args{"Parts": strings.Join(parts, " · ")}))
}

// reasons says why models of a set are not done: "2 thiếu kinh phí".
func (t turn) reasons(f *figures.Figures, s figures.Set) string {
	if s != figures.Paused && s != figures.Failed {
		return ""
	}
	v := t.Voice.Figures()
	var parts []string
	for _, key := range f.Reasons {
		if n := f.Value(figures.Key{Set: s, Reason: key}); key != "" && n > 0 {
			parts = append(parts, v.Count(n)+" "+text.Lower(v.Reason(key)))
		}
	}
	return strings.Join(parts, ", ")
}
