package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"danvan/store"
)

// headCodec is the first byte of a packed Head: five texts, each behind its
// length, the year, the stamp of ProgressAt, then the entries. Of codec 1 the
// campaign and the field of a single one stood among the texts.
const headCodec = 2

// The texts of a packed Head, in their order.
const (
	headUnit = iota
	headState
	headCode
	headTitle
	headFold
	headTexts
)

// headView is a Head that still lies in the file, so that a list can pass over
// what it does not want without copying it.
type headView struct {
	packed     []byte
	texts      [headTexts]struct{ from, to int }
	year       int
	progressAt uint64
	entries    int // where they begin
}

func packHead(h store.Head) []byte {
	texts := [headTexts]string{
		headUnit: string(h.Unit), headState: string(h.State), headCode: h.Code, headTitle: h.Title, headFold: h.Fold,
	}
	b := []byte{headCodec}
	for _, s := range texts {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, uint64(h.Year))
	b = binary.BigEndian.AppendUint64(b, stampOf(h.ProgressAt))
	return packed(b).entries(h.Entries)
}

func viewHead(b []byte) (headView, error) {
	h := headView{packed: b}
	if len(b) == 0 || b[0] != headCodec {
		return h, fmt.Errorf("read head: %w", errBroken)
	}

	at := 1
	for i := range h.texts {
		var n uint64
		w := 1
		if at < len(b) && b[at] < 0x80 {
			n = uint64(b[at]) // as nearly always: a search reads this most
		} else {
			n, w = binary.Uvarint(b[at:])
		}
		if w <= 0 || uint64(len(b)-at-w) < n {
			return h, fmt.Errorf("read head: %w", errBroken)
		}
		h.texts[i].from, h.texts[i].to = at+w, at+w+int(n)
		at = h.texts[i].to
	}

	year, w := binary.Uvarint(b[at:])
	if w <= 0 || len(b)-at-w < 8 {
		return h, fmt.Errorf("read head: %w", errBroken)
	}
	h.year, h.progressAt, h.entries = int(year), binary.BigEndian.Uint64(b[at+w:]), at+w+8
	return h, nil
}

// text is a text that must not be kept.
func (h headView) text(i int) []byte { return h.packed[h.texts[i].from:h.texts[i].to] }

// copy makes the Head that the caller may keep. Its texts share one string.
func (h headView) copy(id uint64) (store.Head, error) {
	all := string(h.packed)
	text := func(i int) string { return all[h.texts[i].from:h.texts[i].to] }
	u := unpacker{b: h.packed, kept: all, at: h.entries}
	var entries store.Entries
	for range u.count(leastEntry) {
		entries = append(entries, u.entry())
	}

	if u.broken || !u.done() {
		return store.Head{}, fmt.Errorf("read head: %w", errBroken)
	}
	return store.Head{
		ID: store.ModelID(id), Code: text(headCode), Unit: store.UnitCode(text(headUnit)), Entries: entries, Year: h.year,
		Title: text(headTitle), Fold: text(headFold), State: store.State(text(headState)), ProgressAt: timeOf(h.progressAt),
	}, nil
}

// hasEntry reports whether an entry is of the query's campaign and fields.
func (h headView) hasEntry(q store.ModelQuery) bool {
	if q.Campaign == "" && len(q.Fields) == 0 {
		return true
	}
	u := unpacker{b: h.packed, at: h.entries}
	for range u.count(leastEntry) {
		campaign, field := u.bytes(), u.bytes()
		u.bytes()
		u.bytes()
		if (q.Campaign == "" || string(campaign) == string(q.Campaign)) &&
			(len(q.Fields) == 0 || slices.Contains(q.Fields, string(field))) {
			return true
		}
	}
	return false
}

// matches leaves it to the index who waits for a check. The conversions copy
// nothing: what they make is looked up and gone.
func (h headView) matches(q store.ModelQuery) bool {
	if q.Year != 0 && h.year != q.Year {
		return false
	}
	for _, w := range q.Words {
		if !bytes.Contains(h.text(headFold), []byte(w)) {
			return false
		}
	}
	if len(q.States) > 0 && !slices.Contains(q.States, store.State(h.text(headState))) {
		return false
	}
	if !h.hasEntry(q) {
		return false
	}
	return q.In.Has(store.UnitCode(h.text(headUnit)))
}

func (r *reader) Heads(q store.ModelQuery) ([]store.Head, error) {
	found := []store.Head{}
	looked := 0
	take := func(id uint64, b []byte) (more bool, err error) {
		if looked++; q.Nearby > 0 && looked > q.Nearby {
			return false, store.ErrFar
		}
		h, err := viewHead(b)
		if err != nil {
			return false, fmt.Errorf("model %d: %w", id, err)
		}
		if h.matches(q) && (!q.Unchecked || r.get(unchecked, num(id)) != nil) {
			kept, err := h.copy(id)
			if err != nil {
				return false, fmt.Errorf("model %d: %w", id, err)
			}
			found = append(found, kept)
		}
		return q.Limit <= 0 || len(found) < q.Limit, nil
	}

	walk := r.everyHead
	switch {
	case few(q.In):
		walk = r.headsOf
	case q.Unchecked:
		walk = r.uncheckedHeads
	}
	if err := walk(q, take); err != nil {
		return nil, err
	}
	return found, nil
}

// fewUnits is up to how many units are followed through their index. More of
// them are sought among all models, which costs less than to sort the ids of
// a province again for every page.
const fewUnits = 16

func few(in *store.Subtree) bool { return in != nil && in.Len() <= fewUnits }

// everyHead walks all heads, newest first, until take has enough.
func (r *reader) everyHead(q store.ModelQuery, take func(uint64, []byte) (bool, error)) error {
	c := r.bucket(heads).Cursor()
	for k, v := c.Last(); k != nil && tail(k) > uint64(q.After); k, v = c.Prev() {
		r.visit()
		if more, err := take(tail(k), v); err != nil || !more {
			return err
		}
	}
	return nil
}

// headsOf walks the heads of some units, newest first, until take has enough.
func (r *reader) headsOf(q store.ModelQuery, take func(uint64, []byte) (bool, error)) error {
	ids, err := r.modelsOf(q)
	if err != nil {
		return err
	}
	for _, id := range slices.Backward(ids) {
		if more, err := take(id, r.get(heads, num(id))); err != nil || !more {
			return err
		}
	}
	return nil
}

// uncheckedHeads walks the heads of the models that wait for a coordinator,
// newest first, until take has enough. They are few in any store.
func (r *reader) uncheckedHeads(q store.ModelQuery, take func(uint64, []byte) (bool, error)) error {
	c := r.bucket(unchecked).Cursor()
	for k, _ := c.Last(); k != nil && tail(k) > uint64(q.After); k, _ = c.Prev() {
		r.visit()
		if more, err := take(tail(k), r.get(heads, key(k))); err != nil || !more {
			return err
		}
	}
	return nil
}

// modelsOf lists the models of the query's units, in order.
func (r *reader) modelsOf(q store.ModelQuery) ([]uint64, error) {
	var ids []uint64
	for _, u := range q.In.Codes() {
		prefix := key(nil).text(string(u))
		for k := range r.scanFrom(modelsByUnit, prefix, slices.Clone(prefix).num(uint64(q.After)+1)) {
			if ids = append(ids, tail(k)); q.Nearby > 0 && len(ids) > q.Nearby {
				return nil, store.ErrFar
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
