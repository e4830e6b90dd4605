package flows

// migrate carries a session over to its form as it is now. Answers are kept by
// field; those that the changed form would refuse are asked for again, and the
// person is told.
func (w *walk) migrate() error {
	if w.s.Hash == w.e.hash[w.f.ID] {
		return nil
	}

	kept := w.s.Answers[:0:0]
	again := 0
	for _, a := range w.s.Answers {
		st := w.f.Step(a.Field)
		ok, err := w.fits(st, a)
		if err != nil {
			return err
		}
		if ok {
			kept = append(kept, a)
			continue
		}
		w.aside(a)
		if st != nil {
			again++
		}
	}

	w.s.Answers, w.s.Version, w.s.Hash = kept, w.f.Version, w.e.hash[w.f.ID]
	w.moved()

	if err := w.reconcile(""); err != nil {
		return err
	}
	if err := w.stay(); err != nil {
		return err
	}
	w.say(Notice{Key: "form.changed", Args: map[string]any{"Kept": len(kept), "Again": again}})
	return nil
}

// stay keeps the open question open, so that an answer to it counts; what is
// to be asked again follows. Only a question that is gone gives way.
func (w *walk) stay() error {
	if st := w.f.Step(w.s.At); st != nil {
		if ok, err := w.applies(st); ok || err != nil {
			return err
		}
	}
	st, err := w.unanswered()
	w.s.At = ""
	if st != nil {
		w.s.At = st.Field
	}
	return err
}
