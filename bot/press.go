package bot

import (
	"strconv"
	"strings"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// What the buttons outside forms say: a verb and an id. What may be pressed
// is decided anew for every press; the data is only a request.
const (
	pressModel    = "m."    // show a model in place of the screen it was pressed on
	pressCard     = "c."    // show a model under a message that stays
	pressHistory  = "h."    // its updates
	pressRow      = "w."    // one of them
	pressEvidence = "e."    // its photos and files
	pressFull     = "i."    // its whole registration
	pressUpdate   = "u."    // begin an update
	pressSilent   = "z."    // update: nothing new; the model's revision fences it
	pressCorrect  = "x."    // correct an update
	pressList     = "l."    // revision, then what to do with the list
	pressDraft    = "d."    // open a draft
	pressLeave    = "v."    // put the open draft aside
	pressThrow    = "t."    // ask whether to throw a draft away
	pressGone     = "g."    // throw it away
	pressNew      = "n."    // begin a form
	pressLanguage = "lang." // choose a language
	pressPost     = "post." // act for another post
	pressConsent  = "ok."   // answer the question of consent
	pressBoard    = "b."    // a board: its id, its revision, what to show or do
	pressTiming   = "dg."   // when the digest comes
	pressMine     = "my."   // see, change or erase one's own data

	pressCheck     = "check."    // verb, then a model and its revision: a coordinator's decision
	pressMend      = "mend."     // complete a returned registration
	pressWithdraw  = "withdraw." // take it back
	pressReport    = "bc."       // a unit's report: what to do, the unit, the period, the report's revision
	pressWho       = "td."       // who has reported and who has not
	pressDeputy    = "gd."       // let somebody else be reminded
	pressGrant     = "ex."       // an extension or exemption: what to do, the unit, the period
	pressTimetable = "lc."       // a page of what is to be sent
	pressPlan      = "kh."       // a campaign: what to do, its id
	pressHoliday   = "nn."       // the calendar of working days: what to do, a day or month
)

// pressed obeys a button.
func (t *turn) pressed(data string) error {
	if id, ok := flows.PressedSession(data); ok {
		return t.pressedForm(id)
	}
	for prefix, do := range map[string]func(*turn, string) error{
		pressModel:    onModel(func(t *turn, m store.Model) error { return t.showModel(m, true) }),
		pressCard:     onModel(func(t *turn, m store.Model) error { return t.showModel(m, false) }),
		pressHistory:  onModel((*turn).showHistory),
		pressEvidence: onModel((*turn).showEvidence),
		pressFull:     onModel((*turn).showRegistration),
		pressUpdate:   onModel((*turn).beginUpdate),
		pressSilent:   (*turn).nothingNew,
		pressRow:      (*turn).showProgress,
		pressCorrect:  (*turn).beginCorrection,
		pressList:     (*turn).turnList,
		pressDraft:    onDraft((*turn).openDraft),
		pressLeave:    onDraft((*turn).leaveDraft),
		pressThrow:    onDraft((*turn).askThrow),
		pressGone:     onDraft((*turn).throwAway),
		pressNew:      (*turn).pressedNew,
		pressLanguage: (*turn).setLanguage,
		pressPost:     (*turn).switchPost,
		pressConsent:  (*turn).consent,
		pressMine:     (*turn).pressedMine,

		pressCheck:     (*turn).checkPressed,
		pressMend:      onModel((*turn).mend),
		pressWithdraw:  onModel((*turn).beginWithdraw),
		pressReport:    (*turn).pressedReport,
		pressWho:       (*turn).pressedWho,
		pressDeputy:    (*turn).pressedDeputy,
		pressGrant:     (*turn).pressedGrant,
		pressTimetable: (*turn).pressedTimetable,
		pressBoard:     (*turn).pressedBoard,
		pressTiming:    (*turn).pressedTiming,
		pressPlan:      (*turn).pressedPlan,
		pressHoliday:   (*turn).pressedHoliday,
	} {
		if rest, ok := strings.CutPrefix(data, prefix); ok {
			return do(t, rest)
		}
	}
	return t.toast("press.unknown", nil)
}

// pressedForm obeys a button of a form, if it is of the draft that is open.
func (t *turn) pressedForm(id store.SessionID) error {
	if id == t.person.Open && id != 0 {
		return t.resume(t.ev.Input)
	}
	s, err := t.tx.Session(id)
	if err == nil && s.Post == t.post.ID {
		return t.toast("press.other_draft", nil)
	}
	return t.toast("press.closed", nil)
}

// onModel reads the model's id of a press and checks that the post may see
// the model; what else it may do is the job's own question.
func onModel(do func(*turn, store.Model) error) func(*turn, string) error {
	return func(t *turn, rest string) error {
		id, err := strconv.ParseUint(rest, 36, 64)
		if err != nil {
			return t.toast("press.unknown", nil)
		}
		m, ok, err := t.model(store.ModelID(id), viewModels)
		if err != nil {
			return err
		}
		if !ok {
			return t.notHere(func(p store.Post) (bool, error) { return t.postMay(p, viewModels, m) })
		}
		return do(t, m)
	}
}

// ref writes an id as the buttons carry it.
func ref[T ~uint64](id T) string { return strconv.FormatUint(uint64(id), 36) }

func (t *turn) pressedNew(form string) error {
	if form == forms.RegisterID && t.may(registerModels) || form == forms.UpdateID && t.may(updateModels) {
		return t.begin(form, nil)
	}
	return t.toast("press.unknown", nil)
}

// unbutton takes the buttons off the pressed message: it has been answered.
func (t *turn) unbutton() error {
	_, err := t.queue(store.Message{To: t.ev.From, Kind: store.Edit, Target: store.Target{Remote: t.ev.Input.Message}})
	return err
}
