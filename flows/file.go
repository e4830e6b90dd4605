package flows

import (
	"slices"

	"danvan/flows/answer"
	"danvan/store"
)

// file takes a photo or document as evidence. The parts of an album come one
// by one and are one answer: the card is asked once and counts them, and a part
// that comes after "done" still joins its album.
func (w *walk) file() error {
	f := w.in.File
	if st, a := w.albumOf(f.Album); st != nil && st.Field != w.s.At && !f.IsProgram() {
		return w.addFile(st, a, true)
	}

	st := w.filesStep()
	if st == nil || w.s.Doubt != nil {
		return w.wrongFile("wrong.file", f.Album)
	}
	switch {
	case w.in.TooBig:
		return w.wrongFile("wrong.too_big", "")
	case f.IsProgram():
		return w.wrongFile("wrong.program", "")
	}

	a := w.files(st)
	return w.addFile(st, a, f.Album != "" && containsAlbum(a, f.Album))
}

// addFile appends a file to an answer; quietly, without another card, when an
// earlier part of the same album has brought one.
func (w *walk) addFile(st *Step, a store.Answer, quiet bool) error {
	a.Field, a.Skipped, a.Given = st.Field, false, false
	if len(a.Evidence) >= st.Max {
		w.say(Notice{Key: "wrong.too_many_files", Args: map[string]any{"Max": st.Max}})
		return nil
	}

	same := func(e store.Evidence) bool { return e.UniqueID != "" && e.UniqueID == w.in.File.UniqueID }
	if !slices.ContainsFunc(a.Evidence, same) {
		a.Evidence = append(slices.Clone(a.Evidence), w.in.File)
	}
	if !quiet && w.in.File.Pictures() { // a part of an album is of a piece with the others
		w.unsettle(a)
	}
	w.place(a)
	w.turn.Receipt = true

	if quiet {
		if w.s.Doubt != nil || w.s.At != "" && w.s.At != st.Field {
			return nil
		}
		w.turn.InPlace = true // the card says how many there are
		return w.open()
	}

	if w.s.At == st.Field {
		return w.open()
	}
	if err := w.reconcile(st.Field); err != nil {
		return err
	}
	if w.s.At == "" {
		w.s.Revision++
		return w.next()
	}
	w.say(Notice{Key: "form.file_kept", Args: map[string]any{"Count": len(a.Evidence)}})
	return w.open()
}

// files is the answer that has the files so far, though it may not apply yet.
func (w *walk) files(st *Step) store.Answer {
	for _, a := range slices.Concat(w.s.Answers, w.s.Aside) {
		if a.Field == st.Field {
			return a
		}
	}
	return store.Answer{}
}

// editedFile puts what became of a sent photo, file or caption in the place of
// what it was.
func (w *walk) editedFile() error {
	for _, a := range slices.Concat(w.s.Answers, w.s.Aside) {
		i := slices.IndexFunc(a.Evidence, func(e store.Evidence) bool { return e.Message != "" && e.Message == w.in.Message })
		st := w.f.Step(a.Field)
		if i < 0 || st == nil || st.Hold {
			continue
		}
		if w.in.TooBig {
			return w.wrongFile("wrong.too_big", "")
		}

		a.Evidence = slices.Clone(a.Evidence)
		w.in.File.Album = a.Evidence[i].Album
		a.Evidence[i] = w.in.File
		w.place(a)
		if err := w.reconcile(st.Field); err != nil {
			return err
		}
		w.turn.Receipt = true
		w.say(Notice{Key: "form.file_changed", Args: map[string]any{
			"N": i + 1, "Of": len(a.Evidence), "Caption": answer.Excerpt(w.in.File.Caption),
		}})
		return w.ask(nil)
	}

	w.turn.Outcome = Stale
	return nil
}

func (w *walk) wrongFile(key, album string) error {
	if album != "" && w.s.Album == album {
		return nil // said once for the whole album
	}
	w.s.Album = album
	return w.missed(&answer.Invalid{Key: key})
}

// albumOf finds the answer that an album has begun to give.
func (w *walk) albumOf(album string) (*Step, store.Answer) {
	if album == "" {
		return nil, store.Answer{}
	}
	for _, a := range slices.Concat(w.s.Answers, w.s.Aside) {
		if containsAlbum(a, album) {
			return w.f.Step(a.Field), a
		}
	}
	return nil, store.Answer{}
}

func containsAlbum(a store.Answer, album string) bool {
	return slices.ContainsFunc(a.Evidence, func(e store.Evidence) bool { return e.Album == album })
}

// filesStep returns the question that takes files: the open one, or another, for
// what is sent elsewhere is evidence too.
func (w *walk) filesStep() *Step {
	if st := w.f.Step(w.s.At); st != nil && st.Kind == Files {
		return st
	}
	for i := range w.f.Steps {
		if w.f.Steps[i].Kind == Files {
			return &w.f.Steps[i]
		}
	}
	return nil
}
