package bot_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/store"

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
	for name, a := range actors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "vi")
			w.appoint(a)
			for what, data := range presses {
				w.fresh()
				w.Chat(actorName).Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
				w.mustDo(actorName, flows.Input{Kind: flows.PressInput, Press: data, Message: "1"})
				read := w.read(actorName)
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
	w := newWorld(t, "vi")
	day := store.SpecialDay{Day: store.Date{Year: 2026, Month: 12, Day: 16}, Kind: store.DayOff, Name: "Nghỉ"}
	put := func() {
		must(t, w.store.Update(t.Context(), func(tx store.Tx) error { return tx.PutSpecialDay(day) }))
	}
	put()
	button := func() string {
		w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: "/ngaynghi"})
		messages := w.Chat("quan").Messages
		w.mustDo("quan", flows.Input{Kind: flows.PressInput, Press: "nn.x." + day.Day.String() + ".", Message: strconv.Itoa(messages[len(messages)-1].ID)})
		w.mustDo("quan", flows.Input{Kind: flows.PressInput, Press: "nn.d." + day.Day.String(), Message: strconv.Itoa(messages[len(messages)-1].ID)})
		rows := w.Chat("quan").Messages[len(messages)-1].Buttons
		return strings.Replace(rows[0][1].Data, "nn.x.", "nn.r.", 1)
	}
	old := button()
	day.Name = "Nghỉ, đã đổi"
	put()
	press := func(data string) string {
		return w.mustDo("quan", flows.Input{Kind: flows.PressInput, Press: data, Message: "1"})
	}
	for _, data := range []string{old, strings.Replace(old, "nn.r.", "nn.o.", 1), "nn.r.2026-12-17.x", "nn.r.x", "nn.r.2026-12-16"} {
		if toast := press(data); !strings.Contains(toast, "vừa được sửa") {
			t.Errorf("%s: toast %q", data, toast)
		}
	}
	if toast := press(button()); toast != "" {
		t.Errorf("the present button: %q", toast)
	}
	w.view(func(r store.Reader) error {
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
	w := newWorld(t, "vi")
	w.appoint(actor{unit: "30307", role: store.Coordinator})
	say := func(who, text string) { w.mustDo(who, flows.Input{Kind: flows.TextInput, Text: text}) }
	open := func(who, campaign string) {
		w.Chat(who).Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
		w.mustDo(who, flows.Input{Kind: flows.PressInput, Press: "kh.e." + campaign, Message: "1"})
	}
	open("minh", ward)
	open(actorName, ward)
	say("minh", "3") // the issuer
	say("minh", "Ban Dân vận Đảng ủy phường Long Xuyên")
	say(actorName, "17") // how long a check may take
	say(actorName, "4 ngày làm việc")
	say("minh", "gửi")
	say(actorName, "gửi")
	w.view(func(r store.Reader) error {
		c, err := r.Campaign(ward)
		if c.Issuer != "Ban Dân vận Đảng ủy phường Long Xuyên" || c.CheckDays != 4 {
			t.Errorf("issuer %q, check %d:\n%s", c.Issuer, c.CheckDays, w.read(actorName))
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
			w := newWorld(t, "vi")
			get := func() (c store.Campaign) {
				w.view(func(r store.Reader) (err error) { c, err = r.Campaign(store.CampaignID(id)); return err })
				return c
			}
			open := func() {
				w.Chat("quan").Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
				w.mustDo("quan", flows.Input{Kind: flows.PressInput, Press: "kh.e." + id, Message: "1"})
			}
			was := get()
			open()
			w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: "gửi"})
			if diff := cmp.Diff(was, get()); diff != "" || !strings.Contains(w.read("quan"), "Không có gì thay đổi") {
				t.Errorf("something changed:\n%s\n%s", diff, w.read("quan"))
			}
			open()
			for _, text := range []string{"hạn ngày nghỉ", "12", "không", "gửi"} { // no such line; how late is on time
				w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: text})
			}
			if diff := cmp.Diff(was, get()); diff != "" {
				t.Errorf("0 is what it was:\n%s", diff)
			}
			open()
			for _, text := range []string{"12", "3 ngày", "gửi"} {
				w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: text})
			}
			for i := range was.Rules {
				was.Rules[i].Grace = 3
			}
			if diff := cmp.Diff(was, get()); diff != "" {
				t.Errorf("more than the grace changed:\n%s\n%s", diff, w.read("quan"))
			}
		})
	}
}

