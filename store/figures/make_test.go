package figures_test

import (
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/figures"

	"pgregory.net/rapid"
)

var zone = time.FixedZone("+07", 7*3600)

func day(y int, m time.Month, d int) store.Date { return store.Date{Year: y, Month: m, Day: d} }

func at(y int, m time.Month, d, hour int) time.Time { return time.Date(y, m, d, hour, 0, 0, 0, zone) }

func option(key, vi, en string) store.Option {
	return store.Option{Key: key, Label: store.Label{"vi": vi, "en": en}}
}

func campaign() store.Campaign {
	return store.Campaign{
		ID: "dvk", Document: "05-CT/TU", From: day(2021, 5, 23), To: day(2025, 12, 31),
		Fields: []store.Option{
			option("KT", "Kinh tế", "Economy"), option("VHXH", "Văn hóa - xã hội", "Culture, society"),
			option("QPAN", "Quốc phòng - an ninh", "Defence, security"),
			option("HTCT", "Xây dựng hệ thống chính trị", "Political system"),
		},
		Titles: []store.Option{option("DVK", "Dân vận khéo", "Dân vận khéo"), option("NTM", "DVK xây dựng NTM", "DVK new countryside")},
	}
}

func units() []store.Unit {
	return []store.Unit{
		{Code: "40", Name: "Tỉnh Nghệ An", Kind: store.Province},
		{Code: "16681", Name: "Phường Vinh", Kind: store.Ward, Parent: "40"},
		{Code: "16804", Name: "Xã Châu Bình", Kind: store.Commune, Parent: "40"},
		{Code: "16804-hnd", Name: "Hội Nông dân xã Châu Bình", Kind: store.Organisation, Parent: "16804"},
		{Code: "40-bdbp", Name: "BCH BĐBP tỉnh", Kind: store.Organisation, Parent: "40"},
	}
}

func codes(list []store.Unit) []store.UnitCode {
	out := make([]store.UnitCode, len(list))
	for i, u := range list {
		out[i] = u.Code
	}
	return out
}

// half is the first half of 2024, seen on the day after it ended.
func half() figures.Query {
	return figures.Query{
		Campaign: campaign(), Period: figures.Span{From: day(2024, 1, 1), To: day(2024, 6, 30)}, Zone: zone,
		AsOf: at(2024, 7, 1, 0), Subtree: codes(units()), Metrics: []string{"m2", "m", "workday", "turn"},
	}
}

// accepted is a new model of the period that the coordinator accepted.
func accepted(id store.ModelID) store.Fact {
	return store.Fact{
		ID: id, Unit: "16804",
		Entries:     store.Entries{{Campaign: "dvk", Field: "KT", TitleGroup: "DVK", Origin: store.New}},
		Kind:        store.Collective,
		Registrants: []store.Registrant{{Name: fmt.Sprintf("Chi bộ %d", id)}}, Registered: at(2024, 3, 1, 8),
		Steps: []store.FactStep{check(at(2024, 3, 2, 8), store.Accepted)},
	}
}

func check(when time.Time, state store.State) store.FactStep {
	return store.FactStep{At: when, State: state}
}

// update is an update about the day on which it was made.
func update(row store.ProgressID, when time.Time, state store.State) store.FactStep {
	return store.FactStep{At: when, Day: store.DateOf(when), Row: row, State: state}
}

func one(f store.Fact, steps ...store.FactStep) store.Fact {
	f.Steps = append(slices.Clone(f.Steps), steps...)
	return f
}

// facts draws models as they could come out of any store, in any order of
// states: figures must close whatever happened.
func facts() *rapid.Generator[[]store.Fact] {
	return rapid.Custom(func(t *rapid.T) []store.Fact {
		out := make([]store.Fact, rapid.IntRange(0, 30).Draw(t, "models"))
		for i := range out {
			out[i] = fact(t, store.ModelID(i+1))
		}
		return out
	})
}

