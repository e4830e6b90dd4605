package exchange

import (
	"encoding/json"

	"danvan/bot/sheet"
	"danvan/store"
)

// past is what a file tells of a model's updates and of its check.
type past struct {
	updates []store.Progress
	reviews []merged
}

// merged is a step of a check with the code of the model into which one was merged.
type merged struct {
	store.Review
	into string
}

// readPast reads the sheets of updates and of checks, that an export has.
func (r *reading) readPast(sheets []sheet.Sheet) {
	r.past = map[string]past{}
	r.eachRecord(sheets, []string{"code", "updated", "instant", "difficulty", "record"}, func(of past, l sheet.Line, record []byte) past {
		var p store.Progress
		if json.Unmarshal(record, &p) == nil {
			of.updates = append(of.updates, p)
		}
		return of
	})
	r.eachRecord(sheets, []string{"code", "instant", "verdict", "record", "counterpart"}, func(of past, l sheet.Line, record []byte) past {
		m := merged{into: l.Text("counterpart")}
		if json.Unmarshal(record, &m.Review) == nil {
			of.reviews = append(of.reviews, m)
		}
		return of
	})
}

// eachRecord goes through the tables that have some columns, and adds what each line's
// record tells to what is known of its model.
func (r *reading) eachRecord(sheets []sheet.Sheet, names []string, add func(past, sheet.Line, []byte) past) {
	known := make([]sheet.Column, len(names))
	for i, name := range names {
		known[i] = column{name: name, needed: name != "counterpart"}.known(r.Voice)
	}
	tables, _ := sheet.Tables(sheets, known)
	for i := range tables {
		for _, line := range tables[i].Lines {
			code := line.Text("code")
			r.past[code] = add(r.past[code], line, []byte(sheet.Unguard(line.In("record").Text)))
		}
	}
}
