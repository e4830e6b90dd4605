package flows_test

import (
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"
)

// TestInputClean takes what steers a screen out of everything that a channel says,
// but for what was typed, which the questions clean.
func TestInputClean(t *testing.T) {
	t.Parallel()
	const steered = "Trần\u202e Văn\u0007 Bảy\u200b"
	for kind, typed := range map[flows.InputKind]bool{flows.TextInput: true, flows.FileInput: false, flows.PlaceInput: false} {
		in := flows.Input{Kind: kind, Text: steered, Name: steered, File: store.Evidence{Name: steered, Caption: steered}}.Clean()
		for field, text := range map[string]string{"text": in.Text, "name": in.Name, "file": in.File.Name, "caption": in.File.Caption} {
			if clean := !strings.ContainsAny(text, "\u202e\u0007\u200b"); clean == (typed && field == "text") || clean && text != "Trần Văn Bảy" {
				t.Errorf("%s of a %s became %q", field, kind, text)
			}
		}
	}
}
