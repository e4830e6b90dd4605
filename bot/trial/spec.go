package trial

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// spec.json is cut from the published machine-readable Bot API 10.1: the names
// of all its methods, the parameters of those that this server has, and the
// types that these parameters are made of. Prose is left out; nothing is added.
//
//go:embed spec.json
var specJSON []byte

var loadSpec = sync.OnceValues(parseSpec)

type spec struct {
	methods map[string]*shape // by lower-case name
	kinds   map[string]*shape
}

// shape is a method with its parameters, or a type with its fields.
type shape struct {
	name     string
	fields   map[string]field
	required []string
	subtypes []string
}

type field struct {
	Name     string   `json:"name"`
	Kinds    []string `json:"types"`
	Required bool     `json:"required"`
}

func parseSpec() (*spec, error) {
	type raw struct {
		Fields   []field  `json:"fields"`
		Subtypes []string `json:"subtypes"`
	}
	var file struct {
		Methods map[string]raw `json:"methods"`
		Types   map[string]raw `json:"types"`
	}
	if err := json.Unmarshal(specJSON, &file); err != nil {
		return nil, fmt.Errorf("trial: reading the specification: %w", err)
	}

	sp := &spec{methods: map[string]*shape{}, kinds: map[string]*shape{}}
	build := func(name string, r raw) *shape {
		sh := &shape{name: name, fields: map[string]field{}, subtypes: r.Subtypes}
		for _, f := range r.Fields {
			sh.fields[f.Name] = f
			if f.Required {
				sh.required = append(sh.required, f.Name)
			}
		}
		return sh
	}

	for name, r := range file.Methods {
		sp.methods[strings.ToLower(name)] = build(name, r)
	}
	for name, r := range file.Types {
		sp.kinds[name] = build(name, r)
	}

	return sp, nil
}

// misfit is why a value does not fit its type; of several candidate types the
// one that fits deepest explains best.
type misfit struct {
	depth int
	text  string
}

// check returns what is wrong with the parameters of a call, as Telegram says
// it where Telegram would.
func (sp *spec) check(sh *shape, c *call) error {
	for name, raw := range c.params {
		f, known := sh.fields[name]
		if !known {
			return badRequest("unknown parameter %q of method %s", name, sh.name)
		}
		if unsupportedParameters[name] {
			return notImplemented("parameter %s", name)
		}
		if bad := sp.param(f, raw); bad != nil {
			return badRequest("%s", bad.text)
		}
	}

	for name := range c.files {
		if _, known := sh.fields[name]; !known && !c.attached(name) {
			return badRequest("unknown file %q of method %s", name, sh.name)
		}
	}

	for _, name := range sh.required {
		if _, given := c.params[name]; given {
			continue
		}
		if _, given := c.files[name]; !given {
			return badRequest("%s", missing(name))
		}
	}

	return nil
}

// unsupportedParameters are real ones with an effect that this server cannot
// show; those without a visible effect (silence, effects) are accepted.
var unsupportedParameters = map[string]bool{
	"business_connection_id": true, "message_thread_id": true, "direct_messages_topic_id": true,
	"inline_message_id": true, "rich_message": true, "suggested_post_parameters": true,
	"thumbnail": true, "cover": true, "start_timestamp": true, "video_start_timestamp": true,
	"certificate": true, "live_period": true, "vcard": true,
}

// missing is how Telegram says that a required parameter is not there.
func missing(name string) string {
	switch name {
	case "chat_id", "from_chat_id":
		return name + " is empty"
	case "text":
		return "message text is empty"
	case "message_id":
		return "message identifier is not specified"
	case "message_ids":
		return "message identifiers are not specified"
	case "photo", "document", "video":
		return "there is no " + name + " in the request"
	case "callback_query_id":
		return queryTooOld
	default:
		return fmt.Sprintf("parameter %q is required", name)
	}
}

