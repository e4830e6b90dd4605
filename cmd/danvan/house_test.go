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

// rule says what the packages under a path must never import, directly or
// through others of ours. "drivers" and "ours" are spelt out below.
type rule struct {
	packages string   // a pattern of path.Match, or with /... a subtree
	never    []string // patterns
}

var (
	drivers  = []string{"go.etcd.io/...", "github.com/go-telegram-bot-api/...", "github.com/robfig/cron/..."}
	backends = []string{"danvan/store/bolt"}
	channels = []string{"danvan/bot/telegram", "github.com/go-telegram-bot-api/..."}
)

// rules are the README's table of what may import what.
var rules = []rule{
	{packages: "danvan/store", never: []string{"*.*/...", "danvan/..."}},
	{packages: "danvan/store/bolt", never: []string{"danvan/flows/...", "danvan/bot/...", "danvan/locales"}},
	{packages: "danvan/store/storetest", never: slices.Concat(backends, drivers)},
	{packages: "danvan/flows/...", never: slices.Concat([]string{"danvan/bot/...", "danvan/locales", "net/http"}, backends, drivers)},
	{packages: "danvan/locales", never: []string{"danvan/..."}},
	{packages: "danvan/bot", never: slices.Concat([]string{"danvan/bot/*"}, backends, drivers)},
	{packages: "danvan/bot/outbox", never: slices.Concat(channels, backends, drivers)},
	{packages: "danvan/store/deadline", never: slices.Concat([]string{"danvan/flows/...", "danvan/bot/...", "danvan/locales"}, backends, drivers)},
	{packages: "danvan/store/figures", never: []string{"*.*/...", "danvan/flows/...", "danvan/bot/...", "danvan/locales"}},
	{packages: "danvan/store/gather", never: slices.Concat([]string{"danvan/flows/...", "danvan/bot/...", "danvan/locales"}, backends, drivers)},
	{packages: "danvan/store/agenda", never: slices.Concat([]string{"danvan/flows/...", "danvan/bot/...", "danvan/locales"}, backends, drivers)},
	{packages: "danvan/bot/schedule", never: slices.Concat([]string{"go.etcd.io/..."}, channels, backends)},
	{packages: "danvan/bot/report", never: slices.Concat([]string{"danvan/bot", "danvan/bot/*", "danvan/flows/...", "danvan/locales"}, backends, drivers)},
	{packages: "danvan/bot/planfile", never: slices.Concat([]string{"danvan/bot", "danvan/bot/*", "danvan/flows/forms", "danvan/locales"}, backends, drivers)},
	{packages: "danvan/bot/trial", never: []string{"danvan/...", "github.com/go-telegram-bot-api/..."}},
}

// only says which packages alone may import a library.
var only = map[string]string{
	"github.com/go-telegram-bot-api/...": "danvan/bot/telegram",
	"go.etcd.io/...":                     "danvan/store/bolt",
	"github.com/robfig/cron/...":         "danvan/bot/schedule",
	"github.com/wcharczuk/go-chart/...":  "danvan/bot/report",
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
	for _, p := range listPackages(t) {
		for _, r := range rules {
			if !under(r.packages, p.ImportPath) {
				continue
			}
			for _, dep := range p.Deps {
				if forbidden(r.never, dep) && dep != p.ImportPath && !under(r.packages, dep) {
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

func forbidden(patterns []string, dep string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return under(p, dep) })
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
