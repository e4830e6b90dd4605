package link_test

import (
	"strings"
	"testing"

	"danvan/bot/link"
)

// room is what the longest ids of a verb need of a button's 64 bytes: a unit's
// code of 20, a period of 8, a revision of 13, a verb of their own of 8, dots.
const room = 53

// TestVerbs holds that every verb is a word, short enough, and that none is
// taken for another one.
func TestVerbs(t *testing.T) {
	t.Parallel()
	for i, v := range link.Verbs {
		if s := string(v); s == "" || len(s)+1 > 64-room || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("verb %q is no short word", v)
		}
		for j, w := range link.Verbs {
			if i != j && strings.HasPrefix(w.To(), v.To()) {
				t.Errorf("verb %q begins with %q", w, v)
			}
		}
		if got, about := link.Parse(v.To("1a", "2")); got != v || about != "1a.2" {
			t.Errorf("%q is read as %q about %q", v.To("1a", "2"), got, about)
		}
	}
}

// TestOldVerbs holds that buttons sent before the verbs had names still work.
func TestOldVerbs(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"m.1a": "model.1a", "c.1a": "card.1a", "h.1a": "history.1a", "w.1a.2": "row.1a.2", "e.1a": "evidence.1a", "i.1a": "whole.1a",
		"u.1a": "update.1a", "z.1a.3": "silent.1a.3", "x.1a.2": "correct.1a.2", "l.4.page=2": "list.4.page=2",
		"d.1a": "draft.1a", "v.1a": "leave.1a", "t.1a": "throw.1a", "g.1a": "drop.1a", "n.register": "register.", "n.update": "news.",
		"lang.vi": "lang.vi", "post.30709:officer": "post.30709:officer", "ok.yes": "consent.yes", "my.show": "mine.show",
		"b.1a.2.why:0:s1": "board.1a.2.why:0:s1", "dg.": "timing.", "dg.every.daily": "timing.every.daily", "dg.settings": "settings.",
		"check.accept.1a.2": "check.accept.1a.2", "mend.1a": "resubmit.1a", "withdraw.1a": "withdraw.1a",
		"bc.send.30709.abcdefgh.1": "report.send.30709.abcdefgh.1", "td.show.abcdefgh": "watch.show.abcdefgh", "gd.who.30709": "deputy.who.30709",
		"ex.extend.30709.abcdefgh": "grant.extend.30709.abcdefgh", "lc.new": "ahead.new", "kh.l.0": "campaign.l.0", "nn.m.2026-11": "holiday.m.2026-11",
	} {
		verb, about := link.Parse(data)
		if got := verb.To(about); got != want {
			t.Errorf("%q is read as %q, want %q", data, got, want)
		}
	}
}

// FuzzParse holds that any data leads to a verb that is known or to none.
func FuzzParse(f *testing.F) {
	f.Add("m.1a")
	f.Add("check.accept.1a.2")
	f.Add("....")
	f.Fuzz(func(t *testing.T, data string) {
		verb, about := link.Parse(data)
		if again, rest := link.Parse(verb.To(about)); strings.Contains(data, ".") && len(verb) > 2 && (again != verb || rest != about) {
			t.Errorf("%q is read as %q about %q, and that as %q about %q", data, verb, about, again, rest)
		}
	})
}

// FuzzInvitation holds that a code is found in any text without harm, and that it
// stands there, in one word.
func FuzzInvitation(f *testing.F) {
	const code = "0123456789abcdefABCDEF-_01234567"
	for _, text := range []string{
		"/start " + code, "/Start " + code, "/start@danvan_bot " + code, "https://t.me/danvan_bot?start=" + code, code, "/start", "/start \u202e",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, ok := link.Invitation(text)
		if ok != (found != "") || !strings.Contains(text, found) || strings.ContainsAny(found, " \t\n") {
			t.Errorf("in %q stands the code %q, %v", text, found, ok)
		}
	})
}
