// Package bot turns one event into one turn: it decides who may do what, runs
// the conversation engine, keeps what changed and queues what to say, all in
// one store transaction.
//
// It knows no channel and no backend. Its sub-packages may import it; it
// imports none of them.
package bot
