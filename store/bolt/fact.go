package bolt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"danvan/store"
)

// factCodec is the first byte of a packed Fact. Behind it stands what the
// model gives, behind its length, then the steps in their order, each behind
// its length too: an update only has to put its own step at the end. Codec
// 1 had neither things nor totals, codec 2 had one entry and one registrant.
const factCodec = 3

// The marks of a packed step.
const (
	stepHasRow = 1 << iota // the id is the Row; else it is a review's
	stepNothing
	stepLesson
)

// How many bytes a result, a sum and an entry take at least.
const (
	leastResult = 5
	leastSum    = 5
	leastEntry  = 4
)

// step is a FactStep with what the file needs besides.
type step struct {
	store.FactStep
	id  uint64
	was store.State
}

func stepOfProgress(p store.Progress) step { return step{p.Step(), uint64(p.ID), p.Was} }

func stepOfReview(v store.Review) step { return step{v.Step(), uint64(v.ID), v.Was} }

// compare puts steps into their order.
func (s step) compare(t step) int { return compareSteps(stampOf(s.At), s.id, stampOf(t.At), t.id) }

func compareSteps(at, id, otherAt, otherID uint64) int {
	return cmp.Or(cmp.Compare(at, otherAt), cmp.Compare(id, otherID))
}

func mark(set bool, m uint64) uint64 {
	if set {
		return m
	}
	return 0
}

// packFact packs a model without steps.
func packFact(m store.Model) packed {
	f := m.Fact()
	p := packed(nil).text(string(f.Unit)).text(string(f.Kind)).text(string(f.State)).
		time(f.Registered).date(f.To).uint(mark(f.Vague, 1)).entries(f.Entries).texts(packRegistrants(f.Registrants)).texts(f.Tags)
	return packed{factCodec}.text(string(p))
}

func packStep(s step) packed {
	p := packed(nil).time(s.At).uint(s.id).uint(uint64(len(s.Results))).uint(uint64(len(s.Money))).
		uint(mark(s.Row != 0, stepHasRow) | mark(s.Nothing, stepNothing) | mark(s.Lesson, stepLesson)).
		text(string(s.was)).text(string(s.State)).
		uint(uint64(s.Corrects)).date(s.Day).text(s.Reason).uint(uint64(s.Evidence)).text(string(s.Basis))
	for _, q := range s.Results {
		p = p.text(q.Metric).text(q.Thing).text(q.Word).int(int64(q.Value)).text(string(q.Qualifier))
	}
	for _, m := range s.Money {
		p = p.int(m.VND).text(string(m.Part)).text(string(m.Qualifier)).text(m.Note).uint(mark(m.Total, 1))
	}
	return packed(nil).text(string(p))
}

// factReader unpacks many facts. Their lists are cut from larger pieces, which
// spares an allocation for each.
type factReader struct {
	texts   slab[string]
	entries slab[store.Entry]
	steps   slab[store.FactStep]
	results slab[store.Quantity]
	sums    slab[store.Money]
}

// slab hands out lists of zeros that are cut from larger ones.
type slab[T any] struct{ rest []T }

// slabItems is how many items are allocated together: some ten facts' worth.
const slabItems = 128

func (s *slab[T]) take(n int) []T {
	if n == 0 {
		return nil
	}
	if n > len(s.rest) {
		s.rest = make([]T, max(n, slabItems))
	}
	var list []T
	list, s.rest = s.rest[:n:n], s.rest[n:]
	return list
}

func (r *factReader) unpack(id uint64, b []byte) (store.Fact, error) {
	u := unpacker{b: b, kept: string(b)}
	model := u.modelPart()
	f := r.model(&model)

	f.ID = store.ModelID(id)
	u.broken = u.broken || model.broken || !model.done()
	f.Steps = r.steps.take(u.parts())
	for i := range f.Steps {
		s := u.part()
		was := r.step(&s, &f.Steps[i])
		if i == 0 {
			f.State = was
		}
		u.broken = u.broken || s.broken || !s.done()
	}

	if u.broken {
		return store.Fact{}, fmt.Errorf("read fact: %w", errBroken)
	}

	return f, nil
}

// modelPart is what the model gave to a fact; the steps are left.
func (u *unpacker) modelPart() unpacker {
	if u.uint() != factCodec {
		u.fail()
	}
	return u.part()
}

func (r *factReader) model(u *unpacker) store.Fact {
	f := store.Fact{
		Unit: store.UnitCode(u.text()), Kind: store.RegistrantKind(u.text()), State: store.State(u.text()),
		Registered: timeOf(u.stamp()), To: u.date(), Vague: u.uint() != 0,
	}
	f.Entries = r.entries.take(u.count(leastEntry))
	for i := range f.Entries {
		f.Entries[i] = u.entry()
	}
	f.Registrants, f.Tags = unpackRegistrants(r.list(u)), r.list(u)
	return f
}

