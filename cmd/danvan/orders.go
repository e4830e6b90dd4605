package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"danvan/bot/campaigns"
	"danvan/bot/enrol"
	"danvan/bot/exchange"
	"danvan/bot/report"
	"danvan/bot/sheet"
	"danvan/bot/tracking"
	"danvan/bot/units"
	"danvan/store"
	"danvan/store/bolt"
)

// orders is what the command line asks of a house. One process owns the store
// at a time: when the bot runs, it takes the orders over a socket beside the
// store; when it does not, the command opens the store itself.
type orders interface {
	ImportUnits(ctx context.Context, o units.Order) (units.Changes, error)
	UndoUnits(ctx context.Context, dry bool) (units.Undone, error)
	Units(ctx context.Context, root store.UnitCode, day store.Date) (unitsListed, error)
	ImportCampaign(ctx context.Context, c store.Campaign, dry bool) (campaigns.Changes, error)
	ImportModels(ctx context.Context, o exchange.Order) (exchange.Sorted, error)
	UndoModels(ctx context.Context, dry bool) (exchange.Undone, error)
	Export(ctx context.Context, of exportOrder) (exported, error)
	Invite(ctx context.Context, o inviteOrder) (invitation, error)
	InviteList(ctx context.Context, o listInviteOrder) (invited, error)
	Portfolio(ctx context.Context, o portfolioOrder) (enrol.Watching, error)
	Schedule(ctx context.Context, until time.Time, lang string) ([]string, error)
	Backup(ctx context.Context, o backupOrder) (bolt.Holdings, error)
}

// ImportUnits imports a list of units.
func (h *house) ImportUnits(ctx context.Context, o units.Order) (units.Changes, error) {
	return units.Import(ctx, h.bot, o, h.now())
}

// UndoUnits takes the last import of units back.
func (h *house) UndoUnits(ctx context.Context, dry bool) (units.Undone, error) {
	return units.Undo(ctx, h.bot, h.now(), dry)
}

// Units lists the units of a day; of today for the zero Date.
func (h *house) Units(ctx context.Context, root store.UnitCode, day store.Date) (unitsListed, error) {
	if day.IsZero() {
		day = store.DateOf(h.now().In(h.bot.Zone))
	}
	o, err := h.bot.Book().Refresh(ctx, h.store)
	if err != nil {
		return unitsListed{}, err
	}
	list, known := units.Listed(o, root, day)
	return unitsListed{list, known, day}, nil
}

// ImportCampaign imports a campaign.
func (h *house) ImportCampaign(ctx context.Context, c store.Campaign, dry bool) (campaigns.Changes, error) {
	return campaigns.Import(ctx, h.bot, c, h.now(), dry)
}

// ImportModels brings a table of models in.
func (h *house) ImportModels(ctx context.Context, o exchange.Order) (exchange.Sorted, error) {
	defer h.wake()
	return exchange.Import(ctx, h.bot, o, h.now())
}

// UndoModels takes the last table of models back.
func (h *house) UndoModels(ctx context.Context, dry bool) (exchange.Undone, error) {
	return exchange.Undo(ctx, h.bot, 0, 0, h.now(), dry)
}

// Export makes a file of what there is now.
func (h *house) Export(ctx context.Context, of exportOrder) (exported, error) {
	var err error
	if of.Wanted.AsOf = h.now(); len(of.States) > 0 {
		if of.Wanted.States, err = exchange.StatesNamed(h.bot, of.Wanted.Language, of.States); err != nil {
			return exported{}, err
		}
	}
	_, content, err := exchange.Export(ctx, h.bot, of.Wanted)
	return exported{content}, err
}

// Schedule says what would be sent until an instant, a line each.
func (h *house) Schedule(ctx context.Context, until time.Time, lang string) ([]string, error) {
	sends, err := h.clock.Preview(ctx, h.now(), until)
	if err != nil {
		return nil, err
	}
	return tracking.Describe(ctx, h.bot, lang, sends, h.now())
}

// errNoLink says that an invitation was not made, because it was to have a link.
var errNoLink = errors.New("the bot's name is not known, so there are no links: give the token, or reach Telegram first")

