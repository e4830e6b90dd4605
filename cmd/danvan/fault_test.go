package main

import (
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/bot/trial/faults"
)

// TestFaults lets a call of every kind go wrong in every way, in the middle of
// a registration: the conversation goes on and each answer is kept once.
func TestFaults(t *testing.T) {
	t.Parallel()
	atOnce(t, map[string]faults.Fault{
		"429 for an answer":                      {Method: "sendMessage", Kind: faults.TooMany, RetryAfter: 1, Chat: hoa, Times: 2},
		"429 for a poll":                         {Method: "getUpdates", Kind: faults.TooMany, RetryAfter: 1},
		"429 for an edit":                        {Method: "editMessageText", Kind: faults.TooMany, RetryAfter: 1},
		"500 for an answer":                      {Method: "sendMessage", Kind: faults.ServerError, Times: 2},
		"500 for a poll":                         {Method: "getUpdates", Kind: faults.ServerError},
		"HTML for an answer":                     {Method: "sendMessage", Kind: faults.BadGateway, Times: 2},
		"HTML for a poll":                        {Method: "getUpdates", Kind: faults.BadGateway},
		"HTML for everything":                    {Kind: faults.BadGateway, Times: 5},
		"a slow answer":                          {Method: "sendMessage", Kind: faults.Slow, Delay: time.Second, Times: 2},
		"a slow edit":                            {Method: "editMessageText", Kind: faults.Slow, Delay: time.Second},
		"a connection dropped before an answer":  {Method: "sendMessage", Kind: faults.DropBefore, Times: 2},
		"a connection dropped after an answer":   {Method: "sendMessage", Kind: faults.DropAfter, Times: 2},
		"a connection dropped before a poll":     {Method: "getUpdates", Kind: faults.DropBefore},
		"a connection dropped after a poll":      {Method: "getUpdates", Kind: faults.DropAfter},
		"a connection dropped before an edit":    {Method: "editMessageText", Kind: faults.DropBefore},
		"a connection dropped after an edit":     {Method: "editMessageText", Kind: faults.DropAfter},
		"a connection dropped behind a button":   {Method: "answerCallbackQuery", Kind: faults.DropAfter, Times: 3},
		"500 behind a button":                    {Method: "answerCallbackQuery", Kind: faults.ServerError, Times: -1},
		"every batch of updates twice":           {Method: "getUpdates", Kind: faults.Duplicate, Times: -1},
		"every batch of updates turned round":    {Method: "getUpdates", Kind: faults.Reorder, Times: -1},
		"everything slow for a while":            {Kind: faults.Slow, Delay: 200 * time.Millisecond, Times: 10},
		"connections dropped after every effect": {Kind: faults.DropAfter, Times: 4},
	}, func(t *testing.T, f faults.Fault) {
		w := newWorld(t)
		p := w.person(hoa)
		p.mustRegister(t, w.registration(1))
		g := w.registration(2)
		if err := p.say("/dangky"); err != nil {
			t.Fatal(err)
		}
		w.Inject(f)
		code, err := p.finish(t.Context(), g)
		if err != nil {
			t.Fatalf("%v\nlog:\n%s", err, w.log)
		}
		w.wantOnce(g, code)
		w.ClearFaults()
		last := w.registration(3)
		w.wantOnce(last, p.mustRegister(t, last))
		wantQuiet(t, w.log.String(), append(g.private(), last.private()...)...)
	})
}

// atOnce runs a story for each case, a dozen at once: they wait more than
// they work, and t.Parallel would run as many as there are processors.
func atOnce[T any](t *testing.T, cases map[string]T, story func(*testing.T, T)) {
	var g errgroup.Group
	g.SetLimit(12)
	for name, c := range cases {
		g.Go(func() error {
			t.Run(name, func(t *testing.T) { story(t, c) })
			return nil
		})
	}
	_ = g.Wait() // the stories say themselves what went wrong
}
