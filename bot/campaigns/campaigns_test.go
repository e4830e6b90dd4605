package campaigns_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/bot/campaigns"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"

	"github.com/google/go-cmp/cmp"
)

// national and ward are the ids of the shipped campaigns.
const (
	national = "dvk-2026-2030"
	ward     = "dvk-long-xuyen-2026"
)

// TestPlanAccess presses every button of campaigns and calendar as everybody:
// who may not is told so, and nothing is opened.
func TestPlanAccess(t *testing.T) {
	t.Parallel()
	presses := map[string]string{
		"card of all": "kh.c." + national, "change that of all": "kh.e." + national, "card of the ward": "kh.c." + ward,
		"change that of the ward": "kh.e." + ward, "make one": "kh.n.", "list": "kh.l.0", "month": "nn.m.2026-12", "add a day": "nn.a.",
		"no such campaign": "kh.c.nothing", "no such verb": "kh.z." + ward,
	}
	of := map[string][]string{
		"coordinator of the province":       {"card of all", "card of the ward", "change that of the ward", "make one", "list"},
		"coordinator of another province":   {"card of all", "make one", "list"},
		"coordinator of the unit":           {"card of all", "make one", "list"},
		"administrator of the house":        {"card of all", "change that of all", "card of the ward", "change that of the ward", "make one", "list", "month", "add a day"},
		"administrator of another province": {"card of all", "make one", "list", "month", "add a day"},
		"administrator of the unit":         {"card of all", "make one", "list", "month", "add a day"},
	}
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi")
			w.Appoint(a)
			for what, data := range presses {
				w.Fresh()
				w.ShowButtons(bottest.Somebody)
				w.Press(bottest.Somebody, data)
				read := w.Read(bottest.Somebody)
				does := strings.Contains(read, "⚙️")
				if may := slices.Contains(of[name], what); does != may {
					t.Errorf("%s: may %t, does %t:\n%s", what, may, does, read)
				}
			}
		})
	}
}

// TestHolidayButtonIsFenced presses a button of a day that was changed since:
// nothing happens.
func TestHolidayButtonIsFenced(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	day := store.SpecialDay{Day: store.Date{Year: 2026, Month: 12, Day: 16}, Kind: store.DayOff, Name: "Nghỉ"}
	put := func() {
		w.Update(func(tx store.Tx) error { return tx.PutSpecialDay(day) })
	}
	put()
	button := func() string {
		w.Say("quan", "/ngaynghi")
		messages := w.Chat("quan").Messages
		w.MustDo("quan", flows.Input{Kind: flows.PressInput, Press: "nn.x." + day.Day.String() + ".", Message: strconv.Itoa(messages[len(messages)-1].ID)})
		w.MustDo("quan", flows.Input{Kind: flows.PressInput, Press: "nn.d." + day.Day.String(), Message: strconv.Itoa(messages[len(messages)-1].ID)})
		rows := w.Chat("quan").Messages[len(messages)-1].Buttons
		return strings.Replace(rows[0][1].Data, "holiday.x.", "holiday.r.", 1)
	}
	old := button()
	day.Name = "Nghỉ, đã đổi"
	put()
	press := func(data string) string {
		return w.Press("quan", data)
	}
	for _, data := range []string{old, strings.Replace(old, "holiday.r.", "holiday.o.", 1), "nn.r.2026-12-17.x", "nn.r.x", "nn.r.2026-12-16"} {
		if toast := press(data); !strings.Contains(toast, "vừa được sửa") {
			t.Errorf("%s: toast %q", data, toast)
		}
	}
	if toast := press(button()); toast != "" {
		t.Errorf("the present button: %q", toast)
	}
	w.View(func(r store.Reader) error {
		days, err := r.SpecialDays()
		if slices.ContainsFunc(days, func(d store.SpecialDay) bool { return d.Day == day.Day }) {
			t.Error("the day is still there")
		}
		return err
	})
}

