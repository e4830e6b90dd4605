package trial

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of texts, in UTF-16 units after entities are parsed (Bot API,
// sendMessage and "captions").
const (
	maxText    = 4096
	maxCaption = 1024
)

// size is the length of a text in UTF-16 units, in which Telegram counts.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Len(r)
	}
	return n
}

// formatted reads a text or caption with its parse mode and entities, trims it
// and adds the entities that Telegram recognises by itself.
func (c *call) formatted(name, entities string, limit int) (string, []Entity, error) {
	text, marks := c.text(name), []Entity(nil)

	var err error
	switch mode := strings.ToLower(c.text("parse_mode")); mode {
	case "":
		if err := c.object(entities, &marks); err != nil {
			return "", nil, err
		}
		err = checkEntities(text, marks)
	case "html":
		text, marks, err = parseHTML(text)
	case "markdown", "markdownv2":
		err = notImplemented("parse_mode %s", mode)
	default:
		err = badRequest("unsupported parse_mode")
	}
	if err != nil {
		return "", nil, err
	}

	if !utf8.ValidString(text) {
		return "", nil, badRequest("strings must be encoded in UTF-8")
	}

	text, marks = trim(text, marks)
	if size(text) > limit {
		if name == "caption" {
			return "", nil, badRequest("message caption is too long")
		}
		return "", nil, badRequest("message is too long")
	}

	return text, recognise(text, marks), nil
}

func checkEntities(text string, marks []Entity) error {
	total := size(text)
	for _, e := range marks {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > total {
			return badRequest("entity beginning at UTF-16 offset %d is out of the text", e.Offset)
		}
	}
	return nil
}

// trim cuts white space at both ends and moves the entities with the text.
func trim(text string, marks []Entity) (string, []Entity) {
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	cut := size(text) - size(left)
	text = strings.TrimRightFunc(left, unicode.IsSpace)

	total := size(text)
	var kept []Entity
	for _, e := range marks {
		from, to := max(e.Offset-cut, 0), min(e.Offset+e.Length-cut, total)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}

	return text, kept
}

var (
	commandPattern = regexp.MustCompile(`/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?`)
	mentionPattern = regexp.MustCompile(`@[A-Za-z][A-Za-z0-9_]{4,31}`)
	urlPattern     = regexp.MustCompile(`(?i)(?:https?://|t\.me/)[^\s<>"“”]+`)
)

// recognise adds the commands, mentions and links that stand in a text, except
// inside code and links. Offsets count UTF-16 units.
func recognise(text string, marks []Entity) []Entity {
	if !strings.ContainsAny(text, "/@") {
		return marks
	}

	for _, kind := range []struct {
		name    string
		pattern *regexp.Regexp
	}{{"url", urlPattern}, {"mention", mentionPattern}, {"bot_command", commandPattern}} {
		for _, span := range kind.pattern.FindAllStringIndex(text, -1) {
			from, to := span[0], span[1]
			if kind.name == "url" {
				to = from + len(strings.TrimRight(text[from:to], ".,;:!?)]}"))
			}
			if !bounded(text, from, to, kind.name) {
				continue
			}
			e := Entity{Type: kind.name, Offset: size(text[:from])}
			e.Length = size(text[from:to])
			if !slices.ContainsFunc(marks, func(m Entity) bool { return blocks(m, e) }) {
				marks = append(marks, e)
			}
		}
	}

	slices.SortStableFunc(marks, func(a, b Entity) int { return a.Offset - b.Offset })
	return marks
}

// bounded says that no word, and for a command no other slash, touches the span.
func bounded(text string, from, to int, kind string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	if from > 0 && isWord(before) || kind != "url" && to < len(text) && isWord(after) {
		return false
	}
	return kind != "bot_command" || !strings.ContainsRune("/<>", before) && !strings.ContainsRune("/<>", after)
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// blocks says that nothing may be recognised where m stands.
func blocks(m, e Entity) bool {
	if m.Offset >= e.Offset+e.Length || e.Offset >= m.Offset+m.Length {
		return false
	}
	switch m.Type {
	case "code", "pre", "text_link", "url", "mention", "bot_command", "date_time":
		return true
	}
	return false
}
