package outbox

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strings"

	"danvan/store"
)

// fit returns what a channel of these limits is asked to do for a delivery: one
// thing after the other, or nothing. unsent is what is said in place of files
// that the channel does not take.
func fit(d Delivery, l store.Limits, unsent string) []Delivery {
	tidies, stands := tidiesUp(d), l.Edits && d.On != ""
	switch {
	case d.Kind == store.React && (d.On == "" || !l.Reactions),
		d.Kind == store.Busy && !l.Files,
		d.Kind == store.Commands && !l.Keyboard,
		d.Kind == store.Edit && tidies && !stands,
		d.Kind == store.Edit && d.Text == "" && !l.Buttons:
		return nil
	}

	d = within(d, l, unsent)
	parts := []string{d.Text}
	if l.Text > 0 && d.Kind != store.File {
		parts = split(d.Text, l.Text)
	}
	if d.Kind == store.Edit && (!stands || len(parts) > 1) {
		if tidies {
			return nil // what needs several messages does not fit into the one that stands
		}
		d.Kind, d.On = store.Send, ""
	}
	if len(parts) < 2 {
		return []Delivery{d}
	}
	return inParts(d, parts)
}

// tidiesUp reports whether an edit is not worth a message of its own: it only
// changes buttons, or was asked for of what stands in the chat alone.
func tidiesUp(d Delivery) bool { return d.Text == "" || d.Target.Only }

// within leaves out of a delivery what the channel cannot show, and says in its
// text what can be said instead.
func within(d Delivery, l store.Limits, unsent string) Delivery {
	if !l.Files && (d.Kind == store.Show || d.Kind == store.File) {
		d.Text = paragraphs(d.Text, html.EscapeString(unsent))
		d.Kind, d.Evidence, d.Content, d.Name = store.Send, nil, nil, ""
	}
	if !l.Buttons {
		d.Text = paragraphs(d.Text, numbered(d.Buttons))
		d.Buttons = nil
	}
	if !l.Keyboard {
		d.Keyboard = nil
	}
	return d
}

// numbered lists the labels of buttons, row by row.
func numbered(rows [][]store.Button) string {
	var lines []string
	for i, b := range slices.Concat(rows...) {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, html.EscapeString(b.Text)))
	}
	return strings.Join(lines, "\n")
}

// paragraphs puts one text under another, unless one is empty.
func paragraphs(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// inParts makes several messages of one: what is shown comes with the first,
// what is pressed with the last.
func inParts(d Delivery, parts []string) []Delivery {
	out := make([]Delivery, len(parts))
	for i, text := range parts {
		out[i] = d
		out[i].Text = text
		if i > 0 {
			out[i].Kind, out[i].Evidence = store.Send, nil
		}
		if i < len(parts)-1 {
			out[i].Buttons, out[i].Keyboard = nil, nil
		}
	}
	return out
}

// missing says to the person that the files of a delivery cannot be shown; "" if
// they can, or there are none.
func (r *route) missing(ctx context.Context, d Delivery) string {
	files := len(d.Evidence)
	if d.Kind == store.File {
		files = 1
	}
	if files == 0 || r.limits.Files || r.unsent == nil {
		return ""
	}
	var language string
	err := r.store.View(ctx, func(tx store.Reader) error {
		p, err := tx.PersonAt(d.To)
		language = p.Language
		return err
	})
	if err != nil {
		language = "" // somebody unknown, or the store is busy with worse
	}
	return r.unsent(language, files)
}
