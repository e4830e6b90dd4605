package flowtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/store"
)

// Chat is what one person sees: it applies messages as a channel would.
type Chat struct {
	Messages []Bubble
	Calls    int // sends and edits so far
	Repeats  int // edits that changed nothing
	last     int // id of the last message, of either side
	rows     map[store.MessageID]int
	news     []string
}

// Bubble is one message of the bot.
type Bubble struct {
	ID      int
	Text    string
	Buttons [][]store.Button
	// Gone are the buttons that it once had, for tests of old buttons.
	Gone []store.Button
}

// NewChat returns an empty chat.
func NewChat() *Chat { return &Chat{rows: map[store.MessageID]int{}} }

// Incoming numbers a message that the person sends.
func (c *Chat) Incoming() string {
	c.last++
	return strconv.Itoa(c.last)
}

// Apply does what a message asks for and returns the channel's id of the message
// that stands in the chat then, "" if there is none.
func (c *Chat) Apply(m store.Message) string {
	switch m.Kind {
	case store.Send:
		c.Calls++
		c.last++
		c.Messages = append(c.Messages, Bubble{ID: c.last, Text: m.Text, Buttons: m.Buttons})
		c.rows[m.ID] = c.last
		c.note("+", c.last, m.Text, m.Buttons)
		c.noteKeyboard(m)
		return strconv.Itoa(c.last)

	case store.Edit:
		if b := c.find(m.Target); b != nil {
			if m.Text == "" {
				m.Text = b.Text
			}
			c.change(b, m.Text, m.Buttons)
			c.rows[m.ID] = b.ID
			return strconv.Itoa(b.ID)
		}
		if m.Text != "" && !m.Target.Only { // what it changes is gone
			m.Kind = store.Send
			return c.Apply(m)
		}

	case store.Show:
		for _, e := range m.Evidence {
			c.news = append(c.news, fmt.Sprintf("  + %s %s %s", e.Kind, e.Name, e.Caption))
		}
		if m.Text != "" { // a message of its own, as albums have no buttons
			m.Kind, m.Evidence = store.Send, nil
			return c.Apply(m)
		}

	case store.File:
		c.last++
		sort := string(m.Make.Kind)
		if m.Make.Dark {
			sort += ", dark"
		}
		text := "{" + sort + "} " + m.Text
		c.Messages = append(c.Messages, Bubble{ID: c.last, Text: text, Buttons: m.Buttons})
		c.rows[m.ID] = c.last
		c.note("+", c.last, text, m.Buttons)
		return strconv.Itoa(c.last)

	case store.React:
		c.news = append(c.news, "  "+m.Text+" on "+m.Target.Remote)

	case store.Commands:
		names := make([]string, len(m.Commands))
		for i, k := range m.Commands {
			names[i] = "/" + k.Name
		}
		c.news = append(c.news, "  commands: "+strings.Join(names, " "))
	}
	return ""
}

func (c *Chat) change(b *Bubble, text string, buttons [][]store.Button) {
	c.Calls++
	changed := b.Text != text
	if !changed && slices.EqualFunc(b.Buttons, buttons, slices.Equal) {
		c.Repeats++
	}
	for _, row := range b.Buttons {
		b.Gone = append(b.Gone, row...)
	}
	gone := len(b.Buttons) > 0 && len(buttons) == 0
	b.Text, b.Buttons = text, buttons

	switch {
	case changed:
		c.note("~", b.ID, text, buttons)
	case gone:
		c.news = append(c.news, fmt.Sprintf("  ~ %d: (its buttons are gone)", b.ID))
	default:
		c.note("~", b.ID, "(only its buttons change)", buttons)
	}
}

func (c *Chat) find(t store.Target) *Bubble {
	id := c.rows[t.Message]
	if id == 0 {
		id, _ = strconv.Atoi(t.Remote)
	}
	for i := range c.Messages {
		if c.Messages[i].ID == id {
			return &c.Messages[i]
		}
	}
	return nil
}

func (c *Chat) note(sign string, id int, text string, buttons [][]store.Button) {
	head := fmt.Sprintf("  %s %d: ", sign, id)
	indent := "\n" + strings.Repeat(" ", len(head))
	c.news = append(c.news, head+strings.ReplaceAll(text, "\n", indent))
	for _, row := range buttons {
		c.news = append(c.news, indent[1:]+rowText(row))
	}
}

func rowText(row []store.Button) string {
	labels := make([]string, len(row))
	for i, b := range row {
		labels[i] = "[" + b.Text + "]"
		switch b.Style {
		case store.Success:
			labels[i] += "+"
		case store.Danger:
			labels[i] += "!"
		}
	}
	return strings.Join(labels, " ")
}

func (c *Chat) noteKeyboard(m store.Message) {
	if m.Keyboard == nil {
		return
	}
	var rows []string
	for _, row := range m.Keyboard.Rows {
		labels := make([]string, len(row))
		for i, k := range row {
			labels[i] = k.Text
		}
		rows = append(rows, strings.Join(labels, " | "))
	}
	c.news = append(c.news, "       keyboard: "+strings.Join(rows, " / "))
}

// News returns what changed since it was last asked, one entry a line.
func (c *Chat) News() []string {
	news := c.news
	c.news = nil
	return news
}

// Button finds a button by its label: of the last message that has it, or, by
// a message's id, one that it has or once had.
func (c *Chat) Button(label string, message int) (data string, on int, err error) {
	for i := len(c.Messages) - 1; i >= 0; i-- {
		b := c.Messages[i]
		if message != 0 && b.ID != message {
			continue
		}

		for _, row := range b.Buttons {
			for _, k := range row {
				if k.Text == label {
					return k.Data, b.ID, nil
				}
			}
		}

		for _, k := range b.Gone {
			if message != 0 && k.Text == label {
				return k.Data, b.ID, nil
			}
		}
	}
	return "", 0, fmt.Errorf("no button %q", label)
}
