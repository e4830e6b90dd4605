package store

import "time"

// Batch is a table of models that came in together, and what was made of it, so
// that it can be gone on with after a crash, and taken back.
type Batch struct {
	ID   uint64    `json:"id"`
	At   time.Time `json:"at"` // when the table came
	By   PersonID  `json:"by,omitempty"`
	Post PostID    `json:"post,omitempty"` // "": the command line
	// Source is the file's name, Sum the SHA-256 of its content in hex. Of one that
	// came over a channel File says where it is.
	Source string   `json:"source,omitempty"`
	Sum    string   `json:"sum,omitempty"`
	File   Evidence `json:"file,omitzero"`

	// Rows are the models that were made of it so far.
	Rows   []BatchRow `json:"rows,omitempty"`
	Begun  time.Time  `json:"begun,omitzero"`  // when the first of them was
	Done   time.Time  `json:"done,omitzero"`   // when all were
	Undone time.Time  `json:"undone,omitzero"` // when they were taken back
}

// BatchRow is a model that was made of a row. While the model has this revision,
// nobody has changed it since.
type BatchRow struct {
	Place    string  `json:"p"` // the row, as the reader of the table names it
	Model    ModelID `json:"m"`
	Revision uint64  `json:"r"`
}
