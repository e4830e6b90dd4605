package units_test

import (
	"testing"

	"danvan/bot/bottest"
)

// TestConversations plays the transcripts in testdata.
func TestConversations(t *testing.T) {
	t.Parallel()
	bottest.Play(t, "testdata")
}
