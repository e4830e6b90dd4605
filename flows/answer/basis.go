package answer

import "danvan/store"

// Basis reads how the figures of a text count, "" where it does not say so, or
// says both.
func Basis(text string) store.Basis {
	var said store.Basis
	toks := scan(Clean(text))
	for i := 0; i < len(toks); {
		f := bases.at(toks, i)
		if f.len > 0 && said != "" && f.means != said {
			return ""
		}
		if f.len > 0 {
			said = f.means
		}
		i += max(f.len, 1)
	}
	return said
}

// bases are the words for what a figure counts from (domain.md §4.2).
var bases = newLexicon([]entry[store.Basis]{
	{"thêm, =tăng, tăng thêm, bổ sung, bổ sung thêm, phát sinh, phát sinh thêm, trong kỳ, đợt này, kỳ này, tháng này, " +
		"tuần này, từ đó đến nay, từ lần trước đến nay, làm thêm, có thêm, thêm mới, vừa làm, mới thêm", store.Added},
	{"cộng dồn, lũy kế, lũy tiến, tổng cộng, tổng, tổng số, đến nay, tính đến nay, từ đầu năm, từ đầu năm đến nay, " +
		"từ trước đến nay, tất cả, nâng tổng số, tổng cộng đến nay, lũy kế đến nay, cộng dồn đến nay, lk", store.Cumulative},
})
