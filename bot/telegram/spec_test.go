package telegram_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed testdata/bot-api.json
var specification []byte

type field struct {
	Name     string
	Types    []string
	Required bool
}

type spec struct {
	Methods map[string][]field
	Types   map[string]struct {
		Fields   []field
		Subtypes []string
	}
}

var readSpec = sync.OnceValue(func() (s spec) {
	if err := json.Unmarshal(specification, &s); err != nil {
		panic(err)
	}
	return s
})

// allowed lists what the specification has against a call.
func allowed(c call) []string {
	fields, ok := readSpec().Methods[c.method]
	if !ok {
		return []string{"no such method in our part of the specification"}
	}
	given := map[string]any{}
	for name := range c.params {
		given[name] = form(c.params.Get(name))
	}
	return fits(c.method, fields, given)
}

// form is a parameter as a form carries it: text that may stand for anything.
type form string

func fits(of string, fields []field, given map[string]any) (bad []string) {
	for _, f := range fields {
		v, ok := given[f.Name]
		delete(given, f.Name)
		switch {
		case !ok && f.Required:
			bad = append(bad, of+"."+f.Name+" is missing")
		case ok && !slices.ContainsFunc(f.Types, func(t string) bool { return len(isA(t, f.Name, v)) == 0 }):
			bad = append(bad, fmt.Sprintf("%s.%s is no %v: %v", of, f.Name, f.Types, v))
		}
	}
	for name := range given {
		bad = append(bad, of+"."+name+" is not in the specification")
	}
	return bad
}

func isA(kind, name string, v any) []string {
	text, isForm := v.(form)
	if isForm && kind != "String" && kind != "Integer" && kind != "Boolean" && kind != "InputFile" {
		v = nil
		if json.Unmarshal([]byte(text), &v) != nil || v == nil {
			return []string{"not JSON"}
		}
	}
	no := []string{"no " + kind}
	if element, ok := strings.CutPrefix(kind, "Array of "); ok {
		list, ok := v.([]any)
		for _, e := range list {
			if bad := isA(element, name, e); len(bad) > 0 {
				return bad
			}
		}
		if !ok {
			return no
		}
		return nil
	}
	switch kind {
	case "String", "InputFile":
		return isText(name, v)
	case "Integer":
		_, isNumber := v.(float64)
		_, err := strconv.ParseInt(string(text), 10, 64)
		if !isNumber && (!isForm || err != nil) {
			return no
		}
		return nil
	case "Boolean":
		if _, isBool := v.(bool); !isBool && text != "true" && text != "false" {
			return no
		}
		return nil
	}
	object, ok := v.(map[string]any)
	if !ok {
		return no
	}
	t := readSpec().Types[kind]
	if len(t.Subtypes) == 0 {
		return fits(kind, t.Fields, object)
	}
	for _, sub := range t.Subtypes {
		if len(fits(sub, readSpec().Types[sub].Fields, maps.Clone(object))) == 0 {
			return nil
		}
	}
	return no
}

// isText also holds the limits that the specification has in prose.
func isText(name string, v any) []string {
	s := fmt.Sprint(v)
	if _, isForm := v.(form); !isForm {
		var ok bool
		if s, ok = v.(string); !ok {
			return []string{"no text"}
		}
	}
	switch {
	case name == "callback_data" && (s == "" || len(s) > 64),
		name == "style" && !slices.Contains([]string{"danger", "success", "primary"}, s),
		name == "parse_mode" && s != "HTML",
		name == "caption" && utf8.RuneCountInString(s) > 1024,
		name == "text" && s == "",
		!utf8.ValidString(s):
		return []string{name + " is over its limit"}
	}
	return nil
}
