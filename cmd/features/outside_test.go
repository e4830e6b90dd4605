package features_test

import (
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/cmd/features"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/locales"
	"danvan/store"
	"danvan/store/deadline"

	"github.com/google/go-cmp/cmp"
)

// What follows, up to the tests, is all that a new form takes, and no other file
// knows of it: its questions, its home, its feature, its texts, its line in the
// list of features. An officer writes down what a citizen has remarked.

// remarkID names the form, remarkVerb the link that begins it.
const (
	remarkID              = "remark"
	remarkVerb  link.Verb = "remark"
	writeRemark           = access.SubmitReports // what the officer of just the unit may do
)

// remarkForm asks what was said, of what kind it is, and about which place.
func remarkForm() *flows.Form {
	return &flows.Form{
		ID: remarkID, Version: 1,
		Steps: []flows.Step{
			{Field: "said", Kind: flows.LongText, Min: 10, Max: 500},
			{Field: "kind", Kind: flows.Choice, Options: []string{"request", "complaint", "praise"}},
			{Field: "place", Kind: flows.Place, Optional: true, Max: 120},
		},
	}
}

// remark is the home of the form.
type remark struct{ about.Basic }

// Submit writes the answers down under a number of the unit's and offers the
// next one.
func (r remark) Submit(t *bot.Turn, s store.Session) error {
	n, err := t.Tx.NextNumber("remark/" + string(t.Post.Unit))
	if err != nil {
		return err
	}

	subject := remarkSubject(t.Post.Unit, n)
	for _, a := range s.Answers {
		said := t.Answers(t.Voice, flows.Settled{Form: r.Of, Step: r.Of.Step(a.Field), Answer: a})
		if err := t.Record(subject, "remark", a.Field, nil, said); err != nil {
			return err
		}
	}
	return t.Offer("remark.done", text.Args{"Number": n, "Unit": t.UnitName(t.Post.Unit)},
		[][]store.Button{text.Row(t.Button("remark.another", remarkVerb.To(), nil))})
}

func remarkSubject(unit store.UnitCode, n int) string {
	return "remark/" + string(unit) + "/" + strconv.Itoa(n)
}

func refuseRemark(t *bot.Turn) error { return t.Tell("remark.refused", nil) }

// remarks is the feature.
func remarks() bot.Feature {
	begin := func(t *bot.Turn) error {
		if !t.May(writeRemark) {
			return refuseRemark(t)
		}
		return t.Begin(remarkID, nil)
	}
	return bot.Feature{
		Name: "remarks",
		Commands: []bot.Command{{
			VI: "gopy", EN: "remark", Text: "command.remark", Key: "menu.remark", Needs: writeRemark, Do: begin, Otherwise: refuseRemark,
		}},
		Buttons: map[link.Verb]bot.Handler{remarkVerb: func(t *bot.Turn, _ string) error { return begin(t) }},
		Forms:   []bot.Form{remark{about.Basic{Of: remarkForm()}}},
	}
}

// remarkTexts are its texts, by language.
//
//go:embed testdata/*/*.toml
var remarkTexts embed.FS

// withRemarks is the line in cmd: the feature, and where people see its command.
func withRemarks(tb testing.TB) bottest.With {
	words := remarkWords(tb)
	return func(c *bot.Config) {
		c.Features, c.Words = append(c.Features, remarks()), words
		c.Layout.Commands = slices.Insert(c.Layout.Commands, slices.Index(c.Layout.Commands, "models"), "remark")
		officer := c.Layout.Menus[store.Officer]
		officer[0] = append(officer[0], "remark")
	}
}

func remarkWords(tb testing.TB) *locales.Catalogue {
	tb.Helper()
	texts, err := fs.Sub(remarkTexts, "testdata")
	bottest.Must(tb, err)
	words, err := locales.LoadWith(texts)
	bottest.Must(tb, err)
	return words
}

// TestFormFromOutside plays the transcripts in testdata: the form that was
// added above, in the bot with all features.
func TestFormFromOutside(t *testing.T) {
	t.Parallel()
	bottest.Play(t, "testdata", withRemarks(t))
}

