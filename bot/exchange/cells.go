package exchange

import (
	"strconv"
	"strings"

	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

func (r *row) readTitle(_ sheet.Cell, s string) error {
	s = strings.Join(strings.Fields(s), " ")
	if least := r.form.Step("title").Min; len([]rune(s)) < least {
		return wrong("answer.too_short", map[string]any{"Length": len([]rune(s)), "Min": least})
	}
	r.m.Title = s
	return r.sized("title", s)
}

func (r *row) readKind(_ sheet.Cell, s string) error {
	r.m.Kind = fixed(r.reading, "register.kind.", s, store.Collective, store.Individual)
	if r.m.Kind == "" {
		return r.noChoice(s, r.Say(store.Collective), r.Say(store.Individual))
	}
	return nil
}

func (r *row) readRegistrants(_ sheet.Cell, s string) error {
	r.m.Registrants = store.ReadRegistrants(s)
	for _, one := range r.m.Registrants {
		if err := r.sized("group", one.Name); err != nil {
			return err
		}
	}
	return nil
}

func (r *row) readField(_ sheet.Cell, s string) error {
	return r.entry("field", s, fieldsOf, func(e *store.Entry, key string) { e.Field = key })
}

func (r *row) readTitleGroup(_ sheet.Cell, s string) error {
	return r.entry("title_group", s, titlesOf, func(e *store.Entry, key string) { e.TitleGroup = key })
}

// entry reads a part of what the model is in its campaign.
func (r *row) entry(name, s string, list func(store.Campaign) []store.Option, set func(*store.Entry, string)) error {
	if r.m.Unit == "" {
		return nil // whose campaign it would be is not known; that is the fault
	}
	if err := r.bind(); err != nil {
		return err
	}
	key, err := r.choose(name, s, list)
	if err == nil {
		set(&r.m.Entries[0], key)
	}
	return err
}

func (r *row) readOrigin(_ sheet.Cell, s string) error {
	origin := fixed(r.reading, "register.origin.", s, store.New, store.Maintained, store.Upgraded)
	if origin == "" {
		return r.noChoice(s, r.Say(store.New), r.Say(store.Maintained), r.Say(store.Upgraded))
	}
	if r.m.Unit == "" {
		return nil
	}
	err := r.bind()
	if err == nil {
		r.m.Entries[0].Origin = origin
	}
	return err
}

func (r *row) readSpan(_ sheet.Cell, s string) error {
	if !r.m.From.IsZero() || !r.m.To.IsZero() {
		return nil
	}
	found, err := answer.Period(s, r.today)
	if err != nil {
		return err
	}
	span, err := only(found, s)
	r.m.From, r.m.To = span.From, span.To
	return err
}

// readContact reads who is in charge, and the number that may stand there, too.
func (r *row) readContact(_ sheet.Cell, s string) error {
	name, found, err := answer.Contact(s)
	if err == nil && len(found.Values) == 1 {
		r.m.Contact, r.m.Phone = name, found.Values[0]
	} else {
		r.m.Contact = strings.Join(strings.Fields(s), " ")
	}
	return r.sized("group", r.m.Contact)
}

func (r *row) readPhone(_ sheet.Cell, s string) error {
	found, err := answer.Phone(s)
	if err != nil {
		return err
	}
	r.m.Phone, err = only(found, s)
	return err
}

func (r *row) readTags(_ sheet.Cell, s string) error {
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ';' || c == '\n' }) {
		key, err := r.choose("tags", strings.TrimSpace(part), tagsOf)
		if err != nil {
			return err
		}
		r.m.Tags = append(r.m.Tags, key)
	}
	return nil
}

func (r *row) readState(_ sheet.Cell, s string) error {
	state := fixed(r.reading, "state.", s, store.States...)
	if state == "" {
		return r.noChoice(s, r.Say(store.Doing), r.Say(store.Done), r.Say(store.Paused), r.Say(store.Failed))
	}
	r.m.State, r.stated = state, state != store.Waiting
	return nil
}

