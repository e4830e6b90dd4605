package features_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/exchange"
	"danvan/bot/units"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/locales"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// TestEveryKeyInCodeHasAText looks for catalogue keys among the string
// literals of the packages that name them, and wants a text for each.
func TestEveryKeyInCodeHasAText(t *testing.T) {
	t.Parallel()
	words := catalogue(t)
	for key, where := range keysInCode(t, words) {
		if !words.Has(locales.Default, key) {
			t.Errorf("%s: no text for %q", where, key)
		}
	}
}

// TestEveryGeneratedKeyHasAText wants a text for each key that is put together
// from a form, a state, a unit of measure.
func TestEveryGeneratedKeyHasAText(t *testing.T) {
	t.Parallel()
	words := catalogue(t)
	for _, key := range generatedKeys() {
		if _, ok := words.Lookup(locales.Default, key); !ok {
			t.Errorf("no text for %q", key)
		}
	}
}

// TestEveryTextIsUsed finds texts that nobody says any more.
func TestEveryTextIsUsed(t *testing.T) {
	t.Parallel()
	words := catalogue(t)
	used := keysInCode(t, words)
	generated := generatedKeys()
	for _, key := range words.Keys(locales.Default) {
		if used[key] == "" && !slices.Contains(generated, key) && !strings.HasSuffix(key, "_names") {
			t.Errorf("nobody says %q", key)
		}
	}
}

func catalogue(t *testing.T) *locales.Catalogue {
	t.Helper()
	words, err := locales.Load()
	bottest.Must(t, err)
	return words
}

var keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]*[a-z0-9])+$`)

// keysInCode maps the keys that the code spells out to where it does.
func keysInCode(t *testing.T, words *locales.Catalogue) map[string]string {
	t.Helper()
	heads := map[string]bool{}
	for _, key := range words.Keys(locales.Default) {
		head, _, _ := strings.Cut(key, ".")
		heads[head] = true
	}
	out := map[string]string{}
	dirs, err := filepath.Glob("../../bot/*")
	bottest.Must(t, err)
	dirs = slices.DeleteFunc(dirs, func(dir string) bool { // which has texts of its own, and what only tests say
		return slices.Contains([]string{"trial", "bottest"}, filepath.Base(dir))
	})
	for _, dir := range append(dirs, "../../bot", "../../flows", "../../flows/answer", "../../store", "../../store/figures", "../danvan") {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		bottest.Must(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, text := range literals(t, file) {
				head, _, _ := strings.Cut(text, ".")
				if text == "language" || text == "files" || text == "clock" || keyShape.MatchString(text) && heads[head] {
					out[text] = file
				}
			}
		}
	}
	return out
}

func literals(t *testing.T, file string) []string {
	t.Helper()
	source, err := os.ReadFile(file)
	bottest.Must(t, err)
	f, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
	bottest.Must(t, err)
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, text)
			}
		}
		return true
	})
	return out
}

// reasonKeys is all that deadline.Explain may answer.
var reasonKeys = []string{
	deadline.WasSent, deadline.HasSubmitted, deadline.IsExempt, deadline.OnPaper, deadline.HasDeputy, deadline.IsBusy, deadline.IsQuiet,
	deadline.ComesNext, deadline.IsOver, deadline.OwesNothing, deadline.SkipLate, deadline.SkipDeferred, deadline.SkipCollapsed,
	deadline.SkipUnreachable, deadline.SkipNobody, deadline.SkipMoved,
}

// generatedKeys lists the keys that code puts together.
func generatedKeys() []string {
	var out []string
	add := func(prefix string, keys ...string) {
		for _, k := range keys {
			out = append(out, prefix+k)
		}
	}
	for _, f := range forms.All() {
		add(f.ID+".", "head")
		if !f.Plain {
			add(f.ID+".", "review", "submit", "sent")
		}
		if f.Change != "" {
			add(f.ID+".", "change")
		}
		for _, st := range f.Steps {
			add(f.ID+"."+st.Field+".", "ask", "why", "example", "label", "help")
			add(f.ID+"."+st.Field+".", st.Options...)
		}
	}
	for _, kind := range []string{flows.DoubtReading, flows.DoubtPaste, flows.DoubtSame, flows.DoubtVague, flows.DoubtShort, flows.DoubtOdd, flows.DoubtConflict} {
		add("doubt."+kind+".", "ask")
		if kind != flows.DoubtReading {
			add("doubt."+kind+".", "yes", "no")
		}
	}
	for _, s := range store.States {
		add("state.", string(s))
		for _, move := range s.News() {
			add("update.news.", string(move))
		}
	}
	for _, kind := range figures.OddKinds {
		add("update.odd.", string(kind))
	}
	for _, r := range store.Roles {
		add("role.", string(r))
		add("help.", string(r))
	}
	add("money.", string(store.Budget), string(store.People), string(store.Business), string(store.InKind))
	add("qualifier.", string(store.Over), string(store.Nearly), string(store.About))
	add("basis.", string(store.Added), string(store.Cumulative))
	measured := slices.DeleteFunc(answer.Metrics(), func(m string) bool { return m == "other" })
	add("metric.", measured...)
	add("measure.", measured...)
	add("thing.", answer.Things()...)
	add("refused.", "register", "update", "view", "check", "figures", "plan", "calendar", "submit", "watch", "grant", "close", "drafts", "people")
	add("ask.job.", "check", "plan", "calendar", "close", "grant", "people", "view")
	add("people.sort_", "await", "silent", "vacant")
	add("remind.", deadline.Escalate, deadline.Vacant, deadline.Unreachable)
	add("reminded.", reasonKeys...)
	add("announce.task_", "officer", "coordinator", "supervisor")
	add("grant.", "done_alone", "done_officer", "retracted_alone", "retracted_officer")
	for _, kind := range store.UnitKinds {
		if kind.Place() {
			add("unit.place.", string(kind))
		}
	}
	add("weekday.", "0", "1", "2", "3", "4", "5", "6")
	add("verdict.", "accept", "return", "reject", "merge", "unmerge", "confirm", "resubmit", "agree", "decline")
	add("quick.", slices.DeleteFunc(forms.Usual(), func(key string) bool { return key == forms.ReturnAnother })...)
	for _, key := range answer.Advice() {
		add("finding.", strings.TrimPrefix(key, "vague."))
	}
	for _, set := range figures.Sets() {
		add("why.", set.String())
	}
	for _, state := range []deadline.State{deadline.Owed, deadline.Submitted, deadline.Late, deadline.Missing, deadline.Exempt} {
		add("boardunits.report_", string(state))
	}
	for _, every := range []string{"daily", "weekly", "monthly", "never"} {
		add("timing.", every, "is_"+every)
	}
	add("list.", "pick_state", "pick_field", "pick_year")
	add("wrong.", "text", "file", "contact", "place", "thing")
	add("try.task", "1", "2", "3", "4", "5", "6", "7")
	add("try.next.", deadline.Remind, deadline.Escalate, deadline.Vacant, deadline.Unreachable, deadline.Confirm, deadline.Digest)
	add("", answer.Keys()...)
	add("", answer.Advice()...)
	add("", units.Keys()...)
	add("", exchange.Keys()...)
	add("", figures.Keys()...)
	return out
}
