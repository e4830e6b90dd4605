// Package link is how features meet: a verb and ids, in the data of a button or
// followed inside a turn. The kernel brings a link to the feature that has the
// verb; what may be done is decided anew each time, the data is only a request.
package link

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"

	"danvan/store"
)

// Verb says what a link is to do.
type Verb string

// The verbs of buttons. None begins with another one, and each leaves room for
// its ids in the data of a button (store.Limits).
const (
	Model    Verb = "model"    // show a model in place of the screen it was pressed on
	Card     Verb = "card"     // show a model under a message that stays
	History  Verb = "history"  // its updates
	Row      Verb = "row"      // one of them
	Evidence Verb = "evidence" // its photos and files
	Whole    Verb = "whole"    // its whole registration
	List     Verb = "list"     // revision, then what to do with the list of models
	Draft    Verb = "draft"    // open a draft
	Leave    Verb = "leave"    // put the open draft aside
	Throw    Verb = "throw"    // ask whether to throw a draft away
	Drop     Verb = "drop"     // throw it away

	Register Verb = "register" // begin a registration
	Resubmit Verb = "resubmit" // complete a returned one
	Withdraw Verb = "withdraw" // take it back
	Amend    Verb = "amend"    // change a registration, or propose that: model, "until" for its last day, a day
	News     Verb = "news"     // begin an update, of which model is asked
	Update   Verb = "update"   // begin an update of a model: model, and what has happened, or for which report: unit, period
	Silent   Verb = "silent"   // nothing new; the model's revision fences it
	Correct  Verb = "correct"  // correct an update
	Check    Verb = "check"    // a coordinator's verb, then a model and its revision

	Report   Verb = "report"   // a unit's report: what to do, the unit, the period, the report's revision
	Deputy   Verb = "deputy"   // let somebody else be reminded
	Watch    Verb = "watch"    // who has reported and who has not
	Grant    Verb = "grant"    // an extension or exemption: what to do, the unit, the period
	Close    Verb = "close"    // close a period: ask or do, the period
	Ahead    Verb = "ahead"    // a page of what is to be sent
	Board    Verb = "board"    // a board: its id, its revision, what to show or do
	Timing   Verb = "timing"   // when the digest comes
	Campaign Verb = "campaign" // what to do, a campaign's id
	Heir     Verb = "heir"     // who takes over from a unit that has ended: the unit, one of its successors
	Told     Verb = "told"     // what was told of a campaign: "read" or "register", the edition, the campaign
	Holiday  Verb = "holiday"  // the calendar of working days: what to do, a day or month

	Export Verb = "export" // write a file: what, which format
	Table  Verb = "table"  // a table of models that came: its batch, what to do

	Language Verb = "lang"    // choose a language
	Post     Verb = "post"    // act for another post
	Consent  Verb = "consent" // answer the question of consent
	Mine     Verb = "mine"    // see, change or erase one's own data
	Settings Verb = "settings"

	Ask    Verb = "ask"    // ask who may do a job: the job, the person; or for another invitation: "new", the code of one
	Invite Verb = "invite" // invite to a unit: the unit, or "" to be asked
	People Verb = "people" // who holds what: what to show or do, a seat

	Roster    Verb = "roster"    // a list of people who are to be invited: what to do, its batch
	Portfolio Verb = "portfolio" // what a seat looks after: what to show or do, the seat
)

// The verbs that only features follow, and no button has.
const (
	Await   Verb = "await"   // a model waits for its check: model, "again" if it did before, "quiet" to tell no other, "gone" if withdrawn
	Adopt   Verb = "adopt"   // put a change that was proposed into a registration: model
	Confirm Verb = "confirm" // a completion waits to be confirmed: model
	Proof   Verb = "proof"   // a photo or file came while nothing was asked
	Intake  Verb = "intake"  // a table came
	Explain Verb = "explain" // why somebody was reminded of a report: unit, period
	Plan    Verb = "plan"    // lead to the first campaign while there is none
	Refused Verb = "refused" // say that the post may not do a job, and who may: the job
	Nudge   Verb = "nudge"   // remind who is missing: period, a unit or "", the roots
)

