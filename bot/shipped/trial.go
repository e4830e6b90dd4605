package shipped

import (
	"bytes"
	"context"
	_ "embed" // for the data
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

//go:embed models.csv
var modelsCSV []byte

// Person is one of the people of the trial. Without a Role it is a stranger.
type Person struct {
	Chat  int64 // the channel's id
	Name  string
	Phone string // E.164
	Unit  store.UnitCode
	Role  store.Role
	// Also is a second post in the same hands.
	Also store.PostID
	// Note says who it is, by language.
	Note store.Label
}

// People are the people of the trial: two officers of different communes, a
// coordinator, a supervisor, an administrator, and a stranger. They are
// invented.
func People() []Person {
	return []Person{
		{Chat: 1001, Name: "Nguyễn Thị Hoa", Phone: "+84912345678", Unit: "30709", Role: store.Officer,
			Note: store.Label{"vi": "Cán bộ xã Định Mỹ, An Giang", "en": "Officer, Định Mỹ commune, An Giang"}},
		{Chat: 1002, Name: "Lô Văn Tú", Phone: "+84987654321", Unit: "16804", Role: store.Officer,
			Note: store.Label{"vi": "Cán bộ xã Châu Bình, Nghệ An", "en": "Officer, Châu Bình commune, Nghệ An"}},
		{Chat: 1003, Name: "Lê Văn Minh", Phone: "+84909000111", Unit: "91", Role: store.Coordinator,
			Also: store.MakePostID("30307", store.Officer),
			Note: store.Label{"vi": "Đầu mối tổng hợp tỉnh An Giang", "en": "Coordinator of An Giang province"}},
		{Chat: 1004, Name: "Phạm Thị Lan", Phone: "+84909000222", Unit: "91", Role: store.Supervisor,
			Note: store.Label{"vi": "Lãnh đạo theo dõi tỉnh An Giang", "en": "Supervisor of An Giang province"}},
		{Chat: 1005, Name: "Võ Minh Quân", Role: store.Admin,
			Note: store.Label{"vi": "Quản trị hệ thống", "en": "Administrator"}},
		{Chat: 1006, Name: "Trần Văn An", Phone: "+84922333444",
			Note: store.Label{"vi": "Người mới", "en": "A newcomer"}},
	}
}

// FillTrial puts into an empty store what the trial shows: the units of An
// Giang and Nghệ An, the campaigns, the people's posts and thirty
// registrations in all states of the check, as of now, in a language. A store
// that has units is left alone.
func FillTrial(ctx context.Context, s store.Store, now time.Time, language string) error {
	return fill(ctx, s, now, language, People())
}

// FillRehearsal is FillTrial for people who bring their own phones: nobody has
// a post yet.
func FillRehearsal(ctx context.Context, s store.Store, now time.Time, language string) error {
	return fill(ctx, s, now, language, nil)
}

func fill(ctx context.Context, s store.Store, now time.Time, language string, people []Person) error {
	units, err := Units("91", "40")
	if err != nil {
		return err
	}

	campaigns, err := Campaigns()
	if err != nil {
		return err
	}

	models, err := csv.NewReader(bytes.NewReader(modelsCSV)).ReadAll()
	if err != nil {
		return fmt.Errorf("read the sample registrations: %w", err)
	}

	return s.Update(ctx, func(tx store.Tx) error {
		if have, err := tx.Units(""); err != nil || len(have) > 0 {
			return err
		}

		for _, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}

		for _, c := range campaigns {
			if err := tx.PutCampaign(c); err != nil {
				return err
			}
		}

		f := filler{tx, now, campaigns[0].ID, language, map[store.PostID]store.PersonID{}}
		for _, p := range people {
			if err := f.person(p); err != nil {
				return err
			}
		}

		for i, row := range models[1:] {
			if err := f.model(i, row); err != nil {
				return fmt.Errorf("sample registration %q: %w", row[1], err)
			}
		}

		return nil
	})
}

// filler writes the trial's records.
type filler struct {
	tx       store.Tx
	now      time.Time
	campaign store.CampaignID
	language string
	holders  map[store.PostID]store.PersonID
}

