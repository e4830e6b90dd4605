package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/gather"
)

// showReport shows what the bot already knows for a report, what had better be
// told before, and the buttons that send it.
func (t *turn) showReport(d duty, others, inPlace bool) error {
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	f, err := t.figures(d)
	if err != nil {
		return err
	}
	weak, err := t.weak(d, f)
	if err != nil {
		return err
	}
	a["Known"] = t.known(f)
	a["Weak"], a["Lines"], a["More"] = len(weak), t.weakLines(weak[:min(len(weak), weakShown)], 0), max(0, len(weak)-weakShown)
	why := d.Settled(t.ev.At)
	a["Why"] = why
	if r := d.Report; r != nil {
		a["When"], a["Nothing"], a["Paper"] = r.SubmittedAt, r.Nothing, r.Paper
		a["Difficulty"], a["Proposal"], a["Withdrawn"] = r.Difficulty, r.Proposal, !r.WithdrawnAt.IsZero()
		a["Late"] = r.SubmittedAt.After(d.OnTime)
	}
	buttons, err := t.reportButtons(d, why, weak, others)
	if err != nil {
		return err
	}
	return t.show(store.Message{Text: t.text("report.card", a), Buttons: buttons}, inPlace)
}

// reportButtons are what can be done about a report now.
func (t *turn) reportButtons(d duty, why string, weak []weakModel, others bool) ([][]store.Button, error) {
	at := dutyKey(d)
	fence := at + "." + ref(d.revision())
	open := t.ev.At.Before(d.Locked)
	var out [][]store.Button
	if len(weak) > 0 && open && why == "" {
		numbers := make([]store.Button, min(len(weak), weakShown))
		for i := range numbers {
			numbers[i] = store.Button{Text: strconv.Itoa(i + 1), Data: pressUpdate + ref(weak[i].ID)}
		}
		out = append(out, numbers)
		if len(weak) > weakShown {
			out = append(out, row(t.button("report.all_models", pressReport+"weak."+at, args{"Count": len(weak)})))
		}
	}
	var more []store.Button
	switch {
	case !open || why == deadline.IsExempt:
	case why == deadline.HasSubmitted || why == deadline.OnPaper:
		if why == deadline.HasSubmitted {
			out = append(out, row(t.button("report.words", pressReport+"words."+at, nil)))
		}
		more = append(more, t.button("report.withdraw", pressReport+"back."+fence, nil))
	default:
		happened, err := t.happened(d)
		if err != nil {
			return nil, err
		}
		send, words := t.button("report.send", pressReport+"send."+fence, nil), t.button("report.words", pressReport+"words."+at, nil)
		if happened {
			out = append(out, row(green(send)), row(words))
		} else {
			out = append(out, row(green(t.button("report.nothing", pressReport+"nothing."+fence, nil))), row(send, words))
		}
		more = append(more, t.button("report.paper", pressReport+"paper."+fence, nil))
		post, err := officerPost(t.tx, d.Unit)
		if err != nil {
			return nil, err
		}
		if post.Holder == t.person.ID {
			more = append(more, t.button("remind.deputy", pressDeputy+"who."+inButton(d.Unit), nil))
		}
	}
	if others {
		more = append(more, t.button("report.others", pressReport+"others."+at, nil))
	}
	more = append(more, t.button("report.why", pressReport+"why."+at, nil))
	return append(out, inPairs(more)...), nil
}

// figures counts what is known of a duty's unit in its period, as of now.
func (t *turn) figures(d duty) (*figures.Figures, error) {
	codes, err := t.place(d.Unit)
	if err != nil {
		return nil, err
	}
	units := make([]store.Unit, len(codes))
	for i, code := range codes {
		if units[i], err = t.tx.Unit(code); err != nil {
			return nil, err
		}
	}
	facts, err := t.facts(d)
	if err != nil {
		return nil, err
	}
	within, err := gather.Within(t.tx, d.campaign)
	if err != nil {
		return nil, err
	}
	return figures.Compute(figures.Query{
		Campaign: d.campaign, Within: within, Period: figures.Span{From: d.Period.From, To: d.Period.To}, Zone: t.Zone, AsOf: t.ev.At, Subtree: codes,
	}, facts, units), nil
}

