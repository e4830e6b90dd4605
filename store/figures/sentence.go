package figures

import (
	"strings"
	"time"
	"unicode"

	"danvan/store"
)

// Heading says whose figures they are, and when.
type Heading struct {
	Unit   store.Unit   // the root of the subtree; without a code the whole house
	Period store.Period // what it is called; its dates are the figures'
	// Watched says that the units are a portfolio and not the whole subtree.
	Watched bool
	Zone    *time.Location // in which the instant is told; nil: as it is
	// Movement is what the campaign is called, Issuer whoever lets a paper go
	// out; "" leaves room for the name.
	Movement store.Label
	Issuer   string
}

// Caption says in one line whose figures they are, of which period, as of when.
func (f *Figures) Caption(v Voice, h Heading) string {
	parts := []string{v.PeriodName(h.Period), f.Known(v, h)}
	if h.Unit.Name != "" {
		parts = append([]string{h.Unit.Name}, parts...)
	}
	return strings.Join(parts, " · ")
}

// Known says the instant that the figures are as of, and that they may change
// until the period is closed.
func (f *Figures) Known(v Voice, h Heading) string {
	at := f.AsOf
	if h.Zone != nil {
		at = at.In(h.Zone)
	}
	minute := at.Format("04")
	if minute == "00" {
		minute = ""
	}
	return v.Text("figures.as_of", args{
		"Hour": at.Hour(), "Minute": minute, "Day": at.Format("02/01/2006"), "Open": !h.Period.Closed(f.AsOf),
	})
}

// FileName names a file of the figures as people would: whose they are, of which
// period, and of which day while the period is open. What no system takes in a
// name is left out.
func (f *Figures) FileName(v Voice, h Heading) string {
	at := f.AsOf
	if h.Zone != nil {
		at = at.In(h.Zone)
	}
	name := v.Text("figures.file", args{
		"Unit": h.Unit.Name, "Period": v.PeriodName(h.Period), "Day": at.Format("02-01-2006"), "Open": !h.Period.Closed(f.AsOf),
	})
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	return cut(strings.Join(strings.Fields(name), " "), longestName)
}

// longestName is how many characters a file's name may have: what is longer is
// cut by channels, with its ending.
const longestName = 120

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most]))
	}
	return s
}

// Sentence is paragraph P1 of a review (domain.md §5), in the words of Nghệ
// An's report of July 2024: what was newly built in the period, by type and
// field. Parts of nothing are left out.
func (f *Figures) Sentence(v Voice, h Heading) string {
	t := f.Tally(New)
	a := args{
		"Period": v.escape(v.PeriodName(h.Period)), "Scope": v.Text("figures.scope."+scope(h), nil),
		"N": v.bold(v.Count(int64(t.Total))), "Fields": f.fieldParts(v, t), "Kinds": f.kindParts(v, t), "Narrowed": f.Narrowed,
	}
	if t.Total == 0 {
		return v.Text("figures.p1_none", a)
	}
	return v.Text("figures.p1", a)
}

func (f *Figures) kindParts(v Voice, t Tally) string {
	var parts []string
	for i, kind := range Kinds() {
		if n := t.Kinds[i]; n > 0 {
			parts = append(parts, v.Text("figures.p1_kind_"+string(kind), args{"N": v.Count(int64(n))}))
		}
	}
	return strings.Join(parts, ", ")
}

func (f *Figures) fieldParts(v Voice, t Tally) string {
	var parts []string
	for i, field := range f.Fields {
		if n := t.Fields[i]; n > 0 {
			parts = append(parts, v.Text("figures.p1_field", args{"N": v.Count(int64(n)), "Field": v.escape(Lower(v.Option(field)))}))
		}
	}
	return strings.Join(parts, v.Text("figures.p1_between", nil)+" ")
}

// scope is the key of what the sentence speaks of: "tỉnh", "xã".
func scope(h Heading) string {
	switch {
	case h.Watched:
		return "watched"
	case h.Unit.Code == "":
		return "house"
	}
	return string(h.Unit.Kind)
}

// Reconciled says in one line that the totals close, or which do not.
func (f *Figures) Reconciled(v Voice) string {
	var bad []string
	for _, c := range f.Checks() {
		if !c.OK() {
			bad = append(bad, v.Text("figures.unequal", args{
				"Of": v.Text("figures.check."+c.Of, nil), "What": v.figure(c.Key),
				"Total": v.Count(c.Total), "Sum": v.Count(c.Sum), "By": v.Count(c.Sum - c.Total),
			}))
		}
	}

	if len(bad) > 0 {
		return strings.Join(bad, "\n")
	}
	return v.Text("figures.reconciled", nil)
}

// figure names what a key counts, without what narrows it.
func (v Voice) figure(k Key) string {
	if k.Metric != "" {
		return v.Metric(k.Metric)
	}
	return v.Set(k.Set)
}

// Explain says what is wrong with figures that were typed elsewhere, naming
// the parts by their labels; "" when they close.
func (v Voice) Explain(total int, parts []int, labels []string) string {
	difference, swaps := Reconcile(total, parts)
	if difference == 0 {
		return ""
	}

	by := max(difference, -difference)
	lines := []string{v.Text("figures.mismatch", args{
		"Sum": v.Count(int64(sumOf(parts))), "Total": v.Count(int64(total)), "By": v.Count(int64(by)),
		"TooMany": difference > 0, "Nine": difference%9 == 0,
	})}

	for _, s := range swaps {
		label := v.Text("figures.total", nil)
		if s.Part >= 0 {
			label = labels[s.Part]
		}
		from, to := v.Count(int64(s.From)), v.Count(int64(s.To))
		lines = append(lines, v.Text("figures.swapped", args{"Part": v.escape(label), "From": from, "To": to}))
	}

	return strings.Join(lines, "\n")
}
