package answer

import "danvan/store"

// qualifiers are the words that stand before a figure (domain.md §2.2). Words
// that mean something else without diacritics ("co 350 m") need theirs.
var qualifiers = newLexicon([]entry[store.Qualifier]{
	{"trên, hơn, vượt, >, > =, ít nhất, tối thiểu, không dưới, =quá", store.Over},
	{"gần, dưới, <, < =, tối đa, không quá, suýt soát, ngót, ngót nghét, xuýt xoát", store.Nearly},
	{"khoảng, ~, chừng, ước, ước tính, ước khoảng, ước chừng, tầm, xấp xỉ, vào khoảng, tầm khoảng", store.About},
	{"khoảng trên, khoảng hơn, khoảng gần, =độ, =cỡ, =cỡ khoảng, =độ khoảng", store.About},
})

// trailing are the words that qualify the figure before them.
var trailing = newLexicon([]entry[store.Qualifier]{
	{"hơn, trở lên, +", store.Over},
	{"trở xuống, đổ lại", store.Nearly},
})

// qualifierAfter finds what qualifies the figure that ends before token i. A
// plus before another figure adds.
func qualifierAfter(toks []token, i int) found[store.Qualifier] {
	q := trailing.at(toks, i)
	if q.len > 0 && i+q.len < len(toks) && toks[i+q.len].kind == number {
		return found[store.Qualifier]{}
	}
	return q
}

// negative reports whether the number at i has a minus, which is not the dash of
// a list or of a span.
func negative(toks []token, i int) bool {
	switch {
	case i == 0:
		return false
	case toks[i-1].is("am") && (toks[i-1].tone == "" || toks[i-1].tone == "âm0"):
		return true
	case !toks[i-1].is("-") || toks[i].gap || !toks[i-1].gap:
		return false
	case i == 1:
		return !hasLine(toks, "-")
	}
	return toks[i-2].kind != number && !toks[i-2].is("\n")
}

// hasLine reports whether a later line begins with a sign.
func hasLine(toks []token, first string) bool {
	for i := 1; i < len(toks); i++ {
		if toks[i-1].is("\n") && toks[i].is(first) {
			return true
		}
	}
	return false
}
