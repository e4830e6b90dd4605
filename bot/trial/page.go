package trial

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// shownMessage is a message as the page reads it: the Bot API's form, with what
// only the person sees.
type shownMessage struct {
	*Message
	Edited    bool     `json:"edited,omitempty"`
	Reactions []string `json:"reactions,omitempty"`
}

func show(m *Message) shownMessage { return shownMessage{m, m.Edited, m.Reactions} }

// chatState is all about a person's chat except its messages.
type chatState struct {
	ID          int64             `json:"id"`
	First       string            `json:"first"`
	Last        string            `json:"last"`
	Phone       string            `json:"phone"`
	Note        map[string]string `json:"note"`
	Started     bool              `json:"started"`
	Blocked     bool              `json:"blocked"`
	Keyboard    *ReplyKeyboard    `json:"keyboard"`
	LaidBy      int               `json:"keyboard_message"` // each keyboard opens anew, even an equal one
	Asked       *Asked            `json:"asked"`
	Pinned      []shownMessage    `json:"pinned"`
	Unread      int               `json:"unread"`
	Commands    []Command         `json:"commands"`
	BotName     string            `json:"bot_name"`
	Description string            `json:"description"`
}

// state describes a chat; s.mu is held.
func (s *Server) state(ch *chat) *chatState {
	p := ch.person
	st := &chatState{
		ID: p.ID, First: p.First, Last: p.Last, Phone: p.Phone, Note: p.Note,
		Started: ch.started, Blocked: ch.blocked, Keyboard: ch.keyboard, LaidBy: ch.laidBy, Asked: ch.asked,
		Commands: s.profile.commandsFor(p), Pinned: []shownMessage{},
		BotName:     s.profile.wordFor("name", p.Language),
		Description: s.profile.wordFor("description", p.Language),
	}
	if st.BotName == "" {
		st.BotName = s.bot.FirstName
	}

	for _, id := range ch.pinned {
		st.Pinned = append(st.Pinned, show(ch.find(id)))
	}

	for _, m := range ch.after(ch.read) {
		if m != nil && m.FromBot() {
			st.Unread++
		}
	}

	return st
}

// newPage serves the page, its own small API and its events. Other sites cannot
// make a visitor's browser post to it, nor can the page load from elsewhere.
func (s *Server) newPage() http.Handler {
	assets, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic("trial: the page is not embedded: " + err.Error()) // a broken build
	}

	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(assets))
	mux.HandleFunc("GET /events", s.serveEvents)
	mux.HandleFunc("GET /api/state", s.serveState)
	mux.HandleFunc("GET /api/chat/{person}", s.serveChat)
	mux.HandleFunc("GET /media/{id}", s.serveMedia)
	mux.HandleFunc("POST /api/files", s.takeFiles)
	mux.HandleFunc("POST /api/{action}", s.takeAction)

	if travel := s.config.Travel; travel != nil {
		c := &clock{travel: travel, moved: func() { s.hub.publish(event{Kind: eventClock}) }}
		c.routes(mux)
	}

	return guard(mux)
}

// guard keeps other sites and other sources out.
func guard(mux http.Handler) http.Handler {
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy",
			"default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		guarded.ServeHTTP(w, r)
	})
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the page may have gone away
}

func (s *Server) serveState(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	people := []*chatState{}
	for _, p := range s.config.People {
		people = append(people, s.state(s.chats[p.ID]))
	}
	out := map[string]any{
		"serial": s.hub.serial(), "bot": s.bot, "people": people,
		"tasks": s.config.Tasks, "languages": s.config.Languages, "clock": s.config.Travel != nil,
	}
	s.mu.Unlock()
	writeJSON(w, out)
}

func (s *Server) serveChat(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.ParseInt(r.PathValue("person"), 10, 64)
	s.mu.Lock()
	ch := s.chats[id]
	if ch == nil {
		s.mu.Unlock()
		http.NotFound(w, r)
		return
	}

	messages := []shownMessage{}
	for _, m := range ch.messages {
		if m != nil {
			messages = append(messages, show(m))
		}
	}

	out := map[string]any{"serial": s.hub.serial(), "chat": s.state(ch), "messages": messages}
	s.mu.Unlock()
	writeJSON(w, out)
}

// serveMedia gives the page the bytes of a file: pictures and films to show,
// anything else to save.
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	s.files.mu.Lock()
	f := s.files.byID[r.PathValue("id")]
	s.files.mu.Unlock()

	if f == nil {
		http.NotFound(w, r)
		return
	}

	kind := f.mime
	if f.kind == "photo" {
		kind = http.DetectContentType(f.data)
	}
	if f.kind == "document" || !strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "video/") {
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}

	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "max-age=3600")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.data))
}

// action is what the page can ask for, in one shape for all.
type action struct {
	Person    int64   `json:"person"`
	Message   int     `json:"message"`
	Text      string  `json:"text"`
	Row       int     `json:"row"`
	Column    int     `json:"column"`
	Blocked   bool    `json:"blocked"`
	Contact   Contact `json:"contact"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// takeAction does what a person does on the page and answers {"ok":true}, with
// the id of the tap where there is one.
func (s *Server) takeAction(w http.ResponseWriter, r *http.Request) {
	var a action
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&a); err != nil {
		http.Error(w, "cannot read the request", http.StatusBadRequest)
		return
	}

	out := map[string]any{"ok": true}
	var err error
	switch r.PathValue("action") {
	case "say":
		_, err = s.Reply(a.Person, a.Message, a.Text)
	case "edit":
		err = s.EditText(a.Person, a.Message, a.Text)
	case "press":
		out["query"], err = s.PressAt(a.Person, a.Message, a.Row, a.Column)
	case "contact":
		_, err = s.ShareContact(a.Person, a.Contact)

	case "own-contact":
		_, err = s.ShareOwnContact(a.Person)
	case "location":
		_, err = s.ShareLocation(a.Person, Location{a.Latitude, a.Longitude})
	case "block":
		err = s.block(a.Person, a.Blocked)
	case "read":
		err = s.markRead(a.Person, a.Message)
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}

	writeJSON(w, out)
}

// markRead notes that the person has seen the chat up to a message.
func (s *Server) markRead(person int64, message int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.chats[person]
	if ch == nil {
		return fmt.Errorf("trial: there is no person %d", person)
	}
	if message > ch.read {
		ch.read = min(message, ch.next()-1)
		s.altered(ch)
	}
	return nil
}

// takeFiles sends what the person picked: a form with person, kind, caption,
// message (the one replied to) and files.
func (s *Server) takeFiles(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	parts, err := r.MultipartReader()
	if err != nil {
		http.Error(w, "a form is expected", http.StatusBadRequest)
		return
	}

	text := map[string]string{}
	var list []File
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}

		var body []byte
		if err == nil {
			body, err = io.ReadAll(part)
		}
		if err != nil {
			http.Error(w, "the files are too big or were cut off", http.StatusRequestEntityTooLarge)
			return
		}

		if part.FileName() != "" {
			list = append(list, File{Name: part.FileName(), Data: body})
		} else {
			text[part.FormName()] = string(body)
		}
	}

	person, _ := strconv.ParseInt(text["person"], 10, 64)
	to, _ := strconv.Atoi(text["message"])
	if !oneOf(text["kind"], "photo", "document", "video") {
		http.Error(w, "unknown kind", http.StatusBadRequest)
		return
	}

	if _, err := s.sendFiles(person, text["kind"], to, text["caption"], list...); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}

	writeJSON(w, map[string]bool{"ok": true})
}
