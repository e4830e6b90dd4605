// Package shipped holds what danvan brings along: the units of the country in
// force since 20 September 2026, with what they were before, a campaign as a template,
// and for the trial another one and thirty sample registrations.
//
// The units are from the public vietnamese-provinces-database (MIT), dataset
// of 25 July 2026 and release notes of September 2026.
//
// Both campaigns want reports. The national one is cut off on 14 June and 14
// December and wanted two working days later, which is the one public rule
// there is (NĐ 09/2019, domain.md §2.3; it binds state bodies and is a default
// here): the year's figures are then in before its last fortnight, when reviews
// are held and nobody has time to report. Of its half-years only the first is
// reported on, for in December the year is. The ward's plan is by the quarter, to
// the month's end. A coordinator changes both by /kehoach.
package shipped

import (
	"context"
	_ "embed" // for the data
	"encoding/json"
	"fmt"

	"danvan/bot/campaigns"
	"danvan/store"
)

//go:embed campaigns.json
var campaignsJSON []byte

// Campaigns returns the campaigns that a trial runs: the template of campaigns, which
// binds everyone, and one of a ward.
func Campaigns() ([]store.Campaign, error) {
	var ward []store.Campaign
	if err := json.Unmarshal(campaignsJSON, &ward); err != nil {
		return nil, fmt.Errorf("read the shipped campaigns: %w", err)
	}
	return append([]store.Campaign{campaigns.Template()}, ward...), nil
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
