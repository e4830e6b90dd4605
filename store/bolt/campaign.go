package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Campaign(id store.CampaignID) (store.Campaign, error) {
	c, err := find[store.Campaign](r, campaigns, key(id))
	if err != nil {
		return store.Campaign{}, fmt.Errorf("campaign %q: %w", id, err)
	}
	return c, nil
}

func (r *reader) Campaigns() ([]store.Campaign, error) {
	return listWith(r, r.memos.campaigns.decode, campaigns, nil)
}

func (t *tx) PutCampaign(c store.Campaign) error {
	return t.save(campaigns, key(c.ID), c)
}
