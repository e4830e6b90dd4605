package bolt

import (
	"errors"
	"fmt"

	"danvan/store"
)

func (r *reader) Campaign(id store.CampaignID) (store.Campaign, error) {
	if id == "" { // of what is no period's id
		return store.Campaign{}, fmt.Errorf("campaign %q: %w", id, store.ErrNotFound)
	}
	c, err := find[store.Campaign](r, campaigns, key(id))
	if err != nil {
		return store.Campaign{}, fmt.Errorf("campaign %q: %w", id, err)
	}
	return c, nil
}

func (r *reader) Campaigns() ([]store.Campaign, error) {
	return listWith(r, r.campaigns.decode, campaigns, nil)
}

func (t *tx) PutCampaign(c store.Campaign) error {
	was, err := t.Campaign(c.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	c.Begun, c.Known = was.Begun, utc(c.Known)
	c.Announced.At, c.Announced.Urged = utc(c.Announced.At), utc(c.Announced.Urged)
	return t.save(campaigns, key(c.ID), c)
}
