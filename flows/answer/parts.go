package answer

import (
	"slices"
	"strings"

	"danvan/store"
)

// share is the label of a part of a sum.
type share struct {
	part  store.MoneyPart
	total bool
	doubt bool // the word says only nearly whose money it is
}

// shares are the words for whose money it is (domain.md §4.2).
var shares = newLexicon([]entry[share]{
	{"nhà nước, nhà nước hỗ trợ, nhà nước đầu tư, kinh phí nhà nước, vốn nhà nước, nn", share{part: store.Budget}},
	{"ngân sách, ngân sách nhà nước, ngân sách hỗ trợ, ngân sách xã, ngân sách tỉnh, ngân sách phường, " +
		"ngân sách địa phương, vốn ngân sách, ns, nsnn, nsđp", share{part: store.Budget}},
	{"vốn chương trình, chương trình mục tiêu quốc gia, ctmtqg", share{part: store.Budget}},
	{"dân, dân góp, dân đóng góp, dân đóng, dân tự góp, người dân, người dân góp, người dân đóng góp, nhân dân, " +
		"nhân dân góp, nhân dân đóng góp", share{part: store.People}},
	{"bà con, bà con góp, bà con đóng góp, hộ dân, hộ dân góp, hộ dân đóng góp, các hộ góp, các hộ đóng góp", share{part: store.People}},
	{"dn, dn hỗ trợ, doanh nghiệp, doanh nghiệp hỗ trợ, doanh nghiệp tài trợ, công ty, cty, nhà tài trợ, htx, " +
		"hợp tác xã", share{part: store.Business}},
	{"mạnh thường quân, mtq, nhà hảo tâm, tài trợ", share{part: store.Business, doubt: true}},
	{"xã hội hóa, xhh, vận động, huy động, đóng góp", share{part: store.People, doubt: true}},
	{"hiện vật, hv, hiện vật quy đổi, hiện vật trị giá, quy đổi, quy ra tiền, vật tư, vật liệu", share{part: store.InKind}},
	{"ngày công quy đổi, ngày công quy ra, công lao động quy đổi, hiến đất trị giá, đất quy đổi, đất trị giá", share{part: store.InKind}},
	{"tiền mặt, bằng tiền, bằng tiền mặt", share{part: store.AllMoney}},
	{"tổng, tổng cộng, tổng số, tổng kinh phí, tổng giá trị, tổng số tiền, tổng trị giá, tất cả", share{total: true}},
})

// MoneyParts reads a sum by its parts: "dân góp 85tr, DN 120tr, hiện vật 30tr".
// A sum without the name of a part is one part AllMoney. A total that is told
// as well must not be less than its parts; what it exceeds them by is offered
// as AllMoney.
func MoneyParts(text string) (Reading[[]store.Money], error) {
	rest, notes := cutBrackets(Clean(text), func(inside string) bool {
		return !isLabel(scan(inside)) && !isUnit(scan(inside))
	})
	toks := joinThousands(scan(rest))
	sums, plain := amounts(toks)
	p := newPartition(toks, sums, plain)
	if !p.named {
		return loneSum(text)
	}

	for i := range sums {
		if sums[i].key == moneyZero && len(sums) > 1 {
			sums[i].key = ""
		}
	}

	if err := refuseAmounts(text, toks, sums, plain); err != nil {
		return Reading[[]store.Money]{}, err
	}

	p.settleUnits()
	r, err := p.read(text)
	for _, parts := range r.Values {
		for i := range parts {
			parts[i].Note = strings.Join(notes, "; ")
		}
	}

	return r, err
}

// isLabel reports whether words are the name of a part and nothing else.
func isLabel(toks []token) bool {
	for len(toks) > 0 && stopWords.at(toks, 0).exact {
		toks = toks[stopWords.at(toks, 0).len:]
	}
	return len(toks) > 0 && shares.at(toks, 0).len == len(toks)
}

// isUnit reports whether words name the unit of all sums: (ĐVT: triệu đồng).
func isUnit(toks []token) bool {
	for len(toks) > 0 && toks[0].is("dvt", "don", "vi", "tinh", ":") {
		toks = toks[1:]
	}
	for len(toks) > 0 && moneyWords.at(toks, 0).len > 0 {
		toks = toks[moneyWords.at(toks, 0).len:]
	}
	return len(toks) == 0
}

// within are the words after a total that its parts follow.
var within = newLexicon([]entry[bool]{{"trong đó, gồm, bao gồm, :, chia ra, cụ thể", true}})

// loneSum reads a text that names no part.
func loneSum(text string) (Reading[[]store.Money], error) {
	one, err := Money(text)
	r := Reading[[]store.Money]{Confirm: one.Confirm}
	for _, m := range one.Values {
		r.Values = append(r.Values, []store.Money{m})
	}
	return r, err
}

// partition is a text's sums, each with its label.
type partition struct {
	sums   []amount
	labels []*share // nil: no label
	named  bool     // whether any sum belongs to a part
	within bool     // the text says that a total comes before its parts
	doubt  bool
}

