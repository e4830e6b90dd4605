package main

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

// TestTrialOnAKeptStore leaves a trial and comes back to its store: the new
// chats are not taken for the old ones.
func TestTrialOnAKeptStore(t *testing.T) {
	t.Parallel()
	config := testConfig(t)
	config.Log = "warn"
	for range 2 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		tried, err := startTrial(t.Context(), config, time.Now, l)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- tried.run(ctx) }()
		waiting, giveUp := context.WithTimeout(ctx, patience)
		_, err = tried.server.Wait(waiting, hoa, func(v trial.View) bool { return strings.Contains(v.Last().Text, "Chào đồng chí") })
		giveUp()
		stop()
		if ended := <-done; err != nil || ended != nil {
			t.Fatalf("no greeting (%v), or no good end (%v)", err, ended)
		}
	}
}
