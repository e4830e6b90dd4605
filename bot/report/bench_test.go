package report_test

import (
	"testing"

	"danvan/bot/report"
	"danvan/store/figures"
)

func BenchmarkWorkbook(b *testing.B) {
	f, _, listed := review(12_000)
	v := voice(b, "vi")
	for name, listed := range map[string][]figures.Listed{"tables": nil, "models": listed} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := report.Workbook(f, v, halfHeading(), figures.Against{}, listed)
				must(b, err)
			}
		})
	}
}

func BenchmarkChart(b *testing.B) {
	f, _, _ := review(12_000)
	v := voice(b, "vi")
	for b.Loop() {
		_, err := report.Chart(f, v, halfHeading(), nil, report.Light)
		must(b, err)
	}
}
