package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/report"

	"github.com/google/go-cmp/cmp"
)

// TestEveryTextIsSaid holds that the texts are those that the package says, in
// both languages.
func TestEveryTextIsSaid(t *testing.T) {
	t.Parallel()
	said := append(report.Keys(), spelt(t)...)
	slices.Sort(said)
	said = slices.Compact(said)
	w := voice(t, "vi").Words.(words)
	for _, lang := range []string{"vi", "en"} {
		if diff := cmp.Diff(said, slices.Sorted(maps.Keys(w.own[lang]))); diff != "" {
			t.Errorf("%s (-said +texts):\n%s", lang, diff)
		}
	}
}

// spelt lists the keys among the string literals of the package.
func spelt(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	var out []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "keys.go" {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				if strings.HasPrefix(text, "figures.") && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "_") {
					out = append(out, text)
				}
			}
			return true
		})
	}
	return out
}