// Invite makes an invitation.
func (h *house) Invite(ctx context.Context, o inviteOrder) (invitation, error) {
	if o.Linked && h.link("code") == "" {
		return invitation{}, fmt.Errorf("--qr: %w", errNoLink)
	}
	made, err := enrol.Invite(ctx, h.bot, enrol.Wanted{Unit: o.Unit, Role: o.Role, Seat: o.Seat, Life: o.Life}, h.now())
	if err != nil {
		return invitation{}, err
	}
	inv := invitation{Code: made.Code, Expires: made.Expires, Link: h.link(made.Code), Seat: made.Seat.ID}
	if made.Seat.Holder == 0 {
		return inv, nil
	}
	return inv, h.store.View(ctx, func(r store.Reader) error {
		holder, err := r.Person(made.Seat.Holder)
		inv.Held, inv.Holder = true, holder.Name
		return err
	})
}

// invited is what inviting a list came to, and the invitations that were made.
type invited struct {
	Came   enrol.Came    `json:"came"`
	Passes []report.Pass `json:"passes,omitempty"`
	At     time.Time     `json:"at"`
}

// InviteList invites a list of people, or says what that would come to.
func (h *house) InviteList(ctx context.Context, o listInviteOrder) (out invited, err error) {
	out.At = h.now()
	if o.Dry {
		out.Came, err = enrol.Compare(ctx, h.bot, o.ListOrder, out.At)
		return out, err
	}
	if h.link("code") == "" {
		return out, fmt.Errorf("--from: %w", errNoLink)
	}

	came, made, err := enrol.InviteList(ctx, h.bot, o.ListOrder, out.At)
	if out.Came = came; err != nil || len(made) == 0 {
		return out, err
	}
	org, err := h.bot.Book().Refresh(ctx, h.store)
	if err != nil {
		return out, err
	}
	voice := h.bot.Voice(cmp.Or(o.Language, h.language))
	out.Passes = enrol.Passes(org.On(store.DateOf(out.At.In(h.bot.Zone))), voice, made, h.link)
	return out, nil
}

// Portfolio says what a seat looks after, and sets it.
func (h *house) Portfolio(ctx context.Context, o portfolioOrder) (enrol.Watching, error) {
	if !o.Set {
		o.Parts = nil
	} else if o.Parts == nil {
		o.Parts = []string{}
	}
	return enrol.Portfolio(ctx, h.bot, o.Post, o.Parts, cmp.Or(o.Language, h.language), store.Audit{At: h.now()})
}

// withOrders runs do against whoever owns the store: the bot, if somebody
// listens at its socket, which is quicker to find out than the lock.
func withOrders(c config, do func(orders) error) error {
	client := newOrderClient(socketPath(c.Data))
	if client.answers() {
		return do(client)
	}

	log := c.logger(os.Stderr)
	c.existing = true
	h, err := open(c.storeConfig, time.Now, log)
	if errors.Is(err, store.ErrInUse) {
		return do(client)
	}
	if err != nil {
		return err
	}

	return errors.Join(do(&lone{h, c.telegramConfig}), h.close())
}

// lone is a house that only carries out an order: it has no channel until an
// invitation wants a link.
type lone struct {
	*house
	telegram telegramConfig
}

// Invite makes an invitation, with a link if a channel can be asked now. A house
// without a token or a network gives the code alone.
func (l *lone) Invite(ctx context.Context, o inviteOrder) (invitation, error) {
	l.learn(ctx)
	return l.house.Invite(ctx, o)
}

// InviteList invites a list, if a channel can be asked now for what its links need.
func (l *lone) InviteList(ctx context.Context, o listInviteOrder) (invited, error) {
	if !o.Dry {
		l.learn(ctx)
	}
	return l.house.InviteList(ctx, o)
}

// learn asks the channels what their links need, if there is a token.
func (l *lone) learn(ctx context.Context) {
	token, err := l.telegram.token()
	if err == nil && token != "" && l.connect(token, l.telegram.API) == nil {
		asking, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		for _, c := range l.channels {
			_ = c.learn(asking)
		}
	}
}

const socketFolder = "danvan-"

