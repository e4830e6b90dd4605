// Package reporting is the one way from a store to figures and to plans: it
// reads what packages figures and deadline compute with.
//
// Units and seats it never reads itself: they are package org's. With the
// calendar and the campaigns they make a Setting, what changes rarely, and
// everything else begins with that:
//
//	Setting.Obligations, Ahead, Frame and Card read inside a transaction that has
//	other work to do, no more than they are asked about;
//	Load counts the figures of a subtree, for the chat, the digests, the workbook
//	and the snapshots alike, so that they cannot differ;
//	Watch.Load reads what a tick of the clock plans with.
//
// The last two read in transactions of their own, short ones: facts page by page,
// and counted between two of them, so that nobody waits for a reader. Figures are
// as of an instant before the reading began, so what is written meanwhile
// changes none of them. What a tick reads need not be of one instant: whoever
// acts on a plan looks again, in the transaction in which it acts.
//
// It decides nothing, writes nothing, and knows no permissions: the caller says
// whose figures to read.
package reporting
