//go:build !unix

package bolt

// whileUnused runs fn: a file that another process has open cannot be read here.
func whileUnused(_ string, fn func() error) error { return fn() }