// planFaults are all that can be wrong with a campaign, beside what a file's
// reader finds: what is done to a good one, and where the fault is.
var planFaults = map[string]struct {
	spoil func(*store.Campaign)
	place string
}{
	"plan.bad_id":         {func(c *store.Campaign) { c.ID = "Kế hoạch 14" }, "id"},
	"plan.no_name":        {func(c *store.Campaign) { c.Name = store.Label{"en": "A plan"} }, "name"},
	"plan.document":       {func(c *store.Campaign) { c.Document = "kế hoạch" }, "document"},
	"plan.no_issuer":      {func(c *store.Campaign) { c.Issuer = "" }, "issuer"},
	"plan.no_date":        {func(c *store.Campaign) { c.To = store.Date{} }, "to"},
	"plan.backwards":      {func(c *store.Campaign) { c.From, c.To = c.To, c.From }, "to"},
	"plan.too_long":       {func(c *store.Campaign) { c.To.Year = 2126 }, "to"},
	"plan.empty_list":     {func(c *store.Campaign) { c.Titles = nil }, "titles"},
	"plan.option_key":     {func(c *store.Campaign) { c.Fields[1].Key = "văn hóa" }, "fields.2.key"},
	"plan.twice":          {func(c *store.Campaign) { c.Fields[1].Key = c.Fields[0].Key }, "fields.2.key"},
	"plan.no_label":       {func(c *store.Campaign) { c.Titles[0].Label = nil }, "titles.1.label"},
	"plan.unit_kind":      {func(c *store.Campaign) { c.Obliged = []store.UnitKind{"huyện"} }, "obliged.1"},
	"plan.kind":           {func(c *store.Campaign) { c.Rules[0].Kind = "tuần" }, "rules.1.kind"},
	"plan.rule_twice":     {func(c *store.Campaign) { c.Rules[1].Kind = store.HalfYear }, "rules.2.kind"},
	"plan.number":         {func(c *store.Campaign) { c.Rules[0].Hour = 24 }, "rules.1.hour"},
	"plan.shift":          {func(c *store.Campaign) { c.Rules[0].Shift = "" }, "rules.1.shift"},
	"plan.free_elsewhere": {func(c *store.Campaign) { c.Rules[0].Free = []store.FreeDates{{}} }, "rules.1.free.1"},
	"plan.no_period": {func(c *store.Campaign) {
		c.Rules[0].Kind, c.From, c.To = store.NineMonths, store.Date{Year: 2030, Month: 10, Day: 1}, store.Date{Year: 2030, Month: 11, Day: 30}
	}, "rules.1"},
	"plan.free_none": {func(c *store.Campaign) { c.Rules[0] = freeRule() }, "rules.1.free"},
	"plan.free_name": {func(c *store.Campaign) {
		c.Rules[0] = freeRule(store.FreeDates{From: c.From, To: c.To})
	}, "rules.1.free.1.name"},
	"plan.free_twice": {func(c *store.Campaign) {
		f := store.FreeDates{Name: "Đợt", From: c.From, To: c.From.AddDays(30)}
		c.Rules[0] = freeRule(f, f)
	}, "rules.1.free.2.to"},
	"plan.free_due": {func(c *store.Campaign) {
		c.Rules[0] = freeRule(store.FreeDates{Name: "Đợt", From: c.From, To: c.From.AddDays(30), Due: c.From})
	}, "rules.1.free.1.due"},
	"plan.rung_twice": {func(c *store.Campaign) { c.Ladder = append(c.Ladder, c.Ladder[0]) }, "ladder.6"},
	"plan.unit":       {func(c *store.Campaign) { c.Unit = "99999" }, "unit"},
	"plan.orphans":    {func(c *store.Campaign) { c.Rules[0].CutDay = 20 }, "rules"},
	"plan.used":       {func(c *store.Campaign) { c.Fields = c.Fields[:1] }, "fields"},
}

func freeRule(free ...store.FreeDates) store.PeriodRule {
	return store.PeriodRule{Kind: store.FreePeriod, Shift: store.NextWorkingDay, Hour: 17, Free: free}
}

