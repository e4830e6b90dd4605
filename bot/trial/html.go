package trial

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tagEntity is the entity that a tag of HTML mode stands for (Bot API,
// "Formatting options"). Anything else is not a tag.
var tagEntity = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}

// htmlReader walks a text in HTML mode once, from left to right.
type htmlReader struct {
	src  string
	at   int
	out  strings.Builder
	size int // of out, in UTF-16 units
	open []openTag
	all  []Entity
}

type openTag struct {
	name       string
	attributes map[string]string
	offset     int // of the entity
	start      int // of its text in out
}

// parseHTML returns the text without tags and its entities, or Telegram's
// complaint about it.
func parseHTML(src string) (string, []Entity, error) {
	h := &htmlReader{src: src}
	for h.at < len(src) {
		var err error
		switch c := src[h.at]; {
		case c == '<' && strings.HasPrefix(src[h.at:], "</"):
			err = h.endTag()
		case c == '<':
			err = h.startTag()
		case c == '&':
			h.write(h.reference())
		default:
			r, n := utf8.DecodeRuneInString(src[h.at:])
			h.at += n
			h.write(r)
		}
		if err != nil {
			return "", nil, err
		}
	}

	if n := len(h.open); n > 0 {
		return "", nil, cantParse("Can't find end tag corresponding to start tag %q", h.open[n-1].name)
	}

	slices.SortStableFunc(h.all, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return h.out.String(), h.all, nil
}

func cantParse(format string, args ...any) error {
	return badRequest("can't parse entities: "+format, args...)
}

func (h *htmlReader) write(r rune) {
	h.out.WriteRune(r)
	h.size += utf16Len(r)
}

func utf16Len(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// reference reads a character reference: the four named ones or a number.
// Anything else is an ampersand as it stands.
func (h *htmlReader) reference() rune {
	rest := h.src[h.at:]
	for name, r := range map[string]rune{"&lt;": '<', "&gt;": '>', "&amp;": '&', "&quot;": '"'} {
		if strings.HasPrefix(rest, name) {
			h.at += len(name)
			return r
		}
	}

	if digits, ok := strings.CutPrefix(rest, "&#"); ok {
		base := 10
		if strings.HasPrefix(digits, "x") {
			base, digits = 16, digits[1:]
		}
		end := strings.IndexByte(digits, ';')
		if end > 0 && end <= 8 {
			n, err := strconv.ParseUint(digits[:end], base, 32)
			if r := rune(n); err == nil && n > 0 && utf8.ValidRune(r) {
				h.at += len(rest) - len(digits) + end + 1
				return r
			}
		}
	}

	h.at++
	return '&'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (h *htmlReader) skip(stop func(byte) bool) string {
	from := h.at
	for h.at < len(h.src) && !stop(h.src[h.at]) {
		h.at++
	}
	return h.src[from:h.at]
}

func (h *htmlReader) spaces() { h.skip(func(c byte) bool { return !isSpace(c) }) }

func (h *htmlReader) startTag() error {
	begin := h.at
	h.at++
	name := strings.ToLower(h.skip(func(c byte) bool { return isSpace(c) || c == '>' }))

	if h.at == len(h.src) {
		return cantParse("Unclosed start tag at byte offset %d", begin)
	}
	if tagEntity[name] == "" {
		return cantParse("Unsupported start tag %q at byte offset %d", name, begin)
	}

	tag := openTag{name: name, attributes: map[string]string{}, offset: h.size, start: h.out.Len()}
	for {
		h.spaces()
		if h.at == len(h.src) {
			return cantParse("Unclosed start tag %q at byte offset %d", name, begin)
		}
		if h.src[h.at] == '>' {
			h.at++
			break
		}
		if err := h.attribute(tag, begin); err != nil {
			return err
		}
	}

	if name == "span" && tag.attributes["class"] != "tg-spoiler" {
		return cantParse("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	if name == "blockquote" && slices.ContainsFunc(h.open, func(o openTag) bool { return o.name == name }) {
		return cantParse("Nested \"blockquote\" tags are not supported at byte offset %d", begin)
	}

	h.open = append(h.open, tag)
	return nil
}

func (h *htmlReader) attribute(tag openTag, begin int) error {
	name := strings.ToLower(h.skip(func(c byte) bool { return isSpace(c) || strings.IndexByte(`=>/"'`, c) >= 0 }))
	if name == "" {
		return cantParse("Empty attribute name in the tag %q at byte offset %d", tag.name, begin)
	}

	h.spaces()
	if h.at == len(h.src) {
		return cantParse("Unclosed start tag %q at byte offset %d", tag.name, begin)
	}
	if h.src[h.at] != '=' {
		tag.attributes[name] = ""
		return nil
	}

	h.at++
	h.spaces()
	if h.at == len(h.src) {
		return cantParse("Unclosed start tag %q at byte offset %d", tag.name, begin)
	}
	if quote := h.src[h.at]; quote == '"' || quote == '\'' {
		return h.quoted(tag, name, quote, begin)
	}

	at := h.at
	value := h.skip(func(c byte) bool { return c != '.' && c != '-' && !isWordByte(c) || c == '_' })
	if h.at < len(h.src) && !isSpace(h.src[h.at]) && h.src[h.at] != '>' {
		return cantParse("Unexpected end of name token at byte offset %d", at)
	}

	tag.attributes[name] = strings.ToLower(value)
	return nil
}

func (h *htmlReader) quoted(tag openTag, name string, quote byte, begin int) error {
	var value strings.Builder
	for h.at++; h.at < len(h.src) && h.src[h.at] != quote; {
		if h.src[h.at] == '&' {
			value.WriteRune(h.reference())
			continue
		}
		value.WriteByte(h.src[h.at])
		h.at++
	}

	if h.at == len(h.src) {
		return cantParse("Unclosed start tag at byte offset %d", begin)
	}

	h.at++
	tag.attributes[name] = value.String()
	return nil
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

func (h *htmlReader) endTag() error {
	begin := h.at
	if len(h.open) == 0 {
		return cantParse("Unexpected end tag at byte offset %d", begin)
	}

	h.at += len("</")
	name := strings.ToLower(h.skip(func(c byte) bool { return isSpace(c) || c == '>' }))
	h.spaces()

	if h.at == len(h.src) || h.src[h.at] != '>' {
		return cantParse("Unclosed end tag at byte offset %d", begin)
	}

	h.at++
	tag := h.open[len(h.open)-1]
	if name != "" && name != tag.name {
		return cantParse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}

	h.open = h.open[:len(h.open)-1]
	if h.size > tag.offset {
		return h.close(tag)
	}

	return nil
}

// close adds the entity of a tag that had text in it.
func (h *htmlReader) close(tag openTag) error {
	e := Entity{Type: tagEntity[tag.name], Offset: tag.offset, Length: h.size - tag.offset}
	switch tag.name {
	case "a":
		e.URL = tag.attributes["href"]
		if e.URL == "" {
			e.URL = h.out.String()[tag.start:]
		}
		if !strings.Contains(e.URL, ":") {
			e.URL = "http://" + e.URL
		}

	case "blockquote":
		if _, expandable := tag.attributes["expandable"]; expandable {
			e.Type = "expandable_blockquote"
		}
	case "code":
		e.Language = strings.TrimPrefix(tag.attributes["class"], "language-")

	case "pre":
		// <pre><code class="language-…"> is one entity with a language.
		if n := len(h.all); n > 0 && h.all[n-1].Type == "code" && h.all[n-1].Offset == e.Offset && h.all[n-1].Length == e.Length {
			e.Language = h.all[n-1].Language
			h.all = h.all[:n-1]
		}

	case "tg-emoji":
		e.CustomEmojiID = tag.attributes["emoji-id"]
		if _, err := strconv.ParseInt(e.CustomEmojiID, 10, 64); err != nil {
			return cantParse("Invalid custom emoji identifier specified")
		}

	case "tg-time":
		unix, err := strconv.ParseInt(tag.attributes["unix"], 10, 64)
		if err != nil {
			return cantParse("Invalid Unix time specified")
		}
		e.UnixTime, e.DateTimeFormat = unix, tag.attributes["format"]
	}

	h.all = append(h.all, e)
	return nil
}
