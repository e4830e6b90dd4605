package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"danvan/store"
)

// headCodec is the first byte of a Head: the texts with their lengths, the
// year and the stamp of ProgressAt, in the order of headView.
const headCodec = 1

// headView is a Head whose texts still lie in the file, so that a list can
// pass over what it does not want without copying it.
type headView struct {
	unit, campaign, field, state, code, title, fold []byte
	year                                            int
	progressAt                                      uint64
}

func encodeHead(h store.Head) []byte {
	texts := []string{string(h.Unit), string(h.Campaign), h.Field, string(h.State), h.Code, h.Title, h.Fold}
	b := []byte{headCodec}
	for _, s := range texts {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, uint64(h.Year))
	return binary.BigEndian.AppendUint64(b, stampOf(h.ProgressAt))
}

func viewHead(b []byte) (headView, error) {
	var h headView
	if len(b) == 0 || b[0] != headCodec {
		return h, fmt.Errorf("read head: %w", errBroken)
	}
	b = b[1:]
	for _, s := range []*[]byte{&h.unit, &h.campaign, &h.field, &h.state, &h.code, &h.title, &h.fold} {
		n, w := binary.Uvarint(b)
		if w <= 0 || uint64(len(b)-w) < n {
			return h, fmt.Errorf("read head: %w", errBroken)
		}
		*s, b = b[w:w+int(n)], b[w+int(n):]
	}
	year, w := binary.Uvarint(b)
	if w <= 0 || len(b)-w != 8 {
		return h, fmt.Errorf("read head: %w", errBroken)
	}
	h.year, h.progressAt = int(year), binary.BigEndian.Uint64(b[w:])
	return h, nil
}

// copy makes the Head that the caller may keep.
func (h headView) copy(id uint64) store.Head {
	return store.Head{
		ID: store.ModelID(id), Code: string(h.code), Unit: store.UnitCode(h.unit),
		Campaign: store.CampaignID(h.campaign), Year: h.year, Title: string(h.title), Fold: string(h.fold),
		Field: string(h.field), State: store.State(h.state), ProgressAt: timeOf(h.progressAt),
	}
}

// matches leaves the query's Units to the index.
func (h headView) matches(q store.ModelQuery) bool {
	if q.Campaign != "" && string(h.campaign) != string(q.Campaign) || q.Year != 0 && h.year != q.Year {
		return false
	}
	if len(q.States) > 0 && !slices.Contains(q.States, store.State(h.state)) {
		return false
	}
	if len(q.Fields) > 0 && !slices.Contains(q.Fields, string(h.field)) {
		return false
	}
	for _, w := range q.Words {
		if !bytes.Contains(h.fold, []byte(w)) {
			return false
		}
	}
	return true
}

func (r *reader) Heads(q store.ModelQuery) ([]store.Head, error) {
	found := []store.Head{}
	take := func(id uint64, b []byte) (more bool, err error) {
		h, err := viewHead(b)
		if err != nil {
			return false, fmt.Errorf("model %d: %w", id, err)
		}
		if h.matches(q) {
			found = append(found, h.copy(id))
		}
		return q.Limit <= 0 || len(found) < q.Limit, nil
	}
	walk := r.everyHead
	if len(q.Units) > 0 {
		walk = func(take func(uint64, []byte) (bool, error)) error { return r.headsOf(q.Units, take) }
	}
	if err := walk(take); err != nil {
		return nil, err
	}
	return found, nil
}

// everyHead walks all heads, newest first, until take has enough.
func (r *reader) everyHead(take func(uint64, []byte) (bool, error)) error {
	c := r.bucket(heads).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if more, err := take(tail(k), v); err != nil || !more {
			return err
		}
	}
	return nil
}

// headsOf walks the heads of some units, newest first, until take has enough.
func (r *reader) headsOf(units []store.UnitCode, take func(uint64, []byte) (bool, error)) error {
	var ids []uint64
	for _, u := range units {
		for k := range r.scan(modelsByUnit, key(nil).text(string(u))) {
			ids = append(ids, tail(k))
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Backward(slices.Compact(ids)) {
		if more, err := take(id, r.get(heads, num(id))); err != nil || !more {
			return err
		}
	}
	return nil
}
