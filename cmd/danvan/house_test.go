package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// rule says what some packages must never import, directly or through others of
// ours. Packages are patterns of path.Match, or with /... subtrees; the word
// "features" stands for all that cmd/features lists.
type rule struct {
	packages []string
	never    []string
	but      []string // which they may all the same
}

var (
	drivers  = []string{"go.etcd.io/...", "github.com/go-telegram-bot-api/...", "github.com/robfig/cron/..."}
	backends = []string{"danvan/store/bolt", "go.etcd.io/..."}
	channels = []string{"danvan/bot/telegram", "github.com/go-telegram-bot-api/..."}
	people   = []string{"danvan/flows/...", "danvan/bot/...", "danvan/locales"} // all that knows how one talks with them

	// footing is what the kernel stands on, and all features with it.
	footing = []string{"danvan/bot/text", "danvan/bot/link", "danvan/bot/access", "danvan/bot/card"}
)

// rules are the README's table of what may import what.
var rules = []rule{
	{packages: []string{"danvan/store"}, never: []string{"*.*/...", "danvan/..."}},
	{
		packages: []string{"danvan/store/org", "danvan/store/deadline", "danvan/store/figures", "danvan/store/reporting"},
		never:    slices.Concat(people, backends, drivers),
	},
	{packages: []string{"danvan/store/figures"}, never: []string{"*.*/..."}},
	{packages: []string{"danvan/store/bolt"}, never: people},
	{packages: []string{"danvan/store/storetest"}, never: slices.Concat(backends, drivers)},
	{packages: []string{"danvan/flows/..."}, never: slices.Concat([]string{"danvan/bot/...", "danvan/locales", "net/http"}, backends, drivers)},
	{packages: []string{"danvan/locales"}, never: []string{"danvan/..."}},

	{packages: footing, never: slices.Concat([]string{"danvan/bot/..."}, backends, drivers), but: footing},
	{packages: []string{"danvan/bot"}, never: slices.Concat([]string{"danvan/bot/..."}, backends, drivers), but: footing},
	{packages: []string{"danvan/bot/about", "features"}, never: slices.Concat([]string{"features"}, channels, backends, drivers)},
	{packages: []string{"danvan/bot/units", "danvan/bot/roster", "danvan/bot/exchange"}, never: slices.Concat([]string{"features"}, channels, backends, drivers)},
	{packages: []string{"danvan/bot/inbox", "danvan/bot/outbox", "danvan/bot/schedule"}, never: slices.Concat([]string{"features"}, channels, backends)},
	{packages: []string{"danvan/bot/telegram"}, never: slices.Concat([]string{"features"}, backends)},
	{packages: []string{"danvan/bot/report"}, never: slices.Concat(people, backends, drivers)},
	{
		packages: []string{"danvan/bot/planfile"},
		never:    slices.Concat([]string{"danvan/bot/...", "danvan/flows/forms", "danvan/locales"}, backends, drivers),
	},

	{packages: []string{"danvan/bot/trial"}, never: []string{"danvan/...", "github.com/go-telegram-bot-api/..."}},
	{packages: []string{"danvan/cmd/danvan"}, never: []string{"danvan/bot/trial/*", "danvan/bot/bottest"}}, // what only tests need
}

// only says which packages alone may import a library.
var only = map[string]string{
	"github.com/go-telegram-bot-api/...": "danvan/bot/telegram",
	"go.etcd.io/...":                     "danvan/store/bolt",
	"github.com/robfig/cron/...":         "danvan/bot/schedule",
	"golang.org/x/image/...":             "danvan/bot/report",
	"codeberg.org/go-fonts/...":          "danvan/bot/report",
	"codeberg.org/go-pdf/...":            "danvan/bot/report",
}

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// TestImportRules holds the house's import rules. Run it with -count=1: the
// test cache does not see what go list reads.
func TestImportRules(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	features := featuresOf(packages)
	if len(features) == 0 {
		t.Fatal("cmd/features lists no feature")
	}

	for _, p := range packages {
		for _, r := range rules {
			if !matches(r.packages, p.ImportPath, features) {
				continue
			}
			for _, dep := range p.Deps {
				if matches(r.never, dep, features) && !matches(r.but, dep, features) {
					t.Errorf("%s imports %s", p.ImportPath, dep)
				}
			}
		}

		for library, owner := range only {
			if p.ImportPath != owner && slices.ContainsFunc(p.Imports, func(dep string) bool { return under(library, dep) }) {
				t.Errorf("%s imports %s; only %s may", p.ImportPath, library, owner)
			}
		}
	}
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "danvan/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// featuresOf are the packages that cmd/features lists.
func featuresOf(packages []listed) []string {
	var features []string
	for _, p := range packages {
		if p.ImportPath == "danvan/cmd/features" {
			features = slices.DeleteFunc(p.Imports, func(dep string) bool { return !strings.HasPrefix(dep, "danvan/bot/") })
		}
	}
	return features
}

// matches reports whether a package is among patterns.
func matches(patterns []string, pkg string, features []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		return p == "features" && slices.Contains(features, pkg) || under(p, pkg)
	})
}

// under matches a package path with a pattern; "x/..." is x and all below it,
// "*.*/..." every package outside the standard library.
func under(pattern, pkg string) bool {
	prefix, tree := strings.CutSuffix(pattern, "/...")
	if !tree {
		ok, err := path.Match(pattern, pkg)
		return ok && err == nil
	}
	if prefix == "*.*" {
		first, _, _ := strings.Cut(pkg, "/")
		return strings.Contains(first, ".")
	}
	return pkg == prefix || strings.HasPrefix(pkg, prefix+"/")
}