func fact(t *rapid.T, id store.ModelID) store.Fact {
	f := store.Fact{
		ID: id,
		Entries: store.Entries{{
			Campaign:   "dvk",
			Field:      rapid.SampledFrom([]string{"KT", "VHXH", "QPAN", "HTCT", "gone"}).Draw(t, "field"),
			TitleGroup: rapid.SampledFrom([]string{"DVK", "NTM", ""}).Draw(t, "title"),
			Origin:     rapid.SampledFrom([]store.Origin{store.New, store.New, store.Maintained, store.Upgraded}).Draw(t, "origin"),
		}},
		Unit: rapid.SampledFrom(codes(units())).Draw(t, "unit"),
		Kind: rapid.SampledFrom([]store.RegistrantKind{store.Collective, store.Individual}).Draw(t, "kind"),
		Registrants: rapid.SliceOfN(rapid.SampledFrom([]store.Registrant{
			{Name: "Chi bộ ấp"}, {Name: "chi bộ  ấp"}, {Name: "Ông Thạch K."}, {Name: ""},
			{Name: "Ông Thạch K.", Kind: store.Individual}, {Name: "Chi bộ ấp", Kind: store.Collective},
		}), 0, 3).Draw(t, "registrants"),
		Registered: at(2023, 9, 1, 0).Add(time.Duration(rapid.IntRange(0, 400*24).Draw(t, "hours")) * time.Hour),
		Vague:      rapid.Bool().Draw(t, "vague"),
		To:         rapid.SampledFrom([]store.Date{{}, day(2023, 12, 31), day(2024, 3, 31), day(2024, 12, 31)}).Draw(t, "to"),
	}
	when := f.Registered
	for row := range store.ProgressID(rapid.IntRange(0, 6).Draw(t, "steps")) {
		when = when.Add(time.Duration(rapid.IntRange(1, 60*24).Draw(t, "later")) * time.Hour)
		s := store.FactStep{At: when, State: rapid.SampledFrom(store.States).Draw(t, "state")}
		if rapid.IntRange(0, 2).Draw(t, "review") > 0 {
			s = progress(t, s, row+1)
		}
		f.Steps = append(f.Steps, s)
	}
	return f
}

func progress(t *rapid.T, s store.FactStep, row store.ProgressID) store.FactStep {
	s.Row = row
	s.Day = store.DateOf(s.At).AddDays(-rapid.IntRange(0, 40).Draw(t, "days ago"))
	s.Corrects = store.ProgressID(rapid.IntRange(0, int(row)-1).Draw(t, "corrects"))
	s.Nothing = rapid.Bool().Draw(t, "nothing")
	s.Reason = rapid.SampledFrom([]string{"", "budget", "consent"}).Draw(t, "reason")
	s.Evidence = rapid.IntRange(0, 2).Draw(t, "evidence")
	s.Basis = rapid.SampledFrom([]store.Basis{store.Added, store.Cumulative, ""}).Draw(t, "basis")
	s.Lesson = rapid.Bool().Draw(t, "lesson")
	for range rapid.IntRange(0, 2).Draw(t, "results") {
		s.Results = append(s.Results, store.Quantity{
			Metric: rapid.SampledFrom([]string{"m2", "turn", "other", "percent"}).Draw(t, "metric"),
			Word:   rapid.SampledFrom([]string{"giường", "Giường ", "bò"}).Draw(t, "word"),
			Value:  store.Decimal(rapid.IntRange(0, 5000).Draw(t, "value")),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "sums") {
		s.Money = append(s.Money, store.Money{
			Part:      rapid.SampledFrom([]store.MoneyPart{store.AllMoney, store.Budget, store.People}).Draw(t, "part"),
			VND:       rapid.Int64Range(0, 9).Draw(t, "millions") * 1_000_000,
			Qualifier: rapid.SampledFrom([]store.Qualifier{store.Exactly, store.Over, store.About}).Draw(t, "qualifier"),
		})
	}
	return s
}

// review is a half-year of Nghệ An with something in every table.
func review() (now, before *figures.Figures, heads []store.Head) {
	var list []store.Fact
	for i, f := range nghean() {
		if i%7 == 0 {
			list = append(list, f)
		}
	}
	for i := range list {
		f := &list[i]
		f.Vague = i%9 == 0
		f.Entries[0].TitleGroup = []string{"DVK", "DVK", "NTM"}[i%3]
		if i%10 == 3 {
			f.Entries[0].Origin = store.Maintained
		}
		s := update(1, at(2024, 5, 2, i%24), []store.State{store.Doing, store.Done, store.Paused, store.Failed, store.Doing}[i%5])
		s.Reason, s.Basis, s.Evidence = []string{"", "", "budget", "consent", ""}[i%5], store.Added, i%2
		s.Results = []store.Quantity{{Metric: "m2", Value: store.Decimal(1150_500 + i)}, {Metric: "turn", Value: store.Whole(42)}, {Metric: "other", Word: "=giường", Value: store.Whole(20)}}
		s.Money = []store.Money{{VND: int64(i) * 100_000, Part: store.People, Qualifier: store.Over}, {VND: 1_000_000, Part: store.InKind}}
		f.Steps = append(f.Steps, s)
		switch i % 97 {
		case 1:
			f.Steps = append(f.Steps, check(at(2024, 6, 2, 0), store.Merged))
		case 2:
			f.Steps = f.Steps[:0]
		}
		heads = append(heads, store.Head{ID: f.ID, Code: fmt.Sprintf("DVK-16804-2024-%04d", i), Title: "=1+1 Hiến đất mở đường"})
	}
	q := half()
	q.Submissions = []figures.Submission{
		{Unit: "16681", Outcome: figures.OnTime, Nothing: true}, {Unit: "16804", Outcome: figures.Missing}, {Unit: "40", Outcome: figures.Exempt},
	}
	u := units()
	u[1].Name = "@Phường Vinh"
	now = figures.Compute(q, list, u)
	before = figures.Compute(q, list[:500], u)
	return now, before, heads
}
