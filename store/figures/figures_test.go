package figures_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/figures"

	"github.com/google/go-cmp/cmp"
)

// TestSets says, story by story, which sets a model is in.
func TestSets(t *testing.T) {
	t.Parallel()
	fresh := accepted(1)
	bare := fresh
	bare.Steps = nil
	doing := update(1, at(2024, 6, 10, 9), store.Doing)
	doing.Evidence = 1
	with := func(f store.Fact, change func(*store.Fact)) store.Fact {
		f.Entries = slices.Clone(f.Entries)
		change(&f)
		return f
	}
	until := func(f store.Fact, to store.Date) store.Fact { return with(f, func(f *store.Fact) { f.To = to }) }
	nothing := update(5, at(2024, 5, 20, 9), store.Doing)
	nothing.Nothing = true
	carried := with(fresh, func(f *store.Fact) { f.Registered = at(2023, 11, 1, 0) })
	late := update(2, at(2024, 6, 30, 20), store.Doing)
	late.At = at(2024, 7, 3, 8)
	closing := func(when time.Time, state store.State, reason string) store.FactStep {
		s := update(3, when, state)
		s.Reason, s.Evidence, s.Lesson = reason, 1, true
		return s
	}
	for name, c := range map[string]struct {
		fact store.Fact
		want string
	}{
		"not checked yet":                 {bare, "waiting"},
		"accepted, then silent":           {fresh, "registered new doing not_started silent"},
		"vague":                           {with(fresh, func(f *store.Fact) { f.Vague = true }), "registered new doing not_started vague silent"},
		"under way":                       {one(fresh, doing), "registered new doing"},
		"an update is an acceptance too":  {one(bare, doing), "registered new doing"},
		"maintained":                      {one(with(fresh, func(f *store.Fact) { f.Entries[0].Origin = store.Maintained }), doing), "registered maintained doing"},
		"upgraded":                        {one(with(fresh, func(f *store.Fact) { f.Entries[0].Origin = store.Upgraded }), doing), "registered upgraded doing"},
		"carried over is never new again": {one(carried, doing), "registered maintained doing"},
		"done":                            {one(fresh, doing, closing(at(2024, 6, 20, 9), store.Done, "")), "registered new done"},
		"done without proof or lesson":    {one(fresh, update(1, at(2024, 6, 20, 9), store.Done)), "registered new done no_evidence no_lesson"},
		"paused is not silent":            {one(fresh, closing(at(2024, 3, 5, 9), store.Paused, "budget")), "registered new paused"},
		"given up":                        {one(fresh, update(1, at(2024, 3, 5, 9), store.Failed)), "registered new failed"},
		"done before the period":          {one(carried, closing(at(2023, 12, 31, 23), store.Done, "")), "earlier"},
		"done before, resumed since":      {one(carried, closing(at(2023, 12, 31, 23), store.Done, ""), update(4, at(2024, 6, 1, 9), store.Doing)), "registered maintained doing"},
		"returned":                        {one(bare, check(at(2024, 3, 2, 8), store.Returned)), "returned"},
		"sent again":                      {one(bare, check(at(2024, 3, 2, 8), store.Returned), check(at(2024, 3, 3, 8), store.Waiting)), "waiting"},
		"rejected":                        {one(bare, check(at(2024, 3, 2, 8), store.Rejected)), "rejected"},
		"rejected before the period":      {one(with(bare, func(f *store.Fact) { f.Registered = at(2023, 3, 1, 0) }), check(at(2023, 3, 2, 8), store.Rejected)), ""},
		"merged":                          {one(fresh, doing, check(at(2024, 6, 12, 8), store.Merged)), "merged"},
		"merged and parted again":         {one(fresh, doing, check(at(2024, 6, 12, 8), store.Merged), check(at(2024, 6, 13, 8), store.Doing)), "registered new doing"},
		"completion sent back":            {one(fresh, doing, update(4, at(2024, 6, 20, 9), store.Done), check(at(2024, 6, 21, 9), store.Doing)), "registered new doing"},
		"registered after the period":     {with(fresh, func(f *store.Fact) { f.Registered = at(2024, 7, 1, 0) }), ""},
		"registered in its last second":   {one(with(fresh, func(f *store.Fact) { f.Registered = at(2024, 7, 1, 0).Add(-time.Second) }), doing), "registered new doing"},
		"another campaign":                {with(fresh, func(f *store.Fact) { f.Entries[0].Campaign = "other" }), ""},
		"another entry of the campaign":   {with(fresh, func(f *store.Fact) { f.Entries = entries("other", "dvk") }), "registered new doing not_started silent"},
		"past its end":                    {until(one(fresh, doing), day(2024, 6, 29)), "registered new overdue"},
		"on its last day":                 {until(one(fresh, doing), day(2024, 6, 30)), "registered new doing"},
		"past its end, never begun":       {until(fresh, day(2024, 4, 30)), "registered new no_evidence overdue"},
		"past its end, paused":            {until(one(fresh, closing(at(2024, 3, 5, 9), store.Paused, "budget")), day(2024, 4, 30)), "registered new overdue"},
		"done after its end":              {until(one(fresh, doing, closing(at(2024, 6, 20, 9), store.Done, "")), day(2024, 4, 30)), "registered new done"},
		"past its end before the period":  {until(carried, day(2023, 12, 31)), "lapsed"},
		"of which nothing new was said":   {until(one(carried, nothing), day(2023, 12, 31)), "lapsed"},
		"and yet worked on":               {until(one(carried, doing), day(2023, 12, 31)), "registered maintained overdue"},
		"and concluded in the period":     {until(one(carried, closing(at(2024, 6, 20, 9), store.Done, "")), day(2023, 12, 31)), "registered maintained done"},
		"another unit":                    {with(fresh, func(f *store.Fact) { f.Unit = "91" }), ""},
		"told after the instant":          {one(fresh, late), "registered new doing not_started silent"},
		"done on a day after the period":  {one(fresh, doing, update(4, at(2024, 7, 1, 0), store.Done)), "registered new doing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := figures.Compute(half(), []store.Fact{c.fact}, units())
			if got := setsOf(f, c.fact.ID); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func setsOf(f *figures.Figures, id store.ModelID) string {
	out := ""
	for _, s := range figures.Sets() {
		if slices.Contains(f.Why(figures.Key{Set: s}), id) {
			out += " " + s.String()
		}
	}
	if out == "" {
		return ""
	}
	return out[1:]
}

// TestTheDayDecidesThePeriod holds that an update that comes after the cut-off
// and speaks of a day before it counts in the period, once it is known.
func TestTheDayDecidesThePeriod(t *testing.T) {
	t.Parallel()
	s := update(1, at(2024, 7, 3, 8), store.Done)
	s.Day = day(2024, 6, 29)
	q := half()
	if f := figures.Compute(q, []store.Fact{one(accepted(1), s)}, units()); f.Count(figures.Done) != 0 {
		t.Error("done before it was told")
	}
	q.AsOf = at(2024, 7, 5, 0)
	if f := figures.Compute(q, []store.Fact{one(accepted(1), s)}, units()); f.Count(figures.Done) != 1 {
		t.Error("not done after it was told")
	}
}

func TestReasonsAreCounted(t *testing.T) {
	t.Parallel()
	failed := func(id store.ModelID, reason string) store.Fact {
		s := update(1, at(2024, 6, 5, 9), store.Failed)
		s.Reason = reason
		return one(accepted(id), s)
	}
	f := figures.Compute(half(), []store.Fact{failed(1, "budget"), failed(2, "consent"), failed(3, "budget"), failed(4, "")}, units())
	for reason, want := range map[string]int64{"budget": 2, "consent": 1, figures.NotGiven: 1, "": 4} {
		if got := f.Value(figures.Key{Set: figures.Failed, Reason: reason}); got != want {
			t.Errorf("reason %q: %d, want %d", reason, got, want)
		}
	}
}

func TestRegistrantsAreNotModels(t *testing.T) {
	t.Parallel()
	var list []store.Fact
	for i, name := range []string{"Chi bộ ấp Phú Đa", "chi bộ  ấp Phú Đa", "Ông Thạch K.", "", ""} {
		f := accepted(store.ModelID(i + 1))
		f.Registrants = []store.Registrant{{Name: name}}
		if name == "Ông Thạch K." {
			f.Kind = store.Individual
		}
		list = append(list, f)
	}
	f := figures.Compute(half(), list, units())
	if got := f.Tally(figures.New); got.Total != 5 || got.Registrants != [2]int{2, 1} {
		t.Errorf("%d models, registrants %v", got.Total, got.Registrants)
	}
}

// TestAmounts folds updates: what the period brought, and what there is so far.
func TestAmounts(t *testing.T) {
	t.Parallel()
	type row struct {
		month, day int
		basis      store.Basis
		m2         int64
		money      []store.Money
		corrects   store.ProgressID
	}
	vnd := func(part store.MoneyPart, millions int64) store.Money {
		return store.Money{Part: part, VND: millions * 1_000_000}
	}
	people, whole := store.People, store.AllMoney
	for name, c := range map[string]struct {
		rows             []row
		inPeriod, soFar  int64 // m²
		worth, worthEver int64 // million đồng
	}{
		"added":                        {[]row{{-2, 1, store.Added, 100, nil, 0}, {3, 1, store.Added, 30, nil, 0}, {4, 1, store.Added, 5, nil, 0}}, 35, 135, 0, 0},
		"cumulative":                   {[]row{{-2, 1, store.Cumulative, 100, nil, 0}, {3, 1, store.Cumulative, 130, nil, 0}, {4, 1, store.Cumulative, 135, nil, 0}}, 35, 135, 0, 0},
		"mixed":                        {[]row{{3, 1, store.Added, 100, nil, 0}, {4, 1, store.Cumulative, 90, nil, 0}, {5, 1, store.Added, 10, nil, 0}}, 100, 100, 0, 0},
		"told out of order":            {[]row{{4, 1, store.Cumulative, 135, nil, 0}, {3, 1, store.Cumulative, 100, nil, 0}}, 135, 135, 0, 0},
		"corrected":                    {[]row{{3, 1, store.Added, 100, nil, 0}, {3, 1, store.Added, 10, nil, 1}}, 10, 10, 0, 0},
		"corrected twice":              {[]row{{3, 1, store.Added, 100, nil, 0}, {3, 1, store.Added, 10, nil, 1}, {3, 1, store.Added, 11, nil, 1}}, 11, 11, 0, 0},
		"a correction corrected":       {[]row{{3, 1, store.Added, 100, nil, 0}, {3, 1, store.Added, 10, nil, 1}, {3, 1, store.Added, 12, nil, 2}}, 12, 12, 0, 0},
		"a correction keeps its place": {[]row{{3, 1, store.Cumulative, 100, nil, 0}, {3, 1, store.Added, 20, nil, 0}, {3, 1, store.Cumulative, 90, nil, 1}}, 110, 110, 0, 0},
		"less than before":             {[]row{{-1, 1, store.Cumulative, 100, nil, 0}, {3, 1, store.Cumulative, 80, nil, 0}}, -20, 80, 0, 0},
		"after the period":             {[]row{{7, 1, store.Added, 100, nil, 0}}, 0, 0, 0, 0},
		"money in parts":               {[]row{{3, 1, store.Added, 0, []store.Money{vnd(people, 85), vnd(store.Business, 120)}, 0}}, 0, 0, 205, 205},
		"without a basis it adds":      {[]row{{3, 1, "", 0, []store.Money{vnd(people, 85)}, 0}, {4, 1, "", 0, []store.Money{vnd(people, 5)}, 0}}, 0, 0, 90, 90},
		"the whole replaces parts":     {[]row{{3, 1, store.Added, 0, []store.Money{vnd(people, 85)}, 0}, {4, 1, store.Cumulative, 0, []store.Money{vnd(whole, 100)}, 0}}, 0, 0, 100, 100},
		"parts replace the whole":      {[]row{{-1, 1, store.Added, 0, []store.Money{vnd(whole, 100)}, 0}, {4, 1, store.Cumulative, 0, []store.Money{vnd(people, 60), vnd(store.Budget, 60)}, 0}}, 0, 0, 20, 120},
		"a total with its parts replaces all": {[]row{{3, 1, store.Added, 0, []store.Money{vnd(store.Budget, 250), vnd(people, 124)}, 0},
			{4, 1, store.Cumulative, 0, []store.Money{vnd(people, 200), {VND: 300_000_000, Total: true}}, 0}}, 0, 0, 500, 500},
		"a total that its parts make, too": {[]row{{3, 1, store.Added, 0, []store.Money{vnd(store.Business, 100), vnd(whole, 9)}, 0},
			{4, 1, store.Cumulative, 0, []store.Money{vnd(store.Budget, 300), vnd(people, 200), {Total: true}}, 0}}, 0, 0, 500, 500},
		"a part named twice": {[]row{{4, 1, store.Cumulative, 0, []store.Money{vnd(people, 60), vnd(people, 1)}, 0}}, 0, 0, 61, 61},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := accepted(1)
			m.Registered = at(2023, 9, 1, 0)
			for i, r := range c.rows {
				s := update(store.ProgressID(i+1), at(2024, 6, 1, i), store.Doing)
				s.Day, s.Basis, s.Money, s.Corrects = day(2023, time.Month(12+r.month), r.day), r.basis, r.money, r.corrects
				s.Day = store.DateOf(s.Day.Time(time.UTC))
				if r.m2 != 0 {
					s.Results = []store.Quantity{{Metric: "m2", Value: store.Whole(r.m2)}, {Metric: "percent", Value: store.Whole(50)}}
				}
				m.Steps = append(m.Steps, s)
			}
			f := figures.Compute(half(), []store.Fact{m}, units())
			area, worth := f.Amount("m2"), f.Amount(figures.Worth)
			got := []int64{area.InPeriod, area.SoFar, worth.InPeriod, worth.SoFar}
			want := []int64{c.inPeriod * 1000, c.soFar * 1000, c.worth * 1_000_000, c.worthEver * 1_000_000}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if n := f.Amount("percent"); n.SoFar != 0 {
				t.Errorf("percentages were summed: %+v", n)
			}
		})
	}
}

// Unlike things are never added up, and each figure says what it is of.
func TestThings(t *testing.T) {
	t.Parallel()
	s := update(1, at(2024, 6, 1, 0), store.Doing)
	for _, q := range []struct{ metric, thing, word string }{
		{"m2", "land_given", "đất"}, {"m2", "land_given", "Đất thổ cư"}, {"m2", "land", "lúa"}, {"m2", "", ""},
		{"m", "", "Tường  rào"}, {"m", "", "tường rào"}, {"other", "camera", "camera an ninh"}, {"other", "", "Xe lăn"}, {"household", "", ""},
	} {
		s.Results = append(s.Results, store.Quantity{Metric: q.metric, Thing: q.thing, Word: q.word, Value: store.Whole(10)})
	}
	f := figures.Compute(half(), []store.Fact{one(accepted(1), s)}, units())
	v := voice(t, "vi")
	var got []string
	for _, a := range f.Amounts() {
		got = append(got, v.Metric(a.Metric)+": "+v.Amount(a.SoFar, a.Metric))
	}
	want := []string{
		"Diện tích: 10 m²", "Diện tích sản xuất: 10 m²", "Đất hiến: 20 m²", "Tường rào: 20 m", "Số hộ: 10", "Xe lăn: 10", "Camera: 10",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("amounts (-want +got):\n%s", d)
	}
}

func TestQualifiers(t *testing.T) {
	t.Parallel()
	sum := func(list ...store.Qualifier) store.Qualifier {
		m := accepted(1)
		for i, q := range list {
			s := update(store.ProgressID(i+1), at(2024, 6, 1, i), store.Doing)
			s.Money = []store.Money{{VND: 1, Qualifier: q}}
			m.Steps = append(m.Steps, s)
		}
		return figures.Compute(half(), []store.Fact{m}, units()).Amount(figures.Worth).Qualifier
	}
	for want, list := range map[store.Qualifier][]store.Qualifier{
		store.Exactly: {store.Exactly, store.Exactly}, store.Over: {store.Exactly, store.Over},
		store.Nearly: {store.Nearly}, store.About: {store.Over, store.Nearly},
	} {
		if got := sum(list...); got != want {
			t.Errorf("%v: %q, want %q", list, got, want)
		}
	}
}

// TestADifferenceIsAsDoubtfulAsBothItsEnds follows a cumulative sum from before
// the period into it.
func TestADifferenceIsAsDoubtfulAsBothItsEnds(t *testing.T) {
	t.Parallel()
	m := accepted(1)
	m.Registered = at(2023, 9, 1, 0)
	for i, money := range []store.Money{{VND: 100, Qualifier: store.Over}, {VND: 150}} {
		s := update(store.ProgressID(i+1), at(2023, time.Month(10+6*i), 1, 0), store.Doing)
		s.Basis, s.Money = store.Cumulative, []store.Money{money}
		m.Steps = append(m.Steps, s)
	}
	got := figures.Compute(half(), []store.Fact{m}, units()).Amount(figures.Worth)
	if got.InPeriod != 50 || got.Qualifier != store.Over {
		t.Errorf("%+v", got)
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	in := func(units ...store.UnitCode) []store.Fact {
		var out []store.Fact
		for i, u := range units {
			f := accepted(store.ModelID(i + 1))
			f.Unit = u
			out = append(out, f)
		}
		return out
	}
	old := []store.Unit{
		{Code: "40", Name: "Tỉnh Nghệ An", Kind: store.Province},
		{Code: "a", Name: "Xã A", Kind: store.Commune, Parent: "40", ValidTo: day(2025, 6, 30), Successors: []store.Successor{{Code: "new"}}},
		{Code: "b", Name: "Xã B", Kind: store.Commune, Parent: "40", ValidTo: day(2025, 6, 30), Successors: []store.Successor{{Code: "new", Share: 60}, {Code: "40", Share: 40}}},
		{Code: "gone", Name: "Xã cũ", Kind: store.Commune, Parent: "40", ValidTo: day(2020, 6, 30)},
		{Code: "new", Name: "Xã mới", Kind: store.Commune, Parent: "40", ValidFrom: day(2025, 7, 1)},
	}
	for name, c := range map[string]struct {
		units   []store.Unit
		subtree []store.UnitCode
		facts   []store.Fact
		want    string
	}{
		"organisations count under their place": {units(), codes(units()), in("16804", "16804-hnd", "40-bdbp"), "40:1 16681:0 16804:2"},
		"in one place they have lines":          {units(), []store.UnitCode{"16804", "16804-hnd"}, in("16804", "16804-hnd", "40-bdbp"), "16804:1 16804-hnd:1"},
		"the caller's order":                    {units(), []store.UnitCode{"16804", "16681"}, in("16681", "16681"), "16804:0 16681:2"},
		"the old map":                           {old, codes(old), in("a", "b"), "40:0 a:1 b:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := half()
			q.Subtree = c.subtree
			got := ""
			for _, l := range figures.Compute(q, c.facts, c.units).Lines {
				got += fmt.Sprintf(" %s:%d", l.Unit, l.Count(figures.New))
			}
			if got != " "+c.want {
				t.Errorf("got%s, want %s", got, c.want)
			}
		})
	}

	q := half()
	q.Subtree = codes(old)
	then := figures.Compute(q, in("a", "b", "b"), old)
	now := then.OnMap(func(code store.UnitCode) store.Unit {
		if code == "a" || code == "b" {
			code = "new"
		}
		return old[slices.IndexFunc(old, func(u store.Unit) bool { return u.Code == code })]
	})
	got := ""
	for _, l := range now.Lines {
		got += fmt.Sprintf(" %s:%d", l.Name, l.Count(figures.New))
	}
	whose := figures.Key{Unit: "new"}
	if got != " Tỉnh Nghệ An:0 Xã mới:3" || now.Value(whose) != 3 || !slices.Equal(now.Why(whose), then.Why(figures.Key{})) {
		t.Errorf("on the new map:%s; %d of the new one", got, now.Value(whose))
	}
	if now.Count(figures.New) != then.Count(figures.New) || then.Value(whose) != 0 {
		t.Errorf("the figures became others: %d, and %d", now.Count(figures.New), then.Value(whose))
	}
}

func TestYearBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ span, want figures.Span }{
		{figures.Span{From: day(2024, 1, 1), To: day(2024, 6, 30)}, figures.Span{From: day(2023, 1, 1), To: day(2023, 6, 30)}},
		{figures.Span{From: day(2024, 2, 1), To: day(2024, 2, 29)}, figures.Span{From: day(2023, 2, 1), To: day(2023, 2, 28)}},
		{figures.Span{From: day(2025, 2, 1), To: day(2025, 2, 28)}, figures.Span{From: day(2024, 2, 1), To: day(2024, 2, 29)}},
		{figures.Span{From: day(2024, 2, 29), To: day(2024, 3, 28)}, figures.Span{From: day(2023, 2, 28), To: day(2023, 3, 28)}},
		{figures.Span{From: day(2025, 12, 15), To: day(2026, 6, 14)}, figures.Span{From: day(2024, 12, 15), To: day(2025, 6, 14)}},
	} {
		if got := c.span.YearBefore(); got != c.want {
			t.Errorf("%v: got %v, want %v", c.span, got, c.want)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	worth := func(n int64) store.FactStep {
		s := update(1, at(2024, 6, 1, 9), store.Doing)
		s.Money = []store.Money{{VND: n}}
		return s
	}
	now := figures.Compute(half(), []store.Fact{one(accepted(1), worth(118)), accepted(2), accepted(3)}, units())
	then := figures.Compute(half(), []store.Fact{one(accepted(1), worth(100)), accepted(2)}, units())
	for _, c := range now.Changes(then, nil) {
		by, known := c.By(0)
		permille, ok := c.Permille(0)
		if _, told := c.By(1); told {
			t.Errorf("%s: a change against nothing", c.Key)
		}
		switch c.Key {
		case figures.Key{Set: figures.New}:
			if by != 1 || !known || permille != 500 || !ok {
				t.Errorf("new: %d, %d per mille", by, permille)
			}
		case figures.Key{Metric: figures.Worth}:
			if by != 18 || permille != 180 {
				t.Errorf("worth: %d, %d per mille", by, permille)
			}
		case figures.Key{Set: figures.Done}:
			if ok {
				t.Error("a change in per cent on base 0")
			}
		}
	}
}

func TestChangesInWords(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	base := func(n int64) []figures.Base { return []figures.Base{{Value: n, Known: true}} }
	for want, c := range map[string]figures.Change{
		"xây dựng mới 35 (+6)": {Key: figures.Key{Set: figures.New}, Now: 35, Before: base(29)},
		"hoàn thành 12 (-2)":   {Key: figures.Key{Set: figures.Done}, Now: 12, Before: base(14)},
		"duy trì 4 (0)":        {Key: figures.Key{Set: figures.Maintained}, Now: 4, Before: base(4)},
		"tạm dừng 4":           {Key: figures.Key{Set: figures.Paused}, Now: 4, Before: []figures.Base{{}}},
		"giá trị thực hiện 1,2 tỷ đồng (+18%)":           {Key: figures.Key{Metric: figures.Worth}, Now: 1_200_000_000, Before: base(1_016_949_153)},
		"giá trị thực hiện 5 triệu đồng (+5 triệu đồng)": {Key: figures.Key{Metric: figures.Worth}, Now: 5_000_000, Before: base(0)},
		"diện tích 1.850,5 m² (-50%)":                    {Key: figures.Key{Metric: "m2"}, Now: 1850_500, Before: base(3701_000)},
		"chủ thể đăng ký 9 (+9)":                         {Key: figures.Key{Metric: figures.Registrants}, Now: 9, Before: base(0)},
	} {
		if got := v.Change(c, 0); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestThawRefuses(t *testing.T) {
	t.Parallel()
	s, err := figures.Compute(half(), []store.Fact{accepted(1)}, units()).Snapshot("p", "40", at(2024, 7, 1, 0))
	must(t, err)
	s.Figures = append(slices.Clone(s.Figures), ' ')
	if _, err := figures.Thaw(s); err == nil {
		t.Error("changed figures were read")
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add("new/u=30709/f=KT")
	f.Add("/m=other.gi%C6%B0%E1%BB%9Dng/k=collective")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := figures.ParseKey(s)
		if err != nil {
			return
		}
		if again, err := figures.ParseKey(k.String()); err != nil || again != k {
			t.Errorf("%q reads as %v, and back as %v, %v", s, k, again, err)
		}
	})
}

// entries are those of a model in some campaigns.
func entries(campaigns ...store.CampaignID) store.Entries {
	var out store.Entries
	for _, c := range campaigns {
		out = append(out, store.Entry{Campaign: c, Field: "KT", TitleGroup: "DVK", Origin: store.New})
	}
	return out
}

// TestEntries wants a model in the figures of each of its campaigns, as what it
// is there, and once where one of them is a part of the other.
func TestEntries(t *testing.T) {
	t.Parallel()
	f := accepted(1)
	f.Entries = store.Entries{
		{Campaign: "commune", Field: "KT", TitleGroup: "DVK", Origin: store.New},
		{Campaign: "dvk", Field: "VHXH", TitleGroup: "NTM", Origin: store.Upgraded},
	}
	for name, c := range map[string]struct {
		campaign store.CampaignID
		within   map[store.CampaignID]bool
		want     string
	}{
		"the commune's":              {"commune", nil, "new KT"},
		"the province's":             {"dvk", nil, "upgraded VHXH"},
		"both, by its own entry":     {"dvk", map[store.CampaignID]bool{"commune": true}, "upgraded VHXH"},
		"a larger one, by its first": {"five", map[store.CampaignID]bool{"commune": true, "dvk": true}, "new KT"},
		"a stranger's":               {"other", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := half()
			q.Campaign.ID, q.Within = c.campaign, c.within
			g := figures.Compute(q, []store.Fact{f}, units())
			got := ""
			for _, s := range []figures.Set{figures.New, figures.Maintained, figures.Upgraded} {
				for _, o := range g.Fields {
					if g.Value(figures.Key{Set: s, Field: o.Key}) == 1 {
						got += s.String() + " " + o.Key
					}
				}
			}
			if got != c.want || g.Count(figures.Registered) != min(len(c.want), 1) {
				t.Errorf("%d registered, %q, want %q", g.Count(figures.Registered), got, c.want)
			}
		})
	}
}

// TestSeveralRegistrants counts everybody once, however many models they have,
// and keeps that through the frozen form.
func TestSeveralRegistrants(t *testing.T) {
	t.Parallel()
	var list []store.Fact
	for i, names := range [][]string{{"Chi bộ ấp Phú Đa", "Hội Nông dân xã"}, {"hội nông dân xã"}, {"Tổ 5", "tổ  5"}} {
		f := accepted(store.ModelID(i + 1))
		f.Registrants = store.ReadRegistrants(strings.Join(names, ";"))
		list = append(list, f)
	}
	f := figures.Compute(half(), list, units())
	s, err := f.Snapshot("p", "40", at(2024, 7, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	thawed, err := figures.Thaw(s)
	if err != nil {
		t.Fatal(err)
	}

	for _, f := range []*figures.Figures{f, thawed} {
		k := figures.Key{Set: figures.New, Metric: figures.Registrants}
		if got := f.Tally(figures.New); got.Total != 3 || got.Registrants != [2]int{3, 0} || f.Value(k) != 3 {
			t.Errorf("%d models, %v registrants, %d behind the figure", got.Total, got.Registrants, f.Value(k))
		}
	}
}

// TestRegistrantsOfBothKinds counts those who register a model together by their own
// kind, each once; the model stays what it is. So do narrower and frozen figures.
func TestRegistrantsOfBothKinds(t *testing.T) {
	t.Parallel()
	together := accepted(1)
	together.Registrants = store.ReadRegistrants("Chi bộ ấp Phú Đa\nÔng Tám (cá nhân); Bà Năm (CÁ NHÂN)")
	alone := accepted(2)
	alone.Kind, alone.Registrants = store.Individual, store.ReadRegistrants("ông tám; Chi bộ ấp Phú Đa (tập thể)")
	f := figures.Compute(half(), []store.Fact{together, alone}, units())
	s, err := f.Snapshot("p", "40", at(2024, 7, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	thawed, err := figures.Thaw(s)
	if err != nil {
		t.Fatal(err)
	}
	all := func(store.UnitCode) bool { return true }

	for name, f := range map[string]*figures.Figures{"computed": f, "thawed": thawed, "narrowed": f.Narrow(all, nil)} {
		if got := f.Tally(figures.New); got.Total != 2 || got.Kinds != [2]int{1, 1} || got.Registrants != [2]int{1, 2} {
			t.Errorf("%s: %d models, %v by kind, %v registrants", name, got.Total, got.Kinds, got.Registrants)
		}
		for kind, want := range map[store.RegistrantKind]int64{store.Collective: 1, store.Individual: 2, "": 3} {
			k := figures.Key{Set: figures.New, Metric: figures.Registrants, Kind: kind}
			if got, behind := f.Value(k), f.Why(k); got != want || len(behind) != 2 {
				t.Errorf("%s, %q: %d registrants, behind them models %v", name, kind, got, behind)
			}
		}
	}
}

// frozen1 are figures that version 1 of the canonical form kept.
//
//go:embed testdata/frozen_v1.json
var frozen1 []byte

// TestThawVersion1 reads what a house has frozen before a model had several
// registrants and before it could be past its end.
func TestThawVersion1(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256(frozen1)
	f, err := figures.Thaw(store.Snapshot{Figures: frozen1, Hash: hex.EncodeToString(sum[:])})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Tally(figures.New); got.Total != 2 || got.Registrants != [2]int{2, 0} || f.Count(figures.Overdue) != 0 {
		t.Errorf("%d models, %v registrants, %d overdue", got.Total, got.Registrants, f.Count(figures.Overdue))
	}
	if w := f.Amount(figures.Worth).InPeriod; w != 118_000_000 {
		t.Errorf("worth %d", w)
	}
}
