package store

import (
	"context"
	"errors"
	"time"
)

// Sentinel errors. Backends wrap them; test with errors.Is.
var (
	// ErrNotFound says that no record has the id that was asked for.
	ErrNotFound = errors.New("not found")
	// ErrConflict says that the record changed since it was read: its
	// Revision is no longer the one that was put.
	ErrConflict = errors.New("changed meanwhile")
	// ErrSeen says that the event was accepted before.
	ErrSeen = errors.New("event seen before")
	// ErrReadOnly says that a write was tried inside View.
	ErrReadOnly = errors.New("read-only transaction")
	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("store is closed")
	// ErrInUse says that another process holds the store.
	ErrInUse = errors.New("store is in use by another process")
	// ErrFull says that the store reached its size quota; nothing was written.
	ErrFull = errors.New("store is full")
	// ErrDamaged says that the file is not whole, or no store at all.
	ErrDamaged = errors.New("store is damaged")
	// ErrNewer says that the store was written by a newer danvan.
	ErrNewer = errors.New("store was written by a newer version")
	// ErrTampered says that the audit is not what was written.
	ErrTampered = errors.New("the audit was changed")
	// ErrFar says that an answer lies further than the question allowed.
	ErrFar = errors.New("too much to look through")
	// ErrUnknownOutcome says that a commit failed half-way: stop and reopen.
	ErrUnknownOutcome = errors.New("outcome of the commit is unknown")
)

// Unwritten reports whether an error says that the store, and not what was asked of
// it, is why nothing was written: it is closed or full, or a commit's outcome is
// unknown.
func Unwritten(err error) bool {
	return errors.Is(err, ErrClosed) || errors.Is(err, ErrFull) || errors.Is(err, ErrUnknownOutcome)
}

// Store keeps danvan's records.
type Store interface {
	// View runs fn in a read-only transaction that sees one instant. Keep it
	// short: no rendering, no network.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in a write transaction and returns after the commit is
	// durable. fn's error rolls everything back and is returned as it is; a
	// panic in fn is rolled back too and returned as an error.
	Update(ctx context.Context, fn func(Tx) error) error
	// EndLeases ends every claim that was not finished, each counted as a try;
	// a chat that was asked to wait goes on waiting. It is for a process that
	// has just opened the store, has claimed nothing and shares it with nobody:
	// whoever took the leases is dead, and people would wait for what it had in
	// flight until the leases run out.
	EndLeases(ctx context.Context) error
	// Close waits for running transactions and releases the store.
	Close() error
}

// Editions are numbers that grow with every change of a kind of record: what
// was read of it under one number is still so under the same one. What is
// rolled back takes its numbers back, too.
type Editions struct {
	Units, Posts, Days uint64
}

