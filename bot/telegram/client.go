package telegram

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	// Endpoint is where Telegram's own Bot API server is.
	Endpoint = "https://api.telegram.org"

	// Close to its limits the server holds a request for about 15 s and then
	// does it. Whoever gives up earlier sends twice.
	callTime   = 35 * time.Second
	uploadTime = 100 * time.Second
	pollTime   = 50 * time.Second // the server's own maximum

	connections  = 64       // never more at once
	answerLimit  = 16 << 20 // bytes; a hundred of the largest updates fit
	fetchLimit   = 20 << 20 // bytes; the Bot API gives no larger files
	leftoverSize = 64 << 10 // bytes read after an answer so that its connection is used again
)

// Params are a call's parameters as the Bot API takes them: numbers in
// decimal, true as "true", objects as JSON.
type Params = tgbotapi.Params

// Client calls a Bot API server. It connects when it is first used.
type Client struct {
	api       tgbotapi.BotAPI // copied for every call
	endpoint  string
	token     string
	transport *http.Transport
}

// NewClient returns a client for a bot's token and a server; "" is Endpoint.
// The proxy is taken from the environment.
func NewClient(token, endpoint string) (*Client, error) {
	if endpoint == "" {
		endpoint = Endpoint
	}
	endpoint = strings.TrimRight(endpoint, "/")
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Contains(endpoint, "%") {
		return nil, fmt.Errorf("endpoint %q is not an http or https address", endpoint)
	}
	if token == "" || url.PathEscape(token) != token {
		return nil, errors.New("the token is empty or has characters that no token has")
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}
	c := &Client{
		endpoint: endpoint, token: token,
		// The default transport keeps two idle connections and would open one
		// for nearly every message.
		transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           dialer.DialContext,
			TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: pollTime + 20*time.Second,
			MaxIdleConns:          connections,
			MaxIdleConnsPerHost:   connections,
			MaxConnsPerHost:       connections,
			IdleConnTimeout:       90 * time.Second,
		},
	}
	c.api.Token = token
	c.api.SetAPIEndpoint(endpoint + "/bot%s/%s")
	return c, nil
}

// Close drops the idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Redact returns s without the token.
func (c *Client) Redact(s string) string {
	return strings.ReplaceAll(s, c.token, "<token>")
}

// Call calls a method and reads its result into out, unless that is nil. Its
// error is an *Error, or context.Canceled when ctx was cancelled.
func (c *Client) Call(ctx context.Context, method string, p Params, out any) error {
	result, err := c.ask(ctx, callTime, method, p)
	if err != nil || out == nil {
		return err
	}
	return c.read(method, result, out)
}

// Upload calls a method with a file in one of its fields. The file goes under
// the given name, which must not be a path.
func (c *Client) Upload(ctx context.Context, method string, p Params, field, name string, file io.Reader, out any) error {
	ctx, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	trip := &trip{ctx: ctx, by: c.transport, limit: answerLimit}
	api := c.api
	api.Client = trip
	resp, err := api.UploadFiles(method, p, []tgbotapi.RequestFile{
		{Name: field, Data: tgbotapi.FileReader{Name: name, Reader: io.NopCloser(file)}},
	})
	if err != nil {
		return c.wrong(method, trip, err)
	}
	if out == nil {
		return nil
	}
	return c.read(method, resp.Result, out)
}

// Fetch writes the content of a file that somebody sent to w; at most 20 MB,
// which is all that the Bot API gives.
func (c *Client) Fetch(ctx context.Context, id string, w io.Writer) error {
	var file struct {
		Path string `json:"file_path"`
	}
	if err := c.Call(ctx, "getFile", Params{"file_id": id}, &file); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	trip := &trip{ctx: ctx, by: c.transport, limit: fetchLimit + 1}
	req, err := http.NewRequest(http.MethodGet, c.endpoint+"/file/bot"+c.token+"/"+file.Path, nil)
	if err != nil {
		return c.wrong("file", trip, err)
	}
	resp, err := trip.Do(req)
	if err != nil {
		return c.wrong("file", trip, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return c.wrong("file", trip, errors.New("no file came"))
	}
	n, err := io.Copy(w, resp.Body)
	if err != nil {
		return c.wrong("file", trip, err)
	}
	if n > fetchLimit {
		return &Error{Method: "file", Description: "the file is larger than the Bot API gives"}
	}
	return nil
}

// ask calls a method and returns its result as it came.
func (c *Client) ask(ctx context.Context, limit time.Duration, method string, p Params) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	trip := &trip{ctx: ctx, by: c.transport, limit: answerLimit}
	api := c.api
	api.Client = trip
	resp, err := api.MakeRequest(method, p)
	if err != nil {
		return nil, c.wrong(method, trip, err)
	}
	return resp.Result, nil
}

func (c *Client) read(method string, result json.RawMessage, out any) error {
	if err := json.Unmarshal(result, out); err != nil {
		return &Error{Method: method, Code: http.StatusOK, Description: "the result is not what the method returns"}
	}
	return nil
}

// trip is one request on its way: it gives the library's request a context,
// bounds the answer and remembers its status, which the library drops.
type trip struct {
	ctx    context.Context // of this one call
	by     *http.Transport
	limit  int64 // bytes read of the answer
	status int   // 0: no answer came
}

// Do sends the request. It follows no redirect, which would carry the token
// elsewhere, and its errors do not name the URL as http.Client's do.
func (t *trip) Do(req *http.Request) (*http.Response, error) {
	resp, err := t.by.RoundTrip(req.WithContext(t.ctx))
	if err != nil {
		return nil, err
	}
	t.status = resp.StatusCode
	resp.Body = &answer{Reader: io.LimitReader(resp.Body, t.limit), body: resp.Body}
	return resp, nil
}

// answer is a body that is read to its end when it is closed: only then its
// connection can be used again.
type answer struct {
	io.Reader
	body io.ReadCloser
}

func (a *answer) Close() error {
	// What is longer, or fails, costs the connection and nothing else.
	_, _ = io.CopyN(io.Discard, a.body, leftoverSize)
	return a.body.Close()
}
