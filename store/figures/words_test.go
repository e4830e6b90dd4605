package figures_test

import (
	"testing"

	"danvan/locales"
	"danvan/store/figures"
)

// words is the catalogue, and fails the test where it has no text.
type words struct {
	*locales.Catalogue
	t testing.TB
}

func (w words) Text(lang, key string, args map[string]any) string {
	text := w.Catalogue.Text(lang, key, args)
	if text == key {
		w.t.Errorf("no text for %q", key)
	}
	return text
}

func voice(t testing.TB, lang string) figures.Voice {
	t.Helper()
	catalogue, err := locales.Load()
	must(t, err)
	return figures.Voice{Words: words{catalogue, t}, Lang: lang, Number: locales.Number, Money: locales.Money}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
