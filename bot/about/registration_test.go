package about_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/about"
	"danvan/flows"
	"danvan/store"
)

// TestRegistrantsComeBack makes the answers of a model with one registrant or many, and
// reads them as the form does: they are who they were, and the first answer is one
// that its question takes.
func TestRegistrantsComeBack(t *testing.T) {
	t.Parallel()
	many := make([]string, 440)
	for i := range many {
		many[i] = fmt.Sprintf("Hộ ông bà số %d (cá nhân)", i)
	}
	for typed, wantFirst := range map[string]string{
		"Chi bộ ấp Phú Đa":                             "Chi bộ ấp Phú Đa",
		"Chi bộ ấp Phú Đa; Hội Nông dân xã":            "Chi bộ ấp Phú Đa; Hội Nông dân xã",
		"Chi bộ ấp Phú Đa; Ông Tám (cá nhân); Tổ 5":    "Chi bộ ấp Phú Đa",
		"Hội Nông dân xã\n" + strings.Join(many, "\n"): "Hội Nông dân xã",
		strings.Repeat("Chi bộ ấp Phú Đa; ", 9):        "Chi bộ ấp Phú Đa",
	} {
		for kind, field := range map[store.RegistrantKind]string{store.Collective: "group", store.Individual: "person"} {
			m := store.Model{Kind: kind, Registrants: store.ReadRegistrants(typed)}
			s := &store.Session{Answers: about.AnswersOf(m)}
			first, _ := flows.Find(s, field)
			others, _ := flows.Find(s, "others")
			if first.Text != wantFirst {
				t.Errorf("%.40q: the first answer is %q", typed, first.Text)
			}
			if diff := cmp.Diff(m.Registrants, store.ReadRegistrants(first.Text+"\n"+others.Text)); diff != "" {
				t.Errorf("%.40q comes back as (-want +got):\n%s", typed, diff)
			}
		}
	}
}