// readReason takes a reason of the list from before the words.
func (r *row) readReason(_ sheet.Cell, s string) error {
	said, rest, _ := strings.Cut(s, ": ")
	if key := fixed(r.reading, "update.reason.", said, reasons()...); key != "" {
		r.m.Reason, r.m.Remark = key, rest
		return nil
	}
	r.m.Remark = s
	return nil
}

// readResults reads what was done so far; where the file has the model's updates, they
// say it.
func (r *row) readResults(_ sheet.Cell, s string) error {
	if r.retold() {
		return nil
	}
	found, err := answer.Results(s)
	if err != nil {
		return err
	}
	result, err := only(found, s)
	r.results, r.money = result.Amounts, append(r.money, result.Money...)
	return err
}

// fullSum is the number from which on a bare one is a sum in full.
const fullSum = 100_000

func (r *row) readMoney(c sheet.Cell, s string) error {
	if r.retold() {
		return nil
	}
	bare := strings.NewReplacer(",", "", ".", "").Replace(s)
	if n, err := strconv.ParseInt(bare, 10, 64); c.Kind == sheet.Number && err == nil && n >= fullSum {
		s += " đồng"
	}
	found, err := answer.MoneyParts(s)
	if err != nil {
		return err
	}
	r.money, err = only(found, s)
	return err
}

func (r *row) readYear(_ sheet.Cell, s string) error {
	year, err := strconv.Atoi(strings.TrimSuffix(s, ".0"))
	if err != nil || year < 1990 || year > r.today.Year {
		return wrong("exchange.year", map[string]any{"Text": answer.Excerpt(s), "Year": strconv.Itoa(r.today.Year)})
	}
	r.m.Year = year
	return nil
}

// choose reads a value of a list of the row's campaign.
func (r *row) choose(name, s string, list func(store.Campaign) []store.Option) (string, error) {
	memo := name + "/" + string(r.campaign.ID) + "/" + s
	key, known := r.meant[memo]
	if !known {
		key = keyOf(list(r.campaign), s)
		r.meant[memo] = key
	}
	if key == "" {
		var labels []string
		for _, o := range list(r.campaign) {
			labels = append(labels, o.Label.In(r.Lang))
		}
		return "", r.noChoice(s, labels...)
	}
	return key, nil
}

// keyOf reads a value of a list; "" where it is none, or may be several.
func keyOf(list []store.Option, s string) string {
	named := make([]answer.Named, len(list))
	for i, o := range list {
		named[i] = answer.Named{Key: o.Key, Names: append([]string{o.Key}, o.Aliases...)}
		for _, label := range []store.Label{o.Label, o.Short} {
			for _, name := range label {
				named[i].Names = append(named[i].Names, name)
			}
		}
	}
	return onlyChoice(s, named)
}

// onlyChoice is the key of the one choice that a text means.
func onlyChoice(s string, named []answer.Named) string {
	if _, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		return "" // nobody sees a numbered list here
	}
	if found := answer.Choose(s, named); len(found) == 1 {
		return named[found[0]].Key
	}
	return ""
}

// noChoice refuses a value that none of a list is.
func (r *row) noChoice(s string, labels ...string) error {
	return wrong("exchange.no_choice", map[string]any{"Text": answer.Excerpt(s), "Options": strings.Join(labels, "; ")})
}

// fixed reads a choice whose texts stand in the catalogue behind a prefix; "" where it
// is none of these.
func fixed[K ~string](r *reading, prefix, s string, keys ...K) K {
	memo := prefix + s
	if key, known := r.meant[memo]; known {
		return K(key)
	}
	named := make([]answer.Named, len(keys))
	for i, key := range keys {
		o := r.FixedOption(string(key), prefix+string(key))
		named[i] = answer.Named{Key: o.Key, Names: append(o.Names, o.Key)}
	}
	r.meant[memo] = onlyChoice(s, named)
	return K(r.meant[memo])
}

// reasons are the keys of the reasons why a model is paused or failed.
func reasons() []string { return forms.Update().Step("reason").Options }