// kindSign begins the text of a registrant that says its kind, and stands behind that:
// no name has it, and those of before have none.
const kindSign = "\x00"

func packRegistrants(list []store.Registrant) []string {
	out := make([]string, len(list))
	for i, r := range list {
		if out[i] = r.Name; r.Kind != "" {
			out[i] = kindSign + string(r.Kind) + kindSign + r.Name
		}
	}
	return out
}

func unpackRegistrants(list []string) []store.Registrant {
	if len(list) == 0 {
		return nil
	}
	out := make([]store.Registrant, len(list))
	for i, s := range list {
		if out[i].Name = s; strings.HasPrefix(s, kindSign) {
			kind, name, _ := strings.Cut(s[len(kindSign):], kindSign)
			out[i] = store.Registrant{Name: name, Kind: store.RegistrantKind(kind)}
		}
	}
	return out
}

// list reads texts.
func (r *factReader) list(u *unpacker) []string {
	list := r.texts.take(u.count(1))
	for i := range list {
		list[i] = u.text()
	}
	return list
}

// step reads a step and returns the state before it.
func (r *factReader) step(u *unpacker, to *store.FactStep) (was store.State) {
	at, id, results, sums, marks := u.stamp(), u.uint(), u.count(leastResult), u.count(leastSum), u.uint()
	to.At, to.Nothing, to.Lesson = timeOf(at), marks&stepNothing != 0, marks&stepLesson != 0
	if marks&stepHasRow != 0 {
		to.Row = store.ProgressID(id)
	}

	was, to.State = store.State(u.text()), store.State(u.text())
	to.Corrects, to.Day = store.ProgressID(u.uint()), u.date()

	to.Reason, to.Evidence, to.Basis = u.text(), int(u.uint()), store.Basis(u.text())
	to.Results, to.Money = r.results.take(results), r.sums.take(sums)
	for i := range to.Results {
		to.Results[i] = store.Quantity{
			Metric: u.text(), Thing: u.text(), Word: u.text(), Value: store.Decimal(u.int()),
			Qualifier: store.Qualifier(u.text()),
		}
	}

	for i := range to.Money {
		to.Money[i] = store.Money{
			VND: u.int(), Part: store.MoneyPart(u.text()), Qualifier: store.Qualifier(u.text()), Note: u.text(),
			Total: u.uint() != 0,
		}
	}

	return was
}

// withStep puts a step into a packed fact, at its place.
func withStep(fact []byte, s step) ([]byte, error) {
	u := unpacker{b: fact}
	u.modelPart()
	from := u.at
	for !u.done() {
		other := u.part()
		at, id := other.stamp(), other.uint()
		u.broken = u.broken || other.broken
		if compareSteps(at, id, stampOf(s.At), s.id) > 0 {
			break
		}
		from = u.at
	}

	if u.broken {
		return nil, fmt.Errorf("read fact: %w", errBroken)
	}

	return slices.Concat(fact[:from], packStep(s), fact[from:]), nil
}

// addStep keeps the fact of a model that got a review or an update. A model
// that comes after its steps finds them then.
func (t *tx) addStep(model store.ModelID, s step) error {
	fact := t.get(facts, num(model))
	if fact == nil {
		return nil
	}
	p, err := withStep(fact, s)
	if err != nil {
		return fmt.Errorf("model %d: %w", model, err)
	}
	return t.put(facts, num(model), p)
}

// putFact keeps the fact of a model that was put: its steps stay what they
// are, or are those that came before it.
func (t *tx) putFact(m store.Model) error {
	now := packFact(m)
	fact := t.get(facts, num(m.ID))
	if fact == nil {
		all, err := t.stepsOf(m.ID)
		if err != nil {
			return err
		}
		return t.put(facts, num(m.ID), append(now, all...))
	}

	if bytes.HasPrefix(fact, now) {
		return nil
	}

	u := unpacker{b: fact}
	u.modelPart()
	return t.put(facts, num(m.ID), append(now, fact[u.at:]...))
}

// stepsOf packs a model's reviews and updates.
func (r *reader) stepsOf(model store.ModelID) (packed, error) {
	checked, err := r.Reviews(model)
	if err != nil {
		return nil, err
	}

	updated, err := r.Progress(model)
	if err != nil {
		return nil, err
	}

	all := make([]step, 0, len(checked)+len(updated))
	for _, v := range checked {
		all = append(all, stepOfReview(v))
	}
	for _, p := range updated {
		all = append(all, stepOfProgress(p))
	}

	slices.SortStableFunc(all, step.compare)
	var p packed
	for _, s := range all {
		p = append(p, packStep(s)...)
	}

	return p, nil
}
