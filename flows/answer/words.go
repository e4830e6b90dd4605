package answer

// digitWords are the digits that are written as words.
var digitWords = newLexicon([]entry[int64]{
	{"không", 0}, {"một, mốt", 1}, {"hai", 2}, {"ba", 3}, {"bốn, tư", 4}, {"năm, lăm, nhăm", 5},
	{"sáu", 6}, {"bảy, bẩy", 7}, {"tám", 8}, {"chín", 9},
})

// endWords are the digits that stand only behind tens: ba mốt is 31.
var endWords = newLexicon([]entry[int64]{{"=mốt", 1}, {"=tư", 4}, {"=lăm, =nhăm", 5}})

// tenWords are the places of digits below a thousand; linh says that one is empty.
var tenWords = newLexicon([]entry[int64]{
	{"mười", 0}, {"mươi, chục", 10}, {"trăm", 100}, {"linh, lẻ", 1}, {"=hăm", 20}, {"=băm", 30},
})

// scaleWords are the places above: a number before them counts so many.
var scaleWords = newLexicon([]entry[int64]{
	{"tá", 12}, {"chục", 10}, {"trăm", 100}, {"nghìn, ngàn, k", 1e3}, {"vạn", 1e4}, {"triệu, tr", 1e6}, {"tỷ", 1e9},
})

// silentScales may stand without the one that they are of: ngàn rưỡi, trăm hai.
var silentScales = newLexicon([]entry[int64]{{"chục", 10}, {"trăm", 100}, {"nghìn, ngàn", 1e3}, {"vạn", 1e4}})

// notOne are the words after which a silent one is none: vài chục, mỗi ngàn.
var notOne = newLexicon([]entry[bool]{
	{"vài, mấy, hàng, nhiều, bao, đôi, dăm, mỗi, từng, cả, trăm, nghìn, ngàn, triệu, tỷ, chục, vạn", true},
})

var half = newLexicon([]entry[bool]{{"rưỡi, rưởi, rưỡi chẵn", true}})

// halfOf is the half before a unit: nửa cây số, nửa tỷ.
var halfOf = newLexicon([]entry[bool]{{"nửa", true}})

// unsaid are the words that leave a number open: ba mươi mấy, 40 mấy.
var unsaid = newLexicon([]entry[bool]{{"mấy, mí, bao nhiêu", true}})

// roughly stands before words that are no number: dăm ba, đôi ba chục.
var roughly = newLexicon([]entry[bool]{{"=dăm, =vài, =đôi, =mấy", true}})

// spelled reads a number below a thousand in words: "hai trăm linh năm". It
// returns how many tokens it took, 0 for none.
func spelled(toks []token, i int) (n int64, length int) {
	if digitWords.before(toks, i).len+tenWords.before(toks, i).len > 0 {
		return 0, 0 // the end of a number that could not be read is no number
	}

	start := i
	var total, digit int64
	last := int64(1000)        // the place of what was read before
	open, used := false, false // a digit waits for its place; something was read
	for i < len(toks) {
		if d := digitWords.at(toks, i); d.len > 0 && !open {
			digit, open, used = d.means, true, true
			i += d.len
			continue
		}
		if e := endWords.at(toks, i); e.len > 0 && open && digit > 1 && last > 10 && !places(toks, i+e.len) {
			return total + 10*digit + e.means, i + e.len - start
		}

		t := tenWords.at(toks, i)
		if t.doubt && open {
			t.means = 10 // muoi after a digit is mươi, otherwise mười
		}
		if t.len == 0 || !used && t.means != 0 && t.means < 20 || t.means == 100 && !open {
			break
		}

		switch {
		case t.means == 0 && !open:
			total, last = total+10, 10
		case (t.means == 20 || t.means == 30) && !open && last > 10:
			total, last = total+t.means, 10
		case t.means == 10 && open && last > 10, t.means == 100 && open && last > 100:
			total, last = total+digit*t.means, t.means
			open = false
		case t.means != 1 || open:
			return 0, 0
		}

		used = true
		i += t.len
	}

	if open {
		total += digit
	}
	if total == 0 {
		return 0, 0
	}

	return total, i - start
}

// places reports whether a word at i gives a digit its place.
func places(toks []token, i int) bool {
	f := tenWords.at(toks, i)
	return f.len > 0 && f.means >= 10
}

// count is a number of things, in digits, in words, or in both.
type count struct {
	numeral
	next  int  // behind it
	words bool // it is not in digits alone
	doubt bool
	ok    bool
}

// countAt reads the number of things that begins at i: 1.200, 2 ngàn 3, một vạn
// hai, trăm rưỡi, nửa. Words are never the beginning of a number that they
// stand in.
func countAt(toks []token, i int) count {
	c, scale := firstCount(toks, i)
	if !c.ok || c.state != readable {
		return c
	}

	limit := int64(1 << 40)
	for scale > 0 && scale < limit {
		limit = scale
		var rest count
		rest, scale = c.rest(toks, limit)
		if !rest.ok {
			break
		}
		c.next, c.doubt = rest.next, c.doubt || rest.doubt
		c.words, c.mark = true, 0
		c.grouped = c.grouped.plus(rest.grouped)
	}

	if u := unsaid.at(toks, c.next); u.len > 0 {
		c.next, c.doubt = c.next+u.len, true
		c.state = misgrouped
	}
	return c
}

