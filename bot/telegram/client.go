package telegram

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
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

	connections = 60       // never more at once: 48 chats, the poll and 11 spinners
	answerLimit = 16 << 20 // bytes; a hundred of the largest updates fit
	fetchLimit  = 20 << 20 // bytes; the Bot API gives no larger files
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
	bodies    sync.Pool // of *bytes.Buffer
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
		return nil, errors.New("the Bot API server is not an http or https address") // which may hold a password
	}
	if token == "" || url.PathEscape(token) != token {
		return nil, errors.New("the token is empty or has characters that no token has")
	}

	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}
	c := &Client{
		endpoint: endpoint, token: token,
		// The default transport keeps two idle connections and would open one
		// for nearly every message. Every call's context bounds its answer.
		transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dialer.DialContext,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 10 * time.Second,
			MaxIdleConns:        connections,
			MaxIdleConnsPerHost: connections,
			MaxConnsPerHost:     connections,
			IdleConnTimeout:     90 * time.Second,
			DisableCompression:  true, // most answers are a few hundred bytes
		},
	}

	c.bodies.New = func() any { return new(bytes.Buffer) }
	c.api.Token = token
	c.api.SetAPIEndpoint(endpoint + "/bot%s/%s")
	return c, nil
}

// Close drops the idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Bot returns the id of the bot, which stands openly before its token's secret.
func (c *Client) Bot() string {
	id, _, _ := strings.Cut(c.token, ":")
	return id
}

// Redact returns s without the token.
func (c *Client) Redact(s string) string {
	return strings.ReplaceAll(s, c.token, "<token>")
}

// Call calls a method and reads its result into out, unless that is nil. Its
// error is an *Error, or context.Canceled when ctx was cancelled.
func (c *Client) Call(ctx context.Context, method string, p Params, out any) error {
	return c.call(ctx, callTime, method, p, out)
}

func (c *Client) call(ctx context.Context, limit time.Duration, method string, p Params, out any) error {
	return c.via(ctx, limit, method, out, func(api *tgbotapi.BotAPI) error {
		_, err := api.MakeRequest(method, p)
		return err
	})
}

// Upload calls a method with a file in one of its fields. The file goes under
// the given name, which must not be a path. After an error file may have been
// read in part; open it again to try again.
func (c *Client) Upload(ctx context.Context, method string, p Params, field, name string, file io.Reader, out any) error {
	return c.via(ctx, uploadTime, method, out, func(api *tgbotapi.BotAPI) error {
		_, err := api.UploadFiles(method, p, []tgbotapi.RequestFile{
			{Name: field, Data: tgbotapi.FileReader{Name: name, Reader: io.NopCloser(file)}},
		})
		return err
	})
}

// via lets the library make one request by a trip of its own.
func (c *Client) via(ctx context.Context, limit time.Duration, method string, out any, request func(*tgbotapi.BotAPI) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	body := c.bodies.Get().(*bytes.Buffer)
	defer c.bodies.Put(body)
	t := &trip{ctx: ctx, by: c.transport, body: body, out: out}
	api := c.api
	api.Client = t
	err := request(&api)
	if err != nil && !errors.Is(err, errRead) {
		return c.wrong(method, t.status, err)
	}
	if err == nil || t.unread {
		return &Error{Method: method, Code: t.status, Description: "the result is not what the method returns"}
	}

	return nil
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
	const method = "file"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/file/bot"+c.token+"/"+file.Path, nil)
	if err != nil {
		return c.wrong(method, 0, err)
	}

	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return c.wrong(method, 0, err)
	}
	defer func() { _ = resp.Body.Close() }() // what was read stays read

	if resp.StatusCode != http.StatusOK {
		return c.wrong(method, resp.StatusCode, errors.New("no file came"))
	}

	n, err := io.Copy(w, io.LimitReader(resp.Body, fetchLimit+1))
	if err != nil {
		return c.wrong(method, resp.StatusCode, err)
	}
	if n > fetchLimit {
		return &Error{Method: method, Code: resp.StatusCode, Description: "the file is larger than the Bot API gives"}
	}

	return nil
}
