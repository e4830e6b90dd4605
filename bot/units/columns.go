package units

import (
	"strings"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
)

// The columns, by their names.
const (
	codeColumn       = "code"
	nameColumn       = "name"
	kindColumn       = "kind"
	parentColumn     = "parent_code"
	parentNameColumn = "parent_name"
	fromColumn       = "valid_from"
	toColumn         = "valid_to"
	successorsColumn = "successors"
)

func columns() []sheet.Column {
	return []sheet.Column{
		{Name: codeColumn, Said: "Mã", Needed: true, Heads: []string{
			"code", "ma", "ma don vi", "ma dvhc", "ma so", "ma xa", "ma xa phuong", "wardcode", "ward code",
		}},
		{Name: nameColumn, Said: "Tên", Needed: true, Heads: []string{
			"name", "ten", "ten don vi", "ten dvhc", "ten xa", "ten xa phuong", "ward",
		}},
		{Name: kindColumn, Said: "Loại", Needed: true, Heads: []string{
			"kind", "loai", "loai hinh", "loai don vi", "cap", "type", "wardtype", "ward type",
		}},

		{Name: parentColumn, Said: "Mã cấp trên", Needed: true, Heads: []string{
			"parent code", "ma cha", "ma cap tren", "truc thuoc", "ma tinh", "ma tp", "ma tinh tp", "ma tinh thanh pho",
			"provincecode", "province code",
		}},
		{Name: parentNameColumn, Said: "Tên cấp trên", Heads: []string{
			"parent name", "ten cap tren", "tinh", "tinh tp", "tinh thanh", "tinh thanh pho", "ten tinh", "ten tinh thanh pho", "province",
		}},
		{Name: fromColumn, Said: "Từ ngày", Heads: []string{"valid from", "tu ngay", "hieu luc tu", "ngay hieu luc"}},
		{Name: toColumn, Said: "Đến ngày", Heads: []string{"valid to", "den ngay", "hieu luc den", "het hieu luc"}},
		{Name: successorsColumn, Said: "Mã kế thừa", Heads: []string{"successors", "ma ke thua", "don vi ke thua"}},
	}
}

// kindOf reads the word for a kind of unit; "" when there is no such word.
func kindOf(word string) store.UnitKind {
	switch answer.Fold(word) {
	case "tinh", "province":
		return store.Province
	case "thanh pho", "city":
		return store.City
	case "xa", "commune":
		return store.Commune
	case "phuong", "ward":
		return store.Ward
	case "dac khu", "special zone":
		return store.SpecialZone
	case "to chuc", "co quan", "organisation", "don vi", "don vi su nghiep", "so", "ban", "nganh", "phong", "van phong", "uy ban", "truong",
		"truong hoc", "doanh nghiep", "cong ty", "chi bo", "dang bo", "hoi", "doan", "doan the", "cong doan", "mttq", "mat tran",
		"llvt", "luc luong vu trang", "cong an", "quan su", "bien phong", "don bien phong", "company", "school", "association":
		return store.Organisation
	}
	return ""
}

// Word is the word for a kind of place, as a list has it and a name begins.
func Word(k store.UnitKind) string {
	return map[store.UnitKind]string{
		store.Province: "tỉnh", store.City: "thành phố", store.Commune: "xã", store.Ward: "phường", store.SpecialZone: "đặc khu",
	}[k]
}

// split takes a name apart: the kind with whose word it begins, and the rest.
func split(name string) (store.UnitKind, string) {
	low := strings.ToLower(name)
	for _, k := range store.UnitKinds {
		if word := Word(k); word != "" && strings.HasPrefix(low, word+" ") {
			return k, strings.TrimSpace(name[len(word):])
		}
	}
	return "", name
}
