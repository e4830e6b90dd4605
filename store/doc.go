// Package store holds danvan's nouns and the contract of the place that keeps them.
//
// It imports the standard library only, and no other package of ours, so that
// everything else can depend on it. A type here may check that it is well
// formed, never that it is allowed: permissions belong to package bot.
//
// # The contract
//
// All work happens in a transaction: View to read, Update to write. Update's
// closure may run more than once (a backend groups the turns of many people
// into one commit and runs the others again when one of them fails; a backend
// with several replicas retries on a conflict), so it touches nothing outside
// its Tx except variables that it assigns afresh on every run.
//
// Values that come out of a transaction are copies: the caller owns them. The
// records in the list of Campaigns are the exception. Nearly every turn asks for
// them and hardly anybody writes them, so they are shared by all who ask: the
// list is the caller's, a record may be kept (it stays as it was read, whatever
// is written later), and nothing in it may be altered in place. Whoever wants to
// alter a campaign asks for that one.
//
// Times are kept in UTC to the microsecond. Text is kept as given; callers
// normalise to NFC before it gets here.
//
// An Update that returns ErrUnknownOutcome may or may not have been committed;
// the only safe answer is to stop the process and open the store again.
package store
