package main

import (
	"io"

	"danvan/bot/sheet"
	"danvan/locales"
)

// printer says what came of a file.
type printer struct {
	w     io.Writer
	words *locales.Catalogue
	lang  string
	file  string
}

func (p printer) say(key string, args map[string]any) {
	tell(p.w, p.words.Text(p.lang, key, args))
}

func (p printer) refuse(key string, args map[string]any) error {
	p.say(key, args)
	return errSaid
}

func (p printer) count(n int) string { return locales.Count(p.lang, n) }

// places names what is wrong, each with its place in the file.
func (p printer) places(faults []sheet.Fault) {
	for _, f := range faults {
		p.say("import.place", map[string]any{
			"File": p.file, "Sheet": f.Sheet, "Cell": f.Cell, "Line": f.Line, "Fault": p.words.Text(p.lang, f.Key, f.Args),
		})
	}
}

// shownUnits is how many units of each sort a report names.
const shownUnits = 20

// lines prints some lines, and says how many more there are.
func (p printer) lines(list []string) {
	for _, line := range list[:min(len(list), shownUnits)] {
		tell(p.w, "  "+line)
	}
	if more := len(list) - shownUnits; more > 0 {
		tell(p.w, "  "+p.words.Text(p.lang, "import.more", map[string]any{"Units": p.count(more)}))
	}
}
