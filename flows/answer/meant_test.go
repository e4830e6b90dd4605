package answer_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// The bounds of the corpus. Silently wrong is the best figure known, from
// operators who read back what they typed (Patnaik 2009).
const (
	mostSilent   = 0.45 // percent of all values
	leastTaken   = 95.0 // percent of those that a competent reader understands
	corpusValues = 1000
)

// What holds for the second set.
const (
	freshSilent = 0.5
	freshTaken  = 93.0
)

// verdict is what came of a typed value.
type verdict int

const (
	asked  verdict = iota
	taken          // read at first try, and as it was meant
	silent         // read at first try as something else
)

// TestMeant reads the corpus of typed values, whose meanings were written down
// by somebody who had not seen the parser.
func TestMeant(t *testing.T) {
	t.Parallel()
	var score score
	score.read(t, "testdata/meant/values.tsv")
	if n := score.values; n != corpusValues {
		t.Errorf("%d values, want %d", n, corpusValues)
	}

	for i, l := range lines(t, "testdata/meant/answers.tsv") {
		f := strings.Split(l, "\t")
		if len(f) != 4 {
			t.Fatalf("answers.tsv, answer %d: %d fields", i+1, len(f))
		}
		score.add(t, f[1], strings.ReplaceAll(f[2], `\n`, "\n"), f[3], store.Date{Year: 2026, Month: 11, Day: 28})
	}
	score.check(t, mostSilent, leastTaken)
}

// TestFresh reads a second set, which was written before the parser was changed
// for the first.
func TestFresh(t *testing.T) {
	t.Parallel()
	var score score
	score.read(t, "testdata/meant/fresh.tsv")
	score.check(t, freshSilent, freshTaken)
}

// read judges the values of a file: kind, today, text, meaning.
func (s *score) read(t *testing.T, path string) {
	t.Helper()
	for i, l := range lines(t, path) {
		f := strings.Split(l, "\t")
		if len(f) != 4 {
			t.Fatalf("%s, value %d: %d fields", path, i+1, len(f))
		}
		day, err := time.Parse(time.DateOnly, f[1])
		if err != nil {
			t.Fatal(err)
		}
		s.add(t, f[0], strings.ReplaceAll(f[2], `\n`, "\n"), f[3], store.DateOf(day))
	}
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	return slices.DeleteFunc(all, func(l string) bool { return strings.HasPrefix(l, "#") })
}

// score counts verdicts.
type score struct {
	values, clear, taken, silent int
}

func (s *score) add(t *testing.T, kind, text, meaning string, today store.Date) {
	judge, ok := judges[kind]
	if !ok {
		return // prose is kept as it is
	}
	s.values++
	v, got := judge(text, meaning, today)
	if r, err := answer.Results(text); v == asked && err == nil {
		got += "\t" + r.Marked
	}
	unclear := strings.HasPrefix(meaning, "ASK")
	if !unclear {
		s.clear++
	}
	switch {
	case v == silent || v == taken && unclear:
		s.silent++
		t.Logf("wrong  %s\t%q\n\tmeans %s\n\tread  %s", kind, text, meaning, got)
	case v == taken:
		s.taken++
	case !unclear:
		t.Logf("asked  %s\t%q\n\tmeans %s\n\tread  %s", kind, text, meaning, got)
	}
}

