package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/locales"

	"github.com/alecthomas/kong"
)

// tokenVariable names the environment variable with the bot's token. A secret
// comes by environment or file, never by flag: flags are seen by every process
// of the machine.
const tokenVariable = "DANVAN_TELEGRAM_TOKEN"

// storeConfig says where the records are and how danvan speaks.
type storeConfig struct {
	Data     string `help:"The store's file." env:"DANVAN_DATA" default:"danvan.db" type:"path" placeholder:"FILE"`
	TimeZone string `help:"Where a day begins and ends." env:"DANVAN_TIME_ZONE" default:"Asia/Ho_Chi_Minh" placeholder:"ZONE"`
	MaxSize  int64  `help:"How large the store may get, in MiB; 0: no bound." env:"DANVAN_MAX_SIZE" default:"0" placeholder:"MIB"`
	Language string `help:"The language of people who have not chosen: vi or en." env:"DANVAN_LANGUAGE" default:"vi" enum:"vi,en"`
	Log      string `help:"The level of the log: debug, info, warn or error." env:"DANVAN_LOG" default:"info" enum:"debug,info,warn,error"`

	existing bool // no new store is made: what a command does to one would be lost on a wrong path
}

// telegramConfig says how to reach Telegram; files are fetched from the same
// server.
type telegramConfig struct {
	TokenFile string `help:"The file of the bot's token; or set DANVAN_TELEGRAM_TOKEN." env:"TOKEN_FILE" type:"path" placeholder:"FILE"`
	API       string `help:"The Bot API server; HTTPS_PROXY is honoured." env:"API" default:"https://api.telegram.org" placeholder:"URL"`
}

// webhookConfig says where Telegram posts updates, if it does.
type webhookConfig struct {
	WebhookURL string `help:"The https address to which Telegram posts; none: it is asked." env:"DANVAN_WEBHOOK_URL" placeholder:"URL"`
	Listen     string `help:"Where posts arrive, from a TLS proxy." env:"DANVAN_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// config is the whole configuration.
type config struct {
	storeConfig    `embed:""`
	telegramConfig `embed:"" prefix:"telegram-" envprefix:"DANVAN_TELEGRAM_"`
	webhookConfig  `embed:""`
	backupConfig   `embed:"" prefix:"backup-" envprefix:"DANVAN_BACKUP_"`
}

// token returns the bot's token; "" when none was given.
func (c telegramConfig) token() (string, error) {
	if t := strings.TrimSpace(os.Getenv(tokenVariable)); t != "" {
		return t, nil
	}
	if c.TokenFile == "" {
		return "", nil
	}
	info, err := os.Stat(c.TokenFile)
	if err == nil && runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o007 != 0 {
		return "", fmt.Errorf("%s is open to everybody on this machine: chmod 600 it, and have @BotFather make a new token", c.TokenFile)
	}
	b, err := os.ReadFile(c.TokenFile)
	if err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// zone loads the time zone.
func (c storeConfig) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("DANVAN_TIME_ZONE: %w", err)
	}
	return zone, nil
}

// logger writes to w what is at least of the configured level. secrets are
// kept out of every record.
func (c storeConfig) logger(w io.Writer, secrets ...string) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Log)); err != nil {
		level = slog.LevelInfo
	}

	secrets = slices.DeleteFunc(secrets, func(s string) bool { return s == "" })
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			text := a.Value.String()
			for _, s := range secrets {
				if strings.Contains(text, s) {
					text = strings.ReplaceAll(text, s, redacted)
					a.Value = slog.StringValue(text)
				}
			}
			return a
		},
	}))
}

// words loads the catalogues.
func words() (*locales.Catalogue, error) { return locales.Load() }

// redacted stands for a secret wherever one would be printed.
const redacted = "<redacted>"

// configCommand prints what run would use.
type configCommand struct {
	config `embed:""`
}

// Run prints every setting with its value; a secret is only said to be there.
func (c *configCommand) Run(k *kong.Context) error {
	token, err := c.token()
	if err != nil {
		return err
	}

	shown := "(none)"
	if token != "" {
		shown = redacted
	}

	api, err := withoutPassword(c.API)
	if err != nil {
		return err
	}

	hook, err := withoutPassword(c.WebhookURL)
	if err != nil {
		return err
	}

	proxy, err := proxyTo(c.API)
	if err != nil {
		return err
	}

	for _, line := range [][2]string{
		{tokenVariable, shown}, {"DANVAN_TELEGRAM_TOKEN_FILE", c.TokenFile}, {"DANVAN_TELEGRAM_API", api}, {"HTTPS_PROXY", proxy},
		{"DANVAN_WEBHOOK_URL", hook}, {"DANVAN_LISTEN", c.Listen},
		{"DANVAN_DATA", c.Data}, {"DANVAN_MAX_SIZE", strconv.FormatInt(c.MaxSize, 10)},
		{"DANVAN_BACKUP_DIR", c.Dir}, {"DANVAN_BACKUP_KEEP", strconv.Itoa(c.Keep)},
		{"DANVAN_BACKUP_RECIPIENTS", strings.Join(c.Recipients, ",")},
		{"DANVAN_TIME_ZONE", c.TimeZone}, {"DANVAN_LANGUAGE", c.Language}, {"DANVAN_LOG", c.Log},
	} {
		tell(k.Stdout, line[0]+"="+line[1])
	}

	_, err = c.zone()
	return err
}

// proxyTo prints the proxy through which an address is reached, as the
// environment has it; "" when there is none.
func proxyTo(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errNoURL
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
	switch {
	case err != nil: // its text quotes the password
		return "", errNoURL
	case proxy == nil:
		return "", nil
	}
	return proxy.Redacted(), nil
}

// errNoURL does not quote the address: it may hold a password.
var errNoURL = errors.New("an address in the configuration is not a URL")

// withoutPassword prints an address without the password that it may hold.
func withoutPassword(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errNoURL
	}
	return u.Redacted(), nil
}
