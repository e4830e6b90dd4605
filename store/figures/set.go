package figures

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"danvan/store"
)

// Set is a set of models that is counted; the package doc says what belongs
// to each.
type Set uint8

// The sets. Those from Waiting on are out of every total, but for Overdue.
const (
	Registered Set = iota + 1
	New
	Maintained
	Upgraded
	Done
	Doing
	NotStarted
	Paused
	Failed
	Vague
	Silent
	NoEvidence
	NoLesson
	Waiting
	Returned
	Rejected
	Merged
	Earlier
	Overdue
	Lapsed
	setCount = iota + 1
)

var setNames = [setCount]string{
	"", "registered", "new", "maintained", "upgraded", "done", "doing", "not_started", "paused", "failed",
	"vague", "silent", "no_evidence", "no_lesson", "waiting", "returned", "rejected", "merged", "earlier",
	"overdue", "lapsed",
}

// Sets lists every set.
func Sets() []Set {
	out := make([]Set, 0, setCount-1)
	for s := Registered; s < setCount; s++ {
		out = append(out, s)
	}
	return out
}

// String returns the name of the set: "new".
func (s Set) String() string {
	if s >= setCount {
		return fmt.Sprintf("set %d", uint8(s))
	}
	return setNames[s]
}

// sets are the sets that a model is in.
type sets uint32

func (s Set) bit() sets        { return 1 << s }
func (in sets) has(s Set) bool { return in&s.bit() != 0 }
func (in *sets) put(list ...Set) {
	for _, s := range list {
		*in |= s.bit()
	}
}

// NotGiven stands for what nobody gave: a reason, a title.
const NotGiven = "none"

// Key names a figure: the size of a set or, with a Metric, what a metric came
// to in the period, over the set's models (those registered when it is not
// said). Empty parts do not restrict.
type Key struct {
	Set    Set
	Metric Metric
	Unit   store.UnitCode // a line
	Field  string
	Title  string
	Kind   store.RegistrantKind
	Reason string
}

// parts lists the key's parts in their order, each under its letter.
func (k *Key) parts() []struct {
	letter string
	value  *string
} {
	return []struct {
		letter string
		value  *string
	}{
		{"m", (*string)(&k.Metric)}, {"u", (*string)(&k.Unit)}, {"f", &k.Field},
		{"t", &k.Title}, {"k", (*string)(&k.Kind)}, {"r", &k.Reason},
	}
}

// String writes the key in a short form without spaces, fit for a button:
// "new/u=30709/f=KT".
func (k Key) String() string {
	out := k.Set.String()
	for _, p := range k.parts() {
		if *p.value != "" {
			out += "/" + p.letter + "=" + url.QueryEscape(*p.value)
		}
	}
	return out
}

// ParseKey reads what String wrote.
func ParseKey(s string) (Key, error) {
	name, rest, more := strings.Cut(s, "/")
	set := slices.Index(setNames[:], name)
	if set < 0 {
		return Key{}, fmt.Errorf("read the key of a figure: no set is called %q", name)
	}

	k := Key{Set: Set(set)}
	for more {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		letter, value, _ := strings.Cut(part, "=")
		value, err := url.QueryUnescape(value)
		if err != nil {
			return Key{}, fmt.Errorf("read the key of a figure: %w", err)
		}
		if !k.put(letter, value) {
			return Key{}, fmt.Errorf("read the key of a figure: no part is called %q", letter)
		}
	}

	return k, nil
}

func (k *Key) put(letter, value string) bool {
	for _, p := range k.parts() {
		if p.letter == letter {
			*p.value = value
			return true
		}
	}
	return false
}
