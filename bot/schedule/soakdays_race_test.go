//go:build race

package schedule_test

// soakShort is how many days the soak lasts unless it is told: under the race
// detector, which slows it down tenfold, only enough to meet everybody.
const soakShort = 14