// known says the figures of a report, a line each. Models, those who registered
// them and lượt are three counts and never mix.
func (t *turn) known(f *figures.Figures) markup {
	v := t.own().figures()
	all := f.Tally(figures.Registered)
	if all.Total == 0 {
		return markup(t.text("report.known_nothing", nil)) + t.outside(f)
	}
	counted := func(sets ...figures.Set) string {
		var parts []string
		for _, s := range sets {
			if n := f.Count(s); n > 0 {
				part := v.Count(int64(n)) + " " + lowerFirst(v.Set(s))
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
			kinds = append(kinds, v.Count(int64(n))+" "+lowerFirst(v.Text("figures.kind."+string(k), nil)))
		}
	}
	a := args{
		"Count": all.Total, "Origins": counted(figures.New, figures.Maintained, figures.Upgraded), "Kinds": strings.Join(kinds, " · "),
		"States": counted(figures.Done, figures.Doing, figures.Paused, figures.Failed), "Fields": strings.Join(fields, " · "),
		"Registrants": all.Registrants[0] + all.Registrants[1],
	}
	if w := f.Amount(figures.Worth); w.InPeriod > 0 {
		a["Worth"] = store.Money{VND: w.InPeriod, Qualifier: w.Qualifier}
	}
	if n := f.Amount("turn"); n.InPeriod > 0 {
		a["Turns"] = store.Quantity{Metric: "turn", Value: store.Decimal(n.InPeriod), Qualifier: n.Qualifier}
	}
	return markup(t.text("report.known", a)) + t.outside(f)
}

// outside says what stands beside the totals: not checked yet, or sent back.
func (t *turn) outside(f *figures.Figures) markup {
	v := t.own().figures()
	var parts []string
	for _, s := range []figures.Set{figures.Waiting, figures.Returned, figures.Rejected, figures.Merged} {
		if n := f.Count(s); n > 0 {
			parts = append(parts, v.Count(int64(n))+" "+lowerFirst(v.Set(s)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return markup("\n" + t.text("report.outside", args{"Parts": strings.Join(parts, " · ")}))
}

// reasons says why models of a set are not done: "2 thiếu kinh phí".
func (t *turn) reasons(f *figures.Figures, s figures.Set) string {
	if s != figures.Paused && s != figures.Failed {
		return ""
	}
	v := t.own().figures()
	var parts []string
	for _, key := range f.Reasons {
		if n := f.Value(figures.Key{Set: s, Reason: key}); key != "" && n > 0 {
			parts = append(parts, v.Count(n)+" "+lowerFirst(v.Reason(key)))
		}
	}
	return strings.Join(parts, ", ")
}

// lowerFirst writes a label as it stands inside a line.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// weakModel is a model that a report would do better without as it is.
type weakModel struct {
	store.Head
	days    int  // since anything was heard of it; 0: that is well
	unproof bool // it has no photo or file
	stale   bool // nothing was heard of it in the period
}

// weakShown is how many of them a report's card names; the others are behind a
// button.
const weakShown = 4

// weak lists the models that nothing was heard of for long or in the period, and
// those without evidence, the longest silent first.
func (t *turn) weak(d duty, f *figures.Figures) ([]weakModel, error) {
	stale, err := t.stale(d)
	if err != nil {
		return nil, err
	}
	found := map[store.ModelID]*weakModel{}
	var order []store.ModelID
	add := func(id store.ModelID) *weakModel {
		if found[id] == nil {
			found[id] = &weakModel{}
			order = append(order, id)
		}
		return found[id]
	}
	for _, h := range stale {
		w := add(h.ID)
		w.days, w.stale = 1, true
	}
	for _, id := range f.Why(figures.Key{Set: figures.Silent}) {
		add(id).days = 1
	}
	for _, id := range f.Why(figures.Key{Set: figures.NoEvidence}) {
		add(id).unproof = true
	}
	var out []weakModel
	for _, id := range order {
		m, err := t.tx.Model(id)
		if err != nil {
			return nil, err
		}
		w := *found[id]
		w.Head = m.Head()
		if len(moves[m.State]) == 0 {
			continue // it can be put right, not updated
		}
		if w.days > 0 {
			heard := m.ProgressAt
			if heard.IsZero() {
				heard = m.RegisteredAt
			}
			w.days = int(t.ev.At.Sub(heard).Hours() / 24)
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b weakModel) int { return b.days - a.days })
	return out, nil
}

func (t *turn) weakLines(list []weakModel, from int) markup {
	lines := make([]args, len(list))
	for i, w := range list {
		lines[i] = args{"N": from + i + 1, "Title": shorten(w.Title, 60), "Days": w.days, "Unproof": w.unproof}
	}
	return t.lines("report.weak_line", lines)
}

// listWeak lists a report's weak models, each behind its number, or, as a
// reminder counts them, only those of which nothing was heard.
func (t *turn) listWeak(d duty, mode string, page int, inPlace bool) error {
	f, err := t.figures(d)
	if err != nil {
		return err
	}
	weak, err := t.weak(d, f)
	if err != nil {
		return err
	}
	if mode == "models" {
		weak = slices.DeleteFunc(weak, func(w weakModel) bool { return !w.stale })
	}
	at := dutyKey(d)
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	pages := max(1, (len(weak)+listPage-1)/listPage)
	page = min(max(page, 0), pages-1)
	shown := weak[page*listPage : min(len(weak), (page+1)*listPage)]
	a["Count"], a["Lines"], a["Page"], a["Pages"] = len(weak), t.weakLines(shown, page*listPage), page+1, pages
	numbers := make([]store.Button, len(shown))
	for i, w := range shown {
		numbers[i] = store.Button{Text: strconv.Itoa(page*listPage + i + 1), Data: pressUpdate + ref(w.ID)}
	}
	buttons := inRows(numbers, 4)
	buttons = append(buttons, t.pager(page, pages, func(p int) string { return pressReport + mode + "." + at + "." + ref(uint64(p+1)) })...)
	buttons = append(buttons, row(green(t.button("report.open", pressReport+"show."+at, nil))))
	return t.show(store.Message{Text: t.text("report.models", a), Buttons: buttons}, inPlace)
}
