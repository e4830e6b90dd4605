// Package deadline says who owes which report by when, and who is reminded of
// it at what moment. It knows the working days, the reporting periods, the
// obligations that follow from them, and it plans reminders, escalations and
// digests.
//
// All of that is computed and none of it is done: every function here is a
// function of its arguments. Nothing reads a clock, a store or a language. A
// tick of the clock loads an Input, calls Plan, PlanDigests and PlanFreezes, and writes
// every Send in one transaction: its lines in the ledger and its message in the
// outbox. A crash before the commit leaves nothing behind and the next tick
// plans the same again; after it the lines say that it was done. That is all
// that "exactly once" rests on.
//
// # When a reminder goes out
//
// A rung of a campaign's ladder stands at an hour of a working day and is
// useful for a while (Input.Bound, in which days off do not count), but never
// past the deadline that it counts towards, nor past the lock. It goes out at
// the first moment of that while at which
//
//	the unit still owes the report: it submitted none, is not exempt, and no
//	paper waits for the coordinator;
//	it is a working day outside the quiet hours;
//	the person is not in the middle of a form;
//	the person did not ask to be reminded later.
//
// When several rungs are useful at that moment the last one goes out and the
// others are recorded as collapsed into it. A rung whose while is over is
// recorded as skipped, with the reason. Everything that one person is to be
// told in one tick is one Send.
//
// A rung that struck before it concerned anybody is none at all: before the
// period began or its campaign was known, before the person took the post, before a report was withdrawn,
// an exemption ended or an extension was granted.
//
// # Checks
//
// On every working day on which answers to registrations are due or late, the
// coordinator whose they are is told once, between eight and seventeen o'clock:
// under the rule Check, by a line without a period whose step is the day with
// the post. Whoever holds the post then is told, for the registrations wait
// today, whenever it was taken over. A day on which no tick came between these
// hours leaves no line: the next one tells the same.
//
// # Models that end
//
// The officer of models that are not finished is told five working days before
// the last day that they were registered for, or as soon after that as a tick
// comes, and once more on the first working day after it: under the rule End, by
// a line without a period whose step is that day with the number of days.
//
// # Freezing
//
// When a period is closed, by hand or at its lock, its figures are frozen as of
// that instant, for the campaign's unit and for every unit that somebody watches,
// whatever the hour and the day: nobody is disturbed. Under the rule Freeze each unit is a line of
// its own, of nobody, and the last one is written with a line of the step "all",
// after which the period is not looked at any more.
//
// Digests that live are edited when reports come in. That is no matter of the
// time, so nothing of it is planned here or previewed.
//
// # What it will not do
//
// It has no words: a Send names units, periods and numbers, and who renders it
// finds the rest. It sends nothing and decides nothing about permissions.
package deadline
