package progress

import (
	"errors"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// form is the home of the update.
type form struct{ about.Basic }

func newForm() form { return form{about.Basic{Of: forms.Update()}} }

// Options lists the models that can be reported on, and what can have happened
// to one.
func (f form) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	switch st.Source {
	case forms.ListMoves:
		return turn{t}.news(s, ask)
	case forms.ListModels:
		return about.ModelOptions(t, updatable(t), ask)
	}
	return f.Basic.Options(t, s, st, ask)
}

// news lists what can have happened to the model, the likely things first.
func (t turn) news(s *store.Session, ask flows.Ask) (flows.Options, error) {
	m, err := about.Subject(t.Turn, s)
	if err != nil {
		return flows.Options{}, err
	}
	from := m.State
	if s.Corrects != 0 {
		if from, err = t.stateBefore(m, store.ProgressID(s.Corrects)); err != nil {
			return flows.Options{}, err
		}
	}

	// A correction says something, and so does a photo that came first.
	nothing := s.Corrects == 0 && len(s.Aside) == 0
	var keys []string
	for _, move := range from.News() {
		if nothing || move != store.MoveNothing {
			keys = append(keys, string(move))
		}
	}
	if len(keys) == 0 { // a closed model: its updates can still be corrected
		keys = []string{string(store.MoveResults)}
	}
	return flows.Among(t.Fixed(forms.UpdateID+".news.", keys), ask), nil
}

// Choice names a model by its title.
func (f form) Choice(t *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	if st.Source == forms.ListModels {
		return about.ModelChoice(t, key)
	}
	return f.Basic.Choice(t, v, st, key)
}

// Default is the only model, today, or how the figures count.
func (form) Default(t *bot.Turn, s *store.Session, name string) (store.Answer, bool, error) {
	switch name {
	case forms.OnlyModel:
		found, err := about.ModelOptions(t, updatable(t), flows.Ask{Limit: 2})
		if err != nil || found.Total != 1 {
			return store.Answer{}, false, err
		}
		return store.Answer{Keys: []string{found.List[0].Key}}, true, nil
	case forms.Today:
		day, err := turn{t}.dayFor(s)
		return store.Answer{From: day}, true, err
	}
	return turn{t}.basis(s)
}

// updatable are the models that the post can report on.
func updatable(t *bot.Turn) store.ModelQuery {
	return store.ModelQuery{In: t.Scope(), States: store.StatesThat(store.State.TakesNews)}
}

// basis is how figures count where that was said with them. The first figures of
// a model are what it has come to so far, whichever way they are counted.
func (t turn) basis(s *store.Session) (store.Answer, bool, error) {
	for _, field := range figureFields {
		a, _ := flows.Find(s, field)
		if said := answer.Basis(a.Text); said != "" {
			return store.Answer{Keys: []string{string(said)}}, true, nil
		}
	}

	rows, err := t.Tx.Progress(store.ModelID(s.Subject))
	first := !slices.ContainsFunc(rows, func(p store.Progress) bool { return len(p.Results)+len(p.Money) > 0 })
	return store.Answer{Keys: []string{string(store.Cumulative)}}, err == nil && first, err
}

// twoBases reports whether results and money were told in two ways of counting,
// of which an update has one.
func twoBases(s *store.Session) bool {
	var said []store.Basis
	for _, field := range figureFields {
		a, _ := flows.Find(s, field)
		if b := answer.Basis(a.Text); b != "" && !slices.Contains(said, b) {
			said = append(said, b)
		}
	}
	return len(said) > 1
}

// figureFields are the fields that hold figures.
var figureFields = []string{"results", "money"}

// Holds reports whether there are figures, or photos, whether an earlier update
// is corrected, or whether a model has no proof at all.
func (f form) Holds(t *bot.Turn, s *store.Session, name string) (bool, error) {
	switch name {
	case forms.HasFigures:
		return slices.ContainsFunc(figureFields, func(field string) bool {
			a, _ := flows.Find(s, field)
			return len(a.Amounts)+len(a.Money) > 0
		}), nil
	case forms.Unpriced:
		a, _ := flows.Find(s, "results")
		return len(a.Money) == 0, nil
	case forms.Pictured:
		a, _ := flows.Find(s, "evidence")
		return slices.ContainsFunc(a.Evidence, store.Evidence.Pictures), nil
	case forms.Correcting:
		return s.Corrects != 0, nil
	case forms.Unproven:
		return turn{t}.unproven(s)
	}
	return f.Basic.Holds(t, s, name)
}

// unproven reports whether a model has no photo or file at all, and the question
// for them has been passed over.
func (t turn) unproven(s *store.Session) (bool, error) {
	if a, ok := flows.Find(s, "evidence"); !ok || len(a.Evidence) > 0 {
		return false, nil
	}
	rows, err := t.Tx.Progress(store.ModelID(s.Subject))
	return !slices.ContainsFunc(rows, func(p store.Progress) bool { return len(p.Evidence) > 0 }), err
}

// Doubt wants a day that can be, and notices a colleague's update.
func (f form) Doubt(t *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	switch check {
	case flows.CheckSubmit:
		switch {
		case empty(progressOf(s)) && flows.Key(s, "news") == string(store.MoveResults):
			return nil, &answer.Invalid{Key: "update.empty"}
		case twoBases(s):
			return nil, &answer.Invalid{Key: "update.two_bases"}
		}
		if d, err := (turn{t}).conflict(s); d != nil || err != nil {
			return d, err
		}
		return turn{t}.oddLeft(s)
	case flows.DoubtOdd:
		return turn{t}.oddIn(s, a)
	case forms.CheckDay:
		return nil, turn{t}.checkDay(s, a.From)
	}
	return f.Basic.Doubt(t, s, check, a)
}

