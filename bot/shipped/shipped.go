// Package shipped holds what danvan brings along: the units of the country as
// of 1 July 2025, the running campaigns, and thirty sample registrations for
// the trial.
//
// The units are from the public vietnamese-provinces-database (MIT), dataset
// of 25 July 2026.
//
// Both campaigns want reports. The national one is cut off on 14 June and 14
// December and wanted two working days later, which is the one public rule
// there is (NĐ 09/2019, domain.md §2.3; it binds state bodies and is a default
// here): the year's figures are then in before its last fortnight, when reviews
// are held and nobody has time to report. The ward's plan is by the quarter, to
// the month's end. A coordinator changes both by /kehoach.
package shipped

import (
	"bytes"
	"context"
	_ "embed" // for the data
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"

	"danvan/bot/units"
	"danvan/store"
)

//go:embed units.csv
var unitsCSV []byte

//go:embed campaigns.json
var campaignsJSON []byte

// Units returns provinces with their communes; all of the country when none
// is named.
func Units(provinces ...store.UnitCode) ([]store.Unit, error) {
	rows, err := csv.NewReader(bytes.NewReader(unitsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the shipped units: %w", err)
	}
	all, _, bad := units.Read(rows)
	if len(bad) > 0 {
		return nil, fmt.Errorf("read the shipped units: line %d: %s", bad[0].Line, bad[0].Key)
	}
	if len(provinces) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(u store.Unit) bool {
		return !slices.Contains(provinces, u.Code) && !slices.Contains(provinces, u.Parent)
	}), nil
}

// Campaigns returns the campaigns that run when a store is new: one that binds
// everyone and, as a sample, one of a ward.
func Campaigns() ([]store.Campaign, error) {
	var out []store.Campaign
	if err := json.Unmarshal(campaignsJSON, &out); err != nil {
		return nil, fmt.Errorf("read the shipped campaigns: %w", err)
	}
	return out, nil
}

// AddCampaigns puts the shipped campaigns that bind everyone into a store that
// has none, so that a new house can register at once.
func AddCampaigns(ctx context.Context, s store.Store) error {
	campaigns, err := Campaigns()
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx store.Tx) error {
		have, err := tx.Campaigns()
		if err != nil || len(have) > 0 {
			return err
		}
		for _, c := range campaigns {
			if c.Unit != "" {
				continue // a sample, of one ward
			}
			if err := tx.PutCampaign(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddDays puts the shipped special days into a calendar that has none.
func AddDays(ctx context.Context, s store.Store) error {
	days, err := Days()
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx store.Tx) error {
		have, err := tx.SpecialDays()
		if err != nil || len(have) > 0 {
			return err
		}
		for _, d := range days {
			if err := tx.PutSpecialDay(d); err != nil {
				return err
			}
		}
		return nil
	})
}
