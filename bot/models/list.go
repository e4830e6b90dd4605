package models

import (
	"slices"
	"strconv"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// listModels shows the models of the scope from the start.
func (t turn) listModels() error {
	t.Person.View, t.Dirty = store.View{Revision: t.Person.View.Revision + 1}, true
	if err := t.showList(false); err != nil {
		return err
	}
	return t.Again()
}

// turnList obeys a button of the list: "revision.what". An older list's
// buttons are answered politely and change nothing.
func (t turn) turnList(about string) error {
	rev, what, _ := strings.Cut(about, ".")
	if link.ID(rev) != t.Person.View.Revision {
		return t.Toast("list.old", nil)
	}

	v := &t.Person.View
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
	t.Dirty = true
	return t.showList(true)
}

// heads lists what the view shows, newest first.
func (t turn) heads(v store.View) ([]store.Head, error) {
	q := store.ModelQuery{In: t.Scope(), Year: v.Year, Fields: t.Post.Portfolio.Fields}
	if v.State != "" {
		q.States = []store.State{v.State}
	}
	if v.Field != "" {
		q.Fields = []string{v.Field}
		if own := t.Post.Portfolio.Fields; len(own) > 0 && !slices.Contains(own, v.Field) {
			return nil, nil
		}
	}
	if v.Query != "" {
		return t.seek(q, v.Query)
	}
	return t.Heads(q)
}

// filtered reports whether a view shows less than everything.
func filtered(v store.View) bool {
	return v.State != "" || v.Field != "" || v.Year != 0 || v.Query != ""
}

// showList shows one page of the person's view.
func (t turn) showList(inPlace bool) error {
	v := &t.Person.View
	heads, err := t.heads(*v)
	if err != nil {
		return err
	}
	heads, count := t.sift(*v, heads)
	page := text.PageOf(len(heads), text.ListPage, v.Page)
	v.Page = page.At

	a := text.Args{
		"Of": len(heads), "Outside": t.outsideText(count), "Counted": count.standing(*v),
		"Query": answer.Excerpt(v.Query), "State": v.State,
		"Year": text.Year(v.Year), "Page": page.At + 1, "Pages": page.Of, "Filtered": filtered(*v),
	}
	if a["Field"], err = t.fieldLabel(v.Field); err != nil {
		return err
	}
	a["Unit"] = t.UnitName(t.Post.Unit)

	shown := heads[page.From:page.To]
	lines := make([]text.Args, len(shown))
	numbers := make([]store.Button, len(shown))
	for i, h := range shown {
		n := page.From + i + 1
		lines[i] = text.Args{"N": n, "Title": h.Title, "Code": h.Code, "State": h.State, "When": h.ProgressAt, "Unit": ""}
		if h.Unit != t.Post.Unit {
			lines[i]["Unit"] = t.UnitName(h.Unit)
		}
		numbers[i] = store.Button{Text: strconv.Itoa(n), Data: link.Model.To(link.Ref(h.ID))}
	}
	a["Lines"] = t.Lines("list.line", lines)

	buttons := text.InRows(numbers, 4)
	if n := count[store.Returned]; n > 0 && v.State == "" && t.May(access.RegisterModels) {
		first := t.Button("list.mend", t.listLink("state="+string(store.Returned)), text.Args{"Count": n})
		buttons = append([][]store.Button{text.Row(text.Green(first))}, buttons...)
	}
	buttons = append(buttons, t.Pager(page, text.Numbered(t.listLink("page=")))...)
	return t.Show(store.Message{Text: t.Text("list.card", a), Buttons: append(buttons, t.below(len(heads))...)}, inPlace)
}

// below are the buttons under a list of so many models: how to narrow it, or
// what to do where there is none.
func (t turn) below(shown int) [][]store.Button {
	all := text.Row(t.Button("list.all", t.listLink("all"), nil))
	switch v := t.Person.View; {
	case shown > 0:
		out := [][]store.Button{text.Row(
			t.Button("list.by_state", t.listLink("state"), nil),
			t.Button("list.by_field", t.listLink("field"), nil),
			t.Button("list.by_year", t.listLink("year"), nil),
		)}
		if filtered(v) {
			out = append(out, all)
		}
		return out

	case v.Query != "":
		return append(t.wishes(), all)
	case filtered(v):
		return [][]store.Button{all}
	case t.May(access.RegisterModels):
		return [][]store.Button{text.Row(text.Green(t.Button("button.register", link.Register.To(), nil)))}
	}
	return nil
}

// wishes are the jobs that somebody may have wanted who sought what there is not.
func (t turn) wishes() [][]store.Button {
	var out []store.Button
	switch {
	case t.May(access.SubmitReports):
		out = append(out, t.Button("list.report", "/report", nil))
	case t.May(access.ViewFigures):
		out = append(out, t.Button("list.summary", "/summary", nil))
	}
	if t.May(access.RegisterModels) {
		out = append(out, t.Button("list.register", "/register", nil))
	}
	return [][]store.Button{append(out, t.Button("menu.help", "/help", nil))}
}

// listLink is a link of the present list.
func (t turn) listLink(what string) string {
	return link.List.To(link.Ref(t.Person.View.Revision), what)
}

// pickFilter asks, in place, by what the list is to be narrowed: only values
// that occur are offered, each with its count.
func (t turn) pickFilter(key string) error {
	v := t.Person.View
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
		own := h.Entries.Within(t.Post.Portfolio.Fields).First()
		value := map[string]string{"state": string(h.State), "field": own.Field, "year": text.Year(h.Year)}[key]
		if counts[value]++; counts[value] == 1 {
			order = append(order, value)
		}
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
			label = text.Capital(t.Plain("state."+value, nil))
		case "field":
			if label, err = t.fieldLabel(value); err != nil {
				return err
			}
		}
		buttons = append(buttons, t.Button("list.value", t.listLink(key+"="+value), text.Args{"Label": label, "Count": counts[value]}))
	}
	rows := append(text.InRows(buttons, 1), text.Row(t.Button("list.back", t.listLink("page="+strconv.Itoa(v.Page)), nil)))
	return t.Revise(store.Message{Text: t.Text("list.pick_"+key, nil), Buttons: rows})
}

// fieldLabel names a field of work; "" for none.
func (t turn) fieldLabel(key string) (string, error) {
	if key == "" {
		return "", nil
	}
	return about.Label(t.Turn, t.Voice, key, func(c store.Campaign) []store.Option { return c.Fields })
}
