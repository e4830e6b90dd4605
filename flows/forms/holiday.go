package forms

import "danvan/flows"

// HolidayID names the form of days off and days that are worked instead.
const HolidayID = "holiday"

// CheckHoliday refuses days that are past or far ahead, and too many at a time.
const CheckHoliday = "holiday_days"

// Holiday adds to the calendar of working days. A run of days, such as Tết, is
// one answer.
func Holiday() *flows.Form {
	return &flows.Form{
		ID: HolidayID, Version: 1,
		Steps: []flows.Step{
			{Field: "kind", Kind: flows.Choice, Options: []string{"off", "worked"}},
			{Field: "days", Kind: flows.Text, Min: 3, Max: 60, Checks: []string{CheckHoliday}},
			{Field: "name", Kind: flows.Text, Min: 3, Max: 80},
			{Field: "official", Kind: flows.Choice, Options: []string{"yes", "no"}},
		},
	}
}
