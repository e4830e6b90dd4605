package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// listPage is how many models one page of a list shows.
const listPage = 8

// listModels shows the models of the scope from the start.
func (t *turn) listModels() error {
	t.person.View, t.dirty = store.View{Revision: t.person.View.Revision + 1}, true
	if err := t.showList(false); err != nil {
		return err
	}
	return t.again()
}

// search shows the models whose titles contain what was typed, or the one
// whose code it is.
func (t *turn) search(text string) error {
	query := answer.Clean(text)
	m, err := t.tx.ModelByCode(strings.ToUpper(query))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil {
		if ok, err := t.mayWith(viewModels, m); err != nil {
			return err
		} else if ok {
			return t.showModel(m, false)
		}
	}
	if answer.Fold(query) == "" {
		return t.tell("idle.nothing_open", nil)
	}
	t.person.View, t.dirty = store.View{Query: query, Revision: t.person.View.Revision + 1}, true
	return t.showList(false)
}

// turnList obeys a button of the list: "revision.what". An older list's
// buttons are answered politely and change nothing.
func (t *turn) turnList(rest string) error {
	rev, what, _ := strings.Cut(rest, ".")
	if parseRef(rev) != t.person.View.Revision {
		return t.toast("list.old", nil)
	}
	v := &t.person.View
	key, value, chosen := strings.Cut(what, "=")
	switch {
	case key == "page":
		v.Page, _ = strconv.Atoi(value)
	case key == "state" && chosen:
		v.State, v.Page = store.State(value), 0
	case key == "field" && chosen:
		v.Field, v.Page = value, 0
	case key == "year" && chosen:
		v.Year, _ = strconv.Atoi(value)
		v.Page = 0
	case key == "state" || key == "field" || key == "year":
		return t.pickFilter(key)
	case key == "all":
		*v = store.View{Revision: v.Revision}
	}
	t.dirty = true
	return t.showList(true)
}

// heads lists what the view shows, newest first.
func (t *turn) heads(v store.View) ([]store.Head, error) {
	units, err := t.scope()
	if err != nil {
		return nil, err
	}
	q := store.ModelQuery{Units: units, Year: v.Year, Fields: t.post.Portfolio.Fields}
	if v.State != "" {
		q.States = []store.State{v.State}
	}
	if v.Field != "" {
		q.Fields = []string{v.Field}
		if own := t.post.Portfolio.Fields; len(own) > 0 && !slices.Contains(own, v.Field) {
			return nil, nil
		}
	}
	q.Words = strings.Fields(answer.Fold(v.Query))
	return t.tx.Heads(q)
}

// showList shows one page of the person's view.
func (t *turn) showList(inPlace bool) error {
	v := &t.person.View
	heads, err := t.heads(*v)
	if err != nil {
		return err
	}
	heads, count := t.sift(*v, heads)
	pages := max(1, (len(heads)+listPage-1)/listPage)
	v.Page = min(max(v.Page, 0), pages-1)
	from := v.Page * listPage
	shown := heads[from:min(from+listPage, len(heads))]
	a := args{
		"Of": len(heads), "Outside": t.outsideText(count), "Counted": count.standing(*v), "Query": v.Query, "State": v.State, "Year": year(v.Year), "Page": v.Page + 1, "Pages": pages,
		"Filtered": v.State != "" || v.Field != "" || v.Year != 0 || v.Query != "",
	}
	if a["Field"], err = t.fieldLabel(v.Field); err != nil {
		return err
	}
	if a["Unit"], err = t.unit(t.post.Unit); err != nil {
		return err
	}
	lines := make([]args, len(shown))
	numbers := make([]store.Button, len(shown))
	for i, h := range shown {
		lines[i] = args{"N": from + i + 1, "Title": h.Title, "Code": h.Code, "State": h.State, "When": h.ProgressAt, "Unit": ""}
		if h.Unit != t.post.Unit {
			if lines[i]["Unit"], err = t.unit(h.Unit); err != nil {
				return err
			}
		}
		numbers[i] = store.Button{Text: strconv.Itoa(from + i + 1), Data: pressModel + ref(h.ID)}
	}
	a["Lines"] = t.lines("list.line", lines)
	buttons := inRows(numbers, 4)
	if n := count[store.Returned]; n > 0 && v.State == "" && t.may(registerModels) {
		buttons = append([][]store.Button{row(green(t.button("list.mend", t.listData("state="+string(store.Returned)), args{"Count": n})))}, buttons...)
	}
	buttons = append(buttons, t.pager(v.Page, pages, numbered(t.listData("page=")))...)
	filtered := a["Filtered"].(bool)
	if len(heads) > 0 {
		buttons = append(buttons, t.filters(filtered)...)
	} else if filtered {
		buttons = append(buttons, row(t.button("list.all", t.listData("all"), nil)))
	} else if t.may(registerModels) {
		buttons = append(buttons, row(green(t.button("button.register", pressNew+forms.RegisterID, nil))))
	}
	return t.show(store.Message{Text: t.text("list.card", a), Buttons: buttons}, inPlace)
}

