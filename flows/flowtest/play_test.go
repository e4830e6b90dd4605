package flowtest_test

import (
	"testing"
	"time"

	"danvan/flows"
	"danvan/flows/flowtest"

	"github.com/google/go-cmp/cmp"
)

const script = `# A story: two people meet.
# world: figures, quiet
# lang: vi

@ 2026-11-23 08:00
# mood: not at the head

hoa> hello
`

func TestHeader(t *testing.T) {
	t.Parallel()
	want := map[string]string{"world": "figures, quiet", "lang": "vi"}
	if diff := cmp.Diff(want, flowtest.Header(script)); diff != "" {
		t.Error(diff)
	}
	if got := flowtest.Header("\n# world: too late\n"); len(got) != 0 {
		t.Errorf("read %v behind the head", got)
	}
}

// silence is a host that answers nothing.
type silence struct{}

func (silence) Do(string, flows.Input, bool) (string, error) { return "", nil }
func (silence) Chat(string) *flowtest.Chat                   { return flowtest.NewChat() }
func (silence) People() []string                             { return nil }
func (silence) SetClock(time.Time)                           {}
func (silence) Restart() error                               { return nil }

func TestPlayKeepsTheHead(t *testing.T) {
	t.Parallel()
	got, err := flowtest.Play(script, silence{}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(flowtest.Header(script), flowtest.Header(got)); diff != "" {
		t.Errorf("playing changed the head:\n%s", diff)
	}
}
