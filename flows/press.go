package flows

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/store"
)

// MaxPress is the most bytes that the data of a button may have.
const MaxPress = 64

// press is what a button of a form says: ids only, never a label. The draft,
// the revision and the field decide whether it still counts.
type press struct {
	Session  store.SessionID
	Revision uint64
	Field    string // "" on the review card
	Option   string // a choice's key, or one of the controls below
}

// The controls. A choice's key never begins with one of these signs.
const (
	optBack    = "~b"
	optHelp    = "~h"
	optLater   = "~l"
	optSkip    = "~s"
	optKeep    = "~k" // leave the answer as it is
	optSuggest = "~d" // take what is suggested
	optDone    = "~o" // enough chosen, enough files
	optReview  = "~r" // to the review card
	optRewrite = "~w" // drop the text begun
	optSubmit  = "~g"
	optEdit    = "~e" // which answer?
	optMore    = "~m" // the optional questions
	optDiscard = "~q"
	optYes     = "~y" // to a doubt
	optNo      = "~n"
	optPage    = "~p" // and the page's number
	optReading = "~x" // and the reading's number
	optAdd     = "+"  // and the key
	optRemove  = "-"
	optChange  = "=" // and the field
)

const pressPrefix = "f."

func (p press) String() string {
	return pressPrefix + strconv.FormatUint(uint64(p.Session), 36) + "." +
		strconv.FormatUint(p.Revision, 36) + "." + p.Field + "." + p.Option
}

func parsePress(data string) (press, error) {
	rest, ok := strings.CutPrefix(data, pressPrefix)
	parts := strings.SplitN(rest, ".", 4)
	if !ok || len(parts) != 4 || len(data) > MaxPress {
		return press{}, fmt.Errorf("press %q is not of a form", data)
	}

	id, err := strconv.ParseUint(parts[0], 36, 64)
	if err != nil {
		return press{}, fmt.Errorf("read the draft of a press: %w", err)
	}
	rev, err := strconv.ParseUint(parts[1], 36, 64)
	if err != nil {
		return press{}, fmt.Errorf("read the revision of a press: %w", err)
	}
	return press{store.SessionID(id), rev, parts[2], parts[3]}, nil
}

// PressedSession returns the draft that a button belongs to; false when the
// button is not of a form.
func PressedSession(data string) (store.SessionID, bool) {
	p, err := parsePress(data)
	return p.Session, err == nil
}

// PageData returns the data of a button that turns to a page of the choices,
// given the data of any button of the same card.
func PageData(like string, page int) string {
	p, err := parsePress(like)
	if err != nil {
		return like
	}
	p.Option = optPage + strconv.Itoa(page)
	return p.String()
}