// Reader is what a read transaction can ask.
//
// A lookup of one record returns ErrNotFound when there is none; a list
// returns an empty slice. Lists are ordered by id, oldest first, unless they
// say otherwise.
type Reader interface {
	// Editions says how often units, posts and special days were changed.
	Editions() (Editions, error)

	Unit(UnitCode) (Unit, error)
	// Units lists the children of parent; "" lists the roots. Ordered by code.
	Units(parent UnitCode) ([]Unit, error)
	// UnitsSince lists the units that were put after an edition of them, each
	// once and as it is now, in the order in which they were last put. After
	// edition 0 that is every one.
	UnitsSince(edition uint64) ([]Unit, error)
	// UnitImports lists what importing lists of units did.
	UnitImports() ([]UnitImport, error)

	Post(PostID) (Post, error)
	// PostsSince lists the posts that were put after an edition of them, as
	// UnitsSince lists units.
	PostsSince(edition uint64) ([]Post, error)
	// PostsOf lists the posts that the person holds.
	PostsOf(PersonID) ([]Post, error)
	// PostsAt lists the posts of a unit.
	PostsAt(UnitCode) ([]Post, error)
	// PostsAs lists the posts with a role, in every unit.
	PostsAs(Role) ([]Post, error)

	Person(PersonID) (Person, error)
	PersonAt(Address) (Person, error)
	// Stranger returns what is remembered of somebody without a post.
	Stranger(Address) (Stranger, error)

	// Invite finds an invitation by the hash of its code.
	Invite(hash string) (Invite, error)
	// InvitesTo lists the invitations to a post, in the order in which they were made.
	InvitesTo(PostID) ([]Invite, error)

	Campaign(CampaignID) (Campaign, error)
	// Campaigns lists all campaigns, as often as a turn likes. The records are
	// shared, as the package doc says: never alter them in place.
	Campaigns() ([]Campaign, error)

	// Uses reports whether a model has an option of one of a campaign's lists in its
	// entry there: of its FieldList or its TitleList.
	Uses(c CampaignID, list, option string) (bool, error)

	Model(ModelID) (Model, error)
	ModelByCode(code string) (Model, error)
	// Heads lists short forms of the models that match, newest first. ErrFar:
	// it would look at more models than Nearby.
	Heads(ModelQuery) ([]Head, error)

	// Batch returns a table of models that came in, ErrNotFound if there is none.
	Batch(id uint64) (Batch, error)
	// Batches lists all of them.
	Batches() ([]Batch, error)

	// Terms lists the last days between two days for which unfinished models were
	// registered, with the units of these models: each once, by day and unit.
	Terms(from, to Date) ([]Term, error)

	// Progress lists a model's updates in the order in which they were made.
	Progress(ModelID) ([]Progress, error)

	// Reviews lists the steps of a model's check in the order in which they
	// were made.
	Reviews(ModelID) ([]Review, error)
	// Facts lists the models that match as the figures see them, in the order
	// of their ids: many, page by page.
	Facts(ModelQuery) ([]Fact, error)

	// SpecialDays lists the calendar's special days in their order.
	SpecialDays() ([]SpecialDay, error)

	// Period returns a period that was written; ErrNotFound before it begins.
	Period(PeriodID) (Period, error)
	// Obliged lists the units that owe a written period's report, by code.
	Obliged(PeriodID) ([]UnitCode, error)

	// Report returns what a unit last submitted for a period.
	Report(UnitCode, PeriodID) (Report, error)
	// Reports lists what was last submitted for a period, by unit code.
	Reports(PeriodID) ([]Report, error)
	// ReportEditions lists every edition of a unit's report for a period, oldest
	// first: the last one is what Report returns.
	ReportEditions(UnitCode, PeriodID) ([]Report, error)
	// Exceptions lists the extensions and exemptions of a period, by unit
	// code and then in the order in which they were made.
	Exceptions(PeriodID) ([]Exception, error)

	// Sent returns a line of the ledger.
	Sent(rule string, period PeriodID, person PersonID, step string) (Sent, error)
	// Ledger lists the lines about a period, in the order of their times.
	Ledger(PeriodID) ([]Sent, error)
	// LedgerOf lists a person's lines about a period, in the order of their
	// times.
	LedgerOf(PersonID, PeriodID) ([]Sent, error)
	// Deferrals lists the wishes about a period, the last of each person, by
	// person.
	Deferrals(PeriodID) ([]Deferral, error)
	// Snapshot returns the figures that were frozen for a period and a unit.
	Snapshot(PeriodID, UnitCode) (Snapshot, error)

	Board(BoardID) (Board, error)
	// LiveBoards lists the boards whose Live is set.
	LiveBoards() ([]Board, error)

	Session(SessionID) (Session, error)
	// SessionsOf lists a post's unfinished sessions, the last touched first.
	SessionsOf(PostID) ([]Session, error)

	// Arrivals lists the events that are kept, in the order in which they came.
	Arrivals() ([]Arrival, error)

	// Remote returns where a tracked message was delivered; ErrNotFound while
	// it was not.
	Remote(MessageID) (Remote, error)
	// Delivered finds the tracked message that stands in a chat under the
	// channel's own id.
	Delivered(Address, string) (Remote, error)
	// Notice returns a message that is edited in place, by its name.
	Notice(name string) (Notice, error)
	// Pending counts the messages that wait or are in flight.
	Pending() (int, error)

	// AuditOf lists what was recorded about a subject, oldest first.
	AuditOf(subject string) ([]Audit, error)
	// AuditHolding lists the lines of which a value is wanted. It looks at every
	// value, so never in a turn.
	AuditHolding(wanted func(value string) bool) ([]Audit, error)
	// CheckAudit returns ErrTampered where a line was changed, added or taken
	// away by anything but AddAudit; erased values are none of it. It reads all.
	CheckAudit() error
}

