package answer

import "strings"

// Invalid is a polite refusal: a catalogue key with the arguments of its text.
// Values of Args are strings, ints, store.Date, store.Money or store.Quantity.
//
// Nearly every key has an argument Text: the beginning of what was typed, to be
// shown to the person who typed it.
type Invalid struct {
	Key  string
	Args map[string]any
}

// Error names the key only: answers do not belong into logs.
func (e *Invalid) Error() string { return "answer not understood: " + e.Key }

// Reading is what a text may mean. One value without Confirm is to be taken.
// One value with Confirm is a question: is it this? Several values are a
// question too: which of them? The likeliest comes first.
type Reading[T any] struct {
	Values  []T
	Confirm bool
	Marked  string // the text as typed, what is in doubt between « and »; "" where nothing is marked
	// Aside is what a text of sums that are taken says with other numbers, as typed.
	Aside []string
}

// The keys of refusals.
const (
	moneyNone     = "answer.money.none"
	moneyVague    = "answer.money.vague"
	moneyUnclear  = "answer.money.unclear"
	moneyOther    = "answer.money.another"
	moneyCurrency = "answer.money.currency"
	moneyEach     = "answer.money.each"
	moneyZero     = "answer.money.nothing"
	moneyNegative = "answer.money.negative"
	moneyTooBig   = "answer.money.too_big"
	moneySum      = "answer.money.sum"

	quantityNone     = "answer.quantity.none"
	quantityVague    = "answer.quantity.vague"
	quantityUnclear  = "answer.quantity.unclear"
	quantityNoUnit   = "answer.quantity.no_unit"
	quantityMoney    = "answer.quantity.money"
	quantityZero     = "answer.quantity.nothing"
	quantityNegative = "answer.quantity.negative"
	quantityTooBig   = "answer.quantity.too_big"

	dateNone      = "answer.date.none"
	dateNoDay     = "answer.date.no_day"
	dateNoSuchDay = "answer.date.no_such_day"
	dateNoMonth   = "answer.date.no_such_month"
	dateNoLunar   = "answer.date.no_such_lunar_day"
	dateYear      = "answer.date.year"

	periodNone      = "answer.period.none"
	periodBackwards = "answer.period.backwards"

	phoneNone     = "answer.phone.none"
	phoneLength   = "answer.phone.length"
	phonePrefix   = "answer.phone.prefix"
	contactNoName = "answer.contact.no_name"
	// NoPhone says that a contact has a name and no number yet.
	NoPhone = "answer.contact.no_phone"
)

// Keys lists every key that an Invalid can carry.
func Keys() []string {
	return []string{
		moneyNone, moneyVague, moneyUnclear, moneyOther, moneyCurrency, moneyEach, moneyZero, moneyNegative,
		moneyTooBig, moneySum,
		quantityNone, quantityVague, quantityUnclear, quantityNoUnit, quantityMoney, quantityZero,
		quantityNegative, quantityTooBig,
		dateNone, dateNoDay, dateNoSuchDay, dateNoMonth, dateNoLunar, dateYear,
		periodNone, periodBackwards,
		phoneNone, phoneLength, phonePrefix, contactNoName, NoPhone,
	}
}

// refuse makes an Invalid that quotes what was typed.
func refuse(key, typed string, args ...any) *Invalid {
	m := map[string]any{"Text": Excerpt(typed)}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	return &Invalid{Key: key, Args: m}
}

// Excerpt is the beginning of a text in one line, short enough to quote.
func Excerpt(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	for i, n := 0, 0; i < len(s); n++ {
		if n == most {
			return strings.TrimSpace(s[:i]) + "…"
		}
		i += runeLen(s[i:])
	}
	return s
}
