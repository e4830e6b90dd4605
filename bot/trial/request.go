package trial

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxBody is what one request may carry: Telegram takes 50 MB of files.
const maxBody = maxUpload + 1<<20

// call is one request of the bot: all parameters as text, objects as JSON.
type call struct {
	ctx    context.Context
	params map[string]string
	files  map[string]upload
}

type upload struct {
	name string
	mime string
	data []byte
}

// readCall takes parameters from the query and from a form, multipart or JSON
// body. A null is the same as nothing.
func readCall(w http.ResponseWriter, r *http.Request) (*call, error) {
	c := &call{ctx: r.Context(), params: map[string]string{}, files: map[string]upload{}}
	c.take(r.URL.Query())
	if r.Body == nil || r.Method == http.MethodGet {
		return c, nil
	}

	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	kind, attributes, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/json":
		err = c.readJSON(r.Body)
	case "multipart/form-data":
		err = c.readMultipart(multipart.NewReader(r.Body, attributes["boundary"]))
	default:
		err = c.readForm(r.Body)
	}

	if tooBig := new(http.MaxBytesError); errors.As(err, &tooBig) {
		return nil, &apiError{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	}

	return c, err
}

func (c *call) take(values url.Values) {
	for name, list := range values {
		if len(list) > 0 && list[0] != "null" {
			c.params[name] = list[0]
		}
	}
}

func (c *call) readForm(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("reading a form: %w", err)
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return badRequest("can't parse the form")
	}
	c.take(values)
	return nil
}

func (c *call) readJSON(body io.Reader) error {
	var fields map[string]json.RawMessage
	raw, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("reading a JSON body: %w", err)
	}
	if len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return badRequest("can't parse JSON object")
	}

	for name, value := range fields {
		var text string
		switch {
		case string(value) == "null":
		case json.Unmarshal(value, &text) == nil:
			c.params[name] = text
		default:
			c.params[name] = string(value)
		}
	}

	return nil
}

func (c *call) readMultipart(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a multipart body: %w", err)
		}

		var body bytes.Buffer // which grows faster than io.ReadAll: files are big
		if _, err := body.ReadFrom(part); err != nil {
			return fmt.Errorf("reading a part: %w", err)
		}

		name := part.FormName()
		if part.FileName() != "" {
			c.files[name] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: body.Bytes()}
		} else if body.String() != "null" {
			c.params[name] = body.String()
		}
	}
}

// attached says that some parameter refers to the file as attach://name.
func (c *call) attached(name string) bool {
	for _, v := range c.params {
		if strings.Contains(v, "attach://"+name) {
			return true
		}
	}
	return false
}

// The readers below rely on the specification having been checked.

func (c *call) text(name string) string { return c.params[name] }

func (c *call) has(name string) bool { _, ok := c.params[name]; return ok }

func (c *call) integer(name string) int64 {
	n, err := strconv.ParseInt(c.params[name], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (c *call) float(name string) float64 {
	f, err := strconv.ParseFloat(c.params[name], 64)
	if err != nil {
		return 0
	}
	return f
}

func (c *call) flag(name string) bool {
	v, _ := boolean(c.params[name])
	return v
}

// object decodes a JSON parameter; it leaves v alone when there is none.
func (c *call) object(name string, v any) error {
	raw, ok := c.params[name]
	if !ok || raw == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(raw), v); err != nil {
		return badRequest("can't parse %s", name)
	}
	return nil
}

// clamp returns the integer within bounds, or the default when it is absent.
func (c *call) clamp(name string, low, high, otherwise int64) int {
	if !c.has(name) {
		return int(otherwise)
	}
	return int(min(max(c.integer(name), low), high))
}

// one of the words, or not.
func oneOf(s string, words ...string) bool { return slices.Contains(words, s) }
