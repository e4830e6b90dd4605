package telegram

import (
	"encoding/json"
	"fmt"
	"slices"

	"danvan/store"
)

type inlineMarkup struct {
	// An empty list takes buttons away; null is refused.
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text  string `json:"text"`
	Data  string `json:"callback_data"`
	Style string `json:"style,omitempty"`
}

type replyMarkup struct {
	Rows       [][]replyKey `json:"keyboard"`
	Persistent bool         `json:"is_persistent,omitempty"`
	Resize     bool         `json:"resize_keyboard"`
	Once       bool         `json:"one_time_keyboard,omitempty"`
	Hint       string       `json:"input_field_placeholder,omitempty"`
}

type replyKey struct {
	Text     string `json:"text"`
	Contact  bool   `json:"request_contact,omitempty"`
	Location bool   `json:"request_location,omitempty"`
}

type botCommand struct {
	Name string `json:"command"`
	Text string `json:"description"`
}

// setMarkup puts a message's buttons, or else its keyboard, into a call. An
// edit without buttons takes those of the message away.
func setMarkup(p Params, m store.Message, plain bool) {
	switch {
	case len(m.Buttons) > 0 || m.Kind == store.Edit:
		p["reply_markup"] = writeJSON(inline(m.Buttons, plain))
	case m.Keyboard != nil && len(m.Keyboard.Rows) == 0:
		p["reply_markup"] = `{"remove_keyboard":true}`
	case m.Keyboard != nil:
		p["reply_markup"] = writeJSON(keyboard(*m.Keyboard))
	}
}

func inline(rows [][]store.Button, plain bool) inlineMarkup {
	m := inlineMarkup{Rows: make([][]inlineButton, len(rows))}
	for i, row := range rows {
		m.Rows[i] = make([]inlineButton, len(row))
		for j, b := range row {
			m.Rows[i][j] = inlineButton{Text: b.Text, Data: b.Data, Style: string(b.Style)}
			if plain {
				m.Rows[i][j].Style = ""
			}
		}
	}
	return m
}

func keyboard(k store.Keyboard) replyMarkup {
	m := replyMarkup{
		Rows: make([][]replyKey, len(k.Rows)), Persistent: k.Persistent, Resize: true, Once: k.Once, Hint: k.Hint,
	}
	for i, row := range k.Rows {
		m.Rows[i] = make([]replyKey, len(row))
		for j, key := range row {
			m.Rows[i][j] = replyKey{
				Text: key.Text, Contact: key.Request == "contact", Location: key.Request == "location",
			}
		}
	}
	return m
}

func hasStyle(rows [][]store.Button) bool {
	return slices.ContainsFunc(rows, func(row []store.Button) bool {
		return slices.ContainsFunc(row, func(b store.Button) bool { return b.Style != store.Plain })
	})
}

func commandList(list []store.Command) string {
	cs := make([]botCommand, len(list))
	for i, c := range list {
		cs[i] = botCommand(c)
	}
	return writeJSON(cs)
}

// writeJSON writes one of our own types, which cannot fail.
func writeJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("telegram: %T cannot be written: %v", v, err))
	}
	return string(b)
}
