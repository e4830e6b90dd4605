package main

import (
	"context"
	"fmt"
	"time"

	"github.com/alecthomas/kong"
)

// scheduleCommand prints what is to be sent.
type scheduleCommand struct {
	config `embed:""`
	Until  time.Time `help:"The last day to look at, like 2026-12-31." format:"2006-01-02" required:"" placeholder:"DATE"`
}

// mostAhead is how far the schedule looks ahead.
const mostAhead = 366 * 24 * time.Hour

// Run prints what would be sent to whom and when from now to the end of a day,
// a line each.
func (c *scheduleCommand) Run(ctx context.Context, k *kong.Context) error {
	words, err := words()
	if err != nil {
		return err
	}

	zone, err := c.zone()
	if err != nil {
		return err
	}

	day := c.Until
	until := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)
	switch now := time.Now(); {
	case until.Before(now):
		return fmt.Errorf("--until: %s is past", day.Format(time.DateOnly))
	case until.Sub(now) > mostAhead:
		return fmt.Errorf("--until: %s is more than a year ahead", day.Format(time.DateOnly))
	}

	return withOrders(c.config, func(o orders) error {
		lines, err := o.Schedule(ctx, until, c.Language)
		if err != nil {
			return err
		}
		for _, line := range lines {
			tell(k.Stdout, line)
		}
		if len(lines) == 0 {
			tell(k.Stdout, words.Text(c.Language, "ahead.nothing", map[string]any{"Until": day.Format("02/01/2006")}))
		}
		return nil
	})
}
