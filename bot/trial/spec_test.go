package trial_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"danvan/bot/trial"
)

// answers is the part of the published specification that says what methods
// return; like spec.json it is cut from Bot API 10.1.
type answers struct {
	Methods map[string]struct{ Returns []string }
	Types   map[string]struct {
		Fields []struct {
			Name     string
			Types    []string
			Required bool
		}
		Subtypes []string
	}
}

// fits says why a decoded value is not of one of the types.
func (a answers) fits(path string, kinds []string, v any) error {
	var last error
	for _, kind := range kinds {
		if last = a.fit(path, kind, v); last == nil {
			return nil
		}
	}
	return last
}

func (a answers) fit(path, kind string, v any) error {
	if of, ok := strings.CutPrefix(kind, "Array of "); ok {
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s is no array", path)
		}
		for i, item := range list {
			if err := a.fit(fmt.Sprintf("%s[%d]", path, i), of, item); err != nil {
				return err
			}
		}
		return nil
	}
	ok := true
	switch kind {
	case "String":
		_, ok = v.(string)
	case "Boolean", "True":
		_, ok = v.(bool)
	case "Integer", "Float":
		_, ok = v.(float64)
	default:
		return a.fitObject(path, kind, v)
	}
	if !ok {
		return fmt.Errorf("%s is %T, not %s", path, v, kind)
	}
	return nil
}

func (a answers) fitObject(path, kind string, v any) error {
	shape, known := a.Types[kind]
	m, ok := v.(map[string]any)
	if !known || !ok {
		return fmt.Errorf("%s is %T, not a known %s", path, v, kind)
	}
	if len(shape.Subtypes) > 0 {
		return a.fits(path, shape.Subtypes, v)
	}
	for _, f := range shape.Fields {
		inner, given := m[f.Name]
		if !given && f.Required {
			return fmt.Errorf("%s has no %s", path, f.Name)
		}
		if !given {
			continue
		}
		if err := a.fits(path+"."+f.Name, f.Types, inner); err != nil {
			return err
		}
		delete(m, f.Name)
	}
	for name := range m {
		return fmt.Errorf("%s has %s, which %s has not", path, name, kind)
	}
	return nil
}

