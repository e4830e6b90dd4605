// Package outbox sends what waits in the store.
//
// A turn queues its messages in the transaction that caused them. This package
// takes them from there: it claims due rows, hands each to the Channel outside
// any transaction, and finishes the row: delivered, to be tried again, or given
// up. The queue is the store and nothing else, so a crash at any instant loses no
// message. Delivery is at least once: a crash, a timeout or a cut connection
// between sending and finishing sends again; a clock that is set, or a store that
// takes nothing for a while, does not, for a claim ends by being finished.
//
// Each channel has a route of its own: it claims, waits and paces for itself, so
// that one that is unreachable, slow or told to wait holds up no other. A row for
// a channel that nobody serves is given up and logged.
//
// What a channel cannot show (store.Limits) is left out or said otherwise in one
// place, just before delivery (fit): choices without buttons are numbered under
// the text, an edit becomes a new message unless it only tidies up, a long text
// becomes several messages, cut between its paragraphs where that can be.
//
// The Channel says what went wrong (Failure); only this package decides what
// follows from it:
//
//	delivered                 the row is done
//	Gone                      the row is done, its person is marked unreachable
//	Moved                     the row is queued again for the new address, which the person gets too
//	Target                    an edit becomes a new message, a reaction is dropped
//	Format                    once more as plain text, so that no answer is lost
//	Retry, After              the chat waits as long as it was told, an hour at a time, however often
//	Retry, Whole              every chat of the channel waits; nothing is ever given up for it
//	Retry                     the chat waits 1 s to 5 min, doubling, for a reply 2 s at most ten times; a
//	                          new reply ends that wait; given up after a day and 25 tries
//	none of these             the row is given up and logged
//
// A wait that the channel asked for, and the claim of a process that died, count
// as no failure. When five tries in a row fail, in whichever chats, the channel is
// taken for unreachable: one message at a time tries it every second and a half, and
// as soon as one is answered everything goes on. Tries that hang then are cut off, and
// so they are when the channel answers what is no message (Reached).
//
// One row of a chat is in flight at a time, so a chat's messages keep their
// order. Answers go as fast as their channel takes them, at most Config.Chats
// chats of it at once. Reminders and digests go at Config.Bulk a second and one a
// second for each chat, and never hold a place that an answer needs: they are
// claimed one by one when their turn comes (Telegram's published limits for
// broadcasts, 30 a second and 1 a second per chat).
//
// What only tidies up, such as taking old buttons away (TidyLane), goes when its chat
// has been quiet for a minute (store.Quiet): nobody waits for it, and a button that
// stands meanwhile is answered by the turn that it causes.
//
// A message that is About something is looked at once more when it is claimed:
// what has settled itself while it waited is not sent (Config.Revise). Reminders
// and digests whose turn comes in the quiet hours, because something was down
// when it should have come, wait for the morning; the answers of their chats do
// not (Config.Opens).
// What a message refers to (store.Make) is made just before it is sent, by the
// Maker and outside any transaction, one thing at a time. A crash makes it
// again, to the same bytes. What cannot be made is tried again like a delivery
// that failed.
//
// It knows no channel and no backend, and never logs what a message says.
package outbox
