package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// prototype is the yardstick: a throw-away bot that knows neither forms nor
// rights nor buttons. It polls, writes for all updates of a batch what a form
// would write - the state, a row of the outbox, the offset - in one
// transaction, answers each with one message, and polls again. Without a db it
// only calls: what net/http alone can do.
type prototype struct {
	api    string
	client http.Client
	db     *bbolt.DB
	offset int
	sent   [][]byte // rows to be taken out of the outbox
}

func newPrototype(api string, db *bbolt.DB) *prototype {
	return &prototype{api: api + "/bot1:x/", db: db, client: http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}}}
}

var prototypeBuckets = [][]byte{[]byte("state"), []byte("outbox"), []byte("meta")}

type prototypeUpdate struct {
	ID      int `json:"update_id"`
	Message struct {
		From struct{ ID int64 }
		Text string
	}
}

// run answers until the server has nothing more to say.
func (p *prototype) run() error {
	defer p.client.CloseIdleConnections()
	for {
		batch, err := p.poll()
		if err != nil || len(batch) == 0 {
			return err
		}
		if p.db != nil {
			if err := p.db.Update(func(tx *bbolt.Tx) error { return p.keep(tx, batch) }); err != nil {
				return err
			}
		}
		var sending errgroup.Group
		sending.SetLimit(64)
		for _, u := range batch {
			sending.Go(func() error { return p.send(u) })
		}
		if err := sending.Wait(); err != nil {
			return err
		}
	}
}

func (p *prototype) poll() ([]prototypeUpdate, error) {
	var got struct{ Result []prototypeUpdate }
	body, err := p.call("getUpdates", url.Values{"offset": {strconv.Itoa(p.offset)}, "limit": {"100"}, "timeout": {"50"}})
	if err == nil {
		err = json.Unmarshal(body, &got)
	}
	if n := len(got.Result); n > 0 {
		p.offset = got.Result[n-1].ID + 1
	}
	return got.Result, err
}

// keep writes a kilobyte of state and a row of the outbox for each update.
func (p *prototype) keep(tx *bbolt.Tx, batch []prototypeUpdate) error {
	var errs []error
	state, outbox := tx.Bucket(prototypeBuckets[0]), tx.Bucket(prototypeBuckets[1])
	for _, row := range p.sent {
		errs = append(errs, outbox.Delete(row))
	}
	p.sent = p.sent[:0]
	for _, u := range batch {
		answers, err := json.Marshal(map[string]any{"user": u.Message.From.ID, "at": u.ID, "answers": strings.Repeat(u.Message.Text+" ", 900/(len(u.Message.Text)+1))})
		row := binary.BigEndian.AppendUint64(nil, uint64(u.ID))
		errs = append(errs, err,
			state.Put(binary.BigEndian.AppendUint64(nil, uint64(u.Message.From.ID)), answers),
			outbox.Put(row, []byte(u.Message.Text)))
		p.sent = append(p.sent, row)
	}
	return errors.Join(append(errs, tx.Bucket(prototypeBuckets[2]).Put([]byte("offset"), []byte(strconv.Itoa(p.offset))))...)
}

// send asks the next question. It always holds a code, so that the server is
// content at the form's end.
func (p *prototype) send(u prototypeUpdate) error {
	_, err := p.call("sendMessage", url.Values{
		"chat_id": {strconv.FormatInt(u.Message.From.ID, 10)}, "parse_mode": {"HTML"},
		"text": {"<b>Tên mô hình là gì?</b>\nNgắn, nói được việc làm. DVK-30709-2026-0001\n" + u.Message.Text},
	})
	return err
}

func (p *prototype) call(method string, values url.Values) ([]byte, error) {
	resp, err := p.client.PostForm(p.api+method, values)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", method, resp.Status)
	}
	return body, err
}
