package bolt

import (
	"bytes"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/figures"
)

// Holdings is how much a store holds.
type Holdings struct {
	Version                                                 uint32 // of the schema
	Units, People, Models, Progress, Reports, Drafts, Lines int    // lines of the audit
}

// Check looks through a file that no process has open: its pages, that every
// record can be read, that every index leads to what it is of and to nothing
// else, that every model has its fact, that frozen figures are those that were
// frozen, and the chain of the audit. Of an older schema it looks at the pages
// alone. It changes nothing, and fails with store.ErrInUse while a process has the
// file, with store.ErrNewer if a newer danvan wrote it, and with store.ErrDamaged,
// or store.ErrTampered of the audit, naming the first place that is wrong.
func Check(path string) (Holdings, error) {
	is, err := check(path)
	if err != nil {
		return Holdings{}, fmt.Errorf("check %s: %w", path, err)
	}
	return is, nil
}

func check(path string) (Holdings, error) {
	if _, err := soundUnused(path); err != nil {
		return Holdings{}, err
	}
	db, _, err := openFile(path, Options{Existing: true})
	if err != nil {
		return Holdings{}, err
	}
	defer func() { _ = db.Close() }() // nothing was written

	c := checker{indexed: map[bucket]int{}}
	if c.is.Version, err = versionOf(db, version(migrations)); err != nil {
		return Holdings{}, err
	}
	err = db.View(func(btx *bbolt.Tx) error {
		c.reader = &reader{tx: btx, campaigns: &memo[store.Campaign]{}}
		if err := c.pages(); err != nil || c.is.Version < version(migrations) {
			return err // Open brings an older schema up to date
		}
		return c.everything()
	})
	return c.is, err
}

// checker looks through one file.
type checker struct {
	*reader
	is      Holdings
	indexed map[bucket]int // entries that there must be
}

// pages has bbolt look at its own.
func (c *checker) pages() error {
	var first error
	for err := range c.tx.Check() { // to the end, or what checks would wait for ever
		if first == nil {
			first = fmt.Errorf("%w: %w", store.ErrDamaged, err)
		}
	}
	return first
}

func (c *checker) everything() error {
	for _, t := range tables() {
		n := 0
		for k, v := range c.scan(t.of, nil) {
			n++
			entries, err := t.read(v)
			if err == nil {
				err = c.listed(entries)
			}
			if err == nil && t.more != nil {
				err = t.more(c, k, v)
			}
			if err != nil {
				return fmt.Errorf("%w: record %q of %s: %w", store.ErrDamaged, k, t.of, err)
			}
		}
		if t.count != nil {
			*t.count(&c.is) = n
		}
	}

	for _, name := range indexes {
		n := 0
		for range c.scan(name, nil) {
			n++
		}
		if n != c.indexed[name] {
			return fmt.Errorf("%w: index %s has %d entries, and there should be %d", store.ErrDamaged, name, n, c.indexed[name])
		}
	}
	return c.CheckAudit()
}

// listed wants entries of an index.
func (c *checker) listed(entries []entry) error {
	for i, e := range entries {
		same := func(o entry) bool { return o.index == e.index && bytes.Equal(o.key, e.key) }
		if slices.ContainsFunc(entries[:i], same) {
			continue
		}
		c.indexed[e.index]++
		if v := c.get(e.index, e.key); v == nil || !bytes.Equal(v, e.value) {
			return fmt.Errorf("index %s does not lead to it", e.index)
		}
	}
	return nil
}

// indexes are those whose entries follow from records alone.
var indexes = []bucket{
	unitChildren, postsByOwner, postsByUnit, postsByRole, addresses, invitesByPost,
	modelsByCode, modelsByUnit, modelOptions, unchecked, terms, heads, facts, sessionsByPost, liveBoards,
}

// table is how the records of a bucket are looked at.
type table struct {
	of   bucket
	read func(record []byte) ([]entry, error) // what the indexes must have of it
	// more is what else is wanted of a record.
	more  func(c *checker, k, record []byte) error
	count func(*Holdings) *int
}

// of are records without an index.
func of[T any](name bucket) table { return indexedBy[T](name, nil) }

// indexedBy are records that indexes lead to.
func indexedBy[T any](name bucket, entries func(T) []entry) table {
	return table{of: name, read: func(b []byte) ([]entry, error) {
		v, err := decode[T](b)
		if err != nil || entries == nil {
			return nil, err
		}
		return entries(v), nil
	}}
}

// behind are records behind a header of some bytes.
func (t table) behind(header int) table {
	read := t.read
	t.read = func(b []byte) ([]entry, error) {
		if len(b) < header {
			return nil, errBroken
		}
		return read(b[header:])
	}
	return t
}

func (t table) counted(n func(*Holdings) *int) table {
	t.count = n
	return t
}

func (t table) and(more func(c *checker, k, record []byte) error) table {
	t.more = more
	return t
}

func tables() []table {
	return []table{
		indexedBy(units, unitEntries).counted(func(h *Holdings) *int { return &h.Units }),
		indexedBy(posts, postEntries), of[store.UnitImport](unitImports),
		indexedBy(people, personEntries).counted(func(h *Holdings) *int { return &h.People }),
		indexedBy(invites, inviteEntries), of[store.Stranger](strangers).behind(stampLen), of[store.Campaign](campaigns),

		indexedBy(models, modelEntries).and(hasFact).counted(func(h *Holdings) *int { return &h.Models }),
		of[store.Progress](progress).counted(func(h *Holdings) *int { return &h.Progress }),
		of[store.Review](reviews), of[store.Batch](batches),

		of[store.SpecialDay](specialDays), of[store.Report](reports).counted(func(h *Holdings) *int { return &h.Reports }),
		of[store.Report](reportEditions), of[store.Exception](exceptions), of[store.Deferral](deferrals),
		of[store.Snapshot](snapshots).and(isFrozen), indexedBy(boards, boardEntries).behind(stampLen),
		indexedBy(sessions, sessionEntries).counted(func(h *Holdings) *int { return &h.Drafts }),

		of[store.Message](outbox).behind(triesLen), of[store.Message](later).behind(triesLen), of[store.Notice](notices),
		of[store.Remote](remotes).behind(stampLen), of[store.SealedAudit](audit).counted(func(h *Holdings) *int { return &h.Lines }),
	}
}

// The headers of records.
const (
	stampLen = 8
	triesLen = 4
)

func boardEntries(b store.Board) []entry {
	if b.Live.IsZero() {
		return nil
	}
	return []entry{{liveBoards, num(b.ID), nil}}
}

func sessionEntries(s store.Session) []entry {
	return []entry{{sessionsByPost, sessionKey(s.Post, s.ID), nil}}
}

// hasFact wants the fact of a model, with a step for everything that happened.
func hasFact(c *checker, k, _ []byte) error {
	c.indexed[facts]++
	var packed factReader
	f, err := packed.unpack(tail(k), c.get(facts, k))
	if err != nil {
		return err
	}
	steps := 0
	for _, name := range []bucket{progress, reviews} {
		for range c.scan(name, k) {
			steps++
		}
	}
	if len(f.Steps) != steps {
		return fmt.Errorf("its fact has %d steps of %d", len(f.Steps), steps)
	}
	return nil
}

// isFrozen wants figures to be those that were frozen.
func isFrozen(_ *checker, _, record []byte) error {
	s, err := decode[store.Snapshot](record)
	if err == nil {
		_, err = figures.Thaw(s)
	}
	return err
}