// TestTwoPeopleChangeAPlan has two people open the same campaign and change
// different things: both changes stay.
func TestTwoPeopleChangeAPlan(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	w.Appoint(bottest.Actor{Unit: "30307", Role: store.Coordinator})
	say := func(who, text string) { w.Say(who, text) }
	open := func(who, campaign string) {
		w.ShowButtons(who)
		w.Press(who, "kh.e."+campaign)
	}
	open("minh", ward)
	open(bottest.Somebody, ward)
	say("minh", "3") // the issuer
	say("minh", "Ban Dân vận Đảng ủy phường Long Xuyên")
	say(bottest.Somebody, "17") // how long a check may take
	say(bottest.Somebody, "4 ngày làm việc")
	say("minh", "gửi")
	say(bottest.Somebody, "gửi")
	w.View(func(r store.Reader) error {
		c, err := r.Campaign(ward)
		if c.Issuer != "Ban Dân vận Đảng ủy phường Long Xuyên" || c.CheckDays != 4 {
			t.Errorf("issuer %q, check %d:\n%s", c.Issuer, c.CheckDays, w.Read(bottest.Somebody))
		}
		lines, err2 := r.AuditOf("campaign/" + ward)
		if len(lines) != 2 || lines[0].Field != "issuer" || lines[1].Field != "check_days" || lines[1].Old != "7" || lines[1].New != "4" {
			t.Errorf("recorded: %+v", lines)
		}
		return errors.Join(err, err2)
	})
}

// TestPlanOpenedAndSavedIsTheSame opens each shipped campaign and saves it as it
// is, and then with one rule touched: only that changes.
func TestPlanOpenedAndSavedIsTheSame(t *testing.T) {
	t.Parallel()
	for _, id := range []string{national, ward} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi")
			get := func() (c store.Campaign) {
				w.View(func(r store.Reader) (err error) { c, err = r.Campaign(store.CampaignID(id)); return err })
				return c
			}
			open := func() {
				w.ShowButtons("quan")
				w.Press("quan", "kh.e."+id)
			}
			was := get()
			open()
			w.Say("quan", "gửi")
			if diff := cmp.Diff(was, get()); diff != "" || !strings.Contains(w.Read("quan"), "Không có gì thay đổi") {
				t.Errorf("something changed:\n%s\n%s", diff, w.Read("quan"))
			}
			open()
			for _, text := range []string{"hạn ngày nghỉ", "12", "không", "gửi"} { // no such line; how late is on time
				w.Say("quan", text)
			}
			if diff := cmp.Diff(was, get()); diff != "" {
				t.Errorf("0 is what it was:\n%s", diff)
			}
			open()
			for _, text := range []string{"12", "3 ngày", "gửi"} {
				w.Say("quan", text)
			}
			for i := range was.Rules {
				was.Rules[i].Grace = 3
			}
			if diff := cmp.Diff(was, get()); diff != "" {
				t.Errorf("more than the grace changed:\n%s\n%s", diff, w.Read("quan"))
			}
		})
	}
}

// planFaults spoil a good campaign, each in a way that another package looks
// for, or the store: where the fault is.
var planFaults = map[string]struct {
	spoil func(*store.Campaign)
	place string
}{
	"plan.document": {func(c *store.Campaign) { c.Document = "kế hoạch" }, "document"},
	"plan.no_period": {func(c *store.Campaign) {
		c.Rules[0].Kind, c.From, c.To = store.NineMonths, store.Date{Year: 2030, Month: 10, Day: 1}, store.Date{Year: 2030, Month: 11, Day: 30}
	}, "rules.1"},
	"plan.unit":    {func(c *store.Campaign) { c.Unit = "99999" }, "unit"},
	"plan.orphans": {func(c *store.Campaign) { c.Rules[0].CutDay = 20 }, "rules"},
	"plan.used":    {func(c *store.Campaign) { c.Fields = c.Fields[:1] }, "fields"},
}

// planWarnings are what is allowed and yet told.
var planWarnings = map[string]func(*store.Campaign){
	"plan.no_ladder":   func(c *store.Campaign) { c.Ladder = nil },
	"plan.period_goes": func(c *store.Campaign) { c.Rules = c.Rules[:1] },
}