// TestFormFromOutsideHasItsTexts wants the texts of each question in every
// language, none of them more.
func TestFormFromOutsideHasItsTexts(t *testing.T) {
	t.Parallel()
	want := []string{"command.remark", "menu.remark", "remark.done", "remark.another", "remark.refused"}
	want = append(want, formKeys(remarkForm())...)
	slices.Sort(want)
	own, words := catalogue(t), remarkWords(t)
	for _, lang := range words.Languages() {
		got := slices.DeleteFunc(words.Keys(lang), func(key string) bool {
			_, there := own.Lookup(lang, key)
			return there || strings.HasSuffix(key, "_names")
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

// formKeys are the texts that any form has.
func formKeys(f *flows.Form) []string {
	keys := []string{f.ID + ".head", f.ID + ".review", f.ID + ".submit", f.ID + ".sent"}
	for _, st := range f.Steps {
		for _, name := range append([]string{"ask", "why", "example", "label", "help"}, st.Options...) {
			keys = append(keys, f.ID+"."+st.Field+"."+name)
		}
	}
	return keys
}

// TestFormFromOutsideIsKept reads back what was submitted, and that each unit
// counts for itself.
func TestFormFromOutsideIsKept(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi", withRemarks(t))
	for _, said := range []struct{ who, remark, kind, place string }{
		{"hoa", "Đèn đường ấp Phú Đa hỏng hai tháng nay", "kien nghi", "ấp Phú Đa"},
		{"ba", "Cảm ơn tổ tự quản đã trực đêm", "cảm ơn", "bỏ qua"},
	} {
		for _, line := range []string{"/gopy", said.remark, said.kind, said.place, "ghi góp ý"} {
			w.Say(said.who, line)
		}
	}

	for unit, want := range map[store.UnitCode][]string{
		"30709": {"said: Đèn đường ấp Phú Đa hỏng hai tháng nay", "kind: Kiến nghị", "place: ấp Phú Đa"},
		"30346": {"said: Cảm ơn tổ tự quản đã trực đêm", "kind: Khen ngợi", "place: "},
	} {
		var got []string
		w.View(func(r store.Reader) error {
			lines, err := r.AuditOf(remarkSubject(unit, 1))
			for _, a := range lines {
				got = append(got, a.Field+": "+a.New)
			}
			return err
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", unit, diff, w.Read("hoa"))
		}
	}
}

// TestFormFromOutsideIsRefused wants that nobody but an officer begins it, by
// command, by key or by button.
func TestFormFromOutsideIsRefused(t *testing.T) {
	t.Parallel()
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi", withRemarks(t))
			w.Appoint(a)
			may := a.Role == store.Officer
			for _, begin := range []func(){
				func() { w.Say(bottest.Somebody, "/remark") },
				func() { w.Say(bottest.Somebody, "📝 Góp ý") },
				func() { w.Press(bottest.Somebody, remarkVerb.To()) },
			} {
				w.Fresh()
				begin()
				read := w.Read(bottest.Somebody)
				if w.Opened() != may || a.Role != "" && strings.Contains(read, "Chỉ cán bộ phụ trách") == may {
					t.Errorf("opened %v, want %v; reads %q", w.Opened(), may, read)
				}
			}
		})
	}
}

// TestTextsFromOutsideAddOnly wants that nobody rewords what danvan says.
func TestTextsFromOutsideAddOnly(t *testing.T) {
	t.Parallel()
	_, err := locales.LoadWith(fstest.MapFS{"vi/mine.toml": {Data: []byte("[command]\nhelp = \"Trợ giúp của tôi\"\n")}})
	if err == nil || !strings.Contains(err.Error(), "vi/mine.toml: the key command.help") {
		t.Errorf("got %v", err)
	}
}

// TestBrokenFeaturesAreRefused wants an error that names the feature, or the
// form, and what is wrong with it.
func TestBrokenFeaturesAreRefused(t *testing.T) {
	t.Parallel()
	form := func(f *flows.Form) []bot.Form { return []bot.Form{remark{about.Basic{Of: f}}} }
	rule := func(rule string) []bot.Reminder { return []bot.Reminder{{Rules: []string{rule}}} }
	button := func(v link.Verb) map[link.Verb]bot.Handler {
		return map[link.Verb]bot.Handler{v: func(*bot.Turn, string) error { return nil }}
	}
	unsound := remarkForm()
	unsound.ID = "unsound"
	unsound.Steps = append(unsound.Steps, flows.Step{Field: "said", Kind: flows.Choice})

	for name, c := range map[string]struct {
		it   bot.Feature // beside danvan's own and remarks
		want string
	}{
		"a form with two homes":      {bot.Feature{Forms: form(remarkForm())}, "feature it: remark is claimed by two features"},
		"a form of danvan's own":     {bot.Feature{Forms: form(forms.Grant())}, "feature it: grant is claimed by two features"},
		"a button of two features":   {bot.Feature{Buttons: button(remarkVerb)}, "feature it: remark is claimed by two features"},
		"a button of danvan's own":   {bot.Feature{Buttons: button(link.Model)}, "feature it: model is claimed by two features"},
		"a link of danvan's own":     {bot.Feature{Links: button(link.Await)}, "feature it: await is claimed by two features"},
		"a rule of danvan's own":     {bot.Feature{Reminders: rule(deadline.Remind)}, "feature it: remind is claimed by two features"},
		"a card of danvan's own":     {bot.Feature{Cards: map[store.MakeKind]bot.Card{store.Card: nil}}, "feature it: card is claimed by two features"},
		"questions that are unsound": {bot.Feature{Forms: form(unsound)}, `load the forms: form unsound: field "said" is asked twice`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.it.Name = "it"
			wantRefused(t, append(features.All(), remarks(), c.it), features.Layout(), c.want)
		})
	}
	t.Run("a menu without the command", func(t *testing.T) {
		t.Parallel()
		layout := features.Layout()
		layout.Menus[store.Officer] = append(layout.Menus[store.Officer], []string{"remark"})
		wantRefused(t, features.All(), layout, `the menu of role officer: no command "remark"`)
	})
}

// wantRefused wants no bot of some features, and the reason.
func wantRefused(t *testing.T, all []bot.Feature, layout bot.Layout, want string) {
	t.Helper()
	_, err := bot.New(bot.Config{Features: all, Layout: layout, Words: catalogue(t)})
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}
