// Package schedule is the clock: once a minute it looks at what is due and has
// it said: reminders, digests, periods that begin or are locked, and their
// figures, which are frozen before anybody is told of them.
//
// A tick reads the store through store/reporting, lets store/deadline plan, and for
// each person opens one transaction in which package bot looks once more at
// what is to be said and renders it; the message and the lines of the ledger
// that stand for it are written together or not at all. That, and that the
// ledger takes a line only once, is why nothing is sent twice, wherever the
// process dies. A tick that fails half-way leaves the rest to the next one.
//
// Cron says when the ticks come, but nothing depends on their coming: whatever was due
// while nobody ticked is planned by the next tick, as package deadline says. A clock that is set, ahead or
// back, by a day at most costs nobody a reminder and sends none twice; one that is set
// further ahead while the process runs is believed after an hour. Whoever travels in
// time calls Tick with the time that it is there.
//
// It knows no channel. It writes into the outbox and is asked by it, before a
// reminder goes out that had to wait, whether it is still to be sent (Revise).
package schedule
