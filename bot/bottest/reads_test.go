package bottest

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/campaigns"
	"danvan/bot/link"
	"danvan/bot/shipped"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/flowtest"
	"danvan/store"
	"danvan/store/bolt"
)

// What the country of this test holds.
const (
	countryPeople = 20_000
	countryModels = 100_000
	// fewerModels and everySo are for a run without -reads, which plays one
	// conversation in so many.
	fewerModels = 3_000
	everySo     = 10
)

// mostReads is how many keys a turn may look at inside the one writer, where it
// holds up everybody else, beyond the records that it shows: one for each line
// and button.
const mostReads = 40

var reads = flag.Bool("reads", false, "TestReads counts in a country of 100,000 models")

// TestReads plays every golden conversation in a country of 3,321 communes
// with 20,000 people and 100,000 models, presses every button that is left, and
// counts the keys that the turns look at. What people are shown differs from the
// transcripts, for there is more to show: that is not compared.
func TestReads(t *testing.T) {
	t.Parallel()
	models := fewerModels
	if *reads {
		models = countryModels
	}
	country := filepath.Join(t.TempDir(), "country.db")
	began := time.Now()
	Must(t, buildCountry(t, country, models))
	t.Logf("built in %v", time.Since(began))

	files, err := filepath.Glob("../*/testdata/*/*.txt")
	Must(t, err)
	if len(files) < 60 {
		t.Fatalf("only %d conversations", len(files))
	}
	// Ahead of itself a turn goes at most once through all models, or through all
	// reports of three periods; a search twice, for titles and for what units and fields
	// it names.
	all := &tally{most: map[string]cost{}, mostAhead: 2*max(models, 10_000) + 1000}
	t.Run("conversations", func(t *testing.T) {
		for i, file := range files {
			if !*reads && i%everySo != 0 {
				continue
			}
			lang := filepath.Base(filepath.Dir(file))
			name := filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(file)))) + "/" + lang + "/" + strings.TrimSuffix(filepath.Base(file), ".txt")
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				script, err := os.ReadFile(file)
				Must(t, err)
				if flowtest.Header(string(script))["world"] == "fresh" {
					return // nothing is there that a turn could read
				}
				playCounting(t, all, country, lang, string(script))
			})
		}
	})
	t.Log(all)
	if all.missed*20 > all.turns {
		t.Errorf("%d lines of the conversations could not be played, of %d turns", all.missed, all.turns)
	}
}

// playCounting plays a conversation in a copy of the country.
func playCounting(t *testing.T, all *tally, country, lang, script string) {
	t.Helper()
	w := unopened(t, lang)
	Must(t, copyLarge(country, w.path))
	defer func() { _ = os.Remove(w.path) }()
	c := &countingWorld{World: w, all: all}
	w.with = []With{func(conf *bot.Config) {
		c.counting = &counting{Store: conf.Store}
		conf.Store.(*bolt.Store).Count(func() { c.counting.keys++ })
		conf.Store = c.counting
	}}
	w.open()
	w.fill()
	world := flowtest.Header(script)["world"]
	w.furnish(world)
	if world == "" || strings.HasPrefix(world, "waiting") {
		w.crowd()
	}
	c.play(script)
	c.pressAll()
}

// crowd puts as many models into the communes of the conversations as others
// have. A report is another one then.
func (w *World) crowd() {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		var errs []error
		for i, unit := range append(slices.Clone(few), "16804") {
			for n := range 30 {
				errs = append(errs, putModel(tx, countryModels+30*i+n, unit, w.Now, store.Doing))
			}
		}
		return errors.Join(errs...)
	})
}

// counting is a store that counts the keys that each transaction looks at. One
// goroutine uses it.
type counting struct {
	store.Store
	keys int
	done []transaction
}

// transaction is what was read in one.
type transaction struct {
	update bool
	keys   int
}

func (c *counting) View(ctx context.Context, look func(store.Reader) error) error {
	before := c.keys
	err := c.Store.View(ctx, look)
	c.done = append(c.done, transaction{false, c.keys - before})
	return err
}

func (c *counting) Update(ctx context.Context, change func(store.Tx) error) error {
	before := c.keys
	err := c.Store.Update(ctx, change)
	c.done = append(c.done, transaction{true, c.keys - before})
	return err
}

// cost is what a turn has read, and how much it has shown.
type cost struct {
	writer int // in the transaction that was committed
	held   int // in those, too, that ended to look ahead
	ahead  int // in those that hold up nobody
	tree   int // to bring the organisation up to date
	shown  int // lines and buttons
	where  string
}