// param checks a top-level parameter, which arrives as text.
func (sp *spec) param(f field, raw string) *misfit {
	var best *misfit

	for _, kind := range f.Kinds {
		var bad *misfit
		switch kind {
		case "String", "InputFile":
		case "Integer":
			if _, err := strconv.ParseInt(raw, 10, 64); err != nil {
				bad = &misfit{0, fmt.Sprintf("field %q must be of type Integer", f.Name)}
			}
		case "Float":
			if _, err := strconv.ParseFloat(raw, 64); err != nil {
				bad = &misfit{0, fmt.Sprintf("field %q must be of type Float", f.Name)}
			}
		case "Boolean":
			if _, ok := boolean(raw); !ok {
				bad = &misfit{0, fmt.Sprintf("field %q must be of type Boolean", f.Name)}
			}
		default:
			bad = sp.document(f.Name, kind, raw)
		}

		if bad == nil {
			return nil
		}
		if best == nil || bad.depth > best.depth {
			best = bad
		}
	}

	return best
}

func boolean(raw string) (value, ok bool) {
	switch strings.ToLower(raw) {
	case "true", "1", "yes":
		return true, true
	case "false", "0", "no", "":
		return false, true
	}
	return false, false
}

// document checks a JSON-serialised parameter.
func (sp *spec) document(name, kind, raw string) *misfit {
	var v any
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil || d.More() {
		if name == "reply_markup" {
			return &misfit{0, "object expected as reply markup"}
		}
		return &misfit{0, fmt.Sprintf("can't parse %s: it is not JSON", name)}
	}
	return sp.value(name, kind, v, 1)
}

// value checks decoded JSON against a type of the specification.
func (sp *spec) value(name, kind string, v any, depth int) *misfit {
	wrong := func(want string) *misfit {
		return &misfit{depth, fmt.Sprintf("field %q must be of type %s", name, want)}
	}

	if of, isArray := strings.CutPrefix(kind, "Array of "); isArray {
		items, ok := v.([]any)
		if !ok {
			return wrong("Array")
		}
		for _, item := range items {
			if bad := sp.value(name, of, item, depth+1); bad != nil {
				return bad
			}
		}
		return nil
	}

	ok := true
	switch kind {
	case "String", "InputFile":
		_, ok = v.(string)
	case "Boolean":
		_, ok = v.(bool)
	case "Float":
		_, ok = v.(json.Number)
	case "Integer":
		n, isNumber := v.(json.Number)
		_, err := n.Int64()
		ok = isNumber && err == nil
	default:
		return sp.object(name, kind, v, depth)
	}
	if !ok {
		return wrong(kind)
	}

	return nil
}

func (sp *spec) object(name, kind string, v any, depth int) *misfit {
	sh := sp.kinds[kind]
	if sh == nil {
		return &misfit{depth, fmt.Sprintf("type %s is not supported by the trial server", kind)}
	}
	if _, short := v.(string); short && kind == "KeyboardButton" {
		return nil // the specification's prose allows a text alone
	}

	m, ok := v.(map[string]any)
	if !ok {
		return &misfit{depth, fmt.Sprintf("field %q must be of type Object", name)}
	}
	if len(sh.subtypes) > 0 {
		return sp.union(name, sh, m, depth)
	}

	for key, inner := range m {
		f, known := sh.fields[key]
		if !known {
			return &misfit{depth, fmt.Sprintf("can't parse %s: unknown field %q", kind, key)}
		}
		if inner == nil && !f.Required {
			continue
		}
		if bad := sp.anyOf(f, inner, depth+1); bad != nil {
			return bad
		}
	}

	for _, key := range sh.required {
		if _, given := m[key]; !given {
			return &misfit{depth, fmt.Sprintf("can't parse %s: can't find field %q", kind, key)}
		}
	}

	return nil
}

func (sp *spec) anyOf(f field, v any, depth int) *misfit {
	var best *misfit
	for _, kind := range f.Kinds {
		bad := sp.value(f.Name, kind, v, depth)
		if bad == nil {
			return nil
		}
		if best == nil || bad.depth > best.depth {
			best = bad
		}
	}
	return best
}

// union picks the subtype by its "type", which is everywhere the rest of the
// subtype's name in snake case: BotCommandScopeAllPrivateChats, all_private_chats.
func (sp *spec) union(name string, sh *shape, m map[string]any, depth int) *misfit {
	for _, sub := range sh.subtypes {
		if m["type"] == snake(strings.TrimPrefix(sub, sh.name)) {
			return sp.object(name, sub, m, depth)
		}
	}
	return &misfit{depth, fmt.Sprintf("can't parse %s: type %v is unsupported", sh.name, m["type"])}
}

func snake(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
