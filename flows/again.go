package flows

import (
	"hash/fnv"
	"unicode/utf8"

	"danvan/flows/answer"
	"danvan/store"
)

// repeats is from how many characters on a text that comes twice was sent twice: two
// questions in a row may have the same short answer.
const repeats = 15

// said is a typed answer, to know it by when it comes again; nothing of what is short.
func said(st *Step, in Input) store.Said {
	if in.Kind != TextInput || utf8.RuneCountInString(in.Text) < repeats {
		return store.Said{}
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(in.Text))
	return store.Said{Field: st.Field, Hash: h.Sum64()}
}

// repeated refuses what was typed as the answer to the question before: whoever heard
// nothing for a while sends it once more, and it is no answer to what is asked now.
func (w *walk) repeated(st *Step) *answer.Invalid {
	was, now := w.s.Said, said(st, w.in)
	kept := w.f.Step(was.Field) // nil in a form that has it no more
	if now.Hash == 0 || now.Hash != was.Hash || was.Field == st.Field || kept == nil || w.in.Edited {
		return nil
	}
	return &answer.Invalid{Key: "answer.repeated", Args: map[string]any{"Label": stepLabel(w.f, kept)}}
}
