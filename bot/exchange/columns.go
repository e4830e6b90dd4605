package exchange

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// column is a column of a table of models: how it is headed, how it is written, and
// how what stands in it becomes a part of a model. Its head is the text
// exchange.column.<name>, in any language.
type column struct {
	name   string
	heads  []string // what else people head it with
	needed bool
	says   string  // the column that it says the same as, in another way
	wide   float64 // characters; 0: fourteen
	write  func(w *writer, o one) string
	read   func(r *row, cell sheet.Cell, text string) error // nil: it is only written
}

// columns lists them in their order. What a column reads may rest on those before it:
// the lists of a campaign on the unit.
func columns() []column {
	return slices.Concat(placeColumns(), answerColumns(), lifeColumns())
}

// placeColumns say which model it is, whose, and under which campaign.
func placeColumns() []column {
	return []column{
		{
			name: "code", heads: []string{"ma so mo hinh", "code"}, wide: 20,
			write: func(_ *writer, o one) string { return o.Code }, read: (*row).readCode,
		},
		{
			name: "unit_code", heads: []string{"ma dvhc", "ma xa", "ma xa phuong"}, wide: 10,
			write: func(_ *writer, o one) string { return string(o.Unit) }, read: (*row).readUnitCode,
		},
		{
			name: "unit", heads: []string{"ten don vi", "xa phuong", "xa", "xa phuong dac khu", "co quan don vi"}, wide: 24,
			write: func(w *writer, o one) string { return w.unitName(o.Unit) }, read: (*row).readUnit,
		},

		{
			name: "year", heads: []string{"nam"}, wide: 8,
			write: func(_ *writer, o one) string { return text.Year(o.Year) }, read: (*row).readYear,
		},
		{
			name: "registered", heads: []string{"ngay"}, wide: 19,
			write: func(w *writer, o one) string { return w.instant(o.RegisteredAt) },
			read:  func(r *row, c sheet.Cell, s string) (err error) { r.m.RegisteredAt, err = r.instant(c, s); return err },
		},
		{
			name: "campaigns", heads: []string{"ke hoach phat dong", "van ban phat dong"}, wide: 20,
			write: func(w *writer, o one) string { return w.entries(o.Entries) }, read: (*row).readCampaigns,
		},

		{
			name: "title", heads: []string{"ten", "mo hinh", "ten mo hinh dan van kheo", "model"}, needed: true, wide: 36,
			write: func(_ *writer, o one) string { return o.Title }, read: (*row).readTitle,
		},
		{
			name: "kind", heads: []string{"loai", "loai hinh", "tap the ca nhan", "loai mo hinh"}, wide: 12,
			write: func(w *writer, o one) string { return w.Say(o.Kind) }, read: (*row).readKind,
		},
		{
			name: "registrants", heads: []string{"chu the", "tap the ca nhan dang ky", "don vi thuc hien"}, wide: 30,
			write: func(_ *writer, o one) string { return o.Registrant() }, read: (*row).readRegistrants,
		},

		{
			name: "field", heads: []string{"linh vuc chinh", "linh vuc hoat dong"}, wide: 24,
			write: func(w *writer, o one) string { return w.option(o.Entries, fieldsOf, o.Entries.First().Field) },
			read:  (*row).readField,
		},
		{
			name: "title_group", heads: []string{"danh hieu", "nhom", "nhom danh hieu dang ky"}, wide: 20,
			write: func(w *writer, o one) string { return w.option(o.Entries, titlesOf, o.Entries.First().TitleGroup) },
			read:  (*row).readTitleGroup,
		},
		{
			name: "origin", heads: []string{"hinh thuc", "moi duy tri", "moi hay duy tri"}, wide: 16,
			write: func(w *writer, o one) string { return w.Say(o.Entries.First().Origin) }, read: (*row).readOrigin,
		},

		{
			name: "predecessor", heads: []string{"mo hinh truoc"}, wide: 20,
			write: func(w *writer, o one) string { return w.codes[o.Predecessor] },
			read:  func(r *row, _ sheet.Cell, s string) error { r.from = strings.ToUpper(s); return nil },
		},
	}
}

