package review_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
)

// world is one with models in every state that a check meets.
type world struct{ *bottest.World }

// checkedStates are the states that a check meets, one model of each in ba's
// commune.
var checkedStates = []store.State{store.Waiting, store.Returned, store.Doing, store.Done, store.Merged, store.Rejected}

// checkedTitle is what the models of checkedStates are called.
const checkedTitle = "Vườn thuốc nam trạm y tế"

// withChecked adds the models of fillChecked.
func (w world) withChecked() (models map[store.State]store.Model) {
	w.T.Helper()
	w.Update(func(tx store.Tx) (err error) {
		models, err = fillChecked(tx, w)
		return err
	})
	return models
}

// fillChecked puts a model into every state of checkedStates; the completion
// is not confirmed, the merged one went into the one that is under way.
func fillChecked(tx store.Tx, w world) (map[store.State]store.Model, error) {
	out := map[store.State]store.Model{}
	for i, state := range checkedStates {
		id, err := tx.NewID()
		if err != nil {
			return nil, err
		}
		m := store.Model{
			ID: store.ModelID(id), Code: fmt.Sprintf("DVK-30346-2026-%04d", 90+i), Unit: "30346",
			Entries: store.Entries{{Campaign: "dvk-2026-2030", Field: "QPAN", TitleGroup: "DVK", Origin: store.New}},
			Year:    2026,
			Title:   checkedTitle, Fold: answer.Fold(checkedTitle), Kind: store.Collective, Registrants: []store.Registrant{{Name: "Trạm y tế xã"}},
			Place: "ấp Bắc Đai", Problem: "Bà con đi xa mới mua được thuốc", Target: "40 cây thuốc",
			Content: "Mỗi nhà góp một cây", Contact: "Huỳnh Văn Ba", Phone: "+84933444555",
			State: state, Post: "30346:officer", RegisteredAt: w.Now.AddDate(0, 0, -3),
		}
		if state == store.Merged {
			m.Into = out[store.Doing].ID
		}
		if m, err = tx.PutModel(m); err != nil {
			return nil, err
		}
		out[state] = m
		if verdict := lastVerdict[state]; verdict != "" {
			if err := tx.AddReview(store.Review{ID: store.ReviewID(id), Model: m.ID, Verdict: verdict, Into: m.Into, Was: store.Waiting,
				State: state, Reason: "Ghi rõ ai giữ vườn", Fields: []string{"target"}, At: w.Now.AddDate(0, 0, -1)}); err != nil {
				return nil, err
			}
		}
	}
	into := out[store.Doing]
	into.Absorbed = []store.ModelID{out[store.Merged].ID}
	into, err := tx.PutModel(into)
	out[store.Doing] = into
	return out, err
}

// lastVerdict is the step that brought a model into a state.
var lastVerdict = map[store.State]store.Verdict{
	store.Returned: store.ReturnVerdict, store.Doing: store.AcceptVerdict, store.Done: store.AcceptVerdict,
	store.Merged: store.MergeVerdict, store.Rejected: store.RejectVerdict,
}

// checkButtons are the buttons of the check with the states in which they do
// something, and whether that is the coordinators' alone.
var checkButtons = []struct {
	verb  string
	in    []store.State
	alone bool
	opens bool // it begins a form, and changes nothing yet
}{
	{"check.accept.", []store.State{store.Waiting}, true, false},
	{"check.return.", []store.State{store.Waiting}, true, true},
	{"check.reject.", []store.State{store.Waiting}, true, true},
	{"check.merge.", []store.State{store.Waiting, store.Returned, store.Doing}, true, true},
	{"check.confirm.", []store.State{store.Done}, true, false},
	{"check.unfinished.", []store.State{store.Done}, true, true},
	{"check.unmerge.", []store.State{store.Merged}, true, false},
	{"mend.", []store.State{store.Returned}, false, true},
	{"withdraw.", []store.State{store.Waiting, store.Returned}, false, true},
	{"amend.", []store.State{store.Waiting, store.Doing, store.Done}, false, true},
}

// TestDecisions lets every role, near and far, press every button of the check
// on models in every state: only who may do it does it, only where the state
// allows it, and a button of an older revision does nothing.
func TestDecisions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "checked.db")
	w := world{bottest.New(t, "vi")}
	models := w.withChecked()
	w.Keep(file)
	for name, a := range bottest.Actors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{bottest.From(t, file)}
			w.Appoint(a)
			checks := a.Sees && a.Role == store.Coordinator
			for _, b := range checkButtons {
				for _, m := range models {
					may := checks || !b.alone && a.Writes
					does := may && slices.Contains(b.in, m.State)
					w.decide(a, b.verb, m, does, b.opens)
					if does && !b.opens {
						w = world{bottest.From(t, file)}
						w.Appoint(a)
					}
				}
			}
		})
	}
}

