package store

import "time"

// ModelID identifies a model.
type ModelID uint64

// State is where a model stands in its life.
type State string

// The states of domain.md's lifecycle. A draft is a Session, not a Model.
const (
	Waiting  State = "waiting"  // chờ duyệt
	Returned State = "returned" // trả lại
	Accepted State = "accepted" // đã tiếp nhận
	Doing    State = "doing"    // đang thực hiện
	Paused   State = "paused"   // tạm dừng
	Done     State = "done"     // hoàn thành
	Failed   State = "failed"   // không thực hiện được
	Rejected State = "rejected" // không được chấp nhận
	Merged   State = "merged"   // gộp vào mô hình khác
)

// States lists every state in the order in which people name them.
var States = []State{Waiting, Returned, Accepted, Doing, Paused, Done, Failed, Rejected, Merged}

// Model is a mô hình: a registered thing that people do, counted once.
type Model struct {
	ID       ModelID  `json:"id"`
	Revision uint64   `json:"rev"`
	Code     string   `json:"code"` // DVK-30709-2026-0007
	Unit     UnitCode `json:"unit"`
	Entries  Entries  `json:"entries"`
	Year     int      `json:"year"` // of registration

	Title       string         `json:"title"`
	Fold        string         `json:"fold"` // the title as search compares it
	Kind        RegistrantKind `json:"kind"` // what it counts as; of its registrants, where they do not say theirs
	Registrants []Registrant   `json:"registrants,omitempty"`
	Predecessor ModelID        `json:"predecessor,omitempty"` // what a maintained model goes on from

	Place   string     `json:"place"`
	Problem string     `json:"problem"`
	Target  string     `json:"target"`
	Targets []Quantity `json:"targets,omitempty"` // the figures in Target
	Content string     `json:"content"`
	From    Date       `json:"from,omitzero"`
	To      Date       `json:"to,omitzero"`
	Contact string     `json:"contact,omitempty"` // who is in charge
	Phone   string     `json:"phone,omitempty"`   // E.164

	Partners  string   `json:"partners,omitempty"`
	Resources string   `json:"resources,omitempty"`
	Budget    []Money  `json:"budget,omitempty"`
	Output    string   `json:"output,omitempty"`
	Spread    string   `json:"spread,omitempty"` // where it could be copied
	Level     string   `json:"level,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Basis     string   `json:"basis,omitempty"` // documents, as typed

	State  State  `json:"state"`
	Reason string `json:"reason,omitempty"` // why it is paused or failed: a key
	Remark string `json:"remark,omitempty"` // the same in words
	// Vague lists what the specificity check missed; supervisors see the share.
	Vague []string `json:"vague,omitempty"`
	// Distinct lists the likely duplicates that the officer said are others.
	Distinct []ModelID `json:"distinct,omitempty"`

	// Amended lists the questions that its officer answered anew while it waited.
	Amended []string `json:"amended,omitempty"`
	// Proposal is how its officer wants an accepted registration to be.
	Proposal Proposal `json:"proposal,omitzero"`

	// Into is the model that this one was merged into, Absorbed are those that
	// were merged into this one.
	Into     ModelID   `json:"into,omitempty"`
	Absorbed []ModelID `json:"absorbed,omitempty"`
	// Checker is the post that returned the registration, and gets it back;
	// ConfirmedAt is when a completion was confirmed.
	Checker     PostID    `json:"checker,omitempty"`
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`

	By           PersonID  `json:"by"`
	Post         PostID    `json:"post"`
	RegisteredAt time.Time `json:"registered_at"`
	ProgressAt   time.Time `json:"progress_at,omitzero"` // the last update
}

// Registrant writes who registered the model as ReadRegistrants reads it.
func (m Model) Registrant() string { return WriteRegistrants(m.Registrants) }

// Proposal is a change of a registration that waits for a coordinator. Until it
// is agreed to, the registration is what it was.
type Proposal struct {
	Answers []Answer `json:"answers,omitempty"` // all of them, as the form has them
	Reason  string   `json:"reason,omitempty"`  // why, in the officer's words
	By      PersonID `json:"by,omitempty"`
	Post    PostID   `json:"post,omitempty"`
}

// Proposed reports whether a change of the model waits for a coordinator.
func (m Model) Proposed() bool {
	_, open := m.State.After(MoveAgree)
	return open && len(m.Proposal.Answers) > 0
}

// Unchecked reports whether the model waits for a coordinator: its registration,
// a change of it, or a completion that nobody has confirmed (domain.md §4.3).
func (m Model) Unchecked() bool {
	return m.State == Waiting || m.Unconfirmed() || m.Proposed()
}

// Unconfirmed reports whether the model is a completion that nobody has confirmed.
func (m Model) Unconfirmed() bool { return m.State == Done && m.ConfirmedAt.IsZero() }

// Head is the short form of a model that lists are made of.
type Head struct {
	ID         ModelID
	Code       string
	Unit       UnitCode
	Entries    Entries
	Year       int
	Title      string
	Fold       string
	State      State
	ProgressAt time.Time
}

// Head returns the model's short form.
func (m Model) Head() Head {
	return Head{
		ID: m.ID, Code: m.Code, Unit: m.Unit, Entries: m.Entries, Year: m.Year, Title: m.Title,
		Fold: m.Fold, State: m.State, ProgressAt: m.ProgressAt,
	}
}

// Term is a last day for which models of a unit that are not finished were
// registered.
type Term struct {
	To   Date
	Unit UnitCode
}

// ModelQuery says which models are wanted. Empty parts do not restrict.
type ModelQuery struct {
	In *Subtree // models of these units
	// Campaign and Fields want an entry that is of both.
	Campaign CampaignID
	Fields   []string
	States   []State
	Year     int
	Words    []string // folded; each must occur in Fold
	// Unchecked wants only models that wait for a coordinator.
	Unchecked bool
	After     ModelID // only ids above it
	Limit     int     // 0: all
	// Nearby is how many models may be looked at to find these; where it would
	// take more, the query fails with ErrFar. 0 looks at as many as it takes.
	Nearby int
}

// ProgressID identifies an update of a model.
type ProgressID uint64

// Basis says how the figures of an update count.
type Basis string

// The bases: what was added since the last update, or the total so far.
const (
	Added      Basis = "added"
	Cumulative Basis = "cumulative"
)

// Progress is a dated update of a model. Rows are only ever added: a
// correction is a new row that names the wrong one.
type Progress struct {
	ID    ProgressID `json:"id"`
	Model ModelID    `json:"model"`
	At    time.Time  `json:"at"`  // when it was reported
	Day   Date       `json:"day"` // the day that it speaks of
	By    PersonID   `json:"by"`
	Post  PostID     `json:"post"`

	// Nothing says that there is nothing new; the rest is then empty.
	Nothing bool  `json:"nothing,omitempty"`
	Was     State `json:"was"`
	State   State `json:"state"`

	Reason string `json:"reason,omitempty"` // a key; why paused, failed, or done without proof
	Remark string `json:"remark,omitempty"`

	Results    []Quantity `json:"results,omitempty"`
	Basis      Basis      `json:"basis,omitempty"`
	Money      []Money    `json:"money,omitempty"`
	Evidence   []Evidence `json:"evidence,omitempty"`
	Difficulty string     `json:"difficulty,omitempty"`
	Lesson     string     `json:"lesson,omitempty"`
	Feedback   string     `json:"feedback,omitempty"` // what people say, no names

	Corrects   ProgressID `json:"corrects,omitempty"`
	Correction string     `json:"correction,omitempty"` // why
}