// answerColumns are the other answers of the registration.
func answerColumns() []column {
	return []column{
		written("place", func(m *store.Model) *string { return &m.Place }, "dia ban", "dia diem", "noi thuc hien", "doi tuong"),
		written("problem", func(m *store.Model) *string { return &m.Problem }, "ly do", "thuc trang", "su can thiet"),
		written("target", func(m *store.Model) *string { return &m.Target }, "muc tieu chi tieu", "chi tieu"),
		written("content", func(m *store.Model) *string { return &m.Content }, "noi dung", "cach lam", "noi dung thuc hien"),
		{
			name: "from", heads: []string{"tu", "bat dau", "ngay bat dau", "thoi gian bat dau"}, wide: 12,
			write: func(_ *writer, o one) string { return text.Date(o.From) },
			read:  func(r *row, c sheet.Cell, s string) (err error) { r.m.From, err = r.day(c, s); return err },
		},
		{
			name: "to", heads: []string{"den", "ket thuc", "ngay ket thuc", "thoi gian ket thuc", "thoi gian hoan thanh"}, wide: 12,
			write: func(_ *writer, o one) string { return text.Date(o.To) },
			read:  func(r *row, c sheet.Cell, s string) (err error) { r.m.To, err = r.day(c, s); return err },
		},

		{name: "span", heads: []string{"thoi gian", "thoi gian thuc hien", "tien do"}, read: (*row).readSpan},
		{
			name: "contact", heads: []string{"phu trach", "can bo phu trach", "nguoi lien he", "dau moi"}, wide: 22,
			write: func(w *writer, o one) string { return w.private(o.Contact) }, read: (*row).readContact,
		},
		{
			name: "phone", heads: []string{"sdt", "dien thoai", "so dt", "so dien thoai lien he"}, wide: 14,
			write: func(w *writer, o one) string { return w.private(text.Phone(o.Phone)) }, read: (*row).readPhone,
		},
		written("partners", func(m *store.Model) *string { return &m.Partners }, "phoi hop", "don vi phoi hop"),
		written("resources", func(m *store.Model) *string { return &m.Resources }, "nguon luc", "kinh phi", "kinh phi du kien"),
		written("output", func(m *store.Model) *string { return &m.Output }, "san pham"),

		written("spread", func(m *store.Model) *string { return &m.Spread }, "nhan rong"),
		{
			name: "level", heads: []string{"cap"}, wide: 12,
			write: func(w *writer, o one) string { return w.option(o.Entries, levelsOf, o.Level) },
			read: func(r *row, _ sheet.Cell, s string) (err error) {
				r.m.Level, err = r.choose("level", s, levelsOf)
				return err
			},
		},
		{
			name: "tags", heads: []string{"nhan", "nhom uu tien"}, wide: 20,
			write: func(w *writer, o one) string { return w.tags(o) }, read: (*row).readTags,
		},

		written("basis", func(m *store.Model) *string { return &m.Basis }, "can cu", "van ban"),
	}
}

// lifeColumns say what has become of the model.
func lifeColumns() []column {
	return []column{
		{
			name: "state", heads: []string{"tinh trang", "ket qua thuc hien"}, wide: 16,
			write: func(w *writer, o one) string { return w.Say(o.State) }, read: (*row).readState,
		},
		{
			name: "reason", heads: []string{"ly do chua thuc hien", "ghi chu"}, wide: 24,
			write: func(w *writer, o one) string { return w.reason(o.Reason, o.Remark) }, read: (*row).readReason,
		},
		{
			name: "results", heads: []string{"ket qua", "ket qua dat duoc", "so luong"}, wide: 30,
			write: func(w *writer, o one) string { return w.quantities(o.last().Results) }, read: (*row).readResults,
		},

		{
			name: "money", heads: []string{"gia tri", "gia tri thuc hien", "tong gia tri", "so tien"}, wide: 24,
			write: func(w *writer, o one) string { return w.figures().Sums(o.last().Money) }, read: (*row).readMoney,
		},
		{
			name: "updated", heads: []string{"ngay cap nhat", "ngay hoan thanh"}, wide: 12,
			write: func(_ *writer, o one) string { return text.Date(o.last().Day) },
			read:  func(r *row, c sheet.Cell, s string) (err error) { r.updated, err = r.day(c, s); return err },
		},
		{
			name: "confirmed", wide: 19,
			write: func(w *writer, o one) string { return w.instant(o.ConfirmedAt) },
			read:  func(r *row, c sheet.Cell, s string) (err error) { r.m.ConfirmedAt, err = r.instant(c, s); return err },
		},

		{
			name: "into", wide: 20,
			write: func(w *writer, o one) string { return w.codes[o.Into] },
			read:  func(r *row, _ sheet.Cell, s string) error { r.into = strings.ToUpper(s); return nil },
		},
	}
}