// Tx is a write transaction. Reads inside it see its writes.
//
// A Put of a type with a Revision wants the Revision that was read (0 for a
// new record), returns ErrConflict otherwise, and stores the next one.
type Tx interface {
	Reader

	// NewID returns an id that no record had before. Ids grow.
	NewID() (uint64, error)
	// NextNumber counts 1, 2, 3 … for every name, without gaps.
	NextNumber(name string) (int, error)

	PutUnit(Unit) error
	PutUnitImport(UnitImport) error
	PutPost(Post) error
	// PutPerson returns ErrConflict if the address belongs to somebody else.
	PutPerson(Person) error
	PutStranger(Address, Stranger) error
	PutInvite(Invite) error
	PutCampaign(Campaign) error
	// PutModel writes a model and returns it with its next Revision. It returns
	// ErrConflict too if the code belongs to another model.
	PutModel(Model) (Model, error)
	// DeleteModel takes a model away, with its updates and the steps of its check, as if
	// it had never been; what was recorded of it stays. It is no error if there is none.
	DeleteModel(ModelID) error
	PutBatch(Batch) error
	// AddProgress appends an update. There is no way to change one:
	// ErrConflict if the model has an update with this ID.
	AddProgress(Progress) error
	// AddReview appends a step of a check. There is no way to change one:
	// ErrConflict if the model has a review with this ID.
	AddReview(Review) error
	PutSpecialDay(SpecialDay) error
	// DeleteSpecialDay is no error if there is none.
	DeleteSpecialDay(Date) error
	// PutPeriod writes a period of a campaign: ErrNotFound if that is none.
	PutPeriod(Period) error
	// PutObliged says which units owe a written period's report.
	PutObliged(PeriodID, []UnitCode) error
	// PutReport writes the next edition of a unit's report for a period and
	// returns it with its Revision, which counts them.
	PutReport(Report) (Report, error)
	AddException(Exception) error
	// AddSent writes a line of the ledger; ErrConflict if there is one for
	// its rule, period, person and step.
	AddSent(Sent) error
	// AmendSent says what became of a line after it was written: its Skipped,
	// Message, Units and Read; ErrNotFound if there is no such line.
	AmendSent(Sent) error
	PutDeferral(Deferral) error
	// PutSnapshot freezes figures; ErrConflict if they are frozen already.
	PutSnapshot(Snapshot) error

	// PutBoard writes a board as it is: its Revision fences buttons and is the
	// caller's to raise.
	PutBoard(Board) error

	// PutSession writes a session as it is: its own Revision fences buttons
	// and is the engine's to raise.
	PutSession(Session) error
	// DeleteSession is no error if there is none.
	DeleteSession(SessionID) error

	// Accept remembers that an event was handled, which waits no longer; ErrSeen if
	// it already was.
	Accept(event string, at time.Time) error
	// Await keeps an event until it is accepted; one that waits already gets the
	// new Body and keeps its place. One that was accepted is not kept.
	Await(Arrival) error

	// Enqueue adds a message to the outbox and returns its id. A Key that was
	// used before adds nothing and returns the id of the first message. A reply ends
	// the wait of its chat if that was our own (Outcome.Failed).
	Enqueue(Message) (MessageID, error)
	// Claim leases the next messages of up to limit chats that are due at
	// now and no worse than the lane worst, best lane first, then the oldest,
	// at most one per chat, and hides those chats until now+lease or Finish.
	// A chat's next message is the one with the best lane, then the lowest id,
	// of those that are due. Chats of the channels in except are left alone.
	Claim(now time.Time, lease time.Duration, limit int, worst Lane, except ...string) ([]Message, error)
	PutNotice(Notice) error
	// Finish ends a claim on the message as Claim returned it: the row goes,
	// or its whole chat waits until Outcome.Retry, or it alone until Later. ErrNotFound if the lease
	// ran out and somebody else claimed the row since.
	Finish(Message, Outcome) error

	// AddAudit appends a line, under the next id if it has none. ErrConflict
	// if the subject has a line with this ID.
	AddAudit(Audit) error
	// EraseAudit takes the values of a line away for good; the line stays.
	EraseAudit(subject string, id uint64) error

	// Erased has the backend leave no trace, before long, of what was deleted and
	// overwritten until now, in the store itself: copies of it are their owner's.
	Erased() error

	// Forget drops what has served its time: accepted events, strangers and
	// boards last touched before, delivery records and message keys older than
	// before. It removes at most limit records and reports how many.
	Forget(before time.Time, limit int) (int, error)
}
