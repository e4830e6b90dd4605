package trial

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server plays Telegram for one bot. It is an http.Handler and safe for use by
// many goroutines; see the package documentation.
type Server struct {
	config Config
	spec   *spec
	bot    *User
	page   http.Handler
	hub    hub
	call   func(name string, sh *shape, c *call) (any, error) // run, for what stands in the answer to a post

	over    context.Context // ends when the server closes
	stop    context.CancelFunc
	workers sync.WaitGroup

	// mu guards everything below. It is held for moments only: never while
	// waiting, while talking to anyone or while encoding an answer.
	mu      sync.Mutex
	chats   map[int64]*chat
	queue   queue
	poll    pollState
	hook    *webhook
	queries map[string]*pressed
	files   fileStore
	profile profile
	serial  int64 // of albums and taps
}

// New returns a server for the people of the configuration. Close it.
func New(config Config) (*Server, error) {
	config, err := config.ready()
	if err != nil {
		return nil, err
	}

	sp, err := loadSpec()
	if err != nil {
		return nil, err
	}

	s := &Server{
		config:  config,
		spec:    sp,
		bot:     &User{ID: config.Bot.ID, IsBot: true, FirstName: config.Bot.Name, Username: config.Bot.Username},
		chats:   map[int64]*chat{},
		queue:   newQueue(int64(config.Earlier)),
		queries: map[string]*pressed{},
		files:   newFileStore(),
		profile: newProfile(),
	}

	s.over, s.stop = context.WithCancel(context.Background())
	for _, p := range config.People {
		s.chats[p.ID] = newChat(p, config.Earlier+1)
	}

	s.page, s.call = s.newPage(), s.run
	return s, nil
}

// Close ends long polls, event streams and webhook deliveries, and waits for
// the goroutines of the server.
func (s *Server) Close() {
	s.stop()
	s.workers.Wait()
}

// ServeHTTP answers the Bot API, its files and the page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/bot"):
		s.serveMethod(w, r)
	case strings.HasPrefix(r.URL.Path, "/file/bot"):
		s.serveFile(w, r)
	default:
		s.page.ServeHTTP(w, r)
	}
}

func (s *Server) now() time.Time { return s.config.Clock() }

// pause returns after the time, or when the caller or the server ends.
func (s *Server) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-s.over.Done():
	}
}

// next returns a number that was not given before; s.mu is held.
func (s *Server) next() int64 {
	s.serial++
	return s.serial
}
