// Package text is how things are said and shown: it turns catalogue keys and
// values into words of one language, and lays buttons out.
//
// It reads nothing and decides nothing. What a person typed is escaped here,
// once, on its way into a text; what is HTML already is a Markup.
package text
