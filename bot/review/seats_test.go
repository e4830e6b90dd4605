package review_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestTwoCoordinators has two coordinators of one province share its queue: both are
// told of what comes, either decides, and the other sees it done.
func TestTwoCoordinators(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "waiting")
	w.Say("an", "/start {91 coordinator more}")
	for _, who := range []string{"an", "minh"} {
		w.Clear(who)
		w.Say(who, "/duyet")
		if read := w.Read(who); !strings.Contains(read, "1/3") {
			t.Fatalf("%s does not see three that wait:\n%s", who, read)
		}
	}

	var first store.Model
	w.View(func(r store.Reader) error {
		list, err := r.Heads(store.ModelQuery{States: []store.State{store.Waiting}})
		if err != nil {
			return err
		}
		first, err = r.Model(list[len(list)-1].ID)
		return err
	})
	press := "check.accept." + link.Fence(first)
	w.Press("an", press)
	if m := w.Model(first.ID); m.State != store.Accepted {
		t.Fatalf("what an accepted is %s", m.State)
	}
	w.Clear("minh")
	w.Press("minh", press)
	if read := w.Read("minh"); !strings.Contains(read, "đã được") || !strings.Contains(read, "1/2") {
		t.Errorf("minh reads of what an has accepted:\n%s", read)
	}
}
