// Package bolt keeps danvan's records in one bbolt file.
//
// It decides nothing and knows nobody: no conversation, no channel, no clock.
// A file has one process; a second one is refused.
//
// # Schema, version 14
//
// Every record is JSON behind one byte that says so, which keeps the file
// readable with bbolt's own tool and leaves room for another codec; only what
// is read by the ten thousand is packed by hand (pack.go). "#" is a
// number in 8 bytes, "@" a time in 8 bytes (microseconds, order kept), "+" a
// text behind its length in 2 bytes.
//
//	meta              "erased" ->, "version" -> 4 bytes, "editions" -> 3 times 8, "audit" -> #seq hash; the sequence of NewID
//
//	units             code -> Unit
//	unit_children     +parent code ->
//	unit_imports      # -> UnitImport
//	posts             id -> Post
//	posts_by_holder   #person id ->
//	posts_by_unit     +unit id ->
//	posts_by_role     +role id ->
//	changes           +kind #edition id ->, for units and posts
//	editions          +kind id -> #edition in which it was last put
//
//	people            # -> Person
//	addresses         +channel +chat -> #person
//	strangers         +channel +chat -> @touched Stranger
//	invites           hash -> Invite
//	invites_by_post   +post @made hash ->
//
//	campaigns         id -> Campaign, with its Periods that were written
//	models            # -> Model
//	models_by_code    code -> #model
//	models_by_unit    +unit #model ->
//	model_options     +campaign +"fields"|"titles" +option #model ->
//	unchecked         #model ->
//	terms             day +unit #model ->, of unfinished models
//	heads             #model -> Head, packed (head.go)
//	progress          #model # -> Progress
//	reviews           #model # -> Review
//	facts             #model -> Fact, packed (fact.go)
//	batches           # -> Batch
//
//	special_days      day -> SpecialDay
//	obliged           period -> codes of the units that owe it, packed
//	reports           +period unit -> Report
//	report_editions   +period +unit #revision -> Report
//	exceptions        +period unit # -> Exception
//	ledger            +period #person +rule step -> Sent, packed (ledger.go)
//	deferrals         +period #person -> Deferral
//	snapshots         +period unit -> Snapshot
//	boards            # -> @touched Board
//	live_boards       #board ->
//
//	sessions          # -> Session
//	sessions_by_post  +post #session ->
//	events            event -> @accepted
//	inbox             event -> # Body, of those that wait for their turn
//
//	outbox            +channel +chat lane # -> failures attempts (4 bytes) Message
//	later             @due # -> failures attempts Message
//	ready             lane # -> +channel +chat
//	chats             +channel +chat -> @until attempts [lane #]
//	parked            @until +channel +chat ->
//	message_keys      key -> @queued #message
//	remotes           #message -> @delivered Remote
//	delivered         +remote +channel +chat -> #message
//	notices           name -> Notice
//
//	audit             +subject # -> SealedAudit
//	audit_values      +subject # -> AuditValues
//	counters          name -> 8 bytes
//
// The editions in meta are those of units, posts and special_days.
//
// Version 1 had no bucket from reviews to boards. The migration makes the
// facts out of the models and their progress. Version 2 had neither changes nor
// editions: after the migration every unit and post is as of edition 1. Version
// 3 kept the editions in the sequences of those buckets. Version 4 had facts
// whose results did not say what was measured. Version 5 had no unit_imports,
// and units without versions and aliases.
// Version 6 kept the values of the audit in its lines, which were no chain yet.
// Version 7 wrote no periods and kept only the last edition of a report. In
// version 8 a model had one entry and one registrant. Version 9 had no
// model_options, version 10 no inbox,
// version 11 no terms, version 12 no invites_by_post, version 13 no batches.
//
// # Facts
//
// A fact is what the figures need of a model and of everything that happened
// to it, in one value of about a kilobyte: a province is folded by walking one
// bucket, not by decoding a hundred thousand updates. There is one for every
// model. PutModel keeps the model's part of it, AddProgress and AddReview put
// their step at its place, which is nearly always the end; steps whose model
// is put after them are gathered then. Heads lie under the same keys and say
// which models a query wants. A reader goes through them page by page, so that
// no transaction lasts and no memory holds more than a page.
//
// What they write: AddProgress and AddReview 2 keys each, PutModel 5 for a new
// model (4 without a code, 1 more while it waits for a check), later 1, and 1
// more each for a new head and for a new fact. AddSent and the other records of a
// period write 1, PutReport 2.
//
// # The outbox
//
// A row that is due lies in outbox, in its chat's order: lane, then id. Its
// chat has either one entry in ready, under the place of its first row, or it
// is parked, because a row of it is in flight or because the channel asked it
// to wait: then chats says until when and which row, and parked finds it
// again by time. A row that is not due yet lies in later. Claim wakes what has
// come due, and what waits for longer than anything may (store.MostRetry), then walks
// ready, which is in the order of delivery, past the chats
// of channels that are not asked for; it writes no row. Only a row that is put back is written again, with its attempts. The
// leases of a process that died are ended by EndLeases after the next Open.
//
// What a turn writes: Accept 1 key, PutSession 1 (2 for a new draft), Enqueue
// 2 (1 more with a Key, 1 less behind another row). What a delivery writes:
// Claim 2 keys and deletes 1, Finish deletes 3 (and writes 2 for a tracked
// message, 1 if another row waits). The buckets ready, chats and parked are
// nearly always so small that bbolt keeps them inside its root page, which
// each commit writes anyway.
//
// # Room
//
// bbolt writes what changes elsewhere and never gives room back. A file that is
// mostly free is compacted as it is opened (Compact): copied, and replaced when the
// copy is whole. What a process that died over it left undone the next Open ends: the
// copies go, and the name of the file is brought to the disk before anything is
// acknowledged. What was erased (Tx.Erased) stays in pages that are free, until
// Scrub writes zeros over all of them. Of the copies that are made before a migration
// ("danvan.db.v11") nothing is erased: who keeps one keeps what was in it.
//
// # The writer
//
// One caller at a time runs write closures: its own, and those of everybody who
// comes meanwhile, which share its commit. So a lone caller waits for nobody;
// with db.Batch it would wait ten milliseconds, and a goroutine that did all
// the writing would cost it two changes of the processor.
// A closure that fails before it wrote anything costs the others nothing; one
// that fails later is rolled back with its group, which runs again without it.
// A commit that fails for any reason but the quota leaves its outcome unknown,
// and the store refuses all further work: the process must end and open it
// again.
package bolt
