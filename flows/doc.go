// Package flows is the conversation engine: it walks a person through a Form,
// one question at a time, and returns what happened and what to say.
//
// It knows no channel, no clock, and no language but a few words for its own
// buttons. A turn is a value in, a value out: Input and Session go in, the next
// Session and the Replies come out, by catalogue key. The host keeps the
// session, renders the replies and queues them, in one transaction.
package flows
