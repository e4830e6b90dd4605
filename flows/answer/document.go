package answer

import (
	"regexp"
	"strings"
)

// documentNumber is a number, perhaps a year, a kind and an issuer, in any of
// the ways in which they are joined: 14/KH/BDVTU, 205-KH/BDVQU, 249/MTTQ-BTT,
// 06/2021/QĐ-UBND, 06/2022/QH15.
var documentNumber = regexp.MustCompile(
	`(?:^|[^\d\pL/.-])(\d{1,5})(?:/(\d{4}))?\s?([-/])\s?(\pL{2,8}\d{0,2})(?:\s?([-/])\s?(\pL{1,12}\d{0,3}(?:-\pL{1,8})?))?`)

// dashes writes the printer's dashes as a hyphen.
var dashes = strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-")

// documentKinds are the kinds of documents, by their folded abbreviation.
var documentKinds = map[string]string{
	"kh": "KH", "ct": "CT", "nq": "NQ", "qd": "QĐ", "cv": "CV", "hd": "HD", "bc": "BC", "tb": "TB", "kl": "KL",
	"ttr": "TTr", "qc": "QC", "qdi": "QĐi", "nd": "NĐ", "tt": "TT", "cd": "CĐ", "ctr": "CTr", "da": "ĐA", "bb": "BB",
	"gm": "GM", "gt": "GT", "dt": "DT", "cttu": "CTTU",
}

// Documents finds the numbers of documents in a text and writes them in their
// canonical form (domain.md §2.7): a Party document as 205-KH/BDVQU, a state
// document as 249/MTTQ-BTT or 06/2021/QĐ-UBND, the number with two digits at
// least. Each stands once, in order.
func Documents(text string) []string {
	var out []string
	for _, m := range documentNumber.FindAllStringSubmatch(dashes.Replace(narrow(Clean(text))), -1) {
		if d := canonical(m[1], m[2], m[3], m[4], m[5], m[6]); d != "" {
			out = append(out, d)
		}
	}
	return distinct(out)
}

// canonical joins the parts of a document number, or returns "" if they are none.
func canonical(number, year, first, kind, second, issuer string) string {
	known, isKind := documentKinds[Fold(kind)]
	capital := kind == strings.ToUpper(kind)
	switch {
	case isKind:
		kind = known
	case !capital, issuer != strings.ToUpper(issuer), issuer == "" && year == "":
		return ""
	}

	if issuer == "" && (year == "" || isKind) {
		return ""
	}
	if isKind && !capital && issuer != strings.ToUpper(issuer) && strings.ToLower(issuer) != issuer {
		return ""
	}
	if len(number) < 2 {
		number = "0" + number
	}

	issuer = strings.ToUpper(issuer)
	switch {
	case year != "" && issuer == "":
		return number + "/" + year + "/" + kind
	case year != "":
		return number + "/" + year + "/" + kind + "-" + issuer
	case second == "-" && first == "/":
		return number + "/" + kind + "-" + issuer
	}

	return number + "-" + kind + "/" + issuer
}
