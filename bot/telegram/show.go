package telegram

import (
	"context"
	"errors"
	"fmt"
	"html"
	"strconv"
	"unicode/utf16"

	"danvan/bot/outbox"
	"danvan/store"
)

const (
	albumLimit   = 10
	captionLimit = 1024 // UTF-16 units
)

// media is an item of an album.
type media struct {
	Type    string `json:"type"`
	Media   string `json:"media"`
	Caption string `json:"caption,omitempty"`
}

// methods send one file of a kind, under the field of the same name as the
// kind in the Bot API.
var methods = map[store.FileKind]string{
	store.Photo: "sendPhoto", store.Document: "sendDocument", store.Video: "sendVideo",
}

// show sends evidence again by its ids, then what an album cannot carry: long
// captions, and the text with the buttons. A file that the server refuses does not keep the
// others back.
func (c *Channel) show(ctx context.Context, d outbox.Delivery) (string, error) {
	if len(d.Evidence) == 0 {
		return c.say(ctx, d)
	}

	action := "upload_document"
	if d.Evidence[0].Kind == store.Photo {
		action = "upload_photo"
	}

	_ = c.act(ctx, d, action) // only for the eye
	var first string
	var refused error
	for _, album := range albums(d.Evidence) {
		remote, err := c.album(ctx, d, album)
		if first == "" {
			first = remote
		}
		if err != nil && !refusedFile(err) {
			return "", err
		}
		if err != nil {
			refused = err
			c.log.Error("evidence was refused", "message", d.ID, "err", err)
		}
	}

	for _, f := range d.Evidence {
		if f.Caption == caption(f) {
			continue
		}
		long := outbox.Delivery{Message: store.Message{To: d.To, Text: html.EscapeString(f.Caption), Protect: d.Protect}}
		if _, err := c.say(ctx, long); err != nil {
			return "", err
		}
	}

	if d.Text != "" {
		return c.say(ctx, d)
	}
	if first == "" {
		return "", refused
	}

	return first, nil
}

// album sends one album; when the server refuses it as a whole, each file by
// itself.
func (c *Channel) album(ctx context.Context, d outbox.Delivery, files []store.Evidence) (string, error) {
	if len(files) == 1 {
		return c.file(ctx, d, files[0])
	}

	remote, err := c.group(ctx, d, files)
	if err == nil || !refusedFile(err) {
		return remote, err
	}

	var refused error
	for _, f := range files {
		id, err := c.file(ctx, d, f)
		if err != nil && !refusedFile(err) {
			return "", err
		}
		if err != nil {
			refused = err
		}
		if remote == "" {
			remote = id
		}
	}

	return remote, refused
}

func (c *Channel) group(ctx context.Context, d outbox.Delivery, files []store.Evidence) (string, error) {
	items := make([]media, len(files))
	for i, f := range files {
		items[i] = media{Type: string(f.Kind), Media: f.ID, Caption: caption(f)}
	}

	p := c.params(d)
	p["media"] = writeJSON(items)
	var sent []sentMessage
	if err := c.client.Call(ctx, "sendMediaGroup", p, &sent); err != nil {
		return "", err
	}
	if len(sent) == 0 {
		return "", nil
	}

	return strconv.FormatInt(sent[0].ID, 10), nil
}

func (c *Channel) file(ctx context.Context, d outbox.Delivery, f store.Evidence) (string, error) {
	method := methods[f.Kind]
	if method == "" {
		return "", fmt.Errorf("kind of file %q is not known", f.Kind)
	}
	p := c.params(d)
	p[string(f.Kind)] = f.ID
	p.AddNonEmpty("caption", caption(f))
	var sent sentMessage
	if err := c.client.Call(ctx, method, p, &sent); err != nil {
		return "", err
	}
	return strconv.FormatInt(sent.ID, 10), nil
}

// caption is what the sender wrote under the file, as plain text; "" if it is
// longer than a bot may send, as subscribers can write them. Such a one
// follows as a message.
func caption(f store.Evidence) string {
	if len(utf16.Encode([]rune(f.Caption))) > captionLimit {
		return ""
	}
	return f.Caption
}

// albums cuts evidence into what one album takes: neighbours of one kind, at
// most ten.
func albums(files []store.Evidence) [][]store.Evidence {
	var cut [][]store.Evidence
	for from, i := 0, 1; i <= len(files); i++ {
		if i == len(files) || files[i].Kind != files[from].Kind || i-from == albumLimit {
			cut = append(cut, files[from:i])
			from = i
		}
	}
	return cut
}

// refusedFile reports whether the server will never take this file, so that the
// others are to go on without it.
func refusedFile(err error) bool {
	var f *outbox.Failure
	return errors.As(failure(err), &f) && !f.Retry && !f.Gone && f.Moved == ""
}
