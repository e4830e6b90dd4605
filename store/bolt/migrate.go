package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// versionKey is where meta keeps the version of the schema.
const versionKey = "version"

// migration brings a file from one version of the schema to the next.
type migration func(*bbolt.Tx) error

// migrations lists every step in order: the first one makes version 2 out of
// version 1. Steps are only ever added, each with a test that starts from a
// file of the version before.
var migrations = []migration{
	addPeriods, addEditions, gatherEditions, packFacts, addUnitImports,
	chainAudit, keepReports, listEntries, indexOptions, addInbox, addTerms, indexInvites, addBatches,
}

// addPeriods makes version 2: the buckets of periods, checks and the ledger,
// a fact for every model, and an entry for each that waits for a check. The
// names are written out, because a step must not change when the program does.
func addPeriods(btx *bbolt.Tx) error {
	for _, name := range []string{
		"unchecked", "reviews", "facts", "special_days", "reports", "exceptions", "ledger", "deferrals", "snapshots",
		"notices", "boards", "live_boards",
	} {
		if _, err := btx.CreateBucket([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}

	t := &tx{reader: reader{tx: btx}}
	for k, b := range t.scan(models, nil) {
		m, err := decode[store.Model](b)
		if err == nil {
			err = t.putFact(m)
		}
		if err == nil && m.Unchecked() {
			err = t.put(unchecked, num(m.ID), nil)
		}
		if err != nil {
			return fmt.Errorf("make fact of model %d: %w", tail(k), err)
		}
	}

	return nil
}

// addEditions makes version 3: the units and the posts that there are were put
// in the first edition.
func addEditions(btx *bbolt.Tx) error {
	for _, name := range []string{"changes", "editions"} {
		if _, err := btx.CreateBucket([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}

	for _, name := range []string{"units", "posts"} {
		records := btx.Bucket([]byte(name))
		if err := records.SetSequence(1); err != nil {
			return fmt.Errorf("first edition of %s: %w", name, err)
		}
		kind, first := key(nil).text(name), num(uint64(1))
		err := records.ForEach(func(id, _ []byte) error {
			return errors.Join(
				btx.Bucket([]byte("changes")).Put(slices.Concat(kind, first, id), []byte{}),
				btx.Bucket([]byte("editions")).Put(slices.Concat(kind, id), first))
		})
		if err != nil {
			return fmt.Errorf("list %s by edition: %w", name, err)
		}
	}
	return nil
}

// gatherEditions makes version 4: the editions lie beside each other in meta,
// and no longer in the sequences of three buckets.
func gatherEditions(btx *bbolt.Tx) error {
	var packed []byte
	for _, name := range []string{"units", "posts", "special_days"} {
		packed = binary.BigEndian.AppendUint64(packed, btx.Bucket([]byte(name)).Sequence())
	}
	return btx.Bucket([]byte("meta")).Put([]byte("editions"), packed)
}

// packFacts makes version 5: every fact is packed anew, in the codec of the day.
func packFacts(btx *bbolt.Tx) error {
	t := &tx{reader: reader{tx: btx}}
	for k := range t.scan(models, nil) {
		if err := t.repack(k); err != nil {
			return fmt.Errorf("pack fact of model %d: %w", tail(k), err)
		}
	}
	return nil
}

// repack makes a model's fact out of its records.
func (t *tx) repack(k []byte) error {
	m, err := decode[store.Model](t.get(models, k))
	if err != nil {
		return err
	}
	steps, err := t.stepsOf(m.ID)
	if err != nil {
		return err
	}
	return t.put(facts, k, append(packFact(m), steps...))
}

// addUnitImports makes version 6: the bucket of what imports of units did. The
// units stay as they are, for one without versions was never anything else.
func addUnitImports(btx *bbolt.Tx) error {
	if _, err := btx.CreateBucket([]byte("unit_imports")); err != nil {
		return fmt.Errorf("create bucket unit_imports: %w", err)
	}
	return nil
}

// keepReports makes version 8: who is obliged is listed, and every edition of a
// report is kept. Of those that there are the last is known, and of one that was
// taken back what it was before.
func keepReports(btx *bbolt.Tx) error {
	for _, name := range []string{"obliged", "report_editions"} {
		if _, err := btx.CreateBucket([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}

	t := &tx{reader: reader{tx: btx}}
	all, err := list[store.Report](&t.reader, reports, nil)
	if err != nil {
		return err
	}

	for _, v := range all {
		v.At = v.SubmittedAt
		sent := v
		if !v.WithdrawnAt.IsZero() {
			sent.Revision, sent.WithdrawnAt, v.At = v.Revision-1, time.Time{}, v.WithdrawnAt
		}
		for _, e := range []store.Report{sent, v} {
			at := key(nil).text(string(v.Period)).text(string(v.Unit)).num(e.Revision)
			if err := t.save("report_editions", at, e); err != nil {
				return err
			}
		}
		if err := t.save(reports, key(nil).text(string(v.Period)).raw(string(v.Unit)), v); err != nil {
			return err
		}
	}
	return nil
}

// listEntries makes version 9: a model has a list of entries and one of
// registrants, where it had one of each; heads and facts are packed anew.
func listEntries(btx *bbolt.Tx) error {
	t := &tx{reader: reader{tx: btx}}
	var ids []key // first: a walk does not bear that its bucket is written
	for k := range t.scan(models, nil) {
		ids = append(ids, slices.Clone(key(k)))
	}

	for _, id := range ids {
		m, err := listEntry(t.get(models, id))
		if err == nil {
			err = errors.Join(t.save(models, id, m), t.put(heads, id, packHead(m.Head())), t.repack(id))
		}
		if err != nil {
			return fmt.Errorf("list the entries of model %d: %w", tail(id), err)
		}
	}
	return nil
}

// listEntry reads a model that had a single entry and registrant.
func listEntry(record []byte) (store.Model, error) {
	type single struct {
		store.Entry
		Registrant string `json:"registrant"`
	}
	was, err := decode[single](record)
	if err != nil {
		return store.Model{}, err
	}
	m, err := decode[store.Model](record)
	if err != nil {
		return store.Model{}, err
	}

	m.Entries = store.Entries{was.Entry}
	if was.Registrant != "" {
		m.Registrants = []store.Registrant{{Name: was.Registrant}}
	}
	return m, nil
}

// indexOptions makes version 10: the models are found by the options that they have.
func indexOptions(btx *bbolt.Tx) error {
	options, err := btx.CreateBucket([]byte("model_options"))
	if err != nil {
		return fmt.Errorf("create bucket model_options: %w", err)
	}
	return btx.Bucket([]byte("models")).ForEach(func(id, b []byte) error {
		m, err := decode[store.Model](b)
		if err != nil {
			return fmt.Errorf("model %d: %w", tail(id), err)
		}
		for _, e := range m.Entries {
			for list, option := range map[string]string{"fields": e.Field, "titles": e.TitleGroup} {
				k := key(nil).text(string(e.Campaign)).text(list).text(option).raw(string(id))
				if err := options.Put(k, []byte{}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// addInbox makes version 11: the bucket of the events whose turns are to come.
func addInbox(btx *bbolt.Tx) error {
	if _, err := btx.CreateBucket([]byte("inbox")); err != nil {
		return fmt.Errorf("create bucket inbox: %w", err)
	}
	return nil
}

// addTerms makes version 12: unfinished models are found by their last day.
func addTerms(btx *bbolt.Tx) error {
	found, err := btx.CreateBucket([]byte("terms"))
	if err != nil {
		return fmt.Errorf("create bucket terms: %w", err)
	}
	return btx.Bucket([]byte("models")).ForEach(func(id, b []byte) error {
		m, err := decode[store.Model](b)
		if err != nil {
			return fmt.Errorf("model %d: %w", tail(id), err)
		}
		if !m.State.Unfinished() || m.To.IsZero() {
			return nil
		}
		return found.Put(key(m.To.String()).text(string(m.Unit)).raw(string(id)), []byte{})
	})
}

// indexInvites makes version 13: the invitations to a post are found by it.
func indexInvites(btx *bbolt.Tx) error {
	found, err := btx.CreateBucket([]byte("invites_by_post"))
	if err != nil {
		return fmt.Errorf("create bucket invites_by_post: %w", err)
	}
	return btx.Bucket([]byte("invites")).ForEach(func(hash, b []byte) error {
		i, err := decode[store.Invite](b)
		if err != nil {
			return fmt.Errorf("an invitation: %w", err)
		}
		return found.Put(key(nil).text(string(i.Post)).time(i.Made).raw(string(hash)), []byte{})
	})
}

// version is the schema that a list of steps leads to.
func version(steps []migration) uint32 { return uint32(1 + len(steps)) }

// migrate runs the steps that a file still needs, all in one transaction,
// after copying the file to "<path>.v<version>".
func migrate(db *bbolt.DB, path string, steps []migration) error {
	want := version(steps)
	have, err := versionOf(db, want)
	if err != nil || have == want {
		return err
	}
	copied := fmt.Sprintf("%s.v%d", path, have)
	if err := errors.Join(removeLeft(copied), copyFile(db.View, copied)); err != nil {
		return fmt.Errorf("copy before upgrade: %w", err)
	}

	return db.Update(func(tx *bbolt.Tx) error {
		for i, step := range steps[have-1:] {
			if err := step(tx); err != nil {
				return fmt.Errorf("upgrade to schema %d: %w", int(have)+i+1, err)
			}
		}
		return putVersion(tx, want)
	})
}

// versionOf returns the version of a file's schema, which must not be above the one
// that is known.
func versionOf(db *bbolt.DB, known uint32) (uint32, error) {
	var have uint32
	err := db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(meta))
		if b == nil {
			return errors.New("not a danvan store")
		}
		v := b.Get([]byte(versionKey))
		if len(v) != 4 || binary.BigEndian.Uint32(v) == 0 {
			return errors.New("store without a schema version")
		}
		have = binary.BigEndian.Uint32(v)
		return nil
	})
	if err == nil && have > known {
		err = fmt.Errorf("schema %d, known is %d: %w", have, known, store.ErrNewer)
	}
	return have, err
}

func putVersion(tx *bbolt.Tx, version uint32) error {
	return tx.Bucket([]byte(meta)).Put([]byte(versionKey), binary.BigEndian.AppendUint32(nil, version))
}

// copyFile writes a copy that is whole or not there.
func copyFile(view func(func(*bbolt.Tx) error) error, path string) error {
	return beside(path, func(f *os.File) error {
		err := view(func(tx *bbolt.Tx) error {
			_, err := tx.WriteTo(f)
			return err
		})
		return errors.Join(err, f.Sync())
	}, os.Rename)
}

// addBatches makes version 14: the bucket of tables of models that came in.
func addBatches(btx *bbolt.Tx) error {
	if _, err := btx.CreateBucket([]byte("batches")); err != nil {
		return fmt.Errorf("create bucket batches: %w", err)
	}
	return nil
}