// newPartition gives every sum its label. Where no comma decides, labels stand
// on the side on which the first one does. Numbers that count other things are
// left out.
func newPartition(toks []token, sums, plain []amount) partition {
	var p partition
	p.sums = append(p.sums, sums...)
	for _, a := range plain {
		if !counts(toks, a.to) {
			p.sums = append(p.sums, a)
		}
	}

	p.doubt = len(p.sums) < len(sums)+len(plain)
	slices.SortFunc(p.sums, func(a, b amount) int { return a.from - b.from })
	if len(p.sums) == 0 {
		return p
	}

	f, _ := within.first(toks)
	p.within = f.len > 0

	_, first := shares.first(toks)
	leading := first < p.sums[0].from
	left := toks[:p.sums[0].from]
	for i, a := range p.sums {
		own, next := toks[a.to:], []token(nil)
		if i+1 < len(p.sums) {
			own, next = splitGap(toks[a.to:p.sums[i+1].from], leading)
		}
		label := labelIn(left, true)
		if label == nil {
			label = labelIn(own, false)
		}
		p.labels = append(p.labels, label)
		p.named = p.named || label != nil && !label.total
		left = next
	}

	return p
}

// splitGap divides the words between two sums into those that belong to the
// sum before and those that lead to the next.
func splitGap(gap []token, leading bool) (own, next []token) {
	for i := len(gap) - 1; i >= 0; i-- {
		if gap[i].ends() || gap[i].is("+", "va") {
			return gap[:i], gap[i+1:]
		}
	}
	if leading {
		return nil, gap
	}
	return gap, nil
}

// labelIn finds the label nearest to a sum, which stands behind the words or
// before them. In kind is in kind, whoever gave it.
func labelIn(toks []token, behind bool) *share {
	var label *share
	for i := 0; i < len(toks); i++ {
		f := shares.at(toks, i)
		if f.len == 0 {
			continue
		}
		i += f.len - 1
		if label == nil || label.part != store.InKind && (behind || f.means.part == store.InKind) {
			f.means.doubt = f.means.doubt || f.doubt
			label = &f.means
		}
	}

	return label
}

// settleUnits gives numbers without a unit that of the others: "dân góp 85, DN
// 120 triệu". Where none has one, it may be triệu or nghìn.
func (p *partition) settleUnits() {
	scales := []int64{1_000_000, 1_000}
	for _, a := range p.sums {
		if a.explicit && a.scale > 1 {
			scales = []int64{a.scale}
			break
		}
	}

	for i := range p.sums {
		a := &p.sums[i]
		if a.explicit {
			continue
		}

		p.doubt = true
		a.values = nil
		if !a.bare.grouped.less(1_000_000) {
			a.add(a.bare.grouped.times(1))
			continue
		}

		for _, scale := range scales {
			a.add(moneyReadings(a.bare, scale)[0].times(scale))
		}
	}
}

// read makes the readings: the first value of every sum, and the second where
// there is one. A sum without a label may be the total of the others or one
// more beside them.
func (p *partition) read(text string) (Reading[[]store.Money], error) {
	r := Reading[[]store.Money]{Confirm: p.doubt}
	most := 1
	for _, a := range p.sums {
		most = max(most, min(len(a.values), 2))
		r.Confirm = r.Confirm || a.confirm
	}

	for n := range most {
		s, err := p.split(text, n)
		if err != nil {
			return Reading[[]store.Money]{}, err
		}
		r.Confirm = r.Confirm || s.doubt
		r.Values = append(r.Values, s.readings(p.within)...)
	}

	r.Confirm = r.Confirm || len(r.Values) > 1
	return r, nil
}

// division is one way to take the sums of a text.
type division struct {
	parts []store.Money
	sum   int64         // of the parts
	loose []store.Money // without a label
	total store.Money   // zero: none
	doubt bool
}

// split takes the nth value of every sum and holds the parts against a total.
func (p *partition) split(text string, n int) (division, error) {
	var d division
	for i, a := range p.sums {
		if len(a.values) == 0 {
			return d, refuse(moneyTooBig, text)
		}

		m := store.Money{VND: a.values[min(n, len(a.values)-1)], Qualifier: a.qualifier}
		label := p.labels[i]
		switch {
		case m.VND == 0:
		case label == nil:
			d.loose = append(d.loose, m)
		case label.total:
			d.total = m
		default:
			m.Part = label.part
			d.parts = append(d.parts, m)
			d.sum += m.VND
			d.doubt = d.doubt || label.doubt
		}
	}

	var all int64
	for _, m := range d.loose {
		all += m.VND
	}

	switch {
	case d.sum+all > mostVND:
		return d, refuse(moneyTooBig, text)
	case d.sum+all+d.total.VND == 0:
		return d, refuse(moneyZero, text)
	case d.total.VND > 0 && d.total.VND < d.sum+all:
		return d, refuse(moneySum, text, "Total", store.Money{VND: d.total.VND}, "Sum", store.Money{VND: d.sum + all})
	}

	d.doubt = d.doubt || len(d.loose) > 0 && !p.within
	d.total.VND -= min(all, d.total.VND)
	return d, nil
}

// readings closes the parts with the total, or with the sum that may be one.
func (d *division) readings(within bool) [][]store.Money {
	beside := append(d.parts[:len(d.parts):len(d.parts)], d.loose...)
	if len(d.loose) == 1 && d.total.VND == 0 && len(d.parts) > 0 && d.loose[0].VND >= d.sum {
		inside := closed(d.parts, d.loose[0], d.sum)
		if within {
			return [][]store.Money{inside}
		}
		return [][]store.Money{inside, beside}
	}
	return [][]store.Money{closed(beside, d.total, d.sum)}
}

// closed adds what a total exceeds its parts by.
func closed(parts []store.Money, total store.Money, sum int64) []store.Money {
	if total.VND <= sum {
		return parts
	}
	total.VND -= sum
	return append(parts[:len(parts):len(parts)], total)
}