func loadAnswers(t *testing.T) answers {
	t.Helper()
	raw, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var a answers
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAnswersAreOfTheSpecification calls every method so that it succeeds, and
// reads every kind of update.
func TestAnswersAreOfTheSpecification(t *testing.T) {
	t.Parallel()
	a, w := loadAnswers(t), newWorld(t)
	keys := inline(params{"text": "a", "callback_data": "a", "style": "danger"}, params{"text": "b", "url": "https://example.org"}, params{"text": "c", "copy_text": params{"text": "x"}})
	text := w.say(an, "Một", params{"reply_markup": keys})
	upload := func(method, part string, content []byte) reply {
		return w.upload(method, map[string]string{"chat_id": "101", "caption": "x"}, map[string][]byte{part: content})
	}
	photo := upload("sendPhoto", "photo", sample(t, 1))
	doc := upload("sendDocument", "document", []byte("x"))
	album := `[{"type":"photo","media":"attach://a"},{"type":"photo","media":"attach://a"}]`
	got := map[string]reply{
		"sendPhoto": photo, "sendDocument": doc,
		"sendVideo":      upload("sendVideo", "video", []byte("x")),
		"sendMediaGroup": w.upload("sendMediaGroup", map[string]string{"chat_id": "101", "media": album}, map[string][]byte{"a": sample(t, 2)}),
	}
	var sentDoc trial.Message
	if err := json.Unmarshal(doc.Result, &sentDoc); err != nil {
		t.Fatal(err)
	}
	query, err := w.Press(an, text, "a")
	if err != nil {
		t.Fatal(err)
	}
	scope := params{"type": "chat", "chat_id": an}
	for _, c := range []struct {
		method string
		params params
	}{
		{"getMe", nil}, {"sendMessage", params{"chat_id": an, "text": "<b>x</b> /a", "parse_mode": "HTML", "reply_parameters": params{"message_id": text}}},
		{"sendLocation", params{"chat_id": an, "latitude": 1, "longitude": 2}}, {"sendContact", params{"chat_id": an, "phone_number": "1", "first_name": "x"}},
		{"sendChatAction", params{"chat_id": an, "action": "typing"}}, {"copyMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": text}},
		{"forwardMessage", params{"chat_id": binh, "from_chat_id": an, "message_id": text}}, {"pinChatMessage", params{"chat_id": an, "message_id": text}},
		{"editMessageText", params{"chat_id": an, "message_id": text, "text": "Hai"}}, {"editMessageReplyMarkup", params{"chat_id": an, "message_id": text, "reply_markup": keys}},
		{"editMessageCaption", params{"chat_id": an, "message_id": sentDoc.ID, "caption": "y"}}, {"answerCallbackQuery", params{"callback_query_id": query}},
		{"setMessageReaction", params{"chat_id": an, "message_id": text, "reaction": []params{{"type": "emoji", "emoji": "👌"}}}},
		{"getChat", params{"chat_id": an}}, {"getFile", params{"file_id": sentDoc.Document.FileID}},
		{"unpinChatMessage", params{"chat_id": an}}, {"unpinAllChatMessages", params{"chat_id": an}},
		{"deleteMessage", params{"chat_id": an, "message_id": text}}, {"deleteMessages", params{"chat_id": an, "message_ids": []int{2, 3}}},
		{"setMyCommands", params{"commands": []params{{"command": "a", "description": "x"}}, "scope": scope}}, {"getMyCommands", params{"scope": scope}}, {"deleteMyCommands", params{"scope": scope}},
		{"setMyName", params{"name": "x"}}, {"getMyName", nil}, {"setMyDescription", params{"description": "x"}}, {"getMyDescription", nil},
		{"setMyShortDescription", params{"short_description": "x"}}, {"getMyShortDescription", nil},
		{"setChatMenuButton", params{"chat_id": an, "menu_button": params{"type": "commands"}}}, {"getChatMenuButton", params{"chat_id": an}},
		{"setWebhook", params{"url": "https://127.0.0.1:1/x", "allowed_updates": []string{}}}, {"getWebhookInfo", nil}, {"deleteWebhook", nil},
	} {
		got[c.method] = w.call(c.method, c.params)
	}
	doEverything(t, w)
	got["getUpdates"] = w.call("getUpdates", params{"timeout": 1})
	for method, spec := range a.Methods {
		r, called := got[method]
		var v any
		switch {
		case !called:
			t.Errorf("%s is not called here", method)
		case !r.OK:
			t.Errorf("%s: %s", method, r.Description)
		case json.Unmarshal(r.Result, &v) != nil:
			t.Errorf("%s: no JSON", method)
		default:
			if err := a.fits(method, spec.Returns, v); err != nil {
				t.Error(err)
			}
		}
	}
}

// doEverything makes one update of every kind that people can cause.
func doEverything(t *testing.T, w *world) {
	t.Helper()
	_, first := w.Say(binh, "/start")
	_, photo := w.SendPhoto(binh, trial.File{Name: "a.jpg", Data: sample(t, 1)}, "x")
	_, video := w.SendVideo(binh, trial.File{Name: "a.mp4", Data: []byte("x")}, "")
	_, doc := w.SendDocument(binh, trial.File{Name: "a.docx", Data: []byte("x")}, "")
	_, own := w.ShareOwnContact(binh)
	_, other := w.ShareContact(binh, trial.Contact{PhoneNumber: "1", FirstName: "x"})
	_, place := w.ShareLocation(binh, trial.Location{Latitude: 1, Longitude: 2})
	edit := w.EditText(binh, view(t, w, binh).Last().ID-6, "/help")
	keys := w.say(binh, "x", params{"reply_markup": inline(params{"text": "a", "callback_data": "a"})})
	_, reply := w.Reply(binh, keys, "x")
	_, press := w.Press(binh, keys, "a")
	for _, err := range []error{first, photo, video, doc, own, other, place, edit, reply, press, w.Block(binh), w.Unblock(binh)} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestMethodsAreOfTheSpecification holds the server to the published list: what
// it has is there, and what is there and it has not is said to be missing.
func TestMethodsAreOfTheSpecification(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("spec.json")
	if err != nil {
		t.Fatal(err)
	}
	var spec struct {
		Methods map[string]struct{ Fields []any }
	}
	if err := json.Unmarshal(raw, &spec); err != nil {
		t.Fatal(err)
	}
	if len(spec.Methods) != 180 {
		t.Errorf("%d methods, Bot API 10.1 has 180", len(spec.Methods))
	}
	w, built := newWorld(t), loadAnswers(t).Methods
	var names []string
	for name := range spec.Methods {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r := w.call(name, params{"no_such_parameter": 1})
		if _, has := built[name]; has {
			w.refused(r, 400, `unknown parameter "no_such_parameter" of method `+name)
		} else {
			w.refused(r, 501, name+" is not supported by the trial server")
		}
	}
}
