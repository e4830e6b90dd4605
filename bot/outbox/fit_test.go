package outbox_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/outbox"
	"danvan/store"
)

// TestFit sends over channels that lack one thing each, and over one that lacks
// everything: what cannot be shown is said otherwise or left out.
func TestFit(t *testing.T) {
	t.Parallel()
	buttons := [][]store.Button{{{Text: "Tập thể", Data: "1"}, {Text: "Cá <nhân>", Data: "2"}}, {{Text: "Huỷ", Data: "x"}}}
	message := func(kind store.MessageKind, text string) store.Message {
		return store.Message{To: at("a"), Kind: kind, Text: text}
	}
	edit := func(text string, only bool) store.Message {
		m := message(store.Edit, text)
		m.Target = store.Target{Remote: "9", Only: only}
		return m
	}
	react := message(store.React, "👍")
	react.Target.Remote = "9"
	asks, changes := message(store.Send, "Ai?"), edit("", false)
	asks.Buttons, changes.Buttons = buttons, buttons
	keys := message(store.Send, "Số?")
	keys.Keyboard = &store.Keyboard{Rows: [][]store.Key{{{Text: "Gửi số", Request: "contact"}}}}
	shows := message(store.Show, "Minh chứng")
	shows.Evidence = []store.Evidence{{ID: "1", Kind: store.Photo}, {ID: "2", Kind: store.Photo}}
	file := message(store.File, "Tổng hợp")
	file.Make = &store.Make{Kind: store.Workbook}
	long := message(store.Send, "<b>"+strings.Repeat("a", 15)+"\n\n"+strings.Repeat("b", 5)+"</b>")
	long.Buttons = [][]store.Button{{{Text: "Tiếp", Data: "x"}}}
	longEdit, longOnly := edit(long.Text, false), edit(long.Text, true)

	noEdits := func(l *store.Limits) { l.Edits = false }
	noReactions := func(l *store.Limits) { l.Reactions = false }
	noButtons := func(l *store.Limits) { l.Buttons = false }
	noKeyboard := func(l *store.Limits) { l.Keyboard = false }
	noFiles := func(l *store.Limits) { l.Files = false }
	const first = "send <b>aaaaaaaaaaaaaaa\n\n</b>"
	const numbered = "send Ai?\n\n1. Tập thể\n2. Cá &lt;nhân&gt;\n3. Huỷ"

	for name, c := range map[string]struct {
		lacks func(*store.Limits)
		m     store.Message
		want  []string
	}{
		"no edits: a new message":               {noEdits, edit("new", false), []string{"send new"}},
		"no edits: nothing to tidy up":          {noEdits, edit("", false), nil},
		"no edits: nothing but for the edit":    {noEdits, edit("new", true), nil},
		"no reactions":                          {noReactions, react, nil},
		"no buttons: numbered choices":          {noButtons, asks, []string{numbered}},
		"no buttons: none to change":            {noButtons, changes, nil},
		"no keyboard":                           {noKeyboard, keys, []string{"send Số?"}},
		"no keyboard: no list of commands":      {noKeyboard, message(store.Commands, ""), nil},
		"a keyboard":                            {func(l *store.Limits) {}, keys, []string{"send Số? keyboard"}},
		"no files: the text says so":            {noFiles, shows, []string{"send Minh chứng\n\n&lt;en: 2 files&gt;"}},
		"no files: nor what was made":           {noFiles, file, []string{"send Tổng hợp\n\n&lt;en: 1 files&gt;"}},
		"no files: not busy with one":           {noFiles, message(store.Busy, ""), nil},
		"a long text, buttons under the last":   {func(l *store.Limits) { l.Text = 17 }, long, []string{first, "send <b>bbbbb</b> buttons"}},
		"a long text counts without its tags":   {func(l *store.Limits) { l.Text = 22 }, long, []string{"send " + long.Text + " buttons"}},
		"a long edit becomes new messages":      {func(l *store.Limits) { l.Text = 17 }, longEdit, []string{first, "send <b>bbbbb</b>"}},
		"a long edit is dropped where only one": {func(l *store.Limits) { l.Text = 17 }, longOnly, nil},
		"text alone":                            {func(l *store.Limits) { *l = store.Limits{Text: 2000} }, asks, []string{numbered}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPlay()
				limits := everything()
				c.lacks(&limits)
				p.chat.limits, p.maker = &limits, &maker{}
				p.rows.is.persons[at("a")] = store.Person{ID: 1, Address: at("a"), Language: "en"}
				var got []string
				p.chat.answer = func(_ int, d outbox.Delivery) error {
					got = append(got, shown(d))
					return nil
				}
				p.rows.queue(t, c.m)
				p.run(t, 10*time.Second)
				if diff := cmp.Diff(c.want, got); diff != "" || p.rows.left() != 0 || p.log.Len() > 0 {
					t.Errorf("%d left, log %q, (-want +got):\n%s", p.rows.left(), p.log, diff)
				}
			})
		})
	}
}

// shown writes what of a delivery a person sees.
func shown(d outbox.Delivery) string {
	s := string(d.Kind) + " " + d.Text
	if n := len(d.Buttons); n > 0 {
		s += " buttons"
	}
	if d.Keyboard != nil {
		s += " keyboard"
	}
	if len(d.Evidence) > 0 || d.Content != nil {
		s += " files"
	}
	return s
}

// The album comes with the first part of a long text, the buttons with the last.
func TestLongTextWithFiles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.chat.limits = &store.Limits{Text: 10, Files: true, Buttons: true}
		var got []string
		p.chat.answer = func(_ int, d outbox.Delivery) error {
			got = append(got, shown(d))
			return nil
		}
		p.rows.queue(t, store.Message{
			To: at("a"), Kind: store.Show, Text: "một hai ba bốn", Evidence: []store.Evidence{{ID: "1"}},
			Buttons: [][]store.Button{{{Text: "Lùi", Data: "x"}}}, Track: &store.Track{},
		})
		p.run(t, time.Second)
		if diff := cmp.Diff([]string{"show một hai  files", "send ba bốn buttons"}, got); diff != "" {
			t.Error(diff)
		}
		if id := p.rows.remote(1).ID; id != "r2" {
			t.Errorf("the message is known as %q, want the last", id)
		}
	})
}

// TestLongTextGoesOn lets the last part of a long text fail twice: what came
// before it does not come again.
func TestLongTextGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.chat.limits = &store.Limits{Text: 10}
		var got []string
		failed := 0
		p.chat.answer = func(_ int, d outbox.Delivery) error {
			if d.Text == "năm sáu" && failed < 2 {
				failed++
				return &outbox.Failure{Retry: true, Err: errTrouble}
			}
			got = append(got, d.Text)
			return nil
		}
		p.rows.queue(t, store.Message{To: at("a"), Kind: store.Send, Text: "một hai ba bốn năm sáu"})
		p.run(t, time.Hour)
		if diff := cmp.Diff([]string{"một hai ", "ba bốn ", "năm sáu"}, got); diff != "" || p.rows.left() != 0 || failed != 2 {
			t.Errorf("%d left, %d failures (-want +got):\n%s", p.rows.left(), failed, diff)
		}
	})
}