func (f filler) person(p Person) error {
	if p.Role == "" {
		return nil
	}

	id, err := f.tx.NewID()
	if err != nil {
		return err
	}

	posts := []store.PostID{store.MakePostID(p.Unit, p.Role)}
	if p.Also != "" {
		posts = append(posts, p.Also)
	}

	for _, post := range posts {
		unit, role := post.Split()
		f.holders[post] = store.PersonID(id)
		if err := f.tx.PutPost(store.Post{ID: post, Unit: unit, Role: role, Holder: store.PersonID(id), Since: f.now}); err != nil {
			return err
		}
	}

	return f.tx.PutPerson(store.Person{
		ID: store.PersonID(id), Address: store.Address{Channel: "telegram", Chat: fmt.Sprint(p.Chat)},
		Language: f.language, Name: p.Name, Phone: p.Phone, Consent: store.Given, ConsentAt: f.now, Active: posts[0],
	})
}

// The states of the samples that do not name their own, in turn.
var sampleStates = []store.State{store.Doing, store.Accepted, store.Doing, store.Done, store.Doing, store.Paused}

// model writes one sample: kind, title, unit_code, unit_name, registrant,
// registrant_kind, field, title_group, origin, content, value_typed,
// quantities_typed, state, days_ago (when it was registered).
func (f filler) model(i int, row []string) error {
	id, err := f.tx.NewID()
	if err != nil {
		return err
	}

	unit := store.UnitCode(row[2])
	registered, state := f.now.AddDate(0, 0, -200+6*i), sampleStates[i%len(sampleStates)]
	if row[12] != "" {
		days, err := strconv.Atoi(row[13])
		if err != nil {
			return err
		}
		registered, state = f.now.AddDate(0, 0, -days), store.State(row[12])
	}

	n, err := f.tx.NextNumber(fmt.Sprintf("code/%s/%d", unit, registered.Year()))
	if err != nil {
		return err
	}

	m := store.Model{
		ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-%d-%04d", unit, registered.Year(), n),
		Unit:    unit,
		Entries: store.Entries{{Campaign: f.campaign, Field: row[6], TitleGroup: row[7], Origin: store.New}},
		Year:    registered.Year(),
		Title:   row[1], Fold: answer.Fold(row[1]), Registrants: []store.Registrant{{Name: row[4]}},
		Kind: store.Collective, Place: row[3], Target: row[11], Targets: answer.Figures(row[11]), Content: row[9],
		From: store.DateOf(registered), To: store.Date{Year: registered.Year(), Month: time.December, Day: 31},
		State: state, Post: store.MakePostID(unit, store.Officer), RegisteredAt: registered,
	}

	m.By = f.holders[m.Post]
	m.Vague = answer.Vague(m.Title, m.Target, m.Content, m.Place, true, true, false)
	if row[5] == "cá nhân" {
		m.Kind = store.Individual
	}
	if row[8] == "duy trì" {
		m.Entries[0].Origin = store.Maintained
	}
	if state == store.Returned {
		m.Checker, m.Problem, m.Contact, m.Phone = "91:coordinator", returnedProblem, returnedContact, returnedPhone
	}

	progress, err := f.progress(m, row)
	if err != nil {
		return err
	}
	if m.State == store.Done && row[12] == "" { // the others wait for that
		m.ConfirmedAt = f.after(progress.At, 4)
	}

	if m.State != store.Waiting && m.State != store.Returned && m.State != store.Accepted {
		m.ProgressAt = progress.At
		if err := f.tx.AddProgress(progress); err != nil {
			return err
		}
	}

	if m, err = f.tx.PutModel(m); err != nil {
		return err
	}

	return f.check(m)
}

// progress is the update that a sample's figures tell of, some weeks after
// its registration.
func (f filler) progress(m store.Model, row []string) (store.Progress, error) {
	id, err := f.tx.NewID()
	at := m.RegisteredAt.AddDate(0, 0, 21)
	p := store.Progress{
		ID: store.ProgressID(id), Model: m.ID, At: at, Day: store.DateOf(at), Post: m.Post,
		Was: store.Accepted, State: m.State, Results: answer.Figures(row[11]), Basis: store.Cumulative,
	}

	if money, bad := answer.MoneyParts(row[10]); bad == nil && len(money.Values) > 0 {
		p.Money = money.Values[0]
	}
	if m.State == store.Paused {
		p.Reason, p.Remark = "budget", "chờ kinh phí đợt hai"
	}

	return p, err
}
