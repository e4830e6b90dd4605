package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// apiError is a refusal in Telegram's words.
type apiError struct {
	code int
	text string
}

func (e *apiError) Error() string { return e.text }

func badRequest(format string, args ...any) error {
	return &apiError{code: http.StatusBadRequest, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func notImplemented(what string, args ...any) error {
	return &apiError{code: http.StatusNotImplemented,
		text: "Not Implemented: " + fmt.Sprintf(what, args...) + " is not supported by the trial server"}
}

var (
	errNotFound     = &apiError{code: http.StatusNotFound, text: "Not Found"}
	errUnauthorized = &apiError{code: http.StatusUnauthorized, text: "Unauthorized"}
	errBlocked      = &apiError{code: http.StatusForbidden, text: "Forbidden: bot was blocked by the user"}
)

type method func(*Server, *call) (any, error)

// methods are those that the trial server has, by lower-case name.
var methods = map[string]method{
	"getme":                  (*Server).getMe,
	"getupdates":             (*Server).getUpdates,
	"setwebhook":             (*Server).setWebhook,
	"deletewebhook":          (*Server).deleteWebhook,
	"getwebhookinfo":         (*Server).getWebhookInfo,
	"sendmessage":            (*Server).sendMessage,
	"sendphoto":              (*Server).sendPhoto,
	"senddocument":           (*Server).sendDocument,
	"sendvideo":              (*Server).sendVideo,
	"sendmediagroup":         (*Server).sendMediaGroup,
	"sendlocation":           (*Server).sendLocation,
	"sendcontact":            (*Server).sendContact,
	"sendchataction":         (*Server).sendChatAction,
	"copymessage":            (*Server).copyMessage,
	"forwardmessage":         (*Server).forwardMessage,
	"editmessagetext":        (*Server).editMessageText,
	"editmessagecaption":     (*Server).editMessageCaption,
	"editmessagereplymarkup": (*Server).editMessageReplyMarkup,
	"deletemessage":          (*Server).deleteMessage,
	"deletemessages":         (*Server).deleteMessages,
	"setmessagereaction":     (*Server).setMessageReaction,
	"pinchatmessage":         (*Server).pinChatMessage,
	"unpinchatmessage":       (*Server).unpinChatMessage,
	"unpinallchatmessages":   (*Server).unpinAllChatMessages,
	"answercallbackquery":    (*Server).answerCallbackQuery,
	"getfile":                (*Server).getFile,
	"getchat":                (*Server).getChat,
	"setmycommands":          (*Server).setMyCommands,
	"deletemycommands":       (*Server).deleteMyCommands,
	"getmycommands":          (*Server).getMyCommands,
	"setmyname":              profileSetter("name", maxBotName),
	"getmyname":              profileGetter("name"),
	"setmydescription":       profileSetter("description", maxDescription),
	"getmydescription":       profileGetter("description"),
	"setmyshortdescription":  profileSetter("short_description", maxShortDescription),
	"getmyshortdescription":  profileGetter("short_description"),
	"setchatmenubutton":      (*Server).setChatMenuButton,
	"getchatmenubutton":      (*Server).getChatMenuButton,
}

// serveMethod answers /bot<token>/<method>.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	token, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !s.tokenForm(token) {
		writeAnswer(w, nil, errNotFound)
		return
	}
	if s.config.Token != "" && token != s.config.Token {
		writeAnswer(w, nil, errUnauthorized)
		return
	}

	name = strings.ToLower(name)
	sh := s.spec.methods[name]
	if sh == nil {
		writeAnswer(w, nil, errNotFound)
		return
	}

	c, err := readCall(w, r)
	if err != nil {
		s.answerError(w, err)
		return
	}
	result, err := s.run(name, sh, c)
	if err != nil {
		s.answerError(w, err)
		return
	}
	writeAnswer(w, result, nil)
}

func (s *Server) run(name string, sh *shape, c *call) (any, error) {
	do := methods[name]
	if do == nil {
		return nil, notImplemented("method %s", sh.name)
	}
	if err := s.spec.check(sh, c); err != nil {
		return nil, err
	}
	return do(s, c)
}

// tokenForm says that the token looks like one. When any is accepted, any
// non-empty one does.
func (s *Server) tokenForm(token string) bool {
	if s.config.Token == "" {
		return token != ""
	}
	id, secret, ok := strings.Cut(token, ":")
	_, err := strconv.ParseInt(id, 10, 64)
	return ok && err == nil && secret != ""
}

func (s *Server) answerError(w http.ResponseWriter, err error) {
	refusal := new(apiError)
	if !errors.As(err, &refusal) {
		s.config.Log.Warn("trial: a request could not be read", "error", err)
		refusal = &apiError{code: http.StatusBadRequest, text: "Bad Request: can't read the request"}
	}
	writeAnswer(w, nil, refusal)
}

func writeAnswer(w http.ResponseWriter, result any, refusal *apiError) {
	status, a := http.StatusOK, answer{OK: true, Result: result}
	if refusal != nil {
		status = refusal.code
		a = answer{ErrorCode: refusal.code, Description: refusal.text}
	}
	body, err := json.Marshal(a)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"ok":false,"error_code":500,"description":"Internal Server Error"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the bot may have gone away; nothing is left to do for it
}
