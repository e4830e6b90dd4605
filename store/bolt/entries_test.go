package bolt_test

import (
	_ "embed"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// version8 is the file of version 1, as the program of schema 8 made it.
//
//go:embed testdata/v8.txt
var version8 string

// TestVersion9 opens a file of version 8: a model's campaign, field, title group
// and origin are its first entry, its registrant is the first of a list, and it
// is found by them; heads and facts say the same.
func TestVersion9(t *testing.T) {
	t.Parallel()
	s := openText(t, version8)

	q := store.ModelQuery{Campaign: "dvk-2026-2030", Fields: []string{"VHXH"}}
	want := store.Entries{{Campaign: "dvk-2026-2030", Field: "VHXH", TitleGroup: "DVK", Origin: store.New}}
	err := s.View(t.Context(), func(r store.Reader) error {
		m, err := r.Model(5)
		if d := cmp.Diff(want, m.Entries); d != "" || err != nil || m.Registrant() != "Chi bộ ấp" {
			t.Errorf("model 5 of %q (-want +got), %v:\n%s", m.Registrant(), err, d)
		}
		heads, err := r.Heads(q)
		if err != nil || len(heads) != 1 || heads[0].ID != 5 || !cmp.Equal(heads[0].Entries, want) {
			t.Errorf("heads of %+v: %+v, %v", q, heads, err)
		}
		all, err := r.Facts(store.ModelQuery{})
		if d := cmp.Diff(factsOfVersion1(), all); d != "" || err != nil {
			t.Errorf("facts (-want +got), %v:\n%s", err, d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// version9 is the file of version 1, as the program of schema 9 made it.
//
//go:embed testdata/v9.txt
var version9 string

// TestVersion10 opens a file of version 9: it is known which options its models
// have, and no others.
func TestVersion10(t *testing.T) {
	t.Parallel()
	s := openText(t, version9)

	for _, c := range []struct {
		campaign     store.CampaignID
		list, option string
		want         bool
	}{
		{"dvk-2026-2030", store.FieldList, "VHXH", true}, {"dvk-2026-2030", store.FieldList, "QPAN", true},
		{"dvk-2026-2030", store.TitleList, "DVK", true}, {"dvk-2026-2030", store.FieldList, "KT", false},
		{"dvk-2026-2030", store.TitleList, "VHXH", false}, {"dvk", store.FieldList, "VHXH", false},
	} {
		err := s.View(t.Context(), func(r store.Reader) error {
			used, err := r.Uses(c.campaign, c.list, c.option)
			if used != c.want {
				t.Errorf("%+v: %t", c, used)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
