package progress

import (
	"slices"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/flows/forms"
	"danvan/store"
)

// beginCorrection opens the update form with the answers of an earlier
// update: what is sent is a new row that points to the wrong one.
func (t turn) beginCorrection(rest string) error {
	m, p, ok, err := about.Progress(t.Turn, rest, access.UpdateModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.not_yours", nil)
	}
	if m.State == store.Merged {
		return t.pointOn(m)
	}
	return t.Begin(forms.UpdateID, func(s *store.Session) {
		aimAt(s, m)
		s.Corrects = uint64(p.ID)
		s.Answers = append(s.Answers, answersOf(p)...)
	})
}

// answersOf is the opposite of progressOf, for a correction.
func answersOf(p store.Progress) []store.Answer {
	out := []store.Answer{{Field: "news", Keys: []string{moveOf(p)}, Given: true}, {Field: "day", From: p.Day, Given: true}}
	add := func(a store.Answer, has bool) {
		if has {
			a.Given = true
			out = append(out, a)
		}
	}

	add(store.Answer{Field: "reason", Keys: []string{p.Reason}}, p.Reason != "")
	remark := "remark"
	if p.State == store.Done { // then it says why there is no proof
		remark = "unproven"
	}
	add(store.Answer{Field: remark, Text: p.Remark}, p.Remark != "")

	add(store.Answer{Field: "results", Amounts: p.Results, Skipped: len(p.Results) == 0}, true)
	add(store.Answer{Field: "money", Money: p.Money, Skipped: len(p.Money) == 0}, true)
	add(store.Answer{Field: "basis", Keys: []string{string(p.Basis)}}, p.Basis != "")
	add(store.Answer{Field: "evidence", Evidence: p.Evidence, Skipped: len(p.Evidence) == 0}, true)
	if i := slices.IndexFunc(p.Evidence, func(e store.Evidence) bool { return e.Faces != "" }); i >= 0 {
		add(store.Answer{Field: "faces", Keys: []string{string(p.Evidence[i].Faces)}}, true)
	}
	add(store.Answer{Field: "lesson", Text: p.Lesson, Skipped: p.Lesson == ""}, true)
	add(store.Answer{Field: "difficulty", Text: p.Difficulty}, p.Difficulty != "")
	add(store.Answer{Field: "feedback", Text: p.Feedback}, p.Feedback != "")
	return out
}

// moveOf tells which move an update was.
func moveOf(p store.Progress) string {
	if p.Nothing || len(p.Results) > 0 && p.State != store.Done {
		return string(store.MoveResults) // a correction says what there was after all
	}
	for _, move := range p.Was.News() {
		if to, _ := p.Was.After(move); to == p.State && to != p.Was {
			return string(move)
		}
	}
	return string(store.MoveResults)
}

// stateBefore is the state from which a correction moves on: the one before
// the wrong update if nothing has changed the state since, the present one
// otherwise.
func (t turn) stateBefore(m store.Model, wrong store.ProgressID) (store.State, error) {
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return m.State, err
	}
	from := m.State
	for _, p := range rows {
		switch {
		case p.ID == wrong:
			from = p.Was
		case p.ID > wrong && p.State != p.Was:
			return m.State, nil
		}
	}
	return from, nil
}
