package bolt

// bucket is the name of a top-level bucket. The tree in the package doc says
// what each one holds.
type bucket string

const (
	meta bucket = "meta"

	units        bucket = "units"
	unitChildren bucket = "unit_children"
	unitImports  bucket = "unit_imports"

	posts        bucket = "posts"
	postsByOwner bucket = "posts_by_holder"
	postsByUnit  bucket = "posts_by_unit"
	postsByRole  bucket = "posts_by_role"

	changes  bucket = "changes"
	editions bucket = "editions"

	people    bucket = "people"
	addresses bucket = "addresses"
	strangers bucket = "strangers"
	invites   bucket = "invites"

	invitesByPost bucket = "invites_by_post"

	campaigns bucket = "campaigns"

	models       bucket = "models"
	modelsByCode bucket = "models_by_code"
	modelsByUnit bucket = "models_by_unit"
	modelOptions bucket = "model_options"
	unchecked    bucket = "unchecked"
	terms        bucket = "terms"
	heads        bucket = "heads"
	progress     bucket = "progress"
	reviews      bucket = "reviews"
	facts        bucket = "facts"
	batches      bucket = "batches"

	specialDays bucket = "special_days"
	obliged     bucket = "obliged"
	reports     bucket = "reports"
	exceptions  bucket = "exceptions"

	reportEditions bucket = "report_editions"

	ledger     bucket = "ledger"
	deferrals  bucket = "deferrals"
	snapshots  bucket = "snapshots"
	boards     bucket = "boards"
	liveBoards bucket = "live_boards"

	sessions       bucket = "sessions"
	sessionsByPost bucket = "sessions_by_post"

	events bucket = "events"
	inbox  bucket = "inbox"

	outbox      bucket = "outbox"
	later       bucket = "later"
	ready       bucket = "ready"
	chats       bucket = "chats"
	parked      bucket = "parked"
	messageKeys bucket = "message_keys"
	remotes     bucket = "remotes"
	delivered   bucket = "delivered"
	notices     bucket = "notices"

	audit       bucket = "audit"
	auditValues bucket = "audit_values"
	counters    bucket = "counters"
)

// buckets lists every bucket of a new file.
var buckets = []bucket{
	meta, units, unitChildren, unitImports, posts, postsByOwner, postsByUnit, postsByRole, changes, editions,
	people, addresses, strangers, invites, invitesByPost, campaigns,
	models, modelsByCode, modelsByUnit, modelOptions, unchecked, terms, heads, progress, reviews, facts, batches,
	specialDays, obliged, reports, reportEditions, exceptions, ledger, deferrals, snapshots, boards, liveBoards,
	sessions, sessionsByPost,
	events, inbox, outbox, later, ready, chats, parked, messageKeys, remotes, delivered, notices,
	audit, auditValues, counters,
}
