// Package locales holds what danvan says: a catalogue for each language, keys
// to texts, and how numbers and sums are written. It imports nothing of ours.
//
// A language is a folder with one file per feature; a key stands in one file
// only, the same in every language.
//
// Texts may hold Telegram's HTML tags; arguments are put in as they are, so a
// caller escapes what a person typed. An argument Count chooses the plural.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed vi/*.toml en/*.toml
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
func Load() (*Catalogue, error) { return load(files) }

// LoadWith is Load with the texts that features from outside bring, laid out
// alike.
func LoadWith(more ...fs.FS) (*Catalogue, error) { return load(append([]fs.FS{files}, more...)...) }

func load(all ...fs.FS) (*Catalogue, error) {
	bundle := i18n.NewBundle(language.Vietnamese)
	c := &Catalogue{
		localizers: map[string]*i18n.Localizer{}, sources: map[string]map[string]string{}, plain: map[string]map[string]string{},
		languages: []string{"vi", "en"},
	}

	for _, lang := range c.languages {
		c.localizers[lang], c.sources[lang], c.plain[lang] = i18n.NewLocalizer(bundle, lang), map[string]string{}, map[string]string{}
		for _, files := range all {
			if err := c.readAll(bundle, files, lang); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// readAll adds the texts of a language's files.
func (c *Catalogue) readAll(bundle *i18n.Bundle, files fs.FS, lang string) error {
	names, _ := fs.Glob(files, lang+"/*.toml") // the pattern is sound
	for _, name := range names {
		if err := c.read(bundle, files, lang, name); err != nil {
			return fmt.Errorf("load the catalogue %s: %w", name, err)
		}
	}
	return nil
}

// read adds a file's texts to those of a language.
func (c *Catalogue) read(bundle *i18n.Bundle, files fs.FS, lang, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	messages, err := bundle.ParseMessageBytes(language.Make(lang), text, toml.Unmarshal)
	if err != nil {
		return err
	}

	for _, m := range messages {
		if _, twice := c.sources[lang][m.ID]; twice {
			return fmt.Errorf("the key %s stands in another file too", m.ID)
		}
		c.sources[lang][m.ID] = m.Other
		if m.One == "" && m.Other != "" && !strings.Contains(m.Other, "{{") {
			c.plain[lang][m.ID] = m.Other
		}
	}
	return nil
}

// Languages lists the languages, the default first.
func (c *Catalogue) Languages() []string { return c.languages }

// Has reports whether a language has words of its own for a key.
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
