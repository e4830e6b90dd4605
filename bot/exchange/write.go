package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/org"
)

// writer writes models into tables, in a language.
type writer struct {
	text.Voice
	org       *org.Org
	campaigns []store.Campaign
	contacts  bool                     // whether who is in charge may be told
	codes     map[store.ModelID]string // of the models that others name
}

// private is what only those are told who may see phone numbers.
func (w *writer) private(s string) string {
	if !w.contacts {
		return ""
	}
	return s
}

func (w *writer) unitName(code store.UnitCode) string {
	u, _ := w.org.Unit(code)
	return u.Name
}

func (w *writer) campaign(id store.CampaignID) store.Campaign {
	i := slices.IndexFunc(w.campaigns, func(c store.Campaign) bool { return c.ID == id })
	if i < 0 {
		return store.Campaign{ID: id}
	}
	return w.campaigns[i]
}

// option names a value of a list of the model's first campaign.
func (w *writer) option(of store.Entries, list func(store.Campaign) []store.Option, key string) string {
	return labelIn(list(w.campaign(of.First().Campaign)), key, w.Lang)
}

func labelIn(list []store.Option, key, lang string) string {
	i := slices.IndexFunc(list, func(o store.Option) bool { return o.Key == key })
	if i < 0 {
		return key
	}
	return list[i].Label.In(lang)
}

// entries names the campaigns that a model is in by their documents; in brackets
// what it is in one where that is not what it is in the first.
func (w *writer) entries(es store.Entries) string {
	var out []string
	for _, e := range es {
		c := w.campaign(e.Campaign)
		said, first := documentOf(c), es.First()
		if e.Field != first.Field || e.TitleGroup != first.TitleGroup || e.Origin != first.Origin {
			said += " (" + strings.Join([]string{
				labelIn(c.Fields, e.Field, w.Lang), labelIn(c.Titles, e.TitleGroup, w.Lang), w.Say(e.Origin),
			}, entryParts) + ")"
		}
		out = append(out, said)
	}
	return strings.Join(out, "; ")
}

// entryParts stands between what a model is in a campaign.
const entryParts = " | "

// documentOf is what a campaign is known by: its document, or its id where it has none.
func documentOf(c store.Campaign) string {
	if c.Document == "" {
		return string(c.ID)
	}
	return c.Document
}

func (w *writer) tags(o one) string {
	out := make([]string, len(o.Tags))
	for i, key := range o.Tags {
		out[i] = w.option(o.Entries, tagsOf, key)
	}
	return strings.Join(out, "; ")
}

// reason says why a model is paused or failed: the reason of the list, and behind it
// what was written.
func (w *writer) reason(key, remark string) string {
	if key == "" {
		return remark
	}
	return strings.Trim(w.Key("update.reason.", key)+": "+remark, ": ")
}

func (w *writer) quantities(list []store.Quantity) string {
	out := make([]string, len(list))
	for i, q := range list {
		out[i] = w.figures().Quantity(q)
	}
	return strings.Join(out, "; ")
}

// figures is the voice of figures and sums: Vietnamese in every language, as they are
// read again.
func (w *writer) figures() text.Voice { return w.In("vi") }

// models is the table of models.
func (w *writer) models(list []one) sheet.Out {
	out := sheet.Out{Name: w.Plain("exchange.sheet.models", nil)}
	all := slices.DeleteFunc(columns(), func(c column) bool { return c.write == nil })
	for _, c := range all {
		out.Heads = append(out.Heads, sheet.Head{Text: c.head(w.Voice), Wide: c.wide})
	}
	for _, o := range list {
		cells := make([]string, len(all))
		for i, c := range all {
			cells[i] = c.write(w, o)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// updates is the table of the models' updates.
func (w *writer) updates(list []one) (sheet.Out, error) {
	out := w.table("exchange.sheet.updates", "code", "updated", "instant", "state", "reason", "results", "money",
		"difficulty", "lesson", "feedback", "files", "record")
	for _, o := range list {
		for _, p := range o.updates {
			files := len(p.Evidence)
			p.Evidence = nil
			record, err := json.Marshal(p)
			if err != nil {
				return out, err
			}
			out.Rows = append(out.Rows, []string{
				o.Code, text.Date(p.Day), w.instant(p.At), w.Say(p.State), w.reason(p.Reason, p.Remark),
				w.quantities(p.Results), w.figures().Sums(p.Money), p.Difficulty, p.Lesson, p.Feedback, w.number(files), string(record),
			})
		}
	}
	return out, nil
}

// reviews is the table of the steps of the models' check.
func (w *writer) reviews(list []one) (sheet.Out, error) {
	out := w.table("exchange.sheet.reviews", "code", "instant", "verdict", "state", "reason", "counterpart", "record")
	for _, o := range list {
		for _, r := range o.reviews {
			record, err := json.Marshal(r)
			if err != nil {
				return out, err
			}
			out.Rows = append(out.Rows, []string{
				o.Code, w.instant(r.At), w.Key("verdict.", string(r.Verdict)), w.Say(r.State), r.Reason, w.codes[r.Into], string(record),
			})
		}
	}
	return out, nil
}

// table is a table whose columns are headed by the texts of some names.
func (w *writer) table(name string, heads ...string) sheet.Out {
	out := sheet.Out{Name: w.Plain(name, nil)}
	for _, h := range heads {
		out.Heads = append(out.Heads, sheet.Head{Text: w.Plain("exchange.column."+h, nil)})
	}
	return out
}

// number writes a count; nothing for none.
func (w *writer) number(n int) string {
	if n == 0 {
		return ""
	}
	return w.Say(n)
}
