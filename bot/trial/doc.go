// Package trial is a local Bot API server with a chat page: what a first-time
// visitor tries the bot in, and what end-to-end tests run it against.
//
// A Server plays Telegram for one bot and a handful of people. The bot speaks
// the Bot API to it (/bot<token>/<method>, /file/bot<token>/<path>) and cannot
// tell it from the real thing; the people are played by the page at / or, in a
// test, by the methods of Server. It owns no listener: it is an http.Handler.
//
// It is strict on purpose. It is written from the Bot API's specification (see
// spec.go) and imports nothing of the program that it tests, nor the library
// through which that program speaks, so that it cannot share their mistakes.
// What Telegram refuses it refuses, with Telegram's words; beyond that it also
// refuses parameters that the specification does not know, which Telegram
// silently ignores, because such a parameter is a misprint. What Telegram can
// do and this server cannot is answered with 501, never with a pretence.
//
// It does not misbehave as networks and servers do: in tests package faults
// stands in front of it.
//
// What it will not do: keep anything on disk, play groups or channels, enforce
// rate limits by itself, or read the wall clock. Dates and the age of things
// come from Config.Clock, which may be simulated; only the waiting of a long
// poll, a conflict or a retry takes real time. With a Travel the page shows
// the clock and moves it; what happens on the way is the Travel's affair.
//
// How it is laid out: request.go reads a call and spec.go checks it; api.go
// finds its method, which stands in the file of its subject (send, media,
// edit, callback, profile, updates, webhook, files); chat.go holds what people
// see; person.go is what they do; page.go and events.go serve the
// page, travel.go its clock.
package trial
