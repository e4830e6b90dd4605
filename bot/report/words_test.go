package report_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"text/template"

	"danvan/bot/report"
	"danvan/locales"

	"github.com/BurntSushi/toml"
)

// words says the texts of testdata, and the catalogue's where they have none.
type words struct {
	own       map[string]map[string]string
	catalogue *locales.Catalogue
	missing   func(key string)
}

func (w words) Text(lang, key string, args map[string]any) string {
	source, ok := w.own[lang][key]
	if !ok {
		text := w.catalogue.Text(lang, key, args)
		if text == key {
			w.missing(key)
		}
		return text
	}
	var b bytes.Buffer
	if err := template.Must(template.New(key).Parse(source)).Execute(&b, args); err != nil {
		w.missing(key + ": " + err.Error())
	}
	return b.String()
}

func voice(t testing.TB, lang string) report.Voice {
	t.Helper()
	catalogue, err := locales.Load()
	must(t, err)
	w := words{own: map[string]map[string]string{}, catalogue: catalogue, missing: func(key string) { t.Errorf("no text for %q", key) }}
	for _, l := range catalogue.Languages() {
		var tree map[string]any
		b, err := os.ReadFile("testdata/" + l + ".toml")
		must(t, err)
		must(t, toml.Unmarshal(b, &tree))
		w.own[l] = map[string]string{}
		flatten(tree, nil, w.own[l])
	}
	return report.Voice{Words: w, Lang: lang, Number: locales.Number, Money: locales.Money}
}

func flatten(tree map[string]any, path []string, into map[string]string) {
	for k, v := range tree {
		at := append(path[:len(path):len(path)], k)
		if sub, ok := v.(map[string]any); ok {
			flatten(sub, at, into)
		} else {
			into[strings.Join(at, ".")] = v.(string)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
