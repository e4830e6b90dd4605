// Package bot is the kernel: it turns one event into one turn, and one turn is
// one store transaction. Sessions, records, the audit and what is to be said are
// committed together or not at all, and an event that comes again does nothing.
//
// A Turn is the work on an event: the transaction, who sent it, the post that
// they act for, the day, the organisation, and the voice that speaks their
// language. Bot.Handle makes it and runs it; it lives as long as its transaction.
// A turn that fails is accepted all the same, with an apology.
//
// A Feature is one subject: commands, buttons, links, forms, reminders, cards,
// jobs of the clock. The kernel knows features as values and imports none. They
// know nothing of one another: what one wants of another is a link, a verb with
// ids (package link), in a button's data or followed in the same turn
// (Turn.Follow). A link is a request; whether it may be is asked anew each time.
//
// A Form is the one home of a form: what it answers the engine of package flows,
// how it is worded, what follows its end. Basic answers what most answer alike.
//
// # Reading ahead
//
// Everybody waits for the one writer, so a turn reads little. What it must look
// through more for it asks by Ahead, before it writes: the turn ends, that is read
// in a transaction that holds up nobody, and the turn runs anew with what was
// found. No decision rests on it: what a turn changes it reads again itself.
//
// # Saying and time
//
// A turn sends nothing. It queues rows in the outbox, which go out after the
// commit; a message with figures is a reference until then (Bot.Card). Time is a
// value: Event.At, or the instant that the clock passes to Remind, Revise, Queue,
// Before and After. Remind and Revise look anew: only what still holds is said.
//
// What it will not do: read a clock, know a channel or a backend, import a
// feature, or say what becomes of a model, which is store's.
package bot
