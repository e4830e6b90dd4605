package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// call is an arrow from one file to another: it uses a function or a method
// that the other defines. Types, constants and variables draw no arrow.
type call struct{ from, to string }

// holdCircle looks for files that nobody can read alone, because each calls
// others that call it back.
func holdCircle(t *testing.T, r room, d debt) {
	calls := callsBetween(r)
	circle := largestCircle(slices.Collect(maps.Keys(calls)))
	t.Logf("%-22s %3d files, %3d arrows, largest circle %d", r.name, len(r.files), len(calls), len(circle))

	most := cmp.Or(d.circle, circleFiles)
	if most == whole || len(circle) <= most {
		return
	}
	t.Errorf("%s: %d files call each other in a circle, allowed %d: move what is shared below both, or pass it in. The thinnest arrows:\n\t%s",
		r.name, len(circle), most, strings.Join(thinnest(calls, circle), "\n\t"))
}

// callsBetween finds the places of all calls from one file to another.
func callsBetween(r room) map[call][]string {
	calls := map[call][]string{}
	for _, f := range r.files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			used, ok := r.TypesInfo.Uses[name].(*types.Func)
			if !ok || used.Pkg() != r.Types {
				return true
			}

			to := path.Join(path.Dir(f.path), path.Base(r.Fset.Position(used.Origin().Pos()).Filename))
			if to != f.path {
				arrow := call{f.path, to}
				calls[arrow] = append(calls[arrow], fmt.Sprintf("%s:%d: %s is in %s", f.path, r.Fset.Position(name.Pos()).Line, name.Name, to))
			}
			return true
		})
	}
	return calls
}

// largestCircle is the largest set of files of which each reaches each other.
func largestCircle(arrows []call) []string {
	next := map[string][]string{}
	for _, a := range arrows {
		next[a.from] = append(next[a.from], a.to)
	}
	reach := map[string]map[string]bool{}
	for from := range next {
		reach[from] = reached(next, from)
	}

	var largest []string
	for _, a := range slices.Sorted(maps.Keys(reach)) {
		var circle []string
		for b := range reach[a] {
			if reach[b][a] {
				circle = append(circle, b)
			}
		}
		if len(circle) > len(largest) {
			largest = circle
		}
	}
	slices.Sort(largest)
	return largest
}

// reached are all files to which arrows lead, directly or through others.
func reached(next map[string][]string, from string) map[string]bool {
	seen := map[string]bool{}
	for todo := next[from]; len(todo) > 0; {
		file := todo[0]
		todo = todo[1:]
		if !seen[file] {
			seen[file] = true
			todo = append(slices.Clip(todo), next[file]...)
		}
	}
	return seen
}

// thinnest are the arrows inside a circle with the fewest calls: the easiest
// to take away.
func thinnest(calls map[call][]string, circle []string) []string {
	var inside [][]string
	for arrow, places := range calls {
		if slices.Contains(circle, arrow.from) && slices.Contains(circle, arrow.to) {
			inside = append(inside, places)
		}
	}
	slices.SortFunc(inside, func(a, b []string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a[0], b[0]))
	})
	return slices.Concat(inside[:min(len(inside), 20)]...)
}

// TestLargestCircle shows what counts as a circle.
func TestLargestCircle(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arrows string
		want   string
	}{
		"none":              {"ab bc ac", ""},
		"two":               {"ab ba bc", "a b"},
		"a long way round":  {"ab bc cd da de", "a b c d"},
		"the larger of two": {"ab ba bc cd de ec", "c d e"},
		"two that meet":     {"ab ba bc cb", "a b c"},
	} {
		t.Run(name, func(t *testing.T) {
			var arrows []call
			for _, a := range strings.Fields(test.arrows) {
				arrows = append(arrows, call{a[:1], a[1:]})
			}
			if got := strings.Join(largestCircle(arrows), " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