// listData is the data of a button of the present list.
func (t *turn) listData(what string) string {
	return pressList + strconv.FormatUint(t.person.View.Revision, 36) + "." + what
}

// pager are the buttons to the pages beside one, from 0, a row of them or none;
// to is what the button of a page says.
func (t *turn) pager(page, pages int, to func(page int) string) [][]store.Button {
	var out []store.Button
	if page > 0 {
		out = append(out, t.button("button.previous", to(page-1), nil))
	}
	if page < pages-1 {
		out = append(out, t.button("button.next", to(page+1), nil))
	}
	if out == nil {
		return nil
	}
	return [][]store.Button{out}
}

// numbered is what the button of a page says when it ends with the page.
func numbered(prefix string) func(int) string {
	return func(page int) string { return prefix + strconv.Itoa(page) }
}

func (t *turn) filters(filtered bool) [][]store.Button {
	out := [][]store.Button{row(
		t.button("list.by_state", t.listData("state"), nil),
		t.button("list.by_field", t.listData("field"), nil),
		t.button("list.by_year", t.listData("year"), nil),
	)}
	if filtered {
		out = append(out, row(t.button("list.all", t.listData("all"), nil)))
	}
	return out
}

// pickFilter asks, in place, by what the list is to be narrowed: only values
// that occur are offered, each with its count.
func (t *turn) pickFilter(key string) error {
	v := t.person.View
	switch key {
	case "state":
		v.State = ""
	case "field":
		v.Field = ""
	case "year":
		v.Year = 0
	}
	heads, err := t.heads(v)
	if err != nil {
		return err
	}
	counts, order := map[string]int{}, []string{}
	for _, h := range heads {
		value := map[string]string{"state": string(h.State), "field": h.Field, "year": year(h.Year)}[key]
		if counts[value] == 0 {
			order = append(order, value)
		}
		counts[value]++
	}
	slices.SortFunc(order, func(a, b string) int {
		if key == "state" {
			return slices.Index(store.States, store.State(a)) - slices.Index(store.States, store.State(b))
		}
		return strings.Compare(a, b)
	})
	var buttons []store.Button
	for _, value := range order {
		label := value
		switch key {
		case "state":
			label = capital(t.plain("state."+value, nil))
		case "field":
			if label, err = t.fieldLabel(value); err != nil {
				return err
			}
		}
		buttons = append(buttons, t.button("list.value", t.listData(key+"="+value), args{"Label": label, "Count": counts[value]}))
	}
	rows := append(inRows(buttons, 1), row(t.button("list.back", t.listData("page="+strconv.Itoa(v.Page)), nil)))
	return t.revise(store.Message{Text: t.text("list.pick_"+key, nil), Buttons: rows})
}

// year writes a year, which is no quantity: without a dot; "" for none.
func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// fieldLabel names a field of work as the campaign of the post's unit does.
func (t *turn) fieldLabel(key string) (string, error) {
	if key == "" {
		return "", nil
	}
	all, err := t.tx.Campaigns()
	if err != nil {
		return "", err
	}
	for _, c := range all {
		for _, o := range c.Fields {
			if o.Key == key {
				return o.Label.In(t.lang()), nil
			}
		}
	}
	return key, nil
}

// inPairs lays buttons out in their order, two to a row where both fit.
func inPairs(buttons []store.Button) [][]store.Button {
	var out [][]store.Button
	short := func(b store.Button) bool { return utf8.RuneCountInString(b.Text) <= halfRow }
	for i := 0; i < len(buttons); {
		n := 1
		if i+1 < len(buttons) && short(buttons[i]) && short(buttons[i+1]) {
			n = 2
		}
		out = append(out, buttons[i:i+n])
		i += n
	}
	return out
}

// inRows lays buttons out, n to a row.
func inRows(buttons []store.Button, n int) [][]store.Button {
	return slices.Collect(slices.Chunk(buttons, n))
}
