package forms

import "danvan/flows"

// ProfileID names the form of a person's own name and number.
const ProfileID = "profile"

// Profile asks, after consent, for the name and the number to keep.
func Profile() *flows.Form {
	return &flows.Form{
		ID: ProfileID, Version: 1, Plain: true,
		Steps: []flows.Step{
			{Field: "name", Kind: flows.Text, Min: 2, Max: 80, Suggest: ChannelName},
			{Field: "phone", Kind: flows.Phone, Optional: true},
		},
	}
}
