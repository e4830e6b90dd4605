package store

import (
	"slices"
	"strconv"
	"strings"
)

// Decimal is a number with three decimals, kept exactly as thousandths.
type Decimal int64

// Whole returns n as a Decimal.
func Whole(n int64) Decimal { return Decimal(n * 1000) }

// String writes the number with a point and no trailing zeros: "1.5".
func (d Decimal) String() string {
	return strconv.FormatFloat(float64(d)/1000, 'f', -1, 64)
}

// Qualifier is a word that officers put before a figure.
type Qualifier string

// The qualifiers: "trên" (more than), "gần" (nearly), "khoảng" (about).
const (
	Exactly Qualifier = ""
	Over    Qualifier = "over"
	Nearly  Qualifier = "nearly"
	About   Qualifier = "about"
)

// MoneyPart is whose money it is.
type MoneyPart string

// The parts of a model's value. AllMoney is a sum whose parts were not told.
const (
	AllMoney MoneyPart = ""
	Budget   MoneyPart = "budget"   // nhà nước
	People   MoneyPart = "people"   // dân góp
	Business MoneyPart = "business" // doanh nghiệp
	InKind   MoneyPart = "in_kind"  // hiện vật quy đổi
)

// Money is an amount of Vietnamese đồng.
type Money struct {
	VND       int64     `json:"v"`
	Part      MoneyPart `json:"p,omitempty"`
	Qualifier Qualifier `json:"q,omitempty"`
	Note      string    `json:"n,omitempty"` // what stood in brackets: "tiền và hiện vật"
	// Total says of a sum without a part that a total was told with its parts:
	// the sum is what the total exceeds them by, and may be nothing.
	Total bool `json:"t,omitempty"`
}

// Quantity is a measured result or target: 1.850 m², 620 ngày công.
type Quantity struct {
	// Metric is the key of a known unit of measure ("m2", "workday",
	// "household"), or "other" with Word as typed.
	Metric string `json:"m"`
	// Thing is the key of what was measured ("road", "land_given"), "" where
	// that is not known; Word is what the text calls it. Only like things are
	// ever added up.
	Thing     string    `json:"t,omitempty"`
	Word      string    `json:"w,omitempty"`
	Value     Decimal   `json:"v"`
	Qualifier Qualifier `json:"q,omitempty"`
}

// FileKind is the sort of file.
type FileKind string

// The kinds of file that serve as evidence.
const (
	Photo    FileKind = "photo"
	Document FileKind = "document"
	Video    FileKind = "video"
)

// Faces says whether people can be recognised in a photo, and agreed to be.
type Faces string

// The answers. "" is of a file about which nobody was asked.
const (
	NoFaces      Faces = "none"    // nobody can be recognised
	FacesAgreed  Faces = "agreed"  // who can be recognised has agreed
	FacesUnasked Faces = "unasked" // who can be recognised has not been asked yet
)

// Evidence is a photo or file that stays with the channel; only what is
// needed to show it again, and to know it again, is kept.
type Evidence struct {
	ID       string   `json:"id"`  // the channel's id, good for sending it again
	UniqueID string   `json:"uid"` // the channel's id of the content
	Kind     FileKind `json:"k"`
	Name     string   `json:"n,omitempty"` // sanitised; never a path
	Size     int64    `json:"s,omitempty"` // bytes
	Caption  string   `json:"c,omitempty"`
	Album    string   `json:"a,omitempty"` // the channel's id of the album
	Message  string   `json:"m,omitempty"` // the channel's id of the message that brought it
	Bot      string   `json:"b,omitempty"` // the channel's id of the bot that got it: ID is good for that one alone
	Hash     string   `json:"h,omitempty"` // SHA-256 of the content in hex, where it was fetched: nothing fetches files today
	Faces    Faces    `json:"f,omitempty"` // of a photo or video
}

// Pictures reports whether people may be recognised in the file.
func (e Evidence) Pictures() bool { return e.Kind == Photo || e.Kind == Video }

// Publishable reports whether the file may be shown outside: who can be
// recognised in it must have agreed.
func (e Evidence) Publishable() bool {
	return !e.Pictures() || e.Faces == NoFaces || e.Faces == FacesAgreed
}

// programs are the endings of programs and archives: they show nothing, and are
// not to be opened.
var programs = []string{
	"apk", "apks", "xapk", "aab", "ipa", "exe", "msi", "com", "bat", "cmd", "scr", "pif", "lnk", "vbs", "js", "jse", "wsf", "hta",
	"ps1", "sh", "jar", "dll", "sys", "reg", "app", "dmg", "pkg", "deb", "rpm", "appimage", "bin", "iso", "img",
	"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "arj", "lzh",
}

// IsTable reports whether a file is, by its name, a table.
func (e Evidence) IsTable() bool {
	dot := strings.LastIndexByte(e.Name, '.')
	return e.Kind == Document && dot >= 0 && slices.Contains([]string{"xlsx", "xlsm", "xls", "csv", "tsv"}, strings.ToLower(e.Name[dot+1:]))
}

// IsProgram reports whether a file is, by its name, a program or an archive.
func (e Evidence) IsProgram() bool {
	dot := strings.LastIndexByte(e.Name, '.')
	return e.Kind == Document && dot >= 0 && slices.Contains(programs, strings.ToLower(strings.TrimSpace(e.Name[dot+1:])))
}
