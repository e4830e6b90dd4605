package main

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// holdSize asks a second package where one has grown past what one can know.
func holdSize(t *testing.T, r room, d debt) {
	lines, methods := 0, 0
	for _, f := range r.files {
		lines += f.written()
		for _, declared := range f.tree.Decls {
			if function, ok := declared.(*ast.FuncDecl); ok && function.Recv != nil {
				methods++
			}
		}
	}
	t.Logf("%-22s %6d lines, %3d methods", r.name, lines, methods)

	most := d.lines
	switch {
	case slices.Contains(testingPackages, r.name) || r.name != "bot" && !strings.HasPrefix(r.name, "bot/"):
		return // only the kernel and what is below it have a limit
	case most == 0 && r.name == "bot":
		most = kernelLines
	case most == 0:
		most = featureLines
	}
	if lines > most {
		t.Errorf("%s: %d lines, allowed %d: move a subject to a package of its own", r.name, lines, most)
	}
}

// holdShipped keeps the house from growing while it is rebuilt.
func holdShipped(t *testing.T, rooms []room) {
	shipped, apart := 0, 0
	for _, r := range rooms {
		for _, f := range r.files {
			if slices.Contains(testingPackages, r.name) {
				apart += f.written()
			} else {
				shipped += f.written()
			}
		}
	}
	t.Logf("%d lines, and %d in testing packages", shipped, apart)

	if shipped > shippedLines {
		t.Errorf("%d lines in all packages, allowed %d: take out what is there twice", shipped, shippedLines)
	}
	if apart > testingLines {
		t.Errorf("%d lines in %v, allowed %d", apart, testingPackages, testingLines)
	}
}

// holdWidth finds lines that do not fit beside each other in a review.
func holdWidth(t *testing.T, r room, d debt) {
	var wide []string
	for _, f := range r.files {
		for i, line := range f.lines {
			if width := utf8.RuneCountInString(line) + strings.Count(line, "\t")*(tabCharacters-1); width > lineWidth {
				wide = append(wide, fmt.Sprintf("%s:%d: %d characters", f.path, i+1, width))
			}
		}
	}
	owe(t, r, wide, d.wide, fmt.Sprintf("wrap or simplify lines over %d characters", lineWidth))
}

// holdParagraphs finds bodies that cannot be skimmed.
func holdParagraphs(t *testing.T, r room, d debt) {
	var long []string
	for _, f := range r.files {
		for _, body := range bodies(f.tree) {
			start := r.Fset.Position(body.Lbrace).Line // the line after the brace, counted from 0
			end := r.Fset.Position(body.Rbrace).Line - 1
			for _, run := range longRuns(f.lines[start:max(start, end)]) {
				long = append(long, fmt.Sprintf("%s:%d: %d lines", f.path, start+run.first+1, run.length))
			}
		}
	}
	owe(t, r, long, d.paragraphs, fmt.Sprintf("set the steps apart by a blank line, at most %d lines each", paragraph))
}

// bodies are the bodies of all functions, those within another left out.
func bodies(tree *ast.File) []*ast.BlockStmt {
	var found []*ast.BlockStmt
	ast.Inspect(tree, func(n ast.Node) bool {
		switch f := n.(type) {
		case *ast.FuncDecl:
			if f.Body != nil {
				found = append(found, f.Body)
			}
			return false
		case *ast.FuncLit:
			found = append(found, f.Body)
			return false
		}
		return true
	})
	return found
}

// run is a row of lines without a blank one.
type run struct{ first, length int }

// longRuns are the runs that are longer than a paragraph.
func longRuns(lines []string) []run {
	var long []run
	first := 0
	for i := 0; i <= len(lines); i++ {
		if i < len(lines) && strings.TrimSpace(lines[i]) != "" {
			continue
		}
		if i-first > paragraph {
			long = append(long, run{first, i - first})
		}
		first = i + 1
	}
	return long
}

// written counts the lines that are not blank.
func (f source) written() int {
	n := 0
	for _, line := range f.lines {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// TestLongRuns shows what counts as a paragraph.
func TestLongRuns(t *testing.T) {
	t.Parallel()

	full := strings.Repeat("x\n", paragraph)
	for name, test := range map[string]struct {
		body string
		want []run
	}{
		"as long as may be":       {full, nil},
		"one more":                {full + "x\n", []run{{0, paragraph + 1}}},
		"a blank line between":    {full + " \t\n" + full, nil},
		"a comment does not part": {full + "// why\n" + full, []run{{0, 2*paragraph + 1}}},
		"the second":              {"x\n\n" + full + full, []run{{2, 2 * paragraph}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := longRuns(strings.Split(strings.TrimSuffix(test.body, "\n"), "\n")); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
