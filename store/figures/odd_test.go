package figures_test

import (
	"fmt"
	"testing"

	"danvan/store"
	"danvan/store/figures"

	"github.com/google/go-cmp/cmp"
)

// TestMedians wants the median of what the models of a field came to, all the
// money as one, and nothing where too few models have any.
func TestMedians(t *testing.T) {
	t.Parallel()
	var facts []store.Fact
	for i := range 21 {
		u := update(1, at(2024, 4, 1, 8), store.Doing)
		u.Money = []store.Money{{VND: int64(i+1) * 1_000_000, Part: store.People}, {VND: 500_000, Part: store.Budget}}
		if i < 19 {
			u.Results = []store.Quantity{{Metric: "household", Value: store.Whole(int64(i + 1))}}
		}
		facts = append(facts, one(accepted(store.ModelID(i+1)), u))
	}

	got := figures.Compute(half(), facts, units()).Medians()
	want := []store.Median{{Field: "KT", Metric: "vnd", Value: 11_500_000}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestOdds(t *testing.T) {
	t.Parallel()
	medians := []store.Median{{Metric: "vnd", Value: 140_000_000}, {Metric: "m/road", Value: 400_000}}
	for _, c := range []struct {
		metric    figures.Metric
		told, had int64
		want      figures.OddKind
	}{
		{"vnd", 120_000_000_000, 120_000_000, figures.OddSlipUp},
		{"vnd", 130_000, 120_000_000, figures.OddSlipDown},
		{"vnd", 1_300_000_000, 120_000_000, figures.OddOwn},
		{"vnd", 1_200_000_000, 120_000_000, ""},
		{"vnd", 120_000_000, 120_000_000, ""},
		{"vnd", 14_200_000_000, 0, figures.OddField},
		{"vnd", 14_000_000_000, 0, ""},
		{"vnd", 140_000, 0, figures.OddFieldDown},
		{"vnd", 0, 120_000_000, ""},

		{"m/road", 350_000, 0, ""},
		{"m/road", 41_000_000, 0, figures.OddField},
		{"m/road", 3_600_000, 350_000, figures.OddOwn},
		{"m/canal", 900_000_000, 0, ""}, // nothing is known of it
	} {
		told, had := []figures.Amount{{Metric: c.metric, SoFar: c.told}}, []figures.Amount{{Metric: c.metric, SoFar: c.had}}
		kind := figures.OddKind("")
		if odd := figures.Odds(told, had, medians); len(odd) > 0 {
			kind = odd[0].Kind
		}
		if kind != c.want {
			t.Errorf("%s %d after %d is %q, want %q", c.metric, c.told, c.had, kind, c.want)
		}
	}

	// Where nothing is known, a sum can still be odd by itself.
	for vnd, want := range map[int64]string{2_000_000_000_000: "[{large vnd 2000000000000 0}]", 850_000: "[{small vnd 850000 0}]", 1_500_000: "[]"} {
		if odd := figures.Odds([]figures.Amount{{Metric: "vnd", SoFar: vnd}}, nil, nil); fmt.Sprint(odd) != want {
			t.Errorf("%d is %v, want %s", vnd, odd, want)
		}
	}
}