// checkDay refuses a day to come, or before the model began.
func (t turn) checkDay(s *store.Session, day store.Date) error {
	m, err := about.Subject(t.Turn, s)
	if err != nil {
		return err
	}
	switch {
	case t.Today.Before(day):
		return &answer.Invalid{Key: "answer.day_future", Args: text.Args{"Day": day, "Today": t.Today}}
	case day.Before(m.From) && day.Before(t.Day(m.RegisteredAt)):
		return &answer.Invalid{Key: "answer.day_early", Args: text.Args{"Day": day, "From": m.From}}
	}
	return nil
}

// conflict notices that a colleague changed the model since the form was
// opened. Records holds the revision that is there now, then the updates that
// came in between.
func (t turn) conflict(s *store.Session) (*store.Doubt, error) {
	m, err := about.Subject(t.Turn, s)
	if err != nil || m.Revision == s.Base {
		return nil, err
	}
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return nil, err
	}

	d := &store.Doubt{Kind: flows.DoubtConflict, Records: []uint64{m.Revision}}
	for _, p := range rows {
		if p.At.After(s.Created) {
			d.Records = append(d.Records, uint64(p.ID))
		}
	}
	return d, nil
}

// Ask shows what is odd, or what a colleague reported meanwhile.
func (form) Ask(t *bot.Turn, s *store.Session, d flows.Doubtful) (string, error) {
	if d.Doubt.Kind == flows.DoubtOdd {
		lines := make([]string, len(d.Doubt.Keys))
		for i, key := range d.Doubt.Keys {
			lines[i] = turn{t}.oddLine(key)
		}
		return strings.Join(lines, "\n"), nil
	}

	m, err := about.Subject(t, s)
	if err != nil {
		return "", err
	}
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return "", err
	}

	var lines []text.Args
	for _, p := range rows {
		if !slices.Contains(d.Doubt.Records[1:], uint64(p.ID)) {
			continue
		}
		by, err := t.Tx.Person(p.By)
		if err != nil {
			return "", err
		}
		lines = append(lines, text.Args{"Name": by.Name, "When": p.At, "Progress": p})
	}
	return t.Text("doubt.conflict.ask", text.Args{"Title": m.Title, "State": m.State, "Lines": t.Lines("doubt.conflict.line", lines)}), nil
}

// Head names the model once it is chosen, and says what was last heard of it
// where that is asked.
func (f form) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	if q.Step.Field == "model" {
		return f.Basic.Head(t, s, q)
	}
	m, err := about.Subject(t, s)
	if err != nil {
		return "", err
	}
	head := t.Text("update.about", text.Args{"Title": m.Title, "State": m.State, "N": q.N, "Of": q.Of, "Detail": q.Detail})
	if q.Step.Field != "news" {
		return head, nil
	}

	rows, err := t.Tx.Progress(m.ID)
	if err != nil || len(rows) == 0 {
		return head, err
	}
	last := rows[len(rows)-1]
	return head + "\n" + t.Text("update.last", text.Args{"Day": last.Day, "Progress": last}), nil
}

// ReviewHead names the model.
func (form) ReviewHead(t *bot.Turn, s *store.Session) (string, error) {
	m, err := about.Subject(t, s)
	return t.Text("update.review", text.Args{"Title": m.Title, "Correcting": s.Corrects != 0}), err
}

// Advice is in which period the update counts, and that photos are taken at the
// card where it has none.
func (form) Advice(t *bot.Turn, s *store.Session) (string, error) {
	m, err := about.Subject(t, s)
	if err != nil || m.ID == 0 {
		return "", err
	}
	day, _ := flows.Find(s, "day")
	counts, err := turn{t}.counted(m, day.From, s.Report, false)
	if err != nil {
		return "", err
	}

	parts := []string{counts}
	a, _ := flows.Find(s, "evidence")
	if len(a.Evidence) == 0 && !a.Skipped && flows.Key(s, "news") == string(store.MoveResults) {
		parts = append(parts, t.Text("update.photos", nil))
	}
	return strings.TrimSpace(strings.Join(parts, "\n")), nil
}

// Bind remembers, once a model is chosen, which one it is and in what revision,
// so that a colleague's change is noticed.
func (form) Bind(t *bot.Turn, s *store.Session) error {
	if s.Subject != 0 {
		return nil
	}
	m, err := about.Subject(t, s)
	if err != nil || m.ID == 0 {
		return err
	}
	about.Choose(s, m)
	return nil
}

// Name is the model's title.
func (form) Name(t *bot.Turn, s *store.Session) (string, error) {
	m, err := t.Tx.Model(store.ModelID(s.Subject))
	if errors.Is(err, store.ErrNotFound) {
		return t.Plain("draft.update_unnamed", nil), nil
	}
	return t.Plain("draft.update", text.Args{"Title": m.Title}), err
}

// Keeps reports whether there is more than the choice of the model: photos that
// came first wait beside the answers.
func (f form) Keeps(s *store.Session) bool {
	if len(s.Aside) > 0 {
		return true
	}
	rest := *s
	rest.Answers = slices.DeleteFunc(slices.Clone(s.Answers), func(a store.Answer) bool { return a.Field == "model" })
	return f.Basic.Keeps(&rest)
}

// Submit appends the update.
func (form) Submit(t *bot.Turn, s store.Session) error { return turn{t}.submit(s) }
