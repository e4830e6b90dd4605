package answer

import (
	"strings"

	"danvan/store"
)

// sharedSum works out the parts of one sum that are told as shares of it, or as
// what is left: tổng 500 triệu, NN 70%, ND 30%; 180tr, NN 80tr còn lại dân góp.
func sharedSum(text string) ([]store.Money, bool) {
	text, letters := withDigits(dotted.Replace(plain(text)))
	if letters || !strings.ContainsAny(text, "%") && !strings.Contains(Fold(text), "con lai") {
		return nil, false
	}
	l := list(text, false)
	var total *figure
	var parts []store.Money
	var percents []store.Money // in VND: the share in thousandths of a percent
	var sum int64

	for k := range l.figures {
		f := &l.figures[k]
		label := l.labelOf(k, l.before(k), l.after(k))
		switch whole := label == nil || label.total; {
		case f.kind == naming:
		case f.kind == money && (len(f.amount.values) != 1 || f.amount.confirm || f.amount.key != "" || f.amount.each):
			return nil, false
		case f.kind == money && whole && total == nil:
			total = f

		case f.kind == money && !whole && !label.doubt:
			parts, sum = append(parts, store.Money{Part: label.part, VND: f.value()}), sum+f.value()
		case f.kind == quantity && f.measure.unit.key == "percent" && !whole && !label.doubt:
			percents = append(percents, store.Money{Part: label.part, VND: f.value()})
		default:
			return nil, false
		}
	}
	if total == nil || total.value() > mostVND {
		return nil, false
	}

	all := total.value()
	var shares, before int64 // all together, so that what is rounded adds up
	for _, p := range percents {
		shares += p.VND
		v, ok := decimal{shares, 5}.times(all)
		if !ok || v > all {
			return nil, false
		}
		p.VND, before = v-before, v
		parts, sum = append(parts, p), sum+p.VND
	}
	rest := l.remainder()
	if rest != nil && sum < all {
		parts, sum = append(parts, store.Money{Part: rest.part, VND: all - sum}), all
	}
	if len(percents) == 0 && rest == nil || sum > all || sum == 0 {
		return nil, false
	}
	return closed(parts, store.Money{VND: all, Qualifier: total.amount.qualifier}, sum, true), true
}

// remainder is whose the rest of a total is: còn lại dân góp.
func (l *listing) remainder() *share {
	toks := l.toks
	for next := together(toks, "con", "lai"); next > 0; next = together(toks, "con", "lai") {
		toks = toks[next:]
		end := 0
		for end < len(toks) && toks[end].kind == word {
			end++
		}
		if s := labelIn(toks[:end], true); s != nil && !s.total && !s.doubt {
			return s
		}
	}
	return nil
}