func (s *score) check(t *testing.T, mostSilent, leastTaken float64) {
	t.Helper()
	wrong, first := percent(s.silent, s.values), percent(s.taken, s.clear)
	t.Logf("%d values: silently wrong %d (%.2f %%); of %d clear ones %d taken at first try (%.1f %%), the rest asked about",
		s.values, s.silent, wrong, s.clear, s.taken, first)
	if wrong > mostSilent {
		t.Errorf("silently wrong: %.2f %%, at most %.2f %%", wrong, mostSilent)
	}
	if first < leastTaken {
		t.Errorf("taken at first try: %.1f %%, at least %.1f %%", first, leastTaken)
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

// judges read a text of each kind and hold it against its meaning.
var judges = map[string]func(text, meaning string, today store.Date) (verdict, string){
	"results": judgeResults, "target": judgeResults, "members": judgeResults,
	"money": judgeMoney, "date": judgeDay, "period": judgePeriod, "count": judgeCount, "contact": judgeContact,
}

// judged holds a reading against its meaning, in the same notation.
func judged[T any](r answer.Reading[T], err error, meaning string, say func(T) string) (verdict, string) {
	if bad, ok := errors.AsType[*answer.Invalid](err); ok {
		return asked, bad.Key
	}
	var all []string
	for _, v := range r.Values {
		all = append(all, say(v))
	}
	got := strings.Join(all, " | ")
	switch {
	case len(all) != 1 || r.Confirm:
		return asked, got
	case got != meaning:
		return silent, got
	}
	return taken, got
}

func judgeDay(text, meaning string, today store.Date) (verdict, string) {
	r, err := answer.Day(text, today)
	return judged(r, err, meaning, store.Date.String)
}

func judgePeriod(text, meaning string, today store.Date) (verdict, string) {
	r, err := answer.Period(text, today)
	return judged(r, err, meaning, func(s answer.Span) string { return s.From.String() + ".." + s.To.String() })
}

func judgeCount(text, meaning string, _ store.Date) (verdict, string) {
	r, err := answer.Count(text)
	return judged(r, err, meaning, store.Decimal.String)
}

func judgeContact(text, meaning string, _ store.Date) (verdict, string) {
	want, phone, _ := strings.Cut(meaning, "; ")
	name, r, err := answer.Contact(text)
	v, got := judged(r, err, strings.TrimPrefix(phone, "phone="), func(phone string) string {
		return "0" + strings.TrimPrefix(phone, "+84")
	})
	if v == taken && !strings.Contains(name, strings.TrimPrefix(want, "name=")) {
		v = silent // the title before a name does no harm
	}
	return v, name + " " + got
}

// isNothing reports whether a refusal says that there is nothing, which is
// understood.
func isNothing(err error) bool {
	bad, ok := errors.AsType[*answer.Invalid](err)
	return ok && strings.HasSuffix(bad.Key, ".nothing")
}

func judgeMoney(text, meaning string, _ store.Date) (verdict, string) {
	r, err := answer.MoneyParts(text)
	if meaning == "none" && isNothing(err) {
		return taken, "nothing"
	}
	return judged(r, err, saySums(wantedSums(meaning)), func(parts []store.Money) string {
		got := map[string]int64{}
		for _, m := range parts {
			got["total"] += m.VND
			got[map[store.MoneyPart]string{store.Budget: "NN", store.People: "ND", store.Business: "DN"}[m.Part]] += m.VND
		}
		return saySums(got)
	})
}

// wantedSums reads a meaning in money. A total that is not told is the sum of
// its parts; what comes from elsewhere has no part of its own in the store.
func wantedSums(meaning string) map[string]int64 {
	want := map[string]int64{}
	told := strings.Contains(meaning, "total=")
	for part := range strings.SplitSeq(meaning, "; ") {
		key, value, _ := strings.Cut(part, "=")
		n, _ := strconv.ParseInt(value, 10, 64)
		want[key] += n
		if !told {
			want["total"] += n
		}
	}
	return want
}

func saySums(m map[string]int64) string {
	return fmt.Sprintf("total=%d; NN=%d; ND=%d; DN=%d", m["total"], m["NN"], m["ND"], m["DN"])
}

func judgeResults(text, meaning string, _ store.Date) (verdict, string) {
	r, err := answer.Results(text)
	if meaning == "none" && err != nil {
		return taken, "nothing"
	}
	return judged(r, err, sayCounted(wantedResults(meaning)), func(f answer.Found) string {
		got := map[string]store.Decimal{}
		for _, q := range f.Amounts {
			if q.Metric != "percent" {
				got[classOf(q)] += q.Value
			}
		}
		for _, m := range f.Money {
			got["tiền"] += store.Whole(m.VND)
		}
		return sayCounted(got)
	})
}

// classOf names what a quantity counts in the words of the corpus. Of what is
// not on its list only the number matters.
func classOf(q store.Quantity) string {
	thing := map[string]string{
		"road": "đường", "bridge": "cầu", "canal": "kênh", "land_given": "hiến đất", "rice": "gạo", "plastic": "nhựa",
		"camera": "camera", "lamp": "đèn",
	}[q.Thing]
	if of, ok := counted[q.Metric]; ok {
		return of
	}
	if q.Metric == "other" && (thing == "đường" || thing == "kênh") {
		thing = ""
	}
	return strings.TrimSpace(thing + " " + strings.TrimPrefix(q.Metric, "other"))
}

var counted = map[string]string{
	"household": "hộ", "person": "người", "member": "người", "learner": "người", "workday": "công", "turn": "lượt",
	"house": "nhà", "gift": "suất", "meal": "suất", "tree": "cây", "session": "buổi",
	"work": "", "file": "", "case": "", "group": "",
}

// wantedResults reads a meaning in results: what counts, by class.
func wantedResults(meaning string) map[string]store.Decimal {
	want := map[string]store.Decimal{}
	for entry := range strings.SplitSeq(meaning, "; ") {
		key, value, _ := strings.Cut(entry, "=")
		n, err := strconv.ParseFloat(value, 64)
		if entry[0] == '~' || entry[0] == '-' || err != nil {
			continue
		}
		cut := strings.LastIndex(key, " ")
		thing, unit := key[:cut], key[cut+1:]
		class := thing
		switch unit {
		case "m2", "m", "kg":
			if !slices.Contains([]string{"đường", "cầu", "kênh", "hiến đất", "gạo", "nhựa"}, thing) {
				class = ""
			}
			class = strings.TrimSpace(class + " " + unit)
		default:
			if !slices.Contains([]string{"hộ", "người", "công", "lượt", "nhà", "suất", "cây", "buổi", "camera", "đèn", "tiền"}, thing) &&
				key != "cầu cái" {
				class = ""
			}
		}
		want[class] += store.Decimal(n*1000 + 0.5)
	}
	return want
}

func sayCounted(m map[string]store.Decimal) string {
	var out []string
	for _, class := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%s=%s", class, m[class]))
	}
	return strings.Join(out, "; ")
}
