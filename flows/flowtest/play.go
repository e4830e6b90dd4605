package flowtest

import (
	"bufio"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"danvan/flows"
	"danvan/store"
)

// Host is what a transcript is played against.
type Host interface {
	// Do gives one person's input to the product and returns the toast that a
	// press was answered with. again repeats the update before it.
	Do(who string, in flows.Input, again bool) (toast string, err error)
	// Chat returns what a person sees, after everything queued was delivered.
	Chat(who string) *Chat
	// People names everybody, in the order in which their news are shown.
	People() []string
	// SetClock sets the time of what follows.
	SetClock(time.Time)
	// Restart ends the process and starts it again on the same store.
	Restart() error
}

// headerLine is a comment that tells the test something: "# world: figures".
var headerLine = regexp.MustCompile(`^# ([a-z]+): (.+)$`)

// Header returns what the comments at the head of a transcript tell the test,
// by their first word.
func Header(script string) map[string]string {
	header := map[string]string{}
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		if m := headerLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			header[m[1]] = m[2]
		}
	}
	return header
}

// Play plays a transcript and returns it with what was seen this time.
func Play(script string, h Host, zone *time.Location) (string, error) {
	p := &player{host: h, zone: zone}
	lines := bufio.NewScanner(strings.NewReader(script))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, " ") || line == "" {
			continue // what was seen the last time
		}

		p.comment = strings.HasPrefix(line, "#")
		if err := p.line(line); err != nil {
			return p.out.String(), fmt.Errorf("line %d, %s: %w", n, line, err)
		}
	}
	return p.out.String(), lines.Err()
}

type player struct {
	host    Host
	zone    *time.Location
	now     time.Time
	last    flows.Input
	out     strings.Builder
	comment bool
}

func (p *player) line(line string) error {
	if p.comment {
		fmt.Fprintln(&p.out, line)
		return nil
	}

	if p.out.Len() > 0 && !strings.HasSuffix(p.out.String(), "\n\n") {
		p.out.WriteString("\n")
	}
	fmt.Fprintln(&p.out, line)

	if rest, ok := strings.CutPrefix(line, "@ "); ok {
		if err := p.clock(rest); err != nil {
			return err
		}
		p.see("", "")
		return nil
	}

	who, what, ok := strings.Cut(line, "> ")
	if !ok {
		return fmt.Errorf("neither a person's line nor the clock")
	}

	again := what == "{again}"
	if !again {
		in, err := p.input(p.host.Chat(who), strings.ReplaceAll(what, `\n`, "\n"))
		if err != nil {
			return err
		}
		p.last = in
	}

	toast, err := p.host.Do(who, p.last, again)
	if err != nil {
		return err
	}
	p.see(who, toast)
	return nil
}

func (p *player) see(who, toast string) {
	if toast != "" {
		fmt.Fprintln(&p.out, "  ! "+toast)
	}

	for _, name := range p.host.People() {
		for _, news := range p.host.Chat(name).News() {
			if name != who {
				news = strings.ReplaceAll("  "+name+news[1:], "\n", "\n"+strings.Repeat(" ", len(name)+1))
			}
			for _, line := range strings.Split(news, "\n") {
				fmt.Fprintln(&p.out, strings.TrimRight(line, " "))
			}
		}
	}
}

func (p *player) clock(what string) error {
	if what == "restart" {
		return p.host.Restart()
	}

	if d, ok := strings.CutPrefix(what, "+"); ok {
		by, err := time.ParseDuration(d)
		p.now = p.now.Add(by)
		p.host.SetClock(p.now)
		return err
	}

	at, err := time.ParseInLocation("2006-01-02 15:04", what, p.zone)
	p.now = at
	p.host.SetClock(at)
	return err
}

// input reads what a person does.
func (p *player) input(c *Chat, what string) (flows.Input, error) {
	switch {
	case strings.HasPrefix(what, "["):
		return press(c, strings.Trim(what, "[]"))
	case strings.HasPrefix(what, "{"):
		act, text, _ := strings.Cut(what[1:], "}")
		in, err := special(c, strings.Fields(act), strings.TrimPrefix(text, " "))
		in.At = p.now
		return in, err
	}
	return flows.Input{Kind: flows.TextInput, Text: what, Message: c.Incoming(), At: p.now}, nil
}

func press(c *Chat, label string) (flows.Input, error) {
	message := 0
	if rest, ok := strings.CutPrefix(label, "#"); ok {
		number, name, _ := strings.Cut(rest, " ")
		message, _ = strconv.Atoi(number)
		label = name
	}
	if raw, ok := strings.CutPrefix(label, "data "); ok { // a forged button
		return flows.Input{Kind: flows.PressInput, Press: raw, Message: "1"}, nil
	}
	data, on, err := c.Button(label, message)
	return flows.Input{Kind: flows.PressInput, Press: data, Message: strconv.Itoa(on)}, err
}

func special(c *Chat, act []string, text string) (flows.Input, error) {
	option := map[string]string{}
	for _, a := range act[1:] {
		if k, v, ok := strings.Cut(a, "="); ok {
			option[k] = v
		}
	}

	in := flows.Input{Text: text}
	switch act[0] {
	case "edit":
		in.Kind, in.Edited, in.Message = flows.TextInput, true, act[1]
		return in, nil
	case "edit-photo":
		in.Kind, in.Edited, in.Message = flows.FileInput, true, act[1]
		in.File = store.Evidence{
			ID: "id-" + act[2], UniqueID: act[2], Kind: store.Photo, Name: act[2], Size: 1000, Caption: text, Message: act[1],
		}
		return in, nil
	case "full": // a text that fills its message
		in.Kind, in.Full = flows.TextInput, true
	case "reply":
		in.Kind, in.ReplyTo = flows.TextInput, act[1]

	case "photo", "file":
		kind := store.Photo
		if act[0] == "file" {
			kind = store.Document
		}
		in.Kind = flows.FileInput
		in.TooBig = option["size"] == "big"
		in.File = store.Evidence{
			ID: "id-" + act[1], UniqueID: act[1], Kind: kind, Name: act[1], Size: 1000, Caption: text, Album: option["album"],
		}

	case "contact":
		in.Kind, in.Phone, in.Own, in.Name = flows.ContactInput, act[1], option["own"] != "no", text
	case "place":
		in.Kind, in.Lat, in.Lon = flows.PlaceInput, 10.37123, 105.43210 // and the name of a venue is its text
	case "sticker", "voice":
		in.Kind, in.What = flows.OtherInput, act[0]
	default:
		return in, fmt.Errorf("cannot do %q", act[0])
	}
	in.Message = c.Incoming()
	if in.Kind == flows.FileInput {
		in.File.Message = in.Message
	}
	return in, nil
}
