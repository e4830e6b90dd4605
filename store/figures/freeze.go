package figures

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"danvan/store"
)

// ErrChanged says that frozen figures are not what they were: their hash is
// another.
var ErrChanged = errors.New("frozen figures were changed")

// frozenVersion is the version of the canonical form. In version 1 every model
// had one registrant and its number, in place of how many.
const frozenVersion = 2

// frozen is the canonical form: names once, then a line of numbers for each
// model, so that the figures can be counted again and every one explained.
// Names of people are not in it.
type frozen struct {
	Version     int              `json:"v"`
	Campaign    store.CampaignID `json:"campaign"`
	Period      Span             `json:"period"`
	AsOf        time.Time        `json:"as_of"`
	Narrowed    bool             `json:"narrowed,omitempty"`
	Sets        []string         `json:"sets"`
	Metrics     []Metric         `json:"metrics"`
	Fields      []store.Option   `json:"fields"`
	Titles      []store.Option   `json:"titles"`
	Reasons     []string         `json:"reasons"`
	Lines       []frozenLine     `json:"lines"`
	Submissions []Submission     `json:"submissions,omitempty"`
	// Models have: id, line, field, title, kind, sets, reason, how many
	// registrants and their numbers, and
	// for each metric its place, period's value, value so far, marks.
	Models json.RawMessage `json:"models"`
}

type frozenLine struct {
	Unit store.UnitCode `json:"u"`
	Name string         `json:"n"`
	Kind store.UnitKind `json:"k,omitempty"`
}

const (
	modelNumbers  = 8
	amountNumbers = 4
)

// Freeze writes the figures in their canonical form: the same figures give
// the same bytes.
func (f *Figures) Freeze() ([]byte, error) {
	z := frozen{
		Version: frozenVersion, Campaign: f.Campaign, Period: f.Period, AsOf: f.AsOf.UTC(), Narrowed: f.Narrowed,
		Sets: setNames[:], Metrics: f.metrics, Fields: f.Fields, Titles: f.Titles, Reasons: f.Reasons,
		Submissions: f.Submissions, Models: f.freezeModels(),
	}

	for _, l := range f.Lines {
		z.Lines = append(z.Lines, frozenLine{l.Unit, l.Name, l.Kind})
	}

	b, err := json.Marshal(z)
	if err != nil {
		return nil, fmt.Errorf("freeze figures: %w", err)
	}

	return b, nil
}

func (f *Figures) freezeModels() []byte {
	b := make([]byte, 0, 48*len(f.rows)+2)
	b = append(b, '[')
	for i := range f.rows {
		r := &f.rows[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(append(b, '['), uint64(r.id), 10)
		b = appendNumbers(b, int64(r.line), int64(r.field), int64(r.title), int64(r.kind))
		b = appendNumbers(b, int64(r.in), int64(r.reason), int64(r.last-r.who))
		for _, who := range f.people[r.who:r.last] {
			b = appendNumbers(b, int64(who))
		}
		for _, a := range f.amounts[r.first:r.end] {
			b = appendNumbers(b, int64(a.metric), a.inPeriod, a.soFar, int64(a.marks))
		}
		b = append(b, ']')
	}

	return append(b, ']')
}

func appendNumbers(b []byte, list ...int64) []byte {
	for _, n := range list {
		b = strconv.AppendInt(append(b, ','), n, 10)
	}
	return b
}

// Snapshot freezes the figures of a period for a unit's subtree.
func (f *Figures) Snapshot(period store.PeriodID, unit store.UnitCode, at time.Time) (store.Snapshot, error) {
	b, err := f.Freeze()
	if err != nil {
		return store.Snapshot{}, err
	}
	return store.Snapshot{Period: period, Unit: unit, At: at, Figures: b, Hash: hash(b)}, nil
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Thaw reads the figures of a snapshot. It returns ErrChanged when they are
// not those that were frozen.
func Thaw(s store.Snapshot) (*Figures, error) {
	if hash(s.Figures) != s.Hash {
		return nil, fmt.Errorf("read the figures of %s for unit %q: %w", s.Period, s.Unit, ErrChanged)
	}

	var z frozen
	if err := json.NewDecoder(bytes.NewReader(s.Figures)).Decode(&z); err != nil {
		return nil, fmt.Errorf("read the figures of %s for unit %q: %w", s.Period, s.Unit, err)
	}
	if !z.known() {
		return nil, fmt.Errorf("read the figures of %s for unit %q: version %d is not known", s.Period, s.Unit, z.Version)
	}

	f := &Figures{
		Campaign: z.Campaign, Period: z.Period, AsOf: z.AsOf, Narrowed: z.Narrowed,
		Fields: z.Fields, Titles: z.Titles, Reasons: z.Reasons, Submissions: z.Submissions, metrics: z.Metrics,
	}

	for _, l := range z.Lines {
		f.Lines = append(f.Lines, Line{Unit: l.Unit, Name: l.Name, Kind: l.Kind})
	}

	if err := f.thawModels(z); err != nil {
		return nil, fmt.Errorf("read the figures of %s for unit %q: %w", s.Period, s.Unit, err)
	}

	f.count()
	return f, nil
}

// known reports whether the form is one that was ever written. The sets of
// version 1 stand first in today's list.
func (z *frozen) known() bool {
	switch z.Version {
	case 1:
		return slices.Equal(z.Sets, setNames[:Overdue])
	case frozenVersion:
		return slices.Equal(z.Sets, setNames[:])
	}
	return false
}

// errShape says that a line of numbers is not what its version has.
var errShape = errors.New("a model's numbers are out of shape")

func (f *Figures) thawModels(z frozen) error {
	var list [][]int64
	if err := json.Unmarshal(z.Models, &list); err != nil {
		return err
	}

	f.rows = make([]row, len(list))
	for i, n := range list {
		if z.Version == 1 && len(n) >= modelNumbers {
			n = slices.Insert(n, modelNumbers-1, 1) // that is how many registrants it had
		}
		if !f.thawModel(n, &f.rows[i]) {
			return errShape
		}
	}

	return nil
}

func (f *Figures) thawModel(n []int64, r *row) bool {
	if len(n) < modelNumbers || !f.knows(n) {
		return false
	}

	*r = row{
		id: store.ModelID(n[0]), line: int32(n[1]), field: int16(n[2]), title: int16(n[3]), kind: uint8(n[4]),
		in: sets(n[5]), reason: int16(n[6]), first: int32(len(f.amounts)), who: int32(len(f.people)),
	}

	who, rest := n[7], n[modelNumbers:]
	if who < 0 || who > int64(len(rest)) || (len(rest)-int(who))%amountNumbers != 0 {
		return false
	}
	for _, number := range rest[:who] {
		f.people = append(f.people, int32(number))
	}

	for a := rest[who:]; len(a) > 0; a = a[amountNumbers:] {
		if a[0] < 0 || a[0] >= int64(len(f.metrics)) {
			return false
		}
		f.amounts = append(f.amounts, amount{metric: int32(a[0]), inPeriod: a[1], soFar: a[2], marks: marks(a[3])})
	}

	r.end, r.last = int32(len(f.amounts)), int32(len(f.people))
	return true
}

// knows reports whether every number that refers to a list lies within it.
func (f *Figures) knows(n []int64) bool {
	limits := []int{len(f.Lines), len(f.Fields), len(f.Titles), len(Kinds()), 1 << setCount, len(f.Reasons)}
	for i, limit := range limits {
		if n[i+1] < 0 || n[i+1] >= int64(limit) { // the id, before them, names nothing here
			return false
		}
	}
	return true
}
