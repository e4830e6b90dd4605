// Package gather reads out of a store what figures are made of, and makes
// them: the units of a subtree, who owes a report, the facts of the period and
// of those that it is compared with.
//
// It is the one way from a store to figures; the chat, the digests, the
// workbook and the snapshots all go through Load, so that they cannot differ.
// Facts are read page by page, each page in a transaction of its own, and
// counted between two of them: nobody waits for a reader. All figures are as of
// an instant before the reading began, so what is written meanwhile changes
// none of them.
//
// It decides nothing about permissions: the caller says whose figures to read.
package gather
