package store_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// TestRegistrants reads a pasted list, writes it, and keeps it: names alone as they were
// always kept.
func TestRegistrants(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]struct {
		read []store.Registrant
		kept string
		said string
	}{
		"Chi bộ ấp Phú Đa": {[]store.Registrant{{Name: "Chi bộ ấp Phú Đa"}}, `["Chi bộ ấp Phú Đa"]`, "Chi bộ ấp Phú Đa"},
		" Hội Nông dân, xã A ;\n;Ông Tám (Cá nhân)": {
			[]store.Registrant{{Name: "Hội Nông dân, xã A"}, {Name: "Ông Tám", Kind: store.Individual}},
			`["Hội Nông dân, xã A",{"name":"Ông Tám","kind":"individual"}]`, "Hội Nông dân, xã A; Ông Tám (cá nhân)",
		},
		"Tổ 5 (tập thể)\n(cá nhân)": {
			[]store.Registrant{{Name: "Tổ 5", Kind: store.Collective}, {Name: "(cá nhân)"}},
			`[{"name":"Tổ 5","kind":"collective"},"(cá nhân)"]`, "Tổ 5 (tập thể); (cá nhân)",
		},
		" ; \n": {nil, "null", ""},
	} {
		read := store.ReadRegistrants(typed)
		kept, err := json.Marshal(read)
		if diff := cmp.Diff(want.read, read); diff != "" || err != nil || string(kept) != want.kept {
			t.Errorf("%q is kept as %s, %v:\n%s", typed, kept, err, diff)
		}
		var again []store.Registrant
		if err := json.Unmarshal(kept, &again); err != nil || !cmp.Equal(again, read) {
			t.Errorf("%s is read as %v, %v", kept, again, err)
		}
		if said := (store.Model{Registrants: read}).Registrant(); said != want.said {
			t.Errorf("%q is said as %q", typed, said)
		}
	}
}
