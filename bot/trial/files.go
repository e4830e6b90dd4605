package trial

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif" // a photo may come as one
	"image/jpeg"
	_ "image/png" // a photo may come as one
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Limits of files (Bot API, "Sending files", getFile and sendPhoto).
const (
	maxUpload    = 50 << 20
	maxPhoto     = 10 << 20
	maxDownload  = 20 << 20
	maxPhotoSum  = 10_000 // width and height together
	maxPhotoRate = 20     // the longer side to the shorter
	thumbSide    = 320
)

// file is bytes that somebody sent, known under one id.
type file struct {
	id, unique string
	kind       string // photo, document, video
	path       string
	name, mime string
	data       []byte
	width      int
	height     int
	thumb      *file // a smaller size of a photo, if it is worth one
}

// fileStore keeps all bytes in memory, each content once. Photos are measured
// and scaled before its lock is taken.
type fileStore struct {
	mu     *sync.Mutex
	byID   map[string]*file
	byPath map[string]*file
	bySum  map[string]*file
}

func newFileStore() fileStore {
	return fileStore{mu: new(sync.Mutex), byID: map[string]*file{}, byPath: map[string]*file{}, bySum: map[string]*file{}}
}

// upload keeps the bytes as a file of the kind, or refuses them.
func (fs *fileStore) upload(kind string, up upload) (*file, error) {
	switch {
	case len(up.data) == 0:
		return nil, badRequest("file must be non-empty")
	case kind == "photo" && len(up.data) > maxPhoto:
		return nil, badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(up.data), maxPhoto)
	case len(up.data) > maxUpload:
		return nil, &apiError{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	}
	return fs.keep(kind, up)
}

func (fs *fileStore) keep(kind string, up upload) (*file, error) {
	content := sha256.Sum256(up.data)
	sum := kind + "\x00" + up.name + "\x00" + up.mime + "\x00" + string(content[:])
	fs.mu.Lock()
	f := fs.bySum[sum]
	fs.mu.Unlock()
	if f != nil {
		return f, nil
	}

	f = &file{kind: kind, name: up.name, mime: mediaKind(up), data: up.data}
	if kind == "photo" {
		if err := f.measure(); err != nil {
			return nil, err
		}
	}

	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f.thumb != nil {
		fs.enter(f.thumb, sha256.Sum256(f.thumb.data))
	}
	fs.enter(f, content)
	fs.bySum[sum] = f
	return f, nil
}

// enter gives the file its ids. They look like Telegram's: opaque, and the
// unique one opens nothing.
func (fs *fileStore) enter(f *file, content [sha256.Size]byte) {
	n := make([]byte, 8)
	binary.BigEndian.PutUint64(n, uint64(len(fs.byID)+1))
	code := base64.RawURLEncoding
	prefix := map[string]string{"photo": "AgACAgUAA", "document": "BQACAgUAA", "video": "BAACAgUAA"}[f.kind]
	f.id = prefix + "x" + code.EncodeToString(append(n, content[:16]...))
	f.unique = "AgAD" + code.EncodeToString(content[16:24])
	extension := path.Ext(f.name)
	if f.kind == "photo" {
		extension = ".jpg"
	}
	f.path = fmt.Sprintf("%ss/file_%d%s", f.kind, len(fs.byID), extension)
	fs.byID[f.id], fs.byPath[f.path] = f, f
}

// measure reads the picture, and makes its smaller size.
func (f *file) measure() error {
	config, _, err := image.DecodeConfig(bytes.NewReader(f.data))
	if err != nil {
		return badRequest("IMAGE_PROCESS_FAILED")
	}
	f.width, f.height = config.Width, config.Height
	long, short := max(f.width, f.height), min(f.width, f.height)
	if short == 0 || long+short > maxPhotoSum || long > short*maxPhotoRate {
		return badRequest("PHOTO_INVALID_DIMENSIONS")
	}

	if long <= thumbSide {
		return nil
	}
	picture, _, err := image.Decode(bytes.NewReader(f.data))
	if err != nil {
		return badRequest("IMAGE_PROCESS_FAILED")
	}

	small := shrink(picture, max(1, f.width*thumbSide/long), max(1, f.height*thumbSide/long))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, nil); err != nil {
		return badRequest("IMAGE_PROCESS_FAILED")
	}
	size := small.Bounds().Size()
	f.thumb = &file{kind: "photo", mime: "image/jpeg", data: out.Bytes(), width: size.X, height: size.Y}
	return nil
}

// shrink scales by taking the nearest point, which is enough for a preview.
func shrink(src image.Image, width, height int) image.Image {
	b := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			dst.Set(x, y, src.At(b.Min.X+x*b.Dx()/width, b.Min.Y+y*b.Dy()/height))
		}
	}
	return dst
}

// mediaKind is the MIME type that Telegram would report: by the name's
// extension, else as claimed, else by the bytes.
func mediaKind(up upload) string {
	if kind := mime.TypeByExtension(path.Ext(up.name)); kind != "" {
		kind, _, _ = strings.Cut(kind, ";")
		return kind
	}
	if up.mime != "" && up.mime != "application/octet-stream" {
		return up.mime
	}
	kind, _, _ := strings.Cut(http.DetectContentType(up.data), ";")
	return kind
}

// known finds a file that the bot has seen, as the kind that it wants to send.
func (fs *fileStore) known(kind, id string) (*file, error) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f := fs.byID[id]
	if f == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.kind != kind {
		return nil, badRequest("can't use file of type %s as %s", title(f.kind), title(kind))
	}
	return f, nil
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

type videoFrame struct{ width, height, duration int }

// attach makes the message carry the file.
func (f *file) attach(m *Message, frame videoFrame) {
	doc := Document{FileID: f.id, FileUniqueID: f.unique, FileName: f.name, MimeType: f.mime, FileSize: len(f.data)}
	switch f.kind {
	case "photo":
		if f.thumb != nil {
			m.Photo = append(m.Photo, f.thumb.photoSize())
		}
		m.Photo = append(m.Photo, f.photoSize())
	case "video":
		m.Video = &Video{Document: doc, Width: frame.width, Height: frame.height, Duration: frame.duration}
	default:
		m.Document = &doc
	}
}

func (f *file) photoSize() PhotoSize {
	return PhotoSize{FileID: f.id, FileUniqueID: f.unique, Width: f.width, Height: f.height, FileSize: len(f.data)}
}

func (s *Server) getFile(c *call) (any, error) {
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	f := s.files.byID[c.text("file_id")]
	if f == nil {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	if len(f.data) > maxDownload {
		return nil, badRequest("file is too big")
	}
	return map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": len(f.data), "file_path": f.path}, nil
}

// serveFile answers /file/bot<token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/file/bot"), "/")
	if !ok || !s.tokenForm(token) || s.config.Token != "" && token != s.config.Token {
		writeAnswer(w, nil, errNotFound)
		return
	}
	s.files.mu.Lock()
	f := s.files.byPath[name]
	s.files.mu.Unlock()
	if f == nil || len(f.data) > maxDownload {
		writeAnswer(w, nil, errNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.data))
}
