package progress

import (
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
)

// beginFor opens the update form for a model, "model", at what has happened to it,
// "model.news", or for the report from whose card it is begun, "model.unit.period".
func (t turn) beginFor(about string) error {
	model, rest, _ := strings.Cut(about, ".")
	news, report := store.Move(rest), ""
	if strings.Contains(rest, ".") {
		news, report = "", rest
	}
	return bot.OnModel(func(b *bot.Turn, m store.Model) error { return turn{b}.begin(m, news, report) })(t.Turn, model)
}

// dayFor is the day that an update speaks of unless somebody says another one:
// today, or the cut-off of the report that it belongs to.
func (t turn) dayFor(s *store.Session) (store.Date, error) {
	o, ok, err := about.Named(t.Turn, s.Report)
	if err != nil || !ok || !o.Period.To.Before(t.Today) {
		return t.Today, err
	}
	if t.checkDay(s, o.Period.To) != nil { // the model began after it
		return t.Today, nil
	}
	return o.Period.To, nil
}

// counted says in which period an update counts, where that may be another than
// the one that is being reported on: "" where it may not.
func (t turn) counted(m store.Model, day store.Date, report string, sent bool) (string, error) {
	o, ok, err := about.Named(t.Turn, report)
	if err != nil {
		return "", err
	}
	if ok {
		key := "update.counts"
		if day.Before(o.Period.From) || o.Period.To.Before(day) {
			key = "update.counts_not"
		}
		return t.Text(key, text.Args{"Period": o.Period, "From": o.Period.From, "To": o.Period.To, "Day": day}), nil
	}

	c, err := t.Tx.Campaign(m.Entries.First().Campaign)
	if err != nil {
		return "", err
	}
	cal, err := t.Calendar()
	if err != nil {
		return "", err
	}
	for _, p := range deadline.Current(c, cal, t.Event.At) {
		if p.To.Before(day) && t.Event.At.Before(deadline.Closing(p)) {
			return t.Text("update.counts_next", text.Args{"Period": p, "To": p.To, "Day": day, "Sent": sent}), nil
		}
	}
	return "", nil
}

// after are the buttons under an update that was noted: back to its report's card,
// which shows it, or on to other models.
func (t turn) after(m store.Model, report string) [][]store.Button {
	if report == "" {
		return [][]store.Button{text.Row(about.CardButton(t.Turn, m), t.Button("button.update_another", link.News.To(), nil))}
	}
	return [][]store.Button{text.Row(
		text.Green(t.Button("button.back_to_report", link.Report.To("show", report), nil)),
		about.CardButton(t.Turn, m),
	)}
}
