package store

import (
	"encoding/json"
	"strings"
)

// RegistrantKind says who registers: a collective or an individual.
type RegistrantKind string

// The two kinds of registrant.
const (
	Collective RegistrantKind = "collective"
	Individual RegistrantKind = "individual"
)

// Registrant is somebody who registers a model, alone or with others: chủ thể.
type Registrant struct {
	Name string
	Kind RegistrantKind // "": the model's
}

// registrant is a Registrant that says its kind, as it is kept.
type registrant struct {
	Name string         `json:"name"`
	Kind RegistrantKind `json:"kind"`
}

// MarshalJSON writes a name alone, as all were kept once, unless its kind is said.
func (r Registrant) MarshalJSON() ([]byte, error) {
	if r.Kind == "" {
		return json.Marshal(r.Name)
	}
	return json.Marshal(registrant(r))
}

// UnmarshalJSON reads a name, or one with its kind.
func (r *Registrant) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &r.Name)
	}
	return json.Unmarshal(b, (*registrant)(r))
}

// kindMarks are how a name says of which kind it is, behind it: the first of each is
// how it is written.
var kindMarks = []struct {
	mark string
	kind RegistrantKind
}{
	{"(cá nhân)", Individual}, {"(tập thể)", Collective}, {"(individual)", Individual}, {"(collective)", Collective},
}

// ReadRegistrants reads the names of those who register a model together: each on a
// line of its own, or behind a semicolon, with "(cá nhân)" or "(tập thể)" where it is
// not of the model's kind. A comma belongs to a name.
func ReadRegistrants(typed string) []Registrant {
	var out []Registrant
	for _, name := range strings.FieldsFunc(typed, func(r rune) bool { return r == ';' || r == '\n' }) {
		one := Registrant{Name: strings.TrimSpace(name)}
		for _, m := range kindMarks {
			if before := len(one.Name) - len(m.mark); before > 0 && strings.EqualFold(one.Name[before:], m.mark) {
				one = Registrant{strings.TrimSpace(one.Name[:before]), m.kind}
				break
			}
		}
		if one.Name != "" {
			out = append(out, one)
		}
	}
	return out
}

// WriteRegistrants writes registrants as ReadRegistrants reads them.
func WriteRegistrants(list []Registrant) string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Name
		for _, m := range kindMarks {
			if m.kind == r.Kind {
				out[i] += " " + m.mark
				break
			}
		}
	}
	return strings.Join(out, "; ")
}
