package answer_test

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWorkGrowsWithLength holds the work of every parser to the length of the
// text, not to its square: sixteen times the text may take forty times the
// work, never two hundred. What takes less than a tenth of a second is not
// square: that would take more for so long a text.
//
// Work is the processor's time of this thread alone (Linux tells it): on the
// clock of the wall a busy machine makes every parser slow. Not parallel, since
// tests beside it would push its text out of the caches.
func TestWorkGrowsWithLength(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const short, long, most, negligible = 1 << 10, 1 << 14, 130, 100 * time.Millisecond
	for _, seed := range []string{
		"\n-1 ", "1 x ", "1 tỷ ", "5/3 - ", "(1)", "3 công ", "dân góp 1tr ", "Kinh tế: \n", "0912345678 ",
		"5" + strings.Repeat("ha", 18) + "zq ",
	} {
		for name, parse := range parsers {
			long, short := strings.Repeat(seed, long/len(seed)), strings.Repeat(seed, short/len(seed))
			slow := work(t, parse, long, 1)
			if slow < negligible {
				continue
			}
			slow = min(slow, work(t, parse, long, 1), work(t, parse, long, 1))
			// The kernel may count in ticks: only many short ones together can be told.
			if fast := work(t, parse, short, 16); slow > most*fast {
				t.Errorf("%s takes %v for %d bytes of %q, %v for %d", name, slow, len(long), seed, fast, len(short))
			}
		}
	}
}

// work is what a parser takes for each of so many runs.
func work(t *testing.T, parse func(string), text string, runs int) time.Duration {
	t.Helper()
	before := threadTime(t)
	for range runs {
		parse(text)
	}
	return (threadTime(t) - before) / time.Duration(runs)
}

// threadTime is what this thread has used of its processor so far.
func threadTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