// firstCount reads a number with its first scale, which is 0 where it has none.
func firstCount(toks []token, i int) (c count, scale int64) {
	c = count{next: i}
	switch h, silent := halfOf.at(toks, i), silentScales.at(toks, i); {
	case i >= len(toks):
		return c, 0
	case toks[i].kind == number:
		c.numeral, c.next, c.ok = readNumeral(toks[i].fold), i+1, true
	case h.len > 0 && (metrics.at(toks, i+h.len).len > 0 || scaleWords.at(toks, i+h.len).len > 0):
		c.grouped, c.next, c.words, c.ok = decimal{5, 1}, i+h.len, true, true

	default:
		n, length := spelled(toks, i)
		c.grouped, c.next, c.words, c.ok = decimal{mant: n}, i+length, true, length > 0
		if c.ok && n < 10 && length == 1 && digitWords.at(toks, c.next).len > 0 || c.ok && roughly.before(toks, i).len > 0 {
			c.doubt, c.state = true, misgrouped // sáu bảy hộ
		}
		if !c.ok && silent.len > 0 && notOne.before(toks, i).len == 0 && digitWords.before(toks, i).len == 0 {
			c.grouped, c.next, c.words, c.ok = decimal{mant: 1}, i, true, true
			if silent.means == 10 && digitWords.at(toks, i+1).len > 0 {
				c.doubt = true // chục hai is twelve, or about ten
			}
		}
	}

	if !c.ok {
		return c, 0
	}
	if h := half.at(toks, c.next); h.len > 0 && !c.words && c.mark == 0 && c.grouped.places < 3 { // 2 rưỡi
		c.grouped, c.next, c.words = c.grouped.plus(decimal{5, 1}), c.next+h.len, true
		return c, 0
	}
	return c, c.scaled(toks)
}

// scaled multiplies the number with the scale behind it.
func (c *count) scaled(toks []token) int64 {
	f := scaleWords.at(toks, c.next)
	if f.len == 0 || f.means >= 1e6 && !c.measured(toks, c.next+f.len) || f.means == 1e3 && toks[c.next].is("k") && !c.thousands(toks) {
		if c.words && c.next > 0 && !c.doubt {
			return c.lowest(toks)
		}
		return 0
	}

	if c.mark != 0 { // 1.200 nghìn
		c.doubt = c.doubt || !c.split
	}
	n, fits := c.grouped.times(f.means * 1000)
	if !fits {
		c.state = huge
	}
	c.grouped, c.mark, c.words = decimal{n, 3}, 0, true
	c.next += f.len
	return f.means
}

// lowest is the place of the last digit of a number in words that ends in
// hundreds: behind it a digit may be short for tens.
func (c *count) lowest(toks []token) int64 {
	if toks[c.next-1].kind == word && tenWords.at(toks, c.next-1).means == 100 {
		return 100
	}
	return 0
}

// thousands reports whether k behind the number stands for thousands.
func (c *count) thousands(toks []token) bool {
	return !toks[c.next].gap && (c.next+1 == len(toks) || toks[c.next+1].kind == number && !toks[c.next+1].gap ||
		toks[c.next+1].ends() || metrics.at(toks, c.next+1).len > 0)
}

// measured reports whether something is counted at i: 4 triệu m² is no money.
func (c *count) measured(toks []token, i int) bool { return metrics.at(toks, i).len > 0 }

// rest reads what follows a number of so many: ngàn rưỡi, 1 ngàn 2 (1.200),
// một trăm lẻ năm, hai nghìn ba trăm.
func (c *count) rest(toks []token, scale int64) (r count, next int64) {
	i := c.next
	if h := half.at(toks, i); h.len > 0 {
		return count{numeral: numeral{grouped: decimal{mant: scale / 2}}, next: i + h.len, ok: scale > 1}, 0
	}
	if scale < 100 || i >= len(toks) {
		return r, 0
	}

	if l := tenWords.at(toks, i); l.means == 1 && l.len > 0 { // linh
		r, next = c.tailAt(toks[i+l.len:], 0)
		r.next += i + l.len
		r.ok = r.ok && r.state == readable && r.grouped.less(scale)
		return r, next
	}

	r, next = c.tailAt(toks, i)
	switch {
	case !r.ok, r.state != readable, r.mark != 0, !r.grouped.whole() || !r.grouped.less(scale):
		return count{}, 0
	case next == 0 && r.grouped.less(10): // the digit of the next place
		r.grouped.mant = r.grouped.mant / pow10(r.grouped.places) * scale / 10
		r.grouped.places = 0
		r.ok = !r.words || toks[i].tone != "" || r.next == len(toks) || metrics.at(toks, r.next).len > 0
	case next == 0 && !r.words && (scale != 1e3 || len(toks[i].fold) != 3):
		return count{}, 0
	}
	return r, next
}

// tailAt reads a number behind a scale, in which không trăm keeps a place.
func (c *count) tailAt(toks []token, i int) (r count, scale int64) {
	if zero := digitWords.at(toks, i); zero.len > 0 && zero.means == 0 && tenWords.at(toks, i+1).means == 100 {
		rest := toks[i+2:]
		if l := tenWords.at(rest, 0); l.len > 0 && l.means == 1 {
			rest = rest[l.len:]
		}
		n, length := spelled(rest, 0)
		return count{
			numeral: numeral{grouped: decimal{mant: n}}, next: len(toks) - len(rest) + length, words: true, ok: length > 0,
		}, 1
	}

	if toks[i].kind == number && (!isDigits(toks[i].fold) || toks[i].gap && !counts(toks, i+1) && !places(toks, i+1) &&
		scaleWords.at(toks, i+1).len == 0 && i+1 < len(toks)) {
		return r, 0
	}
	n, length := spelled(toks[i:], 0)
	if length == 0 {
		return firstCount(toks, i)
	}
	r = count{numeral: numeral{grouped: decimal{mant: n}}, next: i + length, words: true, ok: true}
	return r, r.scaled(toks)
}
