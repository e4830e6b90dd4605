// Package report makes files: of figures a workbook and a picture, equal to
// what the chat says, and of invitations a sheet and cards to cut out.
//
// It counts nothing: package reporting does, with package figures. The same inputs
// give the same bytes. It knows no channel and takes its words from figures.Voice.
package report
