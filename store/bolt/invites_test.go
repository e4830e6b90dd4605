package bolt_test

import (
	_ "embed"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// version12 is the file of version 1, as the program of schema 12 made it, with two
// invitations to a post and one to another.
//
//go:embed testdata/v12.txt
var version12 string

// TestVersion13 opens a file of version 12: the invitations to a post are found by
// it, and what becomes of them is seen there.
func TestVersion13(t *testing.T) {
	t.Parallel()
	s := openText(t, version12)

	for _, want := range [][]string{{"0b open", "0a used"}, {"0b revoked", "0a used"}} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			list, err := tx.InvitesTo("30709:officer")
			if err != nil {
				return err
			}
			var got []string
			for _, i := range list {
				got = append(got, i.Hash+" "+string(i.State(when)))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("invitations (-want +got):\n%s", d)
			}
			list[0].Revoked = when
			return tx.PutInvite(list[0])
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
