package units

import (
	"slices"
	"strings"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/store"
)

// column is a column of a list of units.
type column struct {
	name   string   // as a list of ours is headed
	said   string   // as the people say who make such lists
	names  []string // what it may be headed with
	needed bool
}

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

func columns() []column {
	return []column{
		{codeColumn, "Mã", []string{"code", "ma", "ma don vi", "ma dvhc", "ma so", "ma xa", "ma xa phuong", "wardcode", "ward code"}, true},
		{nameColumn, "Tên", []string{"name", "ten", "ten don vi", "ten dvhc", "ten xa", "ten xa phuong", "ward"}, true},
		{kindColumn, "Loại", []string{"kind", "loai", "loai hinh", "loai don vi", "cap", "type", "wardtype", "ward type"}, true},
		{parentColumn, "Mã cấp trên", []string{
			"parent code", "ma cha", "ma cap tren", "truc thuoc", "ma tinh", "ma tp", "ma tinh tp", "ma tinh thanh pho",
			"provincecode", "province code",
		}, true},
		{parentNameColumn, "Tên cấp trên", []string{
			"parent name", "ten cap tren", "tinh", "tinh tp", "tinh thanh", "tinh thanh pho", "ten tinh", "ten tinh thanh pho", "province",
		}, false},
		{fromColumn, "Từ ngày", []string{"valid from", "tu ngay", "hieu luc tu", "ngay hieu luc"}, false},
		{toColumn, "Đến ngày", []string{"valid to", "den ngay", "hieu luc den", "het hieu luc"}, false},
		{successorsColumn, "Mã kế thừa", []string{"successors", "ma ke thua", "don vi ke thua"}, false},
	}
}

// headed reports whether a head, folded, is the column's.
func (c column) headed(title string) bool {
	return slices.ContainsFunc(c.names, func(name string) bool { return answer.Fold(name) == title })
}

// headMost is how many rows are looked at for the one that names the columns:
// above it stand titles and numbers of documents.
const headMost = 50

// head is a row that names columns.
type head struct {
	row     sheet.Row
	at      map[string]int
	missing []string
}

// findHead finds the row that names the columns: the first that names all that
// are needed, else the one that names the most. False: there is no row at all.
func findHead(s sheet.Sheet) (best head, ok bool) {
	for _, row := range s.Rows[:min(len(s.Rows), headMost)] {
		h := head{row: row, at: map[string]int{}}
		for _, c := range columns() {
			i := slices.IndexFunc(row.Cells, func(cell sheet.Cell) bool { return c.headed(answer.Fold(cell.Text)) })
			switch {
			case i >= 0:
				h.at[c.name] = i
			case c.needed:
				h.missing = append(h.missing, c.said)
			}
		}
		if len(h.missing) == 0 {
			return h, true
		}
		if !ok || len(h.missing) < len(best.missing) {
			best, ok = h, true
		}
	}
	return best, ok
}

// titles are what a row of heads says.
func (h head) titles() string {
	var out []string
	for _, c := range h.row.Cells {
		if s := answer.Clean(c.Text); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
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
	case "to chuc", "co quan", "organisation", "truong", "doanh nghiep", "chi bo", "hoi":
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
