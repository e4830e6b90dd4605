package schedule_test

import (
	"fmt"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// campaign is the one that the soak's models are of.
const soakCampaign = store.CampaignID("dvk-2026-2030")

// change is what happens without a conversation: models are registered and
// updated, which would take two years of typing, and posts change hands.
func (s *soak) change(tx store.Tx, busy bool) error {
	if s.dice.IntN(20) == 0 {
		if err := s.moveSomebody(tx); err != nil {
			return err
		}
	}
	if !busy {
		return nil
	}
	for range s.some(s.dice.IntN(8)) { // in 20 strikes of 250 days, where there is an officer: 12,000 a year
		if err := s.register(tx); err != nil {
			return err
		}
	}
	for range s.some(s.dice.IntN(14)) {
		if err := s.update(tx); err != nil {
			return err
		}
	}
	return nil
}

// moveSomebody empties an officer's post or fills one.
func (s *soak) moveSomebody(tx store.Tx) error {
	unit := s.folk.communes[s.dice.IntN(len(s.folk.communes))].Code
	id := store.MakePostID(unit, store.Officer)
	s.folk.crooked[unit] = s.now()
	if s.folk.posts[id] == 0 || s.dice.IntN(2) == 0 {
		return s.appoint(tx, id, store.Timing{})
	}
	post, err := tx.Post(id)
	if err != nil {
		return err
	}
	post.Holder, post.Since = 0, time.Time{}
	s.folk.posts[id] = 0
	return tx.PutPost(post)
}

// register writes what an officer registered.
func (s *soak) register(tx store.Tx) error {
	unit := s.folk.communes[s.dice.IntN(len(s.folk.communes))].Code
	post := store.MakePostID(unit, store.Officer)
	by := s.folk.posts[post]
	if by == 0 {
		return nil
	}
	n, err := tx.NextNumber(fmt.Sprintf("code/%s/%d", unit, s.now().Year()))
	if err != nil {
		return err
	}
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	s.seen.models++
	title := fmt.Sprintf("Tổ %d tự quản đường hoa ấp %d", n, s.dice.IntN(40))
	m := store.Model{
		ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-%d-%04d", unit, s.now().Year(), n), Unit: unit,
		Entries: store.Entries{{
			Campaign:   soakCampaign,
			Field:      []string{"KT", "VHXH", "QPAN", "HTCT"}[s.dice.IntN(4)],
			TitleGroup: []string{"DVK", "DVK-NTM", "DVK-NTMNC", "DVK-DTVM"}[s.dice.IntN(4)],
			Origin:     []store.Origin{store.New, store.New, store.Maintained, store.Upgraded}[s.dice.IntN(4)],
		}},
		Year:  s.now().Year(),
		Title: title, Fold: answer.Fold(title), Kind: []store.RegistrantKind{store.Collective, store.Collective, store.Individual}[n%3],
		Registrants: []store.Registrant{{Name: fmt.Sprint("Chi bộ ấp ", s.dice.IntN(20))}},
		Place:       "ấp Phú Đa", Problem: "Đường nội ấp hẹp, mùa mưa học sinh phải lội bùn", Target: "31 hộ hiến 1.850 m² đất",
		Content: "Họp tổ nhân dân, đảng viên hiến trước, chọn ngày cùng dời rào", Contact: "Nguyễn Văn Năm", Phone: "+84912000999",
		From: store.DateOf(s.now()), To: store.Date{Year: 2030, Month: 12, Day: 31},
		State: store.Waiting, By: by, Post: post, RegisteredAt: s.now(),
	}
	if s.dice.IntN(10) == 0 {
		m.Vague = []string{"target"}
	}
	_, err = tx.PutModel(m)
	s.folk.models = append(s.folk.models, m.ID)
	return err
}

// update writes what an officer reported of a model.
func (s *soak) update(tx store.Tx) error {
	if len(s.folk.models) == 0 {
		return nil
	}
	m, err := tx.Model(s.folk.models[len(s.folk.models)-1-s.dice.IntN(min(len(s.folk.models), 4000))])
	if err != nil {
		return err
	}
	next := map[store.State][]store.State{
		store.Waiting: {store.Waiting}, store.Accepted: {store.Doing, store.Doing, store.Accepted, store.Failed},
		store.Doing: {store.Doing, store.Doing, store.Done, store.Done, store.Paused, store.Failed}, store.Paused: {store.Doing, store.Paused},
	}[m.State]
	if len(next) == 0 {
		return nil
	}
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	p := store.Progress{
		ID: store.ProgressID(id), Model: m.ID, At: s.now(), Day: store.DateOf(s.now()).AddDays(-s.dice.IntN(9)), By: m.By, Post: m.Post,
		Was: m.State, State: next[s.dice.IntN(len(next))],
	}
	switch {
	case p.State == store.Paused || p.State == store.Failed:
		p.Reason, p.Remark = "budget", "Chưa bố trí được kinh phí"
	case s.dice.IntN(3) == 0 && p.State == p.Was:
		p.Nothing = true
	default:
		p.Basis = []store.Basis{store.Added, store.Cumulative}[s.dice.IntN(2)]
		p.Money = []store.Money{{VND: int64(s.dice.IntN(500)) * 1_000_000, Part: []store.MoneyPart{store.Budget, store.People, store.Business}[s.dice.IntN(3)]}}
		p.Results = []store.Quantity{{Metric: "m2", Value: store.Whole(int64(s.dice.IntN(2000)))}}
	}
	if err := tx.AddProgress(p); err != nil {
		return err
	}
	if p.State != m.State {
		m.Reason, m.Remark = p.Reason, p.Remark
	}
	if p.State != store.Done {
		m.ConfirmedAt = time.Time{}
	}
	m.State, m.ProgressAt = p.State, p.At
	_, err = tx.PutModel(m)
	return err
}
