package trial

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Config says who takes part in a trial.
type Config struct {
	// Token is the only token accepted; any is accepted when it is empty.
	Token string
	// Bot is the bot under trial.
	Bot Bot
	// People are those who can talk to it, in the order of the page.
	People []Person
	// Clock tells the date of messages and the age of everything. Required,
	// unless there is a Travel, whose Now it is then.
	Clock func() time.Time
	// Travel, if any, is the clock that the page shows and moves.
	Travel Travel
	// Tasks are the things to try that the page lists.
	Tasks []Task
	// Languages are those of the page, the first being its own choice; when
	// empty: vi, en.
	Languages []string
	// Earlier is what the ids of messages and updates follow. A bot that keeps
	// its store from one trial to the next takes a known id for what it knows,
	// so that such trials need ids far from each other.
	Earlier int
	// Log gets what an operator should know; nil discards it. No text of a
	// message, no phone number and no token is ever logged.
	Log *slog.Logger
}

// Bot is who the bot is on Telegram.
type Bot struct {
	ID       int64 // 7000000001 when zero
	Username string
	Name     string
}

// Person is somebody with a Telegram account.
type Person struct {
	ID          int64
	First, Last string // shown one after the other, as Telegram does: "Nguyễn Thị", "An"
	Username    string
	Phone       string // as Telegram writes it in a contact: digits, the country first
	Language    string // of the person's app: "vi"
	// Note says on the page what this person is, by language.
	Note map[string]string
	// Started says that the person has already started the bot.
	Started bool
}

// Task is one thing to try.
type Task struct {
	Person int64             `json:"person"` // who should do it; 0 when it does not matter
	Text   map[string]string `json:"text"`
	// Link, if any, is an invitation that the page opens for the person.
	Link string `json:"link,omitempty"`
}

// ready returns the configuration with its defaults, or what is wrong with it.
func (c Config) ready() (Config, error) {
	if c.Clock == nil && c.Travel != nil {
		c.Clock = c.Travel.Now
	}
	if c.Clock == nil {
		return c, errors.New("trial: no clock")
	}
	if c.Bot.ID == 0 {
		c.Bot.ID = 7_000_000_001
	}
	if c.Bot.Username == "" {
		c.Bot.Username = "trial_bot"
	}
	if c.Bot.Name == "" {
		c.Bot.Name = c.Bot.Username
	}

	if len(c.Languages) == 0 {
		c.Languages = []string{"vi", "en"}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}

	seen := map[int64]bool{c.Bot.ID: true}
	for _, p := range c.People {
		if p.ID <= 0 || p.First == "" {
			return c, fmt.Errorf("trial: person %d needs a positive id and a first name", p.ID)
		}
		if seen[p.ID] {
			return c, fmt.Errorf("trial: id %d is used twice", p.ID)
		}
		seen[p.ID] = true
	}

	return c, nil
}