// good is the national campaign, for a test to spoil.
func good(t *testing.T) store.Campaign {
	t.Helper()
	all, err := shipped.Campaigns()
	bottest.Must(t, err)
	return all[0]
}

// TestImportCampaignNamesFaults spoils a campaign: the fault is named with its
// place, and nothing is written.
func TestImportCampaignNamesFaults(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	w.Update(func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{ID: 9000, Unit: "30346", Period: national + "/half/2026-06-14", By: 1, SubmittedAt: w.Now.AddDate(0, -5, 0)})
		return err
	})
	for key, f := range planFaults {
		t.Run(key, func(t *testing.T) {
			c := good(t)
			f.spoil(&c)
			got, err := campaigns.Import(context.Background(), w.Bot, c, w.Now, false)
			bottest.Must(t, err)
			if !slices.ContainsFunc(got.Errors, func(e store.Fault) bool { return e.Key == key && e.Place == f.place }) {
				t.Errorf("got %+v, want %s at %s", got.Errors, key, f.place)
			}
		})
	}
	for key, change := range planWarnings {
		t.Run(key, func(t *testing.T) {
			c := good(t)
			change(&c)
			got, err := campaigns.Import(context.Background(), w.Bot, c, w.Now, true)
			bottest.Must(t, err)
			if !slices.ContainsFunc(got.Warnings, func(e store.Fault) bool { return e.Key == key }) {
				t.Errorf("got %+v, want %s", got, key)
			}
		})
	}
	w.View(func(r store.Reader) error {
		c, err := r.Campaign(national)
		was := good(t)
		was.Rules[0].Only = nil // as the world begins
		if diff := cmp.Diff(was, c); diff != "" {
			t.Errorf("something was written:\n%s", diff)
		}
		return err
	})
}

// TestImportCampaignTwice writes a campaign once and says what changed.
func TestImportCampaignTwice(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	c := good(t)
	c.ID, c.Unit, c.Document = "14-kh-2026", "91", "14/KH/BDVTU"
	for i, want := range []campaigns.Changes{{New: true}, {}} {
		got, err := campaigns.Import(t.Context(), w.Bot, c, w.Now, false)
		bottest.Must(t, err)
		if got.New != want.New || len(got.Errors) > 0 || (len(got.Changed) == 0) != (i == 1) || len(got.Next) != 2 {
			t.Errorf("import %d: %+v", i+1, got)
		}
	}
	c.CheckDays, c.Rules[0].Grace = 3, 2
	got, err := campaigns.Import(t.Context(), w.Bot, c, w.Now, true)
	bottest.Must(t, err)
	if !slices.Equal(got.Changed, []string{"rules", "check_days"}) {
		t.Errorf("changed %v", got.Changed)
	}
	w.View(func(r store.Reader) error {
		if lines, err := r.AuditOf("campaign/14-kh-2026"); err != nil || len(lines) == 0 || lines[0].Who != 0 || lines[0].Action != "import" {
			t.Errorf("recorded %+v, %v", lines, err)
		}
		have, err := r.Campaign(c.ID)
		if have.CheckDays != 7 || have.Document != "14/KH/BDVTU" {
			t.Errorf("the dry run wrote, or the number was changed: %+v", have)
		}
		return err
	})
}

// TestPlanFormRefusesOrphans has an administrator move a cut-off under a report
// that was submitted: the review card says why it cannot be, and stays open.
func TestPlanFormRefusesOrphans(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	w.Update(func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{ID: 9000, Unit: "30346", Period: national + "/half/2026-06-14", By: 1, SubmittedAt: w.Now.Add(-time.Hour)})
		return err
	})
	w.ShowButtons("quan")
	w.Press("quan", "kh.e."+national)
	for _, text := range []string{"9", "cuối tháng", "gửi"} {
		w.Say("quan", text)
	}
	read := w.Read("quan")
	if !strings.Contains(read, "đã có 1 báo cáo") || strings.Contains(read, "Đã sửa kế hoạch") {
		t.Errorf("they read:\n%s", read)
	}
	for _, text := range []string{"9", "ngày 14", "gửi"} {
		w.Say("quan", text)
	}
	if read := w.Read("quan"); !strings.Contains(read, "Không có gì thay đổi") {
		t.Errorf("the card did not stay open:\n%s", read)
	}
}

