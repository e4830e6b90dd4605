package store

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Role is what a post may do.
type Role string

// The four roles.
const (
	Officer     Role = "officer"
	Coordinator Role = "coordinator"
	Supervisor  Role = "supervisor"
	Admin       Role = "admin"
)

// Roles lists every role.
var Roles = []Role{Officer, Coordinator, Supervisor, Admin}

// Valid reports whether the role is one of the four.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// PostID names a post, a seat in a role of a unit. It is not to be taken apart:
// whose seat it is, and in which role, its Post says.
type PostID string

// SeatID returns the id of the n-th seat in a role of a unit, from 1. The
// administrator's seat of the whole house has no unit. No id is made elsewhere.
func SeatID(unit UnitCode, role Role, n int) PostID {
	id := string(unit) + ":" + string(role)
	if n > 1 {
		id += ":" + strconv.Itoa(n) // the first was there before there were others
	}
	return PostID(id)
}

// MakePostID returns the id of the first seat in a role of a unit.
func MakePostID(unit UnitCode, role Role) PostID { return SeatID(unit, role, 1) }

// Split returns the unit and the role of the id of a first seat, for a seat that
// is in no store yet: of the others their Post says it.
func (id PostID) Split() (UnitCode, Role) {
	unit, role, _ := strings.Cut(string(id), ":")
	return UnitCode(unit), Role(role)
}

// Post is a role in a unit. Access, drafts and duties belong to the post and
// stay with it when another person takes it over.
type Post struct {
	ID     PostID    `json:"id"`
	Unit   UnitCode  `json:"unit"`
	Role   Role      `json:"role"`
	Holder PersonID  `json:"holder,omitempty"` // 0: vacant
	Since  time.Time `json:"since,omitzero"`
	// Suspended is who held the post until it was taken from them for a while; nobody
	// does until they get it back, or somebody else takes it over.
	Suspended PersonID `json:"suspended,omitempty"`
	// Portfolio narrows what the post sees, in any role; empty is the whole subtree.
	Portfolio Portfolio `json:"portfolio,omitzero"`
	// Deputy gets the reminders of the post until DeputyUntil.
	Deputy      PersonID  `json:"deputy,omitempty"`
	DeputyUntil time.Time `json:"deputy_until,omitzero"`
	// Digest is when a supervisor wants the digest; zero: Friday 16:00.
	Digest Timing `json:"digest,omitzero"`
}

// Deputised reports whether somebody stands in for the holder; without an end
// they do for good.
func (p Post) Deputised(now time.Time) bool {
	return p.Deputy != 0 && (p.DeputyUntil.IsZero() || now.Before(p.DeputyUntil))
}

// Timing is how often something comes, and when. Its zero value is weekly, on
// Friday at 16:00.
type Timing struct {
	Every Every `json:"every,omitempty"`
	// Day is the day of the week (1 Monday to 7 Sunday) or of the month; 0 is
	// Friday, or the first.
	Day  int `json:"day,omitempty"`
	Hour int `json:"hour,omitempty"` // 0 is 16
}

// Every is how often.
type Every string

// How often a digest comes.
const (
	Weekly  Every = ""
	Daily   Every = "daily"
	Monthly Every = "monthly"
	Never   Every = "never"
)

// Word names how often: weekly is the zero value and has a word here.
func (e Every) Word() string {
	if e == Weekly {
		return "weekly"
	}
	return string(e)
}

// AtHour is the hour of the day.
func (t Timing) AtHour() int {
	if t.Hour == 0 {
		return 16
	}
	return t.Hour
}

// OnDay is the day of the week, 7 for Sunday, or of the month.
func (t Timing) OnDay() int {
	switch {
	case t.Day == 0 && t.Every == Weekly:
		return 5
	case t.Day == 0:
		return 1
	}
	return t.Day
}

// Portfolio is a set of units crossed with a set of fields. An empty list
// means all.
type Portfolio struct {
	Units  []UnitCode `json:"units,omitempty"`
	Fields []string   `json:"fields,omitempty"`
}

// Whole reports whether it leaves nothing out.
func (p Portfolio) Whole() bool { return len(p.Units)+len(p.Fields) == 0 }

// Equal reports whether two portfolios have the same units and fields, in whatever order.
func (p Portfolio) Equal(q Portfolio) bool { return p.String() == q.String() }

// String lists its units and fields by their codes: "30709, 30712 × KT".
func (p Portfolio) String() string {
	units := make([]string, len(p.Units))
	for i, code := range p.Units {
		units[i] = string(code)
	}
	fields := slices.Clone(p.Fields)
	slices.Sort(units)
	slices.Sort(fields)

	sides := []string{strings.Join(units, ", "), strings.Join(fields, ", ")}
	return strings.Join(slices.DeleteFunc(sides, func(s string) bool { return s == "" }), " × ")
}

// Invite is a single-use invitation to a post. The code itself is never kept.
type Invite struct {
	Hash    string    `json:"hash"` // SHA-256 of the code, in hex
	Post    PostID    `json:"post"`
	Made    time.Time `json:"made"`
	By      PersonID  `json:"by,omitempty"` // who made it; 0: the command line
	Expires time.Time `json:"expires"`
	UsedAt  time.Time `json:"used_at,omitzero"`
	UsedBy  PersonID  `json:"used_by,omitempty"`
	Revoked time.Time `json:"revoked,omitzero"` // when it was taken back
	Asked   time.Time `json:"asked,omitzero"`   // when somebody asked for another one in its place

	// Name and Phone are what whoever invites says of who is meant, Portfolio what
	// they are to look after: the post's, from then on.
	Name      string    `json:"name,omitempty"`
	Phone     string    `json:"phone,omitempty"` // E.164
	Portfolio Portfolio `json:"portfolio,omitzero"`
	// NameMark and PhoneMark take the place of Name and Phone once somebody has come
	// in: by them a list knows whom it meant, and nobody can read who that is.
	NameMark  string `json:"name_mark,omitempty"`
	PhoneMark string `json:"phone_mark,omitempty"`
}

// InviteState is where an invitation stands.
type InviteState string

// Where an invitation stands.
const (
	Open    InviteState = "open"
	Used    InviteState = "used"
	Revoked InviteState = "revoked"
	Expired InviteState = "expired"
)

// State is where the invitation stands now.
func (i Invite) State(now time.Time) InviteState {
	switch {
	case !i.UsedAt.IsZero():
		return Used
	case !i.Revoked.IsZero():
		return Revoked
	case now.After(i.Expires):
		return Expired
	}
	return Open
}