// planWarnings are what is no fault and yet told.
var planWarnings = map[string]func(*store.Campaign){
	"plan.no_ladder":   func(c *store.Campaign) { c.Ladder = nil },
	"plan.no_rules":    func(c *store.Campaign) { c.Rules = nil },
	"plan.quiet_hour":  func(c *store.Campaign) { c.Ladder[0].Hour = 21 },
	"plan.period_goes": func(c *store.Campaign) { c.Rules = c.Rules[:1] },
}

// good is the national campaign, for a test to spoil.
func good(t *testing.T) store.Campaign {
	t.Helper()
	all, err := shipped.Campaigns()
	must(t, err)
	return all[0]
}

// TestImportCampaignNamesFaults spoils a campaign in every way that there is:
// the fault is named with its place, and nothing is written.
func TestImportCampaignNamesFaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{ID: 9000, Unit: "30346", Period: national + "/half/2026-06-14", By: 1, SubmittedAt: w.now.AddDate(0, -5, 0)})
		return err
	}))
	known := []string{"plan.unreadable", "plan.unknown_key"} // of package planfile
	for key, f := range planFaults {
		known = append(known, key)
		t.Run(key, func(t *testing.T) {
			c := good(t)
			f.spoil(&c)
			got, err := w.bot.ImportCampaign(context.Background(), c, w.now, false)
			must(t, err)
			if !slices.ContainsFunc(got.Errors, func(e bot.PlanFault) bool { return e.Key == key && e.Place == f.place }) {
				t.Errorf("got %+v, want %s at %s", got.Errors, key, f.place)
			}
		})
	}
	for key, change := range planWarnings {
		known = append(known, key)
		t.Run(key, func(t *testing.T) {
			c := good(t)
			change(&c)
			got, err := w.bot.ImportCampaign(context.Background(), c, w.now, true)
			must(t, err)
			if !slices.ContainsFunc(got.Warnings, func(e bot.PlanFault) bool { return e.Key == key }) {
				t.Errorf("got %+v, want %s", got, key)
			}
		})
	}
	for _, key := range bot.PlanKeys() {
		if !slices.Contains(known, key) {
			t.Errorf("nothing leads to %s", key)
		}
	}
	w.view(func(r store.Reader) error {
		c, err := r.Campaign(national)
		if diff := cmp.Diff(good(t), c); diff != "" {
			t.Errorf("something was written:\n%s", diff)
		}
		return err
	})
}

// TestImportCampaignTwice writes a campaign once and says what changed.
func TestImportCampaignTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "vi")
	c := good(t)
	c.ID, c.Unit, c.Document = "14-kh-2026", "91", "14/KH/BDVTU"
	for i, want := range []bot.PlanChanges{{New: true}, {}} {
		got, err := w.bot.ImportCampaign(t.Context(), c, w.now, false)
		must(t, err)
		if got.New != want.New || len(got.Errors) > 0 || (len(got.Changed) == 0) != (i == 1) || len(got.Next) != 2 {
			t.Errorf("import %d: %+v", i+1, got)
		}
	}
	c.CheckDays, c.Rules[0].Grace = 3, 2
	got, err := w.bot.ImportCampaign(t.Context(), c, w.now, true)
	must(t, err)
	if !slices.Equal(got.Changed, []string{"rules", "check_days"}) {
		t.Errorf("changed %v", got.Changed)
	}
	w.view(func(r store.Reader) error {
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
	w := newWorld(t, "vi")
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{ID: 9000, Unit: "30346", Period: national + "/half/2026-06-14", By: 1, SubmittedAt: w.now.Add(-time.Hour)})
		return err
	}))
	w.Chat("quan").Apply(store.Message{Kind: store.Send, Text: "a message with buttons"})
	w.mustDo("quan", flows.Input{Kind: flows.PressInput, Press: "kh.e." + national, Message: "1"})
	for _, text := range []string{"9", "cuối tháng", "gửi"} {
		w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: text})
	}
	read := w.read("quan")
	if !strings.Contains(read, "đã có 1 báo cáo") || strings.Contains(read, "Đã sửa kế hoạch") {
		t.Errorf("they read:\n%s", read)
	}
	for _, text := range []string{"9", "ngày 14", "gửi"} {
		w.mustDo("quan", flows.Input{Kind: flows.TextInput, Text: text})
	}
	if read := w.read("quan"); !strings.Contains(read, "Không có gì thay đổi") {
		t.Errorf("the card did not stay open:\n%s", read)
	}
}