// decide lets the actor press a button, first one of an older revision, and
// wants it to do what it should, and nothing else.
func (w world) decide(a bottest.Actor, verb string, m store.Model, does, opens bool) {
	t := w.T
	t.Helper()
	w.Fresh()
	before := w.checked()
	press := func(data string) {
		on := w.ShowButtons(bottest.Somebody)
		w.MustDo(bottest.Somebody, flows.Input{Kind: flows.PressInput, Press: data, Message: on})
	}
	data := verb + link.Ref(m.ID)
	if strings.HasPrefix(verb, "check.") {
		press(data + "." + link.Ref(m.Revision+1))
		if w.checked() != before || w.Opened() {
			t.Errorf("%s on %s did something under another revision", verb, m.State)
		}
		data += "." + link.Ref(m.Revision)
	}
	press(data)
	changed := w.checked() != before
	switch {
	case !does && (changed || w.Opened()):
		t.Errorf("%s on %s did something", verb, m.State)
	case does && opens && (changed || !w.Opened()):
		t.Errorf("%s on %s: changed %v, opened %v", verb, m.State, changed, w.Opened())
	case does && !opens && !changed:
		t.Errorf("%s on %s did nothing:\n%s", verb, m.State, w.Read(bottest.Somebody))
	}
	if read := w.Read(bottest.Somebody); !a.Sees && strings.Contains(read, checkedTitle) || strings.Contains(read, "Danvan chưa làm được") {
		t.Errorf("%s on %s shows:\n%s", verb, m.State, read)
	}
}

// checked is all that a check can change, as text.
func (w world) checked() string {
	var all []any
	w.View(func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{In: store.NewSubtree("30346")})
		if err != nil {
			return err
		}
		for _, h := range heads {
			m, err := r.Model(h.ID)
			if err != nil {
				return err
			}
			reviews, err := r.Reviews(h.ID)
			if err != nil {
				return err
			}
			all = append(all, m, reviews)
		}
		return nil
	})
	b, err := json.Marshal(all)
	bottest.Must(w.T, err)
	return string(b)
}

// TestDecisionOfNarrowedPost takes the unit out of minh's scope while the
// forms of the check are at their last step: nothing is decided.
func TestDecisionOfNarrowedPost(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	models := w.withChecked()
	waiting, done, returned := models[store.Waiting], models[store.Done], models[store.Returned]
	reason := store.Answer{Field: "reason", Text: "Ghi rõ ai giữ vườn thuốc"}
	open := map[string]store.Session{}
	for name, b := range map[string]struct {
		press   string
		answers []store.Answer
	}{
		"return":     {"check.return." + link.Ref(waiting.ID) + "." + link.Ref(waiting.Revision), []store.Answer{{Field: "why", Keys: []string{"another"}}, reason}},
		"reject":     {"check.reject." + link.Ref(waiting.ID) + "." + link.Ref(waiting.Revision), []store.Answer{reason}},
		"merge":      {"check.merge." + link.Ref(waiting.ID) + "." + link.Ref(waiting.Revision), []store.Answer{{Field: "into", Keys: []string{link.Ref(models[store.Doing].ID)}}}},
		"unfinished": {"check.unfinished." + link.Ref(done.ID) + "." + link.Ref(done.Revision), []store.Answer{reason}},
		"withdraw":   {"withdraw." + link.Ref(returned.ID), []store.Answer{reason}},
		"mend":       {"mend." + link.Ref(returned.ID), bottest.Registration("30346")},
	} {
		w.Press("minh", b.press)
		s := w.Session("minh")
		s.Answers, s.Again = b.answers, nil
		open[name] = s
	}
	for name, s := range open {
		w.Narrow(s)
		before := w.checked()
		w.Press("minh", fmt.Sprintf("f.%s.%s..~g", link.Ref(s.ID), link.Ref(s.Revision)))
		if w.checked() != before {
			t.Errorf("%s was decided", name)
		}
		if !strings.Contains(w.Read("minh"), "⛔ Chỉ ") {
			t.Errorf("%s was not refused:\n%s", name, w.Read("minh"))
		}
		w.Clear("minh")
	}
}
