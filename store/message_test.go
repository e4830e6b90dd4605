package store_test

import (
	"testing"

	"danvan/store"
)

// TestNoticeIsBounded tells of a thousand models at which nobody looks: the notice
// names the last fifty and counts the others, each model once.
func TestNoticeIsBounded(t *testing.T) {
	t.Parallel()
	var n store.Notice
	for i := range 1000 {
		state := store.Waiting
		if i%10 == 0 {
			state = store.Done
		}
		n.Tell(store.Told{Model: store.ModelID(i + 1), State: state}, 50)
		n.Tell(store.Told{Model: store.ModelID(i + 1), State: state}, 50)
	}
	counts := map[store.State]int{}
	for _, a := range n.About {
		counts[a.State]++
	}
	if len(n.About) != 50 || n.About[49].Model != 1000 {
		t.Errorf("it names %d, the last %+v", len(n.About), n.About[len(n.About)-1])
	}
	if all := counts[store.Waiting] + n.Earlier[store.Waiting]; all != 900 {
		t.Errorf("%d wait, want 900", all)
	}
	if all := counts[store.Done] + n.Earlier[store.Done]; all != 100 {
		t.Errorf("%d are done, want 100", all)
	}
}
