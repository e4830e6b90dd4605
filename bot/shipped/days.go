package shipped

import (
	_ "embed" // for the data
	"encoding/json"
	"fmt"

	"danvan/store"
)

//go:embed days.json
var daysJSON []byte

// Days returns the days off and the make-up days of 2026 and 2027 (domain.md
// §2.7), for an administrator to correct. What the government had not announced
// when they were written down is not Official, and its Name says what it rests
// on. Of Tết 2027, for which there were two proposals (4 to 10 and 5 to 14
// February), only the days are here that both have.
func Days() ([]store.SpecialDay, error) {
	var out []store.SpecialDay
	if err := json.Unmarshal(daysJSON, &out); err != nil {
		return nil, fmt.Errorf("read the shipped days off: %w", err)
	}
	return out, nil
}
