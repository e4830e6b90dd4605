package link

import "danvan/flows/answer"

// wishes are commands by what people write who want them, folded.
var wishes = map[string]string{
	"bao cao": "/report", "nop bao cao": "/report", "gui bao cao": "/report", "khong phat sinh": "/report",
	"report": "/report", "nothing to report": "/report",
	"dang ki": "/register", "dang ki mo hinh": "/register", "dang ki moi": "/register", "register": "/register",
	"cap nhat": "/update", "cap nhat mo hinh": "/update", "update": "/update",
	"giup": "/help", "giup toi": "/help", "giup toi voi": "/help", "giup voi": "/help", "tro giup": "/help", "huong dan": "/help",
	"help": "/help", "cam on": "/help", "cam on nhieu": "/help", "thank you": "/help",
}

// Wish returns the command that a text at rest asks for in words, with or without
// diacritics, and any other text as it is.
func Wish(text string, atRest bool) string {
	if command, ok := wishes[answer.Fold(text)]; ok && atRest {
		return command
	}
	return text
}
