// Package exchange carries models out of danvan as tables, and in from them: what
// went out comes in again. One list of columns (columns.go) serves the export, the
// template and the import; people's own tables are read by their heads.
//
// Files belong to one bot and do not travel; all else does: an exported workbook has
// beside its models their updates and the steps of their check, each with its record
// as it is kept, so that figures elsewhere are the same.
//
// # What becomes of a model that comes in
//
// A row that says how far the work is tells of a model that people have had: it
// stands as it says, was registered when it says, and nobody is asked to check it
// again or told of it, for thousands come at once. A row that says nothing of it is a
// registration: an officer's waits for the check as any other, and who checks it gets
// the one message that counts what waits; a coordinator's own are accepted. Who
// brought it in, from which file and row, the batch and the audit say, and the whole
// can be taken back while nobody has changed it.
package exchange
