package bot

import (
	"strings"

	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// command is one of the jobs that a person starts by a word: a slash command
// in either language, or a key of the menu.
type command struct {
	vi, en string // without the slash
	text   string // catalogue key of its line in the command list
	key    string // catalogue key of its menu key; "" has none
	needs  job    // "" for everyone
	run    func(*turn) error
}

// commands lists them in the order in which people see them.
func commands() []command {
	return []command{
		{"dangky", "register", "command.register", "menu.register", registerModels, func(t *turn) error { return t.begin(forms.RegisterID, nil) }},
		{"capnhat", "update", "command.update", "menu.update", updateModels, func(t *turn) error { return t.begin(forms.UpdateID, nil) }},
		{"mohinh", "models", "command.models", "menu.models", viewModels, (*turn).listModels},
		{"duyet", "review", "command.review", "menu.review", checkModels, (*turn).checkQueue},
		{"baocao", "report", "command.report", "menu.report", submitReports, (*turn).reports},
		{"tiendo", "progress", "command.progress", "menu.progress", watchReports, (*turn).whoReported},
		{"lich", "schedule", "command.schedule", "", watchReports, (*turn).timetable},
		{"tonghop", "summary", "command.summary", "menu.summary", viewFigures, (*turn).summary},
		{"nhap", "drafts", "command.drafts", "menu.drafts", keepDrafts, (*turn).listDrafts},
		{"kehoach", "campaign", "plans.command", "plans.menu", planCampaigns, (*turn).listPlans},
		{"ngaynghi", "holidays", "holidays.command", "holidays.menu", keepCalendar, (*turn).listHolidays},
		{"caidat", "settings", "command.settings", "menu.settings", "", (*turn).settings},
		{"trogiup", "help", "command.help", "menu.help", "", (*turn).help},
		{"huy", "cancel", "command.cancel", "", "", (*turn).cancel},
		{"dulieu", "mydata", "command.mydata", "", "", (*turn).myData},
		{"start", "start", "", "", "", (*turn).welcome},
	}
}

// command finds the command that a text is: by its word in either language,
// or by the label of a menu key in any language.
func (t *turn) command(text string) (command, bool) {
	word, slash := strings.CutPrefix(text, "/")
	if slash {
		word, _, _ = strings.Cut(word, " ")
		word, _, _ = strings.Cut(word, "@")
		word = strings.ToLower(word)
	} else {
		text = answer.Clean(text)
	}
	for _, c := range t.commands {
		switch {
		case slash && (word == c.vi || word == c.en):
			return t.allowed(c), true
		case !slash && c.key != "" && t.isKey(text, c.key):
			return t.allowed(c), true
		}
	}
	return command{}, false
}

// allowed is the command, or the refusal of it. Who stands in for an officer
// reports too, whatever the person's own post is.
func (t *turn) allowed(c command) command {
	if c.needs == submitReports && !t.may(c.needs) {
		return command{run: (*turn).reportsOfOthers}
	}
	if c.needs != "" && !t.may(c.needs) {
		return command{run: func(t *turn) error { return t.refuse(c.needs) }}
	}
	return c
}

// refuse says who may do a job.
func (t *turn) refuse(j job) error {
	return t.tell("refused."+string(j), args{"Watches": t.may(watchReports)})
}

func (t *turn) isKey(text, key string) bool {
	for _, lang := range t.Words.Languages() {
		if text == t.Words.Text(lang, key, nil) {
			return true
		}
	}
	return false
}

// Commands is the list that the channel shows for a role, in a language.
func (b *Bot) Commands(lang string, role store.Role) []store.Command {
	var out []store.Command
	for _, c := range b.commands {
		if c.text == "" || c.needs != "" && !roleMay(role, c.needs) {
			continue
		}
		name := c.vi
		if lang == "en" {
			name = c.en
		}
		out = append(out, store.Command{Name: name, Text: b.Words.Text(lang, c.text, nil)})
	}
	return out
}

// greet queues a message that also brings the menu and the list of commands
// up to date: after enrolment, a change of post or of language.
func (t *turn) greet(key string, a args) error {
	if _, err := t.queue(store.Message{
		To: t.ev.From, Kind: store.Commands, Commands: t.Bot.Commands(t.lang(), t.post.Role),
	}); err != nil {
		return err
	}
	_, err := t.send(store.Message{Text: t.text(key, a), Keyboard: t.menu(t.lang(), t.post.Role)})
	return err
}

// welcome answers a bare /start of somebody who has a post.
func (t *turn) welcome() error {
	if err := t.greet("enrol.again", args{"Post": t.post}); err != nil {
		return err
	}
	return t.again()
}

// help says what can be done, and then asks the open question again.
func (t *turn) help() error {
	if err := t.tell("help."+string(t.post.Role), nil); err != nil {
		return err
	}
	return t.again()
}

func (t *turn) unknownCommand() error {
	if err := t.tell("command.unknown", nil); err != nil {
		return err
	}
	return t.again()
}
