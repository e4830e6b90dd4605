// Package about is what several features say about one thing: a model, a person,
// a unit's obligation. It reads and names; it changes nothing.
package about
