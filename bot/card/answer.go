package card

import (
	"strings"

	"danvan/bot/text"
	"danvan/flows"
)

// Answer writes an answer as a person would, without markup. choice names a
// choice by its key, typed writes what was typed.
func Answer(v text.Voice, x flows.Settled, choice func(key string) string, typed func() string) string {
	a := x.Answer
	var parts []string
	switch x.Step.Kind {
	case flows.Choice, flows.Many:
		for _, key := range a.Keys {
			parts = append(parts, choice(key))
		}
	case flows.Quantity, flows.Money:
		for _, q := range a.Amounts {
			parts = append(parts, v.Quantity(q))
		}
		if len(a.Money) > 0 {
			parts = append(parts, v.Sums(a.Money))
		}
		if len(a.Aside) > 0 {
			return strings.Join(parts, ", ") + " " + v.Plain("form.aside", text.Args{"List": strings.Join(a.Aside, "; ")})
		}

	case flows.Day:
		return text.Date(a.From)
	case flows.Span:
		return text.Date(a.From) + " – " + text.Date(a.To)
	case flows.Phone:
		return text.Phone(a.Phone)
	case flows.Contact:
		return strings.Join(strings.Fields(a.Text+" · "+text.Phone(a.Phone)), " ")
	case flows.Files:
		return v.Plain("files", text.Args{"Count": len(a.Evidence)})
	default:
		return typed()
	}
	return strings.Join(parts, ", ")
}
