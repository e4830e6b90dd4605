// Package locales holds what danvan says: a catalogue for each language, keys
// to texts, and how numbers and sums are written. It imports nothing of ours.
//
// Texts may hold Telegram's HTML tags; arguments are put in as they are, so a
// caller escapes what a person typed. An argument Count chooses the plural.
package locales

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

// Default is the language that texts fall back to.
const Default = "vi"

// Catalogue is every text in every language. It is safe for concurrent use.
type Catalogue struct {
	localizers map[string]*i18n.Localizer
	sources    map[string]map[string]string
	plain      map[string]map[string]string // the texts that take no arguments
	languages  []string
}

// Load reads the catalogues that are built in.
func Load() (*Catalogue, error) {
	bundle := i18n.NewBundle(language.Vietnamese)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &Catalogue{
		localizers: map[string]*i18n.Localizer{}, sources: map[string]map[string]string{}, plain: map[string]map[string]string{},
		languages: []string{"vi", "en"},
	}
	for _, lang := range c.languages {
		f, err := bundle.LoadMessageFileFS(files, lang+".toml")
		if err != nil {
			return nil, fmt.Errorf("load the catalogue %s: %w", lang, err)
		}
		c.sources[lang], c.plain[lang] = map[string]string{}, map[string]string{}
		for _, m := range f.Messages {
			c.sources[lang][m.ID] = m.Other
			if m.One == "" && m.Other != "" && !strings.Contains(m.Other, "{{") {
				c.plain[lang][m.ID] = m.Other
			}
		}
	}
	for _, lang := range c.languages {
		c.localizers[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return c, nil
}

// Languages lists the languages, the default first.
func (c *Catalogue) Languages() []string { return c.languages }

// Has says whether a language has words of its own for a key.
func (c *Catalogue) Has(lang, key string) bool { return c.Source(lang, key) != "" }

// Lookup returns a key's text as Source does, and whether the language has
// the key at all: a text may be empty on purpose.
func (c *Catalogue) Lookup(lang, key string) (string, bool) {
	text, ok := c.sources[lang][key]
	return text, ok
}

// Keys lists a language's keys in order.
func (c *Catalogue) Keys(lang string) []string { return slices.Sorted(maps.Keys(c.sources[lang])) }

// Source returns a key's text as the catalogue has it, its placeholders not
// filled in; "" when the language has none.
func (c *Catalogue) Source(lang, key string) string { return c.sources[lang][key] }

// Text returns a key's text with the arguments put in. A language that is not
// known speaks the default one. A key that no catalogue has comes back as it
// is: the tests see to it that there is none.
func (c *Catalogue) Text(lang, key string, args map[string]any) string {
	l := c.localizers[lang]
	if l == nil {
		lang, l = Default, c.localizers[Default]
	}
	if text, ok := c.plain[lang][key]; ok { // most are; nothing is left to do
		return text
	}
	config := i18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := args["Count"]; ok {
		config.PluralCount = n
	}
	text, err := l.Localize(&config)
	if _, known := c.sources[Default][key]; err != nil && text == "" && !known {
		return key
	}
	return text
}
