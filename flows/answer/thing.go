package answer

import (
	"iter"
	"strings"
)

// thing is what a number measures.
type thing struct {
	key  string
	weak bool // only where nothing else is named
}

// long are the things that are measured in metres.
var long = newLexicon([]entry[thing]{
	{"đường, tuyến đường, lộ, hẻm, ngõ, đàng, con đường, đường bê tông, đường nhựa, đường giao thông, gtnt, đường bản, lộ nông thôn, " +
		"đường đất, đường nội đồng, đường liên ấp, đường cái, lộ nhựa, lộ đal, tuyến lộ", thing{key: "road"}},
	{"bê tông, bt, tuyến", thing{key: "road", weak: true}},
	{"kênh, mương, kênh mương, kinh, rạch, tuyến kênh, kênh nội đồng, thủy lợi", thing{key: "canal"}},
	{"cầu, cây cầu, cầu treo, cầu bê tông, cầu nông thôn, cầu dân sinh", thing{key: "bridge"}},
	{"cống, cống rãnh, rãnh, rãnh thoát nước, cống thoát nước", thing{key: "drain"}},
	{"đê, kè, bờ bao, đê bao, bờ kè", thing{key: "dyke"}},
	{"hàng rào, tường rào, rào, bờ rào", thing{key: "fence"}},
	// What begins like one of them and is something else.
	{"đường hoa, đường điện, đường điện chiếu sáng, đường dây, đường ống, đường cờ, kinh phí, kinh tế, yêu cầu, nhu cầu, " +
		"mặt đường, lòng đường, nền đường, vỉa hè, dây, dây điện, ống nước, dẫn nước, hàng cây, hoa, toàn cầu", thing{}},
	{"bên đường, hai bên đường, 2 bên đường, đường phố", thing{key: "road", weak: true}},
})

// land are the words that say what an area is of.
var land = newLexicon([]entry[thing]{
	{"hiến, hiến đất, đất hiến, hiến tặng, hđ, lùi", thing{key: "land_given"}},
	{"đất", thing{weak: true}},
	{"lúa, nếp, rau, hoa màu, cây ăn trái, sen, canh tác, sản xuất, gieo trồng, rừng, nuôi trồng, gieo sạ, vườn tạp, " +
		"cánh đồng, đất lúa, chăn nuôi, màu, ruộng lúa", thing{key: "land"}},
	{"vỉa hè, sân, sân bóng, nghĩa trang, mặt hồ, tường rào, tường, nhà, nhà văn hóa, nvh, trụ sở, phòng, chợ, mặt bằng, " +
		"công viên, khuôn viên, điểm đen, rác, bích họa", thing{}},
})

// goods are the things that are weighed.
var goods = newLexicon([]entry[thing]{
	{"gạo, gạo nếp, hũ gạo", thing{key: "rice"}},
	{"nhựa, rác nhựa, rác thải nhựa, chất thải nhựa, chai nhựa, ve chai, phế liệu, nhựa phế liệu", thing{key: "plastic"}},
})

// pieces are the things that are counted one by one and have no unit of their
// own.
var pieces = newLexicon([]entry[thing]{
	{"camera, mắt camera, cam, camera an ninh, mắt cam", thing{key: "camera"}},
	{"đèn, bóng, bóng đèn, trụ đèn, đèn led, bóng led, cột đèn, đèn năng lượng, đèn nlmt, đèn đường, bóng đèn led", thing{key: "lamp"}},
	{"cầu, cây cầu, cầu nông thôn, cầu bê tông, cầu treo, chiếc cầu", thing{key: "bridge"}},
})

// named is a thing that stands in a text, with what it is called there.
type named struct {
	thing
	word string
	at   int
	len  int
}

// things are those that stand in a stretch of a text.
func things(l lexicon[thing], toks []token, from, to int) iter.Seq[named] {
	return func(yield func(named) bool) {
		for i := from; i < to; i++ {
			f := l.at(toks[:to], i)
			if f.len == 0 {
				continue
			}
			if !yield(named{f.means, wordsOf(toks[i : i+f.len]), i, f.len}) {
				return
			}
			i += f.len - 1
		}
	}
}

// firstThing finds the first thing in a stretch of a text, a weak one only
// where it is the only one.
func firstThing(l lexicon[thing], toks []token, from, to int) (first named, found bool) {
	for n := range things(l, toks, from, to) {
		if !n.weak {
			return n, true
		}
		if !found {
			first, found = n, true
		}
	}
	return first, found
}

// lastThing finds the last thing in a stretch of a text, a weak one only where
// there is no other.
func lastThing(l lexicon[thing], toks []token, from, to int) (last named, found bool) {
	for n := range things(l, toks, from, to) {
		if !found || last.weak || !n.weak {
			last, found = n, true
		}
	}
	return last, found
}

// wordsOf is a stretch of a text as it was typed, with single spaces.
func wordsOf(toks []token) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && t.gap {
			b.WriteByte(' ')
		}
		if t.fold != "\n" {
			b.WriteString(t.text)
		}
	}
	return b.String()
}
