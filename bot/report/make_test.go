package report_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"danvan/locales"
	"danvan/store"
	"danvan/store/figures"
)

var zone = time.FixedZone("+07", 7*3600)

func at(m time.Month, d, hour int) time.Time { return time.Date(2024, m, d, hour, 0, 0, 0, zone) }

func option(key, label string) store.Option {
	return store.Option{Key: key, Label: store.Label{"vi": label, "en": label}}
}

func units() []store.Unit {
	return []store.Unit{
		{Code: "40", Name: "Tỉnh Nghệ An", Kind: store.Province},
		{Code: "16681", Name: "@Phường Vinh", Kind: store.Ward, Parent: "40"},
		{Code: "16804", Name: "Xã Châu Bình", Kind: store.Commune, Parent: "40"},
	}
}

// half is the first half of 2024, seen on the day after it ended.
func half() figures.Query {
	return figures.Query{
		Campaign: store.Campaign{
			ID: "dvk",
			Fields: []store.Option{
				option("KT", "Kinh tế"), option("VHXH", "Văn hóa - xã hội"), option("QPAN", "Quốc phòng - an ninh"),
				option("HTCT", "Xây dựng hệ thống chính trị"),
			},
			Titles: []store.Option{option("DVK", "Dân vận khéo"), option("NTM", "DVK xây dựng NTM")},
		},
		Period: figures.Span{From: store.Date{Year: 2024, Month: 1, Day: 1}, To: store.Date{Year: 2024, Month: 6, Day: 30}},
		Zone:   zone, AsOf: at(7, 1, 0), Subtree: []store.UnitCode{"40", "16681", "16804"}, Metrics: []string{"m2", "turn"},
		Submissions: []figures.Submission{
			{Unit: "16681", Outcome: figures.OnTime, Nothing: true}, {Unit: "16804", Outcome: figures.Missing}, {Unit: "40", Outcome: figures.Exempt},
		},
	}
}

func halfHeading() figures.Heading {
	q := half()
	return figures.Heading{Unit: units()[0], Period: store.Period{Kind: store.HalfYear, From: q.Period.From, To: q.Period.To},
		Movement: store.Label{"vi": "Phong trào thi đua “Dân vận khéo” giai đoạn 2021 - 2025"}, Issuer: units()[0].Name}
}

// accepted is a new model of the period that the coordinator accepted.
func accepted(id store.ModelID) store.Fact {
	return store.Fact{
		ID: id, Unit: "16804",
		Entries:     store.Entries{{Campaign: "dvk", Field: "KT", TitleGroup: "DVK", Origin: store.New}},
		Kind:        store.Collective,
		Registrants: []store.Registrant{{Name: fmt.Sprintf("Chi bộ %d", id)}}, Registered: at(3, 1, 8),
		Steps: []store.FactStep{{At: at(3, 2, 8), State: store.Accepted}},
	}
}

// review is a half-year of n models with something in every table.
func review(n int) (now, before *figures.Figures, listed []figures.Listed) {
	list := make([]store.Fact, n)
	for i := range list {
		f := accepted(store.ModelID(i + 1))
		f.Unit = []store.UnitCode{"16681", "16804", "40"}[i%3]
		f.Entries[0].Field = []string{"KT", "VHXH", "QPAN", "VHXH", "HTCT"}[i%5]
		f.Entries[0].TitleGroup = []string{"DVK", "DVK", "NTM"}[i%3]
		f.Kind = []store.RegistrantKind{store.Collective, store.Collective, store.Collective, store.Individual}[i%4]
		f.Vague = i%9 == 0
		if i%10 == 3 {
			f.Entries[0].Origin = store.Maintained
		}
		f.Steps = append(f.Steps, store.FactStep{
			At: at(5, 2, i%24), Day: store.DateOf(at(5, 2, 0)), Row: 1,
			State:  []store.State{store.Doing, store.Done, store.Paused, store.Failed, store.Doing}[i%5],
			Reason: []string{"", "", "budget", "consent", ""}[i%5], Basis: store.Added, Evidence: i % 2,
			Results: []store.Quantity{
				{Metric: "m2", Value: store.Decimal(1150_500 + i)}, {Metric: "turn", Value: store.Whole(42)}, {Metric: "other", Word: "=giường", Value: store.Whole(20)},
			},
			Money: []store.Money{{VND: int64(i) * 100_000, Part: store.People, Qualifier: store.Over}, {VND: 1_000_000, Part: store.InKind}},
		})
		list[i] = f
		listed = append(listed, figures.Listed{Evidence: i % 4, Model: store.Model{
			ID: f.ID, Code: fmt.Sprintf("DVK-16804-2024-%04d", i), Title: "=1+1 Hiến đất mở đường", Registrants: f.Registrants,
			Place: "xóm 3, 42 hộ", Problem: "Đường hẹp, xe tải không vào được", Target: "31 hộ hiến 1.850 m² đất",
			Content: "Họp xóm, đảng viên hiến trước, dời rào, đổ bê tông; xã cho mượn máy",
			From:    store.Date{Year: 2024, Month: 3, Day: 1}, To: store.Date{Year: 2024, Month: 10, Day: 31},
			Contact: "Lô Văn Tú", Phone: "0987 654 321",
		}})
	}
	return figures.Compute(half(), list, units()), figures.Compute(half(), list[:n*4/5], units()), listed
}

// words is the catalogue, and fails the test where it has no text.
type words struct {
	*locales.Catalogue
	t testing.TB
}

func (w words) Text(lang, key string, args map[string]any) string {
	text := w.Catalogue.Text(lang, key, args)
	if text == key {
		w.t.Errorf("no text for %q", key)
	}
	return text
}

func voice(t testing.TB, lang string) figures.Voice {
	t.Helper()
	catalogue, err := locales.Load()
	must(t, err)
	return figures.Voice{Words: words{catalogue, t}, Lang: lang, Number: locales.Number, Money: locales.Money}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
