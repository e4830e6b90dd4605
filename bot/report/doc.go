// Package report makes files of figures: a workbook and a picture, equal to
// what the chat says.
//
// It counts nothing: package reporting does, with package figures. The same figures
// give the same bytes. It knows no channel and takes its words from figures.Voice.
package report
