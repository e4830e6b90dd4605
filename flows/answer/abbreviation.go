package answer

import "strings"

// abbreviations are what officers write short (domain.md §6.2), folded, with the
// words they stand for.
var abbreviations = map[string]string{
	"ntm": "nong thon moi", "dtvm": "do thi van minh", "mttq": "mat tran to quoc", "mt": "mat tran",
	"hnd": "hoi nong dan", "nd": "nong dan", "hpn": "hoi phu nu", "lhpn": "lien hiep phu nu", "pn": "phu nu",
	"ccb": "cuu chien binh", "hccb": "hoi cuu chien binh", "dtn": "doan thanh nien", "tn": "thanh nien",
	"ldld": "lien doan lao dong", "cd": "cong doan", "ctd": "chu thap do",
	"llvt": "luc luong vu trang", "bdbp": "bo doi bien phong", "chqs": "chi huy quan su", "bch": "ban chi huy",
	"ca": "cong an", "gpmb": "giai phong mat bang", "antt": "an ninh trat tu", "attp": "an toan thuc pham",
	"qcdc": "qui che dan chu", "tdp": "to dan pho", "kdc": "khu dan cu", "ctmt": "cong tac mat tran",
	"bcd": "ban chi dao", "tthc": "thu tuc hanh chinh", "cchc": "cai cach hanh chinh",
	"dtts": "dan toc thieu so", "dbdtts": "dong bao dan toc thieu so", "ctmtqg": "chuong trinh muc tieu quoc gia",
	"tsvm": "trong sach vung manh", "cbccvc": "can bo cong chuc vien chuc", "cbcc": "can bo cong chuc",
	"dvk": "dan van kheo", "mh": "mo hinh", "htx": "hop tac xa", "tht": "to hop tac", "clb": "cau lac bo",
	"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bvmt": "bao ve moi truong", "bvtv": "bao ve thuc vat",
	"pccc": "phong chay chua chay", "vsmt": "ve sinh moi truong", "ddk": "dai doan ket", "thcs": "trung hoc co so",
	"kt": "kinh te", "vhxh": "van hoa xa hoi", "vh": "van hoa", "xh": "xa hoi", "qpan": "quoc phong an ninh",
	"anqp": "an ninh quoc phong", "qp": "quoc phong", "htct": "he thong chinh tri", "ktxh": "kinh te xa hoi",
	"tt": "tap the", "cn": "ca nhan", "dn": "doanh nghiep", "xdd": "xay dung dang", "tgdv": "tuyen giao va dan van",
	"hb": "hoc bac", "mn": "mam non", "th": "tieu hoc",
}

// Expand writes a text folded, with its abbreviations in full: "XD NTM" and "xây
// dựng nông thôn mới" meet. It is for comparing only, never for showing.
func Expand(text string) string { return expandFolded(Fold(text)) }

func expandFolded(fold string) string {
	words := strings.Fields(fold)
	for i, w := range words {
		switch {
		case w == "d" && i+1 < len(words) && words[i+1] == "c":
			words[i], words[i+1] = "dong", "chi"
		case w == "an" && i > 0 && words[i-1] == "quoc phong", w == "an" && i+1 < len(words) && words[i+1] == "qp":
			words[i] = "an ninh"
		case w == "xd":
			words[i] = "xay dung"
		default:
			if full, ok := abbreviations[w]; ok {
				words[i] = full
			}
		}
	}

	return strings.Join(words, " ")
}