// beyond is what the turn read in the writer beyond what it has shown.
func (c cost) beyond() int { return c.writer - c.shown }

// costOf reads off what a turn did: it looked at the organisation, and then
// tried, looked ahead and tried again. What it shows is made afterwards.
func costOf(done []transaction) (c cost) {
	last := len(done) - 1
	for last >= 0 && !done[last].update {
		last--
	}
	for i, tx := range done[:last+1] {
		switch {
		case tx.update:
			c.held += tx.keys
			c.writer = tx.keys
		case i > 0 && done[i-1].keys <= 1: // the turn saw the editions, and had not even looked who it is
			c.tree = tx.keys
		default:
			c.ahead += tx.keys
		}
	}
	return c
}

// tally keeps the most that turns of a kind have cost.
type tally struct {
	mu     sync.Mutex
	most   map[string]cost
	turns  int
	missed int // lines that could not be played
	// mostAhead is how many keys a turn may look at that hold up nobody.
	mostAhead int
}

func (a *tally) add(kind string, c cost) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.turns++
	m, there := a.most[kind]
	if !there || c.beyond() > m.beyond() {
		m.writer, m.shown, m.where = c.writer, c.shown, c.where
	}
	m.held, m.ahead, m.tree = max(m.held, c.held), max(m.ahead, c.ahead), max(m.tree, c.tree)
	a.most[kind] = m
}

// String is the table.
func (a *tally) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%d turns, %d lines not played\n", a.turns, a.missed)
	fmt.Fprintln(&s, "beyond writer shown | with tries  ahead   tree")
	kinds := slices.SortedFunc(maps.Keys(a.most), func(x, y string) int {
		return cmp.Or(cmp.Compare(a.most[y].writer, a.most[x].writer), cmp.Compare(x, y))
	})
	for _, kind := range kinds {
		c := a.most[kind]
		fmt.Fprintf(&s, "%6d %6d %5d | %10d %6d %6d  %s (%s)\n", c.beyond(), c.writer, c.shown, c.held, c.ahead, c.tree, kind, c.where)
	}
	return s.String()
}

// countingWorld plays and counts. It is a flowtest.Host.
type countingWorld struct {
	*World
	*counting
	all  *tally
	last flows.Input
}

// Do counts what a turn reads.
func (w *countingWorld) Do(who string, in flows.Input, again bool) (toast string, err error) {
	if again {
		in = w.last
	}
	if before, place, ok := strings.Cut(in.Text, "{"); ok && before == "/start " {
		in.Text = before + w.InviteTo(strings.TrimSuffix(place, "}"))
	}
	w.last = in
	kind := w.kind(who, in)
	w.done = nil
	toast, err = w.World.Do(who, in, again)
	if err != nil || len(w.done) == 0 {
		return toast, err
	}
	c := costOf(w.done)
	c.shown, c.where = w.shown(), w.T.Name()[strings.LastIndex(w.T.Name(), "conversations/")+len("conversations/"):]
	w.all.add(kind, c)
	if c.beyond() > mostReads {
		w.T.Errorf("%s: %d reads in the writer, %d lines and buttons shown", kind, c.writer, c.shown)
	}
	if c.ahead > w.all.mostAhead {
		w.T.Errorf("%s: %d reads ahead", kind, c.ahead)
	}
	return toast, nil
}

// shown counts the lines and buttons that everybody has been shown, and has not
// been asked for.
func (w *countingWorld) shown() (n int) {
	for _, name := range w.People() {
		for _, news := range w.Chat(name).News() {
			n += strings.Count(news, "\n") + 1 + max(strings.Count(news, "[")-1, 0)
		}
	}
	return n
}

// kind says what a turn is: by whom, in which form, and what they did.
func (w *countingWorld) kind(who string, in flows.Input) string {
	role, at := "stranger", ""
	Must(w.T, w.Store().View(context.Background(), func(r store.Reader) error {
		p, err := r.PersonAt(Address(who))
		if err != nil {
			return nil
		}
		if post, err := r.Post(p.Active); err == nil {
			role = string(post.Role)
		}
		if s, err := r.Session(p.Open); err == nil {
			at = s.Form + "." + cmp.Or(s.At, "review")
		}
		return nil
	}))
	switch in.Kind {
	case flows.PressInput:
		verb, _ := link.Parse(in.Press)
		return strings.TrimSpace(role + " presses " + string(verb) + " " + at)
	case flows.TextInput:
		word, _, _ := strings.Cut(in.Text, " ")
		if strings.HasPrefix(word, "/") {
			return role + " " + word
		}
		return strings.TrimSpace(role + " types " + at)
	}
	return role + " sends " + string(in.Kind) + " " + at
}

