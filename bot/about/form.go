package about

import (
	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// OnModel answers for a form that decides something about one model, its
// session's subject, what such forms answer alike: they are called by its title.
type OnModel struct{ Basic }

// Head names the model.
func (f OnModel) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	m, err := Subject(t, s)
	form := text.Markup(t.Text(f.Of.ID+".head", nil))
	return t.Text("check.about", text.Args{"Form": form, "Title": m.Title, "N": q.N, "Of": q.Of}), err
}

// ReviewHead names the model.
func (f OnModel) ReviewHead(t *bot.Turn, s *store.Session) (string, error) {
	m, err := Subject(t, s)
	return t.Text(f.Of.ID+".review", text.Args{"Title": m.Title}), err
}

// Name is the form's with the model's.
func (f OnModel) Name(t *bot.Turn, s *store.Session) (string, error) {
	m, err := Subject(t, s)
	return t.Plain("draft.check", text.Args{"Form": t.FormName(f.Of.ID), "Title": m.Title}), err
}

// Choose makes a session one about a model.
func Choose(s *store.Session, m store.Model) { s.Subject, s.Base = uint64(m.ID), m.Revision }
