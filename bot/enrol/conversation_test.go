package enrol_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/store"
)

// TestConversations plays the transcripts in testdata; the files that people send in
// them lie beside them.
func TestConversations(t *testing.T) {
	t.Parallel()
	bottest.Play(t, "testdata", func(c *bot.Config) {
		c.Fetch = func(_ context.Context, _ store.Address, of store.Evidence) ([]byte, error) {
			return os.ReadFile(filepath.Join("testdata", of.Name))
		}
	})
}