// Verbs lists every verb.
var Verbs = []Verb{
	Model, Card, History, Row, Evidence, Whole, List, Draft, Leave, Throw, Drop,
	Register, Resubmit, Withdraw, Amend, News, Update, Silent, Correct, Check,
	Report, Deputy, Watch, Grant, Close, Ahead, Board, Timing, Campaign, Told, Heir, Holiday,
	Language, Post, Consent, Mine, Settings, Ask, Invite, People, Roster, Portfolio, Refused,
	Export, Table, Intake, Await, Confirm, Proof, Adopt, Explain, Plan, Nudge,
}

// old are the verbs of buttons that were sent before November 2026 and still
// stand in chats, some with the first of their ids.
var old = []struct{ was, is string }{
	{"m", string(Model)}, {"c", string(Card)}, {"h", string(History)}, {"w", string(Row)}, {"e", string(Evidence)}, {"i", string(Whole)},
	{"u", string(Update)}, {"z", string(Silent)}, {"x", string(Correct)}, {"l", string(List)},
	{"d", string(Draft)}, {"v", string(Leave)}, {"t", string(Throw)}, {"g", string(Drop)},
	{"n.register", string(Register)}, {"n.update", string(News)}, {"mend", string(Resubmit)},
	{"bc", string(Report)}, {"td", string(Watch)}, {"gd", string(Deputy)}, {"ex", string(Grant)}, {"lc", string(Ahead)},
	{"b", string(Board)}, {"dg.settings", string(Settings)}, {"dg", string(Timing)}, {"kh", string(Campaign)}, {"nn", string(Holiday)},
	{"ok", string(Consent)}, {"my", string(Mine)},
}

// To is a link: the verb with what it is about.
func (v Verb) To(about ...string) string { return string(v) + "." + strings.Join(about, ".") }

// Parse returns the verb of a link and what it is about. Links of buttons that
// were sent before their verbs had names are understood.
func Parse(data string) (Verb, string) {
	for _, o := range old {
		if rest, ok := strings.CutPrefix(data, o.was); ok && (rest == "" || rest[0] == '.') {
			data = o.is + rest
			break
		}
	}
	verb, about, _ := strings.Cut(data, ".")
	return Verb(verb), about
}

var (
	startWith = regexp.MustCompile(`(?i)^\s*/start(?:@\w+)?\s+(\S+)\s*$`)
	deepLink  = regexp.MustCompile(`(?i)(?:t\.me|telegram\.me|telegram\.dog|tg:)\S*[?&]start=([A-Za-z0-9_-]+)`)
	bareCode  = regexp.MustCompile(`^\s*([A-Za-z0-9_-]{32})\s*$`)
)

// Invitation returns the code of an invitation in a text: what a pressed link
// sends, "/start CODE", in any case and with the bot's name; and what people
// paste where pressing it did not help, the link itself or its code alone.
func Invitation(text string) (code string, ok bool) {
	for _, form := range []*regexp.Regexp{startWith, deepLink, bareCode} {
		if m := form.FindStringSubmatch(text); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// Ref writes an id as links carry it.
func Ref[T ~uint64](id T) string { return strconv.FormatUint(uint64(id), 36) }

// ID reads what Ref wrote; 0 when it is something else.
func ID(s string) uint64 {
	id, err := strconv.ParseUint(s, 36, 64)
	if err != nil {
		return 0
	}
	return id
}

// IDs reads two ids, "a.b".
func IDs(s string) (a, b uint64, ok bool) {
	first, second, found := strings.Cut(s, ".")
	a, b = ID(first), ID(second)
	return a, b, found && a != 0 && b != 0
}

// Fence writes a model's id and revision, as the buttons of a decision carry
// them: once the model has changed, they decide nothing.
func Fence(m store.Model) string { return Ref(m.ID) + "." + Ref(m.Revision) }

// Unit writes a unit's code inside a link, whose parts stand between dots: a
// code may have dots itself, and never an underscore.
func Unit(code store.UnitCode) string { return strings.ReplaceAll(string(code), ".", "_") }

// UnitCode reads what Unit wrote.
func UnitCode(s string) store.UnitCode { return store.UnitCode(strings.ReplaceAll(s, "_", ".")) }

// Units reads two units, "a.b".
func Units(s string) (a, b store.UnitCode) {
	first, second, _ := strings.Cut(s, ".")
	return UnitCode(first), UnitCode(second)
}

// Period stands for a period, whose id is too long for a button.
func Period(id store.PeriodID) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// Obligation names a unit's report for a period: "unit.period".
func Obligation(unit store.UnitCode, period store.PeriodID) string {
	return Unit(unit) + "." + Period(period)
}
