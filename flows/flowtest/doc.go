// Package flowtest plays conversations that are written as plain text, so
// that what people see can be reviewed like code.
//
// A transcript has what the people do, on lines that begin with a name, and
// under each what they then see. Playing a transcript renews the second part;
// a test compares. The comments at its head may say what the test should know
// of it, one word of small letters to a line: see Header.
//
//	# comment
//	# world: figures, quiet      which world it is played in, if not the plain one
//	@ 2026-11-23 08:00          the clock; "@ +2h" moves it on
//	@ restart                    the process ends and starts again
//	hoa> /dangky                 types
//	hoa> [Đồng ý]                presses the button under the last card that has it
//	hoa> [#3 Đồng ý]             presses that button as message 3 once showed it
//	hoa> {photo a1.jpg album=x}  sends a photo; also file, contact, place, sticker
//	hoa> {edit 7} new text       edits message 7
//	hoa> {reply 3} text          replies to message 3
//	hoa> {again}                 the last update is delivered a second time
//	  + 4: a new message         what is seen: + new, ~ edited
//	       [Xong] [Để sau]
package flowtest
