//go:build !race

package schedule_test

// soakShort is how many days the soak lasts unless it is told.
const soakShort = 91
