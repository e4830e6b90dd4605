// Package telegram is the channel to Telegram: it polls the Bot API for what
// people do (Poller), sends what waits in the outbox (Channel), and says what
// the bot is (Introduce), all through one Client.
//
// It is the only importer of go-telegram-bot-api. That library stopped at Bot
// API 5.5, so only its two plain calls are used (MakeRequest and UploadFiles),
// which carry any later method; what comes in is decoded into our own types,
// of the few fields that we read. GetUpdatesChan is never used: it confirms
// updates before they are handled, stops for ever at one it cannot decode, and
// logs the token.
//
// # In
//
// Updates are polled (Poller), or come to an address of ours (Webhook). A batch is
// confirmed when it was taken in (Intake): each turn is over, or kept in the store.
// So a crash loses nothing, and what was handled comes again, to be recognised by
// the id of its event. Only private chats are heard.
//
// # Out
//
// Channel classifies errors (outbox.Failure) and decides nothing, except for
// what only Telegram knows: an album over ten or of several kinds becomes several
// albums, and buttons that the server refuses are sent plainer rather than not at
// all. What Telegram can show at all it states (Limits).
//
// # Secrets
//
// Telegram puts the token into the URL. Errors of this package never hold it,
// nor any part of a message: of the server's descriptions only the fixed words
// are kept. Use Client.Redact on whatever else is logged.
package telegram