// written is the column of an answer in words, of the size that the form takes.
func written(name string, at func(*store.Model) *string, heads ...string) column {
	return column{
		name: name, heads: heads, wide: 36,
		write: func(_ *writer, o one) string { return *at(&o.Model) },
		read:  func(r *row, _ sheet.Cell, s string) error { *at(&r.m) = s; return r.sized(name, s) },
	}
}

// one is a model with what happened to it.
type one struct {
	store.Model
	updates []store.Progress
	reviews []store.Review
}

// last is the last update that says something new; the empty one while there is none.
func (o one) last() store.Progress {
	corrected := map[store.ProgressID]bool{}
	for _, p := range o.updates {
		corrected[p.Corrects] = true
	}
	for _, p := range slices.Backward(o.updates) {
		if !p.Nothing && !corrected[p.ID] {
			return p
		}
	}
	return store.Progress{}
}

// The lists of a campaign.
func fieldsOf(c store.Campaign) []store.Option { return c.Fields }
func titlesOf(c store.Campaign) []store.Option { return c.Titles }
func levelsOf(c store.Campaign) []store.Option { return c.Levels }
func tagsOf(c store.Campaign) []store.Option   { return c.Tags }

// head is how a column is headed in a language.
func (c column) head(v text.Voice) string { return v.Plain("exchange.column."+c.name, nil) }

// known is the column as the reader of tables looks for it.
func (c column) known(v text.Voice) sheet.Column {
	heads := slices.Clone(c.heads)
	for _, lang := range v.Words.Languages() {
		heads = append(heads, c.head(v.In(lang)))
	}
	return sheet.Column{Name: c.name, Said: c.head(v), Heads: heads, Needed: c.needed}
}

// clockLayout is how a table writes an instant.
const clockLayout = "02/01/2006 15:04:05"

// instant writes an instant; "" for none.
func (w *writer) instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(w.Zone).Format(clockLayout)
}

// instant reads what instant wrote, or a day; of a day its beginning.
func (r *row) instant(c sheet.Cell, s string) (time.Time, error) {
	if at, err := time.ParseInLocation(clockLayout, s, r.Zone); err == nil {
		return at, nil
	}
	day, err := r.day(c, s)
	if err != nil {
		return time.Time{}, err
	}
	return day.Time(r.Zone), nil
}

// The numbers by which a spreadsheet counts days: the years 1982 to 2064.
const (
	firstSerial = 30_000
	lastSerial  = 60_000
)

// day reads a day: a date of the spreadsheet, the number of one whose cell lost its
// format, or a text as people type it.
func (r *row) day(c sheet.Cell, s string) (store.Date, error) {
	var day store.Date
	if c.Kind == sheet.Date && day.UnmarshalText([]byte(s)) == nil {
		return day, nil
	}
	if n, err := strconv.Atoi(s); err == nil && n >= firstSerial && n <= lastSerial {
		return store.Date{Year: 1899, Month: 12, Day: 30}.AddDays(n), nil
	}
	found, err := answer.Day(s, r.today)
	if err != nil {
		return day, err
	}
	return only(found, s)
}

// only is the one reading of a text; a text that may mean several is refused, for
// nobody can be asked in the middle of a table.
func only[T any](found answer.Reading[T], s string) (T, error) {
	if len(found.Values) != 1 {
		var none T
		return none, &answer.Invalid{Key: "exchange.several", Args: map[string]any{"Text": answer.Excerpt(s)}}
	}
	return found.Values[0], nil
}
