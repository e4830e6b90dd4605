package flows

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxField leaves room in a button for the draft, the revision and the
// longest choice.
const maxField, maxOption = 16, 24

// Lint returns what is wrong with a form, every fault at once: a question
// that nothing can reach, a field used twice, a button that would not fit.
func Lint(f *Form) error {
	var errs []error
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("form %s: "+format, append([]any{f.ID}, args...)...))
	}

	if f.ID == "" || f.Version < 1 || len(f.Steps) == 0 {
		fault("needs an id, a version and steps")
	}

	seen := map[string]*Step{}
	for i := range f.Steps {
		st := &f.Steps[i]
		if st.Field == "" || len(st.Field) > maxField || strings.ContainsAny(st.Field, ".~+-=") {
			fault("field %q is no good name", st.Field)
		}
		if seen[st.Field] != nil {
			fault("field %q is asked twice", st.Field)
		}
		lintStep(st, seen, fault)
		seen[st.Field] = st
	}
	for i, st := range f.Steps {
		if st.Lead != "" && !slices.ContainsFunc(f.Steps[i+1:], func(to Step) bool { return to.Field == st.Lead }) {
			fault("field %q leads to %q, which does not come after it", st.Field, st.Lead)
		}
	}

	for _, c := range f.Quick {
		lintCond(c, seen, fault)
	}
	return errors.Join(errs...)
}

func lintStep(st *Step, seen map[string]*Step, fault func(string, ...any)) {
	listed := st.Kind == Choice || st.Kind == Many
	if listed == (st.Source == "" && len(st.Options) == 0) {
		fault("field %q: choices and only choices have options or a source", st.Field)
	}
	if st.On != "" && seen[st.On] == nil {
		fault("field %q depends on %q, which does not come before it", st.Field, st.On)
	}

	for _, field := range st.Of {
		if seen[field] == nil {
			fault("field %q speaks of %q, which does not come before it", st.Field, field)
		}
	}
	if st.Enough > 0 && (st.Kind != LongText || st.Enough < st.Min || st.Max > 0 && st.Enough > st.Max) {
		fault("field %q: its lengths do not go together", st.Field)
	}
	if st.From != "" && (seen[st.From] == nil || st.Prefill != "") {
		fault("field %q is brought from %q, which does not come before it, or known otherwise", st.Field, st.From)
	}
	if st.None && !st.Optional {
		fault("field %q cannot be skipped, and there cannot be none", st.Field)
	}

	if st.Max > 0 && st.Min > st.Max || st.Kind == Files && st.Max == 0 {
		fault("field %q: its limits cannot be met", st.Field)
	}
	if st.Detail && !st.Optional {
		fault("field %q is a detail and must be optional", st.Field)
	}

	for i, o := range st.Options {
		if o == "" || len(o) > maxOption || strings.ContainsAny(o[:1], "~+-=") || slices.Contains(st.Options[:i], o) {
			fault("field %q: option %q is no good key", st.Field, o)
		}
	}

	for _, c := range slices.Concat(st.When, st.Due) {
		lintCond(c, seen, fault)
	}
}

func lintCond(c Cond, seen map[string]*Step, fault func(string, ...any)) {
	st := seen[c.Field]
	if st == nil {
		fault("a condition asks for %q, which does not come before it", c.Field)
		return
	}
	for _, key := range c.In {
		if st.Source == "" && !slices.Contains(st.Options, key) {
			fault("a condition asks for %q = %q, which cannot be", c.Field, key)
		}
	}
}
