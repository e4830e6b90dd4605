package main

import (
	"cmp"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// The limits of the house. A package is measured by its files that are no tests.
const (
	kernelLines   = 1_500  // of package bot that are not blank
	featureLines  = 2_500  // of any package below bot
	circleFiles   = 5      // that may call each other in a circle
	paragraph     = 19     // lines of a function's body without a blank one
	lineWidth     = 140    // characters, a tab being four
	shippedLines  = 58_300 // of the house without its testing packages
	testingLines  = 9_450  // of the testing packages; 1,000 of them, bottest, were lines of tests before
	tabCharacters = 4
)

// debt is how far a package may still exceed the limits. Lower a number when
// the package has become better; never raise one.
type debt struct {
	lines      int // instead of kernelLines or featureLines
	circle     int // instead of circleFiles; whole where circles do not matter
	paragraphs int // longer than the limit
	wide       int // lines wider than the limit
	decisions  int // on a form's id, outside the form's home
}

// whole exempts a package from the limit on circles: store's nouns belong
// together, storetest and trial are read from one end to the other.
const whole = -1

// debts are of today: a package that is not listed here keeps all limits, and
// the circles of those outside bot are held at what they are (1 is none).
var debts = map[string]debt{
	"bot/outbox":         {circle: 5},
	"bot/planfile":       {circle: 1},
	"bot/report":         {circle: 2},
	"bot/schedule":       {circle: 2},
	"bot/sheet":          {circle: 1},
	"bot/shipped":        {circle: 1},
	"bot/telegram":       {circle: 3},
	"bot/trial":          {circle: whole},
	"cmd/danvan":         {circle: 2},
	"flows":              {circle: 8},
	"flows/answer":       {circle: 4},
	"flows/answer/lunar": {circle: 1},
	"flows/flowtest":     {circle: 1},
	"flows/forms":        {circle: 1},
	"locales":            {circle: 1},
	"store":              {circle: whole},
	"store/bolt":         {circle: 2},
	"store/deadline":     {circle: 1},
	"store/figures":      {circle: 3},
	"store/storetest":    {circle: whole},
}

// testingPackages serve the tests and are counted apart.
var testingPackages = []string{"bot/bottest", "bot/trial", "bot/trial/faults", "flows/flowtest", "store/storetest"}

// room is a package of the house, parsed and type-checked.
type room struct {
	*packages.Package
	name  string // its path in the module
	files []source
}

// source is one file of a room.
type source struct {
	path  string // in the module
	tree  *ast.File
	lines []string
}

// TestHouse holds the limits of every package, also of one that is new. Run it
// with -count=1: the test cache does not see the files that it reads; with -v
// it prints what it counts. What is built only under a tag is left out.
func TestHouse(t *testing.T) {
	t.Parallel()

	rooms := loadRooms(t)
	limits := []struct {
		name string
		hold func(*testing.T, room, debt)
	}{
		{"circles", holdCircle},
		{"size", holdSize},
		{"paragraphs", holdParagraphs},
		{"width", holdWidth},
		{"forms", holdForms},
	}

	for _, limit := range limits {
		t.Run(limit.name, func(t *testing.T) {
			for _, r := range rooms {
				limit.hold(t, r, debts[r.name])
			}
		})
	}
	t.Run("shipped", func(t *testing.T) { holdShipped(t, rooms) })
	t.Run("debts", func(t *testing.T) { holdDebts(t, rooms) })
}

// holdDebts finds debts of packages that are gone.
func holdDebts(t *testing.T, rooms []room) {
	for _, name := range slices.Sorted(maps.Keys(debts)) {
		if !slices.ContainsFunc(rooms, func(r room) bool { return r.name == name }) {
			t.Errorf("package %s is gone: take it out of debts", name)
		}
	}
}

// owe reports found faults where there are more of them than the debt allows.
func owe(t *testing.T, r room, found []string, allowed int, todo string) {
	t.Helper()

	if len(found) > allowed {
		t.Errorf("%s: %d, allowed %d: %s\n\t%s", r.name, len(found), allowed, todo, strings.Join(found, "\n\t"))
	} else if len(found) < allowed {
		t.Logf("%s: %d; its debt of %d can be lowered", r.name, len(found), allowed)
	}
}

// loadRooms reads and type-checks every package of the module.
func loadRooms(t *testing.T) []room {
	t.Helper()

	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: root}, "danvan/...")
	if err != nil {
		t.Fatal(err)
	}

	var rooms []room
	for _, p := range loaded {
		for _, fault := range p.Errors {
			t.Fatal(fault)
		}
		r := room{Package: p, name: strings.TrimPrefix(p.PkgPath, "danvan/")}
		for _, tree := range p.Syntax {
			r.files = append(r.files, readSource(t, root, p.Fset.Position(tree.FileStart).Filename, tree))
		}
		rooms = append(rooms, r)
	}
	slices.SortFunc(rooms, func(a, b room) int { return cmp.Compare(a.name, b.name) })
	return rooms
}

func readSource(t *testing.T, root, file string, tree *ast.File) source {
	t.Helper()

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Rel(root, file)
	if err != nil {
		t.Fatal(err)
	}
	return source{path: filepath.ToSlash(path), tree: tree, lines: strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")}
}
