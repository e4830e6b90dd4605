package store

// DayKind is what the calendar says of a day that the week does not.
type DayKind string

// The kinds of special day: a day off, or a weekend day that is worked.
const (
	DayOff    DayKind = "off"
	DayWorked DayKind = "worked"
)

// SpecialDay is a day on which the working week does not hold. Days are data:
// the government announces lunar holidays, bridge days and make-up Saturdays
// year by year.
type SpecialDay struct {
	Day      Date    `json:"day"`
	Kind     DayKind `json:"kind"`
	Name     string  `json:"name"`
	Official bool    `json:"official"` // announced; false: expected, to be confirmed
}
