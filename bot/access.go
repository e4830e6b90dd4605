package bot

import (
	"errors"
	"slices"

	"danvan/store"
)

// job is something that a post may or may not do.
type job string

// The jobs.
const (
	registerModels job = "register"
	updateModels   job = "update"
	viewModels     job = "view"
	seePhones      job = "phones"
	planCampaigns  job = "plan"     // see campaigns, make and change those of the scope
	keepCalendar   job = "calendar" // of working days
)

// jobs says what each role may do, in the units of its scope. Least
// privilege: a supervisor reads, an administrator looks after posts and
// units, and neither writes for an officer.
var jobs = map[store.Role][]job{
	store.Officer:     {registerModels, updateModels, viewModels, seePhones},
	store.Coordinator: {registerModels, updateModels, viewModels, seePhones, planCampaigns},
	store.Supervisor:  {viewModels, seePhones},
	store.Admin:       {viewModels, planCampaigns, keepCalendar},
}

// may says whether the post that the person acts for may do a job at all.
func (t *turn) may(j job) bool { return roleMay(t.post.Role, j) }

func roleMay(r store.Role, j job) bool { return slices.Contains(jobs[r], j) }

// scope lists the units that the post reaches, its own first.
func (t *turn) scope() ([]store.UnitCode, error) {
	roots := t.post.Portfolio.Units
	if len(roots) == 0 {
		roots = []store.UnitCode{t.post.Unit}
	}
	var out []store.UnitCode
	for _, root := range roots {
		if root != "" {
			out = append(out, root)
		}
		below, err := below(t.tx, root)
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	return out, nil
}

// below lists every unit under a unit; "" is above all.
func below(r store.Reader, root store.UnitCode) ([]store.UnitCode, error) {
	children, err := r.Units(root)
	if err != nil {
		return nil, err
	}
	var out []store.UnitCode
	for _, u := range children {
		out = append(out, u.Code)
		deeper, err := below(r, u.Code)
		if err != nil {
			return nil, err
		}
		out = append(out, deeper...)
	}
	return out, nil
}

// reaches says whether a unit is in the post's scope. It climbs from the
// unit, so it costs the depth of the tree, not its size.
func (t *turn) reaches(code store.UnitCode) (bool, error) {
	roots := t.post.Portfolio.Units
	if len(roots) == 0 {
		roots = []store.UnitCode{t.post.Unit}
	}
	for {
		if slices.Contains(roots, code) {
			return true, nil
		}
		if code == "" {
			return false, nil
		}
		u, err := t.tx.Unit(code)
		if err != nil {
			if errors.Is(err, store.ErrNotFound) {
				return false, nil
			}
			return false, err
		}
		code = u.Parent
	}
}

// mayWith says whether the post may do a job with a model.
func (t *turn) mayWith(j job, m store.Model) (bool, error) {
	if !t.may(j) {
		return false, nil
	}
	if fields := t.post.Portfolio.Fields; len(fields) > 0 && !slices.Contains(fields, m.Field) {
		return false, nil
	}
	return t.reaches(m.Unit)
}

// model returns a model that the post may do a job with. A model that does
// not exist and one that is somebody else's look alike from outside.
func (t *turn) model(id store.ModelID, j job) (store.Model, bool, error) {
	m, err := t.tx.Model(id)
	if errors.Is(err, store.ErrNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	ok, err := t.mayWith(j, m)
	return m, ok, err
}