// Store is the store under the bot.
func (w *countingWorld) Store() store.Store { return w.World.Store }

// numbers are what differs between a button here and the one in the transcript.
var numbers = regexp.MustCompile(`\d[\d.,]*`)

// play plays a transcript line by line. A button that is not there under its
// label, because of the many others, is sought under one with other numbers,
// or passed over.
func (w *countingWorld) play(script string) {
	w.T.Helper()
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "#") {
			continue
		}
		who, what, _ := strings.Cut(line, "> ")
		if by, ok := strings.CutPrefix(line, "@ +"); ok {
			d, err := time.ParseDuration(by)
			Must(w.T, err)
			line = w.Now.Add(d).In(w.Zone).Format("@ 2006-01-02 15:04")
		}
		if strings.HasPrefix(what, "[") && !strings.HasPrefix(what, "[data ") {
			line = who + "> " + w.likeliest(who, what)
		}
		_, err := flowtest.Play(line, w, w.Zone)
		if err != nil && strings.Contains(err.Error(), "no button") {
			w.all.miss()
			w.T.Log(err)
			continue
		}
		Must(w.T, err)
	}
}

func (a *tally) miss() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.missed++
}

// likeliest returns the button that is meant.
func (w *countingWorld) likeliest(who, what string) string {
	label := strings.Trim(what, "[]")
	if rest, ok := strings.CutPrefix(label, "#"); ok {
		number, name, _ := strings.Cut(rest, " ")
		message, _ := strconv.Atoi(number)
		if _, _, err := w.Chat(who).Button(name, message); err == nil {
			return what
		}
		label = name
	}
	if _, _, err := w.Chat(who).Button(label, 0); err == nil {
		return "[" + label + "]"
	}
	for _, m := range slices.Backward(w.Chat(who).Messages) {
		for _, b := range slices.Concat(m.Buttons...) {
			if numbers.ReplaceAllString(b.Text, "") == numbers.ReplaceAllString(label, "") {
				return "[" + b.Text + "]"
			}
		}
	}
	return what
}

// pressAll presses every button that is left.
func (w *countingWorld) pressAll() {
	w.T.Helper()
	type press struct{ who, message, data string }
	var all []press
	for _, who := range slices.Sorted(slices.Values(w.names)) {
		if people[who].name == "" {
			continue // somebody of the country
		}
		for _, m := range w.Chat(who).Messages {
			for _, b := range slices.Concat(m.Buttons...) {
				if b.Data != "" {
					all = append(all, press{who, strconv.Itoa(m.ID), b.Data})
				}
			}
		}
	}
	for _, p := range all {
		_, err := w.Do(p.who, flows.Input{Kind: flows.PressInput, Press: p.data, Message: p.message}, false)
		Must(w.T, err)
	}
}

// buildCountry leaves the file of a country of all units in which many people
// and models are. The provinces of the conversations have models like all
// others, but nobody in their offices, and in no commune of the conversations.
func buildCountry(t *testing.T, path string, models int) error {
	t.Helper()
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	units, err := shipped.Units()
	if err != nil {
		return err
	}
	if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.PutCampaign(campaigns.Template()) }); err != nil {
		return err
	}
	b := &builder{s: s, now: start(zone(t)), parents: map[store.UnitCode]store.UnitCode{}}
	for _, u := range units {
		if b.parents[u.Code] = u.Parent; u.Parent != "" {
			b.communes = append(b.communes, u.Code)
		}
	}
	err = errors.Join(
		b.each(len(units), func(tx store.Tx, i int) error { return tx.PutUnit(units[i]) }),
		b.people(units), b.each(models, b.model), b.each(len(b.communes), b.report))
	return errors.Join(err, s.Close())
}

type builder struct {
	s        *bolt.Store
	now      time.Time
	communes []store.UnitCode
	parents  map[store.UnitCode]store.UnitCode
}

