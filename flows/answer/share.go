package answer

import "danvan/store"

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
		"ngân sách địa phương, vốn ngân sách, ns, nsnn, nsđp, ns xã, ns tỉnh, ns phường, ns huyện", share{part: store.Budget}},
	{"xã hỗ trợ, tỉnh hỗ trợ, phường hỗ trợ, công an tỉnh, công an, công an tỉnh hỗ trợ, công an hỗ trợ, biên phòng, bộ đội, n.n, " +
		"nhà nước lo, ns lo, nn hỗ trợ, nn ht, ns phường lo", share{part: store.Budget}},
	{"vốn chương trình, chương trình mục tiêu quốc gia, ctmtqg, ctmtqg ntm, vốn chương trình mục tiêu", share{part: store.Budget}},
	{"dân, dân góp, dân đóng góp, dân đóng, dân tự góp, người dân, người dân góp, người dân đóng góp, nhân dân, " +
		"nhân dân góp, nhân dân đóng góp, nd, nd góp, dân đối ứng, n.d, hội viên góp, hội viên, đoàn viên góp, đoàn viên tự góp, " +
		"hội viên tự góp, đoàn viên, gia đình, gia đình đối ứng, dân tự làm, dân ủng hộ, nhân dân ủng hộ", share{part: store.People}},
	{"mỗi nhà góp, mỗi hộ góp, mỗi hộ đóng góp, mỗi người góp", share{part: store.People}},
	{"bà con, bà con góp, bà con đóng góp, hộ dân, hộ dân góp, hộ dân đóng góp, các hộ góp, các hộ đóng góp, bà con đóng thêm, " +
		"bà con ủng hộ, các hộ dân, dân đóng thêm", share{part: store.People}},
	{"dn, dn hỗ trợ, doanh nghiệp, doanh nghiệp hỗ trợ, doanh nghiệp tài trợ, công ty, cty, nhà tài trợ, htx, " +
		"hợp tác xã", share{part: store.Business}},
	{"doanh nghiệp tư nhân, dntn, công ty tnhh, cty tnhh, dn ủng hộ, dn tài trợ, công ty tài trợ", share{part: store.Business}},
	{"mạnh thường quân, mtq, nhà hảo tâm, xã hội hóa, xhh, vận động xã hội hóa, nguồn xã hội hóa, quỹ, quỹ vì người nghèo, quỹ hội, " +
		"quỹ vnn, vay, vay vốn, mạnh thường quân ủng hộ, mtq ủng hộ, phụ huynh và nhà hảo tâm, " +
		"nhà nước và nhân dân cùng làm, nn và nd cùng làm, nhà nước nhân dân cùng làm", share{part: store.AllMoney}},
	{"tài trợ", share{part: store.Business, doubt: true}},
	{"vận động, huy động, đóng góp", share{part: store.People, doubt: true}},
	{"hiện vật, hv, hiện vật quy đổi, hiện vật trị giá, quy đổi, quy ra tiền, vật tư, vật liệu", share{part: store.InKind}},
	{"ngày công quy đổi, ngày công quy ra, công lao động quy đổi, hiến đất trị giá, đất quy đổi, đất trị giá", share{part: store.InKind}},
	{"tiền mặt, bằng tiền, bằng tiền mặt", share{part: store.AllMoney}},
	{"tổng, tổng cộng, tổng số, tổng kinh phí, tổng giá trị, tổng số tiền, tổng trị giá, tất cả, tkp, tổng kp", share{total: true}},
})

// levels are units that stand alone for their budgets: ngân sách tỉnh 1 tỷ, xã
// 200 triệu.
var levels = newLexicon([]entry[bool]{
	{"=xã, =tỉnh, =phường, =huyện, trung ương, =tw, xã cấp, tỉnh cấp, huyện cấp, huyện cũ cấp, phường cấp, xã chi, xã cho", true},
})

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
			f.means.doubt = f.means.doubt || f.doubt || label != nil && f.means.part == store.InKind
			label = &f.means
		}
	}

	for len(toks) > 0 && toks[0].kind == sign {
		toks = toks[1:]
	}
	if f := levels.at(toks, 0); label == nil && behind && f.len > 0 && f.len == len(toks) {
		return &share{part: store.Budget}
	}
	return label
}
