package bolt_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"danvan/store"
	"danvan/store/bolt"
)

// FuzzHead feeds heads that a damaged file might hold: they are refused or
// read, never a panic, and what is read packs to what it was read from.
func FuzzHead(f *testing.F) {
	f.Add(bolt.PackHead(store.Head{}))
	f.Add(bolt.PackHead(store.Head{Code: "DVK-30709-2026-0007", Title: "Đường hoa", Year: 2026, ProgressAt: when}))
	f.Add(bolt.PackHead(store.Head{Entries: store.Entries{{Campaign: "dvk", Field: "KT", TitleGroup: "DVK", Origin: store.New}, {Field: "VHXH"}}}))
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := bolt.UnpackHead(7, b)
		if err != nil {
			return
		}
		again, err := bolt.UnpackHead(7, bolt.PackHead(h))
		if err != nil || !cmp.Equal(again, h, cmpopts.EquateEmpty()) {
			t.Errorf("%+v packs to %+v, %v", h, again, err)
		}
		if !bytes.Contains(b, []byte(h.Title)) {
			t.Errorf("the title %q is not in what was read", h.Title)
		}
	})
}