// each does something n times, many times in a transaction.
func (b *builder) each(n int, do func(tx store.Tx, i int) error) error {
	const batch = 10_000
	for from := 0; from < n; from += batch {
		err := b.s.Update(context.Background(), func(tx store.Tx) error {
			for i := from; i < min(from+batch, n); i++ {
				if err := do(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// played says whether a unit is one of the conversations'.
func played(u store.UnitCode) bool {
	return u == "91" || u == "40" || u == "16804" || slices.Contains(few, u)
}

// people fills seat after seat until there are enough people.
func (b *builder) people(units []store.Unit) error {
	var seats []store.Post
	roles := []store.Role{store.Officer, store.Coordinator, store.Supervisor, store.Officer, store.Coordinator, store.Officer, store.Supervisor}
	nth := map[store.Role]int{}
	for _, role := range roles {
		nth[role]++
		for _, u := range units {
			if len(seats) == countryPeople || played(u.Code) || role == store.Coordinator && (u.Parent == "91" || u.Parent == "40") {
				continue
			}
			seats = append(seats, store.Post{ID: store.SeatID(u.Code, role, nth[role]), Unit: u.Code, Role: role, Since: b.now})
		}
	}
	return b.each(len(seats), func(tx store.Tx, i int) error {
		id, err := tx.NewID()
		post := seats[i]
		post.Holder = store.PersonID(id)
		post.Digest.Every = store.Never
		who := store.Person{
			ID: post.Holder, Address: Address("country" + strconv.Itoa(i)), Language: "vi", Active: post.ID,
			Name: "Nguyễn Văn " + strconv.Itoa(i), Phone: "+84912345678", Consent: store.Given, ConsentAt: b.now,
		}
		return errors.Join(err, tx.PutPost(post), tx.PutPerson(who))
	})
}

// model puts the ith model; some wait for the check.
func (b *builder) model(tx store.Tx, i int) error {
	unit := b.communes[i%len(b.communes)]
	for n := i; played(unit); unit = b.communes[n%len(b.communes)] {
		n++ // who is played has few models, and is asked what the transcripts ask
	}
	state := store.Doing
	if b.waits(unit, i/len(b.communes)) {
		state = store.Waiting
	}
	return putModel(tx, i, unit, b.now, state)
}

// putModel puts a model, with a check and an update if it waits no more.
func putModel(tx store.Tx, i int, unit store.UnitCode, now time.Time, state store.State) error {
	id, err := tx.NewID()
	title := fmt.Sprintf("Vườn ươm công vụ %d", i)
	at := now.AddDate(0, 0, -200+i%170)
	m := store.Model{
		ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-2026-%06d", unit, i), Unit: unit,
		Entries: store.Entries{{
			Campaign: "dvk-2026-2030", Field: []string{"KT", "VHXH", "QPAN", "HTCT"}[i%4], TitleGroup: "DVK", Origin: store.New,
		}},
		Year: 2026, Title: title, Fold: answer.Fold(title), Kind: store.Collective, Registrants: []store.Registrant{{Name: "Chi bộ ấp"}},
		State: state, RegisteredAt: at,
	}
	if state == store.Waiting {
		m.RegisteredAt = now.Add(-time.Hour)
		_, putErr := tx.PutModel(m)
		return errors.Join(err, putErr)
	}
	_, putErr := tx.PutModel(m)
	return errors.Join(err, putErr,
		tx.AddReview(store.Review{
			ID: store.ReviewID(id), Model: m.ID, Verdict: store.AcceptVerdict, Was: store.Waiting, State: store.Accepted, At: at.AddDate(0, 0, 1),
		}),
		tx.AddProgress(store.Progress{
			ID: 1, Model: m.ID, At: at.AddDate(0, 0, 9), Day: store.DateOf(at.AddDate(0, 0, 9)), Was: store.Accepted, State: store.Doing,
			Money: []store.Money{{VND: 5_000_000, Part: store.People}}, Basis: store.Added,
		}))
}

// waits says whether a commune's nth model waits for the check: two in the
// province of the conversations, of whose province's coordinator they are tasks.
func (b *builder) waits(unit store.UnitCode, n int) bool {
	return b.parents[unit] == "91" && n < 2
}

// report files the reports of a commune outside the conversations' provinces.
func (b *builder) report(tx store.Tx, i int) error {
	unit := b.communes[i]
	if p := b.parents[unit]; p == "91" || p == "40" {
		return nil
	}
	var errs []error
	for _, period := range []store.PeriodID{Period, "dvk-2026-2030/half/2026-06-14", "dvk-2026-2030/year/2026-12-14"} {
		_, err := tx.PutReport(store.Report{Unit: unit, Period: period, SubmittedAt: b.now})
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func copyLarge(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
