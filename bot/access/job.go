// Package access says who may do what: the jobs of each role. How far a post
// reaches over the tree of units, package org says.
package access

import (
	"slices"

	"danvan/store"
)

// Job is something that a post may or may not do.
type Job string

// The jobs.
const (
	RegisterModels Job = "register"
	UpdateModels   Job = "update"
	ViewModels     Job = "view"
	SeePhones      Job = "phones"
	ViewFigures    Job = "figures"
	CheckModels    Job = "check"

	SubmitReports Job = "submit"  // of just the post's own unit
	WatchReports  Job = "watch"   // who has reported, what is sent to whom
	ConfirmPapers Job = "confirm" // what came on paper
	GrantTime     Job = "grant"   // extensions and exemptions, of units below
	RemindUnits   Job = "remind"  // by hand
	ClosePeriods  Job = "close"   // of the campaigns of just the post's own unit
	GetDigests    Job = "digests"

	PlanCampaigns Job = "plan"     // see campaigns, make and change those of the scope
	KeepCalendar  Job = "calendar" // of working days
	PickHeirs     Job = "heirs"    // who takes over from a unit that has ended

	KeepPeople Job = "people" // invite, see who holds what, and take a post away, of no higher role

	KeepDrafts Job = "drafts" // forms that are put aside, to go on with
)

// jobs says what a role may do, in the units of its scope. Least privilege: a
// supervisor reads, an administrator reads everything and looks after posts and units, and
// neither writes for an officer.
func jobs(r store.Role) []Job {
	switch r {
	case store.Officer:
		return []Job{RegisterModels, UpdateModels, ViewModels, SeePhones, ViewFigures, SubmitReports, KeepDrafts}
	case store.Coordinator:
		return []Job{RegisterModels, UpdateModels, ViewModels, SeePhones, ViewFigures, CheckModels,
			WatchReports, ConfirmPapers, GrantTime, RemindUnits, ClosePeriods, PlanCampaigns, PickHeirs, KeepPeople, KeepDrafts}
	case store.Supervisor:
		return []Job{ViewModels, SeePhones, ViewFigures, WatchReports, GrantTime, RemindUnits, GetDigests}
	case store.Admin:
		return []Job{ViewModels, ViewFigures, WatchReports, PlanCampaigns, KeepCalendar, PickHeirs, KeepPeople, KeepDrafts}
	}
	return nil
}

// May reports whether posts of a role may do a job at all.
func May(r store.Role, j Job) bool { return slices.Contains(jobs(r), j) }
