package store

// Limits is what a channel can show and take. The sizes of buttons are those at
// which people can still read them on the narrowest screen that the channel is
// used on.
type Limits struct {
	Text int // most UTF-16 units of one message, without its tags; 0: any number
	Data int // most bytes of a button's data
	Row  int // most buttons in a row
	Half int // most characters of a button with half a row to itself
	Full int // the same with a whole row
	Rows int // most rows of long buttons that leave the question in sight

	// Buttons says that a message can have buttons. Where it cannot, their
	// labels stand under the text, numbered from 1, row by row.
	Buttons bool
	// Edits says that a message can be changed or lose its buttons once it was
	// sent. Where it cannot, the new text is sent as a new message.
	Edits     bool
	Files     bool // it takes photos and files, and shows that one is being made
	Reactions bool // it can put an emoji on somebody's message
	Keyboard  bool // it can replace the phone's keyboard and list the commands
}