// TestReportComesBeforeTheChange has a report arrive after a change was looked at
// and before it is written: what it would orphan decides.
func TestReportComesBeforeTheChange(t *testing.T) {
	t.Parallel()
	s := &between{}
	w := bottest.New(t, "vi", func(c *bot.Config) {
		s.Store = c.Store
		c.Store = s
	})
	w.ShowButtons("quan")
	w.Press("quan", "kh.e."+national)
	for _, text := range []string{"9", "cuối tháng"} {
		w.Say("quan", text)
	}
	s.then = func() {
		w.Update(func(tx store.Tx) error {
			_, err := tx.PutReport(store.Report{ID: 9000, Unit: "30346", Period: national + "/half/2026-06-14", By: 1, SubmittedAt: w.Now})
			return err
		})
	}
	w.Say("quan", "gửi")
	if s.then != nil {
		t.Fatal("nothing was looked at before the change was written")
	}
	if read := w.Read("quan"); !strings.Contains(read, "đã có 1 báo cáo") || strings.Contains(read, "Đã sửa kế hoạch") {
		t.Errorf("they read:\n%s", read)
	}
}

// between is a store in which something happens once, right after a look at it.
type between struct {
	store.Store
	then func()
}

func (b *between) View(ctx context.Context, look func(store.Reader) error) error {
	err := b.Store.View(ctx, look)
	if then := b.then; then != nil {
		b.then = nil
		then()
	}
	return err
}

// TestLoadedInMidPeriod imports a campaign whose first half was due in July: no
// unit owes that, and the running half is owed by each commune once, unless the
// campaign says that what was due before is owed, too.
func TestLoadedInMidPeriod(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	c := good(t)
	c.ID, c.Unit, c.Document, c.Rules = "14-kh-2026", "91", "14/KH/BDVTU", []store.PeriodRule{
		{Kind: store.HalfYear, DueAfter: 5, Working: true, Shift: store.NextWorkingDay, Hour: 17, Lock: 10},
	}

	for _, past := range []bool{false, true, false} {
		c.Past = past
		got, err := campaigns.Import(t.Context(), w.Bot, c, w.Now, false)
		bottest.Must(t, err)
		told := slices.ContainsFunc(got.Warnings, func(f store.Fault) bool { return f.Key == "plan.was_due" })
		if told == past || len(got.Errors) > 0 {
			t.Errorf("owed %v: told %+v, faults %+v", past, got.Warnings, got.Errors)
		}
		w.Tick()
		set, err := reporting.Now(t.Context(), w.Store, w.Bot.Book(), w.Now)
		bottest.Must(t, err)

		kept, err := set.Campaign(c.ID)
		bottest.Must(t, err)
		if !kept.Known.Equal(w.Now) {
			t.Errorf("known since %v", kept.Known)
		}
		want := map[store.PeriodID]deadline.Tally{"14-kh-2026/half/2026-12-31": {Obliged: 102, Owed: 102}}
		if past {
			want["14-kh-2026/half/2026-06-30"] = deadline.Tally{Obliged: 102, Missing: 102}
		}
		tallies := map[store.PeriodID]deadline.Tally{}
		for _, p := range deadline.Periods(kept, set.Calendar, kept.From, store.DateOf(w.Now)) {
			w.View(func(r store.Reader) error {
				owed, err := set.Obligations(r, reporting.Period{Period: p, Of: kept}, w.Now, nil)
				tallies[p.ID] = deadline.Count(owed)
				return err
			})
		}
		if diff := cmp.Diff(want, tallies); diff != "" {
			t.Errorf("owed %v (-want +got):\n%s", past, diff)
		}
	}

	later, err := campaigns.Import(t.Context(), w.Bot, c, w.Now.AddDate(0, 1, 0), false)
	if err != nil || len(later.Changed) > 0 {
		t.Errorf("a month later the same campaign changes %v, %v", later.Changed, err)
	}
}
