package planfile

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"danvan/flows/answer"
	"danvan/store"
)

// maxBytes is more than any plan needs.
const maxBytes = 1 << 20

// Fault says what of a file cannot be read.
type Fault struct {
	Line int    // from 1; 0: not known
	Key  string // of the catalogue
	Args map[string]any
}

// Read reads one campaign. When there are faults the campaign is not to be
// used; an error means that nothing could be read at all.
func Read(r io.Reader) (store.Campaign, Lines, []Fault, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return store.Campaign{}, nil, nil, fmt.Errorf("read the plan: %w", err)
	}
	if len(text) > maxBytes {
		return store.Campaign{}, nil, nil, errors.New("read the plan: the file is larger than 1 MB")
	}

	lines := findLines(string(text))
	var f file
	known, err := toml.Decode(string(text), &f)
	if err != nil {
		return store.Campaign{}, lines, []Fault{unreadable(err)}, nil
	}

	var faults []Fault
	for _, key := range known.Undecoded() {
		faults = append(faults, Fault{lines.first(key.String()), "plan.unknown_key", map[string]any{"Name": key.String()}})
	}

	return f.campaign(), lines, faults, nil
}

// unreadable says where the file stops being TOML, or has the wrong type.
func unreadable(err error) Fault {
	var wrong toml.ParseError
	if errors.As(err, &wrong) {
		why := strings.TrimPrefix(wrong.Message, "toml: ")
		return Fault{wrong.Position.Line, "plan.unreadable", map[string]any{"Why": why, "Name": wrong.LastKey}}
	}
	if m := wrongType.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1]) // digits, by the pattern
		return Fault{line, "plan.unreadable", map[string]any{"Why": m[3], "Name": m[2]}}
	}
	return Fault{0, "plan.unreadable", map[string]any{"Why": strings.TrimPrefix(err.Error(), "toml: "), "Name": ""}}
}

// wrongType is how the library says that a value is of another type: not as a
// ParseError, but with the line in the text.
var wrongType = regexp.MustCompile(`^toml: line (\d+) \(last key "([^"]*)"\): (.*)$`)

// file is a campaign as it is written down.
type file struct {
	ID        string   `toml:"id"`
	Document  string   `toml:"document"`
	Issuer    string   `toml:"issuer"`
	Name      label    `toml:"name"`
	Unit      string   `toml:"unit"`
	From      date     `toml:"from"`
	To        date     `toml:"to"`
	Fields    []option `toml:"fields"`
	Titles    []option `toml:"titles"`
	Tags      []option `toml:"tags"`
	Levels    []option `toml:"levels"`
	Rules     []rule   `toml:"rules"`
	Obliged   []string `toml:"obliged"`
	Ladder    []rung   `toml:"ladder"`
	Escalate  int      `toml:"escalate"`
	CheckDays int      `toml:"check_days"`
	Past      bool     `toml:"past"`
}

type option struct {
	Key     string   `toml:"key"`
	Label   label    `toml:"label"`
	Short   label    `toml:"short"`
	Aliases []string `toml:"aliases"`
}

type rule struct {
	Kind     string `toml:"kind"`
	CutDay   int    `toml:"cut_day"`
	Only     []int  `toml:"only"`
	Free     []free `toml:"free"`
	DueAfter int    `toml:"due_after"`
	Working  bool   `toml:"working"`
	Shift    string `toml:"shift"`
	Hour     int    `toml:"hour"`
	Grace    int    `toml:"grace"`
	Lock     int    `toml:"lock"`
}

type free struct {
	Name string `toml:"name"`
	From date   `toml:"from"`
	To   date   `toml:"to"`
	Due  date   `toml:"due"`
}

type rung struct {
	Days int `toml:"days"`
	Hour int `toml:"hour"`
}

func (f file) campaign() store.Campaign {
	c := store.Campaign{
		ID: store.CampaignID(answer.Clean(f.ID)), Document: answer.Clean(f.Document), Issuer: answer.Clean(f.Issuer),
		Name: store.Label(f.Name), Unit: store.UnitCode(answer.Clean(f.Unit)), From: store.Date(f.From), To: store.Date(f.To),
		Fields: options(f.Fields), Titles: options(f.Titles), Tags: options(f.Tags), Levels: options(f.Levels),
		Escalate: f.Escalate, CheckDays: f.CheckDays, Past: f.Past,
	}

	for _, word := range f.Obliged {
		c.Obliged = append(c.Obliged, meant(unitKinds, word))
	}
	for _, r := range f.Rules {
		c.Rules = append(c.Rules, r.rule())
	}
	for _, r := range f.Ladder {
		c.Ladder = append(c.Ladder, store.Rung(r))
	}

	return c
}

func options(list []option) []store.Option {
	var out []store.Option
	for _, o := range list {
		var aliases []string
		for _, alias := range o.Aliases {
			aliases = append(aliases, answer.Clean(alias))
		}
		out = append(out, store.Option{
			Key: answer.Clean(o.Key), Label: store.Label(o.Label), Short: store.Label(o.Short), Aliases: aliases,
		})
	}
	return out
}

func (r rule) rule() store.PeriodRule {
	out := store.PeriodRule{
		Kind: meant(periodKinds, r.Kind), CutDay: r.CutDay, Only: r.Only, DueAfter: r.DueAfter, Working: r.Working,
		Shift: meant(shifts, r.Shift), Hour: r.Hour, Grace: r.Grace, Lock: r.Lock,
	}
	for _, f := range r.Free {
		out.Free = append(out.Free, store.FreeDates{
			Name: answer.Clean(f.Name), From: store.Date(f.From), To: store.Date(f.To), Due: store.Date(f.Due),
		})
	}
	return out
}
