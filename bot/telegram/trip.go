package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	json2 "github.com/go-json-experiment/json"
	json1 "github.com/go-json-experiment/json/v1"
)

// errRead keeps the library from reading an answer again: the call went well.
var errRead = errors.New("the result was read")

// trip is one request on its way. It gives the library's request a context,
// bounds the answer, remembers its status, which the library drops, and reads
// the result: the library would read it first and leave it to be read again.
type trip struct {
	ctx    context.Context // of this one request
	by     *http.Transport
	body   *bytes.Buffer // for the answer
	out    any           // where the result goes; nil: nowhere
	status int           // 0: no answer came
	unread bool          // the result did not fit into out
}

// Do sends the request. It follows no redirect, which would carry the token
// elsewhere, and its errors do not name the URL as those of http.Client do.
func (t *trip) Do(req *http.Request) (*http.Response, error) {
	resp, err := t.by.RoundTrip(req.WithContext(t.ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // what was read stays read
	t.status = resp.StatusCode
	t.body.Reset()

	if n := resp.ContentLength; n > 0 && n <= answerLimit {
		t.body.Grow(int(n) + bytes.MinRead)
	}

	// Read to its end an answer leaves its connection for the next request.
	if _, err := t.body.ReadFrom(io.LimitReader(resp.Body, answerLimit)); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}

	said := struct {
		OK     bool `json:"ok"`
		Result any  `json:"result"`
	}{Result: t.out}

	if t.out == nil {
		said.Result = new(presence)
	}

	err = json2.Unmarshal(t.body.Bytes(), &said, json1.DefaultOptionsV1()) // package json's rules in half its time
	if said.OK {
		t.unread = err != nil
		return nil, errRead
	}

	resp.Body = io.NopCloser(t.body) // the library makes an error of it
	return resp, nil
}
