package figures

import "strconv"

// Check is an invariant: a total, and the sum of its parts taken another way
// (domain.md §5).
type Check struct {
	Of    string // what was added up: "kind", "field", "unit", "title", "origin", "state", "money"
	Key   Key    // the total
	Total int64
	Sum   int64
}

// OK reports whether the parts make the total.
func (c Check) OK() bool { return c.Total == c.Sum }

// Checks adds every total up along each of its dimensions. Figures that were
// computed from facts always close; a check that fails means a fault of the
// program and is to be shown, not hidden.
func (f *Figures) Checks() []Check {
	var out []Check
	add := func(of string, k Key, total, sum int64) { out = append(out, Check{of, k, total, sum}) }
	for _, s := range []Set{New, Registered} {
		t, key := f.tallies[s], Key{Set: s}
		units := 0
		for _, l := range f.Lines {
			units += l.Sets[s]
		}
		add("kind", key, int64(t.Total), int64(t.Kinds[0]+t.Kinds[1]))
		add("field", key, int64(t.Total), int64(sumOf(t.Fields)))
		add("unit", key, int64(t.Total), int64(units))
		add("title", key, int64(t.Total), int64(sumOf(t.Titles)))
	}

	registered := int64(f.Count(Registered))
	add("origin", Key{Set: Registered}, registered, int64(f.Count(New)+f.Count(Maintained)+f.Count(Upgraded)))
	add("state", Key{Set: Registered}, registered, int64(f.Count(Done)+f.Count(Doing)+f.Count(Paused)+f.Count(Failed)+f.Count(Overdue)))

	var parts, units int64
	for _, p := range moneyParts {
		parts += f.Amount(PartMetric(p)).InPeriod
	}
	for _, l := range f.Lines {
		units += l.Worth
	}

	worth := f.Amount(Worth).InPeriod
	add("money", Key{Metric: Worth}, worth, parts)
	add("unit", Key{Metric: Worth}, worth, units)
	return out
}

func sumOf(list []int) int {
	total := 0
	for _, n := range list {
		total += n
	}
	return total
}

// Suggestion is a figure of which two digits were likely swapped when it was
// typed. It is shown to a person and never applied (domain.md §7.1).
type Suggestion struct {
	Part     int // its place among the parts; -1 is the total
	From, To int
}

// Reconcile compares a total that was typed elsewhere with its parts. It
// returns by how much the parts are too many, and where two swapped digits
// would explain it: a swap changes a number by a multiple of nine.
func Reconcile(total int, parts []int) (difference int, swaps []Suggestion) {
	difference = sumOf(parts) - total
	if difference == 0 {
		return 0, nil
	}

	for i, part := range parts {
		if n, ok := swapped(part, part-difference); ok {
			swaps = append(swaps, Suggestion{i, part, n})
		}
	}

	if n, ok := swapped(total, total+difference); ok {
		swaps = append(swaps, Suggestion{-1, total, n})
	}

	return difference, swaps
}

// swapped reports whether exchanging two digits of n gives want.
func swapped(n, want int) (int, bool) {
	if n < 0 || want < 0 {
		return 0, false
	}

	digits, target := []byte(strconv.Itoa(n)), strconv.Itoa(want)
	for i := range digits {
		for j := i + 1; j < len(digits); j++ {
			digits[i], digits[j] = digits[j], digits[i]
			if string(digits) == target {
				return want, true
			}
			digits[i], digits[j] = digits[j], digits[i]
		}
	}

	return 0, false
}
