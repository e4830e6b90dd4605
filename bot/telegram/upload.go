package telegram

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"danvan/bot/outbox"
	"danvan/store"
)

// What the Bot API takes of one upload.
const (
	photoUploadLimit = 10 << 20 // bytes
	fileUploadLimit  = 50 << 20
)

// upload sends a file that was made for the message. A picture that is too
// large to be shown goes as a file.
func (c *Channel) upload(ctx context.Context, d outbox.Delivery) (string, error) {
	method, field, action := "sendDocument", "document", "upload_document"
	switch {
	case len(d.Content) == 0 || len(d.Content) > fileUploadLimit:
		return "", errors.New("the file is empty, or larger than the Bot API takes")
	case d.Make != nil && (d.Make.Kind == store.Chart || d.Make.Kind == store.QR) && len(d.Content) <= photoUploadLimit:
		method, field, action = "sendPhoto", "photo", "upload_photo"
	}

	_ = c.act(ctx, d, action) // only for the eye
	p := c.params(d)
	if d.Text != "" {
		p["caption"] = d.Text
		if !d.Unformatted {
			p["parse_mode"] = "HTML"
		} else {
			p["caption"] = outbox.Words(d.Text)
		}
	}

	setMarkup(p, d.Message, c.plain.Load())
	var sent sentMessage
	if err := c.client.Upload(ctx, method, p, field, d.Name, bytes.NewReader(d.Content), &sent); err != nil {
		return "", err
	}

	return strconv.FormatInt(sent.ID, 10), nil
}