// makeSocketFolder makes the folder of a socket that does not lie beside the store.
// One that others can write to, or put there, is none.
func makeSocketFolder(path string) error {
	dir := filepath.Dir(path)
	if !strings.HasPrefix(filepath.Base(dir), socketFolder) || filepath.Dir(dir) != filepath.Clean(os.TempDir()) {
		return nil
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err == nil && (!info.IsDir() || info.Mode().Perm() != 0o700) {
		err = fmt.Errorf("%s is not a folder of ours", dir)
	}
	return err
}

// socketPath is where a running bot takes orders: beside the store, or, where
// that path is longer than a socket's may be, in a folder of its own among the
// temporary files.
func socketPath(data string) string {
	path := data + ".sock"
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if len(path) < 100 {
		return path
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(os.TempDir(), socketFolder+hex.EncodeToString(sum[:8]), "orders.sock")
}

// What goes over the socket.
type (
	undoOrder struct {
		Dry bool `json:"dry"`
	}
	listOrder struct {
		Root store.UnitCode `json:"root"`
		Day  store.Date     `json:"day"`
	}
	// unitsListed are the units of a day; without Known there is no such root.
	unitsListed struct {
		Units []store.Unit `json:"units"`
		Known bool         `json:"known"`
		Day   store.Date   `json:"day"`
	}
	campaignOrder struct {
		Campaign store.Campaign `json:"campaign"`
		Dry      bool           `json:"dry"`
	}
	exportOrder struct {
		Wanted exchange.Wanted `json:"wanted"`
		States []string        `json:"states,omitempty"` // as they were typed
	}
	exported struct {
		Content []byte `json:"content"`
	}
	scheduleOrder struct {
		Until    time.Time `json:"until"`
		Language string    `json:"language"`
	}
	backupOrder struct {
		Path string   `json:"path"`
		To   []string `json:"to,omitempty"` // recipients
	}
	inviteOrder struct {
		Unit store.UnitCode `json:"unit"`
		Role store.Role     `json:"role"`
		Seat store.PostID   `json:"seat,omitempty"` // to hand over
		Life time.Duration  `json:"life"`
		// Linked says that without a link no invitation is wanted.
		Linked bool `json:"linked,omitempty"`
	}
	// portfolioOrder asks what a seat looks after; with Set that is Parts from now on.
	portfolioOrder struct {
		Post     store.PostID
		Parts    []string
		Set      bool
		Language string
	}
	listInviteOrder struct {
		enrol.ListOrder
		Dry      bool
		Language string
	}
)

// orderServer takes orders for a running house.
type orderServer struct {
	listener net.Listener
	server   http.Server
	log      interface{ Error(string, ...any) }
}

// listenForOrders listens on the socket. The store's lock is held, so a socket
// that is there already is a dead process's.
func listenForOrders(path string, h *house) (*orderServer, error) {
	if err := makeSocketFolder(path); err != nil {
		return nil, fmt.Errorf("make a folder for the socket for orders: %w", err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("clear the socket for orders: %w", err)
	}

	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for orders: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the socket for orders private: %w", err), l.Close())
	}

	mux := http.NewServeMux()
	mux.Handle("POST /units", order(h.ImportUnits))
	mux.Handle("POST /units/undo", order(func(ctx context.Context, o undoOrder) (units.Undone, error) {
		return h.UndoUnits(ctx, o.Dry)
	}))
	mux.Handle("POST /units/list", order(func(ctx context.Context, o listOrder) (unitsListed, error) {
		return h.Units(ctx, o.Root, o.Day)
	}))
	mux.Handle("POST /campaign", order(func(ctx context.Context, o campaignOrder) (campaigns.Changes, error) {
		return h.ImportCampaign(ctx, o.Campaign, o.Dry)
	}))

	mux.Handle("POST /models", order(h.ImportModels))
	mux.Handle("POST /models/undo", order(func(ctx context.Context, o undoOrder) (exchange.Undone, error) {
		return h.UndoModels(ctx, o.Dry)
	}))
	mux.Handle("POST /export", order(h.Export))
	mux.Handle("POST /schedule", order(func(ctx context.Context, o scheduleOrder) ([]string, error) {
		return h.Schedule(ctx, o.Until, o.Language)
	}))

	mux.Handle("POST /invite", order(func(ctx context.Context, o inviteOrder) (invitation, error) {
		return h.Invite(ctx, o)
	}))
	mux.Handle("POST /portfolio", order(func(ctx context.Context, o portfolioOrder) (enrol.Watching, error) {
		return h.Portfolio(ctx, o)
	}))
	mux.Handle("POST /invite/list", order(func(ctx context.Context, o listInviteOrder) (invited, error) {
		return h.InviteList(ctx, o)
	}))

	mux.Handle("POST /backup", order(h.Backup))

	return &orderServer{listener: l, server: http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}, log: h.log}, nil
}

// serve takes orders until ctx ends, and finishes the one at hand.
func (s *orderServer) serve(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
		defer cancel()
		if err := s.server.Shutdown(closing); err != nil {
			s.log.Error("stop taking orders", "error", err)
		}
	}()

	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		s.log.Error("take orders", "error", err)
		return
	}

	<-done
}

