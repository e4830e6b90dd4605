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
	viewFigures    job = "figures"
	checkModels    job = "check"

	submitReports job = "submit"  // of just the post's own unit
	watchReports  job = "watch"   // who has reported, what is sent to whom
	confirmPapers job = "confirm" // what came on paper
	grantTime     job = "grant"   // extensions and exemptions, of units below
	remindUnits   job = "remind"  // by hand
	getDigests    job = "digests"

	planCampaigns job = "plan"     // see campaigns, make and change those of the scope
	keepCalendar  job = "calendar" // of working days

	keepDrafts job = "drafts" // forms that are put aside, to go on with
)

// jobs says what each role may do, in the units of its scope. Least
// privilege: a supervisor reads, an administrator looks after posts and
// units, and neither writes for an officer.
var jobs = map[store.Role][]job{
	store.Officer:     {registerModels, updateModels, viewModels, seePhones, viewFigures, submitReports, keepDrafts},
	store.Coordinator: {registerModels, updateModels, viewModels, seePhones, viewFigures, checkModels, watchReports, confirmPapers, grantTime, remindUnits, planCampaigns, keepDrafts},
	store.Supervisor:  {viewModels, seePhones, viewFigures, watchReports, grantTime, remindUnits, getDigests},
	store.Admin:       {viewModels, planCampaigns, keepCalendar, keepDrafts},
}

// may says whether the post that the person acts for may do a job at all.
func (t *turn) may(j job) bool { return roleMay(t.post.Role, j) }

func roleMay(r store.Role, j job) bool { return slices.Contains(jobs[r], j) }

// roots are the units whose subtrees a post reaches.
func roots(p store.Post) []store.UnitCode {
	if len(p.Portfolio.Units) > 0 {
		return p.Portfolio.Units
	}
	return []store.UnitCode{p.Unit}
}

// scope lists the units that the post reaches, its own first.
func (t *turn) scope() ([]store.UnitCode, error) {
	var out []store.UnitCode
	for _, root := range roots(t.post) {
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
func (t *turn) reaches(code store.UnitCode) (bool, error) { return t.postReaches(t.post, code) }

func (t *turn) postReaches(p store.Post, code store.UnitCode) (bool, error) {
	for {
		if slices.Contains(roots(p), code) {
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

// mayWith says whether the post may do a job with a model, or the person as
// somebody who stands in for the officer.
func (t *turn) mayWith(j job, m store.Model) (bool, error) {
	if ok, err := t.deputyMay(j, m.Unit); ok || err != nil {
		return ok, err
	}
	return t.postMay(t.post, j, m)
}

func (t *turn) postMay(p store.Post, j job, m store.Model) (bool, error) {
	if !roleMay(p.Role, j) {
		return false, nil
	}
	if fields := p.Portfolio.Fields; len(fields) > 0 && !slices.Contains(fields, m.Field) {
		return false, nil
	}
	return t.postReaches(p, m.Unit)
}

// sees says whether the post may read a model. Two models that were merged are
// read by whoever may read one of them: their histories belong together.
func (t *turn) sees(m store.Model) (bool, error) {
	ok, err := t.mayWith(viewModels, m)
	if ok || err != nil {
		return ok, err
	}
	linked := m.Absorbed
	if m.Into != 0 {
		linked = append(slices.Clone(linked), m.Into)
	}
	for _, id := range linked {
		other, err := t.tx.Model(id)
		if err != nil {
			return false, err
		}
		if ok, err := t.mayWith(viewModels, other); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
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
	if j == viewModels {
		ok, err := t.sees(m)
		return m, ok, err
	}
	ok, err := t.mayWith(j, m)
	return m, ok, err
}
