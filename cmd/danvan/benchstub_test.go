package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// beat is one thing that a person does: types a text, or taps the button whose
// data ends with press. Somebody who sees buttons, as on the trial's page,
// looks for the label.
type beat struct{ text, press, label string }

// visitor is one of the people who walk through the form.
type visitor struct {
	id     int64
	form   int // which registration this is
	step   int
	pushed string // the data of the button that is tapped next
}

// stub is a Bot API server that does as little as it can: it speaks just
// enough HTTP/1.1, holds nothing to the specification and answers each message
// with the next thing that its person does. It is for measuring only.
type stub struct {
	listener net.Listener
	beats    func(form int) []beat
	forms    int // for each visitor
	visitors map[int64]*visitor
	conns    sync.WaitGroup

	polled chan struct{} // closed at the first poll
	first  sync.Once

	calls, messages, opened, finished atomic.Int64

	mu    sync.Mutex
	queue []*visitor // those who have something to say
	last  int        // id of the last update
	ready chan struct{}
	over  chan struct{} // closed when everybody is through, or nothing goes any more
	fail  error         // why it does not
}

// newStub serves people who each register some models. The ids are 1 to people.
func newStub(people, forms int, beats func(form int) []beat) (*stub, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stub{
		listener: l, beats: beats, forms: forms, visitors: map[int64]*visitor{}, last: 100_000_000,
		polled: make(chan struct{}), ready: make(chan struct{}, 1), over: make(chan struct{}),
	}
	for id := range int64(people) {
		v := &visitor{id: id + 1}
		s.visitors[v.id] = v
		s.queue = append(s.queue, v)
	}
	s.wake()
	s.conns.Go(s.accept)
	return s, nil
}

func (s *stub) url() string { return "http://" + s.listener.Addr().String() }

// close ends the server; the client has closed its connections before.
func (s *stub) close() error {
	err := s.listener.Close()
	s.conns.Wait()
	return errors.Join(err, s.fail)
}

func (s *stub) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.opened.Add(1)
		s.conns.Go(func() {
			defer func() { _ = c.Close() }()
			if err := s.serve(c); err != nil && !errors.Is(err, io.EOF) {
				s.end(err)
			}
		})
	}
}

// end lets nobody do anything more. What goes wrong afterwards, when the
// client leaves, does not matter.
func (s *stub) end(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.over:
	default:
		s.fail = why
		close(s.over)
	}
}

var bodyLength = []byte("Content-Length: ")

// serve answers the requests of one connection.
func (s *stub) serve(c net.Conn) error {
	r := bufio.NewReaderSize(c, 16<<10)
	var body, out []byte
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return io.EOF // however the client left
		}
		_, path, _ := strings.Cut(string(line), " ")
		path, _, _ = strings.Cut(path, " ")
		method := path[strings.LastIndexByte(path, '/')+1:]
		length := 0
		for {
			if line, err = r.ReadSlice('\n'); err != nil {
				return err
			}
			if len(line) <= 2 {
				break
			}
			if n, ok := bytes.CutPrefix(line, bodyLength); ok {
				if length, err = strconv.Atoi(string(bytes.TrimSpace(n))); err != nil {
					return err
				}
			}
		}
		body = append(body[:0], make([]byte, length)...)
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		out, err = s.answer(out[:0], method, body)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(out), out); err != nil {
			return nil // the client did not wait
		}
	}
}

// answer appends a method's answer.
func (s *stub) answer(out []byte, method string, body []byte) ([]byte, error) {
	s.calls.Add(1)
	switch method {
	case "getUpdates":
		s.first.Do(func() { close(s.polled) })
		return s.updates(append(out, `{"ok":true,"result":[`...)), nil
	case "getMe":
		return append(out, `{"ok":true,"result":{"id":7000000001,"is_bot":true,"first_name":"danvan","username":"danvan_bot"}}`...), nil
	case "sendMessage", "editMessageText":
		n := s.messages.Add(1)
		if method == "editMessageText" && !bytes.Contains(body, []byte("callback_data")) {
			break // what was answered stands without buttons; the next question, which may take its place, has some
		}
		if err := s.heard(body); err != nil {
			return out, err
		}
		return fmt.Appendf(out, `{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}`, n), nil
	}
	return append(out, `{"ok":true,"result":true}`...), nil
}

// heard lets the person whom a message is for do the next thing.
func (s *stub) heard(body []byte) error {
	id, err := strconv.ParseInt(string(between(body, "chat_id=", "&")), 10, 64)
	if err != nil {
		return err
	}
	v := s.visitors[id]
	if v.step++; v.step == len(s.beats(v.form)) {
		v.form, v.step = v.form+1, 0
		if !bytes.Contains(body, []byte("DVK-")) {
			return fmt.Errorf("the form did not lead to a code but to %s", body)
		}
		if v.form == s.forms {
			if s.finished.Add(1) == int64(len(s.visitors)) {
				s.end(nil)
			}
			return nil
		}
	}
	if b := s.beats(v.form)[v.step]; b.press != "" {
		end := bytes.Index(body, []byte(b.press+"%22"))
		if end < 0 {
			return fmt.Errorf("no button %s in %s", b.press, body)
		}
		from := bytes.LastIndex(body[:end], []byte("%22")) + len("%22")
		v.pushed = string(body[from:end]) + b.press
	}
	s.mu.Lock()
	s.queue = append(s.queue, v)
	s.mu.Unlock()
	s.wake()
	return nil
}

func between(text []byte, from, to string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(from))
	part, _, _ := bytes.Cut(rest, []byte(to))
	return part
}

func (s *stub) wake() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// updates appends up to a hundred updates, and waits for the first.
func (s *stub) updates(out []byte) []byte {
	var now []*visitor
	for len(now) == 0 {
		select {
		case <-s.over:
			return append(out, "]}"...)
		case <-s.ready:
		}
		s.mu.Lock()
		n := min(100, len(s.queue))
		now, s.queue = s.queue[:n:n], s.queue[n:]
		if len(s.queue) > 0 {
			s.wake()
		}
		s.mu.Unlock()
	}
	for i, v := range now {
		if i > 0 {
			out = append(out, ',')
		}
		s.last++
		out = s.update(out, s.last, v)
	}
	return append(out, "]}"...)
}

// update appends what a person does as Telegram would say it.
func (s *stub) update(out []byte, id int, v *visitor) []byte {
	who := fmt.Sprintf(`"from":{"id":%d,"is_bot":false,"first_name":"An","last_name":"Nguyễn Văn","language_code":"vi"}`, v.id)
	chat := fmt.Sprintf(`"chat":{"id":%d,"first_name":"An","last_name":"Nguyễn Văn","type":"private"},"date":1795420800`, v.id)
	if b := s.beats(v.form)[v.step]; b.press == "" {
		return fmt.Appendf(out, `{"update_id":%d,"message":{"message_id":%d,%s,%s,"text":%q}}`, id, id, who, chat, b.text)
	}
	return fmt.Appendf(out, `{"update_id":%d,"callback_query":{"id":"%d",%s,"message":{"message_id":%d,%s,"text":"x"},"chat_instance":"1","data":%q}}`,
		id, id, who, id, chat, v.pushed)
}
