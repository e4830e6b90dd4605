package main

import (
	"strings"
	"testing"
)

// TestCompactCommand compacts a store at rest, and refuses one that the bot has open
// and one that is not there.
func TestCompactCommand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	done := runDanvan(t, s.env[:1], "compact")
	if done.status != 0 || !strings.Contains(done.out, "MiB → ") {
		t.Errorf("status %d: %s%s", done.status, done.out, done.err)
	}
	s.start(t)
	s.hear(t, hoa, "/mohinh", "Mô hình của")
	if busy := runDanvan(t, s.env[:1], "compact"); busy.status != 1 || !strings.Contains(busy.err, "stop it first") {
		t.Errorf("status %d: %s", busy.status, busy.err)
	}
	s.end(t)
	if none := runDanvan(t, []string{"DANVAN_DATA=" + s.config.Data + ".none"}, "compact"); none.status != 1 || !strings.Contains(none.err, "no store at") {
		t.Errorf("status %d: %s", none.status, none.err)
	}
}