// The statuses of orders about a unit or a seat that does not exist.
const (
	noUnit = http.StatusGone
	noSeat = http.StatusNotFound
)

// order answers one kind of order: JSON in, JSON out, an error as plain text.
func order[In, Out any](do func(context.Context, In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 2*sheet.MaxBytes)).Decode(&in); err != nil {
			http.Error(w, "read the order: "+err.Error(), http.StatusBadRequest)
			return
		}

		out, err := do(r.Context(), in)
		switch {
		case errors.Is(err, enrol.ErrNoUnit):
			http.Error(w, err.Error(), noUnit)
			return
		case errors.Is(err, enrol.ErrNoSeat):
			http.Error(w, err.Error(), noSeat)
			return
		case err != nil:
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}

		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(out) // who gave the order may have gone away
	}
}

// orderClient gives orders to a running house.
type orderClient struct {
	path string
	http http.Client
}

func newOrderClient(path string) *orderClient {
	var d net.Dialer
	return &orderClient{path: path, http: http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return d.DialContext(ctx, "unix", path) },
	}}}
}

// answers reports whether somebody listens at the socket.
func (c *orderClient) answers() bool {
	conn, err := net.Dial("unix", c.path)
	return err == nil && conn.Close() == nil
}

func (c *orderClient) ImportUnits(ctx context.Context, o units.Order) (out units.Changes, err error) {
	return out, c.give(ctx, "units", o, &out)
}

func (c *orderClient) UndoUnits(ctx context.Context, dry bool) (out units.Undone, err error) {
	return out, c.give(ctx, "units/undo", undoOrder{dry}, &out)
}

func (c *orderClient) Units(ctx context.Context, root store.UnitCode, day store.Date) (out unitsListed, err error) {
	return out, c.give(ctx, "units/list", listOrder{root, day}, &out)
}

func (c *orderClient) ImportCampaign(ctx context.Context, plan store.Campaign, dry bool) (out campaigns.Changes, err error) {
	return out, c.give(ctx, "campaign", campaignOrder{plan, dry}, &out)
}

func (c *orderClient) ImportModels(ctx context.Context, o exchange.Order) (out exchange.Sorted, err error) {
	return out, c.give(ctx, "models", o, &out)
}

func (c *orderClient) UndoModels(ctx context.Context, dry bool) (out exchange.Undone, err error) {
	return out, c.give(ctx, "models/undo", undoOrder{dry}, &out)
}

func (c *orderClient) Export(ctx context.Context, of exportOrder) (out exported, err error) {
	return out, c.give(ctx, "export", of, &out)
}

func (c *orderClient) Schedule(ctx context.Context, until time.Time, lang string) (out []string, err error) {
	return out, c.give(ctx, "schedule", scheduleOrder{until, lang}, &out)
}

func (c *orderClient) Invite(ctx context.Context, o inviteOrder) (out invitation, err error) {
	return out, c.give(ctx, "invite", o, &out)
}

func (c *orderClient) InviteList(ctx context.Context, o listInviteOrder) (out invited, err error) {
	return out, c.give(ctx, "invite/list", o, &out)
}

func (c *orderClient) Backup(ctx context.Context, o backupOrder) (out bolt.Holdings, err error) {
	return out, c.give(ctx, "backup", o, &out)
}

func (c *orderClient) Portfolio(ctx context.Context, o portfolioOrder) (out enrol.Watching, err error) {
	return out, c.give(ctx, "portfolio", o, &out)
}

func (c *orderClient) give(ctx context.Context, name string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}

	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://danvan/"+name, bytes.NewReader(body))
	if err != nil {
		return err
	}

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("another process has the store and takes no orders: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // what was read stays read

	if resp.StatusCode != http.StatusOK {
		text, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
		switch resp.StatusCode {
		case noUnit:
			return fmt.Errorf("%s: %w", bytes.TrimSpace(text), enrol.ErrNoUnit)
		case noSeat:
			return fmt.Errorf("%s: %w", bytes.TrimSpace(text), enrol.ErrNoSeat)
		}
		return errors.Join(errors.New(string(bytes.TrimSpace(text))), err)
	}

	return json.NewDecoder(resp.Body).Decode(out)
}
