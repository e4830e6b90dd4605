package about

// MostNudged is up to how many units are reminded by one tap: a turn is one
// transaction, and nobody is to wait for it.
const MostNudged = 300
